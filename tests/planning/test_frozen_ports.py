"""Where no liner calls and the sea may freeze no vessel lies for hire in winter: one comes by sea from open water."""

from __future__ import annotations

from datetime import UTC, datetime

import numpy as np
import pytest

from subrescue.domain.assets import InterventionSystem
from subrescue.domain.case import Case
from subrescue.domain.response import PhaseName
from subrescue.earth.sea_and_sky.freezing import may_freeze
from subrescue.earth.world import load_world
from subrescue.planning.answer.respond import plan
from subrescue.planning.basis.situation import situation_of
from subrescue.planning.ships.frozen_ports import charter_comes_nm, charters_come_nm
from subrescue.planning.ways.asset_chains import chains_of
from subrescue.store.assumptions import load_assumptions
from subrescue.store.registry import load_registry
from tests.planning.worlds import a_case

NUMBERS = load_assumptions()


def comes_nm(name: str, month: int) -> float:
    case = a_case(alert=f"2026-{month:02}-15T12:00:00Z")
    sit = situation_of(case, load_registry(), NUMBERS, load_world(), 0, 10)
    port = sit.places.port_index(name)
    assert port is not None
    return charter_comes_nm(port, sit)


@pytest.mark.parametrize(
    ("name", "least_nm", "most_nm", "summer_nm"),
    [
        # By sea round Alaska through the Bering Strait: from Cook Inlet some 2,300 NM, 520 over land.
        ("Prudhoe Bay", 1000.0, 3000.0, 200.0),
        ("Nome", 300.0, 1200.0, 0.0),
        ("Churchill", 900.0, 2500.0, 0.0),  # through Hudson Strait; 640 over land from Thunder Bay
        ("Moosonee", 900.0, 3000.0, 0.0),
    ],
)
def test_a_vessel_comes_to_a_frozen_port_from_open_water_and_lies_there_in_summer(
    name: str, least_nm: float, most_nm: float, summer_nm: float
) -> None:
    assert least_nm < comes_nm(name, 3) < most_nm
    assert comes_nm(name, 8) <= summer_nm


@pytest.mark.parametrize("name", ["Helsinki", "Arkhangelsk", "Nuuk"])
def test_where_liners_call_vessels_lie_in_winter_too(name: str) -> None:
    assert comes_nm(name, 2) == 0.0


def test_in_the_gulf_of_bothnia_a_vessel_is_a_day_away_at_most() -> None:
    assert 0.0 < comes_nm("Luleå", 2) < 200.0


def test_the_hours_of_a_rov_off_churchill_have_her_passage_in_winter() -> None:
    def found(month: int) -> tuple[float, float]:
        boat = {"fix": {"position": {"lat_deg": 59.5, "lon_deg": -90.0}}, "nation": "CA", "depth_m": 100.0}
        case: Case = a_case(alert=f"2026-{month:02}-15T12:00:00Z", dissub=boat)
        response = plan(case, load_registry(), NUMBERS, load_world(), samples=100, paths=False, brief=True)
        rov = next(option for option in response.options if option.asset_id == "us-urc-rov")
        assert rov.first_h is not None
        came = [one.distance_nm or 0.0 for one in rov.phases if one.phase is PhaseName.SHIP_TO_PORT]
        return rov.first_h.p50, sum(came)

    (winter_h, winter_nm), (summer_h, summer_nm) = found(3), found(8)
    assert summer_nm == 0.0
    assert winter_nm > 500.0
    assert winter_h > summer_h + 24.0


def test_of_many_ports_the_great_circle_is_a_bound_until_the_way_by_sea_is_asked_for() -> None:
    sit = situation_of(a_case(alert="2026-03-15T12:00:00Z"), load_registry(), NUMBERS, load_world(), 0, 10)
    found = [sit.places.port_index(name) for name in ("Churchill", "Helsinki", "Singapore")]
    ports = np.array([port for port in found if port is not None])
    bound_nm, known = charters_come_nm(ports, sit.places.port_charter_nm[ports], sit)
    assert known.tolist() == [False, True, True]
    exact_nm, known = charters_come_nm(ports, bound_nm, sit)
    assert known.all()
    assert 100.0 < bound_nm[0] < exact_nm[0] == charter_comes_nm(int(ports[0]), sit)


def test_a_search_finds_the_open_port_behind_the_frozen_ones() -> None:
    """Beaufort Sea in February: the ROV was sent to Resolute, for 203 h; by Goodnews Bay it is there 30 h sooner."""
    rov = load_registry().find("nsrs-irov")
    assert isinstance(rov, InterventionSystem)

    def hours(**offer: str) -> float:
        boat = {"fix": {"position": {"lat_deg": 72.5, "lon_deg": -140.0}}, "nation": "US", "depth_m": 55.0}
        offers = [{"asset": "nsrs-irov", "state": "not_asked", **offer}] if offer else []
        case = a_case(alert="2026-02-10T06:00:00Z", dissub=boat, environment={"ice": True}, offers=offers)
        return chains_of(rov, situation_of(case, load_registry(), NUMBERS, load_world(), 0, 10))[0].hours

    assert hours() <= hours(spod="Goodnews Bay") < 180.0


@pytest.mark.parametrize(
    ("name", "month"), [("Kuujjuarapik", 1), ("Moosonee", 1), ("Ayan", 3), ("Goose Bay", 1), ("Taganrog", 2)]
)
def test_where_ice_lies_in_one_of_the_coldest_months_it_may_in_each(name: str, month: int) -> None:
    """In Hudson Bay the plan hired a vessel at Kuujjuarapik in January, and asked for an icebreaker in February."""
    world = load_world()
    port = world.gazetteer.find_port(name)
    assert port is not None
    assert may_freeze(port.position, datetime(2026, month, 10, tzinfo=UTC), world.climate)


@pytest.mark.parametrize("name", ["Bergen", "Tromso", "Murmansk", "Halifax", "Esbjerg", "Sevastopol", "Busan"])
def test_what_stays_open_in_every_winter_is_not_frozen_by_the_next_month(name: str) -> None:
    world = load_world()
    port = world.gazetteer.find_port(name)
    assert port is not None
    assert not any(may_freeze(port.position, datetime(2026, m, 10, tzinfo=UTC), world.climate) for m in (1, 2, 3))
