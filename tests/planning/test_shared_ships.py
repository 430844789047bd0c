"""What the case counts on has each ship and aircraft once; two that it sends on one ship itself say so."""

from __future__ import annotations

from typing import Any

from subrescue.domain.response import Option
from subrescue.exchange.wording import say
from subrescue.planning.answer.respond import plan, plan_some
from subrescue.store.assumptions import load_assumptions
from tests.planning.worlds import a_case, own_ship_system, registry, rescue_ship, rescue_system, rov, ship, small_world

NUMBERS, WORLD = load_assumptions(), small_world()
SECOND = rescue_system(id="second", name="Second")
BOTH = ["nsrs", "second", "rov"]
FAR = ship(
    id="far",
    name="Far ship",
    certified_for=BOTH,
    base={"name": "Far north quay", "position": {"lat_deg": 61.6, "lon_deg": 5.0}},
    notice_h=[90, 100, 120],
)
TWO: dict[str, Any] = {"systems": [rescue_system(), SECOND], "ships": [ship(certified_for=BOTH), FAR]}


def answered(offers: list[dict[str, Any]], **assets: Any) -> dict[str, Option]:
    assets = {"interventions": [], **assets}
    found = plan(a_case(offers=offers), registry(**assets), NUMBERS, WORLD, samples=50, paths=False)
    return {option.asset_id: option for option in found.options}


def accepted(*names: str, **more: Any) -> list[dict[str, Any]]:
    return [{"asset": name, "state": "accepted", **more} for name in names]


def ids(option: Option) -> set[str]:
    return {note.id for note in option.notes}


def test_of_two_that_are_accepted_the_second_gets_another_ship_and_says_why() -> None:
    alone = answered([], **TWO)
    found = answered(accepted("nsrs", "second"), **TWO)
    assert {option.via.ship_id for option in alone.values()} == {"mother-ship"}
    (first,) = [option for option in found.values() if option.via.ship_id == "mother-ship"]
    (second,) = [option for option in found.values() if option is not first]
    assert "sent.ship" in ids(second)
    assert not {"sent.ship", "sent.aircraft"} & ids(first)
    assert f"Mother ship sails with {first.name}" in [say(note) for note in second.notes]
    # Of those that are only offered each has its best way still: nobody has sent any.
    offered = answered([{"asset": name, "state": "offered"} for name in ("nsrs", "second")], **TWO)
    assert {option.via.ship_id for option in offered.values()} == {"mother-ship"}


def test_who_was_told_to_go_first_goes_first() -> None:
    early, late = "2026-11-01T12:00:00Z", "2026-11-01T13:00:00Z"
    for first, second in (("nsrs", "second"), ("second", "nsrs")):
        offers = [*accepted(first, told_to_go=early), *accepted(second, told_to_go=late)]
        found = answered(offers, **TWO)
        assert found[first].via.ship_id == "mother-ship"
        assert found[second].via.ship_id != "mother-ship"


def test_two_on_one_ship_by_the_word_of_the_case_say_so() -> None:
    found = answered(accepted("nsrs", "second", ship="mother-ship"), **TWO)
    assert {option.via.ship_id for option in found.values()} == {"mother-ship"}
    told = [say(note) for note in found["nsrs"].notes if note.id == "ship.shared"]
    assert told == [
        "the case sends Second on Mother ship too, each planned as if it had her alone: say who sails with her, and "
        "name another ship for the other"
    ]
    assert "ship.shared" in ids(found["second"])


def test_a_rescue_ship_that_sails_with_her_own_vehicle_takes_no_others_gear() -> None:
    host = rescue_ship(certified_for=["own", "rov"])
    found = answered(accepted("own", "rov"), systems=[own_ship_system()], ships=[host], interventions=[rov()])
    assert found["own"].via.ship_id == "rescue-ship"
    assert found["rov"].via.ship_id is None
    assert "sent.ship" in ids(found["rov"])


def test_all_that_lives_on_a_ship_sails_with_her() -> None:
    host = rescue_ship(carries=[{"name": "Observation ROV"}])
    found = answered(accepted("own", "rescue-ship"), systems=[own_ship_system()], ships=[host])
    assert found["rescue-ship"].via.ship_id == found["own"].via.ship_id == "rescue-ship"
    assert not any({"sent.ship", "ship.shared"} & ids(option) for option in found.values())


def test_an_estimate_of_one_that_is_counted_on_minds_the_others() -> None:
    case, assets = a_case(offers=accepted("nsrs", "second")), registry(interventions=[], **TWO)
    before = plan(case, assets, NUMBERS, WORLD, samples=50, paths=False)
    for asked in ("nsrs", "second"):
        found = plan_some([asked], before, case, assets, NUMBERS, WORLD, samples=50)
        ships = {option.asset_id: option.via.ship_id for option in found.options}
        assert ships == {option.asset_id: option.via.ship_id for option in before.options}
    assert found.together == before.together
    assert found.first_orders == before.first_orders
