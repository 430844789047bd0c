"""Where a ship is fitted out: what is known of the port's quay, and the nearest port that would do.

What the case says of a port goes before the table that travels with the program.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from subrescue.domain.assets import MovingAsset
from subrescue.domain.case_ports import PortFact, QuayAnswer
from subrescue.domain.quantities import Pert
from subrescue.domain.reasons import Reason, reason
from subrescue.domain.response import Gate, GateResult, Verdict
from subrescue.earth.places.port_quays import Quay
from subrescue.planning.basis.situation import Situation
from subrescue.planning.doubt.durations import median
from subrescue.planning.geography.borders import across_a_closed_border
from subrescue.planning.geography.places import FloatArray, IntArray, Places, sphere_nm

if TYPE_CHECKING:
    from subrescue.planning.ships.hosts import Host

# A vessel of opportunity whose size nobody knows: platform supply vessels and anchor handlers of 80 to 110 m draw 6 to
# 7 m (planning assumption).
_VESSEL_LENGTH_M = 100.0
_VESSEL_DRAUGHT_M = 6.5
_ANSWERS = {
    QuayAnswer.YES: (Quay.SUITS, "ship.quay_stated"),
    QuayAnswer.NO: (Quay.TOO_SMALL, "ship.quay_refused"),
    QuayAnswer.UNKNOWN: (Quay.UNKNOWN, None),
}


def quay_at(host: Host, port: int, sit: Situation) -> Quay:
    """What is known of a port's quay for this ship and system: by the case, else by the table."""
    return _answer(host, port, sit)[0]


def _answer(host: Host, port: int, sit: Situation) -> tuple[Quay, str | None]:
    """The same, and the message that tells what the case says of it; None where the table answers, or nobody."""
    fact, table = sit.ports.facts.get(port), Quay(int(sit.places.port_quay[port]))
    if fact is None:
        return table, None
    if fact.fit_out is not None:
        return _ANSWERS[fact.fit_out]
    if fact.quay_length_m is not None and fact.quay_length_m < length_m(host):
        return Quay.TOO_SMALL, "ship.quay_short"
    if fact.depth_alongside_m is not None and fact.depth_alongside_m < draught_m(host):
        return Quay.TOO_SMALL, "ship.quay_shoal"
    lifts = None if fact.crane_t is None or host.heaviest_t is None else fact.crane_t >= host.heaviest_t
    if lifts is False:
        return Quay.UNKNOWN, "ship.quay_crane"
    if lifts and fact.quay_length_m is not None and fact.depth_alongside_m is not None:
        return Quay.SUITS, "ship.quay_stated"
    return table, None


def length_m(host: Host) -> float:
    """Length of the ship; of one that is unknown, or has yet to be chartered, that of a usual vessel."""
    known = host.ship.length_m if host.ship is not None else None
    return _VESSEL_LENGTH_M if known is None else known


def draught_m(host: Host) -> float:
    """Draught of the ship; of one that is unknown, or has yet to be chartered, that of a usual vessel."""
    known = host.ship.draught_m if host.ship is not None else None
    return _VESSEL_DRAUGHT_M if known is None else known


def aboard_h(host: Host, port: int, sit: Situation) -> Pert:
    """Hours to bring the system aboard at this port, longer where nothing is known of its cranes and welders."""
    if host.plain_quay_h is None:
        return host.fit_out_h
    fact = sit.ports.facts.get(port)
    if fact is not None and fact.fit_out_h is not None:
        return fact.fit_out_h
    return host.plain_quay_h if quay_at(host, port, sit) is Quay.UNKNOWN else host.fit_out_h


def least_fit_out_h(host: Host, sit: Situation) -> float:
    """Median hours of the fit-out at the port that is quickest at it."""
    stated = [] if host.plain_quay_h is None else [one.fit_out_h for one in sit.ports.facts.values()]
    return min(median(one) for one in (host.fit_out_h, *stated) if one is not None)


def longer_h(host: Host) -> float:
    """Median hours that a fit-out takes longer at a quay of which nothing is known."""
    return 0.0 if host.plain_quay_h is None else max(median(host.plain_quay_h) - median(host.fit_out_h), 0.0)


@dataclass(frozen=True, eq=False)
class Stated:
    """What the case says of ports: (ports,) of which, and (hosts, ports) how much longer fit-outs take there.

    longer_h: median hours beyond the usual, below 0 where the case knows of a quicker one. large: where the quay is not
    known to be too small for the ship; all where no quay is large enough for any.
    """

    known: npt.NDArray[np.bool_]
    longer_h: FloatArray
    large: npt.NDArray[np.bool_]


def stated_h(hosts: list[Host], ports: IntArray, sit: Situation) -> Stated | None:
    """What the case says of these ports for these ships; None where nothing."""
    known = np.isin(ports, sorted(sit.ports.facts))
    if not known.any():
        return None
    longer, large = np.zeros((len(hosts), len(ports))), np.ones((len(hosts), len(ports)), bool)
    for column in np.flatnonzero(known).tolist():
        port = int(ports[column])
        for row, host in enumerate(hosts):
            large[row, column] = quay_at(host, port, sit) is not Quay.TOO_SMALL
            longer[row, column] = median(aboard_h(host, port, sit)) - median(host.fit_out_h)
    return Stated(known, longer, large if large.any() else np.ones_like(large))


