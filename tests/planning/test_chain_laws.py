"""Laws of the planner: what makes an asset's way harder never makes it earlier, what is added never makes it later."""

from __future__ import annotations

import math
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from subrescue.domain.case import Case
from subrescue.domain.registry import Registry
from subrescue.planning.airlift.sorties import Turn, Work, between, first_and_last_h, schedule
from subrescue.planning.answer.respond import plan
from subrescue.planning.basis.situation import situation_of
from subrescue.planning.ways.asset_chains import chains_of
from subrescue.planning.ways.by_port import SLACK_H
from subrescue.store.assumptions import load_assumptions
from tests.planning.worlds import a_case, fleet, registry, rescue_system, ship, small_world

NUMBERS = load_assumptions()
WORLD = small_world()
# Ways are compared to minutes.
EPS_H = SLACK_H

speeds = st.floats(6, 25)
places = st.tuples(st.floats(58.5, 66.0), st.floats(-6.0, 6.0))


def first_h(assets: Registry, case: Case) -> float:
    """Median hours of the best chain of the fly-away system; endless without one."""
    system = assets.rescue_systems["nsrs"]
    chains = chains_of(system, situation_of(case, assets, NUMBERS, WORLD, 0, 10))
    return chains[0].hours if chains else math.inf


def a_datum(at: tuple[float, float], **fields: Any) -> Case:
    return a_case(dissub={"fix": {"position": {"lat_deg": at[0], "lon_deg": at[1]}}}, **fields)


def assets(*, notice: float = 3.0, speed: float = 15.0, aircraft: int = 2, mass_t: float = 100.0) -> Registry:
    system = rescue_system(notice_h=[notice, notice + 1, notice + 3], shipment={"mass_t": mass_t, "outsize_pieces": 1})
    return registry(systems=[system], ships=[ship(speed_kn=speed)], fleets=[fleet(usable_count=aircraft)])


@settings(max_examples=40, deadline=None)
@given(places, speeds, st.floats(0, 60), st.floats(0, 60))
def test_a_longer_notice_never_makes_a_system_earlier(
    at: tuple[float, float], speed: float, notice: float, more: float
) -> None:
    case = a_datum(at)
    assert (
        first_h(assets(notice=notice + more, speed=speed), case)
        >= first_h(assets(notice=notice, speed=speed), case) - EPS_H
    )


@settings(max_examples=40, deadline=None)
@given(places, speeds, st.floats(1.0, 3.0))
def test_a_slower_ship_never_makes_a_system_earlier(at: tuple[float, float], speed: float, slower: float) -> None:
    case = a_datum(at)
    assert first_h(assets(speed=speed / slower), case) >= first_h(assets(speed=speed), case) - EPS_H


@settings(max_examples=25, deadline=None)
@given(places, speeds)
def test_a_closed_strait_never_makes_a_system_earlier(at: tuple[float, float], speed: float) -> None:
    closed = first_h(assets(speed=speed), a_datum(at, closed_passages=["strait"]))
    assert closed >= first_h(assets(speed=speed), a_datum(at)) - EPS_H


@settings(max_examples=40, deadline=None)
@given(places, st.integers(1, 6), st.floats(10, 600))
def test_one_aircraft_fewer_never_makes_a_system_earlier(at: tuple[float, float], aircraft: int, mass_t: float) -> None:
    case = a_datum(at)
    fewer = first_h(assets(aircraft=aircraft, mass_t=mass_t), case)
    assert fewer >= first_h(assets(aircraft=aircraft + 1, mass_t=mass_t), case) - EPS_H


@settings(max_examples=25, deadline=None)
@given(
    places,
    st.sampled_from(["EGPK", "EGSH", "ENBR", "ENSH"]),
    st.sampled_from([{"closed": True}, {"has_loader": False}, {"parking": 1}]),
    st.floats(10, 600),
)
def test_an_airfield_that_takes_less_never_makes_a_system_earlier(
    at: tuple[float, float], icao: str, less: dict[str, Any], mass_t: float
) -> None:
    with_less = first_h(assets(mass_t=mass_t), a_datum(at, airfields=[{"icao": icao, **less}]))
    assert with_less >= first_h(assets(mass_t=mass_t), a_datum(at)) - EPS_H


