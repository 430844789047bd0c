"""Where hardware and ship meet: the ports and ships with the least time to the datum, proven by bounds.

hours = max(hardware at the port, ship at the port + its preparation) + fit-out + passage to the datum. Great circles
bound every passage from below; only pairs whose bound could still win are routed, so the answer is that of all pairs.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from subrescue.planning.durations import FloatArray, median
from subrescue.planning.hosts import Host, free_at_h
from subrescue.planning.places import IntArray
from subrescue.planning.situation import Situation

# How many meetings are kept for one asset and mode, the best first, and how many of them with one ship.
KEPT = 5
KEPT_A_SHIP = 2
# Pairs that are routed together: the best of a round are decided together.
_ROUND = 12


@dataclass(frozen=True)
class Meeting:
    """A port and a ship at which a chain joins, by their numbers, and the median hours to the datum."""

    hours: float
    port: int
    host: int


def meetings(hardware_h: FloatArray, ports: IntArray, hosts: list[Host], go_h: float, sit: Situation) -> list[Meeting]:
    """The best meetings over all ports and ships, earliest first: at most 5, and 2 with one ship; none where none is.

    `hardware_h` and `ports` are (ports,): when the whole system lies at each port, in hours from the alert.
    """
    open_ = np.isfinite(hardware_h)
    ports, hardware_h = ports[open_], hardware_h[open_]
    if not len(ports) or not hosts or sit.datum_dry is not None:
        return []
    table = _Table(hardware_h, ports, hosts, go_h, sit)
    hours = table.all_hours()
    found: list[Meeting] = []
    taken: dict[int, int] = {}
    while len(found) < KEPT:
        order = np.argpartition(hours, min(_ROUND, hours.size - 1), axis=None)[:_ROUND]
        rows, columns = np.unravel_index(order[np.argsort(hours.ravel()[order], kind="stable")], hours.shape)
        if not np.isfinite(hours[rows[0], columns[0]]):
            break
        if not table.is_known(int(rows[0]), int(columns[0])):
            finite = np.isfinite(hours[rows, columns])
            table.route(rows[finite], columns[finite], hours)
            continue
        row, column = int(rows[0]), int(columns[0])
        found.append(Meeting(float(hours[row, column]), int(ports[column]), row))
        taken[row] = taken.get(row, 0) + 1
        if taken[row] == KEPT_A_SHIP:
            hours[row] = np.inf
        else:
            hours[row, column] = np.inf
    return found


class _Table:
    """The hours of every pair of ship and port, bounds where no route is known yet."""

    def __init__(self, hardware_h: FloatArray, ports: IntArray, hosts: list[Host], go_h: float, sit: Situation) -> None:
        self.ports = ports
        self.hardware_h = hardware_h
        self.datum = sit.datum_miles
        self.miles = [sit.ship_miles(host.ship) if host.ship is not None else None for host in hosts]
        self.missing = [host.ship is not None and miles is None for host, miles in zip(hosts, self.miles, strict=True)]
        harbour = median(sit.assumptions["ship.harbour_h"])
        self.pace = np.array([median(host.passage_factor) / host.speed_kn for host in hosts])
        prepare = np.array([median(host.prepare_h) if host.prepare_h is not None else 0.0 for host in hosts])
        legs = np.array([0.0 if host.ship is None else harbour for host in hosts])
        self.ready = np.array([free_at_h(host, go_h, sit) for host in hosts]) + prepare + legs
        self.after = np.array([median(host.fit_out_h) for host in hosts]) + harbour

    def all_hours(self) -> FloatArray:
        """(hosts, ports) hours to the datum; inf where the ship's place is unknown or no route is there."""
        hours = np.empty((len(self.miles), len(self.ports)))
        to_datum = self.datum.nm[self.ports]
        for row in range(len(hours)):
            hours[row] = self._hours(row, slice(None), to_datum)
        return hours

    def _hours(self, row: int, columns: slice | IntArray, to_datum: FloatArray) -> FloatArray:
        miles = self.miles[row]
        if self.missing[row]:
            return np.full(len(to_datum), np.inf)
        ship: FloatArray | float = 0.0 if miles is None else miles.nm[self.ports[columns]] * self.pace[row]
        met = np.maximum(self.hardware_h[columns], self.ready[row] + ship)
        return np.asarray(met + self.after[row] + self.pace[row] * to_datum)

    def is_known(self, row: int, column: int) -> bool:
        """Both passages of the pair are routed."""
        port, miles = self.ports[column], self.miles[row]
        return bool(self.datum.known[port]) and (miles is None or bool(miles.known[port]))

    def route(self, rows: IntArray, columns: IntArray, hours: FloatArray) -> None:
        """Route these pairs and put their hours right, and those of the other ships at the same ports."""
        self.datum.ask(self.ports[columns])
        for row in np.unique(rows):
            miles = self.miles[int(row)]
            if miles is not None:
                miles.ask(self.ports[columns[rows == row]])
        touched = np.unique(columns)
        to_datum = self.datum.nm[self.ports[touched]]
        for row in range(len(hours)):
            taken = np.isinf(hours[row, touched])
            fresh = self._hours(row, touched, to_datum)
            hours[row, touched] = np.where(taken, np.inf, fresh)
