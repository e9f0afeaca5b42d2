"""
Read an XPath 1.0 expression into a tree of values.

The grammar is XPath 1.0 (W3C 1999, section 3) with the freedom ODK's clients take: `1and1` and
`1div2` are legal. Chains of one precedence are one node, so depth is nesting only.
"""

import re
from dataclasses import dataclass

from avrr_desktop.interview import limits
from avrr_desktop.interview.errors import ExpressionError, LimitError


@dataclass(frozen=True, slots=True)
class Number:
    """A number literal."""

    value: float


@dataclass(frozen=True, slots=True)
class Literal:
    """A quoted text."""

    text: str


@dataclass(frozen=True, slots=True)
class Variable:
    """A `$name`; ODK binds none, so it fails when evaluated."""

    name: str


@dataclass(frozen=True, slots=True)
class Call:
    """A function call; the name keeps its prefix."""

    name: str
    arguments: tuple["Tree", ...]


@dataclass(frozen=True, slots=True)
class Negative:
    """A unary minus."""

    operand: "Tree"


@dataclass(frozen=True, slots=True)
class Chain:
    """Operands of one precedence, left to right: `first`, then (operator, operand) pairs."""

    first: "Tree"
    rest: tuple[tuple[str, "Tree"], ...]


@dataclass(frozen=True, slots=True)
class Step:
    """One location step; `test` is a name, `*`, `p:*` or a node type with brackets (and target)."""

    axis: str
    test: str
    predicates: tuple["Tree", ...]


@dataclass(frozen=True, slots=True)
class Path:
    """
    A location path.

    Attributes:
        start: What the steps begin from: None for the context node, "/" for the document, else a tree.
        steps: In order; empty only for "/" and filters.
        predicates: Of the start (a filter expression), empty otherwise.
    """

    start: "Tree | str | None"
    steps: tuple[Step, ...]
    predicates: tuple["Tree", ...] = ()


Tree = Number | Literal | Variable | Call | Negative | Chain | Path

AXES = frozenset(
    [
        "ancestor",
        "ancestor-or-self",
        "attribute",
        "child",
        "descendant",
        "descendant-or-self",
        "following",
        "following-sibling",
        "namespace",
        "parent",
        "preceding",
        "preceding-sibling",
        "self",
    ]
)
NODE_TYPES = frozenset(("node", "text", "comment", "processing-instruction"))
_PRECEDENCE = {
    "or": 0, "and": 1, "=": 2, "!=": 2, "<": 3, "<=": 3, ">": 3, ">=": 3,
    "+": 4, "-": 4, "*": 5, "div": 5, "mod": 5, "|": 7,
}  # fmt: skip
_ANY_NODE = Step("descendant-or-self", "node()", ())

_NAME = r"[^\W\d][\w.\-]*"
_SPACE = re.compile(r"\s*")
_OPERATOR_NAME = re.compile(r"(?:and|or|div|mod)(?![^\W\d]|:)")
_TOKEN = re.compile(
    rf"""(?P<number>\d+(?:\.\d*)?|\.\d+)
    |(?P<literal>"[^"]*"|'[^']*')
    |(?P<variable>\${_NAME}(?::{_NAME})?)
    |(?P<name>{_NAME}(?::(?!:)(?:{_NAME}|\*))?)
    |(?P<mark>\.\.|::|//|!=|<=|>=|[()\[\],@.|+\-=<>*/])""",
    re.VERBOSE,
)


@dataclass(frozen=True, slots=True)
class Token:
    """One token: `kind` is number, literal, variable, name, mark or operator."""

    kind: str
    text: str
    at: int


def tokenize(source: str) -> list[Token]:
    """
    Cut *source* into tokens, deciding by what precedes whether `*` and names are operators.

    Raises:
        ExpressionError: A character belongs to no token.
        LimitError: The expression is too long.

    Source: XPath 1.0, section 3.7.
    """
    limits.require(len(source), limits.EXPRESSION_LENGTH, "expression_length")
    tokens: list[Token] = []
    position = 0
    while True:
        space = _SPACE.match(source, position)
        position = space.end() if space else position
        if position == len(source):
            break
        operand_before = bool(tokens) and _ends_operand(tokens[-1])
        if operand_before and (word := _OPERATOR_NAME.match(source, position)):
            tokens.append(Token("operator", word.group(), position))
            position = word.end()
            continue
        match = _TOKEN.match(source, position)
        if match is None:
            raise ExpressionError("syntax", at=position, token=source[position : position + 10])
        kind, text = str(match.lastgroup), match.group()
        if kind == "mark" and (text in _PRECEDENCE and (text != "*" or operand_before)):
            kind = "operator"
        tokens.append(Token(kind, text, position))
        position = match.end()
    return [*tokens, Token("end", "", len(source))]


def _ends_operand(token: Token) -> bool:
    if token.kind == "mark":
        return token.text in (")", "]", ".", "..", "*")
    return token.kind != "operator"


def parse(source: str) -> Tree:
    """
    Parse one expression.

    Raises:
        ExpressionError: Code `syntax` with the position (`at`) and the token met.
        LimitError: Too long or nested too deeply.
    """
    parser = _Parser(tokenize(source))
    try:
        tree = parser.expression(0)
    except RecursionError as error:
        raise LimitError("limit", limit="expression_depth", allowed=limits.EXPRESSION_DEPTH) from error
    if parser.here.kind != "end":
        raise parser.unexpected()
    return tree


