"""What is sent together can be carried out: no aircraft, ramp, port or ship is used twice at an instant."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from subrescue.domain.case import Case
from subrescue.domain.registry import Registry
from subrescue.domain.response import Response
from subrescue.domain.sent import HeldKind, Sent
from subrescue.exchange.difference_text import difference_table
from subrescue.exchange.response_json import response_file
from subrescue.exchange.response_table import response_table
from subrescue.exchange.scene_words import sent_lines, shared_lines
from subrescue.exchange.terminal import Screen
from subrescue.planning.answer.respond import plan
from subrescue.planning.questions.difference import difference
from subrescue.store.assumptions import load_assumptions
from tests.planning.one_timetable_check import clashes
from tests.planning.worlds import a_case, fleet, own_ship_system, registry, rescue_system, rov, ship, small_world

NUMBERS, WORLD = load_assumptions(), small_world()
BOTH = ["nsrs", "second"]
LONG = {"p10_h": 300, "p50_h": 400, "p90_h": 500, "source": "exercise"}
JUMPERS = {
    "id": "jumpers",
    "name": "Jumpers",
    "intervention_kind": "parachute_group",
    "fly_away": None,
    "shipment": {"mass_t": 4, "outsize_pieces": 0},
}


def a_long_case(*, assumptions: dict[str, Any] | None = None, dissub: Any = None, **fields: Any) -> Case:
    """The crew lives long, so that nobody comes too late to be sent."""
    numbers = {"ship.charter_next_h": 0.0, **(assumptions or {})}
    return a_case(dissub={"survival_override": LONG, **(dissub or {})}, assumptions=numbers, **fields)


def answer(case: Case, given: Registry) -> Response:
    found = plan(case, given, NUMBERS, WORLD, samples=100, paths=False)
    numbers = NUMBERS.replaced(case.assumptions)
    assert clashes(found, case, given, numbers) == []
    return found


def sent(response: Response) -> dict[str, Sent]:
    return {one.asset_id: one for one in response.together}


def why(one: Sent) -> dict[str, dict[str, Any]]:
    return {reason.id: reason.values for reason in one.reasons}


def two(**fields: Any) -> list[Any]:
    return [rescue_system(**fields), rescue_system(**{"id": "second", "name": "Second", **fields})]


def spans(one: Sent, kind: HeldKind) -> list[tuple[float, float]]:
    return [(held.from_h, held.until_h) for held in one.held if held.kind is kind]


def test_two_lifts_to_one_airfield_share_its_ramp() -> None:
    mothers = [ship(id=name, name=name, certified_for=BOTH) for name in ("a", "b")]
    airfields = [{"icao": "ENBR", "parking": 1}, {"icao": "ENSH", "closed": True}]
    case = a_long_case(airfields=airfields, assumptions={"airlift.offload_h": 5.0})
    fleets = [fleet(usable_count=9), fleet(id="us-c17", name="USAF C-17", usable_count=9)]
    found = answer(case, registry(systems=two(), interventions=[], ships=mothers, fleets=fleets))
    first, second = found.together
    assert not first.reasons
    assert why(second)["sent.ramp"] == {"field": "ENBR", "others": first.name}
    # Each has four sorties of five hours on the one place: all of the first before the last of the second.
    assert len(spans(first, HeldKind.RAMP)) == len(spans(second, HeldKind.RAMP)) == 4
    assert second.later_h >= 10.0
    roomy = case.model_copy(
        update={"airfields": (case.airfields[0].model_copy(update={"parking": 50}), case.airfields[1])}
    )
    other = answer(roomy, registry(systems=two(), interventions=[], ships=mothers, fleets=fleets)).together[1]
    assert other.later_h < second.later_h - 5.0


def test_an_aircraft_that_drops_jumpers_is_not_there_to_carry_anything() -> None:
    one = [fleet(usable_count=1)]
    given_ = registry(systems=[rescue_system()], interventions=[rov(**JUMPERS)], fleets=one)
    there = sent(answer(a_long_case(dissub={"depth_m": 100.0}), given_))
    assert set(there) >= {"nsrs", "jumpers"}
    (mine,) = spans(there["jumpers"], HeldKind.AIRCRAFT)
    (its,) = spans(there["nsrs"], HeldKind.AIRCRAFT)
    assert mine[0] >= its[1] or its[0] >= mine[1]
    later = max(there["nsrs"], there["jumpers"], key=lambda one: one.held[0].from_h)
    assert "sent.aircraft" in why(later)


def test_a_port_fits_out_so_many_ships_at_a_time() -> None:
    mothers = [ship(id=name, name=name, certified_for=BOTH) for name in ("a", "b")]
    systems, airfields = two(), [{"icao": "ENSH", "closed": True}]
    ports = [{"port": "Far north quay", "closed": True}, {"port": "Home quay", "closed": True}]
    given_ = registry(systems=systems, interventions=[], ships=mothers, fleets=[fleet(usable_count=9)])
    case = a_long_case(
        airfields=airfields, ports=ports, assumptions={"fit_out.port_places": 1.0, "fit_out.certified_h": 9.0}
    )
    first, second = answer(case, given_).together
    (mine,), (its,) = spans(first, HeldKind.PORT), spans(second, HeldKind.PORT)
    assert mine[1] - mine[0] == pytest.approx(9.0, abs=1e-6)
    assert its[0] == pytest.approx(mine[1], abs=1e-6)
    told = why(second)["sent.quay"]
    assert (told["port"], told["others"]) == ("North quay", first.name)
    assert told["until"] == pytest.approx(mine[1], abs=1e-6)
    assert second.later_h >= 8.0
    more = case.model_copy(
        update={
            "assumptions": a_long_case(assumptions={"fit_out.port_places": 2.0, "fit_out.certified_h": 9.0}).assumptions
        }
    )
    assert "sent.quay" not in why(answer(more, given_).together[1])


def test_the_second_vessel_to_be_chartered_at_a_port_takes_longer_to_find() -> None:
    ports = [{"port": "Far north quay", "closed": True}, {"port": "Home quay", "closed": True}]
    given_ = registry(systems=two(), interventions=[], ships=[], fleets=[fleet(usable_count=9)])
    case = a_long_case(ports=ports, assumptions={"ship.charter_next_h": 90.0, "fit_out.port_places": 9.0})
    first, second = answer(case, given_).together
    assert {first.ship_id, second.ship_id} == {None}
    assert why(second)["sent.charter"] == {"port": "North quay", "others": first.name}
    assert second.later_h > 40.0


def two_with_chambers(counted_on: str) -> Response:
    """Forty come up under pressure; the first has ten places, and the second's ship sixty."""
    near = ship(id="near", name="Near", certified_for=["second"], chamber_places=60)
    first = rescue_system(chamber_places=10, notice_h=[1, 1, 1])
    second = rescue_system(id="second", name="Second", notice_h=[4, 5, 6], chamber_places=60)
    given_ = registry(systems=[first, second], interventions=[], ships=[ship(), near], fleets=[fleet(usable_count=9)])
    offers = [{"asset": counted_on, "state": "accepted"}]
    found = answer(a_long_case(dissub={"pressure_bar": 2.8}, offers=offers), given_)
    assert len(found.together) == 2
    return found


