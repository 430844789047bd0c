"""Where a ship is fitted out: ports that are known to do come first, doubt costs hours, too small ones are left out."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from subrescue.domain.reasons import Reason
from subrescue.domain.response import Gate, GateResult, Option, PhaseName, Verdict
from subrescue.earth.places.place_tables import PortTable
from subrescue.earth.places.port_quays import Quay, quays
from subrescue.earth.world import World
from subrescue.exchange.wording import say
from subrescue.planning.answer.respond import plan
from subrescue.planning.doubt.durations import median, plus
from subrescue.planning.geography.places import places_of
from subrescue.store.assumptions import load_assumptions
from tests.planning import worlds
from tests.planning.worlds import a_case, a_port, registry, rescue_system, rov, ship, small_world

NUMBERS = load_assumptions()


@pytest.mark.parametrize(
    ("port", "quay"),
    [
        ("faslane", Quay.SUITS),  # a naval base
        ("kirkenes", Quay.SUITS),  # a mobilisation port of our own table
        ("dkebj", Quay.SUITS),  # Esbjerg: liner services
        ("nobjf", Quay.UNKNOWN),  # Batsfjord
        ("cacrb", Quay.UNKNOWN),  # Carbonear
        ("glnaq", Quay.TOO_SMALL),  # Qaanaaq: ships anchor there
    ],
)
def test_what_is_known_of_a_quay_is_told_apart_from_what_is_not(port: str, quay: Quay) -> None:
    table = PortTable()
    assert table.quay[table.number_of[port]] == quay


def test_every_port_that_is_too_small_is_in_the_gazetteer() -> None:
    table = PortTable()
    assert np.count_nonzero(table.quay == Quay.TOO_SMALL) == 24
    assert np.count_nonzero(table.quay == Quay.SUITS) > 900


def test_without_a_table_a_civil_port_is_unknown(tmp_path: Any) -> None:
    (tmp_path / "naval_bases.csv").write_text("id,name\nfaslane,Faslane\n", encoding="utf-8")
    found = quays(["dkebj", "faslane", "pitcairn"], ["DKEBJ", "", ""], ["", "", ""], tmp_path)
    assert found.tolist() == [Quay.UNKNOWN, Quay.SUITS, Quay.UNKNOWN]


@pytest.mark.parametrize("port", ["derbent", "phuket", "nice", "mcmurdo_station"])
def test_of_the_quays_of_ports_that_no_list_has_nothing_is_known(port: str) -> None:
    table = PortTable()
    assert table.quay[table.number_of[port]] == Quay.UNKNOWN


class _Known(worlds._Table):  # the same table with what is known of each quay
    known: tuple[Quay, ...] = ()

    @property
    def quay(self) -> Any:
        return np.array(self.known, np.int8)


def with_quays(known: tuple[Quay, ...]) -> World:
    """A world of a near and a far northern quay of which this is known."""
    world = small_world(ports=[a_port("near", 61.6, 5.0), a_port("far", 60.4, 5.3)])
    table = _Known(world.gazetteer.ports)
    table.known = known
    world.gazetteer.ports = table  # type: ignore[misc, assignment]  # a test's own gazetteer
    return world


def response_at(known: tuple[Quay, ...], **offer: Any) -> Option:
    """The fly-away system in such a world."""
    world = with_quays(known)
    offers = [{"asset": "nsrs", "state": "accepted", **offer}] if offer else []
    assets = registry(systems=[rescue_system()], interventions=[], ships=[ship()])
    return plan(a_case(offers=offers), assets, NUMBERS, world, samples=50).options[0]


def port_of(option: Option) -> str:
    assert option.via.spod is not None
    return option.via.spod.name


def ship_gate(option: Option) -> GateResult:
    return next(gate for gate in option.gates if gate.gate is Gate.SHIP)


def fit_out_h(option: Option) -> float:
    return next(span for span in reversed(option.phases) if span.phase is PhaseName.FIT_OUT).length_h.p50


def test_a_port_that_is_known_to_do_comes_before_a_nearer_one_of_which_nothing_is_known() -> None:
    """The near quay saves 73 nm, some five hours; the doubt costs eight."""
    both = response_at((Quay.SUITS, Quay.SUITS))
    assert port_of(both) == "Port near"
    doubted = response_at((Quay.UNKNOWN, Quay.SUITS))
    assert port_of(doubted) == "Port far"
    assert ship_gate(doubted).verdict is Verdict.GREEN


def test_where_no_quay_is_known_the_fit_out_is_longer_and_says_whom_to_ask() -> None:
    known, option = response_at((Quay.SUITS, Quay.SUITS)), response_at((Quay.UNKNOWN, Quay.UNKNOWN))
    assert port_of(option) == "Port near"
    certified = NUMBERS["fit_out.certified_h"]
    assert fit_out_h(known) == pytest.approx(median(certified), abs=0.01)
    assert fit_out_h(option) == pytest.approx(median(plus(certified, NUMBERS["fit_out.plain_quay_h"])), abs=0.01)
    gate = ship_gate(option)
    assert gate.verdict is Verdict.AMBER
    (why,) = (one for one in gate.reasons if one.id == "ship.quay_unknown")
    assert why.values["port"] == "Port near"


def test_a_port_that_is_too_small_is_used_only_where_the_case_settles_it_and_is_red() -> None:
    assert port_of(response_at((Quay.TOO_SMALL, Quay.SUITS))) == "Port far"
    settled = response_at((Quay.TOO_SMALL, Quay.SUITS), spod="near")
    assert port_of(settled) == "Port near"
    gate = ship_gate(settled)
    assert gate.verdict is Verdict.RED
    (why,) = (one for one in gate.reasons if one.id == "ship.quay_small")
    assert say(why) == "Port near has no quay for a ship of 100 m; Port far would do, 73 NM from it"


def test_the_places_of_a_small_world_are_all_known_to_do() -> None:
    assert set(places_of(small_world()).port_quay.tolist()) == {Quay.SUITS}


def test_a_vessel_that_nobody_has_found_is_not_taken_for_granted_at_a_creek() -> None:
    """Containers need no quay of 100 m, but who charters there is told where such ships lie."""

    def told(known: tuple[Quay, ...]) -> list[Reason]:
        assets = registry(systems=[], interventions=[rov(airfield_icao="EGPK")], ships=[])
        (found,) = plan(a_case(), assets, NUMBERS, with_quays(known), samples=50).options
        return [why for why in ship_gate(found).reasons if why.id == "ship.none_known_there"]

    assert told((Quay.SUITS, Quay.SUITS)) == []
    (why,) = told((Quay.UNKNOWN, Quay.SUITS))
    assert say(why) == "Port near is not known as a port where such vessels lie; Port far would do, 73 NM from it"
