"""Holds a case against itself, registry, assumptions and earth: unknown names, a datum on land, a doubtful depth."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from subrescue.domain.case import Case
from subrescue.domain.errors import InputError, Problem
from subrescue.domain.instants import hours_between
from subrescue.domain.position import Position
from subrescue.domain.quantities import Assumptions
from subrescue.domain.registry import Registry
from subrescue.planning.basis.another_day import years_after_registry
from subrescue.store.contradictions import YEARS, Finding, contradictions
from subrescue.store.idle_clearances import idle_clearances
from subrescue.store.idle_hours import idle_hours
from subrescue.store.misspelt import leads_nowhere, nations, twice, unknown_left_out
from subrescue.store.port_facts import port_facts
from subrescue.store.toml_lines import Loc, key_lines, line_of
from subrescue.store.validation import field_name, nearest

if TYPE_CHECKING:
    from subrescue.earth.world import World

SHORE_TOLERANCE_NM = 1.0
"""How far a datum may lie inside the 1:10m coast, whose errors are of the order of half a mile."""

BERTH_TOLERANCE_NM = 15.0
"""How far from the shore a ship may be: berths are given by the middle of their town, and lie in rivers and fjords."""

DEPTH_FACTOR = 3.0
"""A stated depth outside the chart's band that is so many times less or more than its estimate is doubtful."""

FAR_DAYS = 30
"""A sinking or a proof of life this many days from the alert is doubtful: no crew lives as long."""

FAST_FACTOR = 1.5
"""A ship that is so many times faster than the registry has her is doubtful."""


def check_case(
    case: Case,
    registry: Registry,
    world: World | None = None,
    assumptions: Assumptions | None = None,
    *,
    path: Path | None = None,
) -> list[Problem]:
    """Return what is wrong, or doubtful (`warning`), in a case that reads well by itself.

    `path` is the file that the case was read from; with it each problem names its line.
    """
    day = registry.of_the_day(case)
    findings = [*_unknown_names(case, day), *_unknown_classes(case, day), *_unknown_seat(case, day), *_far_dates(case)]
    findings += [*_of_another_day(case, registry), *_too_fast(case, day)]
    findings += [*unknown_left_out(case, registry), *leads_nowhere(case, day), *twice(case)]
    findings += contradictions(case, day.submarine_classes.get(case.dissub.class_id or ""))
    if assumptions is not None:
        findings += _assumptions(case, assumptions)
    if world is not None:
        findings += _passages(case)
        findings += idle_clearances(case)
        findings += idle_hours(case)
        findings += nations(case, world)
        findings += _named_places(case, world)
        findings += port_facts(case, world)
        findings += _positions(case, world)
    return _problems(findings, case, path)


def refuse(problems: Iterable[Problem]) -> list[Problem]:
    """Raise InputError where a problem forbids the case; return the warnings."""
    problems = list(problems)
    if wrong := [problem for problem in problems if not problem.warning]:
        raise InputError(wrong)
    return problems


def _far_dates(case: Case) -> Iterator[Finding]:
    """A year or month mistyped would move the survival window by as much."""
    for name in ("sunk_at", "last_proof_of_life"):
        instant = getattr(case.dissub, name)
        if instant is None:
            continue
        days = hours_between(case.alert, instant) / 24.0
        if abs(days) > FAR_DAYS:
            found = f"{instant:%Y-%m-%d}, {abs(days):,.0f} days {'after' if days > 0 else 'before'} the alert"
            yield ("dissub", name), found, "check the date: survival counts from it", True


def _too_fast(case: Case, day: Registry) -> Iterator[Finding]:
    """A sea may slow a ship down; nothing makes her much faster than she is."""
    for number, stated in enumerate(case.ships):
        ship = day.ships.get(stated.ship)
        known_kn = ship.speed_kn if ship is not None else None
        if stated.speed_kn is not None and known_kn is not None and stated.speed_kn > FAST_FACTOR * known_kn:
            allowed = f"the registry has {known_kn:g} kn for her: check the speed"
            yield ("ships", number, "speed_kn"), f"{stated.speed_kn:g} kn", allowed, True


