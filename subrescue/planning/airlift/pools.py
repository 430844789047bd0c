"""Several fleets share one airlift: the aircraft that lands first flies next, until everything is carried.

The ramp of the airfield of debarkation is shared by all; each fleet loads at its own airfield of embarkation.

A pool is not proven to be the earliest that its fleets could fly. Each flies from the airfield from which it alone
would have all there first, though with fewer sorties another may be better, and each loads evenly over the sorties that
it alone would need. `tests/planning/every_wide_chain.py` holds the rest against every way.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import ceil

import numpy as np

from subrescue.planning.airlift.airlift import ways_to
from subrescue.planning.airlift.embarkation import landed_at, limits_at, loader_from
from subrescue.planning.airlift.flying import Flying
from subrescue.planning.airlift.landing_bounds import Least, cleared_h, unloading_h
from subrescue.planning.airlift.open_hours import LiftHours, OpenHours
from subrescue.planning.airlift.ramp import Ramp, Span
from subrescue.planning.airlift.sorties import Bring, Flown, Turn
from subrescue.planning.airlift.stores import ready_at
from subrescue.planning.geography.areas import Area, area_of
from subrescue.planning.geography.places import FloatArray, IntArray, Places

# Hours that differ by less are the same.
_SAME_H = 1e-9
# Sorties are counted until so little is left: tonnes are known to a few hundred kilograms at best.
DONE_T = 1e-6


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

    bring: the K-loader that it can fly in. hours: those in which airfields are open, where that is for a time only.
    """

    load_t: float
    ready: float
    free: tuple[float, ...]
    out: float
    loader: float
    bring: Bring | None = None
    hours: LiftHours | None = None


def pooled_at_h(
    places: Places, area: Area, pool: Pool, rows: IntArray, own: Sequence[tuple[FloatArray, FloatArray]]
) -> FloatArray:
    """(rows,) when everything is unloaded and cleared at the airfields of these rows of an area; inf where none flies.

    In hours from the order. `own` is what `flown_by` says of each fleet there.
    Where one sortie of any fleet is enough, a pool is sooner only by a K-loader that another flies in ahead of it.
    """
    count = len(rows)
    if all(member.flying.sorties == 1 for member in pool.members):
        return _with_loader_alone_h(places, area, pool, rows)
    opens = [_open_hours(places, area, member.flying, rows) for member in pool.members]
    owner = np.array([n for n, member in enumerate(pool.members) for _ in member.flying.free])
    free = np.array([hours for member in pool.members for hours in member.flying.free])[:, None] + np.zeros(count)
    out, ready = (np.stack(parts) for parts in zip(*own, strict=True))
    limits = [limits_at(area, member.flying, rows) for member in pool.members]
    delay, ramp = (np.stack(parts) for parts in zip(*limits, strict=True))
    ramp = ramp.min(axis=0)
    load_t = np.array([member.load_t for member in pool.members])
    turn, at = pool.members[0].flying.turn, np.arange(count)
    slots = np.where(np.arange(int(ramp.max(initial=1.0)))[:, None] < ramp, -np.inf, np.inf)
    loading = np.full((len(pool.members), count), -np.inf)
    unloading = np.full(count, -np.inf)
    loader, is_bare = np.full(count, np.inf), bool(np.count_nonzero(delay))
    carried, sorties = np.zeros(count), 0
    landed_first = np.full(count, np.inf)
    last = np.full(count, np.inf)
    open_ = np.ones(count, bool)
    while np.count_nonzero(open_):
        start = np.maximum(np.maximum(free, ready[owner]), loading[owner] + turn.interval)
        start = _each(opens, owner, start, lambda one, hours: one.loads_h(hours, turn.load))
        landing = _each(opens, owner, start + turn.load + out[owner], lambda one, hours: one.lands_h(hours))
        pick = landing.argmin(axis=0)
        by, landed = owner[pick], landing[pick, at]
        open_ &= np.isfinite(landed)
        landed_first = np.minimum(landed_first, landed)
        slot = slots.argmin(axis=0)
        begin = np.maximum(np.maximum(landed, slots[slot, at]), unloading + turn.interval)
        if is_bare:
            here = delay[by, at]
            loader = np.where((here > 0) & np.isinf(loader), landed + here, loader)
            begin = np.maximum(begin, np.where(here > 0, loader, -np.inf))
        done = begin + turn.offload
        last = np.where(open_, np.where(np.isfinite(last), np.maximum(last, done), done), last)
        loading[by, at] = start[pick, at]
        slots[slot, at], free[pick, at], unloading = done, done + out[by, at], begin
        carried += load_t[by]
        sorties += 1
        open_ &= (carried < pool.mass_t - DONE_T) | (sorties < pool.least)
    found = np.asarray(np.maximum(last, landed_first + pool.members[0].flying.clearance))
    for one in _bare(area, pool, rows):
        ways = out[:, one], ready[:, one], delay[:, one], int(ramp[one])
        found[one] = min(found[one], _loader_ahead_h(places, area, pool, int(rows[one]), ways))
    return found


