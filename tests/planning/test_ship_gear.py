"""A ship's crane against the vehicle that brings no launch gear, and her ice class against ice at the datum."""

from __future__ import annotations

from typing import Any

import pytest

from subrescue.domain.response import Gate, GateResult, PhaseName, SeaWay, Verdict
from subrescue.exchange.wording import say
from subrescue.planning.answer.respond import plan
from subrescue.planning.basis.situation import situation_of
from subrescue.planning.ships.chains import in_ice
from subrescue.planning.ships.hosts import hosts_for, suitability
from subrescue.planning.ships.ship_gear import ice_doubt, launch
from subrescue.store.assumptions import load_assumptions
from tests.planning.worlds import a_case, own_ship_system, registry, rescue_ship, rescue_system, ship, small_world

NUMBERS = load_assumptions()
WORLD = small_world()
PIECES = [{"name": "Vehicle", "mass_t": 27.0}, {"name": "Winch", "mass_t": 8.0}, {"name": "Umbilical"}]


def vehicle(own: bool | None, pieces: list[dict[str, Any]] | None = None) -> Any:
    shipment = {"mass_t": 100, "outsize_pieces": 1, "pieces": PIECES if pieces is None else pieces}
    return rescue_system(own_launch_gear=own, shipment=shipment)


@pytest.mark.parametrize(
    ("own", "crane_t", "verdict", "message"),
    [
        (True, None, Verdict.GREEN, "ship.own_launch_gear"),
        (True, 5.0, Verdict.GREEN, "ship.own_launch_gear"),
        (False, 27.0, Verdict.GREEN, "ship.crane_lifts"),  # the heaviest piece, exactly
        (False, 26.0, Verdict.RED, "ship.crane_short"),
        (False, None, Verdict.UNKNOWN, "ship.crane_unknown"),
        (None, 50.0, Verdict.GREEN, "ship.crane_lifts"),
        (None, 26.0, Verdict.UNKNOWN, "ship.crane_doubt"),
        (None, None, Verdict.UNKNOWN, "ship.crane_unknown"),
    ],
)
def test_a_vehicle_without_launch_gear_needs_a_crane_that_lifts_its_heaviest_piece(
    own: bool | None, crane_t: float | None, verdict: Verdict, message: str
) -> None:
    found, why = launch(vehicle(own), ship(crane_t=crane_t))
    assert (found, why.id) == (verdict, message)


def test_a_mass_that_nobody_knows_stays_unknown() -> None:
    assert launch(vehicle(False, []), ship(crane_t=100.0))[0] is Verdict.UNKNOWN
    assert launch(rescue_system(shipment=None), ship(crane_t=100.0))[1].id == "ship.piece_unknown"


def test_a_crane_that_is_too_weak_leaves_the_ship_out_and_a_certified_one_is_not_asked() -> None:
    weak = {"civilian": True, "crane_t": 10.0, "deck_area_m2": 500.0}
    system = vehicle(False)
    ships = [ship(id="weak", name="Weak", certified_for=[], **weak), ship(id="made-for-it", crane_t=10.0)]
    sit = situation_of(a_case(), registry(systems=[system], ships=ships), NUMBERS, WORLD, 0, 10)
    assert suitability(system, ships[0], sit)[0] is Verdict.RED
    assert suitability(system, ships[1], sit)[0] is Verdict.GREEN
    assert [host.ship.id for host in hosts_for(system, sit) if host.ship is not None] == ["made-for-it"]


def ship_gate(ice_class: str | None, *, ice: bool | None = True) -> GateResult:
    """The gate of the ship of a vehicle that lives aboard, in ice or without."""
    environment = {"wave_height_m": 1.0, "current_kn": 0.5, "visibility_m": 5, "ice": ice}
    assets = registry(systems=[own_ship_system()], interventions=[], ships=[rescue_ship(ice_class=ice_class)])
    option = plan(a_case(environment=environment), assets, NUMBERS, WORLD, samples=50).options[0]
    return next(gate for gate in option.gates if gate.gate is Gate.SHIP)


@pytest.mark.parametrize(
    ("ice_class", "verdict", "message", "remedy"),
    [
        ("1A", Verdict.GREEN, "ship.ice_class", None),
        ("none", Verdict.AMBER, "ship.ice_class_none", "a ship with an ice class, or an icebreaker with her"),
        (None, Verdict.UNKNOWN, "ship.ice_class_unknown", "ask NO for the ice class"),
    ],
)
def test_ice_at_the_datum_asks_for_the_ice_class_of_the_ship(
    ice_class: str | None, verdict: Verdict, message: str, remedy: str | None
) -> None:
    gate = ship_gate(ice_class)
    (why,) = (one for one in gate.reasons if one.id.startswith("ship.ice"))
    assert (gate.verdict, why.id) == (verdict, message)
    assert (say(why.remedy) if why.remedy is not None else None) == remedy


