"""
Implement ODK's own functions: selection, choices, repeats, chance and control.

Functions named in `functions.REGISTRY` as lazy take closures instead of values.

Source: ODK XForms specification, "XPath functions".
"""

import math
from collections.abc import Callable

from avrr_desktop.interview.errors import ExpressionError
from avrr_desktop.interview.patterns import search
from avrr_desktop.interview.tree import Context, Value, nodes_of, ordinal
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
    """Keep the value the node has, or compute it now; NaN is stored as '' (FORMS.md, trap 8)."""
    kept = context.current.value()
    if kept != "":
        return kept
    value = arguments[0](context)
    return "" if isinstance(value, float) and math.isnan(value) else to_text(value)


def indexed_repeat(context: Context, arguments: tuple[Closure, ...]) -> Value:
    """Return a node of the n-th row of a repeat, nested to any depth (pairs of repeat, index)."""
    if len(arguments) % 2 == 0:
        raise ExpressionError("arity", name="indexed-repeat")
    outside = Context(context.node, context.node.root(), context.environment)
    found = nodes_of(arguments[0](outside), "indexed-repeat")
    for repeat, index in zip(arguments[1::2], arguments[2::2], strict=True):
        rows = nodes_of(repeat(outside), "indexed-repeat")
        wanted = to_number(index(context), context.environment.zone)
        kept = {id(row) for row in rows if ordinal(row) == wanted}
        found = [node for node in found if any(id(link) in kept for link in node.ancestry())]
    return found


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
        context.environment.spend(len(root.children))
        for item in root.children:
            fields = {field.name: field.text for field in item.children}
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
    Shuffle a node-set; with a seed always the same way (Park-Miller, Fisher-Yates).

    Source: ODK XForms specification, "randomize"; Wikipedia "Lehmer random number generator".
    """
    order = list(nodes_of(nodes, "randomize"))
    if seed is None:
        number = to_number(chance(context), context.environment.zone) * 2147483647
    else:
        number = to_number(seed, context.environment.zone)
    state = int(number) % 2147483647 if math.isfinite(number) else 42
    state = state if state > 0 else state + 2147483646
    for index in range(len(order) - 1, 0, -1):
        state = state * 16807 % 2147483647
        other = int((state - 1) / 2147483646 * (index + 1))
        order[index], order[other] = order[other], order[index]
    return order


def checklist(context: Context, least: Value, most: Value, *answers: Value) -> Value:
    """Decide whether the number of true answers lies within bounds; -1 is no bound."""
    found = sum(to_truth(answer) for answer in _flat(answers))
    return _within(context, float(found), least, most)


def weighted_checklist(context: Context, least: Value, most: Value, *pairs: Value) -> Value:
    """Decide whether the weights of true answers add up within bounds; pairs of answer, weight."""
    flat = _flat(pairs)
    weights = (to_number(weight, context.environment.zone) for weight in flat[1::2])
    found = sum(weight for answer, weight in zip(flat[::2], weights, strict=False) if to_truth(answer))
    return _within(context, found, least, most)


def _flat(answers: tuple[Value, ...]) -> list[Value]:
    flat: list[Value] = []
    for answer in answers:
        if isinstance(answer, list):
            flat += [node.value() in ("true", "1", "yes") for node in answer]
        else:
            flat.append(answer)
    return flat


def _within(context: Context, found: float, least: Value, most: Value) -> bool:
    low, high = (to_number(bound, context.environment.zone) for bound in (least, most))
    return (low < 0 or found >= low) and (high < 0 or found <= high)


def version(context: Context) -> Value:
    """Return the form's version."""
    return context.environment.version


def property_of(context: Context, name: Value) -> Value:
    """Return a property of the device or officer, '' when not known."""
    return context.environment.properties.get(to_text(name), "")
