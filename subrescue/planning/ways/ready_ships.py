"""What the ships of a system bring to every meeting wherever the DISSUB lies, kept while she is moved."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from subrescue.domain.assets import Ship
from subrescue.planning.basis.ground import berth_of, on_ground
from subrescue.planning.basis.situation import Situation
from subrescue.planning.doubt.durations import median
from subrescue.planning.geography.places import FloatArray, IntArray
from subrescue.planning.geography.sea_miles import SeaMiles
from subrescue.planning.ships.hosts import Host, free_at_h
from subrescue.planning.ships.quays import longer_h


@dataclass(frozen=True, eq=False)
class ReadyShips:
    """(hosts,) hours of ships: `ready_h` from the alert until each could be at a port next to her and is prepared.

    after_h: of the fit-out and of harbours; plain_h: that the fit-out takes longer at a quay of which nothing is known.
    turn: the place of each among those that are ready as early.
    """

    ready_h: FloatArray
    after_h: FloatArray
    plain_h: FloatArray
    turn: IntArray


def ready_ships(hosts: list[Host], go_h: float, sit: Situation) -> ReadyShips:
    """These ships for a system that is told to go so many hours from the alert; kept."""
    berth = berth_of(sit)
    return on_ground(berth, "ready_ships", (id(hosts), go_h), (hosts,), lambda: _ready_ships(hosts, go_h, berth))


def _ready_ships(hosts: list[Host], go_h: float, sit: Situation) -> ReadyShips:
    harbour = median(sit.assumptions["ship.harbour_h"])
    prepare = np.array([median(host.prepare_h) if host.prepare_h is not None else 0.0 for host in hosts])
    leg = np.array([0.0 if host.ship is None else harbour for host in hosts])
    ready = np.array([free_at_h(host, go_h, sit) for host in hosts]) + prepare + leg
    return ReadyShips(
        ready_h=ready,
        after_h=np.array([median(host.fit_out_h) for host in hosts]) + harbour,
        plain_h=np.array([longer_h(host) for host in hosts]),
        turn=_turns(hosts, ready),
    )


def _turns(hosts: list[Host], ready_h: FloatArray) -> IntArray:
    """(hosts,) the place of each among those that are as early: who may sail first, then by ships' ids, charters last.

    Where the cargo decides, the ship that waits for it longest has most room for what goes wrong.
    """
    keys = [
        (hours, host.ship is None, "" if host.ship is None else host.ship.id)
        for host, hours in zip(hosts, ready_h.tolist(), strict=True)
    ]
    turns = np.empty(len(hosts), np.int64)
    turns[sorted(range(len(hosts)), key=keys.__getitem__)] = np.arange(len(hosts))
    return turns


def ship_miles(ship: Ship, sit: Situation) -> SeaMiles | None:
    """The miles from a ship to ports, kept: to route hundreds of ships anew for every place of the DISSUB takes long.

    None where her position is unknown.
    """
    berth = berth_of(sit)
    return on_ground(berth, "ship_miles", ship.id, (ship,), lambda: berth.ship_miles(ship))
