"""`subrescue plan --details`, as a user types it: one asset in full."""

from __future__ import annotations

from subrescue.domain.response import Gate
from subrescue.exchange.wording import label
from tests.cli.calls import run

DEMO = "demo-norwegian-sea"


def test_one_asset_is_told_with_all_gates_phases_and_alternatives() -> None:
    code, out, _ = run("plan", DEMO, "--details", "nsrs", "--samples", "200")
    assert code == 0
    for gate in set(Gate) - {Gate.ROUTE}:
        assert label("gate", gate) in out, gate
    for words in ("[GB FR NO]", "TTFR h", "Phases, median hours", "People out, dive by dive", "Another way", "Costs h"):
        assert words in out, words
    # What would change a gate stands beside it, and no other asset is told of.
    assert "would show it" in out
    assert "URF" not in out


def test_an_asset_that_cannot_ends_with_one_and_says_what_forbids_it() -> None:
    code, out, _ = run("plan", DEMO, "--details", "nsrs", "--set", "dissub.depth_m=900", "--samples", "200")
    assert code == 1
    assert "would reach a DISSUB above 610 m" in " ".join(out.split())


def test_an_unknown_asset_or_another_format_is_refused_with_what_is_allowed() -> None:
    code, _, err = run("plan", DEMO, "--details", "nsrx", "--samples", "200")
    assert code == 2
    assert "--details: found the unknown asset 'nsrx'; did you mean 'nsrs'?" in err
    code, _, err = run("plan", DEMO, "--details", "nsrs", "--format", "json")
    assert code == 2
    assert "--format: found json beside --details" in err


def test_nothing_to_plan_says_why() -> None:
    code, _, err = run("plan", DEMO, "--details", "nsrs", "--set", "dissub.plight=surfaced", "--samples", "200")
    assert code == 1
    assert "surfaced" in err
