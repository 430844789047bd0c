"""Where hardware and ship meet: the ports and ships with the least time to the datum, proven by bounds.

hours = max(hardware at the port, ship at the port + its preparation) + fit-out + passage to the datum. The fit-out is
longer where nobody knows cranes and welders, and no port that is known to be too small is used while others are. Great
circles bound every passage from below; pairs are routed until the least of all is one that is routed.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from subrescue.domain.assets import Ship
from subrescue.earth.places.port_quays import Quay
from subrescue.planning.basis.giving_up import go_on
from subrescue.planning.basis.ground import on_ground, passage_of
from subrescue.planning.basis.situation import Situation
from subrescue.planning.geography.places import FloatArray, IntArray
from subrescue.planning.geography.sea_miles import SeaMiles
from subrescue.planning.ships.frozen_ports import charters_come_nm
from subrescue.planning.ships.hosts import Host
from subrescue.planning.ships.paces import Pace, least_pace
from subrescue.planning.ships.port_leave import Bools, refused_and_late
from subrescue.planning.ships.quays import stated_h
from subrescue.planning.ships.taken import NONE_TAKEN, TakenShips
from subrescue.planning.ways.port_bounds import Bounds, Known, open_ports
from subrescue.planning.ways.ready_ships import ready_ships, ship_miles

# How many meetings are kept for one asset and mode, the best first, and how many of them with one ship while others do.
KEPT = 6
KEPT_A_SHIP = 2
# Pairs that are routed together: the best of a round are decided together.
_ROUND = 12
# Of so many searches the first meetings are kept.
_SEARCHES_KEPT = 128
# Sums in another order are the same within so many hours.
_ROUNDING_H = 1e-6
# Of all pairs so many with the least bounds are looked at first.
_LOOKED_AT = 256
# Of so many the bounds are sooner worked out than it is found which can count.
_BOUND_AT_ONCE = 16384
# Once enough are kept, a way that takes so much longer than the last of them is not looked for.
WORTH_WITHIN_H = 72.0


@dataclass(frozen=True)
class Meeting:
    """A port and a ship at which a chain joins, by their numbers, and the median hours to the datum."""

    hours: float
    port: int
    host: int


@dataclass(frozen=True)
class Search:
    """How many meetings are wanted, the hours to the datum beyond which none is worth looking for, and the ships that
    others sail on."""

    kept: int = KEPT
    limit_h: float = np.inf
    taken: TakenShips = NONE_TAKEN


def meetings(
    hardware_h: FloatArray,
    ports: IntArray,
    hosts: list[Host],
    go_h: float,
    sit: Situation,
    search: Search,
    bounds: Bounds | None = None,
) -> Iterator[Meeting]:
    """All meetings over all ports and ships, earliest first, up to the limit of the search; with one ship 2 at first.

    `hardware_h` and `ports` are (ports,): when the whole system lies at each port, in hours from the alert; with
    `bounds` these are its own, and those that are not exact are settled where they count. After `search.kept` meetings
    the further ones of the same ships come too, in the order of their hours. Whoever takes the meetings one by one pays
    for no more routes than he needs.
    """
    sit = passage_of(sit)
    key = id(hardware_h), id(ports), id(hosts), go_h
    taken = on_ground(sit, "meetings", key, (hardware_h, ports, hosts), _Taken, _SEARCHES_KEPT)
    limit_h, count = search.limit_h, 0
    for count, one in enumerate(taken.first, start=1):
        if count >= search.kept:
            limit_h = min(limit_h, one.hours + WORTH_WITHIN_H)
        if one.hours > limit_h:
            count -= 1
            break
        yield one
    yield from itertools.islice(_meetings(hardware_h, ports, hosts, go_h, sit, (search, bounds), taken), count, None)


@dataclass(eq=False)
class _Taken:
    """The first meetings of a search that somebody took, up to where its limit told first that there are no more.

    Up to there the earliest comes first whatever the limit: it is proven among those that are left.
    """

    first: tuple[Meeting, ...] = ()


def _meetings(
    hardware_h: FloatArray,
    ports: IntArray,
    hosts: list[Host],
    go_h: float,
    sit: Situation,
    how: tuple[Search, Bounds | None],
    known: _Taken,
) -> Iterator[Meeting]:
    """The meetings, searched for; what is found beyond those that are known joins them."""
    search, bounds = how
    chosen, some = open_ports(hardware_h, ports, sit, bounds)
    ports, hardware_h = ports[chosen], hardware_h[chosen]
    if not len(ports) or not hosts or sit.datum_dry is not None:
        return
    columns = columns_for(hosts, go_h, sit)
    stated = stated_h(hosts, ports, sit)
    if stated is None and columns.soonest_h(hardware_h, ports).min() > search.limit_h + _ROUNDING_H:
        return
    table = _Table(hardware_h, ports, columns, sit, (stated, some))
    table.heed(refused_and_late(hosts, ports, go_h, sit))
    table.limit_h = search.limit_h
    taken = np.zeros(len(hosts), np.int64)
    found, all_so_far = list[Meeting](), True
    while True:
        for row, column, hours in table.earliest():
            found.append(Meeting(hours, int(ports[column]), row))
            if len(found) >= search.kept:
                table.limit_h = min(table.limit_h, hours + WORTH_WITHIN_H)
            taken[row] += 1
            table.held_back[row] = taken[row] >= KEPT_A_SHIP
            if all_so_far and len(found) > len(known.first):
                known.first = tuple(found)
            yield found[-1]
        if not table.held_back.any():
            return
        table.held_back[:] = all_so_far = False
        taken[:] = -len(ports)


@dataclass(frozen=True, eq=False)
class _Way:
    """What a ship's ways have in common for every system: miles from her and from the datum to ports, and her pace."""

    datum: SeaMiles
    ship: SeaMiles | None
    pace: Pace
    direct_nm: float


