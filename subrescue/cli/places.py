"""The commands `places search`, `places show`, `places near` and `places road`."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import cast

from subrescue.cli import console, desk
from subrescue.cli.named_position import NamedPosition, read_place
from subrescue.domain.errors import InputError, Problem
from subrescue.domain.reasons import Reason
from subrescue.earth.passages.passages import Passage, load_passages
from subrescue.earth.places.near import PortKind, RunwayNeed, nearest_airfields, nearest_ports
from subrescue.earth.places.place_search import FoundPlace, PlaceKind
from subrescue.earth.places.place_tables import Airfield, Port
from subrescue.earth.world import World, load_world
from subrescue.exchange import places
from subrescue.exchange.places import ListedPlace
from subrescue.exchange.wording import say, text
from subrescue.store.place_search import place_search

_NEAR_KINDS = ("airfield", "port", "naval_base")


def search(wanted: str, kind: str | None, count: int, form: str, output: Path | None) -> None:
    """Write the places that fit a text; raises CannotError where none does."""
    finder = place_search(load_world(), desk.registry())
    found = finder.search(wanted, cast("PlaceKind | None", kind), count)
    if not found:
        raise console.CannotError(text("places.none", {"wanted": wanted}))
    _write_list([ListedPlace.of(place) for place in found], form, output)


def show(wanted: str, form: str, output: Path | None) -> None:
    """Write all that is known of the place of an id or code; raises InputError for an unknown one, with like names."""
    world = load_world()
    finder = place_search(world, desk.registry())
    found = finder.with_code(wanted)
    if not found:
        near = [f"{place.id} ({place.name})" for place in finder.search(wanted, limit=4)]
        hint = f"; of a like name: {', '.join(near)}" if near else ""
        allowed = f"an id, ICAO, IATA or UN/LOCODE is needed, or `subrescue places search`{hint}"
        raise InputError(Problem("ID", f"'{wanted}', which is no known id", allowed))
    shown = [places.facts(place, _record(place, world)) for place in found]
    console.emit_in(
        form,
        output,
        partial(places.shown_as_table, shown),
        json=partial(places.shown_as_json, shown),
        csv=partial(places.shown_as_csv, shown),
    )


def near(
    position: str, kind: str | None, need: RunwayNeed, count: int, same_land: bool, form: str, output: Path | None
) -> None:
    """Write the airfields that suit, ports and naval bases nearest to a point; raises CannotError where none is."""
    world = load_world()
    place = read_place(position, world, "POSITION")
    if kind is not None and kind not in _NEAR_KINDS:
        raise InputError(Problem("--kind", f"'{kind}'", f"one of {', '.join(_NEAR_KINDS)}"))
    landmass = _landmass(place, world) if same_land else None
    kinds = [kind] if kind is not None else _NEAR_KINDS
    listed = [row for one in kinds for row in _near(place, one, need, count, landmass, world)]
    if not listed:
        raise console.CannotError(text("places.none_near", {"wanted": str(place)}))
    _write_list(listed, form, output)


def road(start: str, end: str, form: str, output: Path | None) -> None:
    """Write the road between two places; raises CannotError with the reason where there is none."""
    from subrescue.exchange.road_words import road_text, road_to_json
    from subrescue.planning.geography.road_estimate import road_between
    from subrescue.store.assumptions import load_assumptions
    from subrescue.store.registry import load_registry

    world = load_world()
    a, b = read_place(start, world, "A"), read_place(end, world, "B")
    found = road_between(a.position, b.position, world.land, load_assumptions(), (str(a), str(b)), world.off_shore)
    if isinstance(found, Reason):
        raise console.CannotError(f"no road: {say(found)}")
    source = load_registry().sources.get(found.factor.source)
    told = (found, (str(a), str(b)), source.title if source is not None else found.factor.source)
    console.emit_in(form, output, lambda _: road_text(*told), json=partial(road_to_json, *told))


def _record(place: FoundPlace, world: World) -> Airfield | Port | Passage | None:
    if place.kind == "passage":
        return next(passage for passage in load_passages() if passage.id == place.id)
    if place.number < 0:
        return None
    return world.gazetteer.airfields[place.number] if place.kind == "airfield" else world.gazetteer.ports[place.number]


def _near(
    place: NamedPosition, kind: str, need: RunwayNeed, count: int, landmass: int | None, world: World
) -> Iterator[ListedPlace]:
    if kind == "airfield":
        for field in nearest_airfields(world.gazetteer, place.position, need, count, landmass=landmass):
            airfield = field.place
            yield ListedPlace(
                kind,
                airfield.ident,
                airfield.name,
                airfield.country,
                airfield.position,
                airfield.place or "",
                distance_nm=field.distance_nm,
                bearing_deg=field.bearing_deg,
                runway=field.runway,
            )
        return
    which: PortKind = "naval_base" if kind == "naval_base" else "port"
    closed_sea = world.router.is_closed_sea(place.position)
    for found in nearest_ports(world.gazetteer, place.position, which, count, landmass=landmass, closed_sea=closed_sea):
        port = found.place
        yield ListedPlace(
            kind,
            port.id,
            port.name,
            port.country,
            port.position,
            port.unlocode or "",
            distance_nm=found.distance_nm,
            bearing_deg=found.bearing_deg,
            water=port.water,
        )


def _landmass(place: NamedPosition, world: World) -> int:
    landmass = int(world.land.landmass_at(place.position.lat_deg, place.position.lon_deg))
    if landmass < 0:
        raise console.CannotError(f"{place}: at sea; --same-land needs a place on land or within 5 NM of it")
    return landmass


def _write_list(listed: list[ListedPlace], form: str, output: Path | None) -> None:
    console.emit_in(
        form,
        output,
        partial(places.list_as_table, listed),
        json=partial(places.list_as_json, listed),
        csv=partial(places.list_as_csv, listed),
    )
