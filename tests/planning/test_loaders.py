"""Where an airfield has no K-loader, one is flown in first: a sortie of its own, for which the load waits."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from subrescue.domain.airlift import Airlift
from subrescue.domain.quantities import Pert
from subrescue.domain.response import Gate, Mode, PhaseName
from subrescue.exchange.airlift_plan import timetable_rows
from subrescue.planning.airlift.airlift import longest_leg_nm
from subrescue.planning.airlift.fuel_stops import Hops
from subrescue.planning.airlift.pools import Own, with_loader_shared
from subrescue.planning.airlift.sorties import Bring, Turn, Work, with_loader
from subrescue.planning.answer.respond import plan
from subrescue.planning.geography.areas import area_about
from subrescue.planning.geography.places import places_of
from tests.planning.test_plan import NUMBERS, answer, ids, option
from tests.planning.worlds import C17, a_case, a_field, a_port, at, fleet, registry, rescue_system, small_world

TURN = Turn(load=3.0, offload=2.0, interval=2.0, stop=3.0, crew_duty=16.0)
BRING = Bring(from_h=0.0, roll_off=1.0, clearance=1.0)


def test_the_loader_leaves_before_the_load_and_everything_is_unloaded_with_it() -> None:
    """Two aircraft from 5 h, the load at 10 h, 6 h away: loader 5-8-14-15 h, load 10-13-19-21 and 12-15-21-23 h."""
    rows, loader = with_loader(Work(2, 10.0, (5.0, 5.0, 5.0)), TURN, 6.0, 2, 12.0, BRING)
    assert loader is not None
    assert (loader.load_from, loader.airborne, loader.landed, loader.offloaded) == (5.0, 8.0, 14.0, 15.0)
    assert [(row.load_from, row.landed, row.offload_from, row.offloaded) for row in rows] == [
        (10.0, 19.0, 19.0, 21.0),
        (12.0, 21.0, 21.0, 23.0),
    ]


def test_the_only_aircraft_fetches_the_load_after_the_loader() -> None:
    """One aircraft, all there at 0 h, 2 h away: loader unloaded at 6 h, back at 8 h, load 8-11-13-15 h; waiting 12 h
    for another's loader would be unloading from 5 + 12 = 17 h.
    """
    rows, loader = with_loader(Work(1, 0.0, (0.0,)), TURN, 2.0, 2, 12.0, BRING)
    assert loader is not None
    assert (rows[0].load_from, rows[0].landed, rows[0].offloaded) == (8.0, 13.0, 15.0)


def test_where_flying_there_and_back_takes_longer_the_load_waits_for_somebody_elses() -> None:
    rows, loader = with_loader(Work(1, 0.0, (0.0,)), TURN, 10.0, 2, 12.0, BRING)
    assert loader is None
    assert rows[0].offload_from == 3.0 + 10.0 + 12.0


def test_in_a_pool_the_fleet_that_is_there_first_brings_it_for_all_that_need_one() -> None:
    """The near fleet lands it at 3 + 2 h and rolls it off at 6 h; its one aircraft is back at 8 h and lands at 13 h."""
    near = Own(load_t=20.0, ready=0.0, free=(0.0,), out=2.0, loader=12.0, bring=BRING)
    far = Own(load_t=20.0, ready=0.0, free=(0.0,), out=4.0, loader=12.0, bring=BRING)
    rows, ahead = with_loader_shared([far, near], TURN, 2, 40.0, 1)
    assert ahead is not None
    assert (ahead[0], ahead[1].offloaded) == (1, 6.0)
    assert [(number, row.landed, row.offloaded) for number, row in rows] == [(0, 7.0, 9.0), (1, 13.0, 15.0)]


@given(
    st.integers(1, 6),
    st.lists(st.floats(0, 50), min_size=1, max_size=4),
    st.floats(0, 50),
    st.floats(0.5, 20),
    st.floats(0, 50),
    st.floats(0, 60),
)
def test_a_loader_flown_in_never_beats_one_on_the_field_nor_is_worse_than_waiting(
    sorties: int, free: list[float], ready: float, out: float, delay: float, from_h: float
) -> None:
    bring = Bring(from_h, 1.0, 1.0)
    work = Work(sorties, ready, tuple(sorted(free)))
    there, _ = with_loader(work, TURN, out, 2, 0.0, bring)
    rows, _ = with_loader(work, TURN, out, 2, delay, bring)
    waiting, _ = with_loader(work, TURN, out, 2, delay, Bring(1e6, 1.0, 1.0))
    assert bring.all_there_h(there) <= bring.all_there_h(rows) + 1e-9
    assert bring.all_there_h(rows) <= bring.all_there_h(waiting) + 1e-9


def lifted(has_loader: bool | None, loader_t: float | None = 29.5) -> tuple[Airlift, set[str], list[PhaseName], float]:
    """The airlift of a system flown to fields of which this is known, its lift reasons, phases and first rescue."""
    system = rescue_system(shipment={"mass_t": 60.0, "outsize_pieces": 1})
    assets = registry(systems=[system], fleets=[fleet(usable_count=4)])
    plane = C17.model_copy(update={"loader_t": loader_t})
    assets = assets.model_copy(update={"aircraft_types": {plane.id: plane}})
    fields = [] if has_loader is None else [{"icao": code, "has_loader": has_loader} for code in ("ENBR", "ENSH")]
    found = option(answer(a_case(airfields=fields), assets), system.id)
    assert found.mode is Mode.FLY_AWAY
    assert found.airlift is not None
    assert found.time_to_first_rescue_h is not None
    return (
        found.airlift,
        set(ids(found, Gate.LIFT)),
        [phase.phase for phase in found.phases],
        found.time_to_first_rescue_h.p50,
    )


def test_the_timetable_begins_with_the_loader_and_the_gate_says_why() -> None:
    airlift, reasons, phases, _ = lifted(has_loader=False)
    first, *loads = airlift.timetable
    assert (first.loader, first.critical, first.load_t, first.number) == (True, True, 29.5, 1)
    assert not any(one.loader for one in loads)
    assert [one.number for one in loads] == list(range(2, len(loads) + 2))
    assert airlift.sorties == len(loads) + 1
    assert min(one.offload_from_h for one in loads) >= first.offloaded_h
    assert airlift.first_item_h == loads[0].offloaded_h
    assert "lift.loader_flown_in" in reasons
    assert not reasons & {"lift.loader_missing", "lift.loader_unknown"}
    assert phases.count(PhaseName.LOADER) == 2
    rows = timetable_rows(airlift, a_case().alert)
    assert rows[0][0] == "1*"
    assert rows[0][2] == "K-loader, for all that follows, 30 t"


@pytest.mark.parametrize("known", [None, True])
def test_an_unknown_is_no_no_and_nothing_is_flown_in(known: bool | None) -> None:
    airlift, reasons, phases, _ = lifted(known)
    assert not any(one.loader for one in airlift.timetable)
    assert PhaseName.LOADER not in phases
    assert ("lift.loader_unknown" in reasons) == (known is None)


def test_an_aircraft_not_known_to_carry_one_waits_for_somebody_elses() -> None:
    airlift, reasons, _, _ = lifted(has_loader=False, loader_t=None)
    assert "lift.loader_missing" in reasons
    assert not any(one.loader for one in airlift.timetable)


def test_hours_with_a_loader_flown_in_lie_between_those_of_one_there_and_of_waiting() -> None:
    there, brought, waiting = (lifted(*known)[3] for known in ((True,), (False,), (False, None)))
    assert there <= brought + 0.05
    assert brought <= waiting + 0.05


def test_a_loader_is_held_to_the_longest_leg_and_not_to_the_mean() -> None:
    """A stop 15 degrees on and the field 3 degrees beyond: legs of 900 and 180 nm, 540 on the mean."""
    fields = [a_field("HERE", 30.0, 0.0, 3000), a_field("STOP", 45.0, 0.0, 3000), a_field("GOAL", 48.0, 0.0, 3000)]
    places = places_of(small_world(fields, [a_port("goal", 48.1, 0.1)]))
    area, hops = area_about(places, at(48.0, 0.0), float("inf")), Hops(1000.0, 700.0, 1500.0, frozenset())
    row = area.row(2)
    assert row is not None
    assert longest_leg_nm(places, 0, area, row, hops) == pytest.approx(900.0, abs=2.0)
    assert longest_leg_nm(places, 0, area, row, Hops(2000.0, 700.0, 1500.0, frozenset())) == pytest.approx(1080, abs=2)
    assert longest_leg_nm(places, 0, area, row, Hops(500.0, 700.0, 1500.0, frozenset())) == float("inf")


def test_customs_of_a_pool_begin_when_the_first_of_the_load_lands_whoever_brought_the_loader() -> None:
    """The fleet at hand flies the K-loader and has to fetch its load; what the later one carries lands before that."""
    system = rescue_system(shipment={"mass_t": 60.0, "outsize_pieces": 1})
    fleets = [fleet(usable_count=1, wait_h=[2, 2, 2]), fleet(id="gb-more", usable_count=1, wait_h=[6, 6, 6])]
    assets = registry(systems=[system], fleets=fleets)
    plane = C17.model_copy(update={"loader_t": 29.5})
    assets = assets.model_copy(update={"aircraft_types": {plane.id: plane}})
    fields = [{"icao": code, "has_loader": False} for code in ("ENBR", "ENSH")]
    at_once = NUMBERS.replaced({"alert.put_off_chance": Pert.exactly(0.0)})  # the timetable leaves such luck out
    found = option(plan(a_case(airfields=fields), assets, at_once, small_world(), samples=300), system.id)
    assert found.airlift is not None
    loader, *loads = found.airlift.timetable
    assert loader.loader
    first = min(loads, key=lambda one: one.landed_h)
    assert first.fleet_id != loader.fleet_id
    customs = next(phase for phase in found.phases if phase.phase is PhaseName.CLEARANCE)
    assert customs.start_h.p50 == pytest.approx(first.landed_h, abs=0.5)


def test_a_fleet_that_is_missed_for_one_load_flies_the_loader_and_nothing_else() -> None:
    """Of two fleets with one aircraft each the second brings the K-loader: the first need not fly twice."""
    system = rescue_system(shipment={"mass_t": 20.0, "outsize_pieces": 1})
    fleets = [
        fleet(id=f"gb-{n}", name=f"Fleet {n}", usable_count=1, wait_h=[hours] * 3) for n, hours in enumerate((2, 3))
    ]
    assets = registry(systems=[system], fleets=fleets)
    plane = C17.model_copy(update={"loader_t": 29.5})
    assets = assets.model_copy(update={"aircraft_types": {plane.id: plane}})
    fields = [{"icao": code, "has_loader": False} for code in ("ENBR", "ENSH")]
    found = option(answer(a_case(airfields=fields), assets), system.id)
    assert found.airlift is not None
    loader, load = found.airlift.timetable
    assert (loader.loader, loader.load_t) == (True, 29.5)
    assert (load.loader, load.load_t) == (False, 20.0)
    assert {loader.fleet_id, load.fleet_id} == {"gb-0", "gb-1"}
    assert found.airlift.fleet_id == load.fleet_id
    assert [(one.fleet_id, one.sorties, one.payload_t) for one in found.airlift.fleets] == [
        (load.fleet_id, 1, 20.0),
        (loader.fleet_id, 1, 29.5),
    ]
    assert load.offload_from_h == pytest.approx(max(load.landed_h, loader.offloaded_h))
    gate = next(gate for gate in found.gates if gate.gate is Gate.LIFT)
    told = [why.values["fleet"] for why in gate.reasons if why.id in ("lift.load", "lift.load_one")]
    assert told == [load.fleet]
    assert [why.values["fleet"] for why in gate.reasons if why.id == "lift.loader_flown_in"] == [loader.fleet]


def test_of_two_that_can_bring_a_loader_that_one_does_with_which_everything_is_there_first() -> None:
    """Near has one there at 6 h, and the load of the other lands at 7 h and is unloaded at 9 h.

    Where the load of the other cannot leave before 30 h, near would be back at 8 h and land its own at 13 h. The other
    has one there at 7 h, rolled off at 8 h: near, which lands at 5 h, is unloaded two hours after it, from 9 to 11 h.
    """
    near = Own(load_t=20.0, ready=0.0, free=(0.0,), out=2.0, loader=12.0, bring=BRING)
    for ready, brought, row in ((0.0, (1, 6.0), (0, 7.0, 9.0)), (30.0, (0, 8.0), (1, 5.0, 11.0))):
        other = Own(load_t=20.0, ready=ready, free=(0.0,), out=4.0, loader=12.0, bring=BRING)
        rows, ahead = with_loader_shared([other, near], TURN, 2, 20.0, 1)
        assert ahead is not None
        assert (ahead[0], ahead[1].offloaded) == brought
        assert [(number, one.landed, one.offloaded) for number, one in rows] == [row]