def _of_another_day(case: Case, registry: Registry) -> Iterator[Finding]:
    """Nobody flew a C-17 to the Thetis: who plans a case of another time has to give its assets."""
    years = years_after_registry(case, registry)
    if years is not None:
        when = "after" if years > 0 else "before"
        found = f"{case.alert:%Y-%m-%d}, {abs(years)} years {when} the newest entry of the registry"
        yield ("alert",), found, "its assets are planned with: give those of the day, and no use_registry", True


def _problems(findings: list[Finding], case: Case, path: Path | None) -> list[Problem]:
    if not findings:
        return []
    data = case.model_dump()
    lines: dict[Loc, int] = {}
    if path is not None:
        from subrescue.store.files import read_text

        with suppress(InputError):  # a pipe gives its text only once: then the lines stay unknown
            lines = key_lines(read_text(path))
    name = str(path) if path is not None else None
    problems = []
    for loc, found, allowed, warning in findings:
        split = tuple(part for key in loc for part in (key.split(".") if isinstance(key, str) else (key,)))
        line = line_of(lines, loc if loc in lines else split)
        problems.append(Problem(field_name(loc, data), found, allowed, name, line, warning))
    return sorted(problems, key=lambda problem: (problem.line or 0, problem.field))


def _unknown(loc: Loc, what: str, name: str, known: Iterable[str], nth: int | None = None) -> Iterator[Finding]:
    names = list(known)
    if name not in names:
        nth = next((key for key in loc if isinstance(key, int)), 0) if nth is None else nth
        yield loc, f"the unknown {what} '{name}'", nearest(name, names, nth) if names else "none is known", False


def _unknown_names(case: Case, day: Registry) -> Iterator[Finding]:
    assets = [asset.id for asset in day.assets()]
    left_out = set(case.assets.without)
    for number, offer in enumerate(case.offers):
        if offer.asset not in left_out:
            yield from _unknown(("offers", number, "asset"), "asset", offer.asset, assets)
        if offer.ship is not None:
            yield from _unknown(("offers", number, "ship"), "ship", offer.ship, day.ships)
    for number, ship in enumerate(case.ships):
        if ship.ship not in left_out:
            yield from _unknown(("ships", number, "ship"), "ship", ship.ship, day.ships)
        for place, system in enumerate(ship.prepared_for):
            systems = [*day.rescue_systems, *day.intervention_systems]
            yield from _unknown(("ships", number, "prepared_for", place), "system", system, systems)
    for number, word in enumerate(case.sea_clearances):
        for place, name in enumerate(word.ships):
            if name not in left_out:
                yield from _unknown(("sea_clearances", number, "ships", place), "ship", name, day.ships, place)
    for number, landing in enumerate(case.clearances):
        for place, name in enumerate(landing.fleets):
            if name not in left_out:
                yield from _unknown(("clearances", number, "fleets", place), "fleet", name, day.aircraft_fleets, place)
    for number, fleet in enumerate(case.assets.aircraft_fleets):
        loc: Loc = ("assets", "aircraft_fleets", number, "aircraft_type")
        yield from _unknown(loc, "aircraft type", fleet.aircraft_type, day.aircraft_types)


def _unknown_classes(case: Case, day: Registry) -> Iterator[Finding]:
    if case.dissub.class_id is not None:
        yield from _unknown(("dissub", "class_id"), "class of submarines", case.dissub.class_id, day.submarine_classes)


def _unknown_seat(case: Case, day: Registry) -> Iterator[Finding]:
    """A seat that nobody knows is more often misspelt than built; it would turn every vehicle red."""
    seat = case.dissub.rescue_seat
    known = {boat.rescue_seat for boat in day.submarine_classes.values() if boat.rescue_seat}
    known |= {known_seat for system in day.rescue_systems.values() for known_seat in system.rescue_seats or ()}
    if seat is not None and seat not in known:
        found = f"the seat '{seat}', which no class and no vehicle has"
        yield ("dissub", "rescue_seat"), found, nearest(seat, sorted(known)), True


