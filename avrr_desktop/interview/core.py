"""
Implement the core function library of XPath 1.0 and ODK's numbers and texts.

Every function takes the context and evaluated values and returns a value.

Source: XPath 1.0, section 4; ODK XForms specification, "XPath functions".
"""

import math
import re
from base64 import b64decode, b64encode

from avrr_desktop.interview import limits
from avrr_desktop.interview.errors import ExpressionError
from avrr_desktop.interview.tree import Context, Value, nodes_of, ordinal
from avrr_desktop.interview.values import to_number, to_text, to_truth

_SPACES = re.compile(r"[ \t\r\n]+")


def _number(context: Context, value: Value) -> float:
    return to_number(value, context.environment.zone)


def _bounded(text: str) -> str:
    limits.require(len(text), limits.TEXT_LENGTH, "text_length")
    return text


def last(context: Context) -> Value:
    """Return the size of the context."""
    return float(context.size)


def position(context: Context, nodes: Value | None = None) -> Value:
    """Return the context position, or a node's place among siblings of its name (ODK)."""
    if nodes is None:
        return float(context.position)
    found = nodes_of(nodes, "position")
    context.environment.spend(len(found[0].parent.children) if found and found[0].parent is not None else 1)
    return float(ordinal(found[0])) if found else math.nan


def count(_context: Context, nodes: Value) -> Value:
    """Count the relevant nodes of a node-set."""
    return float(sum(node.relevant for node in nodes_of(nodes, "count")))


def name(context: Context, nodes: Value | None = None) -> Value:
    """Return the qualified name of the first node."""
    found = [context.node] if nodes is None else nodes_of(nodes, "name")
    return found[0].name if found else ""


def local_name(context: Context, nodes: Value | None = None) -> Value:
    """Return the name of the first node without its prefix."""
    return to_text(name(context, nodes)).rpartition(":")[2]


def namespace_uri(context: Context, nodes: Value | None = None) -> Value:
    """Return the namespace of the first node; '' in forms, which are compared by qualified name."""
    found = [context.node] if nodes is None else nodes_of(nodes, "namespace-uri")
    return found[0].uri if found else ""


def identify(context: Context, wanted: Value) -> Value:
    """Return the elements whose `id` attribute is named (XPath 1.0 `id()`)."""
    texts = [node.value() for node in wanted] if isinstance(wanted, list) else [to_text(wanted)]
    ids = {part for text in texts for part in text.split()}
    stack, found = [context.node.root()], []
    while stack:
        node = stack.pop()
        if any(one.name == "id" and one.text in ids for one in node.attributes):
            found.append(node)
        stack.extend(reversed(node.children))
    return found


def string(context: Context, value: Value | None = None) -> Value:
    """Convert to text."""
    return context.node.value() if value is None else to_text(value)


def concat(_context: Context, *values: Value) -> Value:
    """Join texts; a node-set gives all its nodes (ODK)."""
    parts = []
    for value in values:
        parts += [node.value() for node in value] if isinstance(value, list) else [to_text(value)]
    return _bounded("".join(parts))


def join(_context: Context, separator: Value, *values: Value) -> Value:
    """Join the texts of values and node-sets with a separator."""
    parts: list[str] = []
    for value in values:
        parts += [node.value() for node in value] if isinstance(value, list) else [to_text(value)]
    return _bounded(to_text(separator).join(parts))


def starts_with(_context: Context, text: Value, start: Value) -> Value:
    """Decide whether a text starts with another."""
    return to_text(text).startswith(to_text(start))


def ends_with(_context: Context, text: Value, end: Value) -> Value:
    """Decide whether a text ends with another."""
    return to_text(text).endswith(to_text(end))


def contains(_context: Context, text: Value, part: Value) -> Value:
    """Decide whether a text holds another."""
    return to_text(part) in to_text(text)


def substring_before(_context: Context, text: Value, mark: Value) -> Value:
    """Return what stands before the first *mark*, '' without one."""
    before, found, _after = to_text(text).partition(to_text(mark)) if to_text(mark) else ("", "", "")
    return before if found else ""


def substring_after(_context: Context, text: Value, mark: Value) -> Value:
    """Return what stands after the first *mark*, '' without one."""
    if not to_text(mark):
        return to_text(text)
    return to_text(text).partition(to_text(mark))[2]


def substring(context: Context, text: Value, start: Value, length: Value | None = None) -> Value:
    """Cut by 1-based position, rounding as XPath 1.0 section 4.2 does."""
    first = _xpath_round(_number(context, start))
    end = math.inf if length is None else first + _xpath_round(_number(context, length))
    return "".join(one for at, one in enumerate(to_text(text), start=1) if at >= first and at < end)


def substr(context: Context, text: Value, start: Value, end: Value | None = None) -> Value:
    """Cut by 0-based start and end, negative from the end (ODK)."""
    source = to_text(text)
    bounds = [_number(context, start), math.inf if end is None else _number(context, end)]
    if any(math.isnan(bound) for bound in bounds):
        return ""
    size = len(source)
    low, high = (int(max(0, min(size, bound + size if bound < 0 else bound))) for bound in bounds)
    return source[low:high]


def string_length(context: Context, value: Value | None = None) -> Value:
    """Count characters."""
    return float(len(context.node.value() if value is None else to_text(value)))


def normalize_space(context: Context, value: Value | None = None) -> Value:
    """Trim, and make one space of many; space is XML's, a no-break space is none."""
    return " ".join(_SPACES.split((context.node.value() if value is None else to_text(value)).strip(" \t\r\n")))


