"""In which order those that share ships, aircraft, ramps and ports are best sent: all orders of the few that there are.

Each takes its best way with what those before it leave. Where only ships are shared this finds the best of all ways to
share them out: whatever is best can be dealt out in some order in which each takes the best that is left.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from subrescue.domain.response import Option
from subrescue.planning.answer.left_over import LeftOver
from subrescue.planning.answer.one_sent import OneSent
from subrescue.planning.dives.lives import Lives
from subrescue.planning.dives.people_out import Done

_WORTH_PEOPLE, _WORTH_CHANCE, _WORTH_H = 0.5, 0.02, 2.0
_OTHER_PEOPLE, _OTHER_CHANCE = 0.2, 0.01
_ROUNDING = 1e-9
_NO_WAY_H = 10_000.0
"""Hours that count as lost for one that has no way left, or comes too late."""


@dataclass(frozen=True, order=True)
class Joint:
    """What several achieve together; the greater the better, and what stands first counts first.

    people: brought out alive by the vehicle that brings the most, the mean over the draws to a tenth: vehicles work at
    one hatch, one after another. chance: that any vehicle is in time, to a percent. sooner_h: the median of the first
    rescue, to the hour, below 0. gained_h: hours by which they are later than alone, in all, below 0.
    """

    people: float = 0.0
    chance: float = 0.0
    sooner_h: float = -_NO_WAY_H
    gained_h: float = 0.0

    def is_worth_more(self, other: Joint) -> bool:
        """Whether more is achieved than by another order, to what is told: half a person, two percent, two hours.

        What stands first decides; less is noise of the draws, and nobody is made to wait for it.
        """
        parts = ((self.people, other.people), (self.chance, other.chance), (self.sooner_h, other.sooner_h))
        for (mine, its), least in zip(parts, (_WORTH_PEOPLE, _WORTH_CHANCE, _WORTH_H), strict=True):
            if abs(mine - its) >= least - _ROUNDING:
                return mine > its
        return False

    def at_most(self) -> Joint:
        """What may come of it where some go otherwise than alone: another ship of the same hours has other luck."""
        return Joint(self.people + _OTHER_PEOPLE, min(self.chance + _OTHER_CHANCE, 1.0), self.sooner_h, self.gained_h)


def joint(sent: Sequence[OneSent], others: Sequence[tuple[Option, Done | None]], lives: Lives | None) -> Joint:
    """What these achieve together that are sent, and others that are as they would be alone."""
    every = [*((one.option, one.done) for one in sent), *others]
    vehicles = [(option, done) for option, done in every if option.kind == "rescue_system" and option.may_come]
    firsts = [done.first_h for _, done in vehicles if done is not None and done.first_h is not None]
    saved = [done.saved for _, done in vehicles if done is not None and done.saved is not None]
    soonest_h = min((option.first_h.p50 for option, _ in vehicles if option.first_h is not None), default=_NO_WAY_H)
    chance = 0.0
    if lives is not None and firsts:
        chance = float(np.mean(np.minimum.reduce(firsts) < lives.last_end_h))
    return Joint(
        people=round(float(np.mean(np.maximum.reduce(saved))), 1) if saved else 0.0,
        chance=round(chance, 2),
        sooner_h=-float(round(soonest_h)),
        gained_h=-round(sum(min(one.later_h, _NO_WAY_H) for one in sent), 1),
    )


Send = Callable[[Option, LeftOver], OneSent]
"""Sends an option with what is left."""


def best_order(by_rank: Sequence[OneSent], send: Send, lives: Lives | None) -> list[OneSent] | None:
    """These sent in the order by which they achieve most together; None where none is worth more than that at hand.

    by_rank: all that are sent after what the case counts on, in that order. Of orders that achieve as much, that which
    makes them the least later in all. What is left of an order is not looked at where it could achieve no more if all
    others were as alone.
    """
    search = _Search(by_rank, send, lives)
    search.go_on([], list(range(len(by_rank))))
    return search.best


class _Search:
    def __init__(self, by_rank: Sequence[OneSent], send: Send, lives: Lives | None) -> None:
        self._asked, self._send, self._lives = by_rank, send, lives
        self._at_hand = joint(by_rank, (), lives)
        self._most: Joint | None = None
        self._known: dict[tuple[str, object], OneSent] = {}
        self.best: list[OneSent] | None = None

    def go_on(self, sent: list[OneSent], rest: list[int]) -> None:
        """Try all orders of the rest after these."""
        others = [(self._asked[n].alone, self._asked[n].done_alone) for n in rest]
        reached = joint(sent, others, self._lives)
        most = reached.at_most() if rest else reached
        if not most.is_worth_more(self._at_hand) or (self._most is not None and most <= self._most):
            return
        if not rest:
            self._most, self.best = reached, list(sent)
            return
        left = sent[-1].leaves if sent else self._asked[0].left
        for n in rest:
            one = self._sent(self._asked[n].alone, left)
            self.go_on([*sent, one], [other for other in rest if other != n])

    def _sent(self, alone: Option, left: LeftOver) -> OneSent:
        key = alone.asset_id, left.key
        known = self._known.get(key)
        if known is None:
            known = self._known[key] = self._send(alone, left)
        return known
