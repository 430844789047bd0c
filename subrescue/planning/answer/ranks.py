"""The order of the options: those that can first, by time, then those that come too late, those that cannot last."""

from __future__ import annotations

from functools import partial
from itertools import takewhile

from subrescue.domain.response import Option, Verdict
from subrescue.planning.answer.asked_first import all_but_late, questions

_SAME_CHANCE = 0.01
"""Chances that differ by less are told as the same."""


def ranked(options: list[Option], owner: str | None) -> list[Option]:
    """Those that can first: by the median of the first rescue, then those that only intervene, by theirs.

    Of both, those come later of which nobody knows whether they are in service, or whether they dive so deep as they
    must: no authority begins with them. Last of both come those that are all but too late, whatever is known of them:
    an answer to a question may be good, lost hours are lost. Then come those that nothing but the hours forbids, before
    those of which no way is known: the life of a crew is an estimate that crews have outlived, and what can be ordered
    now is there at a known hour, while nobody knows whether the others come at all. Other red ones last, in the same
    order; equals by id. Of those that are told to be as soon and as likely the owner's own goes before others',
    and what flies less far before what flies farther: nobody calls two vehicles from India to Peru, by an hour in 160,
    while one lies in California.
    """
    found: list[Option] = []
    rest = sorted(options, key=_place)
    while rest:
        equals = [rest[0], *takewhile(partial(_as_good, rest[0]), rest[1:])]
        rest = rest[len(equals) :]
        found += sorted(equals, key=lambda option: (owner not in option.nations, _flown_nm(option)))
    return found


def _flown_nm(option: Option) -> float:
    return option.airlift.flight_nm if option.airlift is not None else 0.0


def _class(option: Option) -> tuple[bool, bool, bool, bool, bool, bool]:
    return (
        option.verdict is Verdict.RED and not option.is_only_late,
        option.first_h is None,
        option.verdict is Verdict.RED,
        option.time_to_first_rescue_h is None,
        option.verdict is not Verdict.RED and all_but_late(option),
        bool(questions(option)),
    )


def _place(option: Option) -> tuple[tuple[bool, ...], float, str]:
    return _class(option), option.first_h.p50 if option.first_h is not None else 0.0, option.asset_id


def is_as_likely(other: Option, first: Option) -> bool:
    """Whether one is told to be in time as likely as another, or likelier; so it is where nobody knows."""
    its, mine = other.probability_in_time, first.probability_in_time
    return its is None or mine is None or mine - its < _SAME_CHANCE


def _as_good(first: Option, other: Option) -> bool:
    """Whether another is told to be as soon as the first, to half the step of their hours, and is no less likely."""
    mine, its = first.first_h, other.first_h
    if mine is None or its is None or first.verdict is Verdict.RED or _class(first) != _class(other):
        return False
    return is_as_likely(other, first) and its.p50 - mine.p50 < max(mine.step, its.step) / 2.0
