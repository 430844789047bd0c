"""The airlift as a schedule: k aircraft fly n sorties; each is loaded, flies, waits for the ramp, is unloaded, returns.

Aircraft are loaded in the order in which they stand ready, one an interval; the ramp of the airfield takes a few at a
time and begins to unload one an interval. All sorties are alike, so taking the aircraft that is ready first is best.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import floor

import numpy as np

from subrescue.planning.airlift.open_hours import LiftHours, OpenHours
from subrescue.planning.airlift.ramp import Ramp, Span
from subrescue.planning.geography.places import FloatArray

_SAME_H = 1e-9
"""Hours below which sums in another order are the same."""


@dataclass(frozen=True)
class Turn:
    """Median hours of what an aircraft does on the ground, and the crew's duty; interval: between two aircraft."""

    load: float
    offload: float
    interval: float
    stop: float
    crew_duty: float


@dataclass(frozen=True)
class Work:
    """What has to be flown, and by what: sorties, when the load stands at the APOE, when each aircraft does.

    Hours count from any instant, the same for all. `free` may hold more aircraft than there are sorties.
    """

    sorties: int
    ready: float | FloatArray
    free: tuple[float, ...]


@dataclass(frozen=True)
class Flown:
    """One sortie: number of the aircraft, hours of loading, take-off, landing, begin and end of unloading."""

    aircraft: int
    load_from: float
    airborne: float
    landed: float
    offload_from: float
    offloaded: float


def with_crew_changes(hours: FloatArray, turn: Turn) -> FloatArray:
    """A flight with its stops, and one stop more for each crew duty that it takes whole."""
    return np.asarray(hours + np.floor(hours / turn.crew_duty) * turn.stop)


def first_and_last_h(
    work: Work,
    turn: Turn,
    out_h: FloatArray,
    ramp: FloatArray,
    loader_h: FloatArray,
    hours: OpenHours | None = None,
) -> tuple[FloatArray, FloatArray]:
    """When the first sortie is unloaded, and when the last is, at each of many airfields.

    `out_h` are the hours of the flight there with its stops (back they are the same), `ramp` the aircraft that may be
    unloaded at a time, `loader_h` the hours after the first landing until there is something to unload with; all
    (fields,). `hours` are those in which airfields are open, where that is for a time only; inf for never.
    """
    found = _in_turn(work, turn, out_h, ramp, loader_h) if hours is None else None
    return _one_by_one(work, turn, out_h, ramp, loader_h, hours) if found is None else found


def _in_turn(
    work: Work, turn: Turn, out_h: FloatArray, ramp: FloatArray, loader_h: FloatArray
) -> tuple[FloatArray, FloatArray] | None:
    """`first_and_last_h` where aircraft take turns alike at all airfields, as they nearly always do; None where not.

    Sorties end in the order in which they begin. So of those that are back the one that flew first is ready first, and
    of a full ramp the place is free next that was taken first.
    """
    count = len(out_h)
    if not count or loader_h.any() or (ramp != ramp[0]).any():
        return None
    new, places = sorted(work.free), int(ramp[0])
    back: list[FloatArray] = []
    done: list[FloatArray] = []
    taken = flown = 0
    loading = unloading = np.full(count, -np.inf)
    for number in range(work.sorties):
        is_new = taken < len(new)
        if is_new and flown < len(back):
            is_later = back[flown] >= new[taken]
            is_new = bool(is_later.all())
            if not is_new and is_later.any():
                return None
        free: float | FloatArray
        if is_new:
            free, taken = new[taken], taken + 1
        else:
            free, flown = back[flown], flown + 1
        loading = np.maximum(np.maximum(free, work.ready), loading + turn.interval)
        unloading = np.maximum(loading + turn.load + out_h, unloading + turn.interval)
        if number >= places:
            unloading = np.maximum(unloading, done[number - places])
        done.append(unloading + turn.offload)
        back.append(done[-1] + out_h)
    return done[0], done[-1]


def _one_by_one(
    work: Work, turn: Turn, out_h: FloatArray, ramp: FloatArray, loader_h: FloatArray, hours: OpenHours | None
) -> tuple[FloatArray, FloatArray]:
    count = len(out_h)
    free = np.repeat(np.array(sorted(work.free))[:, None], count, axis=1)
    places = int(ramp.max()) if count else 1
    slots = np.where(np.arange(places)[:, None] < ramp, -np.inf, np.inf)
    rows = np.arange(count)
    loading = unloading = np.full(count, -np.inf)
    loader = np.full(count, -np.inf)
    first = last = np.full(count, np.inf)
    for number in range(work.sorties):
        aircraft = np.argmin(free, axis=0)
        loading = np.maximum(np.maximum(free[aircraft, rows], work.ready), loading + turn.interval)
        if hours is not None:
            loading = hours.loads_h(loading, turn.load)
        landed = loading + turn.load + out_h
        if hours is not None:
            landed = hours.lands_h(landed)
        if number == 0:
            loader = landed + loader_h
        slot = np.argmin(slots, axis=0)
        unloading = np.maximum(np.maximum(np.maximum(landed, slots[slot, rows]), unloading + turn.interval), loader)
        last = unloading + turn.offload
        if number == 0:
            first = last
        slots[slot, rows] = last
        free[aircraft, rows] = last + out_h
    return first, last


