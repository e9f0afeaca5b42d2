"""
Evaluate one XPath expression on an XML document, for authors of forms and for comparison with other engines.

Only the standard library and the expression engine are imported: a process that evaluates starts at once.
"""

import math
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo
from functools import lru_cache

from avrr_desktop.domain.failures import BadValue, Expected
from avrr_desktop.interview import document as documents
from avrr_desktop.interview import limits
from avrr_desktop.interview.errors import FormError
from avrr_desktop.interview.tree import Context, Environment, Node, Value
from avrr_desktop.interview.values import parse_instant, to_number, to_text, to_truth
from avrr_desktop.interview.xpath import compile_expression

EMPTY_DOCUMENT = "<root/>"
SECONDS = 10.0
"""How long one expression may take; a document from elsewhere can make long texts that no count of nodes shows."""


@dataclass(slots=True)
class _Hurried(Environment):
    """An environment that also watches the time."""

    timer: Callable[[], float] = time.perf_counter
    ends: float = math.inf

    def spend(self, steps: int) -> None:
        """
        Count *steps* and look at the timer.

        Raises:
            LimitError: The budget or the time is used up.
        """
        Environment.spend(self, steps)
        if self.timer() > self.ends:
            limits.require(1, 0, "pass_budget")


def evaluate(
    asked: Mapping[str, object],
    *,
    clock: Callable[[], datetime],
    random_bytes: Callable[[int], bytes],
    timer: Callable[[], float] = time.perf_counter,
) -> dict[str, object]:
    """
    Evaluate one expression.

    Args:
        asked: `expression`, and when wanted `instance` (XML text), `context` (path of the context node),
            `root` (path of the node where absolute paths begin), `timezone` (a name of the tz database, UTC
            without), `now` (an instant), `namespaces` (prefix to address), `language`.
        clock: The present instant where `now` is not given.
        random_bytes: For uuid() and random().
        timer: Seconds that pass, from any beginning.

    Returns:
        `type` (boolean, number, string, nodeset), `value` (for a node-set its string-values in document
        order) and the value converted to `string`, `number` and `boolean`; NaN and infinities as texts.

    Raises:
        BadValue: Code "form.request"; params `field`.
        Expected: The engine's code behind "form.", with its params.
    """
    expression = _text(asked, "expression", None)
    source = _text(asked, "instance", EMPTY_DOCUMENT)
    spaces = asked.get("namespaces")
    if spaces is not None and not _is_spaces(spaces):
        raise BadValue("form.request", field="namespaces")
    try:
        document = _document(source)
        environment = _environment(asked, document, clock, random_bytes)
        environment.timer, environment.ends = timer, timer() + SECONDS
        environment.spaces = documents.spaces_of(document, spaces if isinstance(spaces, dict) else None)
        start = _node(asked, "root", document, environment, document)
        environment.root = start
        node = _node(asked, "context", start, environment, start)
        compiled = compile_expression(expression)
        foreign = environment.spaces["jr"] != documents.KNOWN_SPACES["jr"]
        if foreign and any(name.startswith("jr:") for name in compiled.functions):
            raise Expected("form.unknown_function", name=environment.spaces["jr"])
        value = compiled.evaluate(Context(node, node, environment))
        return _answer(value, environment.zone)
    except FormError as error:
        raise Expected(f"form.{error.code}", **error.params) from error
    except (ArithmeticError, RecursionError, ValueError) as error:
        # A number beyond what dates or floats hold: no answer, never a traceback.
        raise Expected("form.out_of_range") from error


def zone_named(name: str) -> tzinfo:
    """
    Return a zone of the tz database.

    Raises:
        BadValue: Code "form.zone".
    """
    from zoneinfo import ZoneInfo

    try:
        return UTC if name == "UTC" else ZoneInfo(name)
    except (KeyError, ValueError, OSError) as error:
        raise BadValue("form.zone", zone=name[:60]) from error


def instant_read(text: str, zone: tzinfo) -> datetime:
    """
    Read an instant or a date, local in *zone* where it has no offset.

    Raises:
        BadValue: Code "form.request".
    """
    found = parse_instant(text.strip(), zone)
    if found is None:
        raise BadValue("form.request", field="now")
    return found


def uuid_text(random_bytes: Callable[[int], bytes]) -> str:
    """Return a random UUID, version 4 (RFC 9562, section 5.4)."""
    drawn = bytearray(random_bytes(16))
    drawn[6] = drawn[6] & 0x0F | 0x40
    drawn[8] = drawn[8] & 0x3F | 0x80
    text = drawn.hex()
    return "-".join((text[:8], text[8:12], text[12:16], text[16:20], text[20:]))


def chance(random_bytes: Callable[[int], bytes]) -> float:
    """Return a number in [0, 1)."""
    return (int.from_bytes(random_bytes(8)) >> 11) / 2**53


@lru_cache(maxsize=4)
def _document(source: str) -> Node:
    return documents.read_document(source)


def _environment(
    asked: Mapping[str, object],
    document: Node,
    clock: Callable[[], datetime],
    random_bytes: Callable[[int], bytes],
) -> _Hurried:
    zone = zone_named(_text(asked, "timezone", "UTC"))
    given = _text(asked, "now", "")
    now = instant_read(given, zone) if given else clock()
    language = _text(asked, "language", "") or None
    return _Hurried(
        now=lambda: now,
        zone=zone,
        ids=lambda: uuid_text(random_bytes),
        chance=lambda: chance(random_bytes),
        instances=lambda name: documents.instance_of(document, name),
        itext=lambda identifier: documents.text_of(document, identifier, language),
    )


def _node(asked: Mapping[str, object], name: str, start: Node, environment: Environment, otherwise: Node) -> Node:
    path = _text(asked, name, "")
    if not path.strip():
        return otherwise
    found = compile_expression(path).evaluate(Context(start, start, environment))
    if not isinstance(found, list) or not found:
        raise BadValue("form.no_node", field=name, path=path[:200])
    return found[0]


def _text(asked: Mapping[str, object], name: str, otherwise: str | None) -> str:
    value = asked.get(name)
    if value is None and otherwise is not None:
        return otherwise
    if not isinstance(value, str):
        raise BadValue("form.request", field=name)
    return value


def _is_spaces(value: object) -> bool:
    return isinstance(value, dict) and all(
        isinstance(prefix, str) and isinstance(uri, str) for prefix, uri in value.items()
    )


def _answer(value: Value, zone: tzinfo) -> dict[str, object]:
    kinds = {bool: "boolean", float: "number", str: "string", list: "nodeset"}
    shown: object = [node.value() for node in value] if isinstance(value, list) else value
    return {
        "type": kinds[type(value)],
        "value": _plain(shown),
        "string": to_text(value),
        "number": _plain(to_number(value, zone)),
        "boolean": to_truth(value),
    }


def _plain(value: object) -> object:
    """Write what JSON has no number for as text; a whole number without fraction."""
    if not isinstance(value, float):
        return value
    if not math.isfinite(value):
        return "NaN" if math.isnan(value) else "Infinity" if value > 0 else "-Infinity"
    return int(value) if value.is_integer() and abs(value) < 2**53 else value
