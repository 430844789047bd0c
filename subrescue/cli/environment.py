"""The command `environment`: sun, twilight, temperatures and wind at a place and time."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from subrescue.cli import console
from subrescue.cli.named_position import read_place
from subrescue.domain.errors import InputError, Problem
from subrescue.earth.sea_and_sky.conditions import conditions_at
from subrescue.earth.world import load_world
from subrescue.exchange.conditions import conditions_text, conditions_to_json
from subrescue.store.checks import nearest_water
from subrescue.store.instant_text import parse_instant

_OPTIONS = {"time": "--at", "depth_m": "--depth"}


def environment(text: str, at: str | None, depth_m: float | None, form: str, output: Path | None) -> None:
    """Write sun, air and sea at a place; raises CannotError on land, after the sun has been told."""
    world = load_world()
    place = read_place(text, world, "POSITION")
    # The clock is read here, at the edge, and nowhere below.
    time = parse_instant(at, "--at") if at is not None else datetime.now(UTC)
    try:
        found = conditions_at(place.position, time, world, depth_m)
    except InputError as error:
        problems = [Problem(_OPTIONS.get(p.field, p.field), p.found, p.allowed) for p in error.problems]
        raise InputError(problems) from None
    console.emit_in(
        form,
        output,
        lambda _: conditions_text(found, str(place)),
        json=partial(conditions_to_json, found, place.name),
    )
    if found.on_land:
        water = nearest_water(place.position, world)
        raise console.CannotError(f"{place}: on land, so that only the sun is told; {water}")
