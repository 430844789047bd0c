"""Systems that were told to come and are planned with the same ship say so, and what the next ship costs."""

from __future__ import annotations

from typing import Any

from subrescue.domain.response import Option
from subrescue.exchange.wording import say
from subrescue.planning.answer.respond import plan
from subrescue.store.assumptions import load_assumptions
from tests.planning.worlds import a_case, own_ship_system, registry, rescue_ship, rescue_system, rov, ship, small_world

SECOND = rescue_system(id="second", name="Second")
BOTH = ["nsrs", "second", "rov"]
FAR = ship(
    id="far",
    name="Far ship",
    certified_for=BOTH,
    base={"name": "Far north quay", "position": {"lat_deg": 61.6, "lon_deg": 5.0}},
    notice_h=[90, 100, 120],
)


def answered(counted_on: list[str], **assets: Any) -> dict[str, Option]:
    case = a_case(offers=[{"asset": asset, "state": "accepted"} for asset in counted_on])
    assets = {"interventions": [], **assets}
    found = plan(case, registry(**assets), load_assumptions(), small_world(), samples=20, paths=False)
    return {option.asset_id: option for option in found.options}


def told(option: Option) -> list[str]:
    return [say(note) for note in option.notes if note.id == "ship.shared"]


def test_two_that_were_told_to_come_by_one_ship_say_so_and_name_the_next() -> None:
    assets = {"systems": [rescue_system(), SECOND], "ships": [ship(certified_for=BOTH), FAR]}
    found = answered(["nsrs", "second"], **assets)
    first = found["nsrs"]
    later_h = next(other.costs_h for other in first.alternatives if other.via.ship_id == "far")
    assert later_h > 24.0
    port = next(other.via.spod for other in first.alternatives if other.via.ship_id == "far")
    assert port is not None
    assert told(first) == [
        "Mother ship is planned to carry Second too, each planned as if it had her alone: say who sails with her; "
        f"without her the next is Far ship from {port.name}, {later_h:.0f} h later"
    ]
    assert "carry Fly-away system too" in told(found["second"])[0]
    # Of one that is only offered or known nobody has to decide yet: a finding of the whole case tells of it.
    assert not any(told(option) for option in answered(["nsrs"], **assets).values())


def test_a_vessel_to_be_chartered_is_the_next_where_there_is_no_other_ship() -> None:
    found = answered(["nsrs", "second"], systems=[rescue_system(), SECOND], ships=[ship(certified_for=BOTH)])
    assert "without her the next is a vessel chartered at " in told(found["nsrs"])[0]


def test_a_rescue_ship_that_others_gear_is_fitted_on_does_not_sail_with_her_own_at_once() -> None:
    host = rescue_ship(certified_for=["own", "rov"])
    found = answered(["own", "rov"], systems=[own_ship_system()], ships=[host], interventions=[rov()])
    assert found["rov"].via.ship_id == found["own"].via.ship_id == "rescue-ship"
    assert "Rescue ship is planned to carry ROV too" in told(found["own"])[0]


def test_a_ship_with_all_that_lives_on_her_is_not_shared() -> None:
    host = rescue_ship(carries=[{"name": "Observation ROV"}])
    found = answered(["own", "rescue-ship"], systems=[own_ship_system()], ships=[host])
    assert found["rescue-ship"].via.ship_id == found["own"].via.ship_id == "rescue-ship"
    assert not any(told(option) for option in found.values())
