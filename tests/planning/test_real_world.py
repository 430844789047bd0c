"""The demonstration exercise, end to end: shipped registry, assumptions and maps."""

from __future__ import annotations

import pytest

from subrescue.domain.assets import AssetStatus
from subrescue.domain.case import Offer
from subrescue.domain.response import Gate, Mode, PhaseName, Response, Verdict
from subrescue.earth.world import load_world
from subrescue.planning.answer.respond import plan
from subrescue.planning.geography.places import places_of
from subrescue.planning.geography.sea_miles import sea_miles
from subrescue.store.assumptions import load_assumptions
from subrescue.store.cases import read_case
from subrescue.store.paths import resources_dir
from subrescue.store.registry import load_registry


@pytest.fixture(scope="module")
def norwegian_sea() -> Response:
    case = read_case(resources_dir() / "cases" / "demo-norwegian-sea.toml")
    return plan(case, load_registry(), load_assumptions(), load_world(), samples=500)


def test_nsrs_flies_from_prestwick_and_rescues_within_days(norwegian_sea: Response) -> None:
    nsrs = next(option for option in norwegian_sea.options if option.asset_id == "nsrs")
    assert nsrs.mode is Mode.FLY_AWAY
    assert nsrs.via.apoe is not None
    assert nsrs.via.apoe.code == "EGPK"
    assert nsrs.time_to_first_rescue_h is not None
    # 72 h is its published goal for a well-placed case, counted from the order; here help has to be accepted first.
    assert 60 < nsrs.time_to_first_rescue_h.p50 < 110


def test_every_asset_that_moves_has_an_option(norwegian_sea: Response) -> None:
    registry = load_registry()
    ids = {option.asset_id for option in norwegian_sea.options}
    known = [*registry.rescue_systems.values(), *registry.intervention_systems.values()]
    assert ids >= {asset.id for asset in known if asset.status is not AssetStatus.WITHDRAWN}


def test_what_is_withdrawn_stands_in_no_plan(norwegian_sea: Response) -> None:
    registry = load_registry()
    withdrawn = {asset.id for asset in registry.assets() if asset.status is AssetStatus.WITHDRAWN}
    assert {"us-dsrv-mystic", "au-remora", "us-pigeon"} <= withdrawn
    used = {option.asset_id for option in norwegian_sea.options}
    used |= {option.via.ship_id for option in norwegian_sea.options if option.via.ship_id is not None}
    assert not used & withdrawn


def test_a_withdrawn_vehicle_that_a_case_names_is_planned_and_told_so() -> None:
    case = read_case(resources_dir() / "cases" / "demo-norwegian-sea.toml")
    offers = (*case.offers, Offer(asset="us-dsrv-mystic"))
    response = plan(
        case.model_copy(update={"offers": offers}),
        load_registry(),
        load_assumptions(),
        load_world(),
        samples=50,
        paths=False,
    )
    mystic = next(option for option in response.options if option.asset_id == "us-dsrv-mystic")
    assert mystic.verdict is Verdict.RED
    assert {gate.reasons[0].id for gate in mystic.gates} >= {"availability.withdrawn"}


def test_those_that_cannot_stand_last_with_a_reason(norwegian_sea: Response) -> None:
    """What nothing but the hours forbids stands between those that may come and those of which no way is known."""
    prospects = [
        0 if option.may_come else 1 if option.is_only_late else 2 if option.verdict is not Verdict.RED else 3
        for option in norwegian_sea.options
    ]
    assert prospects == sorted(prospects)
    assert set(prospects) == {0, 1, 2, 3}
    assert all(option.limiting_factor is not None for option in norwegian_sea.options)


def test_passages_are_drawn_over_the_sea(norwegian_sea: Response) -> None:
    first = norwegian_sea.options[0]
    transit = next(span for span in first.phases if span.phase is PhaseName.TRANSIT)
    assert len(transit.path) >= 2
    assert transit.distance_nm is not None
    assert transit.distance_nm > 10


def test_gates_come_in_their_order(norwegian_sea: Response) -> None:
    order = {gate: number for number, gate in enumerate(Gate)}
    for option in norwegian_sea.options:
        numbers = [order[result.gate] for result in option.gates]
        assert numbers == sorted(numbers)


def test_a_ship_that_lies_in_the_port_has_nothing_to_sail() -> None:
    world = load_world()
    places = places_of(world)
    port = places.port_index("Petropavlovsk-Kamchatsky")
    assert port is not None
    at = places.gazetteer.ports[port].position
    assert sea_miles(world, places, at.lat_deg, at.lon_deg, frozenset()).to(port) < 0.01
