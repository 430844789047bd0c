"""The best sent together: no ship sails with two of them, no aircraft flies for two at once, none delays an earlier."""

from __future__ import annotations

from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from subrescue.domain.airlift import Place, Sortie
from subrescue.domain.assets import Shipment
from subrescue.domain.case import Case
from subrescue.domain.position import Position
from subrescue.domain.response import Mode, Option, Response
from subrescue.domain.sent import Sent
from subrescue.earth.world import load_world
from subrescue.exchange.response_json import response_file
from subrescue.exchange.response_table import response_table
from subrescue.exchange.scene_words import sent_lines
from subrescue.planning.airlift.busy import Busy, back_hours
from subrescue.planning.answer.respond import plan
from subrescue.planning.basis.situation import situation_of
from subrescue.planning.ways.asset_chains import chains_of
from subrescue.store.assumptions import load_assumptions
from subrescue.store.cases import read_case, shipped_cases
from subrescue.store.registry import load_registry
from tests.planning.one_timetable_check import clashes
from tests.planning.worlds import a_case, fleet, own_ship_system, registry, rescue_ship, rescue_system, rov, ship
from tests.planning.worlds import small_world as a_world

NUMBERS, WORLD = load_assumptions(), a_world()
SECOND = rescue_system(id="second", name="Second")
BOTH = ["nsrs", "second"]
FAR = ship(
    id="far",
    name="Far ship",
    certified_for=BOTH,
    base={"name": "Far north quay", "position": {"lat_deg": 61.6, "lon_deg": 5.0}},
    notice_h=[60, 70, 80],
)
MANY = fleet(usable_count=9)


def answer(case: Case | None = None, **assets: Any) -> Response:
    assets = {"interventions": [], "fleets": [MANY], **assets}
    return plan(case or a_case(), registry(**assets), NUMBERS, WORLD, samples=200, paths=False)


def alone(response: Response, asset: str) -> Option:
    return next(option for option in response.options if option.asset_id == asset)


def sent(response: Response) -> dict[str, Sent]:
    return {one.asset_id: one for one in response.together}


def test_the_second_of_two_that_want_one_ship_gets_the_next_and_is_later() -> None:
    found = answer(systems=[rescue_system(), SECOND], ships=[ship(certified_for=BOTH), FAR])
    assert {alone(found, name).via.ship_id for name in BOTH} == {"mother-ship"}
    first, second = found.together
    assert (first.ship_id, second.ship_id) == ("mother-ship", "far")
    assert first.first_h == alone(found, first.asset_id).first_h
    assert first.later_h == 0.0 < second.later_h
    assert [(why.id, why.values["ship"], why.values["other"]) for why in second.reasons] == [
        ("sent.ship", "Mother ship", first.name)
    ]
    orders = {(one.order.values["ship"], one.options) for one in found.first_orders if one.order.id == "order.ship"}
    assert orders == {("Mother ship", (first.name,)), ("Far ship", (second.name,))}


def test_one_without_another_ship_gets_a_vessel_to_be_chartered() -> None:
    found = answer(systems=[rescue_system(), SECOND], ships=[ship(certified_for=BOTH)])
    second = found.together[1]
    assert second.ship_id is None
    assert second.spod is not None
    assert [one.options for one in found.first_orders if one.order.id == "order.find_ship"] == [(second.name,)]


def test_the_case_may_send_two_on_one_ship() -> None:
    offers = [{"asset": name, "state": "offered", "ship": "mother-ship"} for name in BOTH]
    found = answer(a_case(offers=offers), systems=[rescue_system(), SECOND], ships=[ship(certified_for=BOTH), FAR])
    assert {one.ship_id for one in found.together} == {"mother-ship"}


def two_for_one_ship(twin_notice_h: list[float], **fields: Any) -> Response:
    """The first takes the mother ship by a hair; a twin at her side suits it as well, and the second not at all."""
    twin = ship(id="twin", name="Twin", certified_for=["nsrs"], notice_h=twin_notice_h)
    mother = ship(certified_for=BOTH, notice_h=[30, 40, 50])
    slower = rescue_system(id="second", name="Second", notice_h=[3, 4, 7])
    return answer(a_case(**fields), systems=[rescue_system(), slower], ships=[mother, twin, FAR])


