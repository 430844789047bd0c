"""Bounds on landings lie below what they bound, and leave out no fleet and no pool that would be first."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from subrescue.planning.airlift.embarkation import landed_at
from subrescue.planning.airlift.first_landed import Entrants, first_landed, soonest_landed_h
from subrescue.planning.airlift.landing_bounds import least_of, most_sorties
from subrescue.planning.airlift.pools import flown_by, pooled_at_h
from subrescue.planning.basis.ground import ground_of
from subrescue.planning.basis.situation import situation_of
from subrescue.planning.geography.areas import Area, area_about
from subrescue.planning.geography.places import Places
from subrescue.planning.ways.flown_by import flights_of
from tests.planning.every_chain import Field, Port
from tests.planning.test_every_chain import a_calm_case, as_world, worlds
from tests.planning.test_landings import NUMBERS, assets
from tests.planning.worlds import rescue_system

# Sums in another order, and great circles of a few centimetres.
ROUNDING_H = 1e-6

GIVEN = (
    worlds(),
    st.lists(st.tuples(st.integers(1, 3), st.floats(1, 40)), min_size=1, max_size=3),
    st.sampled_from([1.0, 0.1, 0.06]),
    st.sampled_from([frozenset[str](), frozenset({"N0"})]),
    # With little to carry one fleet does it in a sortie, and another, of smaller aircraft, in two.
    st.sampled_from([20.0, 90.0]),
)


def entrants_in(
    world: tuple[list[Field], list[Port]],
    fleets: list[tuple[int, float]],
    share: float,
    bare: frozenset[str],
    mass_t: float,
) -> tuple[Places, Area, Entrants]:
    sit = situation_of(a_calm_case(bare), assets(fleets, share), NUMBERS, as_world(world), 0, 10)
    system = rescue_system(notice_h=[2, 3, 6], shipment={"mass_t": mass_t, "outsize_pieces": 1})
    entrants = flights_of(system, ground_of(sit)).entrants
    return sit.places, area_about(sit.places, sit.datum, np.inf), entrants


@settings(max_examples=25, deadline=None)
@given(*GIVEN)
def test_no_fleet_has_all_there_before_its_bound_nor_more_sorties_than_the_most(
    world: tuple[list[Field], list[Port]],
    fleets: list[tuple[int, float]],
    share: float,
    bare: frozenset[str],
    mass_t: float,
) -> None:
    places, area, entrants = entrants_in(world, fleets, share, bare, mass_t)
    least = least_of(places, area, entrants.flyings)
    every = np.arange(len(area.fields))
    for number, flying in enumerate(entrants.flyings):
        hours = landed_at(places, area, flying, every).hours
        assert (least.there[number] <= hours + ROUNDING_H).all()
        there = np.flatnonzero(np.isfinite(hours))
        most = most_sorties(least.of(slice(number, number + 1), there), [flying], hours[there] + ROUNDING_H)
        assert (most[0] >= flying.sorties).all()


@settings(max_examples=25, deadline=None)
@given(*GIVEN)
def test_no_fleet_and_no_pool_that_was_left_out_would_be_first(
    world: tuple[list[Field], list[Port]],
    fleets: list[tuple[int, float]],
    share: float,
    bare: frozenset[str],
    mass_t: float,
) -> None:
    places, area, entrants = entrants_in(world, fleets, share, bare, mass_t)
    every = np.arange(len(area.fields))
    found = [landed_at(places, area, flying, every).hours for flying in entrants.flyings]
    for numbers in entrants.pools:
        own = [flown_by(places, area, entrants.flyings[one], every) for one in numbers]
        found.append(pooled_at_h(places, area, entrants.pool(numbers), every, own))
    least = least_of(places, area, entrants.flyings)
    hours, _ = first_landed(places, area, entrants, every, least)
    soonest = np.min(found, axis=0) + entrants.go_h
    there = np.isfinite(soonest)
    assert (np.isfinite(hours) == there).all()
    assert np.allclose(hours[there], soonest[there], rtol=0.0, atol=ROUNDING_H)
    assert (soonest_landed_h(entrants, least) <= hours).all()
