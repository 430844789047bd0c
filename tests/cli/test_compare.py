"""`subrescue compare` and the changes of `subrescue plan`, as a user types them."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest

from subrescue.store.cases import find_case
from subrescue.store.paths import resources_dir
from tests.cli.calls import run

DEMO = "demo-norwegian-sea"


def test_a_case_is_compared_with_a_what_if() -> None:
    code, out, _ = run("compare", DEMO, "--set", "dissub.depth_m=420", "--without", "lr5")
    assert code == 0
    assert "what if: set dissub.depth_m=420" in out
    assert "what if: without au-lr5" in out
    assert "depth: go > no-go: DISSUB at 420 m, limit 300 m" in out
    assert "options that do not change:" in out


def test_the_difference_as_json_holds_to_its_schema() -> None:
    code, out, _ = run("compare", DEMO, "--accept", "se-urf=2h", "--format", "json", "--samples", "200")
    assert code == 0
    data = json.loads(out)
    schema = json.loads((resources_dir() / "schemas" / "difference.schema.json").read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator(schema).validate(data)
    assert data["what_if"] == ["accept se-urf=2.0h"]
    urf = next(one for one in data["options"] if one["after"]["asset_id"] == "se-urf")
    assert urf["first_later_h"] < 0
    phases = {pair["phase"]: pair for pair in urf["phases"]}
    assert phases["accept"]["after"] is None
    assert phases["transit"]["longer_h"] == 0
    sent = next(one for one in data["together"] if one["after"]["asset_id"] == "se-urf")
    assert sent["after"]["first_h"]["p50"] < sent["before"]["first_h"]["p50"]


def test_a_file_of_changes_is_a_what_if(tmp_path: Path) -> None:
    file = tmp_path / "deeper.txt"
    file.write_text("# a deeper boat\nset dissub.depth_m=420\n\nwithout lr5\n", encoding="utf-8")
    code, out, _ = run("compare", DEMO, str(file), "--close", "ENVA", "--samples", "200")
    assert code == 0
    for line in ("set dissub.depth_m=420", "without au-lr5", "close ENVA"):
        assert f"what if: {line}" in out


def test_a_wrong_line_of_a_file_is_told_by_its_number(tmp_path: Path) -> None:
    file = tmp_path / "wrong.txt"
    file.write_text("close suez\nclose sueez\n", encoding="utf-8")
    code, out, err = run("compare", DEMO, str(file))
    assert (code, out) == (2, "")
    found = "'sueez', which is no known passage, airfield or port; did you mean 'suez'?"
    assert err == f"{file}, line 2: close: found {found}\n"


def test_two_options_stand_side_by_side() -> None:
    code, out, _ = run("compare", DEMO, "--options", "nsrs", "urf")
    assert code == 0
    for words in ("NSRS with SRV Nemo", "URF Mk II", "further sorties", "Longer h", "fly-away", "own ship"):
        assert words in out


def test_two_cases_are_compared() -> None:
    code, out, _ = run("compare", DEMO, "demo-strait-of-sicily")
    assert code == 0
    assert "against: " in out
    assert "what if" not in out


def test_another_alert_is_told_because_hours_count_from_it() -> None:
    code, out, _ = run("compare", DEMO, "--at", "2026-11-23T10:00Z", "--samples", "200")
    assert code == 0
    assert "the alert is 4.0 h later: hours count from each alert" in out


def test_exercise_and_real_are_not_compared(tmp_path: Path) -> None:
    text = find_case(DEMO).read_text(encoding="utf-8").replace('kind = "exercise"', 'kind = "real"')
    real = tmp_path / "real.toml"
    real.write_text(text, encoding="utf-8")
    code, out, err = run("compare", DEMO, str(real))
    assert (code, out) == (2, "")
    assert "compare: found exercise and real; exercise and real never mix" in err


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ((DEMO,), "compare: found one case; a second case, or a change is needed"),
        ((DEMO, "--options", "nsrs", "urff"), "--options: found the unknown asset 'urff'; did you mean"),
        ((DEMO, DEMO, "--options", "nsrs", "urf"), "--options: found the second case"),
        ((DEMO, "--close", "sueez"), "--close: found 'sueez', which is no known passage, airfield or port; did you"),
        ((DEMO, "--set", "assumptions.charter_wait_h=24"), "--set: found the unknown key 'charter_wait_h'"),
        ((DEMO, "--accept", "nsrs=soon"), "--accept: found 'soon'; hours from the alert, 6h, or a time"),
        (("demo-norwegian", "--without", "lr5"), "did you mean 'demo-norwegian-sea'"),
    ],
)
def test_wrong_use_is_told_and_ends_with_two(words: tuple[str, ...], said: str) -> None:
    code, out, err = run("compare", *words)
    assert code == 2
    assert out == ""
    assert said in err


def test_a_plan_takes_the_same_changes() -> None:
    code, out, _ = run("plan", DEMO, "--without", "nsrs", "--close", "ENKB", "--samples", "200", "--format", "json")
    assert code == 0
    options = json.loads(out)["options"]
    assert "gb-nsrs" not in {option["asset_id"] for option in options}
    assert "ENKB" not in {(option["via"]["apod"] or {}).get("code") for option in options}


def test_a_second_case_of_no_name_is_not_taken_for_the_first() -> None:
    code, out, err = run("compare", "demo-skagerrak", "")
    assert (code, out) == (2, "")
    assert err.startswith("case: found '', which is neither a file nor a shipped case")
