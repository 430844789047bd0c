"""A number may be typed with a unit: that of the field, or one that a navy uses in its place."""

from __future__ import annotations

import pytest

from subrescue.desktop.casualty.casualty_form import DEPTH
from subrescue.desktop.casualty.compartments import value_from_text
from subrescue.desktop.casualty.fields import described
from subrescue.desktop.casualty.typed_units import number_in_unit
from subrescue.desktop.parts.words import set_language
from tests.desktop.driving import MakeWindow, shown, type_into
from tests.desktop.samples import CASE

ERROR = "dissub.fix.error_radius_nm"


@pytest.mark.parametrize(
    ("path", "text", "value"),
    [
        (DEPTH, "600 ft", 182.88),
        (DEPTH, "600ft", 182.88),
        (DEPTH, "100 fathoms", 182.88),
        (DEPTH, "180 m", 180),
        (DEPTH, "0.18 km", 180),
        (ERROR, "15 NM", 15),
        (ERROR, "27.78 km", 15),
        ("environment.wind_kn", "10 m/s", 19.4384),
        ("environment.wind_kn", "20 kts", 20),
        ("environment.water_temperature_c", "50 F", 10),
        ("environment.water_temperature_c", "-1.8 °C", -1.8),
        ("dissub.stores.soda_lime_kg", "100 lb", 45.3592),
        ("dissub.pressure_bar", "30 psi", 2.06843),
        (DEPTH, "180", 180),
        (DEPTH, "", None),
        (DEPTH, "unknown", None),
    ],
)
def test_a_unit_that_stands_beside_a_number_is_reckoned(path: str, text: str, value: float | None) -> None:
    assert number_in_unit(text, described(path)) == value


@pytest.mark.parametrize("text", ["600 f", "600 kg", "600 ftm", "ft", "6oo ft", "1 2 ft", "10 m 20 cm"])
def test_what_is_no_unit_of_the_field_is_handed_on_for_the_refusal(text: str) -> None:
    assert number_in_unit(text, described(DEPTH)) == text


def test_the_units_of_the_language_are_read_and_those_of_navies_in_every_language() -> None:
    set_language("ru")
    try:
        assert number_in_unit("180 м", described(DEPTH)) == 180
        assert number_in_unit("600 футов", described(DEPTH)) == 182.88
        assert number_in_unit("180 m", described(DEPTH)) == 180
    finally:
        set_language("en")


def test_the_form_the_compartments_and_the_forecast_show_what_was_reckoned(make_window: MakeWindow) -> None:
    window = make_window()
    type_into(window, DEPTH, "600 ft")
    assert window.desk.case.dissub.depth_m == 182.88
    assert shown(window, DEPTH) == "182.88"
    assert value_from_text("100 lb", "stores.soda_lime_kg", CASE.alert) == 45.3592
    window.desk.edit("environment.forecast", [{"at": CASE.alert, "wave_height_m": 1.0}])
    model = window.form.forecast.model
    assert model.setData(model.index(0, 1), "10 ft")
    assert window.desk.case.environment.forecast[0].wave_height_m == 3.048
