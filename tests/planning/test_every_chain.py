"""The planner's best chain is that of trying every fleet, airfield, stop, port and ship one after the other."""

from __future__ import annotations

import math
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from subrescue.domain.assets import AircraftType, RescueSystem
from subrescue.domain.case import Case
from subrescue.domain.position import Position
from subrescue.domain.quantities import Assumptions
from subrescue.earth.world import World
from subrescue.planning.basis.situation import situation_of
from subrescue.planning.doubt.durations import median
from subrescue.planning.ways.asset_chains import chains_of
from subrescue.planning.ways.by_port import SLACK_H
from tests.planning.every_chain import NUMBERS, Field, Port, Rules, fastest
from tests.planning.worlds import C17, a_case, a_field, a_port, fleet, registry, rescue_system, ship, small_world

# The search flies on the sphere, the chain on WGS 84: flights differ by half a per cent at most, sums by minutes.
TOLERANCE_H = 0.1


def short_legged(share: float) -> AircraftType:
    """A C-17 that flies only a share of its range, so that small worlds need stops."""
    points = [point.model_copy(update={"range_nm": point.range_nm * share}) for point in C17.payload_range]
    return C17.model_copy(update={"payload_range": tuple(points)})


@st.composite
def worlds(draw: st.DrawFn) -> tuple[list[Field], list[Port]]:
    def place(low: float, high: float) -> tuple[float, float]:
        return draw(st.floats(low, high)), draw(st.floats(-8.0, 8.0))

    def fields_of(land: str, low: float, high: float) -> list[Field]:
        runways = st.sampled_from([1500, 2000, 2500, 3200])
        return [Field(f"{land}{n}", *place(low, high), draw(runways)) for n in range(draw(st.integers(1, 3)))]

    fields = [Field("HOME", 55.5, -4.6, 3000), *fields_of("S", 52.0, 57.5), *fields_of("N", 58.5, 66.0)]
    ports = [Port(f"p{number}", *place(58.5, 66.0)) for number in range(draw(st.integers(1, 4)))]
    return fields, [*ports, Port("south", *place(52.0, 57.5))]


# Two fleets wait for the one K-loader that the first of them calls for: the second, which lands later, not as long.
# Or one load, for which one flies the K-loader ahead of the other.
BARE_EVERYWHERE = (
    [Field("HOME", 55.5, -4.6, 3000), Field("S0", 52.0, 0.0, 1500), Field("N0", 59.0, 0.0, 1500)],
    [Port("p0", 59.0, 0.0), Port("south", 52.0, 0.0)],
)
# From N0 to p0 a road of 200.2 nm by the geodesic, of 199.5 nm on the sphere: farther than lorries go.
BEYOND_A_DAY = (
    [Field("HOME", 55.5, -4.6, 3000), Field("S0", 52.0, -8.0, 1500), Field("N0", 62.0, -1.0, 3200)],
    [Port("p0", 62.0, 6.08), Port("south", 52.0, 0.0)],
)


def as_world(world: tuple[list[Field], list[Port]]) -> World:
    return small_world(
        [a_field(f.code, f.lat, f.lon, f.runway_m) for f in world[0]], [a_port(p.id, p.lat, p.lon) for p in world[1]]
    )


WORLDS = (
    worlds(),
    st.lists(st.tuples(st.integers(1, 4), st.floats(1, 40)), min_size=1, max_size=3),
    st.lists(
        st.tuples(st.floats(56.0, 66.0), st.floats(-6, 6), st.floats(6, 22), st.floats(0, 40)), min_size=1, max_size=3
    ),
    st.floats(5, 400),
    st.booleans(),
    st.sampled_from([1.0, 0.1, 0.06, 0.03]),
    st.sampled_from([(), (), ("N0",), ("N0", "N1", "N2"), ("HOME", "N0", "N1", "N2", "S0", "S1", "S2")]),
    st.sampled_from([None, 15.0, 29.5]),
)


@settings(max_examples=40, deadline=None)
@given(*WORLDS)
@example(BARE_EVERYWHERE, [(1, 1.0), (1, 7.0)], [(56.0, 0.0, 6.0, 0.0)], 82.0, False, 1.0, ("HOME", "N0", "S0"), None)
@example(BARE_EVERYWHERE, [(1, 1.0), (1, 1.0)], [(58.0, 0.0, 7.0, 0.0)], 5.0, False, 1.0, ("N0",), 15.0)
@example(BEYOND_A_DAY, [(1, 1.0)], [(62.0, 6.08, 14.0, 1.0)], 50.0, False, 1.0, (), None)
def test_no_chain_is_earlier_than_the_planners(
    world: tuple[list[Field], list[Port]],
    fleets: list[tuple[int, float]],
    ships: list[tuple[float, float, float, float]],
    mass_t: float,
    usual: bool,
    share: float,
    without_loader: tuple[str, ...],
    loader_t: float | None,
) -> None:
    given = (fleets, ships, mass_t, usual, share, without_loader, loader_t)
    assert_the_planners_is_first(world, given, Rules())