def _way_of(ship: Ship | None, sit: Situation) -> _Way:
    def made() -> _Way:
        return _Way(
            datum=sit.datum_miles_for(ship),
            ship=ship_miles(ship, sit) if ship is not None else None,
            pace=least_pace(sit, ship),
            direct_nm=0.0 if ship is None else sit.ship_sea_nm.get(ship.id, np.nan),
        )

    return sit.once("ways", None if ship is None else ship.id, made)


@dataclass(frozen=True, eq=False)
class _Columns:
    """What the ships of a system bring to every search, whatever the ports; arrays are (hosts,).

    ships: miles from each to ports; fits: those from the datum, one for all ships that fit through the same passages;
    ready: hours at which each could be at a port next to her and prepared; after: those of the fit-out and harbours;
    plain: hours that the fit-out takes longer at a quay of which nothing is known.
    """

    hosts: list[Host]
    ships: list[SeaMiles | None]
    fits: list[SeaMiles]
    fit: IntArray
    far: FloatArray
    near: FloatArray
    near_nm: FloatArray
    ready: FloatArray
    after: FloatArray
    plain: FloatArray
    direct_nm: FloatArray
    turn: IntArray

    def to_datum(self, nm: FloatArray, rows: IntArray) -> FloatArray:
        """Median hours of the passages of these ships over so many miles each, the last ones in the sea of the datum.

        What is handed in may be pairs, or ships (rows, 1) and miles to each of many ports, (rows, n).
        """
        near = np.minimum(nm, self.near_nm[rows])
        return np.asarray(self.near[rows] * near + self.far[rows] * (nm - near))

    def soonest_h(self, hardware_h: FloatArray, ports: IntArray) -> FloatArray:
        """(ports,) hours before which no ship is at the datum from there, whichever it is."""
        a_mile_h = min(float(self.near.min()), float(self.far.min()))
        # The great circles are the same whatever a ship fits through.
        return np.asarray(hardware_h + float(self.after.min()) + a_mile_h * self.fits[0].bound_nm[ports])


def columns_for(hosts: list[Host], go_h: float, sit: Situation) -> _Columns:
    """The columns of these ships, kept for the plan: a system asks by road and by air."""
    return sit.once("columns", (id(hosts), go_h), lambda: _columns_of(hosts, go_h, sit))


def _columns_of(hosts: list[Host], go_h: float, sit: Situation) -> _Columns:
    ways = [_way_of(host.ship, sit) for host in hosts]
    # Most ships fit through all passages and share one row of distances to the datum.
    fits = list({id(way.datum): way.datum for way in ways}.values())
    number = {id(miles): k for k, miles in enumerate(fits)}
    paces = [way.pace for way in ways]
    # A ship that has no route to the datum never comes.
    direct = np.array([way.direct_nm for way in ways])
    there = ready_ships(hosts, go_h, sit)
    return _Columns(
        hosts=hosts,
        ships=[way.ship for way in ways],
        fits=fits,
        fit=np.array([number[id(way.datum)] for way in ways]),
        far=np.array([pace.far_h for pace in paces]),
        near=np.array([pace.near_h for pace in paces]),
        near_nm=np.array([pace.near_nm for pace in paces]),
        ready=there.ready_h,
        after=there.after_h,
        plain=there.plain_h,
        direct_nm=np.where(np.isnan(direct), np.inf, direct),
        turn=there.turn,
    )


