"""
Implement ODK's own functions: selection, choices, repeats, chance and control.

Functions named in `functions.REGISTRY` as lazy take closures instead of values.

Source: ODK XForms specification, "XPath functions".
"""

import math
from collections.abc import Callable

from avrr_desktop.interview.errors import ExpressionError
from avrr_desktop.interview.lookup import can_index, rows_where
from avrr_desktop.interview.patterns import search
from avrr_desktop.interview.tree import Context, Node, Value, nodes_of, ordinal
from avrr_desktop.interview.values import to_number, to_text, to_truth

Closure = Callable[[Context], Value]


def choose(context: Context, arguments: tuple[Closure, ...]) -> Value:
    """Evaluate one branch only (`if`)."""
    return arguments[1 if to_truth(arguments[0](context)) else 2](context)


def coalesce(context: Context, arguments: tuple[Closure, ...]) -> Value:
    """Return the first value that is not empty, as text."""
    for argument in arguments:
        text = to_text(argument(context))
        if text != "":
            return text
    return ""


def once(context: Context, arguments: tuple[Closure, ...]) -> Value:
    """Keep the value the node has, or compute it now; NaN and infinities are stored as '' (FORMS.md, trap 8)."""
    kept = context.current.value()
    if kept != "":
        return kept
    value = arguments[0](context)
    return "" if isinstance(value, float) and not math.isfinite(value) else to_text(value)


def indexed_repeat(context: Context, arguments: tuple[Closure, ...]) -> Value:
    """
    Return a node of the n-th row of a repeat, nested to any depth (pairs of repeat, index, in any order).

    Repeats around that are not named are those the expression stands in.
    """
    if len(arguments) % 2 == 0:
        raise ExpressionError("arity", name="indexed-repeat")
    outside = Context(context.node, context.node.root(), context.environment)
    found = nodes_of(arguments[0](outside), "indexed-repeat")
    around = {row.template: row for row in context.current.ancestry() if row.row}
    for repeat, index in zip(arguments[1::2], arguments[2::2], strict=True):
        rows = nodes_of(repeat(outside), "indexed-repeat")
        wanted = to_number(index(context), context.environment.zone)
        context.environment.spend(len(rows) + len(found))
        kept = {id(row) for row in rows if ordinal(row) == wanted}
        found = [node for node in found if any(id(link) in kept for link in node.ancestry())]
        for row in rows:
            around.pop(row.template, None)
    return [node for node in found if all(around.get(link.template, link) is link for link in node.ancestry())]


def selected(_context: Context, value: Value, wanted: Value) -> Value:
    """Decide whether a choice is among the selected."""
    return to_text(wanted).strip() in to_text(value).split()


def selected_at(context: Context, value: Value, index: Value) -> Value:
    """Return the n-th selected choice, from 0; '' outside."""
    parts = to_text(value).split()
    at = to_number(index, context.environment.zone)
    return parts[int(at)] if math.isfinite(at) and 0 <= at < len(parts) else ""


def count_selected(_context: Context, value: Value) -> Value:
    """Count the selected choices."""
    return float(len(to_text(value).split()))


def count_non_empty(_context: Context, nodes: Value) -> Value:
    """Count the nodes that hold a value."""
    return float(sum(node.value() != "" for node in nodes_of(nodes, "count-non-empty")))


def choice_name(context: Context, value: Value, path: Value) -> Value:
    """Return a choice's label in the current language (`jr:choice-name`)."""
    return context.environment.choice_label(to_text(value), to_text(path).strip(), context.current)


def itext(context: Context, identifier: Value) -> Value:
    """Return a translation by its id (`jr:itext`)."""
    return context.environment.itext(to_text(identifier))


def instance(context: Context, name: Value) -> Value:
    """Return the root element of a secondary instance's document, ready for `/root/item`."""
    found = context.environment.instances(to_text(name))
    if found is None:
        raise ExpressionError("unknown_instance", name=to_text(name)[:60])
    return [found]


def current(context: Context) -> Value:
    """Return the node the expression belongs to."""
    return [context.current]


def pulldata(context: Context, name: Value, column: Value, key_column: Value, key: Value) -> Value:
    """Look one value up in a table; '' when the key is not there."""
    document = context.environment.instances(to_text(name))
    if document is None:
        raise ExpressionError("unknown_instance", name=to_text(name)[:60])
    wanted, key_name, value_name = to_text(key), to_text(key_column), to_text(column)
    for root in document.children:
        if can_index(root):
            rows = rows_where(root, "*", key_name, wanted, context.environment.spend) or []
            if rows:
                return next((field.value() for field in rows[0].children if field.name == value_name), "")
            continue
        context.environment.spend(len(root.children))
        for item in root.children:
            fields = {field.name: field.value() for field in item.children}
            if fields.get(key_name) == wanted:
                return fields.get(value_name, "")
    return ""


