"""Values refuse nonsense when they are made, and what is not known stays unknown."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from subrescue.domain.assets import AircraftType
from subrescue.domain.case import Case, Dissub
from subrescue.domain.errors import InputError
from subrescue.domain.instants import hours_between
from subrescue.domain.position import Fix, Position
from subrescue.domain.quantities import Assumption, Assumptions, Pert
from subrescue.domain.stores import Override

HERE = {"position": {"lat_deg": 66, "lon_deg": 8}}


def a_case(**fields: Any) -> Case:
    known = {"id": "x", "title": "X", "kind": "exercise", "alert": "2026-11-01T12:00:00Z"}
    return Case.model_validate({**known, "dissub": {"name": "Boat", "fix": HERE}, **fields})


def test_the_date_line_has_one_longitude() -> None:
    assert Position(lat_deg=-17.0, lon_deg=180.0) == Position(lat_deg=-17.0, lon_deg=-180.0)


@pytest.mark.parametrize(("lat", "lon"), [(95, 0), (-90.1, 0), (0, 181), (float("nan"), 0), (0, float("inf"))])
def test_a_position_off_the_earth_is_refused(lat: float, lon: float) -> None:
    with pytest.raises(ValidationError):
        Position(lat_deg=lat, lon_deg=lon)


def test_times_are_kept_in_utc() -> None:
    moscow = datetime(2000, 8, 13, 4, 36, tzinfo=timezone(timedelta(hours=4)))
    assert Fix.model_validate({**HERE, "at": moscow}).at == datetime(2000, 8, 13, 0, 36, tzinfo=UTC)
    assert hours_between(moscow, datetime(2000, 8, 13, 3, 6, tzinfo=UTC)) == 2.5


def test_a_time_without_a_zone_is_refused() -> None:
    with pytest.raises(ValidationError, match="a time needs a zone"):
        a_case(alert="2026-11-01T12:00:00")


def test_what_a_dissub_does_not_state_is_unknown() -> None:
    dissub = a_case().dissub
    stated = {"name", "fix", "plight", "compartments"}
    assert {name for name in Dissub.model_fields if getattr(dissub, name) is not None} == stated


def test_a_misspelt_field_is_refused_not_lost() -> None:
    with pytest.raises(ValidationError, match="depht_m"):
        a_case(dissub={"name": "Boat", "fix": HERE, "depht_m": 200})


def test_more_survivors_than_people_aboard_are_refused() -> None:
    with pytest.raises(ValidationError, match="survivors: found 53; at most the 52 people aboard"):
        a_case(dissub={"name": "Boat", "fix": HERE, "people_aboard": 52, "survivors": 53})


def test_a_pert_value_is_a_number_or_three_in_order() -> None:
    assert Pert.model_validate(4) == Pert(min=4, mode=4, max=4)
    assert Pert.model_validate([1, 2, 6]).mean == 2.5  # (1 + 4 * 2 + 6) / 6
    for wrong in ([3, 2, 1], [1, 2], True, "4"):
        with pytest.raises(ValidationError):
            Pert.model_validate(wrong)


def test_a_stated_survival_time_has_its_quantiles_in_order() -> None:
    with pytest.raises(ValidationError, match="does not hold"):
        Override(p10_h=80, p50_h=72, p90_h=100, source="owner")


def test_an_assumption_out_of_its_range_is_refused() -> None:
    load = Assumption(
        key="airlift.load_h",
        title="Loading",
        unit="h",
        value=Pert(min=2, mode=3, max=6),
        source="S38",
        confidence="medium",
        high=48,
    )
    all_of_them = Assumptions(items={load.key: load})
    assert all_of_them.replaced({load.key: Pert.exactly(5)})[load.key] == Pert.exactly(5)
    assert all_of_them[load.key].mode == 3
    with pytest.raises(InputError, match="allowed is 0 to 48"):
        all_of_them.replaced({load.key: Pert.exactly(49)})
    with pytest.raises(InputError, match="unknown name"):
        all_of_them.replaced({"airlift.lode_h": Pert.exactly(5)})


def test_a_payload_range_curve_must_fall() -> None:
    curve = [{"payload_t": 20, "range_nm": 2000}, {"payload_t": 30, "range_nm": 3000}]
    with pytest.raises(ValidationError, match="payload falling"):
        AircraftType.model_validate(
            {
                "id": "a",
                "name": "A",
                "max_payload_t": 30,
                "payload_range": curve,
                "cruise_kn": 400,
                "min_runway_m": 1000,
            }
        )


@given(st.floats(-90, 90), st.floats(-180, 180))
def test_a_position_survives_being_written_and_read(lat: float, lon: float) -> None:
    here = Position(lat_deg=lat, lon_deg=lon)
    assert Position.model_validate_json(here.model_dump_json()) == here
