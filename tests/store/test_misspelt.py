"""Names in a case that would do nothing are told, as a warning with the names that come near."""

from __future__ import annotations

from pathlib import Path

import pytest

from subrescue.domain.errors import InputError
from subrescue.earth.world import load_world
from subrescue.store.assumptions import load_assumptions
from subrescue.store.cases import read_case, read_case_text, shipped_cases
from subrescue.store.checks import check_case
from subrescue.store.registry import load_registry
from subrescue.store.what_if import Names, applied, read_what_if

SMALL = """
id = "x"
title = "T"
kind = "exercise"
alert = 2026-11-23T06:00:00Z
[dissub]
name = "S"
nation = "Norway"
[dissub.fix]
position = "57°50.0'N 009°00.0'E"
"""


def told(text: str) -> list[str]:
    return [str(problem) for problem in check_case(read_case_text(text, "x"), load_registry(), load_world())
            if problem.warning]  # fmt: skip


def test_a_nation_that_is_none_is_told() -> None:
    text = SMALL + '[[clearances]]\nnation = "XQ"\nrefused = true\naircraft_of = ["US", "ZZ"]\n'
    allowed = "the code of a country, ISO 3166, is expected: without one it does nothing"
    assert told(text) == [
        f"clearances[XQ].aircraft_of[2]: found the unknown nation 'ZZ'; {allowed}",
        f"clearances[XQ].nation: found the unknown nation 'XQ'; {allowed}",
        "dissub.nation: found 'Norway'; two capital letters are expected: NO",
    ]


def test_an_asset_left_out_by_a_wrong_name_is_told() -> None:
    assert told(SMALL.replace("Norway", "NO") + '[assets]\nwithout = ["se-urff", "nsrs"]\n') == [
        "assets.without[1]: found the unknown asset 'se-urff'; did you mean 'se-urf'?"
    ]


OWN = (
    SMALL.replace("Norway", "NO")
    + """
[assets]
use_registry = false
[[assets.rescue_systems]]
id = "srv"
name = "A vehicle"
nations = ["GB"]
vehicle_type = "free_srv"
home_ships = ["srv"]
[[assets.ships]]
id = "tender"
name = "Her ship"
nations = ["QQ"]
role = "mother_ship"
certified_for = ["srv", "svr"]
screened_for = ["rvs"]
"""
)


def test_what_assets_of_a_case_name_and_nobody_has_is_told() -> None:
    allowed = "the code of a country, ISO 3166, is expected: without one it does nothing"
    assert told(OWN) == [
        "assets.rescue_systems[srv].home_ships[1]: found the unknown ship 'srv'; known are tender",
        "assets.ships[tender].certified_for[2]: found the unknown system 'svr'; did you mean 'srv'?",
        f"assets.ships[tender].nations[1]: found the unknown nation 'QQ'; {allowed}",
        "assets.ships[tender].screened_for[1]: found the unknown system 'rvs'; did you mean 'srv'?",
    ]


@pytest.mark.parametrize("kind", ["rescue_systems", "ships"])
def test_an_id_stands_once_among_the_assets_of_a_case(kind: str) -> None:
    more = f'[[assets.{kind}]]\nid = "srv"\nname = "B"\nnations = ["GB"]\n'
    more += 'vehicle_type = "free_srv"\n' if kind == "rescue_systems" else 'role = "mother_ship"\n'
    (problem,) = [one for one in check_case(read_case_text(OWN + more, "x"), load_registry()) if not one.warning]
    assert str(problem) == (
        f"assets.{kind}[srv].id: found 'srv', which stands twice; "
        "one entry for each is needed: put what is known into one"
    )


def test_two_entries_on_one_nation_are_told() -> None:
    twice = '[[clearances]]\nnation = "SE"\nlead_h = 5\n[[clearances]]\nnation = "SE"\nrefused = true\n'
    beside = '[[clearances]]\nnation = "SE"\nrefused = true\naircraft_of = ["RU"]\n'
    (found,) = told(SMALL.replace("Norway", "NO") + twice + beside)
    assert found.startswith("clearances[SE].nation: found 'SE', which stands twice")


def test_two_words_of_a_nation_on_the_same_ships_are_told_and_on_others_are_not() -> None:
    twice = '[[sea_clearances]]\nnation = "TR"\nlead_h = 5\n[[sea_clearances]]\nnation = "TR"\nrefused = true\n'
    beside = '[[sea_clearances]]\nnation = "TR"\nrefused = true\nwarships = true\n'
    (found,) = told(SMALL.replace("Norway", "NO") + twice + beside)
    assert found.startswith("sea_clearances[TR].nation: found 'TR', which stands twice")


def test_an_order_of_another_year_is_told() -> None:
    text = SMALL.replace("Norway", "NO") + '[[offers]]\nasset = "nsrs"\ntold_to_go = 2025-11-23T06:00:00Z\n'
    assert told(text) == [
        "offers[nsrs].told_to_go: found 2025-11-23T06:00Z, 365 days before the alert; "
        "check the date: its chain starts there"
    ]


@pytest.mark.parametrize("path", shipped_cases(), ids=lambda path: path.stem)
def test_no_shipped_case_has_such_a_name(path: Path) -> None:
    problems = check_case(read_case(path), load_registry(), load_world(), load_assumptions())
    assert [str(one) for one in problems if "nation" in one.field or "without" in one.field] == []


def test_what_a_what_if_leaves_out_is_known() -> None:
    case = read_case(next(path for path in shipped_cases() if path.stem == "kursk-2000"))
    own = case.assets.ships[0].id
    names = Names(case, load_registry(), load_assumptions(), load_world())
    other = applied(case, read_what_if([f"without {own}"], names), names)
    assert own not in {ship.id for ship in other.assets.ships}
    assert not [one for one in check_case(other, names.registry) if one.field.startswith("assets.without")]


def test_hours_after_the_last_year_are_refused() -> None:
    case = read_case_text(SMALL.replace("2026-11-23", "9999-12-30"), "x")
    names = Names(case, load_registry(), load_assumptions(), load_world())
    with pytest.raises(InputError, match="years 1 to 9999"):
        applied(case, read_what_if(["accept nsrs=900h"], names), names)


def test_a_script_is_told_of_an_assumption_out_of_its_range() -> None:
    import subrescue

    case = read_case_text(SMALL + "[assumptions]\nfit_out.certified_h = 99999\n", "x")
    with pytest.raises(subrescue.InputError) as caught:
        subrescue.plan(case, load_registry(), load_assumptions(), load_world())
    assert caught.value.lines() == ("assumptions.fit_out.certified_h: found 99999; allowed is 0 to 500 h",)
