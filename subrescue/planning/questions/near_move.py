"""What an option becomes when the DISSUB is moved a little, roughly: the same ways, the passage longer or shorter.

A plan of the new place takes a tenth of a second; this takes some thousandths, and is shown until that is there. The
asset goes by the same airfields, port and ship; only its passage to the datum is measured anew, and what comes after
it comes so much later or sooner. Chances, verdicts and reasons are left as they were.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from subrescue.domain.airlift import Place
from subrescue.domain.position import Position
from subrescue.domain.quantities import Band
from subrescue.domain.response import Option, PeopleOut, PhaseName, PhaseSpan
from subrescue.earth.router.ways import with_steps
from subrescue.planning.answer.paths import not_used_by
from subrescue.planning.geography.sea_miles import IN_PORT_NM

if TYPE_CHECKING:
    from subrescue.earth.shape.water import FloatArray
    from subrescue.earth.world import World


@dataclass(frozen=True)
class _Leg:
    """The passage of an option to the datum, the number of its phase, and what it is measured by."""

    option: Option
    at: int
    start: Position
    datum: Place
    nm: float
    length_h: Band
    canal_h: float
    not_used: frozenset[str]


def moved_options(
    options: Iterable[Option],
    datum: Position,
    world: World,
    closed: frozenset[str] = frozenset(),
    drawn: str | None = None,
) -> dict[str, Option]:
    """Those of the options whose hours at another datum can be told from what is known of their passages, by asset.

    `closed` are the passages that are closed in the case; the option of the asset `drawn` gets the points of its new
    passage, as `planning.answer.paths.with_paths` gives them, the others none. Missing are options without a passage
    that ends at the datum that they were planned for, and those that no known way leads near to.
    """
    groups: dict[tuple[Position, frozenset[str]], list[_Leg]] = {}
    for option in options:
        leg = _passage(option, closed)
        if leg is not None:
            groups.setdefault((leg.datum.position, leg.not_used), []).append(leg)
    found = {}
    for (known, not_used), legs in groups.items():
        lats, lons = [leg.start.lat_deg for leg in legs], [leg.start.lon_deg for leg in legs]
        near = world.router.near_ways(known, datum, lats, lons, closed=not_used)
        for leg, nm, line in zip(legs, near.nm.tolist(), near.lines, strict=True):
            if math.isfinite(nm):
                asset = leg.option.asset_id
                found[asset] = _moved(leg, nm, datum, line if asset == drawn else None)
    return found


def _passage(option: Option, closed: frozenset[str]) -> _Leg | None:
    """The phase that leads by sea to the datum; None where there is none, or it cannot be measured."""
    for at, span in enumerate(option.phases):
        if span.phase is PhaseName.TRANSIT:
            start, end, sea, nm, length_h = span.origin, span.destination, span.sea, span.distance_nm, span.length_h
            if start is None or end is None or sea is None or length_h is None or nm is None or nm <= IN_PORT_NM:
                return None
            not_used = not_used_by(sea, closed)
            return _Leg(option, at, start.position, end, nm, length_h, sea.canal_h, not_used)
    return None


def _moved(leg: _Leg, nm: float, datum: Position, line: FloatArray | None) -> Option:
    option, more = leg.option, nm / leg.nm - 1.0
    # The hours at sea grow with the miles, those in canals do not.
    p10, p50, p90 = (
        max(hours - leg.canal_h, 0.0) * more for hours in (leg.length_h.p10, leg.length_h.p50, leg.length_h.p90)
    )
    later = Band(p10=p10, p50=p50, p90=p90)
    span = option.phases[leg.at]
    changes = {
        "destination": leg.datum.model_copy(update={"position": datum}),
        "distance_nm": nm,
        "end_h": _after(span.end_h, later),
        "length_h": _after(leg.length_h, later),
        "path": _path(line) if line is not None else (),
    }
    after = (_span_after(one, later) for one in option.phases[leg.at + 1 :])
    return option.model_copy(
        update={
            "phases": (*option.phases[: leg.at], span.model_copy(update=changes), *after),
            "sea_nm": option.sea_nm + nm - leg.nm if option.sea_nm is not None else None,
            "time_to_intervention_h": _after(option.time_to_intervention_h, later),
            "time_to_first_rescue_h": _after(option.time_to_first_rescue_h, later),
            "time_to_last_rescue_h": _after(option.time_to_last_rescue_h, later),
            "people_out": tuple(_dive_after(dive, later) for dive in option.people_out),
        }
    )


def _path(line: FloatArray) -> tuple[Position, ...]:
    """The passage to the datum from the way that leads from it."""
    return tuple(Position(lat_deg=lat, lon_deg=lon) for lat, lon in with_steps(line)[::-1].tolist())


def _span_after(span: PhaseSpan, later: Band) -> PhaseSpan:
    return span.model_copy(update={"start_h": _after(span.start_h, later), "end_h": _after(span.end_h, later)})


def _dive_after(dive: PeopleOut, later: Band) -> PeopleOut:
    return dive.model_copy(update={"out_h": _after(dive.out_h, later)})


def _after(band: Band | None, later: Band) -> Band | None:
    """So much later; where much is taken off, the three keep their order."""
    if band is None:
        return None
    p10, p50, p90 = sorted((band.p10 + later.p10, band.p50 + later.p50, band.p90 + later.p90))
    return Band(p10=p10, p50=p50, p90=p90)
