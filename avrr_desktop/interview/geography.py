"""
Implement ODK's functions of places: area, distance, geofence.

A place is `latitude longitude [altitude [accuracy]]` in degrees; a trace or shape is places with `;` between.

Source: ODK XForms specification, "Utility functions"; ODK Web Forms for what it leaves open.
"""

import math
import re
from itertools import pairwise

from avrr_desktop.interview.tree import Context, Value
from avrr_desktop.interview.values import to_text

Point = tuple[float, float]
EARTH_RADIUS_M = 6_378_100
"""Radius at the equator that ODK's clients compute with."""
_DEGREES = re.compile(r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)\Z", re.ASCII)


def _points(context: Context, value: Value) -> list[Point | None]:
    """Read the places of a value or of every node of a node-set; None for one that is no place."""
    texts = [node.value() for node in value] if isinstance(value, list) else [to_text(value)]
    written = [part for text in texts for part in re.split(r"\s*;\s*", text.strip().rstrip("; \t\r\n"))]
    context.environment.spend(len(written))
    return [_point(part) for part in written]


def _point(text: str) -> Point | None:
    parts = text.split()
    if not 2 <= len(parts) <= 4 or not all(_DEGREES.match(part) for part in parts[:2]):
        return None
    latitude, longitude = float(parts[0]), float(parts[1])
    return (latitude, longitude) if abs(latitude) <= 90 and abs(longitude) <= 180 else None


def _known(points: list[Point | None]) -> list[Point] | None:
    known = [point for point in points if point is not None]
    return known if len(known) == len(points) and len(known) > 1 else None


def area(context: Context, value: Value) -> Value:
    """Return the square metres a shape covers, to the centimetre; NaN when a place is not one."""
    points = _known(_points(context, value))
    if points is None:
        return math.nan
    if len(points) < 3:
        return 0.0
    ring = points if points[0] == points[-1] else [*points, points[0]]
    total = 0.0
    for (latitude, longitude), (next_latitude, next_longitude) in pairwise(ring):
        bulge = 2 + math.sin(math.radians(next_latitude)) + math.sin(math.radians(latitude))
        total += math.radians(next_longitude - longitude) * bulge
    return _to_hundredths(abs(total * EARTH_RADIUS_M * EARTH_RADIUS_M / 2))


def distance(context: Context, *values: Value) -> Value:
    """Return the metres along the places given, in order; NaN when one is not a place or there is only one."""
    points = _known([point for value in values for point in _points(context, value)])
    if points is None:
        return math.nan
    return _to_hundredths(math.fsum(_between(one, other) for one, other in pairwise(points)))


def _between(one: Point, other: Point) -> float:
    gap = math.radians(one[1] - other[1])
    here, there = math.radians(one[0]), math.radians(other[0])
    cosine = math.sin(here) * math.sin(there) + math.cos(here) * math.cos(there) * math.cos(gap)
    return math.acos(max(-1.0, min(1.0, cosine))) * EARTH_RADIUS_M


def _to_hundredths(metres: float) -> float:
    return math.floor(metres * 100 + 0.5) / 100


def geofence(context: Context, place: Value, shape: Value) -> Value:
    """
    Decide whether a place lies inside a shape; false when either is not one.

    Source: W. R. Franklin, "PNPOLY - Point Inclusion in Polygon Test".
    """
    points, ring = _points(context, place), _known(_points(context, shape))
    if len(points) != 1 or points[0] is None or ring is None:
        return False
    x, y = points[0]
    inside = False
    for (ax, ay), (bx, by) in zip(ring, [ring[-1], *ring[:-1]], strict=True):
        if (ay > y) != (by > y) and x < (bx - ax) * (y - ay) / (by - ay) + ax:
            inside = not inside
    return inside
