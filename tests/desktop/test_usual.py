"""Beside the environment's fields stands what is usual at the datum, with its source, and can be taken over."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import cache

import pytest

from subrescue.desktop.casualty.depth_data import DepthOfPlace, depth_of
from subrescue.desktop.casualty.usual import (
    BOTTOM,
    SURFACE,
    USUAL_PATHS,
    WIND,
    conditions_of,
    light_words,
    usual_values,
)
from subrescue.desktop.main_window import MainWindow
from subrescue.domain.case import Case
from subrescue.earth.sea_and_sky.conditions import Conditions, conditions_at
from subrescue.earth.world import load_world
from tests.desktop.driving import MakeWindow, shown, trigger
from tests.desktop.samples import CASE

WORLD = load_world()


def moved(lat: float, lon: float, **dissub: object) -> Case:
    data = CASE.model_dump(mode="json")
    data["dissub"] |= {"fix": {"position": {"lat_deg": lat, "lon_deg": lon}}, **dissub}
    return Case.model_validate(data)


def found(case: Case) -> Conditions:
    conditions = conditions_of(case, WORLD)
    assert conditions is not None
    return conditions


@cache
def place() -> DepthOfPlace:
    return depth_of(WORLD, CASE.dissub.fix.position)


def show(window: MainWindow, conditions: Conditions | None) -> None:
    window.form.show_case(CASE, place(), conditions)


@pytest.fixture
def window(make_window: MakeWindow) -> MainWindow:
    window = make_window()
    show(window, found(CASE))
    return window


def test_each_field_that_the_climate_knows_has_its_estimate_with_source() -> None:
    usual = usual_values(found(CASE))
    assert set(usual) == set(USUAL_PATHS)
    assert usual[WIND].words == "18 kn (7-31)"
    assert usual[WIND].value == 18
    assert usual[SURFACE].words == "8.2 °C (6.9 to 9.5)"
    assert usual[SURFACE].value == 8.2
    assert usual[BOTTOM].tip.startswith("At 255 m: 7.2 °C")
    assert "Source: COADS" in usual[SURFACE].tip
    assert "Source: Levitus" in usual[BOTTOM].tip
    assert all("no observation and no forecast" in estimate.tip for estimate in usual.values())


def test_without_a_depth_the_bottom_is_at_the_chart_s_depth() -> None:
    usual = usual_values(found(moved(64.5, 7.5, depth_m=None)))
    assert usual[BOTTOM].tip.startswith("At 252 m, the depth by the chart: ")


def test_where_the_climate_knows_nothing_there_is_no_row(window: MainWindow) -> None:
    black_sea = usual_values(found(moved(43, 34)))
    assert set(black_sea) == {WIND, SURFACE}
    show(window, found(moved(48.85, 2.35)))
    assert all(row.isHidden() for row in window.form.usual_rows.values())
    assert window.form.air.isHidden()
    assert not window.form.light.isHidden()
    show(window, None)
    assert window.form.light.isHidden()


def test_taking_an_estimate_is_an_edit_that_can_be_undone(window: MainWindow) -> None:
    assert window.desk.case.environment.water_temperature_c is None
    row = window.form.usual_rows[SURFACE]
    assert row.label.text() == "Usual 8.2 °C (6.9 to 9.5)"
    row.button.click()
    assert window.desk.case.environment.water_temperature_c == 8.2
    assert shown(window, SURFACE) == "8.2"
    assert not row.button.isEnabled()
    trigger(window, "undo")
    assert window.desk.case.environment.water_temperature_c is None
    assert row.button.isEnabled()


def test_showing_estimates_changes_nothing_in_the_case(window: MainWindow) -> None:
    assert window.desk.case == CASE
    assert not window.desk.session.unsaved


def test_the_sun_s_times_stand_below_and_polar_night_is_said() -> None:
    assert light_words(found(CASE)) == "Sun 08:28Z to 14:04Z · civil twilight 07:21Z to 15:11Z"
    case = moved(71, 20)
    winter = conditions_at(case.dissub.fix.position, datetime(2026, 12, 21, tzinfo=UTC), WORLD)
    assert light_words(winter).endswith("the sun does not rise (polar night), at most civil twilight")
    summer = conditions_at(case.dissub.fix.position, datetime(2026, 6, 21, tzinfo=UTC), WORLD)
    assert light_words(summer) == "The sun does not set (polar day)"


def test_an_alert_in_a_year_that_the_sun_is_not_worked_out_for_has_no_conditions() -> None:
    case = CASE.model_copy(update={"alert": datetime(1850, 1, 1, tzinfo=UTC)})
    assert conditions_of(case, WORLD) is None
