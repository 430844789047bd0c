"""Where airspace is refused, airfields have bounds until somebody looks: these lie below, and change no chain.

What flies over none of those that refuse is known at once.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from subrescue.domain.case import Case, LandingClearance
from subrescue.earth.world import load_world
from subrescue.planning.airlift.embarkation import _landed_before, landed_at
from subrescue.planning.airlift.first_landed import first_landed, looked_at
from subrescue.planning.basis.ground import ground_of, on_ground
from subrescue.planning.basis.situation import Situation, situation_of
from subrescue.planning.geography.areas import RADII_NM, area_about
from subrescue.planning.ways.asset_chains import chains_of
from subrescue.planning.ways.by_air import flights_of
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
    there = flights_of(SYSTEM, False, ground).landings(area_about(sit.places, sit.datum, np.inf), ground)
    least_h = there.hours.copy()
    there.settle(np.arange(len(least_h)))
    assert there.exact.all()
    assert (least_h <= there.hours).all()


@settings(max_examples=12, deadline=None)
@given(*GIVEN)
def test_what_is_certain_at_once_is_what_a_look_at_every_airfield_finds(
    world: tuple[list[Field], list[Port]],
    fleets: list[tuple[int, float]],
    share: float,
    nation: str,
    bare: frozenset[str],
) -> None:
    sit = situation(world, fleets, share, nation, bare)
    flights, area = flights_of(SYSTEM, False, ground_of(sit)), area_about(sit.places, sit.datum, np.inf)
    entrants = flights.entrants
    first = first_landed(sit.places, area, entrants)
    looked = looked_at(sit.places, area, entrants, np.arange(len(area.fields)))
    assert (first.hours[first.exact] == looked.hours[first.exact]).all()
    assert (first.number[first.exact] == looked.number[first.exact]).all()
    # Nor does a look take over from the flights as if nothing were barred what the search round it would not find.
    for flying in entrants.flyings:
        landed = landed_at(sit.places, area, flying, np.arange(len(area.fields)))
        searched = _landed_before(sit.places, area, flying, np.full(len(area.fields), np.inf))
        assert (landed.hours == searched.hours).all()
        assert (landed.apoe == searched.apoe).all()


def test_of_the_fleets_that_fly_over_nobody_who_refuses_nothing_is_looked_for() -> None:
    case = read_case(resources_dir() / "cases" / "demo-norwegian-sea.toml")
    clearance = LandingClearance(nation="RU", overflight_refused=True)
    case, found = case.model_copy(update={"clearances": (*case.clearances, clearance)}), load_registry()
    sit = situation_of(case, found, NUMBERS, load_world(), 0, 10)
    ground = ground_of(sit)
    flights = flights_of(found.rescue_systems["se-urf"], False, ground)
    there = flights.landings(area_about(sit.places, sit.datum, RADII_NM[0]), ground)
    assert all(carrier.flying.hops.round is not None for carrier in flights.carriers)
    assert np.isfinite(there.hours).sum() > 500
    assert there.exact.all()


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
    flights = on_ground(ground, "flights", SYSTEM.id, (SYSTEM,), lambda: flights_of(SYSTEM, False, ground))
    for radius_nm in RADII_NM:
        there = flights.landings(area_about(sit.places, sit.datum, radius_nm), ground)
        there.settle(np.arange(len(there.hours)))
    assert told(sit) == by_bounds
