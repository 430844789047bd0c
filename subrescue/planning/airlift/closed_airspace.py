"""The way of a lift that is chosen, round airspace that nobody opens to its fleet, and where on it it stops for fuel.

The search weighs flights as if such airspace were open, as ways round for all of them take it many times longer: its
hours are a bound, and the way that is flown makes them longer. Where no way round is within reach the lift flies
straight, and its gate says so. Any stop near the great circle costs the search the same: of these the way has the one
that a dispatcher would choose, with no leg longer than it must be.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from subrescue.domain.assets import AircraftFleet
from subrescue.domain.position import Position
from subrescue.earth.places.airspace import sovereign_of
from subrescue.earth.shape.sphere import unit_vectors
from subrescue.planning.airlift.fuel_stops import serving
from subrescue.planning.airlift.lifts import Carrier
from subrescue.planning.airlift.overflights import legs, turning
from subrescue.planning.basis.ground import on_ground
from subrescue.planning.basis.situation import Situation
from subrescue.planning.geography.detours import Around, around
from subrescue.planning.geography.no_landing import no_way_over
from subrescue.planning.geography.places import sphere_apart_nm

# The search measures legs on a sphere, the flight on the ellipsoid: they differ by less than this share.
_OFF_SPHERE = 0.006
# Ways that are longer by less are the same: half a minute in the air. So many stops are tried for each that it makes.
_SAME_NM, _TRIED = 4.0, 6


@dataclass(frozen=True)
class Flown:
    """A flight from an airfield over these stops: miles of each leg, where it turns, and the nations flown round."""

    stops: tuple[int, ...]
    legs_nm: tuple[float, ...]
    turns: tuple[tuple[Position, ...], ...]
    round: frozenset[str] = frozenset()


def flown(
    carrier: Carrier,
    apoe: int,
    stops: tuple[int, ...],
    end: Position,
    sit: Situation,
    over_others: Callable[[Around, float], tuple[int, ...] | None],
    last_nm: float | None = None,
) -> Flown:
    """The flight from an airfield over stops to its end, round what is closed to the fleet.

    `over_others` looks for other stops from which that is within the range, with legs of this share of what the
    aircraft flies, None where there are none. `last_nm` is the longest last leg, where it must fly on from there.
    """
    places, hops = sit.places, carrier.flying.hops
    longest_nm = hops.leg_nm if last_nm is None else last_nm
    shut = shut_to(carrier.fleet, sit)

    def ends(some: Sequence[int]) -> list[Position]:
        return [*(places.field_place(field).position for field in (apoe, *some)), end]

    straight = Flown(stops, *legs(hops.round, ends(stops)))
    over = _over(straight, ends(stops), sit)
    if not shut & over:

        def as_good(some: tuple[int, ...]) -> Flown | None:
            found = Flown(some, *legs(hops.round, ends(some)))
            longer = sum(found.legs_nm) > sum(straight.legs_nm) + _SAME_NM or found.legs_nm[-1] > longest_nm
            return None if longer or not _over(found, ends(some), sit) <= over else found

        return _evened(straight, carrier, ends, as_good, sit)
    nations = shut | carrier.leave.barred
    ways = around(sit.world.airspace, sit.world.land.countries, nations)

    def around_over(some: tuple[int, ...]) -> Flown | None:
        found = Flown(some, *legs(ways, ends(some)), nations)
        far = max(found.legs_nm) > hops.leg_nm or found.legs_nm[-1] > longest_nm
        return None if far or not _clear(ways, found, ends(some)) else found

    found = around_over(stops)
    for share in (1.0, 1.0 - _OFF_SPHERE):
        if found is None and (others := over_others(ways, share)) is not None:
            found = around_over(others)
    return found or straight


def _evened(
    flight: Flown,
    carrier: Carrier,
    ends: Callable[[Sequence[int]], list[Position]],
    as_good: Callable[[tuple[int, ...]], Flown | None],
    sit: Situation,
) -> Flown:
    """The flight with each stop where the longer of its two legs is shortest, in the same nation or the fleet's own.

    A stop abroad for one at home would be a clearance more. `as_good` is the flight over other stops, where it is.
    """
    places = sit.places
    for at, stop in enumerate(flight.stops):
        fields = places.stop_fields[serving(places, carrier.flying.hops)]
        country = places.field_country[fields]
        fields = fields[np.isin(country, [places.field_country[stop], *carrier.fleet.nations])]
        beside = ends(flight.stops)[at : at + 3 : 2]
        towards = unit_vectors(np.array([one.lat_deg for one in beside]), np.array([one.lon_deg for one in beside]))
        nm, now_nm = (sphere_apart_nm(places.towards[some], towards) for some in (fields, np.array([stop])))
        near = np.flatnonzero(
            (nm.sum(axis=1) <= now_nm.sum() + _SAME_NM) & (nm.max(axis=1) < max(flight.legs_nm[at : at + 2]) - _SAME_NM)
        )
        for one in fields[near[np.argsort(nm[near].max(axis=1), kind="stable")[:_TRIED]]].tolist():
            other = as_good((*flight.stops[:at], one, *flight.stops[at + 1 :]))
            if other is not None and max(other.legs_nm[at : at + 2]) < max(flight.legs_nm[at : at + 2]):
                flight = other
                break
    return flight


def shut_to(fleet: AircraftFleet, sit: Situation) -> frozenset[str]:
    """Nations whose airspace is closed to a fleet, by the codes of those that own it; kept."""
    nations = on_ground(sit, "shut_to", fleet.id, (fleet,), lambda: no_way_over(fleet, sit.case, sit.places))
    return frozenset(map(sovereign_of, nations))


def _over(flight: Flown, ends: Sequence[Position], sit: Situation) -> set[str]:
    """Nations over which a flight goes between its ends, those of each leg's own ends left out."""
    airspace, found = sit.world.airspace, set[str]()
    for (a, b), turns in zip(pairwise(ends), turning(flight.turns, len(flight.legs_nm)), strict=True):
        at = {airspace.codes[int(airspace.at(one.lat_deg, one.lon_deg))] for one in (a, b)}
        found |= set(airspace.over((a, *turns, b))) - at
    return found


def _clear(ways: Around, flight: Flown, ends: Sequence[Position]) -> bool:
    """Whether each leg has a way round: one that does not turn is open, or else there is none."""
    each = turning(flight.turns, len(flight.legs_nm))
    return all(turns or ways.sees(a, b) for (a, b), turns in zip(pairwise(ends), each, strict=True))
