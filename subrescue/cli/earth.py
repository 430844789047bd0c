"""The commands `depth` and `where`."""

from __future__ import annotations

from subrescue.cli import console
from subrescue.cli.places import read_place
from subrescue.domain.position import Position
from subrescue.earth.coordinates import Notation, format_position
from subrescue.earth.world import World, load_world
from subrescue.exchange import numbers
from subrescue.store.checks import nearest_water

_NOTATIONS: tuple[tuple[Notation, str], ...] = (
    ("dd", "DD"),
    ("dm", "DM"),
    ("dms", "DMS"),
    ("mgrs", "MGRS"),
    ("utm", "UTM"),
)


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


def where(text: str) -> None:
    """Print a position in every notation, and what lies there."""
    world = load_world()
    place = read_place(text, world, "TEXT")
    lines = [place.name] if place.name else []
    lines += [f"{title:5}{_printed(place.position, notation)}" for notation, title in _NOTATIONS]
    lines.append(_surroundings(place.position, world))
    console.emit("\n".join(lines) + "\n", None)


def _printed(position: Position, notation: Notation) -> str:
    try:
        return format_position(position, notation)
    except ValueError as error:
        return f"- ({error})"


def _surroundings(position: Position, world: World) -> str:
    if world.land.is_land(position.lat_deg, position.lon_deg):
        country = world.land.country_at(position)
        land = f"on land, {country.name}" if country is not None else "on land"
        return f"{land}; {nearest_water(position, world)}"
    shore = world.land.distance_to_shore_nm(position.lat_deg, position.lon_deg)
    return f"at sea, {numbers.miles(shore)} from the nearest shore"
