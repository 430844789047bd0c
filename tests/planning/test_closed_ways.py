"""Ice closes the Arctic: from Japan to Norway ships of a plan go by Suez, and from a sea shut in by ice as they can."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from subrescue.domain.case import Case
from subrescue.domain.position import Fix, Position
from subrescue.earth.passages.frozen import frozen
from subrescue.earth.world import load_world
from subrescue.exchange.wording import say_all
from subrescue.planning.answer.respond import plan
from subrescue.planning.basis.sea_rules import closed_ways
from subrescue.store.assumptions import load_assumptions
from subrescue.store.cases import read_case
from subrescue.store.paths import resources_dir
from subrescue.store.registry import load_registry

WORLD = load_world()
IN_JANUARY = frozenset({
    "bering", "central_arctic", "dmitry_laptev", "jones_sound", "kara_gate", "lancaster", "long", "matochkin_shar",
    "sannikov", "vilkitsky", "yugorsky_shar"})  # fmt: skip


def at(lat: float, lon: float, month: int) -> Case:
    """The demonstration with its submarine elsewhere, in a month."""
    case = read_case(resources_dir() / "cases" / "demo-norwegian-sea.toml")
    there = case.dissub.model_copy(update={"fix": Fix(position=Position(lat_deg=lat, lon_deg=lon))})
    return case.model_copy(update={"dissub": there, "alert": datetime(2026, month, 20, tzinfo=UTC)})


WITHOUT_LEAVE = IN_JANUARY - {"bering"}


@pytest.mark.parametrize(
    ("month", "iced", "closed"),
    [(1, IN_JANUARY, IN_JANUARY), (9, frozenset({"central_arctic"}), WITHOUT_LEAVE)],
)
def test_in_winter_ice_closes_the_arctic_and_in_september_want_of_leave(
    month: int, iced: frozenset[str], closed: frozenset[str]
) -> None:
    assert frozen(WORLD.router.passages, month) == iced
    assert closed_ways(at(64.5, 7.5, month), WORLD) == closed


def test_what_the_case_closes_stays_closed() -> None:
    case = at(64.5, 7.5, 9).model_copy(update={"closed_passages": ("suez",)})
    assert closed_ways(case, WORLD) == {"suez", *WITHOUT_LEAVE}


@pytest.mark.parametrize(
    ("lat", "lon", "closed"),
    [
        (71.5, -160.0, frozenset({"central_arctic"})),  # the Chukchi Sea, behind the Bering Strait
        (75.0, 125.0, frozenset({"central_arctic"})),  # the Laptev Sea, behind Vilkitsky
        (74.0, 70.0, IN_JANUARY),  # the Kara Sea: north of Novaya Zemlya nothing closes
        (89.0, 150.0, IN_JANUARY - {"central_arctic"}),  # near the pole all ways lead through the pack
    ],
)
def test_where_ice_would_shut_the_submarine_in_ways_lead_through_it(
    lat: float, lon: float, closed: frozenset[str]
) -> None:
    assert closed_ways(at(lat, lon, 1), WORLD) == closed


def test_from_japan_to_norway_a_ship_goes_by_suez_and_says_why() -> None:
    registry = load_registry()
    chiyoda = registry.rescue_systems["jp-dsrv-chiyoda"]
    few = registry.model_copy(update={"rescue_systems": {chiyoda.id: chiyoda}, "intervention_systems": {}})
    response = plan(at(64.5, 7.5, 11), few, load_assumptions(), WORLD, samples=50)
    option = next(one for one in response.options if one.asset_id == chiyoda.id)
    passage = next(span for span in option.phases if span.sea is not None)
    assert passage.distance_nm is not None
    assert passage.distance_nm > 11_000
    assert passage.sea is not None
    assert "ice closes" in say_all(passage.sea.reasons)
    assert max(point.lat_deg for point in passage.path) < 66


@pytest.mark.parametrize(
    ("month", "least_nm", "most_nm", "north_deg"),
    [
        (1, 10_900, 11_800, 60.0),  # by Suez
        (7, 10_900, 11_800, 60.0),  # the Bering Strait is open, and what lies behind it is not
        (9, 6_500, 7_600, 82.5),  # along Siberia, not over the pole
    ],
)
def test_from_the_clyde_to_japan_no_way_leads_over_the_pole(
    month: int, least_nm: float, most_nm: float, north_deg: float
) -> None:
    clyde, tokyo = Position(lat_deg=55.6, lon_deg=-5.0), Position(lat_deg=34.9, lon_deg=139.7)
    route = WORLD.router.route(clyde, tokyo, frozen(WORLD.router.passages, month))
    assert least_nm < route.distance_nm < most_nm
    assert route.points[:, 0].max() < north_deg
