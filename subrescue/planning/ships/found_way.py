"""One sea passage as it was found, and when it ends for who sails at an hour."""

from __future__ import annotations

from dataclasses import dataclass
from math import inf

from subrescue.domain.quantities import Pert
from subrescue.domain.response import SeaWay
from subrescue.planning.doubt.durations import median
from subrescue.planning.doubt.openings import earliest_alone
from subrescue.planning.ships.ice_ways import Opening


@dataclass(frozen=True, eq=False)
class FoundWay:
    """One sea passage: miles, hours at sea without harbour, and how they come about.

    opening: the passages on it that are open for a time only.
    """

    nm: float
    hours: Pert
    shown: SeaWay
    opening: Opening | None = None

    def ends_h(self, ready_h: float) -> tuple[bool, float]:
        """Whether it comes too late for an opening, and when it ends that begins at this hour, by the medians."""
        hours = median(self.hours)
        if self.opening is None:
            return False, ready_h + hours
        there_h = ready_h + self.opening.sailed_h
        opens_h = earliest_alone(self.opening.spans, there_h)
        return opens_h == inf, ready_h + hours + (0.0 if opens_h == inf else opens_h - there_h)