def test_the_first_leaves_its_ship_to_the_second_where_it_loses_nothing_by_another() -> None:
    found = two_for_one_ship([30.1, 40.1, 50.1])
    assert {alone(found, name).via.ship_id for name in BOTH} == {"mother-ship"}
    first, second = found.together
    assert (first.asset_id, second.asset_id) == ("nsrs", "second")
    assert (first.ship_id, second.ship_id) == ("twin", "mother-ship")
    assert second.first_h == alone(found, "second").first_h
    assert not second.reasons
    assert first.first_h is not None
    assert first.later_h < first.first_h.step
    assert [(why.values["ship"], why.values["other"]) for why in first.reasons] == [("Mother ship", "Second")]
    assert "about as soon as alone, though Mother ship sails with Second" in sent_lines(found.together)[0]
    orders = {(one.order.values["ship"], one.options) for one in found.first_orders if one.order.id == "order.ship"}
    assert orders == {("Twin", (first.name,)), ("Mother ship", (second.name,))}


def test_the_first_keeps_its_ship_where_another_costs_it_hours() -> None:
    first, second = two_for_one_ship([36, 46, 56]).together
    assert (first.ship_id, second.ship_id) == ("mother-ship", "far")
    assert second.later_h > 20.0


def test_who_is_accepted_leaves_its_ship_to_nobody() -> None:
    offers = [{"asset": "nsrs", "state": "accepted"}]
    first, second = two_for_one_ship([30.1, 40.1, 50.1], offers=offers).together
    assert (first.ship_id, second.ship_id) == ("mother-ship", "far")


def test_the_first_leaves_its_aircraft_to_the_second_where_it_loses_nothing_by_others() -> None:
    ships = [ship(certified_for=BOTH), ship(id="twin", name="Twin", certified_for=BOTH)]
    one = fleet(usable_count=1, serves=["AU"])
    other = fleet(id="gb-other", name="Other C-17", usable_count=1, wait_h=[4.1, 8.1, 12.1])
    australian = rescue_system(id="second", name="Second", nations=["AU"], notice_h=[8, 9, 12])
    light = {"mass_t": 20, "outsize_pieces": 1}
    systems = [rescue_system(shipment=light), australian.model_copy(update={"shipment": Shipment(**light)})]
    slow = a_case(assumptions={"airlift.offload_h": 20.0})  # an aircraft is long away
    found = answer(slow, systems=systems, ships=ships, fleets=[one, other])
    first, second = found.together
    assert (first.asset_id, first.fleets, second.fleets) == ("nsrs", ("Other C-17",), ("RAF C-17",))
    assert second.first_h == alone(found, "second").first_h
    assert first.first_h is not None
    assert first.later_h < first.first_h.step


def test_gear_that_lives_on_a_ship_sails_with_her_and_foreign_gear_does_not() -> None:
    host = rescue_ship(certified_for=["own", "rov", "nsrs"], carries=[{"name": "Observation ROV"}])
    found = answer(systems=[own_ship_system(), rescue_system()], ships=[host, FAR])
    there = sent(found)
    assert there["own"].ship_id == "rescue-ship"
    assert there["rescue-ship"].ship_id == "rescue-ship"
    assert there["rescue-ship"].reasons == ()
    assert there["nsrs"].ship_id != "rescue-ship"


def test_aircraft_that_fly_for_the_first_come_back_for_the_second() -> None:
    ships = [ship(certified_for=BOTH), ship(id="twin", name="Twin", certified_for=BOTH)]
    one = [fleet(usable_count=1)]
    found = answer(systems=[rescue_system(), SECOND], ships=ships, fleets=one)
    first, second = found.together
    assert [why.id for why in second.reasons if why.id == "sent.aircraft"] == ["sent.aircraft"]
    lift = alone(found, first.asset_id).airlift
    assert lift is not None
    assert lift.last_item_h is not None
    # What loads only when the last sortie is back is not there before that.
    assert second.first_h is not None
    assert second.first_h.p50 > lift.last_item_h
    assert second.later_h > 3.0
    enough = answer(systems=[rescue_system(), SECOND], ships=ships)
    assert len(enough.together) == 2
    assert all(why.id != "sent.aircraft" for one in enough.together for why in one.reasons)


