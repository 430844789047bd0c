"""The commands `depth` and `where`."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, get_args

from subrescue.cli import console
from subrescue.cli.places import NamedPosition, read_place
from subrescue.domain.errors import InputError, Problem
from subrescue.earth.coordinates import NOTATIONS, Language, Notation, format_position
from subrescue.earth.grid_references import in_utm
from subrescue.earth.world import World, load_world
from subrescue.exchange import numbers
from subrescue.store.checks import nearest_water


def depth(text: str) -> None:
    """Print the chart's depth with its band; raises CannotError on land."""
    world = load_world()
    place = read_place(text, world, "POSITION")
    estimate = world.depth.estimate(place.position)
    if estimate is None:
        raise console.CannotError(f"{place}: on land; {nearest_water(place.position, world)}")
    if estimate.depth_m is None:
        figure = "unknown: the water is narrower than the chart resolves"
    else:
        figure = f"about {numbers.metres(estimate.depth_m)}"
        if estimate.high_m is not None:
            figure += f", {numbers.metres(estimate.low_m)} to {numbers.metres(estimate.high_m)}"
    console.emit(f"{place}\nDepth  {figure}\nSource {estimate.source}; an estimate, never a sounding\n", None)


def where(text: str, form: str, notation: str | None, decimals: int | None, language: str,
          output: Path | None) -> None:
    """Write a position in every notation, and what lies there; or in one notation alone, as finely as asked."""
    if decimals is not None and notation is None:
        raise InputError(Problem("--decimals", str(decimals), "allowed with --notation only"))
    world = load_world()
    place = read_place(text, world, "TEXT")
    tongue: Language = next(known for known in get_args(Language) if known == language)
    if notation is not None:
        chosen: Notation = next(known for known in NOTATIONS if known == notation)
        printed = {chosen: format_position(place.position, chosen, decimals=decimals, language=tongue)}
    else:
        grid = "utm" if in_utm(place.position.lat_deg) else "ups"
        printed = {name: format_position(place.position, name, language=tongue)
                   for name in NOTATIONS if name in ("dd", "dm", "dms", "mgrs", grid)}
    if form == "json":
        console.emit(json.dumps(_facts(place, printed, world), ensure_ascii=False, indent=1) + "\n", output)
    elif notation is not None:
        console.emit(f"{printed[chosen]}\n", output)
    else:
        lines = [place.name] if place.name else []
        lines += [f"{name.upper():5}{shown}" for name, shown in printed.items()]
        if place.read_as:
            lines.append(f"Read as {place.read_as}")
        lines.append(_surroundings(place, world))
        console.emit("\n".join(lines) + "\n", output)


def _facts(place: NamedPosition, printed: dict[Notation, str], world: World) -> dict[str, Any]:
    position = place.position
    on_land = world.land.is_land(position.lat_deg, position.lon_deg)
    country = world.land.country_at(position) if on_land else None
    shore = world.land.distance_to_shore_nm(position.lat_deg, position.lon_deg)
    return {
        "name": place.name,
        "read_as": place.read_as or None,
        "lat_deg": round(position.lat_deg, 9),
        "lon_deg": round(position.lon_deg, 9),
        "notations": printed,
        "on_land": on_land,
        "country": country.name if country is not None else None,
        "distance_to_shore_nm": numbers.tenth(shore),
    }


def _surroundings(place: NamedPosition, world: World) -> str:
    position = place.position
    if world.land.is_land(position.lat_deg, position.lon_deg):
        country = world.land.country_at(position)
        land = f"on land, {country.name}" if country is not None else "on land"
        return f"{land}; {nearest_water(position, world)}"
    shore = world.land.distance_to_shore_nm(position.lat_deg, position.lon_deg)
    return f"at sea, {numbers.miles(shore)} from the nearest shore"
