"""When a system lies at ports, where that is not known of all: bounds, which are settled only where they count."""

from __future__ import annotations

from typing import Protocol

import numpy as np
import numpy.typing as npt

from subrescue.earth.places.port_quays import Quay
from subrescue.planning.basis.situation import Situation
from subrescue.planning.geography.places import FloatArray, IntArray
from subrescue.planning.ships.quays import Stated

Bools = npt.NDArray[np.bool_]


class Bounds(Protocol):
    """Hours at ports, some of which are bounds until they are settled; all by the numbers of the rows."""

    @property
    def hours(self) -> FloatArray: ...

    @property
    def exact(self) -> Bools: ...

    @property
    def late_h(self) -> FloatArray:
        """By when it is there in any case; -inf where the hours are exact."""

    def settle(self, ports: IntArray, by_h: FloatArray | None = None) -> None:
        """Make sure of the hours at these ports; or, with `by_h`, that it is there by then, where it is."""


class Chosen:
    """The ports of a search among those of which bounds are known.

    late_h: (ports,) by when the system is there in any case, as far as this search asked; -inf where that is exact.
    """

    def __init__(self, bounds: Bounds, chosen: IntArray) -> None:
        self._bounds, self._chosen = bounds, chosen
        self.late_h = bounds.late_h[chosen]

    def is_sure(self, column: int, ship_h: float) -> bool:
        """Whether no better way of the system to a port makes the meeting with a ship of these hours any earlier."""
        return bool(self.late_h[column] <= ship_h)

    def settled(self, columns: IntArray, ship_h: FloatArray) -> FloatArray:
        """The hours at these ports, or bounds where the system is there before the ships, of (columns,) hours."""
        ports, pair = np.unique(columns, return_inverse=True)
        by_h = np.full(len(ports), np.inf)
        np.minimum.at(by_h, pair, ship_h)
        rows = self._chosen[ports]
        self._bounds.settle(rows, by_h)
        self.late_h[ports] = self._bounds.late_h[rows]
        return np.asarray(self._bounds.hours[rows][pair])


# What the case says of ports, and which hours at them are bounds.
Known = tuple[Stated | None, Chosen | None]


def open_ports(
    hardware_h: FloatArray, ports: IntArray, sit: Situation, bounds: Bounds | None
) -> tuple[IntArray, Chosen | None]:
    """The rows of the ports that a search looks at, and which of their hours are bounds; None where all are exact.

    None that is closed, and none that is known to be too small while the system comes to another.
    """
    closed, small = _closed_and_small(sit)
    open_ = np.isfinite(hardware_h) & ~closed[ports]
    large = open_ & ~small[ports]
    chosen = np.flatnonzero(large if _any_reached(hardware_h, large, bounds) else open_)
    return chosen, None if bounds is None or bounds.exact[chosen].all() else Chosen(bounds, chosen)


def _closed_and_small(sit: Situation) -> tuple[Bools, Bools]:
    """(all ports,) which are closed, and which are known to be too small where the case says nothing; kept."""

    def made() -> tuple[Bools, Bools]:
        small, closed = sit.places.port_quay == Quay.TOO_SMALL, np.zeros(len(sit.places.port_quay), bool)
        closed[list(sit.ports.closed)], small[list(sit.ports.facts)] = True, False
        return closed, small

    return sit.once("closed_and_small", None, made)


def _any_reached(hardware_h: FloatArray, some: Bools, bounds: Bounds | None) -> bool:
    """Whether the system comes to any of some ports with finite hours, of which some are bounds."""
    if bounds is None or (bounds.exact & some).any():
        return bool(some.any())
    for port in np.flatnonzero(some)[np.argsort(hardware_h[some], kind="stable")].tolist():
        bounds.settle(np.array([port]))
        if np.isfinite(bounds.hours[port]):
            return True
    return False
