"""Which airfield of embarkation puts a fleet's system first on each airfield of an area, and when."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate, pairwise

import numpy as np
import numpy.typing as npt

from subrescue.earth.map_files.on_disk import on_disk
from subrescue.planning.airlift.airlift import longest_leg_nm, open_to, ways_to
from subrescue.planning.airlift.flying import Flying
from subrescue.planning.airlift.landing_bounds import Least, cleared_h, least_of
from subrescue.planning.airlift.open_hours import OpenHours
from subrescue.planning.airlift.sorties import Bring, first_and_last_h, with_loader
from subrescue.planning.airlift.stores import is_strange, ready_at
from subrescue.planning.basis.giving_up import go_on
from subrescue.planning.geography.areas import Area
from subrescue.planning.geography.places import FloatArray, IntArray, Places, sphere_apart_nm

# Hours that differ by less are the same.
_SAME_H = 1e-9


@dataclass(frozen=True, eq=False)
class Landed:
    """When all of a system stands on each airfield of an area, and whence it was flown; inf and -1 for none."""

    hours: FloatArray
    apoe: IntArray


def landed_at(places: Places, area: Area, flying: Flying, rows: IntArray, least: Least | None = None) -> Landed:
    """The earliest landing of everything on the airfields of these rows of an area, from any airfield, over any stops.

    What was not asked for is inf and -1, or what is known of it. Kept. `least` are the bounds of this fleet alone where
    they are known.
    """
    kept = _kept(places, area, flying)
    new = rows[~kept.known[rows]]
    if len(new):
        limit_h = np.full(len(area.fields), -np.inf)
        limit_h[new] = np.inf
        straight = None if flying.hops.round is None else landed_at(places, area, flying.straight, new, least)
        found = landed_before(places, area, flying, limit_h, straight, least)
        kept.landed.hours[new], kept.landed.apoe[new], kept.known[new] = found.hours[new], found.apoe[new], True
    return kept.landed


def remember(places: Places, area: Area, flying: Flying, landed: Landed) -> None:
    """Keep for `landed_at` what `landed_before` found."""
    kept, found = _kept(places, area, flying), landed.apoe >= 0
    kept.landed.hours[found], kept.landed.apoe[found] = landed.hours[found], landed.apoe[found]
    kept.known[found] = True


@dataclass(frozen=True, eq=False)
class _Kept:
    """The landings that somebody asked for, and (fields,) which they are."""

    landed: Landed
    known: npt.NDArray[np.bool_]


@lru_cache(maxsize=64)  # up to 90 kB each; a plan asks for a hundred, and soon again for the last of them
def _kept(_places: Places, area: Area, _flying: Flying) -> _Kept:
    count = len(area.fields)
    hours, apoe, known = np.full(count, np.inf), np.full(count, -1, np.int64), np.zeros(count, bool)
    return _Kept(Landed(on_disk(hours, True), on_disk(apoe, True)), on_disk(known, True))


def landed_before(
    places: Places,
    area: Area,
    flying: Flying,
    limit_h: FloatArray,
    straight: Landed | None = None,
    least: Least | None = None,
) -> Landed:
    """The landings of `landed_at` that are before (fields,) hours from the order; inf and -1 elsewhere.

    `least` are the bounds of this fleet alone, where they are known. `straight` are the landings there as if nothing
    were barred, where they are known. No way round is shorter: where such a landing is none, so it is with what is
    barred, and where it is open, it stays.
    """
    if flying.hops.round is None:
        return _landed_before(places, area, flying, limit_h, least)
    straight = straight or _landed_before(places, area, flying.straight, limit_h, least)
    asked, bare = limit_h > -np.inf, bare_fields(area, [flying])
    open_ = asked & ~bare & _open_landings(places, area, flying, straight.apoe)
    round_ = asked & ~open_ & (bare | (straight.apoe >= 0))
    if not round_.any():
        return Landed(np.where(open_, straight.hours, np.inf), np.where(open_, straight.apoe, -1))
    found = _landed_before(places, area, flying, np.where(round_, limit_h, -np.inf), least)
    return Landed(np.where(open_, straight.hours, found.hours), np.where(open_, straight.apoe, found.apoe))


def _open_landings(places: Places, area: Area, flying: Flying, apoe: IntArray) -> npt.NDArray[np.bool_]:
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


def _landed_before(
    places: Places, area: Area, flying: Flying, limit_h: FloatArray, least: Least | None = None
) -> Landed:
    """The same, with nothing known of it.

    An airfield of embarkation is left out where a bound shows that it is earliest for none.
    """
    go_on()
    fields, ready = ready_at(places, flying)
    best, apoe = limit_h.copy(), np.full(len(area.fields), -1, np.int64)
    if not len(fields) or not len(area.fields):
        return Landed(np.full(len(area.fields), np.inf), apoe)
    least = least or least_of(places, area, (flying,))

    def fly(pairs: list[tuple[int, IntArray]]) -> None:
        # Nobody lands where the loading was done, even where a road goes on from there that the store has not.
        pairs = [(row, away) for row, here in pairs if len(away := here[area.fields[here] != fields[row]])]
        hours = _hours_of(places, area, flying, [(int(fields[row]), ready[row], here) for row, here in pairs], best)
        for (row, here), by_this in zip(pairs, hours, strict=True):
            better = by_this < best[here]
            best[here[better]] = by_this[better]
            apoe[here[better]] = fields[row]

    # The usual airfield or the nearest first, then for each that which might be best, then those that still might be.
    usual = np.flatnonzero(least.from_usual[0] < best - _SAME_H)
    if len(usual):
        fly([(0, usual)])
    rows = np.flatnonzero(least.from_others[0] < best - _SAME_H)
    if len(rows):
        bound = _bound_h(places, area.fields[rows], flying, fields[1:], ready[1:])
        likely = np.argmin(bound, axis=0)
        worth = bound[likely, np.arange(len(rows))] < best[rows] - _SAME_H
        fly([(one + 1, rows[worth & (likely == one)]) for one in np.unique(likely[worth]).tolist()])
        bound[likely, np.arange(len(rows))] = np.inf
        hopeful = bound < best[rows] - _SAME_H
        fly([(one + 1, rows[hopeful[one]]) for one in np.flatnonzero(hopeful.any(axis=1)).tolist()])
    return Landed(np.where(apoe >= 0, best, np.inf), apoe)


def _hours_of(
    places: Places, area: Area, flying: Flying, flights: list[tuple[int, float, IntArray]], by_h: FloatArray
) -> list[FloatArray]:
    """When all is unloaded, of flights from airfields by their numbers, ready after so many hours, to rows of the area.

    What is not there by (fields,) hours may be inf.
    """
    if not flights:
        return []
    to, counts = np.concatenate([here for _, _, here in flights]), [len(here) for _, _, here in flights]
    parts = [slice(first, last) for first, last in pairwise(accumulate(counts, initial=0))]
    begin = np.repeat([ready for _, ready, _ in flights], counts)
    np.maximum(begin, cleared_h(places, area, flying)[to] - flying.turn.load, out=begin)
    worth_nm = _worth_nm(flying, begin, by_h[to])
    ways = [
        ways_to(places, one, area, here, flying.hops, worth_nm[part])
        for (one, _, here), part in zip(flights, parts, strict=True)
    ]
    flight_nm, legs = (np.concatenate(one) for one in zip(*ways, strict=True))
    apoes = [(one, np.arange(part.start, part.stop)) for (one, _, _), part in zip(flights, parts, strict=True)]
    open_ = flying.open_hours(area, to, apoes) if flying.for_a_time else None
    whole = last_h(flying, begin, flight_nm, legs, limits_at(area, flying, to), open_)
    hours = [whole[part] for part in parts]
    if any(fact.bare for fact in flying.facts):
        for (one, _, here), way, part, found in zip(flights, ways, parts, hours, strict=True):
            _bring_loaders(places, area, flying, found, (here, begin[part], *way), one)
    return hours


def _bound_h(places: Places, to: IntArray, flying: Flying, fields: IntArray, ready: FloatArray) -> FloatArray:
    """(airfields of embarkation, airfields) hours from the order before which not everything is unloaded.

    Every aircraft that flies the last sortie has flown w of them, none shorter than the great circle, with as many
    stops as that needs.
    """
    turn, hops = flying.turn, flying.hops
    turns = -(-flying.sorties // len(flying.free))
    straight_nm = sphere_apart_nm(places.towards[fields], places.towards[to])
    # In place: so many numbers take longer to find room for than to reckon.
    legs = np.asarray(straight_nm / max(hops.leg_nm, 1.0))
    np.maximum(np.ceil(legs, out=legs), 1.0, out=legs)
    if hops.tanking is not None:
        legs[straight_nm <= hops.tanking.far_nm] = 1.0
    bound = np.divide(straight_nm, flying.an_hour_nm, out=straight_nm)
    bound += legs * flying.leg_extra
    legs -= 1.0
    legs *= turn.stop
    bound += legs
    bound *= 2 * turns - 1
    bound += np.maximum(ready, min(flying.free))[:, None] + turns * (turn.load + turn.offload)
    return bound


def _worth_nm(flying: Flying, begin_h: FloatArray, by_h: FloatArray) -> FloatArray:
    """(fields,) miles, a stop as the miles that it costs, beyond which not everything is unloaded by these hours.

    The bound is that of `_bound_h`, turned round; `begin_h` is when loading can begin. Rounding is less than a mile.
    """
    turns = -(-flying.sorties // len(flying.free))
    in_air_h = by_h - np.maximum(begin_h, min(flying.free)) - turns * (flying.turn.load + flying.turn.offload)
    return np.asarray((in_air_h / (2 * turns - 1) - flying.leg_extra) * flying.an_hour_nm + 1.0)


def last_h(
    flying: Flying,
    ready: FloatArray,
    flight_nm: FloatArray,
    legs: IntArray,
    limits: tuple[FloatArray, FloatArray],
    hours: OpenHours | None = None,
) -> FloatArray:
    """When all is unloaded and cleared after flights of so many miles and legs; inf where there is no flight.

    `limits` are those of `limits_at`; all arrays are (fields,). `hours` are those in which airfields are open.
    """
    loader_h, ramp = limits
    there = np.isfinite(flight_nm)
    found = np.full(len(flight_nm), np.inf)
    if not there.any():
        return found
    out = flying.out_h(flight_nm[there], legs[there])
    some = None if hours is None else hours.some(np.flatnonzero(there))
    first, last = first_and_last_h(flying.work(ready[there]), flying.turn, out, ramp[there], loader_h[there], some)
    landed = first - flying.turn.offload - loader_h[there]
    found[there] = np.maximum(last, landed + flying.clearance)
    return found


def _bring_loaders(
    places: Places,
    area: Area,
    flying: Flying,
    hours: FloatArray,
    ways: tuple[IntArray, FloatArray, FloatArray, IntArray],
    apoe: int,
) -> None:
    """Lower the hours at airfields without a K-loader to those with one flown in, where that is sooner.

    `ways` are the rows of the airfields in the area, when loading can begin, the miles and the legs; `apoe` is the
    airfield of embarkation.
    """
    here, begin, flight_nm, legs = ways
    for fact in flying.facts:
        row = area.row(fact.field) if fact.bare else None
        for at in () if row is None else np.flatnonzero(here == row).tolist():
            if legs[at] < 1:
                continue
            bring = loader_from(places, area, flying, apoe, int(here[at]))
            if bring is None:
                continue
            out = float(flying.out_h(flight_nm[at], legs[at]))
            ramp = fact.ramp if fact.ramp is not None else flying.ramp
            rows, _ = with_loader(flying.work(float(begin[at])), flying.turn, out, ramp, fact.loader_h, bring)
            hours[at] = min(hours[at], bring.all_there_h(rows))


def loader_from(places: Places, area: Area, flying: Flying, apoe: int, row: int) -> Bring | None:
    """The K-loader that a fleet can fly from an airfield of embarkation to the airfield of this row; None: none."""
    strange = bool(is_strange(places, flying.store, np.array([apoe]))[0])
    leg_nm = longest_leg_nm(places, apoe, area, row, flying.hops)
    let_in = float(flying.let_in_h(places.field_country[[apoe]])[0])
    return flying.brings(apoe, strange, float(cleared_h(places, area, flying)[row]), leg_nm, let_in)


def limits_at(area: Area, flying: Flying, rows: IntArray) -> tuple[FloatArray, FloatArray]:
    """(rows,) hours until there is a loader, and aircraft that may be unloaded at a time, on airfields of an area."""
    loader, ramp = np.zeros(len(rows)), np.full(len(rows), float(flying.ramp))
    for fact in flying.facts:
        here = area.fields[rows] == fact.field
        loader[here] = fact.loader_h
        ramp[here] = fact.ramp if fact.ramp is not None else flying.ramp
    return loader, ramp
