"""Hours of a ship along a sea route, item by item: open water by speed and sea, canals by their own time, ice."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from subrescue.domain.quantities import Pert
from subrescue.domain.reasons import Reason, reason
from subrescue.earth.passages.passages import Passage
from subrescue.earth.passages.speed_loss import SOURCE as SEA_SOURCE
from subrescue.earth.passages.speed_loss import Sea, hours_factor
from subrescue.earth.shape.geodesy import azimuth_deg, legs_nm
from subrescue.earth.shape.water import unit_vectors

FloatArray = npt.NDArray[np.float64]

OPEN_WATER = "open_water"
CALM_SOURCE = "calm-water speed, no forecast"


@dataclass(frozen=True)
class Voyage:
    """Who sails and in what: calm-water speed in kn, length in m, the sea, the month 1 to 12; None is not known.

    Raises ValueError for a speed that is not above 0.
    """

    speed_kn: float
    length_m: float | None = None
    sea: Sea | None = None
    month: int | None = None

    def __post_init__(self) -> None:
        if not 0 < self.speed_kn <= 100:
            raise ValueError(f"speed_kn: found {self.speed_kn}; above 0 and at most 100 kn is allowed")


@dataclass(frozen=True)
class TimeItem:
    """One stretch. what: `open_water` or the id of a passage. kn: miles made good per hour, waiting included.

    factor: hours for one hour at the calm-water speed. Both are those of the most likely hours.
    """

    what: str
    nm: float
    hours: Pert
    kn: float
    factor: float
    source: str
    notes: tuple[Reason, ...] = ()


@dataclass(frozen=True)
class PassageTime:
    """The whole way: its items in order and their sum in hours; notes are doubts that hold for all of it."""

    items: tuple[TimeItem, ...]
    hours: Pert
    notes: tuple[Reason, ...] = ()


def controlled(passage: Passage, voyage: Voyage) -> TimeItem | None:
    """The controlled miles of a passage as an item; None where the ship sails through at its own speed."""
    facts = passage.facts
    if facts.controlled_nm is None:
        return None
    icy = voyage.month in facts.ice_months
    notes = (reason("passage.ice_season", passage=passage.name),) if icy else ()
    nm = facts.controlled_nm
    pace, name = voyage.speed_kn, None
    limits = {"speed_limit_kn": facts.speed_limit_kn, "ice_speed_kn": facts.ice_speed_kn if icy else None}
    for fact, limit in limits.items():
        if limit is not None and limit < pace:
            pace, name = limit, fact
    sailed = nm / pace
    if facts.transit_h is not None:
        name = "transit_h"
        transit = facts.transit_h
        hours = Pert(min=max(transit.min, sailed), mode=max(transit.mode, sailed), max=max(transit.max, sailed))
    elif name is not None:
        hours = Pert.exactly(sailed)
    else:
        return None
    source = str(facts.sources[name]) if name in facts.sources else "unknown"
    return TimeItem(passage.id, nm, hours, nm / hours.mode, hours.mode * voyage.speed_kn / nm, source, notes)


def time_on_the_way(
    points: FloatArray, whole_nm: float, used: Sequence[str], passages: Iterable[Passage], voyage: Voyage
) -> PassageTime:
    """Hours of a voyage along a route.

    points: (n, 2) latitude and longitude in degrees. whole_nm: its length with gaps; used: ids of its passages in
    order. Passages count with their own hours over their controlled miles, where the sea is taken as calm; the rest is
    sailed at the calm-water speed times `speed_loss.hours_factor` on each course where a sea is given.
    """
    by_id = {passage.id: passage for passage in passages}
    track = _Track(points, whole_nm)
    stretches: list[tuple[float, float, TimeItem]] = []
    notes: list[Reason] = []
    for name in used:
        passage = by_id.get(name)
        if passage is None:
            continue
        item = controlled(passage, voyage)
        if item is not None:
            stretches.append((*track.around(passage, item.nm), item))
        elif voyage.month in passage.facts.ice_months:
            notes.append(reason("passage.ice_season", passage=passage.name))
    items: list[TimeItem] = []
    here = 0.0
    for start, end, item in sorted(stretches, key=lambda stretch: stretch[0]):
        items += _open_water(track, here, start, voyage)
        items.append(item)
        here = max(here, end)
    items += _open_water(track, here, whole_nm, voyage)
    if voyage.sea is not None and voyage.sea.beyond_table:
        notes.append(reason("passage.sea_beyond_table", wave_m=voyage.sea.wave_height_m))
    hours = [item.hours for item in items]
    total = Pert(min=sum(h.min for h in hours), mode=sum(h.mode for h in hours), max=sum(h.max for h in hours))
    return PassageTime(tuple(items), total, tuple(notes))


def _open_water(track: _Track, start: float, end: float, voyage: Voyage) -> list[TimeItem]:
    nm = end - start
    if nm <= 1e-6:
        return []
    calm_h = nm / voyage.speed_kn
    legs = track.legs(start, end)
    if voyage.sea is None or not legs:  # without legs two places have one water, and nothing but links joins them
        return [TimeItem(OPEN_WATER, nm, Pert.exactly(calm_h), voyage.speed_kn, 1.0, CALM_SOURCE)]
    low = mode = high = 0.0
    for leg_nm, course in legs:
        factor = hours_factor(voyage.sea, course, voyage.length_m)
        low, mode, high = low + leg_nm * factor.min, mode + leg_nm * factor.mode, high + leg_nm * factor.max
    hours = Pert(min=low / voyage.speed_kn, mode=mode / voyage.speed_kn, max=high / voyage.speed_kn)
    return [TimeItem(OPEN_WATER, nm, hours, nm / hours.mode, hours.mode / calm_h, SEA_SOURCE)]


class _Track:
    """A route measured along itself, its miles stretched to the whole length, which holds the gaps too."""

    def __init__(self, points: FloatArray, whole_nm: float) -> None:
        a, b = points[:-1], points[1:]
        self._course = np.asarray(azimuth_deg(a[:, 0], a[:, 1], b[:, 0], b[:, 1]))
        self._at = np.concatenate(([0.0], np.cumsum(legs_nm(points))))
        if self._at[-1] > 0:
            self._at *= whole_nm / self._at[-1]
        self._whole, self._units = whole_nm, unit_vectors(points[:, 0], points[:, 1])

    def around(self, passage: Passage, nm: float) -> tuple[float, float]:
        """Where the miles of a passage begin and end: about the leg that crosses its gate, within the route."""
        crossing = np.flatnonzero(passage.crossed_by(self._units[:-1], self._units[1:]))
        if len(crossing):
            middle = float(self._at[crossing[0] : crossing[0] + 2].mean())
        else:
            gate = unit_vectors(passage.gate[:, 0], passage.gate[:, 1]).mean(axis=0)
            middle = float(self._at[int(np.argmax(self._units @ gate))])
        start = min(max(middle - nm / 2, 0.0), max(self._whole - nm, 0.0))
        return start, min(start + nm, self._whole)

    def legs(self, start: float, end: float) -> list[tuple[float, float]]:
        """Miles and true course of the legs between two places of the route."""
        low, high = np.clip(self._at[:-1], start, end), np.clip(self._at[1:], start, end)
        return [(nm, course) for nm, course in zip((high - low).tolist(), self._course.tolist(), strict=True) if nm > 0]