@settings(max_examples=25, deadline=None)
@given(places, st.lists(st.tuples(st.floats(55.0, 66.0), st.floats(-6.0, 6.0), speeds), min_size=1, max_size=3))
def test_adding_a_ship_or_a_fleet_never_makes_the_best_later(
    at: tuple[float, float], more: list[tuple[float, float, float]]
) -> None:
    case, few = a_datum(at), assets()
    ships = [
        ship(id=f"more-{n}", speed_kn=kn, base={"name": "Berth", "position": {"lat_deg": lat, "lon_deg": lon}})
        for n, (lat, lon, kn) in enumerate(more)
    ]
    many = few.model_copy(
        update={
            "ships": {**few.ships, **{one.id: one for one in ships}},
            "aircraft_fleets": {**few.aircraft_fleets, "other": fleet(id="other", wait_h=[2, 3, 9], usable_count=1)},
        }
    )
    assert first_h(many, case) <= first_h(few, case) + EPS_H


def test_an_asset_more_leaves_the_others_as_they_were() -> None:
    few = registry(systems=[rescue_system()])
    many = registry(systems=[rescue_system(), rescue_system(id="second", name="Second", notice_h=[9, 10, 12])])
    case = a_case()
    before = plan(case, few, NUMBERS, WORLD, samples=50).options
    after = plan(case, many, NUMBERS, WORLD, samples=50).options
    assert [option for option in after if option.asset_id != "second"] == list(before)


turns = st.builds(
    Turn,
    load=st.floats(0.5, 6),
    offload=st.floats(0.5, 6),
    interval=st.floats(0.1, 4),
    stop=st.just(3.0),
    crew_duty=st.just(20.0),
)


@settings(max_examples=200, deadline=None)
@given(
    turns,
    st.integers(1, 20),
    st.lists(st.floats(0, 80), min_size=1, max_size=6),
    st.floats(0, 30),
    st.floats(0.5, 14),
    st.integers(1, 4),
    st.floats(0, 20),
)
def test_the_schedule_of_one_field_is_that_of_all_fields_and_its_parts_add_up(
    turn: Turn, sorties: int, free: list[float], ready: float, out: float, ramp: int, loader: float
) -> None:
    import numpy as np

    work = Work(sorties, ready, tuple(free))
    rows = schedule(work, turn, out, ramp, loader)
    first, last = first_and_last_h(work, turn, np.array([out, out]), np.array([ramp, ramp]), np.array([loader, loader]))
    assert abs(rows[0].offloaded - first[0]) < 1e-9
    assert abs(rows[-1].offloaded - last[1]) < 1e-9
    # One aircraft is in one place at a time, and no more than the ramp takes are unloaded at once.
    for number, row in enumerate(rows):
        assert row.load_from + turn.load <= row.airborne + 1e-9
        earlier = [one for one in rows[:number] if one.aircraft == row.aircraft]
        assert all(row.load_from >= one.offloaded + out - 1e-9 for one in earlier)
        assert sum(one.offload_from <= row.offload_from < one.offloaded - 1e-9 for one in rows) <= ramp
    parts = between(rows, turn, out)
    told = parts.out * out + parts.load * turn.load + parts.offload * turn.offload + parts.interval * turn.interval
    assert told + parts.wait >= rows[-1].offloaded - rows[0].offloaded - 1e-6


@settings(max_examples=100, deadline=None)
@given(
    turns,
    st.integers(1, 20),
    st.lists(st.sampled_from([0.0, 3.0, 24.0, 80.5]), min_size=1, max_size=6),
    st.lists(st.floats(0.5, 14), min_size=1, max_size=4),
    st.integers(1, 4),
)
def test_many_airfields_at_once_see_what_each_sees_alone(
    turn: Turn, sorties: int, free: list[float], outs: list[float], ramp: int
) -> None:
    import numpy as np

    work, none = Work(sorties, 1.5, tuple(free)), np.zeros(len(outs))
    first, last = first_and_last_h(work, turn, np.array(outs), np.full(len(outs), ramp), none)
    alone = [schedule(work, turn, out, ramp, 0.0) for out in outs]
    assert first.tolist() == [rows[0].offloaded for rows in alone]
    assert last.tolist() == [rows[-1].offloaded for rows in alone]


@settings(max_examples=100, deadline=None)
@given(
    turns, st.integers(1, 20), st.lists(st.floats(0, 80), min_size=1, max_size=6), st.floats(0.5, 14), st.integers(1, 4)
)
def test_more_aircraft_and_more_ramp_never_make_the_last_item_later(
    turn: Turn, sorties: int, free: list[float], out: float, ramp: int
) -> None:
    last = schedule(Work(sorties, 0.0, tuple(free)), turn, out, ramp, 0.0)[-1].offloaded
    more = schedule(Work(sorties, 0.0, (*free, min(free))), turn, out, ramp, 0.0)[-1].offloaded
    roomier = schedule(Work(sorties, 0.0, tuple(free)), turn, out, ramp + 1, 0.0)[-1].offloaded
    assert more <= last + 1e-9
    assert roomier <= last + 1e-9
