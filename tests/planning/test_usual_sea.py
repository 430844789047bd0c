"""Without a forecast work at the datum may wait for the sea, as likely as the usual wind there says."""

from __future__ import annotations

from math import exp, log, pi
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from subrescue.domain.case import Case
from subrescue.domain.quantities import Pert
from subrescue.domain.response import Gate, GateResult, Option, PhaseName, Verdict
from subrescue.planning.answer.respond import plan
from subrescue.planning.doubt.durations import Draws, FloatArray
from subrescue.planning.doubt.usual_sea import UsualSea, usual_waves, usual_wind
from subrescue.store.assumptions import load_assumptions
from tests.planning.worlds import DRAWN_H, a_case, registry, rescue_system, small_world

# Help that is put off comes days later.
NUMBERS = load_assumptions().replaced({"alert.put_off_chance": Pert.exactly(0.0)})
ROUGH = NUMBERS["weather.rough_h"]
DRAWS = Draws(1, 1000)
NO_LENGTH = np.zeros(1)


def stated(waves_m: float | None, **more: Any) -> Case:
    known = a_case().environment.model_dump() | {"wave_height_m": waves_m} | more
    return Case.model_validate({**a_case().model_dump(), "environment": known})


def sea(waves_m: float | None, wind_kn: float = 18.0, limit_m: float = 2.0, **more: Any) -> UsualSea:
    found = usual_waves(rescue_system(launch_wave_height_m=limit_m), stated(waves_m, **more), NUMBERS, wind_kn)
    assert found is not None
    return found


def waits(found: UsualSea, ready_h: float) -> FloatArray:
    ready = np.full(1000, ready_h)
    return found.starts(ready, NO_LENGTH, DRAWS) - ready


def option(case: Case, wind_kn: float | None, **of_system: Any) -> Option:
    assets = registry(systems=[rescue_system(**of_system)])
    return plan(case, assets, NUMBERS, small_world(wind_kn=wind_kn), samples=500).options[0]


def gate(found: Option) -> GateResult:
    return next(one for one in found.gates if one.gate is Gate.SEA)


def test_the_sea_is_that_of_pierson_and_moskowitz_and_the_wind_that_of_rayleigh() -> None:
    # 20 m/s make a sea of 8.97 m; a wind of twice the mean is the share exp(-pi) of all.
    assert sea(None, wind_kn=10.0 * 3600 / 1852, limit_m=0.22 * 400 / 9.81).chance == pytest.approx(exp(-pi))
    jump = usual_wind(stated(1.0), NUMBERS, 10.0)
    assert jump is not None
    assert (jump.limit, jump.unit) == (20.0, "kn")
    assert jump.chance == pytest.approx(exp(-pi))


def test_where_nothing_is_stated_the_usual_chance_holds_at_once() -> None:
    found = sea(None)
    assert np.mean(waits(found, 0.0) > 0) == pytest.approx(found.chance, abs=0.001)
    struck = waits(found, 0.0)[waits(found, 0.0) > 0]
    assert found.waits_h.min <= struck.min() < struck.max() <= found.waits_h.max


@pytest.mark.parametrize(("ready_h", "share"), [(0.0, 0.0), (24.0, 0.5), (48.0, 1.0), (300.0, 1.0)])
def test_a_good_sea_counts_for_two_days(ready_h: float, share: float) -> None:
    found = sea(1.0)
    assert np.mean(waits(found, ready_h) > 0) == pytest.approx(share * found.chance, abs=0.001)


def test_a_rough_sea_goes_down_and_may_come_again() -> None:
    found = sea(3.0)
    assert waits(found, 0.0).min() >= ROUGH.min
    late = waits(found, found.waits_h.max)
    assert np.mean(late > 0) == pytest.approx(found.chance, abs=0.001)
    assert found.median_start(0.0, 0.0) > ROUGH.min
    assert found.median_start(90.0, 0.0) == 90.0


def test_a_sea_lasts_as_long_as_kuwashima_and_hogben_found_for_its_chance() -> None:
    """On the mean 35 h (-ln P)^-0.6; the assumption is that of one hour in seven, and of a sea of unknown chance."""
    for wind_kn in (12.0, 16.0, 20.0, 28.0):
        found = sea(None, wind_kn)
        mean_h = (found.waits_h.min + 4 * found.waits_h.mode + found.waits_h.max) / 6
        assert mean_h == pytest.approx(35 * (-log(found.chance)) ** -0.6, rel=0.01)
    assert sea(None, 28.0).waits_h.max > 2 * ROUGH.max
    rough = usual_waves(rescue_system(launch_wave_height_m=2), stated(3.0), NUMBERS, None)
    assert rough is not None
    assert rough.waits_h == ROUGH