def _open_hours(places: Places, area: Area, flying: Flying, rows: IntArray) -> OpenHours | None:
    """When a fleet of a pool may be loaded and land on its way to these rows of an area; None for at any time."""
    if not flying.for_a_time:
        return None
    apoe = landed_at(places, area, flying, rows).apoe[rows]
    apoes = [(one, np.flatnonzero(apoe == one)) for one in np.unique(apoe[apoe >= 0]).tolist()]
    return flying.open_hours(area, rows, apoes)


def _each(
    opens: Sequence[OpenHours | None],
    owner: IntArray,
    hours: FloatArray,
    held: Callable[[OpenHours, FloatArray], FloatArray],
) -> FloatArray:
    """(aircraft, rows) hours as the fleet of each aircraft may keep them."""
    for aircraft, number in enumerate(owner.tolist()):
        one = opens[number]
        if one is not None:
            hours[aircraft] = held(one, hours[aircraft])
    return hours


def least_h(pool: Pool, landed: FloatArray, flight: FloatArray) -> FloatArray:
    """(n,) hours from the order before which the fleets of a pool bring not everything to n airfields.

    The work takes a number of sorties at least. The first lands no sooner than `landed`, and no flight is shorter than
    `flight`; each is unloaded one interval after another, one at a time on each place of the ramp; of few aircraft some
    fly again.
    """
    turn, sorties = pool.members[0].flying.turn, pool.least
    if pool.mass_t:
        sorties = max(sorties, ceil((pool.mass_t - DONE_T) / max(member.load_t for member in pool.members)))
    again = ceil(sorties / sum(len(member.flying.free) for member in pool.members)) - 1
    cycles = again * (2.0 * flight + turn.load + turn.offload) + turn.offload
    unloaded = min(unloading_h(member.flying, sorties) for member in pool.members)
    return np.asarray(landed + np.maximum(cycles, max(unloaded, pool.members[0].flying.clearance)))


def _bare(area: Area, pool: Pool, rows: IntArray) -> list[int]:
    """Which of these rows of an area are airfields to which one of a pool may fly a K-loader in."""
    bare = {fact.field for member in pool.members for fact in member.flying.facts if fact.bare}
    return [] if not bare else np.flatnonzero(np.isin(area.fields[rows], sorted(bare))).tolist()


def _with_loader_alone_h(places: Places, area: Area, pool: Pool, rows: IntArray) -> FloatArray:
    """`pooled_at_h` at airfields without a K-loader alone, each as an area of its own; inf elsewhere."""
    found, first = np.full(len(rows), np.inf), np.zeros(1, np.int64)
    for one in _bare(area, pool, rows):
        here = area_of(places, int(area.fields[rows[one]]))
        own = [flown_by(places, here, member.flying, first) for member in pool.members]
        limits = [limits_at(here, member.flying, first) for member in pool.members]
        out, ready = (np.array([part[0] for part in parts]) for parts in zip(*own, strict=True))
        delay, ramp = np.array([loader[0] for loader, _ in limits]), min(int(places_[0]) for _, places_ in limits)
        found[one] = _loader_ahead_h(places, here, pool, 0, (out, ready, delay, ramp))
    return found


def _loader_ahead_h(
    places: Places,
    area: Area,
    pool: Pool,
    row: int,
    ways: tuple[FloatArray, FloatArray, FloatArray, int],
) -> float:
    """When everything is there at the airfield of this row with a K-loader flown in; inf where none is, or no sooner.

    `ways` are (members,) hours of the flight, when loading can begin, hours until there is a loader, and the aircraft
    on the ramp.
    """
    out, ready, delay, ramp = ways
    parts = [
        Own(
            load_t=member.load_t,
            ready=float(ready[n]),
            free=member.flying.free,
            out=float(out[n]),
            loader=float(delay[n]),
            bring=_bring(places, area, member.flying, row),
        )
        for n, member in enumerate(pool.members)
        if np.isfinite(out[n])
    ]
    if not parts:
        return np.inf
    there, ahead = with_loader_shared(parts, pool.members[0].flying.turn, ramp, pool.mass_t, pool.least)
    bring = None if ahead is None else parts[ahead[0]].bring
    return np.inf if bring is None else bring.all_there_h([flown for _, flown in there])


def _bring(places: Places, area: Area, flying: Flying, row: int) -> Bring | None:
    """The K-loader that a fleet of a pool can fly to the airfield of this row."""
    apoe = int(landed_at(places, area, flying, np.array([row])).apoe[row])
    if apoe < 0 or not any(fact.bare and area.row(fact.field) == row for fact in flying.facts):
        return None
    return loader_from(places, area, flying, apoe, row)


