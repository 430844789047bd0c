"""A tanker takes a fleet beyond its range without a stop: where it can meet it, is cleared, and comes soon enough."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from subrescue.domain.assets import AircraftFleet, AircraftType
from subrescue.domain.registry import Registry
from subrescue.domain.response import Option, PhaseName
from subrescue.earth.shape.sphere import unit_vectors
from subrescue.planning.airlift.payloads import range_nm
from subrescue.planning.airlift.refuelling import NO_TANKER, TankerBase, Tanking, met_by
from subrescue.planning.answer.respond import plan
from subrescue.planning.doubt.durations import median
from subrescue.planning.geography.places import sphere_nm
from subrescue.store.assumptions import load_assumptions
from subrescue.store.registry import load_registry
from tests.planning.worlds import C17, a_case, a_field, a_port, fleet, registry, rescue_system, ship, small_world

NUMBERS = load_assumptions()
# Flights are chosen on the sphere and flown on WGS 84, which makes minutes.
TOLERANCE_H = 0.02
FUEL_T = 10.0
HOME, STOP, THERE = (55.5, -4.6), (57.5, -1.0), (60.3, 5.2)


def receiver(share: float) -> AircraftType:
    """A C-17 with a share of its range that takes fuel by boom and uses so much that 10 t are half of its leg."""
    points = [point.model_copy(update={"range_nm": point.range_nm * share}) for point in C17.payload_range]
    update = {"payload_range": tuple(points), "air_refuelled": True, "takes_fuel_by": "boom"}
    leg_nm = range_nm(tuple(points), 20.0) * 0.9
    update["fuel_t_h"] = min(FUEL_T * C17.cruise_kn * 0.9 / (leg_nm / 2.0), 50.0)
    return AircraftType.model_validate(C17.model_dump() | update)


def tanker_type(by: str = "boom") -> AircraftType:
    """A tanker that gives 10 t 200 nm from its base: half of 400 nm."""
    return AircraftType.model_validate(
        {
            "id": "tanker",
            "name": "Tanker",
            "max_payload_t": 60,
            "payload_range": [{"payload_t": 60, "range_nm": 200}, {"payload_t": 0, "range_nm": 440}],
            "cruise_kn": 450,
            "min_runway_m": 2400,
            "gives_fuel_by": [by],
        }
    )


def a_tanker(lat: float = 58.0, lon: float = 0.0, **fields: Any) -> AircraftFleet:
    base = {"name": "Tanker base", "position": {"lat_deg": lat, "lon_deg": lon}}
    known = {"id": "tankers", "name": "Tankers", "aircraft_type": "tanker", "base": base, "wait_h": 1}
    return fleet(**{**known, **fields})


def assets(tankers: list[AircraftFleet], by: str = "boom", share: float = 0.07) -> Registry:
    system = rescue_system(
        shipment={"mass_t": 20, "outsize_pieces": 1}, airfield_icao="HOME", ship_classes_certified=["moship"]
    )
    day = registry(systems=[system], interventions=[], ships=[ship()], fleets=[fleet(), *tankers])
    kinds = {one.id: one for one in (receiver(share), tanker_type(by))}
    return day.model_copy(update={"aircraft_types": kinds})


def answer(day: Registry, *, stop: tuple[float, float] | None = STOP, **numbers: float) -> Option:
    fields = [a_field("HOME", *HOME, 3000, "GB"), a_field("THERE", *THERE, 2900, "NO")]
    if stop is not None:
        fields.append(a_field("STOP", *stop, 3000, "GB"))
    changed = {"refuel.fuel_t": FUEL_T, "airlift.other_apoe_h": 48}
    changed |= {key.replace("__", "."): value for key, value in numbers.items()}
    case = a_case(assumptions=changed)
    return plan(case, day, NUMBERS, small_world(fields, [a_port("bergen", 60.4, 5.3)]), samples=50).options[0]


def apart(a: tuple[float, float], b: tuple[float, float]) -> float:
    return float(sphere_nm(np.array(a[0]), np.array(a[1]), np.array(b[0]), np.array(b[1])))


def said(option: Option) -> set[str]:
    return {why.id for gate in option.gates for why in gate.reasons}


def landed_h(option: Option) -> float:
    assert option.airlift is not None
    return option.airlift.timetable[0].landed_h


def test_without_a_tanker_it_stops_and_with_one_it_does_not() -> None:
    plain, met = answer(assets([])), answer(assets([a_tanker()]))
    assert [stop.code for stop in plain.via.stops] == ["STOP"]
    assert met.via.stops == ()
    assert "lift.refuelled" in said(met)
    phases = [span.phase for span in met.phases]
    at = phases.index(PhaseName.AIR_REFUELLING)
    assert phases[at - 1] is phases[at + 1] is PhaseName.FLIGHT
    assert met.airlift is not None
    assert met.airlift.timetable[0].tanker == "Tankers"
    saved = median(NUMBERS["airlift.stop_h"]) + median(NUMBERS["airlift.leg_extra_h"])
    longer_nm = apart(HOME, STOP) + apart(STOP, THERE) - apart(HOME, THERE)
    longer = longer_nm / C17.cruise_kn * median(NUMBERS["airlift.track_factor"])
    spent = median(NUMBERS["refuel.rendezvous_h"])
    assert landed_h(plain) - landed_h(met) == pytest.approx(saved + longer - spent, abs=TOLERANCE_H)


def test_a_leg_that_nothing_else_makes_possible_is_flown() -> None:
    nothing = answer(assets([]), stop=None)
    assert nothing.via.apod is None
    met = answer(assets([a_tanker()]), stop=None)
    assert met.via.apod is not None
    assert "lift.refuelled" in said(met)


@pytest.mark.parametrize(
    "day",
    [
        pytest.param(assets([a_tanker()], by="drogue"), id="a receptacle takes no hose"),
        pytest.param(assets([a_tanker(nations=["FR"])]), id="no clearance is known"),
        pytest.param(assets([a_tanker(status="withdrawn")]), id="withdrawn"),
        pytest.param(assets([a_tanker(lat=-30.0)]), id="too far from its base"),
        pytest.param(assets([a_tanker()], share=0.03), id="beyond what one refuelling gives"),
        pytest.param(assets([a_tanker()], share=0.2), id="none is needed"),
    ],
)
def test_no_tanker_is_planned_with_that_cannot_or_need_not(day: Registry) -> None:
    assert "lift.refuelled" not in said(answer(day))


def test_a_fleet_that_names_the_receivers_nation_is_cleared() -> None:
    assert "lift.refuelled" in said(answer(assets([a_tanker(nations=["FR"], refuels=["GB"])])))


def test_a_clearance_that_nobody_has_stated_is_a_doubt_where_it_is_asked_for() -> None:
    met = answer(assets([a_tanker(nations=["FR"])]), refuel__unknown_cleared=1)
    doubt = next(why for gate in met.gates for why in gate.reasons if why.id == "lift.tanker_clearance_unknown")
    assert doubt.remedy is not None
    assert doubt.values["nations"] == "FR, GB"


@settings(max_examples=30, deadline=None)
@given(st.floats(54, 62), st.floats(-8, 8), st.floats(0, 40), st.floats(0, 8), st.floats(55.0, 57.9), st.floats(-6, 2))
def test_it_is_chosen_exactly_where_it_lands_sooner(
    lat: float, lon: float, wait: float, rendezvous: float, stop_lat: float, stop_lon: float
) -> None:
    stop = (stop_lat, stop_lon)
    plain = answer(assets([]), stop=stop, refuel__rendezvous_h=rendezvous)
    found = answer(assets([a_tanker(lat, lon, wait_h=wait)]), stop=stop, refuel__rendezvous_h=rendezvous)
    leg_nm = range_nm(receiver(0.07).payload_range, 20.0) * 0.9
    direct = apart(HOME, THERE)
    low, high = max(direct - leg_nm, 0.0), min(direct, leg_nm)
    here, there = (unit_vectors(np.array([p[0]]), np.array([p[1]]))[0] for p in (HOME, THERE))
    across = there - (there @ here) * here
    across /= np.linalg.norm(across)
    along = np.linspace(low, high, 2000)[:, None] / 3440.065
    base = unit_vectors(np.array([lat]), np.array([lon]))[0]
    cosine = (np.cos(along) * here + np.sin(along) * across) @ base
    nearest = float(np.min(3440.065 * np.arccos(np.clip(cosine, -1, 1))))
    if abs(nearest - 200.0) < 1.0 or direct > 1.5 * leg_nm - 1.0:
        return
    order = median(NUMBERS["alert.notify_h"]) + median(NUMBERS["alert.accept_h"])
    air = direct * median(NUMBERS["airlift.track_factor"]) / C17.cruise_kn + median(NUMBERS["airlift.leg_extra_h"])
    alone = landed_h(plain) if plain.airlift is not None else math.inf
    begins = order + 8.0  # the aircraft's own wait, after which it is loaded; the system is there long before
    takes_off = max(begins + median(NUMBERS["airlift.load_h"]), order + wait)
    met = takes_off + air + rendezvous if nearest < 200.0 else math.inf
    if abs(met - alone) < TOLERANCE_H:
        return
    if math.isinf(min(met, alone)):
        # By road to the other airfield, two days later, a tanker may still meet the flight from there.
        assert found.airlift is None or (found.via.apoe is not None and found.via.apoe.code == "STOP")
        return
    assert landed_h(found) == pytest.approx(min(met, alone), abs=TOLERANCE_H)
    assert ("lift.refuelled" in said(found)) is (met < alone)


@given(
    st.tuples(st.floats(-80, 80), st.floats(-180, 180)),
    st.tuples(st.floats(-80, 80), st.floats(-180, 180)),
    st.tuples(st.floats(-80, 80), st.floats(-180, 180)),
    st.floats(500, 5000),
)
def test_a_wider_radius_or_a_longer_leg_never_loses_a_meeting(
    a: tuple[float, float], b: tuple[float, float], base: tuple[float, float], leg_nm: float
) -> None:
    here, there = (unit_vectors(np.array([p[0]]), np.array([p[1]])) for p in (a, b))

    def meets(radius_nm: float, leg: float) -> bool:
        tanking = Tanking((TankerBase(*base, radius_nm),), leg * 1.5, 100.0)
        return bool(met_by(here[0], there, leg, tanking)[0] != NO_TANKER)

    assert meets(500.0, leg_nm) <= meets(900.0, leg_nm)
    assert meets(500.0, leg_nm) <= meets(500.0, leg_nm * 1.2)


def test_the_voyager_refuels_the_rafs_a400m_and_not_its_c17() -> None:
    kinds = load_registry().aircraft_types
    assert kinds["a400m"].takes_fuel_by in kinds["voyager"].gives_fuel_by
    assert kinds["c-17a"].takes_fuel_by not in kinds["voyager"].gives_fuel_by
    assert kinds["c-17a"].takes_fuel_by in kinds["a330-mrtt"].gives_fuel_by
