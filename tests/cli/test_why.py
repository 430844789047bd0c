"""`subrescue why`, as a user types it."""

from __future__ import annotations

import json

import jsonschema
import pytest

from subrescue.store.paths import resources_dir
from tests.cli.calls import run

DEMO = "demo-norwegian-sea"


def test_why_says_phases_assumptions_and_unknown_facts() -> None:
    code, out, _ = run("why", DEMO, "urf", "--set", "dissub.list_deg=unknown", "--samples", "200")
    assert code == 0
    accepted = "(alert.accept_agreed_h)"
    for words in ("URF Mk II: first at", "one hour less at", "Slack h", accepted, "an ROV survey tells"):
        assert words in out


def test_why_as_json_holds_to_its_schema() -> None:
    code, out, _ = run("why", DEMO, "nsrs", "--format", "json", "--samples", "200")
    assert code == 0
    data = json.loads(out)
    schema = json.loads((resources_dir() / "schemas" / "explanation.schema.json").read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator(schema).validate(data)
    assert data["asset_id"] == "nsrs"
    assert data["phases"][-1]["phase"] == "first_dive"


def test_an_asset_that_cannot_come_ends_with_one_and_an_unknown_one_with_two() -> None:
    code, _, err = run("why", DEMO, "chongmingdao")
    assert (code, err) == (1, "Rescue bell of Chongmingdao has no way to the datum\n")
    code, _, err = run("why", DEMO, "nsrx")
    assert code == 2
    assert "asset: found the unknown asset 'nsrx'; did you mean 'nsrs'?" in err


@pytest.mark.parametrize("command", [("why", DEMO, "KV Bergen"), ("plan", DEMO, "--details", "no-kv-bergen"),
                                     ("compare", DEMO, "--options", "nsrs", "no-kv-bergen")])  # fmt: skip
def test_what_only_brings_others_is_told_from_what_nobody_knows(command: tuple[str, ...]) -> None:
    code, _, err = run(*command)
    assert code == 2
    assert "KV Bergen, which has no option of its own; a rescue or intervention system, or a ship that" in err


def test_why_tells_the_hours_and_chances_of_the_plan() -> None:
    _, planned, _ = run("plan", DEMO, "--format", "json")
    _, explained, _ = run("why", DEMO, "nsrs", "--format", "json")
    option = next(one for one in json.loads(planned)["options"] if one["asset_id"] == "nsrs")
    why = json.loads(explained)
    assert (why["first_h"], why["chance"]) == (option["time_to_first_rescue_h"], option["probability_in_time"])