Given = tuple[
    list[tuple[int, float]],
    list[tuple[float, float, float, float]],
    float,
    bool,
    float,
    tuple[str, ...],
    float | None,
]


WIDER = (
    st.tuples(*WORLDS),
    st.sampled_from([16.0, 5.0, 4.0]),
    st.dictionaries(st.sampled_from(["N0", "N1", "N2"]), st.integers(1, 3)),
    st.booleans(),
)


# The store has no road to the port, its airfield has one: nobody flies from there to there.
BY_ITS_AIRFIELD = (
    ([Field("HOME", 55.5, -4.6, 3000)], [Port("south", 52.4375, -4.25)]),
    [(1, 1.0)],
    [(56.0, 0.0, 6.0, 0.0)],
    136.0,
    False,
    1.0,
    (),
    None,
)


@settings(max_examples=30, deadline=None)
@given(*WIDER)
@example(BY_ITS_AIRFIELD, 16.0, {}, False)
def test_nor_is_one_with_short_duties_small_ramps_and_loading_gear_aboard(
    world: Any, duty_h: float, parking: dict[str, int], own_gear: bool
) -> None:
    fields = {field.code for field in world[0][0]}
    ramps = tuple(sorted((code, places) for code, places in parking.items() if code in fields))
    assert_the_planners_is_first(world[0], world[1:], Rules(duty_h, ramps, own_gear))


def assert_the_planners_is_first(world: tuple[list[Field], list[Port]], given: Given, rules: Rules) -> None:
    fleets, ships, mass_t, usual, share, without_loader, loader_t = given
    flying = [fleet(id=f"f{number}", usable_count=count, wait_h=wait) for number, (count, wait) in enumerate(fleets)]
    sailing = [
        ship(
            id=f"s{number}",
            speed_kn=speed,
            notice_h=[notice, notice + 1, notice + 3],
            base={"name": "Berth", "position": {"lat_deg": lat, "lon_deg": lon}},
        )
        for number, (lat, lon, speed, notice) in enumerate(ships)
    ]
    system = rescue_system(
        notice_h=[2, 3, 6],
        airfield_icao="HOME" if usual else None,
        shipment={"mass_t": mass_t, "outsize_pieces": 1},
        ship_classes_certified=[one.id for one in sailing],
    )
    aircraft_type = short_legged(share).model_copy(update={"loader_t": loader_t, "own_loading_gear": rules.own_gear})
    bare = frozenset(field.code for field in world[0] if field.code in without_loader)
    by_hand = fastest(system, flying, aircraft_type, sailing, world, bare, rules)
    assets = registry(systems=[system], ships=sailing, fleets=flying, interventions=[])
    assets = assets.model_copy(update={"aircraft_types": {aircraft_type.id: aircraft_type}})
    found = plan_of(a_calm_case(bare, rules), assets, as_world(world), system)
    assert found == pytest.approx(by_hand, abs=TOLERANCE_H + SLACK_H)


def a_calm_case(bare: frozenset[str] = frozenset(), rules: Rules | None = None) -> Case:
    """Nothing known of the sea, so that one pace holds for every mile; nobody is asked who could be chartered."""
    parking = {} if rules is None else dict(rules.parking)
    airfields = [
        {"icao": code, "has_loader": False if code in bare else None, "parking": parking.get(code)}
        for code in sorted(bare | parking.keys())
    ]
    duty = {} if rules is None else {"airlift.crew_duty_h": rules.duty_h}
    case = a_case(assumptions={"ship.charter_h": 900.0, **duty}, airfields=airfields)
    return case.model_copy(update={"environment": case.environment.model_copy(update={"wave_height_m": None})})


def plan_of(case: Case, assets: Any, world: World, system: RescueSystem) -> float:
    """Median hours of the best chain, up to its arrival at the datum."""
    numbers: Assumptions = NUMBERS
    sit = situation_of(case, assets, numbers, world, 0, 10)
    chains = chains_of(system, sit)
    on_scene = median(numbers["scene.survey_h"]) + median(numbers["scene.first_dive_h"])
    return (chains[0].hours - on_scene) if chains else math.inf


def test_the_datum_of_these_worlds() -> None:
    assert a_calm_case().dissub.fix.position == Position(lat_deg=64.0, lon_deg=3.0)