def schedule(
    work: Work,
    turn: Turn,
    out_h: float,
    ramp: int,
    loader_h: float,
    ahead: Flown | None = None,
    hours: LiftHours | None = None,
    booked: Sequence[Span] = (),
) -> tuple[Flown, ...]:
    """Every sortie of an airlift to one airfield, in order; an aircraft that would land too soon takes off later.

    `ahead` is the sortie that brings a K-loader: all are loaded and unloaded after it, by the same aircraft. `hours`
    are those in which airfields are open, where that is for a time only. `booked`: when others are unloaded there.
    """
    free, places, ready = sorted(work.free), Ramp(ramp, booked), float(work.ready)
    found: list[Flown] = []
    loading = loader = -np.inf
    if ahead is not None:
        loading, loader = ahead.load_from, ahead.offloaded
        places.hold(ahead.offload_from, ahead.offloaded)
        free[ahead.aircraft] = ahead.offloaded + out_h
    for number in range(work.sorties):
        aircraft = free.index(min(free))
        loading = max(free[aircraft], ready, loading + turn.interval)
        if hours is not None:
            loading = hours.loads_h(loading, turn.load)
        airborne = loading + turn.load
        landed = airborne + out_h
        if hours is not None:
            landed = hours.lands_h(landed)
            airborne = landed - out_h
        if number == 0 and ahead is None:
            loader = landed + loader_h
        unloading = places.take(max(landed, loader), turn.offload, turn.interval)
        done = unloading + turn.offload
        free[aircraft] = done + out_h
        found.append(Flown(aircraft, loading, airborne, landed, unloading, done))
    return tuple(found)


@dataclass(frozen=True)
class Bring:
    """A K-loader that can be flown in: hours from which it can be loaded, and those of rolling it off.

    clearance: hours from the first landing of the load until it may leave, which no loader makes shorter.
    """

    from_h: float
    roll_off: float
    clearance: float

    def sortie(self, free: Sequence[float], turn: Turn, out_h: float, ramp: Ramp | None = None) -> Flown:
        """Its sortie, of the aircraft that is there first; `ramp`: that on which others are unloaded meanwhile."""
        start = max(min(free), self.from_h)
        landed = start + turn.load + out_h
        begin = landed if ramp is None else ramp.take(landed, self.roll_off, turn.interval)
        return Flown(0, start, start + turn.load, landed, begin, begin + self.roll_off)

    def all_there_h(self, rows: Sequence[Flown]) -> float:
        """When everything is unloaded and cleared."""
        return max(*(row.offloaded for row in rows), min(row.landed for row in rows) + self.clearance)

    def is_sooner(self, rows: Sequence[Flown], waiting: Sequence[Flown]) -> bool:
        """Whether everything is there sooner by these sorties than by those that wait for somebody else's loader."""
        return self.all_there_h(rows) < self.all_there_h(waiting) - _SAME_H


def with_loader(
    work: Work, turn: Turn, out_h: float, ramp: int, loader_h: float, bring: Bring, booked: Sequence[Span] = ()
) -> tuple[tuple[Flown, ...], Flown | None]:
    """Every sortie, and that of a K-loader ahead of them; None where waiting for somebody else's is no longer."""
    waiting = schedule(work, turn, out_h, ramp, loader_h, booked=booked)
    loader = bring.sortie(work.free, turn, out_h, Ramp(ramp, booked))
    rows = schedule(work, turn, out_h, ramp, 0.0, loader, booked=booked)
    return (rows, loader) if bring.is_sooner(rows, waiting) else (waiting, None)


@dataclass(frozen=True)
class After:
    """How often each part lies between the first sortie's unloading and the last one's, on the way that decides."""

    out: int = 0
    load: int = 0
    offload: int = 0
    interval: int = 0
    wait: float = 0.0


def between(flown: Sequence[Flown], turn: Turn, out_h: float) -> After:
    """What makes the last sortie later than the first: each step back goes to what had to be done before.

    `wait` are hours that no part explains: an aircraft that came later, a loader.
    """
    out = load = offload = interval = 0
    last = flown[-1]
    total = last.offloaded - flown[0].offloaded
    at = len(flown) - 1
    while at > 0:
        here, earlier = flown[at], flown[at - 1]
        own = next((n for n in range(at - 1, -1, -1) if flown[n].aircraft == here.aircraft), None)
        if here.offload_from > here.landed + 1e-9:
            if abs(here.offload_from - earlier.offload_from - turn.interval) < 1e-9:
                interval, at = interval + 1, at - 1
                continue
            blocked = next((n for n in range(at) if abs(flown[n].offloaded - here.offload_from) < 1e-9), None)
            if blocked is not None:
                offload, at = offload + 1, blocked
                continue
        if own is not None and abs(here.load_from - flown[own].offloaded - out_h) < 1e-9:
            out, load, offload, at = out + 2, load + 1, offload + 1, own
            continue
        if abs(here.load_from - earlier.load_from - turn.interval) < 1e-9:
            interval, at = interval + 1, at - 1
            continue
        break
    told = out * out_h + load * turn.load + offload * turn.offload + interval * turn.interval
    return After(out, load, offload, interval, max(total - told, 0.0))


def duties(hours: float, turn: Turn) -> int:
    """Crew changes of a flight with its stops."""
    return floor(hours / turn.crew_duty)


def relieved(legs_h: Sequence[float], changes: int, turn: Turn) -> list[int]:
    """Changes of crews before each leg: at the last airfield that a crew reaches within its duty.

    Those for which no airfield comes in time are made at the last one before the end.
    """
    found: list[int] = []
    on_duty = 0.0
    for number, leg in enumerate(legs_h):
        on_duty += turn.stop if number else 0.0
        left = changes - sum(found)
        due = number > 0 and left > 0 and on_duty + leg > turn.crew_duty
        found.append(left if number == len(legs_h) - 1 else int(due))
        on_duty = leg if found[-1] else on_duty + leg
    return found
