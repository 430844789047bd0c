"""A what-if reads from text, prints to the same text, changes a case as its words say, and names what is wrong."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from subrescue.domain.case import Case, CaseShip, Offer, OfferState
from subrescue.domain.case_ports import PortFact
from subrescue.domain.errors import InputError
from subrescue.domain.position import Position
from subrescue.domain.quantities import Pert
from subrescue.domain.what_if import (
    Accept,
    Airfield,
    AskAt,
    Change,
    MoveShip,
    Passage,
    Port,
    SetAssumption,
    SetField,
    WhatIf,
    Without,
    WithoutNation,
)
from subrescue.earth.world import load_world
from subrescue.store.assumptions import load_assumptions
from subrescue.store.cases import find_case, read_case
from subrescue.store.registry import load_registry
from subrescue.store.what_if import Names, applied, read_what_if

CASE = read_case(find_case("demo-norwegian-sea"))
NAMES = Names(CASE, load_registry(), load_assumptions(), load_world())


def read(*lines: str) -> WhatIf:
    return read_what_if(lines, NAMES)


def changed(*lines: str, case: Case = CASE) -> Case:
    return applied(case, read(*lines), NAMES)


def changed_of(case: Case, *lines: str) -> Case:
    names = Names(case, NAMES.registry, NAMES.assumptions, NAMES.world)
    return applied(case, read_what_if(lines, names), names)


def refusal(*lines: str) -> str:
    with pytest.raises(InputError) as caught:
        read(*lines)
    return str(caught.value)


def test_fields_and_assumptions_are_told_apart() -> None:
    what_if = read("dissub.depth_m=300", "set ship.charter_h=24", "assumptions.alert.accept_h=1/2/3")
    assert what_if.changes == (
        SetField(key="dissub.depth_m", value="300"),
        SetAssumption(key="ship.charter_h", value=Pert.exactly(24)),
        SetAssumption(key="alert.accept_h", value=Pert(min=1, mode=2, max=3)),
    )
    case = applied(CASE, what_if, NAMES)
    assert case.dissub.depth_m == 300
    assert case.assumptions["ship.charter_h"] == Pert.exactly(24)


def test_fields_beside_one_another_change_together() -> None:
    case = changed("dissub.survivors=40", "dissub.people_aboard=45")
    assert (case.dissub.survivors, case.dissub.people_aboard) == (40, 45)


def test_an_asset_is_known_by_a_word_of_its_id() -> None:
    assert read("without lr5").changes == (Without(asset="au-lr5"),)
    assert read("without LR5").changes == (Without(asset="au-lr5"),)
    assert "au-lr5" not in NAMES.registry.of_the_day(changed("without lr5")).rescue_systems


def test_a_fleet_out_flies_nothing() -> None:
    assert "gb-c17" not in NAMES.registry.of_the_day(changed("without gb-c17")).aircraft_fleets


def test_what_the_case_knows_of_an_asset_goes_with_it() -> None:
    case = CASE.model_copy(
        update={
            "offers": (Offer(asset="au-lr5"), Offer(asset="gb-nsrs", ship="no-kv-bergen")),
            "ships": (CaseShip(ship="no-kv-bergen"), CaseShip(ship="no-kv-sortland", prepared_for=("au-lr5",))),
        }
    )
    left = changed("without lr5", "without no-kv-bergen", case=case)
    assert left.offers == (Offer(asset="gb-nsrs"),)
    assert left.ships == (CaseShip(ship="no-kv-sortland"),)


def test_an_asset_of_the_case_itself_goes_too() -> None:
    kursk = read_case(find_case("kursk-2000"))
    own = kursk.assets.rescue_systems[0].id
    names = Names(kursk, NAMES.registry, NAMES.assumptions, NAMES.world)
    left = applied(kursk, read_what_if([f"without {own}"], names), names)
    assert own not in {asset.id for asset in NAMES.registry.of_the_day(left).assets()}


def test_a_nation_out_takes_what_it_alone_declares() -> None:
    day = NAMES.registry.of_the_day(changed("without NO"))
    assert "no-kv-bergen" not in day.ships
    assert any("NO" in asset.nations for asset in day.assets()), "what it declares with others stays"
    assert all(asset.nations != ("NO",) for asset in day.assets())


def test_airfields_and_passages_close_and_open() -> None:
    what_if = read("close ENVA, suez", "open Kiel Canal")
    assert what_if.changes == (
        Airfield(icao="ENVA"),
        Passage(passage="suez"),
        Passage(passage="kiel", closed=False),
    )
    case = applied(CASE.model_copy(update={"closed_passages": ("kiel",)}), what_if, NAMES)
    assert case.closed_passages == ("suez",)
    assert [(fact.icao, fact.closed) for fact in case.airfields if fact.icao == "ENVA"] == [("ENVA", True)]
    assert [fact.closed for fact in changed("close ENVA", "open ENVA").airfields if fact.icao == "ENVA"] == [False]


def test_a_port_closes_and_opens_under_the_name_that_the_case_gives_it() -> None:
    (closed,) = read("close Kristiansund Vestbase").changes
    assert isinstance(closed, Port)
    assert [(fact.port, fact.closed) for fact in changed(closed.text).ports] == [(closed.port, True)]
    known = CASE.model_copy(update={"ports": (PortFact(port="Kristiansund Vestbase", crane_t=40.0),)})
    again = changed_of(known, "close kristiansund vestbase")
    assert again.ports == (PortFact(port="Kristiansund Vestbase", crane_t=40.0, closed=True),)
    assert changed_of(again, "open Vestbase").ports[0].closed is False


def test_a_port_that_the_case_makes_closes_too() -> None:
    quay = PortFact(port="Quay of the yard", position=Position(lat_deg=63.1, lon_deg=7.7), crane_t=40.0)
    made = CASE.model_copy(update={"ports": (quay,)})
    assert changed_of(made, "close quay of the yard").ports == (quay.model_copy(update={"closed": True}),)


@pytest.mark.parametrize(("name", "allowed"), [("Sues", "did you mean 'suez'"), ("Georgetown", "Georgetown, ")])
def test_a_place_that_nobody_knows_or_several_are_is_told_of(name: str, allowed: str) -> None:
    with pytest.raises(InputError, match=allowed):
        read(f"close {name}")


def test_a_ship_is_moved() -> None:
    case = changed("move kv-bergen=64.5, 7.25")
    assert [ship.position for ship in case.ships if ship.ship == "no-kv-bergen"] == [
        Position(lat_deg=64.5, lon_deg=7.25)
    ]


def test_acceptance_comes_at_another_hour() -> None:
    offer = next(one for one in changed("accept se-urf=6h").offers if one.asset == "se-urf")
    assert offer.state is OfferState.ACCEPTED
    assert offer.told_to_go == CASE.alert + timedelta(hours=6)
    exact = read("accept se-urf=2026-11-24T03:00+03:00").changes[0]
    assert exact == Accept(asset="se-urf", when=datetime(2026, 11, 24, tzinfo=UTC))


def test_help_is_asked_for_at_another_time() -> None:
    assert changed("ask 2026-11-23T10:00Z").alert == datetime(2026, 11, 23, 10, tzinfo=UTC)


def test_changes_are_made_in_their_order() -> None:
    # The hours of the acceptance count from the alert as it stands then.
    offer = next(one for one in changed("ask 2026-11-23T10:00Z", "accept se-urf=2").offers if one.asset == "se-urf")
    assert offer.told_to_go == datetime(2026, 11, 23, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("dissub.dept_m=3", "set: found the unknown key 'dissub.dept_m'; did you mean 'dissub.depth_m'"),
        ("assumptions.charter_h=3", "did you mean 'ship.charter_h'"),
        ("ship.charter_h=9000", "set: found ship.charter_h=9000; allowed is 0 to "),
        ("ship.charter_h=soon", "one number or smallest/most likely/largest in h is needed"),
        ("alert.put_off_chance=now", "one number or smallest/most likely/largest is needed"),
        ("without", "without: found nothing; an asset, au-lr5, or a nation, RU, is needed"),
        ("without lr5x", "without: found the unknown asset 'lr5x'; did you mean"),
        ("without c17", "found 'c17', which may be several; one of "),
        ("without XX", "found 'XX', which alone declares no asset; none of the"),
        ("close sueez", "close: found 'sueez', which is no known passage, airfield or port; did you mean 'suez'?"),
        ("close Kristansund", "port; did you mean 'Kristiansund Vestbase'?"),
        ("close b", "port; did you mean 'bosporus' or "),
        ("close nowhereland", "port; a passage, suez, an airfield's ICAO code, ENVA, or a port, Tromso, is needed"),
        ("close ZZZZ", "close: found the unknown airfield 'ZZZZ'; the ICAO code of an airfield is needed"),
        ("move kv-bergen", "move: found 'kv-bergen'; SHIP=POSITION is needed"),
        ("move kv-bergen=north", "move: found 'north'"),
        ("accept nsrs=soon", "accept: found 'soon'; hours from the alert, 6h, or a time with its zone"),
        ("ask yesterday", "ask: found 'yesterday'; a time with its zone is needed"),
        ("clos suez", "accept and what; did you mean 'close'?"),
        ("sink nsrs", "what if: found 'sink nsrs'; a change is needed: KEY=VALUE, or set, ask,"),
    ],
)
def test_a_wrong_change_names_what_was_found_and_what_is_allowed(line: str, words: str) -> None:
    assert words in refusal(line)


def test_the_range_of_a_share_has_no_unit() -> None:
    assert refusal("alert.put_off_chance=2").endswith("found alert.put_off_chance=2; allowed is 0 to 1")


def test_every_wrong_change_is_told_at_once() -> None:
    assert len(refusal("close sueez", "without lr5x", "dissub.dept_m=3").splitlines()) == 3


def test_a_value_that_is_not_allowed_is_refused_when_it_is_applied() -> None:
    with pytest.raises(InputError, match="allowed is 0 to 11000 m"):
        changed("dissub.depth_m=-3")


HOURS = st.floats(min_value=0, max_value=240, allow_nan=False)
INSTANTS = st.integers(0, 10**9).map(lambda seconds: datetime(2020, 1, 1, tzinfo=UTC) + timedelta(seconds=seconds))
CHANGES: st.SearchStrategy[Change] = st.one_of(
    st.builds(SetField, key=st.just("dissub.depth_m"), value=st.integers(0, 600).map(str)),
    st.builds(
        lambda three: SetAssumption(
            key="ship.charter_h", value=Pert(min=min(three), mode=sorted(three)[1], max=max(three))
        ),
        st.tuples(HOURS, HOURS, HOURS),
    ),
    st.sampled_from([Without(asset="au-lr5"), Without(asset="gb-c17"), WithoutNation(nation="RU")]),
    st.builds(Passage, passage=st.sampled_from(["suez", "kiel"]), closed=st.booleans()),
    st.builds(Airfield, icao=st.sampled_from(["ENVA", "ENBR"]), closed=st.booleans()),
    st.builds(
        lambda lat, lon: MoveShip(ship="no-kv-bergen", position=Position(lat_deg=lat, lon_deg=lon)),
        st.floats(-90, 90),
        st.floats(-179.9, 179.9),
    ),
    st.builds(Accept, asset=st.just("se-urf"), when=st.one_of(HOURS, INSTANTS)),
    st.builds(AskAt, at=INSTANTS),
)


@given(st.lists(CHANGES, max_size=5))
def test_what_is_printed_reads_back_as_the_same_what_if(changes: list[Change]) -> None:
    what_if = WhatIf(changes=tuple(changes))
    assert read(*what_if.lines) == what_if