def test_in_ice_and_where_no_ship_has_told_the_wind_no_sea_is_usual() -> None:
    assert usual_waves(rescue_system(), stated(1.0, ice=True), NUMBERS, 18.0) is None
    assert usual_waves(rescue_system(), stated(None), NUMBERS, None) is None
    rough = usual_waves(rescue_system(launch_wave_height_m=2), stated(3.0), NUMBERS, None)
    assert rough is not None
    assert (rough.rough_now, rough.chance) == (True, 0.0)


@given(
    ready_h=st.floats(0, 200),
    later_h=st.floats(0, 100),
    waves_m=st.floats(0, 6),
    rise_m=st.floats(0, 3),
    wind_kn=st.floats(1, 40),
    windier_kn=st.floats(0, 20),
    limit_m=st.floats(1, 6),
    lower_m=st.floats(0, 0.9),
)
def test_later_rougher_windier_or_a_lower_limit_never_starts_sooner(
    ready_h: float,
    later_h: float,
    waves_m: float,
    rise_m: float,
    wind_kn: float,
    windier_kn: float,
    limit_m: float,
    lower_m: float,
) -> None:
    """In every draw, so that no median, chance or order gets better by it."""
    first = ready_h + waits(sea(waves_m, wind_kn, limit_m), ready_h)
    no_sooner = first - DRAWN_H
    assert np.all(first >= ready_h)
    then_h = ready_h + later_h
    assert np.all(then_h + waits(sea(waves_m, wind_kn, limit_m), then_h) >= no_sooner)
    assert np.all(ready_h + waits(sea(waves_m + rise_m, wind_kn, limit_m), ready_h) >= no_sooner)
    assert np.all(ready_h + waits(sea(waves_m, wind_kn + windier_kn, limit_m), ready_h) >= no_sooner)
    assert np.all(ready_h + waits(sea(waves_m, wind_kn, limit_m - lower_m), ready_h) >= no_sooner)


def test_the_wait_stands_in_the_timetable_with_its_reason_and_remedy() -> None:
    calm, windy = option(stated(1.0), None), option(stated(1.0), 18.0)
    assert calm.time_to_first_rescue_h is not None
    assert windy.time_to_first_rescue_h is not None
    assert windy.time_to_first_rescue_h.p90 > calm.time_to_first_rescue_h.p90 + ROUGH.min
    wait = next(span for span in windy.phases if span.phase is PhaseName.WEATHER_WAIT)
    assert wait.assumption == "weather.rough_h"
    assert PhaseName.WEATHER_WAIT not in {span.phase for span in calm.phases}
    why = gate(windy).reasons[0]
    assert (gate(windy).verdict, why.id) == (Verdict.AMBER, "sea.usual")
    assert why.remedy is not None
    assert why.remedy.id == "find.wave_height"
    assert gate(calm).verdict is Verdict.GREEN
    # The path of the medians leaves the chance out.
    assert windy.critical_path == calm.critical_path


def test_a_forecast_takes_its_place() -> None:
    case = stated(1.0, forecast=[{"at": "2026-11-01T12:00:00Z", "wave_height_m": 1.0}])
    assert {why.id for why in gate(option(case, 18.0)).reasons} == {"sea.beyond_forecast"}
    assert option(case, 18.0).time_to_first_rescue_h == option(case, None).time_to_first_rescue_h


def test_a_rough_sea_now_forbids_nobody_who_comes_when_it_has_gone_down() -> None:
    found = option(stated(3.0), None, launch_wave_height_m=2)
    assert gate(found).verdict is Verdict.AMBER
    assert gate(found).reasons[0].id == "sea.over"
    assert found.time_to_first_rescue_h is not None


def test_a_likely_sea_leaves_what_is_not_known_unknown() -> None:
    found = gate(option(stated(None), 18.0))
    assert found.verdict is Verdict.UNKNOWN
    assert [why.id for why in found.reasons] == ["sea.unknown", "sea.usual"]