def with_loader_shared(
    fleets: Sequence[Own], turn: Turn, ramp: int, mass_t: float, least: int, booked: Sequence[Span] = ()
) -> tuple[tuple[tuple[int, Flown], ...], tuple[int, Flown] | None]:
    """Every sortie of a pool, and that of a K-loader ahead of them with the number of the fleet that flies it.

    None where waiting for somebody else's is no longer. Each fleet that can bring one is tried: that which has it there
    first may be missed for the load. One that flies nothing else is taken where none that flies of the load is as soon.
    `booked`: when others are unloaded there.
    """
    waiting = shared(fleets, turn, ramp, mass_t, least, booked=booked)
    best: tuple[tuple[tuple[int, Flown], ...], tuple[int, Flown] | None] = waiting, None
    best_h, alone = np.inf, False
    for by, one in enumerate(fleets):
        if one.bring is None:
            continue
        loader = one.bring.sortie(one.free, turn, one.out, Ramp(ramp, booked))
        rows = shared(fleets, turn, ramp, mass_t, least, (by, loader), booked)
        flown, flies_on = [row for _, row in rows], any(n == by for n, _ in rows)
        there_h = one.bring.all_there_h(flown)
        if not one.bring.is_sooner(flown, [row for _, row in waiting]):
            continue
        if there_h < best_h - _SAME_H or (alone and flies_on and there_h < best_h + _SAME_H):
            best, best_h, alone = (rows, (by, loader)), there_h, not flies_on
    return best


def flown_by(
    places: Places, area: Area, flying: Flying, rows: IntArray, least: Least | None = None
) -> tuple[FloatArray, FloatArray]:
    """(rows,) hours of the flight with its stops, and when loading can begin, from the best airfield of each."""
    apoe = landed_at(places, area, flying, rows, least).apoe[rows]
    ready = dict(zip(*(column.tolist() for column in ready_at(places, flying)), strict=True))
    out_h, ready_h = np.full(len(apoe), np.inf), np.zeros(len(apoe))
    for one in np.unique(apoe[apoe >= 0]).tolist():
        mine = apoe == one
        # Found when they were chosen, and kept.
        flown = rows[mine]
        flight_nm, legs = ways_to(places, one, area, flown, flying.hops, np.full(len(flown), np.inf))
        out_h[mine] = flying.out_h(flight_nm, legs)
        ready_h[mine] = ready[one]
    return out_h, np.maximum(ready_h, cleared_h(places, area, flying)[rows] - flying.turn.load)


def shared(
    fleets: Sequence[Own],
    turn: Turn,
    ramp: int,
    mass_t: float,
    least: int,
    ahead: tuple[int, Flown] | None = None,
    booked: Sequence[Span] = (),
) -> tuple[tuple[int, Flown], ...]:
    """Every sortie of a pool to one airfield in the order of landing: number of the fleet, and the sortie.

    `ahead` is the sortie that brings a K-loader, with the number of its fleet: all that need one wait for it. `booked`:
    when others are unloaded there.
    """
    aircraft = [(n, k, hours) for n, fleet in enumerate(fleets) for k, hours in enumerate(fleet.free)]
    loading = [-np.inf] * len(fleets)
    places = Ramp(ramp, booked)
    loader, carried = np.inf, 0.0
    if ahead is not None:
        by, first = ahead
        loading[by], loader = first.load_from, first.offloaded
        places.hold(first.offload_from, first.offloaded)
        at = next(at for at, (n, k, _) in enumerate(aircraft) if (n, k) == (by, first.aircraft))
        aircraft[at] = (by, first.aircraft, first.offloaded + fleets[by].out)
    found: list[tuple[int, Flown]] = []
    while carried < mass_t - DONE_T or len(found) < least:
        starts = [max(hours, fleets[n].ready, loading[n] + turn.interval) for n, _, hours in aircraft]
        starts = [_loads_h(fleets[n], start, turn) for start, (n, _, _) in zip(starts, aircraft, strict=True)]
        landings = [_lands_h(fleets[n], start, turn) for start, (n, _, _) in zip(starts, aircraft, strict=True)]
        pick = landings.index(min(landings))
        n, k, _ = aircraft[pick]
        fleet, landed = fleets[n], landings[pick]
        if fleet.loader > 0.0 and ahead is None:
            loader = min(loader, landed + fleet.loader)
        begin = places.take(max(landed, loader) if fleet.loader > 0.0 else landed, turn.offload, turn.interval)
        done = begin + turn.offload
        airborne = starts[pick] + turn.load if fleet.hours is None else landed - fleet.out
        found.append((n, Flown(k, starts[pick], airborne, landed, begin, done)))
        loading[n] = starts[pick]
        aircraft[pick] = (n, k, done + fleet.out)
        carried += fleet.load_t
    return tuple(found)


def _loads_h(fleet: Own, start_h: float, turn: Turn) -> float:
    return start_h if fleet.hours is None else fleet.hours.loads_h(start_h, turn.load)


def _lands_h(fleet: Own, start_h: float, turn: Turn) -> float:
    landed_h = start_h + turn.load + fleet.out
    return landed_h if fleet.hours is None else fleet.hours.lands_h(landed_h)