def _assumptions(case: Case, assumptions: Assumptions) -> Iterator[Finding]:
    for nth, (key, value) in enumerate(case.assumptions.items()):
        loc: Loc = ("assumptions", key)
        if key not in assumptions.items:
            yield from _unknown(loc, "assumption", key, assumptions.items, nth)
            continue
        known = assumptions.items[key]
        if value.min < known.low or value.max > known.high:
            found = f"{value.min:g} to {value.max:g}"
            yield loc, found, f"allowed is {known.allowed}", False


def _ice(case: Case, world: World) -> Iterator[Finding]:
    """Nobody jumps, escapes or dives through ice as through water: where there may be some, the plan has to know."""
    if case.environment.ice is not None or case.alert.year not in YEARS:
        return
    from subrescue.earth.sea_and_sky.freezing import may_freeze

    if may_freeze(case.dissub.fix.position, case.alert, world.climate):
        found = "nothing, where the sea may be near freezing at that time of year"
        allowed = "say whether there is ice at the datum: without it open water is planned"
        yield ("environment", "ice"), found, allowed, True


def _positions(case: Case, world: World) -> Iterator[Finding]:
    datum = case.dissub.fix.position
    loc: Loc = ("dissub", "fix", "position")
    if finding := _on_land(loc, datum, world, SHORE_TOLERANCE_NM) or _beside_a_lake(loc, datum, world):
        yield finding
    else:
        yield from _depth(case, world)
        yield from _ice(case, world)
    for place, position in _berths(case):
        if position is not None and (finding := _on_land(place, position, world, BERTH_TOLERANCE_NM)):
            yield finding


def _berths(case: Case) -> Iterator[tuple[Loc, Position | None]]:
    """Where the case says that ships and quays are; of a ship of its own the position goes before the base."""
    for number, ship in enumerate(case.ships):
        yield ("ships", number, "position"), ship.position
    for number, port in enumerate(case.ports):
        yield ("ports", number, "position"), port.position
    for number, own in enumerate(case.assets.ships):
        name = "base" if own.fix is None else "fix"
        place = own.fix or own.base
        yield ("assets", "ships", number, name, "position"), None if place is None else place.position


def _on_land(loc: Loc, position: Position, world: World, tolerance_nm: float) -> Finding | None:
    from subrescue.earth.positions.coordinates import format_position

    if not world.land.is_land(position.lat_deg, position.lon_deg):
        return None
    if world.land.distance_to_shore_nm(position.lat_deg, position.lon_deg) <= tolerance_nm:
        return None
    return loc, f"{format_position(position, 'dm')}, which is on land", nearest_water(position, world), False


def _beside_a_lake(loc: Loc, position: Position, world: World) -> Finding | None:
    """The finding where a place on land has a shore near it, but only that of a lake."""
    from subrescue.earth.router.router import NoRoute

    if not world.land.is_land(position.lat_deg, position.lon_deg):
        return None
    try:
        world.router.route(position, position)
    except NoRoute as error:
        return _on_land(loc, position, world, -1.0) if error.reason == "on_land" else None
    return None


def nearest_water(position: Position, world: World) -> str:
    """Where the nearest navigable water is, in words; for a place on land."""
    from subrescue.earth.positions.coordinates import format_position
    from subrescue.earth.router.router import NoRoute

    try:
        world.router.route(position, position)
    except NoRoute as error:
        if error.nearest is not None and error.nearest_nm is not None:
            place = format_position(error.nearest, "dm")
            return f"the nearest navigable water is {_miles(error.nearest_nm)} away, at {place}"
    gap, lat, lon = world.land.nearest_shore(position.lat_deg, position.lon_deg)
    place = format_position(Position(lat_deg=float(lat), lon_deg=float(lon)), "dm")
    return f"the nearest shore is {_miles(float(gap))} away, at {place}"


def _miles(distance_nm: float) -> str:
    return f"{distance_nm:,.0f} NM" if distance_nm >= 10 else f"{distance_nm:.1f} NM"