def test_a_ship_whose_chambers_one_needs_is_not_fitted_out_for_another() -> None:
    found = two_with_chambers("nsrs")
    there = sent(found)
    ordered = [one for one in found.first_orders if one.order.id == "order.chamber_ship"]
    assert [(one.order.values["ship"], one.options) for one in ordered] == [("Near", ("Fly-away system",))]
    assert (there["nsrs"].ship_id, there["nsrs"].chambers) == ("mother-ship", ("near",))
    assert there["second"].ship_id != "near"
    assert why(there["second"])["sent.ship"] == {"ship": "Near", "other": "Fly-away system"}


def test_one_does_without_the_chambers_of_a_ship_that_sails_for_another() -> None:
    found = two_with_chambers("second")
    there = sent(found)
    assert "order.chamber_ship" not in {one.order.id for one in found.first_orders}
    assert there["second"].ship_id == "near"
    assert there["nsrs"].chambers == ()


def test_another_way_of_one_that_waits_for_aircraft_takes_no_ship_of_others() -> None:
    """Its own way does not want the ship; the way by road, to which it turns, would."""
    near = ship(
        id="near",
        name="Near",
        certified_for=BOTH,
        base={"name": "Home quay", "position": {"lat_deg": 55.9, "lon_deg": -4.9}},
    )
    north = ship(id="north", name="North", certified_for=["second"])
    first = rescue_system(fly_away=True, notice_h=[1, 1, 1])
    offers = [{"asset": "nsrs", "state": "accepted"}]
    given_ = registry(
        systems=[first, two()[1]],
        interventions=[],
        ships=[near, north],
        fleets=[fleet(usable_count=1, wait_h=[1, 1, 1])],
    )
    found = answer(a_long_case(offers=offers, assumptions={"airlift.offload_h": 40.0, "ship.charter_h": 900.0}), given_)
    ships = [one.ship_id for one in found.together]
    assert len(set(ships)) == len(ships)


