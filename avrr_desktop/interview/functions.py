"""
Register the functions an expression may call: name, implementation, arity, and what is special.

A form that calls another name is refused only when the call is evaluated; lint names it.

Source: FORMS.md 4, "v1 must".
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from avrr_desktop.interview import core, dates, geography, numbers, odk
from avrr_desktop.interview.tree import Context, Value

LazyRun = Callable[[Context, tuple[Callable[[Context], Value], ...]], Value]


@dataclass(frozen=True, slots=True)
class Lazy:
    """Mark an implementation that decides itself which arguments to evaluate."""

    run: LazyRun


@dataclass(frozen=True, slots=True)
class Function:
    """
    One function.

    Attributes:
        run: Takes the context and evaluated values, or closures when lazy.
        least, most: Number of arguments; None is no upper bound.
        is_volatile: Gives another value each time, so its result is stored as an answer.
    """

    run: Callable[..., Value] | Lazy
    least: int
    most: int | None
    is_volatile: bool = False


REGISTRY: Mapping[str, Function] = {
    # XPath 1.0, section 4
    "last": Function(core.last, 0, 0),
    "position": Function(core.position, 0, 1),
    "count": Function(core.count, 1, 1),
    "id": Function(core.identify, 1, 1),
    "name": Function(core.name, 0, 1),
    "local-name": Function(core.local_name, 0, 1),
    "namespace-uri": Function(core.namespace_uri, 0, 1),
    "string": Function(core.string, 0, 1),
    "concat": Function(core.concat, 0, None),
    "starts-with": Function(core.starts_with, 2, 2),
    "contains": Function(core.contains, 2, 2),
    "substring-before": Function(core.substring_before, 2, 2),
    "substring-after": Function(core.substring_after, 2, 2),
    "substring": Function(core.substring, 2, 3),
    "string-length": Function(core.string_length, 0, 1),
    "normalize-space": Function(core.normalize_space, 0, 1),
    "translate": Function(core.translate, 3, 3),
    "boolean": Function(core.boolean, 1, 1),
    "not": Function(core.negate, 1, 1),
    "true": Function(core.true, 0, 0),
    "false": Function(core.false, 0, 0),
    "lang": Function(core.lang, 1, 1),
    "number": Function(core.number, 0, 1),
    "sum": Function(core.total, 1, 1),
    "floor": Function(core.floor, 1, 1),
    "ceiling": Function(core.ceiling, 1, 1),
    "round": Function(core.rounded, 1, 2),
    # ODK: texts and numbers
    "join": Function(core.join, 1, None),
    "ends-with": Function(core.ends_with, 2, 2),
    "substr": Function(core.substr, 2, 3),
    "boolean-from-string": Function(core.boolean_from_string, 1, 1),
    "int": Function(core.integer, 1, 1),
    "min": Function(core.smallest, 1, None),
    "max": Function(core.largest, 1, None),
    "pow": Function(core.power, 2, 2),
    "abs": Function(core.absolute, 1, 1),
    "sqrt": Function(core.root, 1, 1),
    "sin": Function(numbers.sine, 1, 1),
    "cos": Function(numbers.cosine, 1, 1),
    "tan": Function(numbers.tangent, 1, 1),
    "asin": Function(numbers.arcsine, 1, 1),
    "acos": Function(numbers.arccosine, 1, 1),
    "atan": Function(numbers.arctangent, 1, 1),
    "atan2": Function(numbers.arctangent_of_two, 2, 2),
    "exp": Function(numbers.exponential, 1, 1),
    "exp10": Function(numbers.power_of_ten, 1, 1),
    "log": Function(numbers.natural_logarithm, 1, 1),
    "log10": Function(numbers.decimal_logarithm, 1, 1),
    "pi": Function(numbers.pi, 0, 0),
    "base64-decode": Function(core.base64_decode, 1, 1),
    "digest": Function(core.digest, 2, 3),
    "regex": Function(odk.regex, 2, 2),
    # ODK: places
    "area": Function(geography.area, 1, 1),
    "distance": Function(geography.distance, 1, None),
    "geofence": Function(geography.geofence, 2, 2),
    # ODK: dates
    "today": Function(dates.today, 0, 0),
    "now": Function(dates.now, 0, 0, is_volatile=True),
    "date": Function(dates.date, 1, 1),
    "date-time": Function(dates.date_time, 1, 1),
    "decimal-date-time": Function(dates.decimal_date_time, 1, 1),
    "decimal-time": Function(dates.decimal_time, 1, 1),
    "format-date": Function(dates.format_date, 2, 2),
    "format-date-time": Function(dates.format_date, 2, 2),
    # ODK: control, choices, repeats
    "if": Function(Lazy(odk.choose), 3, 3),
    "coalesce": Function(Lazy(odk.coalesce), 1, None),
    "once": Function(Lazy(odk.once), 1, 1, is_volatile=True),
    "selected": Function(odk.selected, 2, 2),
    "selected-at": Function(odk.selected_at, 2, 2),
    "count-selected": Function(odk.count_selected, 1, 1),
    "count-non-empty": Function(odk.count_non_empty, 1, 1),
    "jr:choice-name": Function(odk.choice_name, 2, 2),
    "jr:itext": Function(odk.itext, 1, 1),
    "instance": Function(odk.instance, 1, 1),
    "current": Function(odk.current, 0, 0),
    "indexed-repeat": Function(Lazy(odk.indexed_repeat), 3, None),
    "pulldata": Function(odk.pulldata, 4, 4),
    "pull-data": Function(odk.pulldata, 4, 4),
    "checklist": Function(odk.checklist, 2, None),
    "weighted-checklist": Function(odk.weighted_checklist, 2, None),
    # ODK: ids, chance, surroundings
    "uuid": Function(odk.new_id, 0, 1, is_volatile=True),
    "random": Function(odk.chance, 0, 0, is_volatile=True),
    "randomize": Function(odk.randomize, 1, 2),
    "version": Function(odk.version, 0, 0),
    "property": Function(odk.property_of, 1, 1),
}