def regex(_context: Context, value: Value, pattern: Value) -> Value:
    """Decide whether a pattern is found in a text."""
    return search(to_text(pattern), to_text(value))


def new_id(context: Context, length: Value | None = None) -> Value:
    """Return a new id (`uuid`), or that many characters of ids."""
    if length is None:
        return context.environment.ids()
    wanted = to_number(length, context.environment.zone)
    size = int(wanted) if 0 < wanted <= 1000 else 0
    made = ""
    while len(made) < size:
        made += context.environment.ids().replace("-", "") or "0"
    return made[:size]


def chance(context: Context) -> Value:
    """
    Return a number in [0, 1) (`random`).

    Raises:
        ExpressionError: Code `no_chance`, the caller gave none.
    """
    if context.environment.chance is None:
        raise ExpressionError("no_chance")
    return context.environment.chance()


def randomize(context: Context, nodes: Value, seed: Value | None = None) -> Value:
    """
    Shuffle a node-set; with a seed always the same way (Park-Miller numbers, inside-out Fisher-Yates).

    Source: ODK XForms specification, "randomize"; ODK Web Forms for the order of exchanges and odd seeds.
    """
    given = nodes_of(nodes, "randomize")
    state = _remainder(_seed(context, seed), 2_147_483_647)
    state = state if state > 0 else state + 2_147_483_646
    order: list[Node] = []
    for index, node in enumerate(given):
        state = state * 16_807 % 2_147_483_647
        other = int((state - 1) / 2_147_483_646 * (index + 1))
        order.append(node)
        if other != index:
            order[index], order[other] = order[other], node
    return order


def _seed(context: Context, seed: Value | None) -> int:
    """Read a seed as Java reads a long: NaN is 0, infinities are its bounds; a word is hashed."""
    zone = context.environment.zone
    number = to_number(chance(context), zone) * 2_147_483_647 if seed is None else to_number(seed, zone)
    if math.isfinite(number):
        return int(number)
    if math.isinf(number):
        return 2**63 - 1 if number > 0 else -(2**63)
    word = to_text(seed) if isinstance(seed, (str, list)) else ""
    import hashlib  # as in `core`: only a form that shuffles by a word pays for it

    return int.from_bytes(hashlib.sha256(word.encode(errors="surrogatepass")).digest()[:8], signed=True) if word else 0


def _remainder(number: int, divisor: int) -> int:
    return number % divisor if number >= 0 else -(-number % divisor)


def checklist(context: Context, least: Value, most: Value, *answers: Value) -> Value:
    """Decide whether the number of true answers lies within bounds; a most of -1 is no bound."""
    found = sum(truth for answer in answers for truth in _truths(answer))
    return _within(context, float(found), least, most)


def weighted_checklist(context: Context, least: Value, most: Value, *pairs: Value) -> Value:
    """
    Decide whether the weights of true answers add up within bounds; pairs of answer, weight.

    Two node-sets are paired node by node; more weights than answers is false.
    """
    if len(pairs) % 2:
        raise ExpressionError("arity", name="weighted-checklist")
    zone = context.environment.zone
    found = 0.0
    for answer, weight in zip(pairs[::2], pairs[1::2], strict=True):
        truths = _truths(answer)
        weights = [to_number(node.value(), zone) for node in weight] if isinstance(weight, list) else None
        numbers = [to_number(weight, zone)] if weights is None else weights
        if len(numbers) > len(truths):
            return False
        found += math.fsum(number for truth, number in zip(truths, numbers, strict=False) if truth)
    return _within(context, found, least, most)


def _truths(answer: Value) -> list[bool]:
    """Return one truth a node (it holds a value), or that of a value."""
    return [node.value() != "" for node in answer] if isinstance(answer, list) else [to_truth(answer)]


def _within(context: Context, found: float, least: Value, most: Value) -> bool:
    low, high = (to_number(bound, context.environment.zone) for bound in (least, most))
    return found >= low and (high == -1 or found <= high)


def version(context: Context) -> Value:
    """Return the form's version."""
    return context.environment.version


def property_of(context: Context, name: Value) -> Value:
    """Return a property of the device or officer, '' when not known."""
    return context.environment.properties.get(to_text(name), "")
