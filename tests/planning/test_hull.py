"""A hull that lies deep is likely crushed, by a public estimate; who was heard after it sank overrules that."""

from __future__ import annotations

from typing import Any

import pytest

from subrescue.domain.case import Case
from subrescue.domain.response import Gate, Verdict
from subrescue.exchange.wording import label, say
from subrescue.planning.survival.coming_up import escape_advice
from subrescue.planning.survival.hull import crushed_reason, hull_doubt
from subrescue.planning.survival.survival import survival_window
from subrescue.store.cases import find_case, read_case
from subrescue.store.registry import load_registry
from tests.planning.test_scene_gates import gate
from tests.planning.test_survival import BOAT, KNOWN
from tests.planning.test_survival import a_case as a_boat_in_trouble

ESTIMATE = {"source": "S32", "confidence": "medium"}
FAILS_AT_150 = BOAT.model_validate({**BOAT.model_dump(), "collapse_depth_m": 150.0,
                                    "evidence": {"collapse_depth_m": [ESTIMATE]}})  # fmt: skip
SANK, LATER = "2026-11-01T01:00:00Z", "2026-11-01T05:00:00Z"


def a_case(**dissub: Any) -> Case:
    """The boat of the tests of survival, of which nobody has heard anything since it sank."""
    return a_boat_in_trouble(**{"survivors": None, "people_aboard": 30, "sunk_at": SANK, **dissub})


def test_far_below_its_estimated_depth_a_hull_is_likely_crushed_and_told_with_source_and_doubt() -> None:
    window = survival_window(a_case(depth_m=200.0), FAILS_AT_150, KNOWN).window
    assert (window.limiting, window.p90_h) == ("hull_likely_crushed", 0.0)
    assert label("limiting", window.limiting) == "the hull is likely crushed"
    (why,) = window.reasons
    assert say(why) == (
        "the hull is likely crushed: depth 200 m, and its class is said to fail at about 150 m (a public estimate, "
        "S32, confidence medium); the case has no sign of life since it sank"
    )


def test_a_hull_that_is_known_to_be_crushed_is_told_as_known() -> None:
    window = survival_window(a_case(depth_m=200.0, hull_crushed=True), FAILS_AT_150, KNOWN).window
    assert window.limiting == "hull_crushed"


@pytest.mark.parametrize(("depth_m", "message"), [(119.0, None), (121.0, "survival.near_collapse_depth"),
                                                  (179.0, "survival.near_collapse_depth"), (181.0, None)])  # fmt: skip
def test_so_near_to_the_estimate_the_hull_is_in_doubt_and_the_window_is_computed(
    depth_m: float, message: str | None
) -> None:
    case = a_case(depth_m=depth_m)
    found = hull_doubt(case, FAILS_AT_150, KNOWN)
    assert (None if found is None else found.id) == message
    is_crushed = crushed_reason(case, FAILS_AT_150, KNOWN) is not None
    assert is_crushed == (depth_m > 180.0)
    assert (survival_window(case, FAILS_AT_150, KNOWN).window.p50_h == 0.0) == is_crushed


@pytest.mark.parametrize(
    "heard",
    [
        {"last_proof_of_life": LATER},
        {"survivors": 12},
        {"compartments": [{"name": "Aft", "people": 12}]},
        {"hull_crushed": False},
    ],
)
def test_who_was_heard_after_it_sank_overrules_the_estimate(heard: dict[str, Any]) -> None:
    case = a_case(depth_m=200.0, **heard)
    window = survival_window(case, FAILS_AT_150, KNOWN).window
    assert window.p50_h is not None
    assert window.p50_h > 0.0
    assert escape_advice(case, FAILS_AT_150, KNOWN).reasons[0].id != "survival.beyond_collapse_depth"
    told = {why.id for why in window.reasons}
    by_word = {"last_proof_of_life": "survival.alive_below", "hull_crushed": None}
    doubt = by_word.get(next(iter(heard)), "survival.near_collapse_depth")
    assert (doubt is None) or doubt in told


def test_a_call_from_before_it_sank_overrules_nothing() -> None:
    case = a_case(depth_m=200.0, last_proof_of_life=SANK)
    assert crushed_reason(case, FAILS_AT_150, KNOWN) is not None


def test_the_depth_gate_of_a_vehicle_says_likely_and_what_would_overrule_it() -> None:
    case = read_case(find_case("san-juan-2017"))
    boat = load_registry().submarine_classes["tr-1700"]
    assert crushed_reason(case, boat, KNOWN) is not None
    deep = gate(Gate.DEPTH, case=a_case(depth_m=1200.0))
    assert deep.verdict is Verdict.RED
    told = " ".join(say(why) for why in deep.reasons)
    assert "the hull is likely crushed" in told
