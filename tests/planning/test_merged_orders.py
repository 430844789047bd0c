"""Leave that several fleets need of a nation is one order, and one ship is not sent to two places."""

from __future__ import annotations

from subrescue.domain.first_order import FirstOrder
from subrescue.domain.reasons import reason
from subrescue.exchange.wording import say
from subrescue.planning.answer.merged_orders import merged
from subrescue.planning.answer.respond import plan
from subrescue.store.assumptions import load_assumptions
from tests.planning.worlds import a_case, fleet, own_ship_system, registry, rescue_system, ship, small_world


def overflight(nations: str, fleet_name: str, latest_h: float | None, *options: str) -> FirstOrder:
    order = reason("order.overflight", nations=nations, fleet=fleet_name)
    return FirstOrder(order=order, options=options, latest_h=latest_h)


def told(orders: list[FirstOrder]) -> list[tuple[str, tuple[str, ...], float | None]]:
    return [(say(one.order), one.options, one.latest_h) for one in orders]


def test_nations_that_the_same_fleets_cross_are_asked_together_and_each_once() -> None:
    found = merged([
        overflight("ES, MA", "RAF C-17", 73.0, "NSRS"),
        overflight("IE, ES, MA", "French A400M", 70.0, "NSRS"),
        FirstOrder(order=reason("order.loader", airfield="DNMM"), options=("NSRS",), latest_h=80.0),
    ])  # fmt: skip
    assert told(found) == [
        ("ask DNMM for a K-loader", ("NSRS",), 80.0),
        ("ask ES, MA to let RAF C-17 + French A400M fly over", ("NSRS",), 70.0),
        ("ask IE to let French A400M fly over", ("NSRS",), 70.0),
    ]


def test_a_nation_that_two_options_wait_for_is_asked_once_for_both() -> None:
    found = merged([overflight("SN", "RAF C-17", None, "NSRS"), overflight("SN", "USAF C-5M", 87.0, "SRDRS")])
    assert told(found) == [("ask SN to let RAF C-17 + USAF C-5M fly over", ("NSRS", "SRDRS"), 87.0)]


def test_landings_are_joined_by_airfield() -> None:
    def landing(airfield: str, name: str) -> FirstOrder:
        return FirstOrder(order=reason("order.landing", nations="NG", fleet=name, airfield=airfield), options=("NSRS",))

    found = merged([landing("DNMM", "RAF C-17"), landing("DNPO", "RAF C-17"), landing("DNMM", "French A400M")])
    assert [say(one.order) for one in found] == [
        "ask NG to let RAF C-17 + French A400M land at DNMM",
        "ask NG to let RAF C-17 land at DNPO",
    ]


def test_a_ship_that_sails_with_her_own_vehicle_is_not_ordered_to_port_for_another() -> None:
    """INS Nistar was to sail with her DSRV and to wait at the quay for the other one."""
    own, other = own_ship_system(), rescue_system(nations=["GB"])
    her = ship(id="rescue-ship", nations=["NO"], certified_for=[other.id])
    given = a_case(offers=[{"asset": other.id, "state": "offered", "ship": her.id}])
    found = plan(
        given, registry(systems=[own, other], interventions=[], ships=[her]), load_assumptions(), small_world(),
        samples=50,
    ).first_orders  # fmt: skip
    ids = [one.order.id for one in found]
    assert "order.ship" not in ids
    (order,) = [one for one in found if one.order.id == "order.other_ship"]
    assert order.options == (other.name,)
    assert order.order.values["other"] == own.name


def test_an_owner_without_a_known_office_is_named_once_and_a_fleet_of_many_by_itself() -> None:
    many = fleet(nations=["NO", "SE", "FI", "NL"], name="Strategic Airlift")
    found = plan(
        a_case(), registry(systems=[rescue_system(nations=["GB"])], interventions=[], fleets=[many]),
        load_assumptions(), small_world(), samples=50,
    ).first_orders  # fmt: skip
    lines = [say(one.order) for one in found]
    assert "ask GB to offer Rescue system" in [line.replace(rescue_system().name, "Rescue system") for line in lines]
    assert any(line.startswith("ask Strategic Airlift for ") for line in lines)
