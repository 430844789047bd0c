"""Medical units near the datum stand in the response, with the way there by air and sea and what is known of them."""

from __future__ import annotations

from typing import Any

import pytest

from subrescue.domain.assets import MedicalUnit
from subrescue.domain.case import Case
from subrescue.domain.quantities import Pert
from subrescue.domain.treatment import Treatment
from subrescue.earth.shape.geodesy import distance_nm
from subrescue.planning.answer.respond import plan
from subrescue.store.assumptions import load_assumptions
from tests.planning.worlds import a_case, registry, ship, small_world

NUMBERS = load_assumptions().replaced(
    {
        "treatment.helicopter_kn": Pert(min=100, mode=120, max=150),
        "treatment.helicopter_nm": Pert(min=200, mode=250, max=300),
    }
)
WORLD = small_world()
BERGEN = {"name": "Bergen", "position": {"lat_deg": 60.4, "lon_deg": 5.4}}
INLAND = {"name": "Inland", "position": {"lat_deg": 62.5, "lon_deg": 9.0}}


def unit(**fields: Any) -> MedicalUnit:
    known = {
        "id": "bergen",
        "name": "Bergen hospital",
        "nations": ["NO"],
        "medical_kind": "hospital",
        "status": "active",
        "status_date": "2026",
        "base": BERGEN,
    }
    return MedicalUnit.model_validate({**known, **fields})


def treated(case: Case, *units: MedicalUnit, ships: Any = None) -> Treatment | None:
    assets = registry(ships=ships).model_copy(update={"medical_units": {one.id: one for one in units}})
    return plan(case, assets, NUMBERS, WORLD, samples=200).treatment


def test_a_unit_stands_with_its_miles_its_flight_and_its_passage() -> None:
    found = treated(a_case(), unit(chamber_places=12, beds=600), ships=[ship()])
    assert found is not None
    assert (found.people, found.pressed, found.ship) == (40, 0, "Mother ship")
    (place,) = found.places
    away_nm = distance_nm(64.0, 3.0, 60.4, 5.4)
    assert place.distance_nm == pytest.approx(away_nm)
    assert place.flight_h is not None
    assert away_nm / 150 < place.flight_h.p10 < away_nm / 120 < place.flight_h.p90 < away_nm / 100
    assert place.port is not None
    assert place.port.name == "North quay"
    assert place.sea_nm == pytest.approx(distance_nm(64.0, 3.0, 60.4, 5.3), rel=0.01)
    assert place.sea_h is not None
    assert place.sea_nm is not None
    assert place.sea_h.p50 > place.sea_nm / 15
    assert (place.chamber_places, place.beds) == (12, 600)


def test_who_is_out_of_reach_is_not_flown_and_who_has_no_port_is_not_sailed() -> None:
    found = treated(a_case(dissub={"fix": {"position": {"lat_deg": 66.0, "lon_deg": -5.0}}}), unit(base=INLAND))
    assert found is not None
    (place,) = found.places
    assert place.distance_nm > 250
    assert place.flight_h is None
    assert (place.port, place.sea_nm, place.sea_h) == (None, None, None)


def test_what_nobody_published_stays_unknown() -> None:
    found = treated(a_case(), unit())
    assert found is not None
    assert (found.places[0].chamber_places, found.places[0].beds) == (None, None)


def test_the_nearest_come_first_and_those_that_cannot_help_are_left_out() -> None:
    far = {"name": "Far", "position": {"lat_deg": 55.9, "lon_deg": -4.9}}
    units = [
        unit(id="far", base=far),
        unit(),
        unit(id="gone", status="withdrawn"),
        unit(id="said-no"),
        unit(id="nowhere", base=None),
    ]
    offers = [{"asset": "said-no", "state": "declined"}]
    found = treated(a_case(offers=offers), *units)
    assert found is not None
    assert [place.unit_id for place in found.places] == ["bergen", "far"]


def test_who_comes_out_of_pressure_is_not_flown_before_decompression() -> None:
    found = treated(a_case(dissub={"pressure_bar": 2.2}), unit(pressure_limit_bar=2.0, fly_away=True, notice_h=6))
    assert found is not None
    assert found.pressed == 40
    (why,) = found.reasons
    assert (why.id, why.values["people"], why.values["bar"]) == ("treatment.no_flight", 40, 2.2)
    told = {why.id: why.values for why in found.places[0].reasons}
    assert told["treatment.pressure_short"] == {"bar": 2.2, "limit_bar": 2.0}
    assert told["treatment.moves_after"] == {"hours": 6.0}


def test_without_a_known_pressure_nobody_is_told_to_need_a_chamber() -> None:
    found = treated(a_case(dissub={"pressure_bar": None}), unit())
    assert found is not None
    assert found.pressed is None
    assert found.reasons == ()


@pytest.mark.parametrize("dissub", [{"survivors": 0}, {"hull_crushed": True}])
def test_where_nobody_comes_out_nobody_is_treated(dissub: dict[str, Any]) -> None:
    assert treated(a_case(dissub=dissub), unit()) is None


def test_without_units_there_is_nothing_to_tell() -> None:
    assert treated(a_case()) is None