class _Table:
    """The hours of every pair of ship and port: bounds, and what this search has had routed.

    limit_h: beyond it no pair is wanted. held_back: (hosts,) ships that count for none. Whoever takes a pair may lower
    the one and hold back ships.
    """

    def __init__(
        self, hardware_h: FloatArray, ports: IntArray, columns: _Columns, sit: Situation, known: Known
    ) -> None:
        self._ports, self._hardware_h, self._of, hosts, self._sit = ports, hardware_h, columns, columns.hosts, sit
        stated, self._some = known
        self.limit_h = np.inf
        self._late_h: FloatArray | None = None
        self.held_back = np.zeros(len(hosts), bool)
        self._left = np.ones((len(hosts), len(ports)), bool) if stated is None else stated.large.copy()
        self._soonest_h = columns.soonest_h(hardware_h, ports)
        self._unknown = sit.places.port_quay[ports] == Quay.UNKNOWN
        self._longer = None if stated is None else stated.longer_h
        self._fit_nm = np.stack([miles.least_nm[ports] for miles in columns.fits])
        self._fit_known = np.zeros(self._fit_nm.shape, bool)
        self._ship_nm = np.empty((len(hosts), len(ports)))
        self._ship_known = np.zeros((len(hosts), len(ports)), bool)
        self._ship_asked = np.zeros(len(hosts), bool)
        for row, (host, miles) in enumerate(zip(hosts, columns.ships, strict=True)):
            if miles is None:
                # A vessel to be chartered is there or comes from where vessels are; one nobody has seen comes to none.
                self._ship_asked[row], self._ship_known[row] = True, host.ship is not None
                self._ship_nm[row] = sit.places.port_charter_nm[ports] if host.ship is None else np.inf
        # By way of a port no ship sails less than straight to the datum.
        self._least = columns.ready + columns.after + columns.to_datum(columns.direct_nm, np.arange(len(hosts)))
        if stated is not None:
            self._unknown = self._unknown & ~stated.known
            # Where the case knows of a quicker fit-out no bound may be later.
            self._least = self._least + np.minimum(stated.longer_h.min(axis=1), 0.0)
            self._soonest_h = self._soonest_h + np.minimum(stated.longer_h.min(axis=0), 0.0)
        self._look_at(_LOOKED_AT)

    def heed(self, leave: tuple[Bools, FloatArray] | None) -> None:
        """Leave out ships at ports that refuse them, and have them wait where they are let in later."""
        if leave is not None:
            self._left &= ~leave[0]
            self._late_h = leave[1]
            self._look_at(_LOOKED_AT)

    def earliest(self) -> Iterator[tuple[int, int, float]]:
        """Row, column and hours of the pairs, the earliest first, each of them routed; none twice.

        Bounds lie below what they bound: when the least of all is routed, it is the earliest. The pairs with the least
        bounds are looked at first, the others when these may not do. What others had routed makes bounds better; a pair
        is proven by this search alone, so that a plan does not depend on what was planned earlier.
        """
        while True:
            go_on()
            order = self._first()
            if not len(order):
                if self._others_h > self.limit_h or np.isinf(self._others_h):
                    return
                self._look_at(4 * self._looked_at)
            for number, pair in enumerate(order.tolist()):
                row, column, hours = int(self._rows[pair]), int(self._columns[pair]), float(self._hours[pair])
                if hours > self.limit_h:
                    break
                if self.held_back[row]:
                    continue
                if not self._is_routed(row, column):
                    self._route(self._at_little_cost(order[number:]))
                    break
                self._left[row, column] = False
                yield row, column, hours

    def _first(self) -> IntArray:
        """The pairs with the least hours of those that are left, no more than `_ROUND`, in order."""
        open_ = self._left[self._rows, self._columns] & ~self.held_back[self._rows]
        hours = np.append(np.where(open_, self._hours, np.inf), np.inf)  # one more: there may be none
        at = min(_ROUND, hours.size - 1)
        edge_h = min(float(np.partition(hours, at)[at]), self.limit_h)
        # Of pairs that are as early, the cargo's pace being theirs, those come first whose ships may sail first.
        order = np.flatnonzero((hours <= edge_h) & (hours < self._others_h))
        return order[np.lexsort((self._columns[order], self._of.turn[self._rows[order]], hours[order]))][:_ROUND]

    def _is_routed(self, row: int, column: int) -> bool:
        """Whether the hours of a pair are no bound any more."""
        known = self._ship_known[row, column] and self._fit_known[self._of.fit[row], column]
        return bool(known and (self._some is None or self._some.is_sure(column, float(self._ship_h(row, column)))))

    def _look_at(self, count: int) -> None:
        """Take the pairs with bounds below that in this place; the others come no earlier than `_others_h`."""
        size = self._left.size
        limit_h = self._least_of_some(count) if size > _BOUND_AT_ONCE and count < size else np.inf
        rows = np.flatnonzero(self._least <= limit_h)
        columns = np.flatnonzero(self._soonest_h <= limit_h + _ROUNDING_H)
        bound = self._bound(rows, columns)
        self._looked_at = count
        self._others_h = float(np.partition(bound, count, axis=None)[count]) if count < size else np.inf
        row, column = np.nonzero(bound < self._others_h)
        self._rows, self._columns = rows[row], columns[column]
        # (pairs looked at,) median hours to the datum, or their bounds; inf where no ship comes.
        self._hours = bound[row, column]

    def _least_of_some(self, count: int) -> float:
        """Hours that more than `count` of all bounds do not exceed: those of the ships that are nearest."""
        some = min(2 * count // len(self._ports) + 8, len(self._least) - 1)
        nearest = np.sort(np.argpartition(self._least, some)[: some + 1])
        return float(np.partition(self._bound(nearest, np.arange(len(self._ports))), count, axis=None)[count])

    def _bound(self, rows: IntArray, columns: IntArray) -> FloatArray:
        """(rows, columns) hours before which no chain over these ships and ports is at the datum."""
        for row in rows[~self._ship_asked[rows]].tolist():
            if (miles := self._of.ships[row]) is not None:
                self._ship_nm[row] = miles.least_nm[self._ports]
            self._ship_asked[row] = True
        return self._hours_of(rows[:, None], columns)

    def _ship_h(self, rows: IntArray | int, columns: IntArray | int) -> FloatArray:
        """Hours at which each ship could be at a port, or their bounds."""
        at_port = np.asarray(self._of.ready[rows] + self._of.far[rows] * self._ship_nm[rows, columns])
        return at_port if self._late_h is None else np.maximum(at_port, self._late_h[rows, columns])

    def _hours_of(self, rows: IntArray, columns: IntArray) -> FloatArray:
        """Hours of pairs, or their bounds; of each ship with each port where the ships are (rows, 1)."""
        of = self._of
        met = np.maximum(self._hardware_h[columns], self._ship_h(rows, columns))
        onward = of.to_datum(self._fit_nm[of.fit[rows], columns], rows)
        onward += of.plain[rows] * self._unknown[columns]
        if self._longer is not None:
            onward += self._longer[rows, columns]
        return np.asarray(np.maximum(met + of.after[rows] + onward, self._least[rows]))

    def _at_little_cost(self, pairs: IntArray) -> IntArray:
        """The first of these pairs, and those that cost the router little beside it: of its ship, or known to it.

        From one more ship the router has to find all ways anew, and she may not come first at all.
        """
        rows, ports = self._rows[pairs].tolist(), self._ports[self._columns[pairs]].tolist()
        cheap = [
            row == rows[0] or (miles := self._of.ships[row]) is None or miles.is_known(port)
            for row, port in zip(rows, ports, strict=True)
        ]
        return pairs[cheap]

    def _route(self, pairs: IntArray) -> None:
        """Route these pairs; the hours change of all with a port of theirs."""
        rows, columns = self._rows[pairs], self._columns[pairs]
        fits = self._of.fit[rows]
        for fit in set(fits.tolist()):
            here = columns[fits == fit]
            self._fit_nm[fit, here] = self._of.fits[fit].routed_nm(self._ports[here])
            self._fit_known[fit, here] = True
        for row in set(rows.tolist()):
            miles, here = self._of.ships[row], columns[rows == row]
            ports, known = self._ports[here], np.ones(len(here), bool)
            if miles is not None:
                self._ship_nm[row, here] = miles.routed_nm(ports)
            elif not self._ship_known[row, here].all():
                self._ship_nm[row, here], known = charters_come_nm(ports, self._ship_nm[row, here], self._sit)
            self._ship_known[row, here] = known
        if self._some is not None:
            self._hardware_h[columns] = self._some.settled(columns, self._ship_h(rows, columns))
        touched = np.zeros(len(self._ports), bool)
        touched[columns] = True
        changed = np.flatnonzero(touched[self._columns])
        self._hours[changed] = self._hours_of(self._rows[changed], self._columns[changed])
