"""What a lift waits for as steps: that its airfields are open, and the airspace on its way."""

from __future__ import annotations

from math import inf

import numpy as np

from subrescue.domain.position import Position
from subrescue.domain.reasons import Reason, reason
from subrescue.planning.airlift.entry_hours import entry_nm
from subrescue.planning.airlift.lifts import Lift
from subrescue.planning.airlift.open_hours import landing_spans, overflight_spans, spans_at, stop_spans
from subrescue.planning.airlift.overflights import ASSUMED, overflown
from subrescue.planning.basis.situation import Situation
from subrescue.planning.doubt.openings import ALWAYS, Openings, Spans, both, shifted

_ALL_THE_TIME = (-inf, inf)
# So many airfields are told one by one.
_FEW = 3


def loading_opens(lift: Lift, sit: Situation) -> Openings | None:
    """When the airfield at which a lift is loaded is open; None for at any time. It is for as long as loading takes."""
    return _at(lift, lift.apoe, spans_at(landing_spans(lift.carrier.fleet, sit), lift.apoe), sit, whole=True)


def landing_opens(lift: Lift, sit: Situation) -> Openings | None:
    """When the airfield at which a lift lands is open; None for at any time."""
    return _at(lift, lift.field, spans_at(landing_spans(lift.carrier.fleet, sit), lift.field), sit)


def _at(lift: Lift, field: int, spans: Spans, sit: Situation, *, whole: bool = False) -> Openings | None:
    if spans == ALWAYS:
        return None
    fleet, nation = lift.carrier.fleet, str(sit.places.field_country[field])
    asked = nation if nation in {one.nation for one in sit.timed.air} else ""
    what = (("airfield", sit.places.field_code(field)), ("fleet", fleet.name), ("nations", asked))
    return Openings(spans, sit.assumptions[ASSUMED], "airfield", what, whole=whole)


def take_off_opens(lift: Lift, out_h: float, sit: Situation, goal: Position | None = None) -> Openings | None:
    """When a lift may take off for a flight of so many hours; None for at any time.

    `goal` is where something is dropped from it, instead of its landing.
    """
    start_h, end_h = lift.carrier.leave.span
    landing = None if goal is not None else landing_opens(lift, sit)
    flying, apoe = lift.carrier.flying, np.array([lift.apoe])
    there_h = float(entry_nm(sit.places, apoe, flying.opened)[0]) / flying.an_hour_nm if flying.opened else 0.0
    in_air = ALWAYS if (start_h, end_h) == _ALL_THE_TIME else ((start_h - there_h, end_h - out_h),)
    if landing is None:
        if in_air == ALWAYS:
            return None
        what = _airspace(lift, sit, goal)
        return Openings(in_air, sit.assumptions[ASSUMED], "airspace", what, later_h=(there_h, out_h))
    spans = both(shifted(landing.spans, -out_h), in_air)
    return Openings(spans, landing.anew, landing.kind, landing.what, later_h=(out_h, out_h))


def further_opens(lift: Lift, length_h: float, offload_h: float, sit: Situation) -> Openings | None:
    """Until when the last sortie of a lift has landed, of sorties after the first that take so many hours to unload."""
    landing = landing_opens(lift, sit)
    last_h = inf if landing is None or not landing.spans else landing.spans[-1][1]
    end_h = min(last_h, lift.carrier.leave.span[1])
    if end_h == inf:
        return None
    share = max(length_h - offload_h, 0.0) / max(length_h, 1e-6)
    by_then: Spans = ((-inf, end_h),)
    if landing is not None and last_h == end_h:
        return Openings(by_then, landing.anew, landing.kind, landing.what, share)
    return Openings(by_then, sit.assumptions[ASSUMED], "airspace", _airspace(lift, sit, None), share)


def _airspace(lift: Lift, sit: Situation, goal: Position | None) -> tuple[tuple[str, str], ...]:
    return ("nations", ", ".join(_met(lift, sit, goal))), ("fleet", lift.carrier.fleet.name)


def _met(lift: Lift, sit: Situation, goal: Position | None) -> list[str]:
    """The nations over which a lift flies, or in which it stops, that are open for a time only."""
    fleet, barred = lift.carrier.fleet, lift.carrier.leave.barred
    stops = {str(sit.places.field_country[stop]) for stop in lift.stops}
    timed = {*overflight_spans(fleet, sit), *(nation for nation in stop_spans(fleet, sit) if nation in stops)}
    found = [nation for nation in overflown(lift, sit, goal) if nation in timed]
    return found or sorted(timed - barred)


def open_at_other_times(lift: Lift, there_h: float, sit: Situation) -> list[Reason]:
    """Which airfields it does without as they close before it has all there, by this hour from the alert, or open then.

    Those of a nation are told by its code, single ones by theirs.
    """
    fleet, found = lift.carrier.fleet, []
    for spans, fields in landing_spans(fleet, sit):
        if lift.field in fields:
            continue
        nations = sorted({str(sit.places.field_country[field]) for field in fields})
        codes = sorted(sit.places.field_code(field) for field in fields)
        what = ", ".join(codes if len(codes) <= _FEW else nations)
        closes_h, opens_h = (spans[-1][1], spans[0][0]) if spans else (0.0, -inf)
        if closes_h < there_h:
            found.append(reason("opens.over", what=what, fleet=fleet.name, until_h=max(closes_h, 0.0), there_h=there_h))
        elif opens_h > there_h:
            found.append(reason("opens.later", what=what, fleet=fleet.name, from_h=opens_h, there_h=there_h))
    return found
