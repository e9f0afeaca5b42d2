"""
Compile ODK XPath expressions to Python closures.

`compile_expression(source)` gives an `Expression`; the same source gives the same object. An unknown
function fails when evaluated, not when compiled (FORMS.md, trap 9).
"""

import math
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache

from avrr_desktop.interview import limits, lookup, syntax, values
from avrr_desktop.interview.errors import ExpressionError, LimitError
from avrr_desktop.interview.functions import REGISTRY, Lazy
from avrr_desktop.interview.referring import subtrees
from avrr_desktop.interview.tree import (
    REVERSE_AXES,
    Context,
    Node,
    Value,
    axis,
    document_order,
    passes,
    texts,
)

Closure = Callable[[Context], Value]


@dataclass(frozen=True)
class Expression:
    """
    One compiled expression.

    Attributes:
        source: As written.
        tree: Its syntax tree, for lint.
        functions: Names of the functions called.
        is_volatile: It gives another value each time (uuid, now, random, once, ...).
    """

    source: str
    tree: syntax.Tree = field(repr=False)
    functions: frozenset[str] = field(repr=False)
    is_volatile: bool = field(repr=False)
    _run: Closure = field(repr=False)

    def evaluate(self, context: Context) -> Value:
        """
        Evaluate in *context*.

        Raises:
            ExpressionError: An unknown function, a wrong number of arguments, a wrong kind of value.
            LimitError: The pass budget or the length of a text is used up.
        """
        try:
            return self._run(context)
        except RecursionError as error:
            raise LimitError("limit", limit="expression_depth", allowed=limits.EXPRESSION_DEPTH) from error

    def truth(self, context: Context) -> bool:
        """Evaluate to a truth."""
        return values.to_truth(self.evaluate(context))

    def text(self, context: Context) -> str:
        """Evaluate to text."""
        return values.to_text(self.evaluate(context))

    def number(self, context: Context) -> float:
        """Evaluate to a number."""
        return values.to_number(self.evaluate(context), context.environment.zone)


@lru_cache(maxsize=8192)
def compile_expression(source: str) -> Expression:
    """
    Parse and compile *source*.

    Raises:
        ExpressionError: Code `syntax`.
        LimitError: Too long or too deep.
    """
    tree = syntax.parse(source)
    try:
        names = frozenset(part.name for part in subtrees(tree) if isinstance(part, syntax.Call))
        run = _compile(tree)
    except RecursionError as error:
        raise LimitError("limit", limit="expression_depth", allowed=limits.EXPRESSION_DEPTH) from error
    is_volatile = any(name in REGISTRY and REGISTRY[name].is_volatile for name in names)
    return Expression(source, tree, names, is_volatile, run)


def _compile(tree: syntax.Tree) -> Closure:
    if isinstance(tree, syntax.Number):
        number = tree.value
        return lambda _context: number
    if isinstance(tree, syntax.Literal):
        text = tree.text
        return lambda _context: text
    if isinstance(tree, syntax.Variable):
        return _failing("unknown_variable", tree.name)
    if isinstance(tree, syntax.Negative):
        operand = _compile(tree.operand)
        return lambda context: -values.to_number(operand(context), context.environment.zone)
    if isinstance(tree, syntax.Call):
        return _compile_call(tree)
    if isinstance(tree, syntax.Chain):
        return _compile_chain(tree)
    return _compile_path(tree)


def _failing(code: str, name: str) -> Closure:
    def fail(_context: Context) -> Value:
        raise ExpressionError(code, name=name)

    return fail


def _compile_call(tree: syntax.Call) -> Closure:
    function = REGISTRY.get(tree.name)
    if function is None:
        return _failing("unknown_function", tree.name)
    count = len(tree.arguments)
    if count < function.least or (function.most is not None and count > function.most):
        return _failing("arity", tree.name)
    arguments = tuple(_compile(argument) for argument in tree.arguments)
    run = function.run
    if isinstance(run, Lazy):
        lazy = run.run
        return lambda context: lazy(context, arguments)
    eager = run
    if count == 1:
        only = arguments[0]
        return lambda context: eager(context, only(context))
    return lambda context: eager(context, *[argument(context) for argument in arguments])


def _compile_chain(tree: syntax.Chain) -> Closure:
    result = _compile(tree.first)
    if tree.rest[0][0] in ("or", "and"):
        parts = (result, *(_compile(operand) for _operator, operand in tree.rest))
        if tree.rest[0][0] == "or":
            return lambda context: any(values.to_truth(part(context)) for part in parts)
        return lambda context: all(values.to_truth(part(context)) for part in parts)
    steps = tuple((_BINARY[operator], _compile(operand)) for operator, operand in tree.rest)

    def fold(context: Context) -> Value:
        value = result(context)
        for combine, operand in steps:
            value = combine(context, value, operand(context))
        return value

    return fold


def _comparison(operator: str) -> Callable[[Context, Value, Value], Value]:
    def run(context: Context, left: Value, right: Value) -> Value:
        if isinstance(left, list) and isinstance(right, list):
            context.environment.spend(len(left) * len(right))
        return values.compare(operator, left, right, context.environment.zone)

    return run


def _arithmetic(operate: Callable[[float, float], float]) -> Callable[[Context, Value, Value], Value]:
    def run(context: Context, left: Value, right: Value) -> Value:
        zone = context.environment.zone
        return operate(values.to_number(left, zone), values.to_number(right, zone))

    return run


def _divide(left: float, right: float) -> float:
    if right:
        return left / right
    if not left or math.isnan(left):
        return math.nan
    return math.copysign(math.inf, left) * math.copysign(1.0, right)


