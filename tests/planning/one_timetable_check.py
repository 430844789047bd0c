"""Reads what is told of those that are sent together, and says where one thing would be in two places at an instant.

It looks at the response, the registry and the assumptions alone, never at the planner.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import pairwise

from subrescue.domain.airlift import Sortie
from subrescue.domain.case import Case
from subrescue.domain.quantities import Assumptions
from subrescue.domain.registry import Registry
from subrescue.domain.response import Response
from subrescue.domain.sent import HeldKind, Sent
from subrescue.earth.shape.geodesy import distance_nm
from subrescue.planning.doubt.durations import median

_SAME_H = 1e-4


def clashes(response: Response, case: Case, registry: Registry, numbers: Assumptions) -> list[str]:
    """Everything that is used twice at an instant, or of which there is not so much, in words; nothing where all is
    well."""
    going = [one for one in response.together if one.held or one.goes]
    found = [*_tails(going, registry, numbers), *_ramps(going, case, numbers), *_ports(going, numbers)]
    return [*found, *_held(going), *_ships(going, case)]


def _back_h(row: Sortie) -> float:
    return row.offloaded_h + row.landed_h - row.airborne_h


def _tails(going: Iterable[Sent], registry: Registry, numbers: Assumptions) -> Iterator[str]:
    """An aircraft flies one sortie after another, is back before the next, and there are as many as the fleet has."""
    rows: dict[tuple[str, int], list[tuple[Sortie, str]]] = defaultdict(list)
    for one in going:
        for row in one.timetable:
            rows[row.fleet_id, row.aircraft].append((row, one.name))
    for (fleet_id, tail), flown in rows.items():
        fleet = registry.aircraft_fleets[fleet_id]
        cruise_kn = registry.aircraft_types[fleet.aircraft_type].cruise_kn
        for (row, name), (after, other) in pairwise(sorted(flown, key=lambda one: one[0].load_from_h)):
            a, b = row.origin.position, after.origin.position
            over_h = distance_nm(a.lat_deg, a.lon_deg, b.lat_deg, b.lon_deg) / cruise_kn
            if after.load_from_h < _back_h(row) + over_h - _SAME_H:
                yield f"{fleet.name} {tail} flies for {name} until {_back_h(row)}, for {other} from {after.load_from_h}"
    for one in going:
        for held in one.held:
            if held.kind is HeldKind.AIRCRAFT:
                fleet = registry.aircraft_fleets[held.of]
                usable = fleet.usable_count or round(median(numbers["airlift.usable_aircraft"]))
                there = max(1, min(usable, fleet.count or usable)) + sum(more.count for more in fleet.later)
                if held.number > there:
                    yield f"{one.name} has aircraft {held.number} of {there} of {fleet.name}"


def _ramps(going: Iterable[Sent], case: Case, numbers: Assumptions) -> Iterator[str]:
    """No more aircraft are unloaded at an airfield at an instant than it has room for, one an interval."""
    spans: dict[str, list[tuple[float, float]]] = defaultdict(list)
    for one in going:
        for row in one.timetable:
            spans[row.destination.code or row.destination.name].append((row.offload_from_h, row.offloaded_h))
    parking = {fact.icao: fact.parking for fact in case.airfields if fact.parking is not None}
    for field, known in spans.items():
        places = parking.get(field, max(round(median(numbers["airlift.ramp_places"])), 1))
        if (most := _most(known)) > places:
            yield f"{most} aircraft on {places} places of {field}"
        starts = sorted(start for start, _ in known)
        close = [b - a for a, b in pairwise(starts) if b - a < median(numbers["airlift.interval_h"]) - _SAME_H]
        if close:
            yield f"two begin to unload at {field} within {min(close)} h"


def _ports(going: Iterable[Sent], numbers: Assumptions) -> Iterator[str]:
    """No more ships are fitted out at a port than it has places for."""
    spans: dict[str, list[tuple[float, float]]] = defaultdict(list)
    for one in going:
        mine = [held for held in one.held if held.kind is HeldKind.PORT]
        if len(mine) != (one.spod is not None):
            yield f"{one.name} is fitted out at {len(mine)} ports"
        for held in mine:
            spans[held.of].append((held.from_h, held.until_h))
    places = max(round(median(numbers["fit_out.port_places"])), 1)
    yield from (f"{port} fits out {_most(known)} ships" for port, known in spans.items() if _most(known) > places)


def _held(going: Iterable[Sent]) -> Iterator[str]:
    """What is told as held fits the sorties, and no number is held by two at an instant."""
    spans: dict[tuple[str, str, int], list[tuple[float, float, str]]] = defaultdict(list)
    for one in going:
        for held in one.held:
            spans[held.kind.value, held.of, held.number].append((held.from_h, held.until_h, one.name))
            if not held.from_h < held.until_h:
                yield f"{one.name} holds {held.of} from {held.from_h} until {held.until_h}"
        for row in one.timetable:
            mine = [
                h for h in one.held if h.kind is HeldKind.AIRCRAFT and (h.of, h.number) == (row.fleet_id, row.aircraft)
            ]
            if not any(h.from_h <= row.load_from_h and _back_h(row) <= h.until_h + _SAME_H for h in mine):
                yield f"{one.name} flies sortie {row.number} by an aircraft that it has not"
            field = row.destination.code or row.destination.name
            ramp = [h for h in one.held if h.kind is HeldKind.RAMP and h.of == field]
            if not any((h.from_h, h.until_h) == (row.offload_from_h, row.offloaded_h) for h in ramp):
                yield f"{one.name} unloads sortie {row.number} on no place of the ramp"
    for thing, known in spans.items():
        for (_, until_h, name), (from_h, _, other) in pairwise(sorted(known)):
            if from_h < until_h - _SAME_H:
                yield f"{thing} is held by {name} until {until_h} and by {other} from {from_h}"


def _ships(going: Iterable[Sent], case: Case) -> Iterator[str]:
    """A ship is fitted out for one alone, and then sails with nothing that lives on her, but where the case says so."""
    stated = {offer.ship for offer in case.offers}
    users: dict[str, list[Sent]] = defaultdict(list)
    for one in going:
        if one.ship_id is not None and one.ship_id not in stated:
            users[one.ship_id].append(one)
    for ship, theirs in users.items():
        if len(theirs) > 1 and any(one.spod is not None for one in theirs):
            yield f"{ship} sails with {', '.join(one.name for one in theirs)}"
        beside = [one.name for one in going if ship in one.chambers]
        if beside and any(one.spod is not None and one.name not in beside for one in theirs):
            yield f"{ship} brings her chambers for {', '.join(beside)} and is fitted out for another"


def _most(spans: Iterable[tuple[float, float]]) -> int:
    known = list(spans)
    return max(sum(a - _SAME_H <= start < b - _SAME_H for a, b in known) for start, _ in known)
