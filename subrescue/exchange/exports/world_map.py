"""A small map of the world, plate carree, for pages: land as polygons and the places of a product as points."""

from __future__ import annotations

from collections.abc import Iterator

from subrescue.exchange.declarations.points import place_of
from subrescue.exchange.exports.product import Product

WIDTH, HEIGHT = 360.0, 180.0
"""Its size: a unit a degree; the left upper corner is 90 N 180 W."""
_BESIDE = 2.4
"""Between the signs of two kinds at one place: nearly the width of a sign."""


def land() -> Iterator[list[tuple[float, float]]]:
    """Outer rings of the 1:110m land in the map's units."""
    from subrescue.earth.shape.outlines import land_rings

    rings = land_rings("110m")
    for number in range(len(rings)):
        if not rings.is_hole[number]:
            yield [(round(lon + 180.0, 1), round(90.0 - lat, 1)) for lon, lat in rings.ring(number).tolist()]


def points(product: Product) -> list[tuple[float, float, str, str]]:
    """The signs of a product in the map's units, with kind and names: one a kind at a place, kinds side by side.

    Places within half a degree are one here, whose signs would cover each other. Entries without a known place are
    left out.
    """
    found: dict[tuple[int, int], dict[str, list[str]]] = {}
    for sheet in product.sheets:
        for row in sheet.rows:
            place = place_of(row)
            if place is not None:
                cell = (round(place[1] * 2), round(place[0] * 2))
                found.setdefault(cell, {}).setdefault(sheet.kind, []).append(str(row.get("name")))
    signs = [
        (180.0 + lon / 2 + _BESIDE * (number - (len(kinds) - 1) / 2), 90.0 - lat / 2, kind, "; ".join(names))
        for (lon, lat), kinds in found.items()
        for number, (kind, names) in enumerate(kinds.items())
    ]
    order = [sheet.kind for sheet in product.sheets]
    return sorted(signs, key=lambda sign: order.index(sign[2]))


COLOURS = {
    "rescue_system": "#B00020",
    "intervention_system": "#B36B00",
    "ship": "#0B4F9E",
    "aircraft_fleet": "#5B2A86",
    "medical_unit": "#00695C",
}
"""Colours of the points; the legend names them, and the tables say the same in words."""
SHAPES = {
    "rescue_system": "square",
    "intervention_system": "diamond",
    "ship": "circle",
    "aircraft_fleet": "triangle",
    "medical_unit": "cross",
}
"""Shapes of the points, because colour is never the only carrier."""


def shape(kind: str, x: float, y: float, size: float) -> list[tuple[float, float]]:
    """The corners of a sign around a point; a circle has twelve."""
    from math import cos, pi, sin

    forms: dict[str, list[tuple[float, float]]] = {
        "square": [(-1, -1), (1, -1), (1, 1), (-1, 1)],
        "diamond": [(0, -1.4), (1.4, 0), (0, 1.4), (-1.4, 0)],
        "triangle": [(0, -1.3), (1.3, 1), (-1.3, 1)],
        "cross": [(-0.4, -1.3), (0.4, -1.3), (0.4, -0.4), (1.3, -0.4), (1.3, 0.4), (0.4, 0.4), (0.4, 1.3), (-0.4, 1.3),
                  (-0.4, 0.4), (-1.3, 0.4), (-1.3, -0.4), (-0.4, -0.4)],
    }  # fmt: skip
    circle = [(cos(pi * turn / 6), sin(pi * turn / 6)) for turn in range(12)]
    return [(x + size * dx, y + size * dy) for dx, dy in forms.get(SHAPES.get(kind, ""), circle)]