def translate(_context: Context, text: Value, old: Value, new: Value) -> Value:
    """Replace single characters; those without a counterpart vanish."""
    source, target = to_text(old), to_text(new)
    table = {ord(one): target[at] if at < len(target) else None for at, one in reversed(list(enumerate(source)))}
    return to_text(text).translate(table)


def boolean(_context: Context, value: Value) -> Value:
    """Convert to a truth."""
    return to_truth(value)


def negate(_context: Context, value: Value) -> Value:
    """Return the opposite truth (`not`)."""
    return not to_truth(value)


def true(_context: Context) -> Value:
    """Return true."""
    return True


def false(_context: Context) -> Value:
    """Return false."""
    return False


def boolean_from_string(context: Context, value: Value) -> Value:
    """Return true for 'true' and '1' (ODK)."""
    if isinstance(value, float):
        return value == 1
    return to_text(value) in ("true", "1") or _number(context, value) == 1


def lang(context: Context, wanted: Value) -> Value:
    """Decide by the nearest `xml:lang` (XPath 1.0, section 4.3)."""
    for node in reversed(context.node.ancestry()):
        for attribute in node.attributes:
            if attribute.name == "xml:lang":
                code, target = attribute.text.lower(), to_text(wanted).lower()
                return code == target or code.startswith(target + "-")
    return False


def number(context: Context, value: Value | None = None) -> Value:
    """Convert to a number; '' is NaN."""
    return _number(context, context.node.value() if value is None else value)


def total(context: Context, nodes: Value) -> Value:
    """Add the relevant nodes of a node-set (`sum`)."""
    return math.fsum(_number(context, node.value()) for node in nodes_of(nodes, "sum") if node.relevant)


def floor(context: Context, value: Value) -> Value:
    """Round down."""
    found = _number(context, value)
    return float(math.floor(found)) if math.isfinite(found) else found


def ceiling(context: Context, value: Value) -> Value:
    """Round up."""
    found = _number(context, value)
    return float(math.ceil(found)) if math.isfinite(found) else found


def _xpath_round(found: float) -> float:
    return float(math.floor(found + 0.5)) if math.isfinite(found) else found


def rounded(context: Context, value: Value, places: Value = 0.0) -> Value:
    """Round half away from zero, to decimal places when given (ODK; FORMS.md, trap 8)."""
    found, digits = _number(context, value), _number(context, places)
    if not math.isfinite(found) or not math.isfinite(digits):
        return math.nan if math.isnan(digits) else found
    scale = 10.0 ** max(-300, min(300, int(digits)))
    scaled = abs(found) * scale
    if not math.isfinite(scaled):
        return found
    return math.copysign(math.floor(scaled + 0.5) / scale, found)


def integer(context: Context, value: Value) -> Value:
    """Cut the fraction (`int`)."""
    found = _number(context, value)
    return float(math.trunc(found)) if math.isfinite(found) else found


def _pool(context: Context, values: tuple[Value, ...]) -> list[float]:
    found = []
    for value in values:
        if isinstance(value, list):
            found += [_number(context, node.value()) for node in value if node.relevant and node.value() != ""]
        else:
            found.append(_number(context, value))
    return found


def smallest(context: Context, *values: Value) -> Value:
    """Return the smallest of values and node-sets, NaN of nothing (`min`)."""
    pool = _pool(context, values)
    return math.nan if not pool or any(math.isnan(one) for one in pool) else min(pool)


def largest(context: Context, *values: Value) -> Value:
    """Return the largest of values and node-sets, NaN of nothing (`max`)."""
    pool = _pool(context, values)
    return math.nan if not pool or any(math.isnan(one) for one in pool) else max(pool)


def power(context: Context, base: Value, exponent: Value) -> Value:
    """Raise to a power (`pow`)."""
    try:
        return math.pow(_number(context, base), _number(context, exponent))
    except OverflowError:
        return math.inf
    except ValueError:
        return math.nan


def absolute(context: Context, value: Value) -> Value:
    """Return the absolute value (`abs`)."""
    return abs(_number(context, value))


def root(context: Context, value: Value) -> Value:
    """Return the square root (`sqrt`), NaN of a negative number."""
    found = _number(context, value)
    return math.sqrt(found) if found >= 0 else math.nan


_DIGESTS = {"MD5": "md5", "SHA-1": "sha1", "SHA-256": "sha256", "SHA-384": "sha384", "SHA-512": "sha512"}


def digest(_context: Context, text: Value, algorithm: Value, encoding: Value = "base64") -> Value:
    """
    Return a checksum of a text, `base64` or `hex`.

    Raises:
        ExpressionError: Code `unknown_digest` or `unknown_encoding`.
    """
    name_ = _DIGESTS.get(to_text(algorithm))
    if name_ is None:
        raise ExpressionError("unknown_digest", name=to_text(algorithm)[:20])
    if to_text(encoding) not in ("base64", "hex"):
        raise ExpressionError("unknown_encoding", name=to_text(encoding)[:20])
    import hashlib  # OpenSSL behind it is a tenth of the start of a command

    found = hashlib.new(name_, to_text(text).encode(errors="surrogatepass"), usedforsecurity=False)
    return found.hexdigest() if to_text(encoding) == "hex" else b64encode(found.digest()).decode()


def base64_decode(_context: Context, text: Value) -> Value:
    """Return the UTF-8 text that base64 holds; '' when it is none (ODK)."""
    packed = "".join(to_text(text).split())
    try:
        return b64decode(packed + "=" * (-len(packed) % 4), validate=True).decode()
    except ValueError:
        return ""