def quay_doubt(host: Host, port: int, sit: Situation) -> tuple[Verdict, tuple[Reason, ...]]:
    """What the port's quay says of a fit-out: red where it is too small, a doubt where nobody knows.

    Nothing where the table knows that it does; where the case answers, what it says and by whom. A vessel that has yet
    to be chartered for some containers needs no such quay, but is not likely to lie where none is known.
    """
    name, fact = sit.places.port_place(port).name, sit.ports.facts.get(port)
    known, said = _answer(host, port, sit)
    if known == Quay.TOO_SMALL:
        near, nm = _near(port, sit)
        remedy = reason("ship.quay_near", near=near, nm=nm) if near is not None else None
        small = reason("ship.quay_small", port=name, remedy=remedy)
        return Verdict.RED, (small if said is None or fact is None else _told(said, host, name, fact, sit, remedy),)
    if host.plain_quay_h is None:
        near, nm = _near(port, sit) if host.ship is None and known == Quay.UNKNOWN else (None, 0.0)
        remedy = reason("ship.quay_near", near=near, nm=nm) if near is not None else None
        nobody = (reason("ship.none_known_there", port=name, remedy=remedy),) if near is not None else ()
        return Verdict.AMBER if nobody else Verdict.GREEN, nobody
    told = () if said is None or fact is None else (_told(said, host, name, fact, sit, None),)
    if fact is not None and fact.fit_out_h is not None and fact.fit_out is not QuayAnswer.UNKNOWN:
        return Verdict.GREEN, (*told, _told("ship.quay_hours", host, name, fact, sit, None))
    if known == Quay.SUITS:
        return Verdict.GREEN, told
    if told:
        return Verdict.AMBER, told
    near, nm = _near(port, sit)
    remedy = reason("ship.ask_quay", port=name, near=near, nm=nm) if near is not None else None
    return Verdict.AMBER, (reason("ship.quay_unknown", port=name, remedy=remedy),)


def closed_gate(asset: MovingAsset, sit: Situation) -> GateResult | None:
    """The ship gate where the case settles a port for the asset that it closes; else None."""
    offer = sit.offers.get(asset.id)
    port = sit.places.port_index(offer.spod) if offer is not None else None
    if port is None or port not in sit.ports.closed:
        return None
    name, stated_by = sit.places.port_place(port).name, sit.ports.stated_by(sit.ports.facts[port])
    why = reason("ship.quay_closed", port=name, stated_by=stated_by, remedy=reason("ship.quay_open"))
    return GateResult.of(Gate.SHIP, Verdict.RED, why)


def _told(message: str, host: Host, port: str, fact: PortFact, sit: Situation, remedy: Reason | None) -> Reason:
    """What the case says of a quay, in the words of a message, with who says so."""
    have, need = _COMPARED.get(message, _nothing)(fact, host)
    if message == "ship.quay_crane":
        remedy = reason("ship.quay_ro_ro" if fact.ro_ro else "ship.quay_mobile_crane", port=port, need=need)
    return reason(message, port=port, have=have, need=need, stated_by=sit.ports.stated_by(fact), remedy=remedy)


def _nothing(_fact: PortFact, _host: Host) -> tuple[None, None]:
    return None, None


_COMPARED: dict[str, Callable[[PortFact, Host], tuple[float | None, float | None]]] = {
    "ship.quay_short": lambda fact, host: (fact.quay_length_m, length_m(host)),
    "ship.quay_shoal": lambda fact, host: (fact.depth_alongside_m, draught_m(host)),
    "ship.quay_crane": lambda fact, host: (fact.crane_t, host.heaviest_t),
}


def _near(port: int, sit: Situation) -> tuple[str | None, float]:
    """Name and distance in nm of the nearest port that is known to do, by case or table; None for none."""
    answers = frozenset(
        (number, fact.fit_out is QuayAnswer.YES and not fact.closed)
        for number, fact in sit.ports.facts.items()
        if fact.fit_out is not None or fact.closed
    )
    return nearest_that_suits(sit.places, port, answers)


@lru_cache(maxsize=1024)
def nearest_that_suits(
    places: Places, port: int, answers: frozenset[tuple[int, bool]] = frozenset()
) -> tuple[str | None, float]:
    """Name of the port nearest to this one that is known to do, and the great circle to it in nm; None for none.

    None beyond a border that no convoy crosses: nobody is sent to a foreign submarine base. `answers` say of ports by
    their numbers whether they do, before the table.
    """
    does = places.port_quay == Quay.SUITS
    for number, yes in answers:
        does[number] = yes
    here = places.port_country[port : port + 1]
    suits = np.flatnonzero(does & ~across_a_closed_border(here, places.port_country))
    if not len(suits):
        return None, np.inf
    nm = sphere_nm(places.port_lat[port], places.port_lon[port], places.port_lat[suits], places.port_lon[suits])
    least = int(np.argmin(nm))
    return places.port_place(int(suits[least])).name, float(nm[least])
