"""The order of the options: those that can first, by time, those that cannot last."""

from __future__ import annotations

from subrescue.domain.response import Option, Verdict
from subrescue.planning.answer.asked_first import all_but_late, questions

SAME_CHANCE = 0.01
"""Chances that differ by less are told as the same."""


def ranked(options: list[Option], owner: str | None) -> list[Option]:
    """Those that can first: by the median of the first rescue, then those that only intervene, by theirs.

    Of both, those come later of which nobody knows whether they are in service, or whether they dive so deep as they
    must: no authority begins with them. Last of both come those that are all but too late, whatever is known of them:
    an answer to a question may be good, lost hours are lost. Red ones last in the same order; those without a chain at
    the very end; equals by id. What the owner of the DISSUB has itself goes before others' that are as soon:
    nobody asks abroad for what he has at home.
    """
    found: list[Option] = []
    for option in sorted(options, key=_place):
        at = len(found)
        while at and owner in option.nations and _as_good(option, found[at - 1], owner):
            at -= 1
        found.insert(at, option)
    return found


def _class(option: Option) -> tuple[bool, bool, bool, bool, bool]:
    return (
        option.verdict is Verdict.RED,
        option.first_h is None,
        option.time_to_first_rescue_h is None,
        option.verdict is not Verdict.RED and all_but_late(option),
        bool(questions(option)),
    )


def _place(option: Option) -> tuple[tuple[bool, ...], float, str]:
    return _class(option), option.first_h.p50 if option.first_h is not None else 0.0, option.asset_id


def _as_good(own: Option, other: Option, owner: str | None) -> bool:
    """Whether the owner's own is told to be as soon as another's, to half the step of their hours, and is as likely."""
    mine, its = own.first_h, other.first_h
    if mine is None or its is None or owner in other.nations or _class(own) != _class(other):
        return False
    chances = own.probability_in_time, other.probability_in_time
    as_likely = None in chances or (chances[1] or 0.0) - (chances[0] or 0.0) < SAME_CHANCE
    return as_likely and mine.p50 - its.p50 < max(mine.step, its.step) / 2.0
