"""Work at the datum waits for a window in the forecast that is long enough; where none is known the plan says so."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from functools import cache
from math import inf
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from subrescue.domain.case import Case
from subrescue.domain.quantities import Pert
from subrescue.domain.response import Gate, GateResult, Option, PhaseName, Response, Verdict
from subrescue.planning.answer.respond import plan
from subrescue.planning.doubt.weather import Windows, waves_below, wind_below
from subrescue.store.assumptions import load_assumptions
from tests.planning.worlds import a_case, registry, rescue_system, ship, small_world

# Help that is put off comes days later, in another sea.
NUMBERS = load_assumptions().replaced({"alert.put_off_chance": Pert.exactly(0.0)})
ALERT = datetime(2026, 11, 1, 12, tzinfo=UTC)


def forecast(*entries: tuple[float, float], wave_height_m: float | None = None, wind_kn: float | None = None) -> Case:
    """The case with waves by hour from the alert."""
    hours = [
        {"at": ALERT + timedelta(hours=hour), "wave_height_m": waves, "wind_kn": wind_kn} for hour, waves in entries
    ]
    known = a_case().environment.model_dump() | {"wave_height_m": wave_height_m, "forecast": hours}
    return Case.model_validate({**a_case().model_dump(), "environment": known})


def answer(case: Case, samples: int = 200) -> Response:
    return plan(case, registry(), NUMBERS, small_world(), samples=samples)


def option(response: Response, asset: str = "nsrs") -> Option:
    return next(found for found in response.options if found.asset_id == asset)


def sea(found: Option) -> GateResult:
    return next(gate for gate in found.gates if gate.gate is Gate.SEA)


def test_windows_are_where_waves_are_low_and_the_last_one_is_open() -> None:
    case = forecast((0, 4), (24, 1), (30, 4), (48, 1))
    found = waves_below(rescue_system(launch_wave_height_m=2), case, NUMBERS)
    # Before the first entry the sea is as in the first; 4 m are over 2 m. The last entry holds for six hours.
    assert found == Windows(((24.0, 30.0), (48.0, inf)), 54.0, 2.0, "m", assumed=False)


@pytest.mark.parametrize(("before_h", "open_h"), [(45.0, 51.0), (12.0, 54.0)])
def test_the_last_entry_holds_as_long_as_the_one_before_it_and_no_longer_than_six_hours(
    before_h: float, open_h: float
) -> None:
    """Nobody dives into the gale that the forecast ends with."""
    found = waves_below(rescue_system(launch_wave_height_m=2), forecast((before_h, 1), (48, 5)), NUMBERS)
    assert found is not None
    assert found.spans == ((-inf, 48.0), (open_h, inf))
    # Work of seven hours that is ready at 42 h would run into it.
    assert found.earliest(np.array(42.0), np.array(7.0)) == open_h


def test_a_single_entry_holds_for_six_hours() -> None:
    found = waves_below(rescue_system(launch_wave_height_m=2), forecast((10, 5)), NUMBERS)
    assert found is not None
    assert found.spans == ((16.0, inf),)


def test_after_the_forecast_nothing_is_forbidden() -> None:
    found = waves_below(rescue_system(launch_wave_height_m=2), forecast((0, 4), (48, 4)), NUMBERS)
    assert found is not None
    assert found.spans == ((54.0, inf),)


def test_before_the_first_entry_the_stated_sea_holds() -> None:
    found = waves_below(rescue_system(launch_wave_height_m=2), forecast((10, 4), (20, 1), wave_height_m=1.0), NUMBERS)
    assert found is not None
    assert found.spans == ((-inf, 10.0), (20.0, inf))


def test_a_limit_that_is_not_known_is_the_general_one() -> None:
    found = waves_below(rescue_system(launch_wave_height_m=None), forecast((0, 1)), NUMBERS)
    assert found is not None
    assert (found.limit, found.assumed) == (2.5, True)


def test_without_a_forecast_there_are_no_windows() -> None:
    assert waves_below(rescue_system(), a_case(), NUMBERS) is None
    assert wind_below(forecast((0, 1)), NUMBERS) is None  # waves are told, wind is not


def test_work_starts_in_the_first_window_that_is_long_enough() -> None:
    windows = Windows(((24.0, 30.0), (48.0, inf)), 48.0, 2.0, "m", assumed=False)
    ready, length = np.array([0.0, 26.0, 26.0, 50.0]), np.array([5.0, 4.0, 5.0, 5.0])
    # At 26 h four hours fit before 30 h, five do not.
    assert windows.earliest(ready, length).tolist() == [24.0, 26.0, 48.0, 50.0]


@given(
    ready=st.floats(0, 100),
    length=st.floats(0, 20),
    later=st.floats(0, 50),
    longer=st.floats(0, 20),
    waves=st.lists(st.floats(0, 6), min_size=1, max_size=12),
    rise=st.floats(0, 3),
)
def test_later_longer_or_rougher_never_starts_sooner(
    ready: float, length: float, later: float, longer: float, waves: list[float], rise: float
) -> None:
    def start(ready_h: float, length_h: float, more_m: float) -> float:
        case = forecast(*((8.0 * number, wave + more_m) for number, wave in enumerate(waves)))
        found = waves_below(rescue_system(launch_wave_height_m=2), case, NUMBERS)
        assert found is not None
        return float(found.earliest(np.array(ready_h), np.array(length_h)))

    first = start(ready, length, 0.0)
    assert first >= ready
    assert start(ready + later, length, 0.0) >= first
    assert start(ready, length + longer, 0.0) >= first
    assert start(ready, length, rise) >= first


def test_a_calm_forecast_changes_no_time() -> None:
    calm = option(answer(forecast((0, 1), (400, 1), wave_height_m=1.0)))
    assert calm.time_to_first_rescue_h == option(answer(a_case())).time_to_first_rescue_h
    assert sea(calm).verdict is Verdict.GREEN
    assert sea(calm).reasons[0].id == "sea.window"
    assert PhaseName.WEATHER_WAIT not in {span.phase for span in calm.phases}


def test_a_storm_at_arrival_is_waited_out_and_stands_in_the_timetable() -> None:
    before = option(answer(a_case()))
    assert before.time_to_first_rescue_h is not None
    found = option(answer(forecast((0, 1), (10, 7), (150, 1), (400, 1))))
    assert before.time_to_first_rescue_h.p90 < 150
    spans = {span.phase: span for span in found.phases}
    # All are there before 150 h; survey and first dive start when the sea goes down.
    assert spans[PhaseName.SURVEY].start_h.p10 == spans[PhaseName.SURVEY].start_h.p90 == 150.0
    assert spans[PhaseName.WEATHER_WAIT].end_h.p50 == 150.0
    assert PhaseName.WEATHER_WAIT in found.critical_path
    assert sea(found).verdict is Verdict.AMBER
    assert sea(found).reasons[0].id == "sea.waits"


def test_nothing_before_a_wait_for_the_sea_is_said_to_decide() -> None:
    """All are there long before the sea goes down at 300 h: an hour less at sea is none."""
    found = option(answer(forecast((0, 1), (10, 7), (300, 1), (600, 1))))
    assert found.critical_path[0] is PhaseName.WEATHER_WAIT
    felt = [span.phase for span in found.phases if span.critical]
    assert felt[:2] == [PhaseName.WEATHER_WAIT, PhaseName.SURVEY]
    before = [span for span in found.phases if span.phase in (PhaseName.ALERT, PhaseName.TRANSIT)]
    assert len(before) == 2
    for span in before:
        assert (span.critical, span.critical_share) == (False, 0.0)
        assert span.slack_h is not None
        assert span.slack_h > 100.0


def test_a_forecast_without_a_window_is_said_to_have_none() -> None:
    found = option(answer(forecast((0, 7), (200, 7))))
    gate = sea(found)
    assert gate.verdict is Verdict.UNKNOWN
    assert gate.reasons[0].id == "sea.no_window"
    assert gate.reasons[0].values["until_h"] == 206.0
    assert found.time_to_first_rescue_h is not None
    assert found.time_to_first_rescue_h.p10 > 206.0


def test_an_arrival_after_the_forecast_is_said_to_be_unknown() -> None:
    gate = sea(option(answer(forecast((0, 1), (3, 1)))))
    assert (gate.verdict, gate.reasons[0].id) == (Verdict.UNKNOWN, "sea.beyond_forecast")


def test_a_wait_for_a_limit_that_nobody_published_is_unknown() -> None:
    case = forecast((0, 1), (5, 4), (100, 1), (400, 1))
    assets = registry(systems=[rescue_system(launch_wave_height_m=None)])
    found = option(plan(case, assets, NUMBERS, small_world(), samples=100))
    assert (sea(found).verdict, sea(found).reasons[0].id) == (Verdict.UNKNOWN, "sea.waits_unknown")


def test_stated_waves_over_the_limit_do_not_forbid_what_the_forecast_lets_through() -> None:
    found = option(answer(forecast((5, 1), (400, 1), wave_height_m=7.0)))
    assert sea(found).verdict is Verdict.GREEN


ALONE = registry(systems=[rescue_system()], ships=[ship()], interventions=[])


@cache
def in_a_rougher_sea(more_m: float) -> tuple[float, int, float]:
    """First rescue, how bad the sea is and the chance to be late, with waves that much higher than foretold."""
    hours: list[Any] = [(0, 3 + more_m), (60, 1 + more_m), (70, 4 + more_m), (90, 2 + more_m), (150, 1 + more_m)]
    found = option(plan(forecast(*hours), ALONE, NUMBERS, small_world(), samples=20))
    assert found.time_to_first_rescue_h is not None
    assert found.probability_in_time is not None
    worse = [Verdict.GREEN, Verdict.AMBER, Verdict.UNKNOWN, Verdict.RED].index(sea(found).verdict)
    return found.time_to_first_rescue_h.p50, worse, -found.probability_in_time


@given(rise=st.floats(0, 4))
def test_a_rougher_forecast_never_improves_an_option(rise: float) -> None:
    calm, rough = in_a_rougher_sea(0.0), in_a_rougher_sea(rise)
    assert all(after >= before for before, after in zip(calm, rough, strict=True))


@pytest.mark.parametrize("order", [(5, 3), (5, 5)])
def test_a_forecast_out_of_order_is_refused_with_the_entry(order: tuple[int, int]) -> None:
    with pytest.raises(ValueError, match=r"forecast: found 2026-11-01T1.:00Z as entry 2; it must be later than"):
        forecast((order[0], 1), (order[1], 1))
