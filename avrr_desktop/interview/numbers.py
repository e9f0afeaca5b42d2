"""
Implement ODK's trigonometry and powers: NaN outside a function's domain, never an error.

Source: ODK XForms specification, "Number functions"; ECMAScript's Math, which ODK Web Forms uses.
"""

import math
from collections.abc import Callable

from avrr_desktop.interview.tree import Context, Value
from avrr_desktop.interview.values import to_number


def _guarded(operate: Callable[..., float], *numbers: float) -> float:
    try:
        return operate(*numbers)
    except OverflowError:
        return math.inf
    except ValueError:
        return math.nan


def _one(operate: Callable[[float], float]) -> Callable[[Context, Value], Value]:
    return lambda context, value: _guarded(operate, to_number(value, context.environment.zone))


def _logarithm(operate: Callable[[float], float]) -> Callable[[float], float]:
    return lambda number: -math.inf if number == 0 else operate(number)


sine = _one(math.sin)
cosine = _one(math.cos)
tangent = _one(math.tan)
arcsine = _one(math.asin)
arccosine = _one(math.acos)
arctangent = _one(math.atan)
exponential = _one(math.exp)
power_of_ten = _one(lambda number: math.pow(10.0, number))
natural_logarithm = _one(_logarithm(math.log))
decimal_logarithm = _one(_logarithm(math.log10))


def arctangent_of_two(context: Context, y: Value, x: Value) -> Value:
    """Return the angle of the point (x, y) (`atan2`)."""
    zone = context.environment.zone
    return math.atan2(to_number(y, zone), to_number(x, zone))


def pi(_context: Context) -> Value:
    """Return pi."""
    return math.pi
