"""The command `route`: the shortest way by sea between two places."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from subrescue.cli import console
from subrescue.cli.places import NamedPosition, read_place_at_sea
from subrescue.domain.position import Position
from subrescue.earth.passage_names import find_passages
from subrescue.earth.passages import load_passages
from subrescue.earth.router import NoRoute, SeaRoute
from subrescue.earth.world import load_world
from subrescue.exchange import geojson_geometry, numbers

SHOWN_GAP_NM = 0.05
"""A gap between a place and navigable water that is worth a line."""


def route(start: str, end: str, close: list[str], form: str, output: Path | None) -> None:
    """Write a sea route; raises InputError for a place or passage that is not known, CannotError for no route."""
    world = load_world()
    first, last = read_place_at_sea(start, world, "FROM"), read_place_at_sea(end, world, "TO")
    closed = find_passages(close, load_passages(), "--close")
    try:
        found = world.router.route(first.position, last.position, closed=closed)
    except NoRoute as error:
        raise console.CannotError(_why_not(error, first, last)) from None
    writer = {"json": _as_json, "geojson": _as_geojson, "text": _as_text}[form]
    console.emit(writer(found, first, last, closed), output)


def _why_not(error: NoRoute, first: NamedPosition, last: NamedPosition) -> str:
    """The reason in words, with what would open a way."""
    no_route = f"no route from {first} to {last}"
    if error.passages:
        names = {passage.id: passage.name for passage in load_passages()}
        shut = ", ".join(f"{names.get(name, name)} [{name}]" for name in error.passages)
        return f"{no_route} while closed: {shut}"
    if error.position is None or error.nearest is None or error.nearest_nm is None:
        return f"{no_route}: {error}"
    faulty = next((place for place in (first, last) if place.position == error.position), None)
    where = faulty.name if faulty is not None and faulty.name else numbers.position(error.position)
    what = "lies in a basin without a way to the sea" if error.reason == "closed_basin" else "is on land"
    water = f"{numbers.miles(error.nearest_nm)} away, at {numbers.position(error.nearest)}"
    return f"{no_route}: {where} {what}; the nearest navigable water is {water}"


def _as_text(found: SeaRoute, first: NamedPosition, last: NamedPosition, closed: frozenset[str]) -> str:
    names = {passage.id: passage.name for passage in load_passages()}
    lines = [
        f"From     {first}",
        f"To       {last}",
        f"Distance {numbers.miles(found.distance_nm)}",
        f"Through  {', '.join(f'{names.get(name, name)} [{name}]' for name in found.passages) or 'open water'}",
    ]
    if closed:
        lines.append(f"Closed   {', '.join(sorted(closed))}")
    for gap_nm, what in ((found.start_gap_nm, "first"), (found.end_gap_nm, "last")):
        if gap_nm > SHOWN_GAP_NM:
            lines.append(f"Note     the {what} {numbers.miles(gap_nm)} lie outside the chart's navigable water")
    if found.over_land_nm > SHOWN_GAP_NM:
        over = numbers.miles(found.over_land_nm)
        lines.append(f"Note     {over} of it run over land as the chart draws it: a berth, a river or a narrow inlet")
    lines.append(f"Points   {len(found.points)}")
    lines += [f"  {numbers.position(position)}" for position in _positions(found)]
    return "\n".join(lines) + "\n"


def _as_json(found: SeaRoute, first: NamedPosition, last: NamedPosition, closed: frozenset[str]) -> str:
    data = {
        "from": _place(first),
        "to": _place(last),
        **_facts(found, closed),
        "points": [[round(p.lat_deg, 5), round(p.lon_deg, 5)] for p in _positions(found)],
    }
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"


def _as_geojson(found: SeaRoute, first: NamedPosition, last: NamedPosition, closed: frozenset[str]) -> str:
    feature = {
        "type": "Feature",
        "geometry": geojson_geometry.line((float(lat), float(lon)) for lat, lon in found.points),
        "properties": {"from": str(first), "to": str(last), **_facts(found, closed)},
    }
    return json.dumps({"type": "FeatureCollection", "features": [feature]}, ensure_ascii=False, indent=1) + "\n"


def _facts(found: SeaRoute, closed: frozenset[str]) -> dict[str, Any]:
    return {
        "distance_nm": round(found.distance_nm, 1),
        "passages": list(found.passages),
        "closed": sorted(closed),
        "start_gap_nm": round(found.start_gap_nm, 1),
        "end_gap_nm": round(found.end_gap_nm, 1),
        "over_land_nm": round(found.over_land_nm, 1),
    }


def _positions(found: SeaRoute) -> list[Position]:
    return [Position(lat_deg=float(lat), lon_deg=float(lon)) for lat, lon in found.points]


def _place(place: NamedPosition) -> dict[str, Any]:
    position = place.position
    return {"name": place.name, "lat_deg": round(position.lat_deg, 5), "lon_deg": round(position.lon_deg, 5)}
