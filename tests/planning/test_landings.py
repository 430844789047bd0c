"""Airfields have bounds until somebody looks at them: these lie below, and change no chain."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from subrescue.domain.assets import RescueSystem
from subrescue.domain.case import Case, LandingClearance
from subrescue.domain.quantities import Pert
from subrescue.earth.router.kept import Kept
from subrescue.earth.world import load_world
from subrescue.planning.airlift import landings
from subrescue.planning.airlift.embarkation import _landed_before, landed_at
from subrescue.planning.airlift.landings import Landings
from subrescue.planning.basis.asset_of_way import asset_of_way
from subrescue.planning.basis.ground import ground_of, on_ground
from subrescue.planning.basis.situation import Situation, situation_of
from subrescue.planning.geography.areas import RADII_NM, area_about
from subrescue.planning.ways.asset_chains import chains_of
from subrescue.planning.ways.flown_by import flights_of
from subrescue.store.assumptions import load_assumptions
from subrescue.store.cases import read_case
from subrescue.store.paths import resources_dir
from subrescue.store.registry import load_registry
from tests.planning.every_chain import Field, Port
from tests.planning.test_every_chain import a_calm_case, as_world, short_legged, worlds
from tests.planning.worlds import C17, fleet, registry, rescue_system, ship

NUMBERS = load_assumptions()
SYSTEM = rescue_system(notice_h=[2, 3, 6], shipment={"mass_t": 90, "outsize_pieces": 1})


def refused(nation: str, bare: frozenset[str]) -> Case:
    """A calm case in which this nation lets nobody fly over, with airfields that have no K-loader."""
    clearance = LandingClearance(nation=nation, overflight_refused=True)
    return a_calm_case(bare).model_copy(update={"clearances": (clearance,)})


def assets(fleets: list[tuple[int, float]], share: float) -> Any:
    """So many fleets with aircraft and waits, the first of another type that carries half as much."""
    small = C17.model_copy(update={"id": "small", "max_payload_t": 38.0})
    types = {one.id: one for one in (short_legged(share).model_copy(update={"loader_t": 29.5}), small)}
    flying = [
        fleet(id=f"f{n}", usable_count=count, wait_h=wait, aircraft_type="small" if not n else "c-17a")
        for n, (count, wait) in enumerate(fleets)
    ]
    found = registry(systems=[SYSTEM], ships=[ship(), ship(id="other", speed_kn=9)], fleets=flying, interventions=[])
    return found.model_copy(update={"aircraft_types": types})


GIVEN = (
    worlds(),
    st.lists(st.tuples(st.integers(1, 3), st.floats(1, 40)), min_size=1, max_size=3),
    st.sampled_from([1.0, 0.1, 0.06]),
    st.sampled_from(["NO", "DK", "IE", "SE"]),
    st.sampled_from([frozenset[str](), frozenset({"N0"})]),
)


def situation(
    world: tuple[list[Field], list[Port]],
    fleets: list[tuple[int, float]],
    share: float,
    nation: str,
    bare: frozenset[str],
) -> Situation:
    return situation_of(refused(nation, bare), assets(fleets, share), NUMBERS, as_world(world), 0, 10)


@settings(max_examples=20, deadline=None)
@given(*GIVEN)
def test_nothing_stands_on_an_airfield_before_its_bound(
    world: tuple[list[Field], list[Port]],
    fleets: list[tuple[int, float]],
    share: float,
    nation: str,
    bare: frozenset[str],
) -> None:
    sit = situation(world, fleets, share, nation, bare)
    ground = ground_of(sit)
    there = flights_of(SYSTEM, ground).landings(area_about(sit.places, sit.datum, np.inf), ground)
    least_h = there.hours.copy()
    there.settle(np.arange(len(least_h)))
    assert there.exact.all()
    assert (least_h <= there.hours).all()


@settings(max_examples=12, deadline=None)
@given(*GIVEN)
def test_flights_over_nobody_who_refuses_are_what_a_search_round_him_finds(
    world: tuple[list[Field], list[Port]],
    fleets: list[tuple[int, float]],
    share: float,
    nation: str,
    bare: frozenset[str],
) -> None:
    sit = situation(world, fleets, share, nation, bare)
    flights, area = flights_of(SYSTEM, ground_of(sit)), area_about(sit.places, sit.datum, np.inf)
    for flying in flights.entrants.flyings:
        landed = landed_at(sit.places, area, flying, np.arange(len(area.fields)))
        searched = _landed_before(sit.places, area, flying, np.full(len(area.fields), np.inf))
        assert (landed.hours == searched.hours).all()
        assert (landed.apoe == searched.apoe).all()


def test_who_searches_again_looks_at_the_airfields_that_were_asked_for_before(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    case, found = read_case(resources_dir() / "cases" / "demo-norwegian-sea.toml"), load_registry()
    urf = asset_of_way(found.rescue_systems["se-urf"])
    assert isinstance(urf, RescueSystem)
    monkeypatch.setattr(landings, "_asked", Kept(8))  # another test may have asked

    def landings_after(load_h: float) -> Landings:
        numbers = NUMBERS.replaced({"airlift.load_h": Pert.exactly(load_h)})
        sit = situation_of(case, found, numbers, load_world(), 0, 10)
        assert chains_of(urf, sit)
        ground = ground_of(sit)
        flights = on_ground(ground, "flights", (urf.id, None), (urf,), lambda: flights_of(urf, ground))
        return flights.landings(area_about(sit.places, sit.datum, RADII_NM[0]), ground)

    asked = landings._asked
    first, before = landings_after(3.0), asked.get(landings_after(3.01).key)
    again = landings_after(3.02)
    assert before is not None
    assert again.exact[before].all()
    assert len(again.asked) <= len(first.asked)
    assert sum(again.asked) <= sum(first.asked), "what was asked for before does not make the next look larger"


@settings(max_examples=12, deadline=None)
@given(*GIVEN)
def test_chains_are_those_of_looking_at_every_airfield(
    world: tuple[list[Field], list[Port]],
    fleets: list[tuple[int, float]],
    share: float,
    nation: str,
    bare: frozenset[str],
) -> None:
    def told(sit: Situation) -> list[Any]:
        chains = chains_of(SYSTEM, sit)
        return [(one.hours, one.via, one.mode, [step.phase for step in one.steps]) for one in chains]

    by_bounds = told(situation(world, fleets, share, nation, bare))
    # A world of its own, so that nothing is kept of the first.
    sit = situation(world, fleets, share, nation, bare)
    ground = ground_of(sit)
    flights = on_ground(ground, "flights", (SYSTEM.id, None), (SYSTEM,), lambda: flights_of(SYSTEM, ground))
    for radius_nm in RADII_NM:
        there = flights.landings(area_about(sit.places, sit.datum, radius_nm), ground)
        there.settle(np.arange(len(there.hours)))
    assert told(sit) == by_bounds
