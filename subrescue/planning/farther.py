"""Whether ports farther off than those of an area can matter to a search: bounds on every way through them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

import numpy as np

from subrescue.earth.port_quays import Quay
from subrescue.planning.areas import Area
from subrescue.planning.by_port import SLACK_H
from subrescue.planning.chains import Chain
from subrescue.planning.durations import FloatArray, median
from subrescue.planning.ground import passage_of
from subrescue.planning.hosts import Host
from subrescue.planning.meetings import KEPT_A_SHIP, Meeting, by_sea_h
from subrescue.planning.sea_miles import SPHERE_EXCESS
from subrescue.planning.sea_ways import least_pace
from subrescue.planning.situation import Situation


@dataclass(frozen=True, eq=False)
class Farther:
    """The ports outside an area, for a system whose first load is unloaded no sooner than `landed_h` from the alert."""

    area: Area
    hosts: list[Host]
    go_h: float
    landed_h: float
    sit: Situation
    # The meetings that were taken of a search in the area.
    taken: list[Meeting] = field(default_factory=list)

    def taking(self, found: Iterable[Meeting]) -> Iterator[Meeting]:
        """The meetings of a search, remembered as they are taken."""
        for one in found:
            self.taken.append(one)
            yield one

    @property
    def _sea_nm(self) -> float:
        return max(self.area.within_nm, 0.0) * SPHERE_EXCESS

    def soonest_h(self) -> float:
        """No chain through a port outside the area reaches the datum before these hours, as far as the load goes."""
        if self.area.within_nm == np.inf:
            return np.inf
        # Many ships are of one pace and need the same work.
        kinds = {(least_pace(self.sit, host.ship), median(host.fit_out_h)) for host in self.hosts}
        nm = self._sea_nm
        sail = min(
            pace.near_h * min(nm, pace.near_nm) + pace.far_h * max(nm - pace.near_nm, 0.0) + fit_out_h
            for pace, fit_out_h in kinds
        )
        return self.landed_h + sail

    def changes_nothing(
        self, chains: list[Chain], kept: int, hardware_h: FloatArray, end_h: Callable[[float], float]
    ) -> bool:
        """Whether the same search with the ports outside would find the same chains, which are the `kept` earliest.

        `hardware_h` (ports of the area,) are those of the search. Ships that come late anyway are no later for a port
        near the datum: where all meetings outside come later than those taken, none of these is another. That holds
        while no ship was taken more often than at first, and none of the ports for want of a larger one.
        """
        if len(chains) < kept or max(Counter(one.host for one in self.taken).values()) > KEPT_A_SHIP:
            return False
        if not (np.isfinite(hardware_h) & (self.sit.places.port_quay[self.area.ports] != Quay.TOO_SMALL)).any():
            return False
        soonest_h = by_sea_h(self.hosts, self.go_h, self.landed_h, self._sea_nm, passage_of(self.sit))
        return soonest_h > max(one.hours for one in self.taken) and end_h(soonest_h - SLACK_H) >= chains[-1].hours
