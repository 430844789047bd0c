"""Where a ship is fitted out: what is known of the port's quay, and the nearest port that would do."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from subrescue.domain.quantities import Pert
from subrescue.domain.reasons import Reason, reason
from subrescue.domain.response import Verdict
from subrescue.earth.port_quays import Quay
from subrescue.planning.places import Places, sphere_nm
from subrescue.planning.situation import Situation

if TYPE_CHECKING:
    from subrescue.planning.hosts import Host


def aboard_h(host: Host, port: int, sit: Situation) -> Pert:
    """Hours to bring the system aboard at this port, longer where nothing is known of its cranes and welders."""
    if host.plain_quay_h is None or sit.places.port_quay[port] != Quay.UNKNOWN:
        return host.fit_out_h
    return host.plain_quay_h


def quay_doubt(host: Host, port: int, sit: Situation) -> tuple[Verdict, tuple[Reason, ...]]:
    """What the port's quay says of a fit-out: nothing where it is known to do, red where it is too small."""
    places = sit.places
    known, name = int(places.port_quay[port]), places.port_place(port).name
    if known == Quay.SUITS:
        return Verdict.GREEN, ()
    near, nm = nearest_that_suits(places, port)
    if known == Quay.TOO_SMALL:
        remedy = reason("ship.quay_near", near=near, nm=nm) if near is not None else None
        return Verdict.RED, (reason("ship.quay_small", port=name, remedy=remedy),)
    if host.plain_quay_h is None:
        return Verdict.GREEN, ()
    remedy = reason("ship.ask_quay", port=name, near=near, nm=nm) if near is not None else None
    return Verdict.AMBER, (reason("ship.quay_unknown", port=name, remedy=remedy),)


@lru_cache(maxsize=1024)
def nearest_that_suits(places: Places, port: int) -> tuple[str | None, float]:
    """Name of the port nearest to this one that is known to do, and the great circle to it in nm; None for none."""
    suits = np.flatnonzero(places.port_quay == Quay.SUITS)
    if not len(suits):
        return None, np.inf
    nm = sphere_nm(places.port_lat[port], places.port_lon[port], places.port_lat[suits], places.port_lon[suits])
    least = int(np.argmin(nm))
    return places.port_place(int(suits[least])).name, float(nm[least])