def _remainder(left: float, right: float) -> float:
    return math.nan if not right or math.isinf(left) else math.fmod(left, right)


def _union(context: Context, left: Value, right: Value) -> Value:
    if isinstance(left, list) and isinstance(right, list):
        return document_order(left + right, context.environment.spend)
    raise ExpressionError("not_nodes", function="|")


_BINARY: dict[str, Callable[[Context, Value, Value], Value]] = {
    **{operator: _comparison(operator) for operator in ("=", "!=", "<", "<=", ">", ">=")},
    "+": _arithmetic(lambda left, right: left + right),
    "-": _arithmetic(lambda left, right: left - right),
    "*": _arithmetic(lambda left, right: left * right),
    "div": _arithmetic(_divide),
    "mod": _arithmetic(_remainder),
    "|": _union,
}


@dataclass(frozen=True, slots=True)
class _Narrowing:
    """The first predicate of a step, as far as an index answers it."""

    column: str
    key: Closure
    is_whole: bool


_Step = tuple[syntax.Step, tuple[Closure, ...], _Narrowing | None]


def _compile_step(step: syntax.Step) -> _Step:
    predicates = tuple(_compile(predicate) for predicate in step.predicates)
    is_named = step.axis == "child" and step.test[-1:] not in ("*", ")")
    found = lookup.filter_of(step.predicates[0], _is_volatile) if predicates and is_named else None
    return step, predicates, None if found is None else _Narrowing(found.column, _compile(found.key), found.is_whole)


def _is_volatile(name: str) -> bool:
    return name not in REGISTRY or REGISTRY[name].is_volatile


def _compile_path(tree: syntax.Path) -> Closure:
    steps = tuple(_compile_step(step) for step in tree.steps)
    if tree.start == "/":
        plain = 0
        while plain < len(steps) and steps[plain][0].axis == "child" and not steps[plain][1]:
            plain += 1
        names = tuple(step.test for step, *_rest in steps[: min(plain, len(steps) - 1)])

        def absolute(context: Context) -> Value:
            if context.environment.root is not None:
                return _follow(context, [context.environment.root], steps)
            start, taken = _anchor(context.current, names)
            return _follow(context, [start], steps[taken:])

        return absolute
    if tree.start is None:
        return lambda context: _follow(context, [context.node], steps)
    start_of = _compile(tree.start) if not isinstance(tree.start, str) else _failing("syntax", "/")
    filters = tuple(_compile(predicate) for predicate in tree.predicates)

    def filtered(context: Context) -> Value:
        nodes = start_of(context)
        if not isinstance(nodes, list):
            raise ExpressionError("not_nodes", function="/")
        for predicate in filters:
            nodes = _keep(context, nodes, predicate)
        return _follow(context, nodes, steps)

    return filtered


def _anchor(current: Node, names: tuple[str, ...]) -> tuple[Node, int]:
    """
    Find where an absolute path begins: in the row the expression stands in, else at the document.

    Source: ODK XForms specification, "XPath paths": absolute references inside a repeat are read
    within the current row, except when the repeat itself is the last step.
    """
    chain = current.ancestry()
    best, taken = chain[0], 0
    for depth, (node, name) in enumerate(zip(chain[1:], names, strict=False), start=1):
        if node.name != name:
            break
        if node.row:
            best, taken = node, depth
    return best, taken


def _follow(context: Context, nodes: list[Node], steps: tuple[_Step, ...]) -> list[Node]:
    spend, spaces = context.environment.spend, context.environment.spaces
    flat = len(nodes) == 1  # no node stands inside another: children come in document order
    for step, predicates, narrowing in steps:
        found: list[Node] = []
        for node in nodes:
            if narrowing is not None and spaces is None and lookup.can_index(node):
                narrowed = _narrow(context, node, step, predicates, narrowing)
                if narrowed is not None:
                    found += narrowed
                    continue
            hits = axis(node, step.axis)
            spend(len(hits) + 1)
            if step.test == "text()":
                hits = texts(node, step.axis)
            else:
                test, name = step.test, step.axis
                if spaces is None and name == "child" and test[-1:] not in ("*", ")"):
                    hits = [hit for hit in hits if hit.name == test and hit.kind == "element"]
                else:
                    hits = [hit for hit in hits if passes(hit, test, name, spaces)]
            for predicate in predicates:
                hits = _keep(context, hits, predicate)
            found += hits
        ordered = len(nodes) == 1 and step.axis not in REVERSE_AXES
        ordered = ordered or (flat and step.axis in ("child", "attribute", "self"))
        flat = flat and step.axis in ("child", "attribute", "self", "parent")
        nodes = found if ordered or len(found) < 2 else document_order(found, spend)
    return nodes


def _narrow(
    context: Context, node: Node, step: syntax.Step, predicates: tuple[Closure, ...], narrowing: _Narrowing
) -> list[Node] | None:
    """Take a step by index; None where the key is of a kind an index cannot answer."""
    hits = lookup.rows_where(node, step.test, narrowing.column, narrowing.key(context), context.environment.spend)
    if hits is not None:
        for predicate in predicates[1:] if narrowing.is_whole else predicates:
            hits = _keep(context, hits, predicate)
    return hits


def _keep(context: Context, nodes: list[Node], predicate: Closure) -> list[Node]:
    """Filter by one predicate; a number is a position (XPath 1.0, section 2.4)."""
    kept = []
    size, spend = len(nodes), context.environment.spend
    for position, node in enumerate(nodes, start=1):
        spend(1)
        inner = Context(node, context.current, context.environment, position, size)
        value = predicate(inner)
        if isinstance(value, float):
            keep = value == position
        else:
            keep = values.to_truth(value)
        if keep:
            kept.append(node)
    return kept