def test_who_is_accepted_is_sent_before_who_would_be_sooner() -> None:
    slow = rescue_system(id="second", name="Second", notice_h=[30, 36, 40])
    assets: dict[str, Any] = {"systems": [rescue_system(), slow], "ships": [ship(certified_for=BOTH), FAR]}
    assert [one.asset_id for one in answer(**assets).together] == ["nsrs", "second"]
    told = answer(a_case(offers=[{"asset": "second", "state": "accepted"}]), **assets)
    assert [one.asset_id for one in told.together] == ["second", "nsrs"]
    assert sent(told)["second"].ship_id == alone(told, "second").via.ship_id


def test_the_chance_that_any_is_in_time_grows_with_each_and_is_no_less_than_its_own() -> None:
    short = {"p10_h": 60, "p50_h": 90, "p90_h": 120, "source": "exercise"}
    case, ships = a_case(dissub={"survival_override": short}), [ship(certified_for=BOTH), rescue_ship(), FAR]
    found = answer(case, systems=[rescue_system(), SECOND, own_ship_system()], ships=ships)
    vehicles = [one for one in found.together if one.goes]
    assert len(vehicles) == 3
    chances = [one.probability_any or 0.0 for one in vehicles]
    assert chances == sorted(chances)
    assert all((one.probability_in_time or 0.0) <= any_h for one, any_h in zip(vehicles, chances, strict=True))
    assert chances[0] == vehicles[0].probability_in_time


def test_help_at_the_hull_goes_ahead_where_it_is_there_well_before() -> None:
    found = answer(systems=[rescue_system(notice_h=[30, 36, 40])], interventions=[rov()], ships=[ship(), FAR])
    assert [one.asset_id for one in found.together] == ["nsrs", "rov"]
    assert {"ROV"} <= {name for order in found.first_orders for name in order.options}
    late = answer(systems=[rescue_system()], interventions=[rov(notice_h=[30, 36, 40])], ships=[ship(), FAR])
    assert "rov" in sent(late)  # among the first three in rank
    three = [rescue_system(id=f"nsrs-{n}", name=f"System {n}") for n in range(3)]
    assert "rov" not in sent(answer(systems=three, interventions=[rov(notice_h=[200, 220, 240])]))


def test_where_the_first_help_has_lost_its_ship_the_next_goes_ahead() -> None:
    """The mother ship has gear of her own, and sails with another's vehicle: she cannot be at the hull first."""
    mother = ship(certified_for=["nsrs"], carries=[{"name": "Observation ROV"}], notice_h=[30, 36, 40])
    late = {"notice_h": [40, 46, 50]}
    three = [rescue_system(**late), *(rescue_system(id=name, name=name, **late) for name in ("second", "third"))]
    found = answer(systems=three, interventions=[rov(notice_h=[20, 24, 28])], ships=[mother, FAR])
    assert alone(found, "nsrs").via.ship_id == "mother-ship"
    assert next(one for one in found.options if one.kind != "rescue_system").asset_id == "mother-ship"
    ahead = found.together[-1]
    assert (len(found.together), ahead.asset_id, ahead.goes) == (4, "rov", True)


def test_what_comes_too_late_with_what_is_left_is_told_and_not_ordered() -> None:
    window = {"p10_h": 72, "p50_h": 75, "p90_h": 78, "source": "exercise"}
    case = a_case(dissub={"survival_override": window})
    found = answer(case, systems=[rescue_system(), SECOND], ships=[ship(certified_for=BOTH)])
    first, second = found.together
    assert first.goes
    assert not second.goes
    assert second.name not in {name for order in found.first_orders for name in order.options}
    assert sent_lines(found.together)[1].startswith(f"{second.name}: not with what is left (")