def test_text_file_and_orders_say_who_waits_for_whom() -> None:
    ports = [{"port": "Far north quay", "closed": True}, {"port": "Home quay", "closed": True}]
    given_ = registry(systems=two(), interventions=[], ships=[], fleets=[fleet(usable_count=1)])
    case = a_long_case(ports=ports, assumptions={"ship.charter_next_h": 90.0, "fit_out.port_places": 1.0})
    found = answer(case, given_)
    first, second = found.together
    words = response_table(found, case)
    assert "What several of them have in turn, hours from the alert by the medians:" in words
    shared = shared_lines(found.together)
    assert [line.split(":")[0] for line in shared[:1]] == ["RAF C-17"]
    assert f"1 for {first.name}" in shared[0]
    assert f"1 for {second.name}" in shared[0]
    assert any(line.startswith("fitted out at North quay: ") for line in shared)
    line = sent_lines(found.together)[1]
    assert f"the first vessel to be had at North quay sails with {first.name}" in line
    assert f"expected out in time by the best of these {second.rescued_any:.0f}" in line
    orders = {(one.order.id, one.options): one.order for one in found.first_orders}
    waits = orders["order.aircraft", (second.name,)].remedy
    assert waits is not None
    assert waits.values == {"fleet": "RAF C-17", "others": first.name}
    assert orders["order.aircraft", (first.name,)].remedy is None
    vessel = orders["order.find_ship", (second.name,)].remedy
    assert vessel is not None
    assert vessel.id == "sent.charter"
    written = response_file(found, case).together
    assert [len(one.held) for one in written] == [len(one.held) for one in found.together]
    assert written[1].timetable[0].load_from_h == pytest.approx(second.timetable[0].load_from_h, abs=0.05)


def test_the_difference_shows_what_sharing_costs() -> None:
    """With one aircraft fewer the second waits for it, though it is told to go by the same way."""
    mothers = [ship(id=name, name=name, certified_for=BOTH) for name in ("a", "b")]
    case, systems = a_long_case(ports=[{"port": "Home quay", "closed": True}]), two()
    plenty, few = (
        answer(case, registry(systems=systems, interventions=[], ships=mothers, fleets=[fleet(usable_count=count)]))
        for count in (9, 1)
    )
    told = " ".join(difference_table(difference(plenty, few), (case, case), Screen()).split())
    first, second = few.together
    lines = told[: told.index("Orders that differ")].split("> Second: ")
    assert len(lines) == 2
    assert second.later_h > 20.0
    assert "h later than alone, as a sails with" in lines[1]
    assert f"aircraft of RAF C-17 fly for {first.name} first" in lines[1]


def test_the_checker_finds_what_is_used_twice() -> None:
    mothers = [ship(id=name, name=name, certified_for=BOTH) for name in ("a", "b")]
    given_ = registry(systems=two(), interventions=[], ships=mothers, fleets=[fleet(usable_count=1)])
    case = a_long_case(ports=[{"port": "Home quay", "closed": True}])
    found = answer(case, given_)
    first, second = found.together

    def faults(**changes: Any) -> str:
        changed = found.model_copy(update={"together": (first, second.model_copy(update=changes))})
        return " ".join(clashes(changed, case, given_, NUMBERS.replaced(case.assumptions)))

    assert faults() == ""
    assert "flies for" in faults(timetable=first.timetable)
    assert "to unload at" in faults(timetable=first.timetable)
    assert "sails with" in faults(ship_id=first.ship_id)
    assert "is held by" in faults(held=first.held)
    assert "aircraft 2 of 1" in faults(held=tuple(one.model_copy(update={"number": 2}) for one in second.held))
    assert "is fitted out at 0 ports" in faults(held=())


