"""What happens in the hull and over it, in the shape of the response file: compartments, escape, stores, people out."""

from __future__ import annotations

from subrescue.domain.quantities import Band
from subrescue.domain.response import CompartmentWindow, EscapeAdvice, PeopleOut, SurfaceSurvival, TracePoint
from subrescue.domain.store_pair import StorePair
from subrescue.exchange import response_format as out
from subrescue.exchange.format_parts import BandOut, ReasonOut
from subrescue.exchange.numbers import tenth, thousandth


def optional_band(band: Band | None) -> BandOut | None:
    """A band of hours to a tenth; None where there is none."""
    return None if band is None else certain_band(band)


def certain_band(band: Band) -> BandOut:
    """A band of hours to a tenth."""
    return BandOut(p10=round(band.p10, 1), p50=round(band.p50, 1), p90=round(band.p90, 1))


def compartment(space: CompartmentWindow, reasons: tuple[ReasonOut, ...]) -> out.CompartmentOut:
    """The survival window of one compartment."""
    limits = (
        out.LimitOut(name=limit.name, p10_h=tenth(limit.p10_h), p50_h=tenth(limit.p50_h), p90_h=tenth(limit.p90_h))
        for limit in space.limits
    )
    return out.CompartmentOut(
        name=space.name,
        people=space.people,
        p10_h=round(space.p10_h, 1),
        p50_h=round(space.p50_h, 1),
        p90_h=round(space.p90_h, 1),
        limiting=space.limiting,
        limits=tuple(limits),
        co2_percent=_trace(space.co2_percent),
        o2_kpa=_trace(space.o2_kpa),
        decompression_h=optional_band(space.decompression_h),
        reasons=reasons,
    )


def _trace(points: tuple[TracePoint, ...]) -> tuple[out.TracePointOut, ...]:
    return tuple(out.TracePointOut(at_h=round(point.at_h, 1), value=round(point.value, 2)) for point in points)


def escape(advice: EscapeAdvice, words: str, reasons: tuple[ReasonOut, ...]) -> out.EscapeOut:
    """Escape and what waits above."""
    return out.EscapeOut(
        verdict=advice.verdict,
        reason=words,
        reasons=reasons,
        all_out_h=optional_band(advice.all_out_h),
        surface=tuple(_surface(one) for one in advice.surface),
        help_id=advice.help_id,
        help=advice.help,
        help_h=optional_band(advice.help_h),
        probability_help_first=thousandth(advice.probability_help_first),
    )


def _surface(one: SurfaceSurvival) -> out.SurfaceOut:
    chance = thousandth(one.probability_until_help)
    return out.SurfaceOut(gear=one.gear, lives_h=certain_band(one.lives_h), probability_until_help=chance)


def store_pair(pair: StorePair) -> out.StorePairOut:
    """Stores that one asset posts for the rescue by another."""
    return out.StorePairOut(
        first_id=pair.first_id,
        first=pair.first,
        pods=pair.pods,
        pods_assumed=pair.pods_assumed,
        posted_h=certain_band(pair.posted_h),
        bought_h=round(pair.bought_h, 1),
        survival_h=certain_band(pair.survival_h),
        second_id=pair.second_id,
        second=pair.second,
        probability_before=round(pair.probability_before, 3),
        probability_after=round(pair.probability_after, 3),
        rescued_before=tenth(pair.rescued_before),
        rescued_after=tenth(pair.rescued_after),
    )


def people_out(dive: PeopleOut) -> out.PeopleOutOut:
    """One dive of the rescue."""
    return out.PeopleOutOut(
        dive=dive.dive,
        people=dive.people,
        total=dive.total,
        out_h=certain_band(dive.out_h),
        probability_in_time=thousandth(dive.probability_in_time),
    )
