"""Whether the hull has failed: known so, likely by depth, in doubt, or overruled by those who were heard after it sank.

The depth at which a hull fails is a public estimate where anything is public at all: it makes a failure likely.
"""

from __future__ import annotations

from math import inf

from subrescue.domain.case import Case
from subrescue.domain.quantities import Assumptions
from subrescue.domain.reasons import Reason, reason
from subrescue.domain.submarines import SubmarineClass
from subrescue.planning.basis.owner import ask_owner

KNOWN, LIKELY = "hull_crushed", "hull_likely_crushed"
"""What limits life where the hull is known to have failed, and where its depth alone says so."""


def crushed_reason(case: Case, submarine_class: SubmarineClass | None, assumptions: Assumptions) -> Reason | None:
    """Why the hull is taken for crushed, or None: known so, or much deeper than hulls of this kind are said to stand.

    Whoever was heard after the sinking, or is believed alive, overrules what the depth alone says.
    """
    dissub = case.dissub
    if dissub.hull_crushed:
        return reason("survival.hull_crushed")
    if dissub.depth_m is None or dissub.hull_crushed is False or believed_alive(case):
        return None
    collapse_m = _collapse_m(submarine_class)
    if collapse_m is not None and dissub.depth_m > collapse_m * (1.0 + _doubt(assumptions)):
        return _by_class("survival.beyond_collapse_depth", dissub.depth_m, submarine_class)
    deepest_m = assumptions["limit.collapse_depth_m"].max
    if collapse_m is None and dissub.depth_m > deepest_m:
        return reason("survival.beyond_any_collapse_depth", depth_m=dissub.depth_m, collapse_m=deepest_m)
    return None


def limiting_of(crushed: Reason) -> str:
    """What limits life by a reason of `crushed_reason`: a failure that is known, or one that is likely."""
    return KNOWN if crushed.id == "survival.hull_crushed" else LIKELY


def hull_doubt(case: Case, submarine_class: SubmarineClass | None, assumptions: Assumptions) -> Reason | None:
    """Why the hull may have failed, or None: it lies deeper than boats of its class dive, or than all hulls stand.

    About the published depth of failure of its class too; and where somebody was heard from below that, so is told.
    """
    dissub, boat = case.dissub, submarine_class
    if dissub.depth_m is None or dissub.hull_crushed is not None:
        return None
    collapse_m, test_m = _collapse_m(boat), boat.test_depth_m if boat is not None else None
    numbers = assumptions["limit.collapse_depth_m"]
    if heard(case):
        fails_m = collapse_m if collapse_m is not None else numbers.max
        told = reason("survival.alive_below", depth_m=dissub.depth_m, limit_m=fails_m)
        return told if dissub.depth_m > fails_m else None
    if crushed_reason(case, submarine_class, assumptions) is not None:
        return None
    remedy = ask_owner(dissub, "collapse_depth")
    if collapse_m is not None:
        near = dissub.depth_m > collapse_m * (1.0 - _doubt(assumptions))
        return _by_class("survival.near_collapse_depth", dissub.depth_m, boat, remedy) if near else None
    limit_m = min(test_m or inf, numbers.min)
    if dissub.depth_m <= limit_m:
        return None
    told_of = "survival.below_diving_depth" if limit_m == test_m else "survival.hull_in_doubt"
    return reason(told_of, remedy=remedy, depth_m=dissub.depth_m, limit_m=limit_m)


def heard(case: Case) -> bool:
    """Whether somebody aboard is known to have lived after the boat sank: heard, or measuring the air."""
    dissub = case.dissub
    proof, sank = dissub.last_proof_of_life, dissub.sunk_at
    later = proof is not None and sank is not None and proof > sank
    return later or any(space.measured_at is not None for space in dissub.compartments)


def believed_alive(case: Case) -> bool:
    """Whether the case has a sign of life, or says how many are believed alive, aboard or in a compartment."""
    dissub = case.dissub
    if dissub.survivors == 0:
        return False
    return heard(case) or bool(dissub.survivors) or any(space.people for space in dissub.compartments)


def _collapse_m(boat: SubmarineClass | None) -> float | None:
    return boat.collapse_depth_m if boat is not None else None


def _doubt(assumptions: Assumptions) -> float:
    return assumptions["limit.collapse_doubt"].mode


def _by_class(told: str, depth_m: float, boat: SubmarineClass | None, remedy: Reason | None = None) -> Reason:
    """A reason by the class's depth of failure, with its first source and how sure that is."""
    assert boat is not None
    stated = boat.evidence.get("collapse_depth_m", ())
    first = stated[0] if stated else None
    return reason(
        told,
        remedy=remedy,
        depth_m=depth_m,
        collapse_m=boat.collapse_depth_m,
        source=first.source if first is not None else None,
        confidence=first.confidence.value if first is not None else None,
    )