def test_text_and_file_tell_it() -> None:
    case = a_case()
    found = answer(case, systems=[rescue_system(), SECOND], ships=[ship(certified_for=BOTH), FAR])
    words = response_table(found, case)
    assert "Sent together, each ship and aircraft once:" in words
    first, second = sent_lines(found.together)
    assert "on Mother ship from Far north quay" in first
    assert "at least one vehicle so far" not in first
    assert f"as Mother ship sails with {found.together[0].name}" in second
    assert "at least one vehicle so far in time" in second
    written = response_file(found, case).together
    assert [one.ship_id for one in written] == ["mother-ship", "far"]
    only = answer(case, systems=[rescue_system()], ships=[ship()])
    assert sent_lines(only.together) == []


def a_sortie(number: int, aircraft: int, landed_h: float) -> Sortie:
    here = Place(name="Here", position=Position(lat_deg=0.0, lon_deg=0.0))
    return Sortie(
        number=number, fleet_id="gb-c17", fleet="RAF C-17", aircraft=aircraft, origin=here, destination=here,
        load_from_h=landed_h - 4, airborne_h=landed_h - 3, landed_h=landed_h, offload_from_h=landed_h,
        offloaded_h=landed_h + 1,
    )  # fmt: skip


def test_each_aircraft_is_back_after_its_last_sortie_and_the_way_home() -> None:
    found = answer(systems=[rescue_system(), SECOND], ships=[ship(certified_for=BOTH)], fleets=[fleet(usable_count=1)])
    assert found.together[1].reasons
    table = (a_sortie(1, 1, 20.0), a_sortie(2, 2, 21.0), a_sortie(3, 1, 30.0))
    assert sorted(back_hours("gb-c17", table)) == [25.0, 34.0]
    assert back_hours("another", table) == []
    assert Busy().key == ()


def test_a_fleet_that_is_back_too_late_to_fly_anything_is_not_asked() -> None:
    heavy = rescue_system(shipment={"mass_t": 400, "outsize_pieces": 1})
    two = [fleet(usable_count=1), fleet(id="us-c17", name="USAF C-17", usable_count=1)]
    given = registry(systems=[heavy], interventions=[], ships=[ship()], fleets=two)
    sit = situation_of(a_case(), given, NUMBERS, WORLD, 0, 10)
    lift = next(one for chain in chains_of(heavy, sit) if (one := chain.lift) is not None and one.partners)
    soon = {one.carrier.fleet.id: one for one in Busy({"us-c17": (40.0,)}).later(heavy, lift, 2.0, sit).all}
    assert set(soon) == {"gb-c17", "us-c17"}
    assert soon["us-c17"].carrier.flying.free == (38.0,)
    assert soon["gb-c17"].carrier.flying.free == next(
        one.carrier.flying.free for one in lift.all if one.carrier.fleet.id == "gb-c17"
    )
    for late in ("gb-c17", "us-c17"):
        left = Busy({late: (5000.0,)}).later(heavy, lift, 2.0, sit)
        assert {one.carrier.fleet.id for one in left.all} == {"gb-c17", "us-c17"} - {late}
    assert Busy({"another": (40.0,)}).later(heavy, lift, 2.0, sit) is lift


@cache
def shipped(path: Path) -> Response:
    return plan(read_case(path), load_registry(), NUMBERS, load_world(), samples=200, paths=False)


@pytest.mark.parametrize("path", shipped_cases(), ids=lambda path: path.stem)
def test_in_shipped_cases_no_ship_is_fitted_out_for_two_and_the_first_is_as_if_alone(path: Path) -> None:
    found, case = shipped(path), read_case(path)
    assert clashes(found, case, load_registry().of_the_day(case), NUMBERS.replaced(case.assumptions)) == []
    going = [one for one in found.together if one.goes]
    fitted_out = Counter(one.ship_id for one in going if one.ship_id is not None and one.spod is not None)
    assert all(count == 1 for count in fitted_out.values())
    own = {one.ship_id for one in going if one.ship_id is not None and one.spod is None}
    assert not own & set(fitted_out)
    for one in going:
        before, mode = alone(found, one.asset_id).first_h, alone(found, one.asset_id).mode
        assert before is not None
        assert one.first_h is not None
        assert bool(one.reasons) or one.first_h == before
        assert mode is not Mode.AIR_DROP or not one.reasons