@st.composite
def worlds(draw: st.DrawFn) -> tuple[Case, Registry]:
    """Two to five systems that want the same few aircraft, ships, airfields and ports."""
    notice = st.sampled_from([[1, 2, 3], [2, 3, 6], [10, 12, 14]])
    names = ["nsrs", "b", "c", "d"][: draw(st.integers(1, 4))]
    mass = st.sampled_from([20, 60, 100])
    systems = [
        rescue_system(
            id=name,
            name=f"System {name}",
            nations=[draw(st.sampled_from(["GB", "US"]))],
            notice_h=draw(notice),
            shipment={"mass_t": draw(mass), "outsize_pieces": draw(st.integers(0, 2))},
            airfield_icao=draw(st.sampled_from(["EGPK", "EGSH"])),
        )
        for name in names
    ]
    systems += [own_ship_system()] if draw(st.booleans()) else []
    helps = [rov(notice_h=draw(notice))] if draw(st.booleans()) else []
    helps += [rov(**JUMPERS)] if draw(st.booleans()) else []
    quays = [("Home quay", 55.9, -4.9), ("North quay", 60.4, 5.3), ("Far north quay", 61.6, 5.0)]
    berths = st.sampled_from([{"name": name, "position": {"lat_deg": lat, "lon_deg": lon}} for name, lat, lon in quays])
    ships = [
        ship(
            id=f"ship-{n}",
            name=f"Ship {n}",
            certified_for=draw(st.sets(st.sampled_from([*names, "rov"]))),
            notice_h=draw(st.sampled_from([[2, 4, 8], [20, 30, 40]])),
            base=draw(berths),
            chamber_places=draw(st.sampled_from([None, 20])),
        )
        for n in range(draw(st.integers(0, 3)))
    ]
    ships += [ship(id="rescue-ship", name="Rescue ship", role="rescue_ship", certified_for=["own", "nsrs", "rov"])]
    fleets = [
        fleet(usable_count=draw(st.integers(1, 3)), serves=["US"]),
        fleet(id="us-c17", name="USAF C-17", nations=["US"], usable_count=draw(st.integers(1, 2)), serves=["GB"]),
    ][: draw(st.integers(1, 2))]
    state = st.sampled_from([None, None, "offered", "accepted"])
    states = {name: draw(state) for name in (*names, *(one.id for one in helps))}
    offers = [{"asset": name, "state": known} for name, known in states.items() if known is not None]
    assumptions = {
        "fit_out.port_places": float(draw(st.integers(1, 2))),
        "airlift.ramp_places": float(draw(st.integers(1, 3))),
        "airlift.offload_h": draw(st.sampled_from([1.0, 5.0])),
        "ship.charter_next_h": draw(st.sampled_from([0.0, 12.0])),
    }
    parking = [{"icao": "ENBR", "parking": 1, "has_loader": draw(st.sampled_from([True, False, None]))}]
    airfields = [
        *(parking if draw(st.booleans()) else []),
        *([{"icao": "ENSH", "closed": True}] if draw(st.booleans()) else []),
    ]
    dissub = {"pressure_bar": draw(st.sampled_from([1.0, 3.0])), "depth_m": draw(st.sampled_from([100.0, 200.0]))}
    case = a_long_case(assumptions=assumptions, offers=offers, airfields=airfields, dissub=dissub)
    return case, registry(systems=systems, interventions=helps, ships=ships, fleets=fleets)


@given(worlds())
@settings(max_examples=60, deadline=None)
def test_in_small_worlds_the_plan_can_be_carried_out(world: tuple[Case, Registry]) -> None:
    answer(*world)
