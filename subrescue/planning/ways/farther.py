"""Whether ports farther off than those of an area can matter to a search: a bound on every way through them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

import numpy as np

from subrescue.earth.places.port_quays import Quay
from subrescue.planning.basis.ground import passage_of
from subrescue.planning.basis.situation import Situation
from subrescue.planning.geography.areas import Area
from subrescue.planning.geography.places import FloatArray
from subrescue.planning.geography.sea_miles import SPHERE_EXCESS
from subrescue.planning.ships.chains import Chain
from subrescue.planning.ships.hosts import Host
from subrescue.planning.ways.by_port import SLACK_H
from subrescue.planning.ways.meetings import KEPT_A_SHIP, Meeting, columns_for


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

    def changes_nothing(
        self, chains: list[Chain], kept: int, hardware_h: FloatArray, end_h: Callable[[float], float]
    ) -> bool:
        """Whether the same search with the ports outside would find the same chains, which are the `kept` earliest.

        `hardware_h` (ports of the area,) are those of the search, or bounds. Ships that come late anyway are no later
        for a port near the datum: where all meetings outside come later than those taken, none of these is another.
        That holds while no ship was taken more often than at first, none of the ports for want of a larger one, and the
        case says nothing of ports.
        """
        if len(chains) < kept or self.sit.ports.facts:
            return False
        if max(Counter(one.host for one in self.taken).values()) > KEPT_A_SHIP:
            return False
        quays = self.sit.places.port_quay
        if not (np.isfinite(hardware_h) & (quays[self.area.ports] != Quay.TOO_SMALL)).any():
            return False
        # Those that were taken lie at ports that are large enough: hours that are bounds may be of none.
        if any(quays[one.port] == Quay.TOO_SMALL for one in self.taken):
            return False
        soonest_h = self._soonest_h()
        return soonest_h > max(one.hours for one in self.taken) and end_h(soonest_h - SLACK_H) >= chains[-1].hours

    def _soonest_h(self) -> float:
        """Hours before which no meeting through a port outside is at the datum, if no port is stated."""
        ships = columns_for(self.hosts, self.go_h, passage_of(self.sit))
        every, sea_nm = np.arange(len(ships.hosts)), np.array(max(self.area.within_nm, 0.0) * SPHERE_EXCESS)
        met = np.maximum(self.landed_h, ships.ready) + ships.after + ships.to_datum(sea_nm, every)
        return float(np.maximum(met, ships.ready + ships.after + ships.to_datum(ships.direct_nm, every)).min())
