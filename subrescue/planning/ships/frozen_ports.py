"""Ports where the sea may be near freezing at the alert, and how far a vessel for hire comes to such a one."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from subrescue.domain.position import Position
from subrescue.earth.places.port_quays import Quay
from subrescue.earth.sea_and_sky.freezing import may_freeze
from subrescue.planning.basis.ground import facts_of, on_ground
from subrescue.planning.basis.situation import Situation
from subrescue.planning.geography.places import FloatArray, IntArray, sphere_nm

# Of the nearest ports with vessels so many are held against one another by sea: the nearest may lie beyond a land.
_NEAREST = 8
# The geodesic of a way by sea is no shorter than this share of the great circle.
_LEAST_SHARE = 0.99

Bools = npt.NDArray[np.bool_]


def near_freezing(position: Position, sit: Situation) -> bool:
    """Whether the sea there may be near freezing at the alert; kept from plan to plan, as it takes a millisecond."""
    at, climate = sit.case.alert, sit.world.climate
    key = position.lat_deg, position.lon_deg, at
    return on_ground(facts_of(sit), "may_freeze", key, (), lambda: may_freeze(position, at, climate))


def charter_comes_nm(port: int, sit: Situation) -> float:
    """Nautical miles that a vessel to be chartered comes to a port, 0 where one is likely to lie there.

    None lies in winter in a port that may freeze where no liner calls and no navy lies (planning rule): nobody keeps
    Nome, Churchill or Prudhoe Bay open. She comes by sea from the nearest port that has vessels and does
    not freeze, or where liners call.
    """
    nm = float(sit.places.port_charter_nm[port])
    if not _is_left(port, sit):
        return nm
    key = port, sit.case.alert, sit.closed_passages
    return max(nm, on_ground(facts_of(sit), "charter_comes", key, (), lambda: _from_open_water_nm(port, sit)))


def charters_come_nm(ports: IntArray, least_nm: FloatArray, sit: Situation) -> tuple[FloatArray, Bools]:
    """(ports,) `charter_comes_nm`, or a better bound than `least_nm`, and whether it is no bound.

    To find a way by sea takes the router 40 ms: one asks for it where the great circle does not rule the port out.
    """
    nm, exact = least_nm.copy(), np.ones(len(ports), bool)
    for row, port in enumerate(ports.tolist()):
        if _is_left(port, sit):
            nearest_nm = _nearest_open(port, sit)[1]
            exact[row] = nm[row] >= _LEAST_SHARE * nearest_nm
        nm[row] = charter_comes_nm(port, sit) if exact[row] else _LEAST_SHARE * nearest_nm
    return nm, exact


def _is_left(port: int, sit: Situation) -> bool:
    """Whether no vessel lies in a port, as it may freeze and nobody keeps it open."""
    if sit.places.port_quay[port] == Quay.SUITS:
        return False
    return near_freezing(sit.places.port_place(port).position, sit)


def _nearest_open(port: int, sit: Situation) -> tuple[list[int], float]:
    """Some ports with vessels that do not freeze, the nearest first, and great circles in nm to that; kept."""
    key = port, sit.case.alert
    return on_ground(facts_of(sit), "nearest_open", key, (), lambda: _nearest_open_ports(port, sit))


def _nearest_open_ports(port: int, sit: Situation) -> tuple[list[int], float]:
    places = sit.places
    here = places.port_place(port).position
    with_vessels = np.flatnonzero(places.port_charter_nm == 0.0)
    listed = with_vessels < len(places.gazetteer.ports)
    # From Thunder Bay no vessel comes to Hudson Bay, though no open port lies nearer.
    at_sea = places.gazetteer.ports.is_seaport[np.where(listed, with_vessels, 0)] | ~listed
    with_vessels = with_vessels[at_sea & (with_vessels != port)]
    apart_nm = sphere_nm(
        np.asarray(here.lat_deg),
        np.asarray(here.lon_deg),
        places.port_lat[with_vessels],
        places.port_lon[with_vessels],
    )
    some: list[int] = []
    nearest_nm = 0.0
    for at in np.argsort(apart_nm, kind="stable").tolist():
        other = int(with_vessels[at])
        kept_open = places.port_quay[other] == Quay.SUITS
        if not kept_open and near_freezing(places.port_place(other).position, sit):
            continue
        nearest_nm = nearest_nm or float(apart_nm[at])
        some.append(other)
        if len(some) == _NEAREST:
            break
    return some, nearest_nm


def _from_open_water_nm(port: int, sit: Situation) -> float:
    """By sea from the nearest port with vessels where the sea does not freeze; 0 where there is none.

    Through ice where no other way is open, by great circle where no sea leads there.
    """
    places, here = sit.places, sit.places.port_place(port).position
    some, nearest_nm = _nearest_open(port, sit)
    if not some:
        return 0.0
    for closed in (sit.closed_passages, frozenset[str]()):  # behind an icebreaker, where ice closes every way
        by_sea = sit.world.router.distances_nm(here, places.port_lat[some], places.port_lon[some], closed)
        known = by_sea[np.isfinite(by_sea)]
        if len(known):
            return float(known.min())
    return nearest_nm
