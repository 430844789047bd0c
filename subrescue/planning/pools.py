"""Several fleets share one airlift: the aircraft that lands first flies next, until everything is carried.

The ramp of the airfield of debarkation is shared by all; each fleet loads at its own airfield of embarkation.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from subrescue.planning.airlift import longest_leg_nm, ways_to
from subrescue.planning.areas import Area
from subrescue.planning.durations import FloatArray
from subrescue.planning.embarkation import (
    Flying,
    airfields_of_embarkation,
    cleared_h,
    field_limits,
    is_strange,
    landed_by,
    ready_at,
)
from subrescue.planning.kept_bytes import kept_within
from subrescue.planning.places import IntArray, Places
from subrescue.planning.sorties import Bring, Flown, Turn

# Sorties are counted until so little is left: tonnes are known to a few hundred kilograms at best.
_DONE_T = 1e-6
# Of a sortie so small a share is rounding.
_SAME = 1e-9


@dataclass(frozen=True)
class Member:
    """A fleet of the pool: its flights and the tonnes of one of its sorties."""

    flying: Flying
    load_t: float


@dataclass(frozen=True)
class Pool:
    """Fleets that fly together, the tonnes to carry, and the least number of sorties, one for each outsize piece."""

    members: tuple[Member, ...]
    mass_t: float
    least: int


@dataclass(frozen=True)
class Own:
    """One fleet's part in a pool on the way to one airfield: load of a sortie, hours; loader: whether it needs one.

    bring: the K-loader that it can fly in.
    """

    load_t: float
    ready: float
    free: tuple[float, ...]
    out: float
    loader: float
    bring: Bring | None = None


def pooled_h(places: Places, area: Area, pool: Pool, limit_h: FloatArray) -> FloatArray:
    """(fields of the area,) when everything is unloaded and cleared, hours from the order; inf where none flies.

    Nor where it is not before `limit_h` (fields,): those whose aircraft have not flown all of it by then, were there
    neither ramps nor queues, are not looked at.
    """
    return _flown(places, area, pool).before(limit_h)


class _Flown:
    """The hours of a pool at the airfields of an area that somebody asked for, and the last answer."""

    def __init__(self, places: Places, area: Area, pool: Pool) -> None:
        self._places, self._area, self._pool = places, area, pool
        self._hours = np.full(len(area.fields), np.nan)
        # Limits and what was found within them, in one, as threads may ask at a time.
        self._last = self._hours, self._hours

    @property
    def nbytes(self) -> int:
        """Bytes of its arrays."""
        return 3 * self._hours.nbytes

    def before(self, limit_h: FloatArray) -> FloatArray:
        """(fields,) the hours where they may be before these; inf elsewhere."""
        asked, answer = self._last
        if np.array_equal(limit_h, asked):
            return answer
        places, area, pool = self._places, self._area, self._pool
        own = [_out_and_ready(places, area, member.flying) for member in pool.members]
        rows = np.flatnonzero(_may_carry(pool, own, limit_h))
        new = rows[np.isnan(self._hours[rows])]
        if len(new):
            self._hours[new] = _pooled_h(places, area, pool, new, [(out[new], ready[new]) for out, ready in own])
        answer = np.full(len(area.fields), np.inf)
        answer[rows] = self._hours[rows]
        self._last = limit_h.copy(), answer
        return answer


@kept_within(12_000_000)
def _flown(places: Places, area: Area, pool: Pool) -> _Flown:
    return _Flown(places, area, pool)


def _may_carry(pool: Pool, own: Sequence[tuple[FloatArray, FloatArray]], by_h: FloatArray) -> npt.NDArray[np.bool_]:
    """(fields,) whether aircraft that wait for nothing may have carried everything by these hours.

    `own` are the hours of each fleet's flight to each field, and when its loading can begin.
    """
    carried, sorties = np.zeros(len(by_h)), np.zeros(len(by_h))
    for member, (out, ready) in zip(pool.members, own, strict=True):
        turn = member.flying.turn
        there = np.isfinite(out)
        flight = np.where(there, out, 0.0)
        cycle = 2.0 * flight + (turn.load + turn.offload)
        for free in member.flying.free:
            first = np.maximum(free, ready) + flight + (turn.load + turn.offload)
            flown = np.where(there, np.maximum(np.floor((by_h - first) / cycle + _SAME) + 1.0, 0.0), 0.0)
            carried += flown * member.load_t
            sorties += flown
    return np.asarray((carried >= pool.mass_t - 2 * _DONE_T) & (sorties >= pool.least))


def _pooled_h(
    places: Places, area: Area, pool: Pool, at: IntArray, own: Sequence[tuple[FloatArray, FloatArray]]
) -> FloatArray:
    """(at,) the hours of `pooled_h` at the airfields of these rows; `own` are those of `_out_and_ready` there."""
    count = len(at)
    owner = np.array([n for n, member in enumerate(pool.members) for _ in member.flying.free])
    free = np.array([hours for member in pool.members for hours in member.flying.free])[:, None] + np.zeros(count)
    out, ready = (np.stack(parts) for parts in zip(*own, strict=True))
    limits = [tuple(one[at] for one in field_limits(area, member.flying)) for member in pool.members]
    delay = np.stack([loader for loader, _ in limits])
    ramp = np.min(np.stack([places_ for _, places_ in limits]), axis=0)
    load_t = np.array([member.load_t for member in pool.members])
    turn, rows = pool.members[0].flying.turn, np.arange(count)
    slots = np.where(np.arange(int(ramp.max(initial=1.0)))[:, None] < ramp, -np.inf, np.inf)
    loading = np.full((len(pool.members), count), -np.inf)
    unloading = np.full(count, -np.inf)
    loader = np.full(count, np.inf)
    carried, sorties = np.zeros(count), 0
    landed_first = np.full(count, np.inf)
    last = np.full(count, np.inf)
    open_ = np.ones(count, bool)
    while open_.any():
        start = np.maximum(np.maximum(free, ready[owner]), loading[owner] + turn.interval)
        landing = start + turn.load + out[owner]
        pick = np.argmin(landing, axis=0)
        by, landed = owner[pick], landing[pick, rows]
        open_ &= np.isfinite(landed)
        landed_first = np.minimum(landed_first, landed)
        here = delay[by, rows]
        loader = np.where((here > 0) & np.isinf(loader), landed + here, loader)
        wait_for_loader = np.where(here > 0, loader, -np.inf)
        slot = np.argmin(slots, axis=0)
        ramp_free = np.maximum(slots[slot, rows], unloading + turn.interval)
        begin = np.maximum(np.maximum(landed, ramp_free), wait_for_loader)
        done = begin + turn.offload
        last = np.where(open_, np.where(np.isfinite(last), np.maximum(last, done), done), last)
        loading[by, rows] = start[pick, rows]
        slots[slot, rows], free[pick, rows], unloading = done, done + out[by, rows], begin
        carried += load_t[by]
        sorties += 1
        open_ &= (carried < pool.mass_t - _DONE_T) | (sorties < pool.least)
    found = np.asarray(np.maximum(last, landed_first + pool.members[0].flying.clearance))
    for fact in {fact for member in pool.members for fact in member.flying.facts if fact.bare}:
        field = area.row(fact.field)
        row = -1 if field is None else int(np.searchsorted(at, field))
        if field is not None and row < count and at[row] == field and np.isfinite(found[row]):
            parts = [
                Own(
                    load_t=member.load_t,
                    ready=float(ready[n, row]),
                    free=member.flying.free,
                    out=float(out[n, row]),
                    loader=float(delay[n, row]),
                    bring=_bring(places, area, member.flying, field),
                )
                for n, member in enumerate(pool.members)
                if np.isfinite(out[n, row])
            ]
            there, ahead = with_loader_shared(parts, turn, int(ramp[row]), pool.mass_t, pool.least)
            bring = None if ahead is None else parts[ahead[0]].bring
            if bring is not None:
                found[row] = min(found[row], bring.all_there_h([flown for _, flown in there]))
    return found


def _bring(places: Places, area: Area, flying: Flying, row: int) -> Bring | None:
    """The K-loader that a fleet of a pool can fly to the airfield of this row."""
    apoe = int(landed_by(places, area, flying).apoe[row])
    if apoe < 0 or not any(fact.bare and area.row(fact.field) == row for fact in flying.facts):
        return None
    strange = bool(is_strange(places, flying.store, np.array([apoe]))[0])
    leg_nm = longest_leg_nm(places, apoe, area, row, flying.hops)
    return flying.brings(apoe, strange, float(cleared_h(places, area, flying)[row]), leg_nm)


def with_loader_shared(
    fleets: Sequence[Own], turn: Turn, ramp: int, mass_t: float, least: int
) -> tuple[tuple[tuple[int, Flown], ...], tuple[int, Flown] | None]:
    """Every sortie of a pool, and that of a K-loader ahead of them with the number of the fleet that flies it.

    None where waiting for somebody else's is no longer. The fleet that has one there first brings it, and flies of
    the load as well.
    """
    waiting = shared(fleets, turn, ramp, mass_t, least)
    loaders = [(n, one.bring, one.bring.sortie(one.free, turn, one.out)) for n, one in enumerate(fleets) if one.bring]
    if not loaders:
        return waiting, None
    by, bring, loader = min(loaders, key=lambda one: (one[2].offloaded, one[0]))
    rows = shared(fleets, turn, ramp, mass_t, least, (by, loader))
    sooner = bring.is_sooner([row for _, row in rows], [row for _, row in waiting])
    return (rows, (by, loader)) if sooner and any(n == by for n, _ in rows) else (waiting, None)


@lru_cache(maxsize=256)
def _out_and_ready(places: Places, area: Area, flying: Flying) -> tuple[FloatArray, FloatArray]:
    """(fields,) hours of the flight with its stops, and when loading can begin, from the best airfield of each; kept.

    A fleet is in several pools.
    """
    apoe = landed_by(places, area, flying).apoe
    fields, nm = airfields_of_embarkation(places, flying.store, flying.hops.runway_m, flying.hops.closed)
    ready = dict(zip(fields.tolist(), ready_at(places, flying, nm, fields).tolist(), strict=True))
    out_h, ready_h = np.full(len(apoe), np.inf), np.zeros(len(apoe))
    for one in np.unique(apoe[apoe >= 0]).tolist():
        mine = apoe == one
        # Found when they were chosen, and kept.
        rows = np.flatnonzero(mine)
        flight_nm, legs = ways_to(places, one, area, rows, flying.hops, np.full(len(rows), np.inf))
        out_h[mine] = flying.out_h(flight_nm, legs)
        ready_h[mine] = ready[one]
    return out_h, np.maximum(ready_h, cleared_h(places, area, flying) - flying.turn.load)


def shared(
    fleets: Sequence[Own],
    turn: Turn,
    ramp: int,
    mass_t: float,
    least: int,
    ahead: tuple[int, Flown] | None = None,
) -> tuple[tuple[int, Flown], ...]:
    """Every sortie of a pool to one airfield in the order of landing: number of the fleet, and the sortie.

    `ahead` is the sortie that brings a K-loader, with the number of its fleet: all that need one wait for it.
    """
    aircraft = [(n, k, hours) for n, fleet in enumerate(fleets) for k, hours in enumerate(fleet.free)]
    loading = [-np.inf] * len(fleets)
    slots = [-np.inf] * ramp
    unloading, loader, carried = -np.inf, np.inf, 0.0
    if ahead is not None:
        by, first = ahead
        loading[by], slots[0], unloading, loader = first.load_from, first.offloaded, first.offload_from, first.offloaded
        at = next(at for at, (n, k, _) in enumerate(aircraft) if (n, k) == (by, first.aircraft))
        aircraft[at] = (by, first.aircraft, first.offloaded + fleets[by].out)
    found: list[tuple[int, Flown]] = []
    while carried < mass_t - _DONE_T or len(found) < least:
        starts = [max(hours, fleets[n].ready, loading[n] + turn.interval) for n, _, hours in aircraft]
        landings = [start + turn.load + fleets[n].out for start, (n, _, _) in zip(starts, aircraft, strict=True)]
        pick = landings.index(min(landings))
        n, k, _ = aircraft[pick]
        fleet, landed = fleets[n], landings[pick]
        if fleet.loader > 0.0 and ahead is None:
            loader = min(loader, landed + fleet.loader)
        slot = slots.index(min(slots))
        begin = max(landed, slots[slot], unloading + turn.interval, loader if fleet.loader > 0.0 else -np.inf)
        done = begin + turn.offload
        found.append((n, Flown(k, starts[pick], starts[pick] + turn.load, landed, begin, done)))
        loading[n], slots[slot], unloading = starts[pick], done, begin
        aircraft[pick] = (n, k, done + fleet.out)
        carried += fleet.load_t
    return tuple(found)
