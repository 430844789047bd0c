"""A ship that several options would have is told of, as each is planned as if it were alone."""

from __future__ import annotations

from tests.planning.test_plan import answer
from tests.planning.worlds import registry, rescue_system, rov, ship


def test_a_ship_that_two_systems_would_have_for_themselves_is_told() -> None:
    """One mother ship, certified for both: each is planned as if alone."""
    both = ship(certified_for=["nsrs", "second"])
    second = rescue_system(id="second", name="Second")
    told = answer(assets=registry(systems=[rescue_system(), second], ships=[both])).findings
    (why,) = (one for one in told if one.id == "finding.ship_twice")
    assert why.values == {"ship": "Mother ship", "names": "Fly-away system, Second"}
    alone = answer(assets=registry(systems=[rescue_system()], ships=[both])).findings
    assert "finding.ship_twice" not in {one.id for one in alone}


def test_a_ship_that_is_wanted_at_the_hull_and_in_port_is_told() -> None:
    """She brings her own ROV, and is to be fitted out meanwhile with a system that is flown in."""
    host = ship()
    hers = rov(id="hers", name="Her ROV", home_ships=[host.id], fly_away=False)
    told = answer(assets=registry(systems=[rescue_system()], interventions=[hers], ships=[host])).findings
    (why,) = (one for one in told if one.id == "finding.ship_called_to_port")
    assert why.values == {"ship": host.name, "names": "Her ROV", "system": "Fly-away system"}
    alone = answer(assets=registry(systems=[rescue_system()], interventions=[rov()], ships=[host])).findings
    assert "finding.ship_called_to_port" not in {one.id for one in alone}