class _Parser:
    """Climb precedences with two functions, so that a level of nesting costs few frames."""

    def __init__(self, tokens: list[Token]) -> None:
        self._tokens = tokens
        self._at = 0
        self._depth = 0

    @property
    def here(self) -> Token:
        return self._tokens[self._at]

    @property
    def _next(self) -> Token:
        return self._tokens[min(self._at + 1, len(self._tokens) - 1)]

    def unexpected(self) -> ExpressionError:
        return ExpressionError("syntax", at=self.here.at, token=self.here.text)

    def expression(self, floor: int) -> Tree:
        """Parse operators of precedence *floor* and above."""
        self._depth += 1
        limits.require(self._depth, limits.EXPRESSION_DEPTH * 8, "expression_depth")
        left = self._operand(floor)
        while self.here.kind == "operator" and (rank := _PRECEDENCE[self.here.text]) >= floor:
            rest: list[tuple[str, Tree]] = []
            while self.here.kind == "operator" and _PRECEDENCE[self.here.text] == rank:
                operator = self._take().text
                rest.append((operator, self.expression(rank + 1)))
            left = Chain(left, tuple(rest))
        self._depth -= 1
        return left

    def _operand(self, floor: int) -> Tree:
        negatives = 0
        while self.here.kind == "operator" and self.here.text == "-" and floor <= 6:
            self._take()
            negatives += 1
        if negatives:
            inner = self.expression(7)
            return Negative(inner) if negatives % 2 else Negative(Negative(inner))
        start = self._primary()
        if start is None:
            return self._location()
        predicates = self._predicates()
        if self.here.text in ("/", "//") and self.here.kind == "mark":
            return Path(start, self._steps(), predicates)
        return Path(start, (), predicates) if predicates else start

    def _primary(self) -> Tree | None:
        token = self.here
        if token.kind == "number":
            return Number(float(self._take().text))
        if token.kind == "literal":
            return Literal(self._take().text[1:-1])
        if token.kind == "variable":
            return Variable(self._take().text[1:])
        if token.kind == "mark" and token.text == "(":
            self._take()
            tree = self._nested()
            self._expect(")")
            return tree
        if token.kind == "name" and self._next.text == "(" and token.text not in NODE_TYPES:
            return self._call()
        return None

    def _nested(self) -> Tree:
        self._depth += 7
        tree = self.expression(0)
        self._depth -= 7
        return tree

    def _call(self) -> Call:
        name = self._take().text
        self._expect("(")
        arguments: list[Tree] = []
        if self.here.text != ")" or self.here.kind != "mark":
            arguments.append(self._nested())
            while self.here.text == "," and self.here.kind == "mark":
                self._take()
                arguments.append(self._nested())
        self._expect(")")
        return Call(name, tuple(arguments))

    def _predicates(self) -> tuple[Tree, ...]:
        found: list[Tree] = []
        while self.here.kind == "mark" and self.here.text == "[":
            self._take()
            found.append(self._nested())
            self._expect("]")
        return tuple(found)

    def _location(self) -> Path:
        if self.here.kind == "mark" and self.here.text == "/":
            if self._starts_step(self._next):
                return Path("/", self._steps())
            self._take()
            return Path("/", ())
        if self.here.kind == "mark" and self.here.text == "//":
            return Path("/", self._steps())
        first = self._step()
        return Path(None, (first, *self._steps()))

    def _steps(self) -> tuple[Step, ...]:
        found: list[Step] = []
        while self.here.kind == "mark" and self.here.text in ("/", "//"):
            if self._take().text == "//":
                found.append(_ANY_NODE)
            found.append(self._step())
        return tuple(found)

    def _starts_step(self, token: Token) -> bool:
        return token.kind == "name" or (token.kind == "mark" and token.text in (".", "..", "@", "*"))

    def _step(self) -> Step:
        token = self.here
        if not self._starts_step(token):
            raise self.unexpected()
        if token.text in (".", "..") and token.kind == "mark":
            self._take()
            # XPath 1.0 allows no predicate here; ODK's clients do (`.[. = 'x']`).
            return Step("self" if token.text == "." else "parent", "node()", self._predicates())
        axis = "child"
        if token.text == "@":
            self._take()
            axis = "attribute"
        elif self._next.text == "::":
            axis = self._take().text
            if axis not in AXES:
                raise ExpressionError("syntax", at=token.at, token=token.text)
            self._take()
        return Step(axis, self._test(), self._predicates())

    def _test(self) -> str:
        token = self._take()
        if token.kind == "mark" and token.text == "*":
            return "*"
        if token.kind != "name":
            raise ExpressionError("syntax", at=token.at, token=token.text)
        if self.here.text != "(" or self.here.kind != "mark":
            return token.text
        if token.text not in NODE_TYPES:
            raise ExpressionError("syntax", at=token.at, token=token.text)
        self._take()
        target = ""
        if self.here.kind == "literal" and token.text == "processing-instruction":
            target = self._take().text[1:-1]
        self._expect(")")
        return f"{token.text}({target})"

    def _take(self) -> Token:
        token = self.here
        self._at = min(self._at + 1, len(self._tokens) - 1)
        return token

    def _expect(self, mark: str) -> None:
        if self.here.kind != "mark" or self.here.text != mark:
            raise self.unexpected()
        self._take()