def _depth(case: Case, world: World) -> Iterator[Finding]:
    stated = case.dissub.depth_m
    if stated is None:
        return
    estimate = world.depth.estimate(case.dissub.fix.position)
    if estimate is None or estimate.high_m is None:
        return  # land, which is told elsewhere, or water that the chart does not resolve
    if estimate.low_m <= stated <= estimate.high_m:
        return  # on a steep slope the band is wide, and any depth in it is a fair one
    low_m, high_m = (estimate.low_m, estimate.high_m) if estimate.depth_m is None else (estimate.depth_m,) * 2
    if low_m / DEPTH_FACTOR <= stated <= high_m * DEPTH_FACTOR:
        return
    band = f"{estimate.low_m:,.0f} to {estimate.high_m:,.0f} m"
    figure = band if estimate.depth_m is None else f"about {estimate.depth_m:,.0f} m here ({band})"
    allowed = f"the chart has {figure} by {estimate.source.name}: check the position and the depth"
    yield ("dissub", "depth_m"), f"{stated:g} m", allowed, True


def _passages(case: Case) -> Iterator[Finding]:
    if not case.closed_passages and not case.sea_clearances:
        return
    from subrescue.earth.passages.passages import load_passages

    known = [passage.id for passage in load_passages()]
    for number, name in enumerate(case.closed_passages):
        yield from _unknown(("closed_passages", number), "passage", name, known)
    for number, word in enumerate(case.sea_clearances):
        for place, name in enumerate(word.passages):
            yield from _unknown(("sea_clearances", number, "passages", place), "passage", name, known, place)


def _named_places(case: Case, world: World) -> Iterator[Finding]:
    airfield = ("airfield", partial(_long_airfield, world), "the ICAO code of an airfield is needed")
    port = ("port", world.gazetteer.find_port, "the name of a port is needed")
    of_case = {one.port for one in case.ports if one.position is not None}
    for number, landing in enumerate(case.clearances):
        for place, name in enumerate(landing.airfields):
            yield from _unknown_place(("clearances", number, "airfields", place), name, *airfield)
    for number, word in enumerate(case.sea_clearances):
        for place, name in enumerate(word.ports):
            if name not in of_case:
                yield from _unknown_place(("sea_clearances", number, "ports", place), name, *port)
    for number, offer in enumerate(case.offers):
        yield from _unknown_place(("offers", number, "apod"), offer.apod, *airfield)
        if offer.spod in of_case:
            continue
        yield from _unknown_place(("offers", number, "spod"), offer.spod, *port)
        yield from _inland_port(("offers", number, "spod"), offer.spod, world)
    for number, field in enumerate(case.airfields):
        yield from _unknown_place(("airfields", number, "icao"), field.icao, *airfield)


def _long_airfield(world: World, name: str) -> object | None:
    """The airfield of a code or name; one that is too short for a plan is refused with its length."""
    from subrescue.planning.geography.places import LEAST_RUNWAY_M

    field = world.gazetteer.find_airfield(name)
    if field is not None and field.longest_runway_m < LEAST_RUNWAY_M:
        found = f"the airfield '{name}' with a runway of {field.longest_runway_m:,} m"
        raise InputError(Problem("", found, f"the plan uses runways of {LEAST_RUNWAY_M:,.0f} m or more"))
    return field


def _unknown_place(
    loc: Loc, name: str | None, what: str, find: Callable[[str], object | None], needed: str
) -> Iterator[Finding]:
    if name is None:
        return
    try:
        if find(name) is None:
            yield loc, f"the unknown {what} '{name}'", needed, False
    except InputError as error:
        for problem in error.problems:
            yield loc, problem.found, problem.allowed, False


def _inland_port(loc: Loc, name: str | None, world: World) -> Iterator[Finding]:
    """A port far from the shore is taken only where the router knows a way up to it: a river port."""
    try:
        port = world.gazetteer.find_port(name) if name is not None else None
    except InputError:
        return  # told by its name already
    if port is None or not (finding := _on_land(loc, port.position, world, BERTH_TOLERANCE_NM)):
        return
    from subrescue.earth.router.router import NoRoute

    try:
        world.router.route(port.position, port.position)
    except NoRoute:
        place, where, allowed, warning = finding
        yield place, f"the port '{name}' at {where}", allowed, warning