@pytest.mark.parametrize("ice", [False, None])
def test_without_ice_nobody_asks_for_an_ice_class(ice: bool | None) -> None:
    gate = ship_gate(None, ice=ice)
    assert gate.verdict is Verdict.GREEN
    assert not [why for why in gate.reasons if why.id.startswith("ship.ice")]


def test_a_vessel_to_be_chartered_must_be_built_for_ice() -> None:
    ice = a_case(environment={"ice": True})
    assert ice_doubt(None, ice)[1][0].id == "ship.charter_for_ice"
    assert ice_doubt(None, a_case()) == (Verdict.GREEN, ())


def test_ice_makes_the_last_miles_to_the_datum_longer() -> None:
    """220 nm from the rescue ship's berth: the last 200 of them twice as long, by the most likely values."""

    def transit(ice: bool) -> tuple[float, list[str]]:
        environment = {"wave_height_m": 1.0, "current_kn": 0.5, "visibility_m": 5, "ice": ice}
        assets = registry(systems=[own_ship_system()], interventions=[], ships=[rescue_ship(ice_class="1A")])
        option = plan(a_case(environment=environment), assets, NUMBERS, WORLD, samples=50).options[0]
        span = next(one for one in option.phases if one.phase is PhaseName.TRANSIT)
        assert span.sea is not None
        assert span.length_h is not None
        return span.length_h.p50, [say(why) for why in span.sea.reasons]

    (open_h, _), (ice_h, why) = transit(False), transit(True)
    assert 200.0 / 15.0 < ice_h - open_h < 3 * 200.0 / 15.0
    assert "ice at the datum: the last 200 NM take about 2 times as long" in why


def test_near_the_poles_the_pack_ice_reaches_from_where_it_begins() -> None:
    """Of 1,500 nm to 88 N the last 200 and eight degrees of latitude more are in it."""
    case = a_case(dissub={"fix": {"position": {"lat_deg": 88.0, "lon_deg": 0.0}}}, environment={"ice": True})
    sit = situation_of(case, registry(), NUMBERS, WORLD, 0, 10)
    _, (why,) = in_ice(sit, 1500.0, SeaWay(speed_kn=15.0, factor=1.0, canal_h=0.0))
    assert why.values["nm"] == 200.0 + 8 * 60.0


@pytest.mark.parametrize(
    ("ice_class", "verdict"), [("1A", Verdict.AMBER), ("none", Verdict.RED), (None, Verdict.UNKNOWN)]
)
def test_in_the_pack_ice_near_the_poles_an_icebreaker_has_to_lead(ice_class: str | None, verdict: Verdict) -> None:
    fix = {"position": {"lat_deg": 84.0, "lon_deg": -20.0}}
    found, why = ice_doubt(rescue_ship(ice_class=ice_class), a_case(dissub={"fix": fix}, environment={"ice": True}))
    assert (found, why[0].id) == (verdict, "ship.pack_ice")


@pytest.mark.parametrize(
    ("lat_deg", "ice", "verdict"),
    [
        (88.0, None, Verdict.UNKNOWN),
        (-80.0, None, Verdict.UNKNOWN),
        (79.9, None, Verdict.GREEN),
        (88.0, False, Verdict.GREEN),
    ],
)
def test_near_a_pole_ice_of_which_the_case_says_nothing_is_not_taken_for_none(
    lat_deg: float, ice: bool | None, verdict: Verdict
) -> None:
    case = a_case(dissub={"fix": {"position": {"lat_deg": lat_deg, "lon_deg": 3.0}}}, environment={"ice": ice})
    for option in plan(case, registry(), NUMBERS, WORLD, samples=20).options:
        gate = next(gate for gate in option.gates if gate.gate is Gate.SHIP)
        assert gate.verdict is verdict
        assert ("ship.ice_not_stated" in {why.id for why in gate.reasons}) is (verdict is Verdict.UNKNOWN)


def test_no_ship_of_a_third_nation_at_odds_with_the_owner_is_planned_as_host() -> None:
    """TCG Alemdar, certified for the NATO system, was to carry it to an Israeli boat; she does once she is offered."""
    system = rescue_system()
    theirs = ship(id="theirs", nations=["TR"], certified_for=[system.id])
    assets = registry(systems=[system], ships=[theirs])

    def hosts(owner: str, **more: Any) -> list[str]:
        case = a_case(**more)
        case = case.model_copy(update={"dissub": case.dissub.model_copy(update={"nation": owner})})
        sit = situation_of(case, assets, NUMBERS, WORLD, 0, 10)
        return [host.ship.id for host in hosts_for(system, sit) if host.ship is not None]

    assert hosts("IL") == []
    assert hosts("GR") == ["theirs"]
    assert hosts("IL", offers=[{"asset": "theirs", "state": "accepted"}]) == ["theirs"]
