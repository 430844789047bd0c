"""One that is sent: its way with what those before it leave, and why that is not the way that it has alone."""

from __future__ import annotations

from dataclasses import dataclass
from math import inf

from subrescue.domain.reasons import Reason
from subrescue.domain.response import Option
from subrescue.planning.answer.left_over import LeftOver
from subrescue.planning.dives.people_out import Done
from subrescue.planning.ships.chains import Chain


@dataclass(frozen=True, eq=False)
class OneSent:
    """One that was sent: with what those before it leave, alone, and why it is not as alone.

    left: what those before it leave; leaves: what it does, and takes whether that is less; chain: its way.
    """

    option: Option
    alone: Option
    why: tuple[Reason, ...]
    done: Done | None
    done_alone: Done | None
    left: LeftOver
    leaves: LeftOver
    takes: bool
    chain: Chain | None

    @property
    def hours(self) -> float:
        """The median at which its way ends; without end where it has none."""
        return inf if self.chain is None else self.chain.hours

    @property
    def told_step_h(self) -> float:
        """The step to which its hours are told."""
        return 1.0 if self.option.first_h is None else self.option.first_h.step

    @property
    def later_h(self) -> float:
        """Median hours by which it is later than alone; without end where it comes only alone."""
        alone, now = (None if not one.may_come else one.first_h for one in (self.alone, self.option))
        if alone is None or now is None:
            return inf if alone is not None else 0.0
        return now.p50 - alone.p50
