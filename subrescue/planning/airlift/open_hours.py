"""From when to when airfields and airspace are open to a fleet, where nations and airfields are open for a time only.

A landing waits for its airfield: the aircraft stands loaded until it takes off so as to land when that is open. Who
flies over a nation, or stops there for fuel, has it open from when he can be there at the soonest until all has landed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import inf

import numpy as np

from subrescue.domain.assets import AircraftFleet
from subrescue.domain.case import LandingClearance
from subrescue.planning.basis.ground import facts_of, on_ground
from subrescue.planning.basis.situation import Situation
from subrescue.planning.basis.timed import allowed_spans, is_timed, open_spans
from subrescue.planning.doubt.openings import ALWAYS, Spans, both, earliest, earliest_alone, shifted
from subrescue.planning.geography.areas import Area
from subrescue.planning.geography.places import FloatArray, IntArray

_Says = Callable[[LandingClearance], bool | None]

Limited = tuple[tuple[Spans, frozenset[int]], ...]
"""Airfields by their numbers that are open for a time only, those of the same spans together."""


def landing_spans(fleet: AircraftFleet, sit: Situation) -> Limited:
    """The airfields at which a fleet may land for a time only, and when, in hours from the alert; kept."""
    facts = facts_of(sit)
    if not facts.timed.air and not any(one.closed_at_times for one in facts.fields.values()):
        return ()
    return on_ground(facts, "landing_spans", fleet.id, (fleet,), lambda: _landing_spans(fleet, facts))


def _landing_spans(fleet: AircraftFleet, sit: Situation) -> Limited:
    places, found = sit.places, dict[int, Spans]()
    for nation, words in _timed_of(fleet, sit, _lands).items():
        of_all = [one for one in words if not one.airfields]
        spans = _spans(of_all, _lands, sit)
        if spans != ALWAYS:
            found.update(dict.fromkeys(np.flatnonzero(places.field_country == nation).tolist(), spans))
        for code in dict.fromkeys(code for one in words for code in one.airfields):
            field = places.field_index(code)
            if field is not None:
                found[field] = _spans([*of_all, *(one for one in words if code in one.airfields)], _lands, sit)
    for field, fact in sit.fields.items():
        if fact.closed_at_times:
            found[field] = both(found.get(field, ALWAYS), open_spans(fact, sit.case.alert))
    by_spans: dict[Spans, set[int]] = {}
    for field, spans in found.items():
        if spans != ALWAYS:
            by_spans.setdefault(spans, set()).add(field)
    return tuple((spans, frozenset(fields)) for spans, fields in sorted(by_spans.items()))


def overflight_spans(fleet: AircraftFleet, sit: Situation) -> dict[str, Spans]:
    """When nations let a fleet fly over them that do so for a time only, in hours from the alert."""
    words = _timed_of(fleet, sit, _overflown)
    found = {nation: _spans(some, _overflown, sit) for nation, some in words.items()}
    return {nation: spans for nation, spans in found.items() if spans != ALWAYS}


def stop_spans(fleet: AircraftFleet, sit: Situation) -> dict[str, Spans]:
    """When nations as a whole let a fleet land that do so for a time only, in hours from the alert."""
    words = _timed_of(fleet, sit, _lands)
    found = {nation: _spans([one for one in some if not one.airfields], _lands, sit) for nation, some in words.items()}
    return {nation: spans for nation, spans in found.items() if spans != ALWAYS}


def no_stop_at(fleet: AircraftFleet, sit: Situation) -> frozenset[int]:
    """Single airfields that are open for a time only: no fuel stop is planned there."""
    codes = {code for one in sit.timed.air if is_timed(one, sit.case.alert) for code in one.airfields}
    named = {sit.places.field_index(code) for code in codes}
    named |= {field for field, fact in sit.fields.items() if fact.closed_at_times}
    return frozenset(field for _, fields in landing_spans(fleet, sit) for field in fields if field in named)


def _timed_of(fleet: AircraftFleet, sit: Situation, says: _Says) -> dict[str, list[LandingClearance]]:
    """The words of each nation on a fleet's landing, or overflight, where one of them holds for a time."""
    by_nation: dict[str, list[LandingClearance]] = {}
    for one in sit.timed.air:
        if one.concerns(fleet.nations, fleet.id) and says(one) is not None:
            by_nation.setdefault(one.nation, []).append(one)
    alert = sit.case.alert
    return {nation: some for nation, some in by_nation.items() if any(is_timed(one, alert) for one in some)}


