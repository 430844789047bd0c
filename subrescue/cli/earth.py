"""The commands `depth` and `where`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, get_args

from subrescue.cli import console
from subrescue.cli.depth_sources import Positive, world_with
from subrescue.cli.named_position import NamedPosition, read_place
from subrescue.domain.errors import InputError, Problem
from subrescue.earth.depth.depth_answers import DepthAnswer
from subrescue.earth.positions.coordinates import NOTATIONS, Language, Notation, format_position
from subrescue.earth.positions.grid_references import in_utm
from subrescue.earth.shape.shore import NearestShore
from subrescue.earth.world import World, load_world
from subrescue.exchange import depth_words, numbers
from subrescue.exchange.json_text import json_text
from subrescue.store.checks import nearest_water

_OPTIONS = {"decimals": "--decimals", "position": "TEXT"}
"""What a user typed, by the field of `format_position` that it becomes."""


def depth(text: str, named: Sequence[str], positive: Positive | None, form: str) -> None:
    """Print the depth with its band, the slope, the distance to shore and who says so.

    Raises CannotError on land, in JSON after the document; InputError for a place or a source that cannot be used.
    """
    world = world_with(named, positive, "--source")
    place = read_place(text, world, "POSITION")
    answer, slope = world.depth.ask(place.position), world.depth.slope(place.position)
    shore = world.land.shore(place.position)
    if form == "json":
        data = {"place": place.as_data(), **depth_words.to_dict(answer, slope, shore)}
        console.emit(json_text(data, indent=1), form=form)
    if answer.estimate is None:
        raise console.CannotError(_no_depth(place, answer, shore, world))
    if form != "json":
        console.emit("\n".join([str(place), *depth_words.lines(answer, slope, shore)]) + "\n")


def _no_depth(place: NamedPosition, answer: DepthAnswer, shore: NearestShore, world: World) -> str:
    """Why there is no depth, and where the water is."""
    passed = "".join(f"; {depth_words.no_answer(one)}" for one in answer.passed if one.source.path is not None)
    if shore.seen_from == "sea":  # a chart knows an island that the coast line does not have
        return f"{place}: no depth{passed}"
    if shore.seen_from == "lake":
        return f"{place}: on a lake, whose depth no source knows{passed}; {nearest_water(place.position, world)}"
    sea = f"the sea is {depth_words.shore(shore)}"
    return f"{place}: on land{passed}; {sea}; {nearest_water(place.position, world)}"


def where(text: str, form: str, notation: str | None, decimals: int | None, language: str, output: Path | None) -> None:
    """Write a position in every notation, and what lies there; or in one notation alone, as finely as asked."""
    if decimals is not None and notation is None:
        raise InputError(Problem("--decimals", str(decimals), "allowed with --notation only"))
    world = load_world()
    place = read_place(text, world, "TEXT")
    tongue: Language = next(known for known in get_args(Language) if known == language)
    if notation is not None:
        chosen: Notation = next(known for known in NOTATIONS if known == notation)
        try:
            printed = {chosen: format_position(place.position, chosen, decimals=decimals, language=tongue)}
        except InputError as error:
            problems = [replace(problem, field=_OPTIONS[problem.field]) for problem in error.problems]
            raise InputError(problems) from None
    else:
        grid = "utm" if in_utm(place.position.lat_deg) else "ups"
        printed = {
            name: format_position(place.position, name, language=tongue)
            for name in NOTATIONS
            if name in ("dd", "dm", "dms", "mgrs", grid)
        }
    if form == "json":
        console.emit(json_text(_facts(place, printed, world), indent=1), output, form)
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
    shore = world.land.shore(position)
    water = "on a lake" if shore.seen_from == "lake" else "at sea"
    return f"{water}, {numbers.miles(shore.distance_nm)} from the nearest shore"
