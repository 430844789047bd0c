"""From which airfields a fleet can fly a system, and which of them puts it first on each airfield of an area.

Every airfield within a day's road of the store is one to fly from. That from which the system usually flies has load
crews, loaders and clearances for it; any other costs the hours of an assumption. Where none is usual, those of another
country than the store's do.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from subrescue.earth.router_kept import Kept
from subrescue.planning.airlift import longest_leg_nm, open_to, ways_to
from subrescue.planning.areas import Area
from subrescue.planning.flying import Flying, Store
from subrescue.planning.giving_up import go_on
from subrescue.planning.open_fields import open_fields, take_off_h
from subrescue.planning.open_sea import across_open_sea
from subrescue.planning.places import FloatArray, IntArray, Places, field_distances_nm, sphere_apart_nm, unit_vectors
from subrescue.planning.sorties import first_and_last_h, with_loader

# Lorries bring a system from its store to airfields within this geodesic distance.
APOE_ROAD_NM = 400.0
# Hours that differ by less are the same.
_SAME_H = 1e-9


@dataclass(frozen=True, eq=False)
class Landed:
    """When all of a system stands on each airfield of an area, and whence it was flown; inf and -1 for none."""

    hours: FloatArray
    apoe: IntArray


@lru_cache(maxsize=256)
def airfields_of_embarkation(
    places: Places, store: Store, runway_m: float, closed: frozenset[int]
) -> tuple[IntArray, FloatArray]:
    """Every airfield to fly from, by its number, and the miles to it; the usual one first, then the nearest."""
    nm = field_distances_nm(places, store.lat_deg, store.lon_deg)
    usable = (places.field_runway_m >= runway_m) & (nm <= APOE_ROAD_NM)
    if store.landmass >= 0:
        usable &= places.field_landmass == store.landmass
    if closed:
        usable[sorted(closed)] = False
    found = np.flatnonzero(usable)
    here = unit_vectors(np.array([store.lat_deg]), np.array([store.lon_deg])).repeat(len(found), axis=0)
    found = found[~across_open_sea(places.airspace, here, places.towards[found])]
    order = np.lexsort((nm[found], found != (-1 if store.usual is None else store.usual)))
    found = found[order]
    return found, nm[found]


def is_strange(places: Places, store: Store, fields: IntArray) -> npt.NDArray[np.bool_]:
    """(fields,) whether an airfield is not the usual one; where none is, whether it lies in another country.

    One without a K-loader is strange as well: what it lacks has to be brought there.
    """
    if store.usual is not None:
        strange = np.asarray(fields != store.usual)
    else:
        nearest = int(np.argmin(field_distances_nm(places, store.lat_deg, store.lon_deg)))
        strange = np.asarray(places.field_country[fields] != places.field_country[nearest])
    return strange | np.isin(fields, sorted(store.bare)) if store.bare else strange


def ready_at(places: Places, flying: Flying, nm: FloatArray, fields: IntArray) -> FloatArray:
    """When loading can begin at each airfield of embarkation as far as system and airfield go, hours from the order.

    A strange airfield makes the first aircraft wait as well, and one abroad as long as its nation takes to let it in.
    """
    there = flying.ready + flying.road.hours(nm)
    if flying.leads:
        there = np.maximum(there, flying.let_in_h(places.field_country[fields]))
    late = np.maximum(there, min(flying.free)) + flying.other_apoe
    return np.where(is_strange(places, flying.store, fields), late, there)


def landed_by(places: Places, area: Area, flying: Flying) -> Landed:
    """The earliest landing of everything on each airfield of an area, from any airfield, over any stops; kept."""
    return landed_at(places, area, flying, np.arange(len(area.fields)))


def landed_at(places: Places, area: Area, flying: Flying, rows: IntArray) -> Landed:
    """The same at the airfields of these rows; what was not asked for is inf and -1. Kept."""
    kept = _kept(places, area, flying)
    new = rows[~kept.known[rows]]
    if len(new):
        limit_h = np.full(len(area.fields), -np.inf)
        limit_h[new] = np.inf
        straight = None if flying.hops.round is None else landed_at(places, area, flying.straight, new)
        found = landed_before(places, area, flying, limit_h, straight)
        kept.landed.hours[new], kept.landed.apoe[new], kept.known[new] = found.hours[new], found.apoe[new], True
    return kept.landed


@dataclass(frozen=True, eq=False)
class _Kept:
    """The landings that somebody asked for, and (fields,) which they are."""

    landed: Landed
    known: npt.NDArray[np.bool_]


@lru_cache(maxsize=640)  # up to 90 kB each; a plan asks for a hundred
def _kept(_places: Places, area: Area, _flying: Flying) -> _Kept:
    count = len(area.fields)
    return _Kept(Landed(np.full(count, np.inf), np.full(count, -1, np.int64)), np.zeros(count, bool))


def landed_before(
    places: Places, area: Area, flying: Flying, limit_h: FloatArray, straight: Landed | None = None
) -> Landed:
    """The same where it is before (fields,) hours from the order; inf and -1 elsewhere.

    `straight` are the landings there as if nothing were barred, where they are known. No way round is shorter: where
    such a landing is none, so it is with what is barred, and where it is open, it stays.
    """
    if flying.hops.round is None:
        return _landed_before(places, area, flying, limit_h)
    straight = straight or _landed_before(places, area, flying.straight, limit_h)
    asked, bare = limit_h > -np.inf, bare_fields(area, [flying])
    open_ = asked & ~bare & open_landings(places, area, flying, straight.apoe)
    round_ = asked & ~open_ & (bare | (straight.apoe >= 0))
    if not round_.any():
        return Landed(np.where(open_, straight.hours, np.inf), np.where(open_, straight.apoe, -1))
    found = _landed_before(places, area, flying, np.where(round_, limit_h, -np.inf))
    return Landed(np.where(open_, straight.hours, found.hours), np.where(open_, straight.apoe, found.apoe))


def open_landings(places: Places, area: Area, flying: Flying, apoe: IntArray) -> npt.NDArray[np.bool_]:
    """(fields of the area,) whether the way from each one's airfield of embarkation is open as if nothing were barred.

    Such are the ways of `Flying.straight`; -1 for none, which is not open.
    """
    found = apoe >= 0
    for origin in np.unique(apoe[found]).tolist() if flying.hops.round is not None else ():
        rows = np.flatnonzero(apoe == origin)
        found[rows] = open_to(places, origin, area, rows, flying.hops)
    return np.asarray(found)


def bare_fields(area: Area, flyings: Iterable[Flying]) -> npt.NDArray[np.bool_]:
    """(fields of the area,) whether one of these may fly a K-loader there: over short legs, so also sooner by more."""
    bare = {fact.field for flying in flyings for fact in flying.facts if fact.bare}
    return np.isin(area.fields, sorted(bare)) if bare else np.zeros(len(area.fields), bool)


def _landed_before(places: Places, area: Area, flying: Flying, limit_h: FloatArray) -> Landed:
    """The same, with nothing known of it.

    An airfield of embarkation is left out where a bound shows that it is earliest for none: every aircraft that flies
    the last sortie has flown w of them, none shorter than the great circle, with as many stops as that needs.
    """
    go_on()
    fields, nm = airfields_of_embarkation(places, flying.store, flying.hops.runway_m, flying.hops.closed)
    best = limit_h.copy()
    apoe = np.full(len(area.fields), -1, np.int64)
    if not len(fields) or not len(area.fields):
        return Landed(np.full(len(area.fields), np.inf), apoe)
    ready = ready_at(places, flying, nm, fields)
    bound = _bound_h(places, area, flying, ready)
    loader, ramp = field_limits(area, flying)
    cleared = cleared_h(places, area, flying)
    open_ = _may_land(places, area, flying)
    bound[:, ~open_] = np.inf
    # The usual airfield or the nearest first, then by what they might do.
    order = np.argsort(bound[1:, open_].sum(axis=1), kind="stable") + 1
    left = [0, *order.tolist()]
    told_apart = False
    while left:
        row = left.pop(0)
        here = np.flatnonzero(bound[row] < best - _SAME_H)
        if not len(here):
            continue
        begin = np.maximum(ready[row], cleared[here] - flying.turn.load)
        limit_nm = _worth_nm(flying, begin, best[here])
        flight_nm, legs = ways_to(places, int(fields[row]), area, here, flying.hops, limit_nm)
        hours = last_h(flying, begin, flight_nm, legs, (loader[here], ramp[here]))
        if any(fact.bare for fact in flying.facts):
            _bring_loaders(places, area, flying, hours, (here, begin, cleared, flight_nm, legs), int(fields[row]))
        better = hours < best[here]
        best[here[better]] = hours[better]
        apoe[here[better]] = fields[row]
        if not told_apart:
            # After the first flights most others are earliest for none, which is seen at once.
            hopeful, told_apart = np.any(bound < best - _SAME_H, axis=1), True
            left = [other for other in left if hopeful[other]]
    return Landed(np.where(apoe >= 0, best, np.inf), apoe)


def _bound_h(places: Places, area: Area, flying: Flying, ready: FloatArray) -> FloatArray:
    """(airfields of embarkation, fields) hours from the order before which not everything is unloaded."""
    turn = flying.turn
    turns = -(-flying.sorties // len(flying.free))
    bound = _flight_bound_h(places, area, flying)
    bound *= 2 * turns - 1
    bound += np.maximum(ready, min(flying.free))[:, None] + turns * (turn.load + turn.offload)
    return bound


def _flight_bound_h(places: Places, area: Area, flying: Flying) -> FloatArray:
    """(airfields of embarkation, fields) hours of a flight along the great circle, with as many stops as that needs."""
    hops = flying.hops
    straight_nm = _straight_nm(places, area, flying.store, hops.runway_m, hops.closed)
    # In place: so many numbers take longer to find room for than to reckon.
    legs = np.asarray(straight_nm / max(hops.leg_nm, 1.0))
    np.maximum(np.ceil(legs, out=legs), 1.0, out=legs)
    if hops.tanking is not None:
        legs[straight_nm <= hops.tanking.far_nm] = 1.0
    hours = np.asarray(straight_nm / flying.an_hour_nm)
    hours += legs * flying.leg_extra
    legs -= 1.0
    legs *= flying.turn.stop
    hours += legs
    return hours


@lru_cache(maxsize=256)
def least_landing(places: Places, area: Area, flying: Flying) -> tuple[FloatArray, FloatArray]:
    """(fields of the area,) hours from the order before which the first sortie has not landed, and of one flight.

    Both as the crow flies, from whichever airfield is best for each; inf where it does not land. Kept.
    """
    hops = flying.hops
    fields, nm = airfields_of_embarkation(places, flying.store, hops.runway_m, hops.closed)
    count = len(area.fields)
    if not len(fields) or not count:
        return np.full(count, np.inf), np.full(count, np.inf)
    load_h, flight_h = flying.turn.load, _flight_bound_h(places, area, flying)
    begin = np.maximum(ready_at(places, flying, nm, fields), min(flying.free))[:, None]
    landed = np.maximum(begin, cleared_h(places, area, flying) - load_h) + load_h + flight_h
    shut_ = ~_may_land(places, area, flying)
    landed[:, shut_] = flight_h[:, shut_] = np.inf
    return landed.min(axis=0), flight_h.min(axis=0)


def _may_land(places: Places, area: Area, flying: Flying) -> npt.NDArray[np.bool_]:
    """(fields of the area,) whether the runway is long enough, and the airfield not closed to the fleet."""
    return open_fields(places, area, flying.landing_runway_m, flying.hops.closed)


def _worth_nm(flying: Flying, begin_h: FloatArray, by_h: FloatArray) -> FloatArray:
    """(fields,) miles, a stop as the miles that it costs, beyond which not everything is unloaded by these hours.

    The bound is that of `_bound_h`, turned round; `begin_h` is when loading can begin. Rounding is less than a mile.
    """
    turns = -(-flying.sorties // len(flying.free))
    in_air_h = by_h - np.maximum(begin_h, min(flying.free)) - turns * (flying.turn.load + flying.turn.offload)
    return np.asarray((in_air_h / (2 * turns - 1) - flying.leg_extra) * flying.an_hour_nm + 1.0)


# Half a MB each for an area about a datum, 3.4 for the world.
_kept_straight: Kept[Hashable, FloatArray] = Kept(32, 12_000_000, lambda nm: nm.nbytes)


def _straight_nm(places: Places, area: Area, store: Store, runway_m: float, closed: frozenset[int]) -> FloatArray:
    """(airfields of embarkation, fields) great circles in nm; kept, as fleets of one aircraft ask for the same."""
    key = (places, area, store, runway_m, closed)
    found = _kept_straight.get(key)
    if found is None:
        fields, _ = airfields_of_embarkation(places, store, runway_m, closed)
        found = _kept_straight.put(key, sphere_apart_nm(places.towards[fields], places.towards[area.fields]))
    return found


def soonest_by(places: Places, area: Area, flying: Flying) -> FloatArray:
    """(fields of the area,) hours from the order before which the fleet has not landed everything there."""
    turns = -(-flying.sorties // len(flying.free))
    store = unit_vectors(np.array([flying.store.lat_deg]), np.array([flying.store.lon_deg]))
    nm = sphere_apart_nm(places.towards[area.fields], store)[:, 0] - APOE_ROAD_NM
    return flying.soonest_h + (2 * turns - 1) * np.maximum(nm, 0.0) / flying.an_hour_nm


def cleared_h(places: Places, area: Area, flying: Flying) -> FloatArray:
    """(fields of the area,) hours from the order before which the fleet may not take off for there; 0 where it may."""
    return take_off_h(places, area, flying.own, flying.leads, flying.tanker, flying.overflight)


def last_h(
    flying: Flying, ready: FloatArray, flight_nm: FloatArray, legs: IntArray, limits: tuple[FloatArray, FloatArray]
) -> FloatArray:
    """When all is unloaded and cleared after flights of so many miles and legs; inf where there is no flight.

    `limits` are those of `field_limits`; all arrays are (fields,).
    """
    loader_h, ramp = limits
    there = np.isfinite(flight_nm)
    found = np.full(len(flight_nm), np.inf)
    if not there.any():
        return found
    out = flying.out_h(flight_nm[there], legs[there])
    first, last = first_and_last_h(flying.work(ready[there]), flying.turn, out, ramp[there], loader_h[there])
    landed = first - flying.turn.offload - loader_h[there]
    found[there] = np.maximum(last, landed + flying.clearance)
    return found


def _bring_loaders(
    places: Places,
    area: Area,
    flying: Flying,
    hours: FloatArray,
    ways: tuple[IntArray, FloatArray, FloatArray, FloatArray, IntArray],
    apoe: int,
) -> None:
    """Lower the hours at airfields without a K-loader to those with one flown in, where that is sooner.

    `ways` are the rows of the airfields in the area, when loading can begin, the clearances (fields of the area,), the
    miles and the legs; `apoe` is the airfield of embarkation.
    """
    here, begin, cleared, flight_nm, legs = ways
    strange = bool(is_strange(places, flying.store, np.array([apoe]))[0])
    for fact in flying.facts:
        row = area.row(fact.field) if fact.bare else None
        for at in () if row is None else np.flatnonzero(here == row).tolist():
            if legs[at] < 1:
                continue
            leg_nm = longest_leg_nm(places, apoe, area, int(here[at]), flying.hops)
            let_in = float(flying.let_in_h(places.field_country[[apoe]])[0])
            bring = flying.brings(apoe, strange, float(cleared[row]), leg_nm, let_in)
            if bring is None:
                continue
            out = float(flying.out_h(flight_nm[at], legs[at]))
            ramp = fact.ramp if fact.ramp is not None else flying.ramp
            rows, _ = with_loader(flying.work(float(begin[at])), flying.turn, out, ramp, fact.loader_h, bring)
            hours[at] = min(hours[at], bring.all_there_h(rows))


def field_limits(area: Area, flying: Flying) -> tuple[FloatArray, FloatArray]:
    """(fields of the area,) hours until there is a loader, and aircraft that may be unloaded at a time."""
    loader = np.zeros(len(area.fields))
    ramp = np.full(len(area.fields), float(flying.ramp))
    for fact in flying.facts:
        row = area.row(fact.field)
        if row is not None:
            loader[row] = fact.loader_h
            ramp[row] = fact.ramp if fact.ramp is not None else flying.ramp
    return loader, ramp