def _lands(one: LandingClearance) -> bool | None:
    return False if one.refused else True if one.refused is False or one.lead_h is not None else None


def _overflown(one: LandingClearance) -> bool | None:
    if one.overflight_refused:
        return False
    return True if one.overflight_refused is False or one.overflight_h is not None else None


def _spans(words: Sequence[LandingClearance], says: _Says, sit: Situation) -> Spans:
    return allowed_spans(words, says, sit.case.alert, lambda one: one.narrowness)


@dataclass(frozen=True)
class LiftHours:
    """When one lift may be loaded and land, in hours from the order as the flights count them.

    The search looks at no lift that comes too late for it. One that does since its aircraft fly for others first lands
    as if it did not matter: its steps say that it is too late.
    """

    loading: Spans
    landing: Spans

    def loads_h(self, ready_h: float, load_h: float) -> float:
        """When loading begins that cannot before `ready_h`."""
        return _or_at_once(earliest_alone(self.loading, ready_h, load_h), ready_h)

    def lands_h(self, there_h: float) -> float:
        """When an aircraft lands that could not before `there_h`."""
        return _or_at_once(earliest_alone(self.landing, there_h), there_h)


def _or_at_once(hours: float, at_once_h: float) -> float:
    return at_once_h if hours == inf else hours


@dataclass(frozen=True, eq=False)
class OpenHours:
    """`LiftHours` of many flights at once: spans, and the flights by their places that are bound to each."""

    loading: tuple[tuple[Spans, IntArray], ...]
    landing: tuple[tuple[Spans, IntArray], ...]

    def loads_h(self, ready_h: FloatArray, load_h: float) -> FloatArray:
        """(flights,) when loading begins; inf for never."""
        return _held(self.loading, ready_h, load_h)

    def lands_h(self, there_h: FloatArray) -> FloatArray:
        """(flights,) when each lands; inf for never."""
        return _held(self.landing, there_h, 0.0)

    def some(self, flights: IntArray) -> OpenHours:
        """Those of some of the flights, in this order."""
        return OpenHours(*(tuple(_of_some(groups, flights)) for groups in (self.loading, self.landing)))


def _of_some(groups: Iterable[tuple[Spans, IntArray]], flights: IntArray) -> Iterable[tuple[Spans, IntArray]]:
    for spans, bound in groups:
        here = np.flatnonzero(np.isin(flights, bound))
        if len(here):
            yield spans, here


def _held(groups: Iterable[tuple[Spans, IntArray]], hours: FloatArray, length_h: float) -> FloatArray:
    found = np.array(hours, float)
    for spans, bound in groups:
        found[bound] = earliest(spans, found[bound], length_h)
    return found


@lru_cache(maxsize=32)
def _groups(area: Area, limited: Limited) -> IntArray:
    """(fields of the area,) which of the spans binds each, -1 for none; for reading only."""
    found = np.full(len(area.fields), -1, np.int64)
    for number, (_, fields) in enumerate(limited):
        found[np.isin(area.fields, list(fields))] = number
    found.setflags(write=False)
    return found


def open_hours(
    area: Area, limited: Limited, until_h: float, rows: IntArray, apoes: Sequence[tuple[int, IntArray]]
) -> OpenHours | None:
    """The hours of flights to these rows of an area; None where nothing is open for a time only.

    `apoes` are the airfields of embarkation, with the places of the flights from each.
    """
    if not limited and until_h == inf:
        return None
    group, by_then = _groups(area, limited)[rows], ((-inf, until_h),)
    landing = []
    for number, spans in [(-1, ALWAYS), *((n, one) for n, (one, _) in enumerate(limited))]:
        bound = np.flatnonzero(group == number)
        spans = both(spans, by_then)
        if len(bound) and spans != ALWAYS:
            landing.append((spans, bound))
    loading = [(spans_at(limited, apoe), bound) for apoe, bound in apoes]
    return OpenHours(tuple((spans, bound) for spans, bound in loading if spans != ALWAYS), tuple(landing))


def spans_at(limited: Limited, field: int) -> Spans:
    """When one airfield is open."""
    return next((spans for spans, fields in limited if field in fields), ALWAYS)


def since_order(limited: Limited, go_h: float) -> Limited:
    """The same in hours from the order, given so many hours after the alert."""
    return tuple((shifted(spans, -go_h), fields) for spans, fields in limited)
