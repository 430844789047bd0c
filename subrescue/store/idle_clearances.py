"""Finds what does nothing in the clearances of a case: an entry that says nothing, hours of a refusal, no passage."""

from __future__ import annotations

from collections.abc import Iterator

from subrescue.domain.case import Case, LandingClearance
from subrescue.domain.sea_clearances import SeaClearance
from subrescue.store.contradictions import Finding
from subrescue.store.toml_lines import Loc

SAYS_NOTHING = "say whether it refuses, or the hours until it clears: without either it does nothing"
_REFUSED = "the refusal counts: leave out one of both"
_BOTH = "hours for what is refused", _REFUSED


def idle_clearances(case: Case) -> Iterator[Finding]:
    """What a clearance says that no plan goes by; each a warning."""
    for number, landing in enumerate(case.clearances):
        yield from _of_air(("clearances", number), landing)
    for number, sea in enumerate(case.sea_clearances):
        yield from _of_sea(("sea_clearances", number), sea)


def _of_air(loc: Loc, one: LandingClearance) -> Iterator[Finding]:
    if all(value is None for value in (one.refused, one.lead_h, one.overflight_refused, one.overflight_h)):
        yield (*loc, "nation"), f"'{one.nation}' and nothing known of it", SAYS_NOTHING, True
    if one.refused and one.lead_h is not None:
        yield (*loc, "lead_h"), *_BOTH, True
    if one.overflight_refused and one.overflight_h is not None:
        yield (*loc, "overflight_h"), *_BOTH, True
    if one.airfields and (one.overflight_refused is not None or one.overflight_h is not None):
        yield (*loc, "airfields"), "airfields of an overflight", "they count for a landing alone", True


def _of_sea(loc: Loc, one: SeaClearance) -> Iterator[Finding]:
    if not (one.limits or one.lets_through):
        yield (*loc, "nation"), f"'{one.nation}' and nothing known of it", SAYS_NOTHING, True
    if one.refused and one.lead_h is not None:
        yield (*loc, "lead_h"), *_BOTH, True
    if one.refused and one.icebreaker:
        yield (*loc, "icebreaker"), "an icebreaker where they may not pass", _REFUSED, True
    if one.refused and one.escort:
        yield (*loc, "escort"), "an escort where they may not pass", _REFUSED, True
    if one.ports and not one.calls:
        yield (*loc, "ports"), "ports where it is about passages", "say calls = true: they count for calls alone", True
    if one.calls and (one.passages or one.icebreaker or one.escort):
        field = "passages" if one.passages else "icebreaker" if one.icebreaker else "escort"
        yield (*loc, field), "a passage where it is about calls at ports", "put it into an entry of its own", True
    if one.ice_speed_kn is not None and not one.icebreaker:
        yield (*loc, "ice_speed_kn"), "a speed without an icebreaker", "it counts behind an icebreaker alone", True
    if not one.calls and not one.passages and (one.limits or one.lets_through):
        from subrescue.earth.passages.passages import load_passages
        from subrescue.planning.basis.sea_rules import passages_of

        if not passages_of(one, load_passages()):
            kind = "icy passage" if one.icebreaker else "passage"
            found = f"no {kind} of the map that '{one.nation}' controls"
            yield (*loc, "passages"), found, "name those that it is about: without one it does nothing", True
