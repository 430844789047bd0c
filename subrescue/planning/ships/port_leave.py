"""What nations say of others' ships in their ports: which ship is let in where, and the hours until she is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from subrescue.domain.assets import Ship
from subrescue.domain.quantities import Pert
from subrescue.domain.reasons import Reason, reason
from subrescue.domain.response import Verdict
from subrescue.domain.sea_clearances import SeaClearance
from subrescue.planning.basis.situation import Situation
from subrescue.planning.basis.timed import allowed_spans, is_timed
from subrescue.planning.doubt.durations import median
from subrescue.planning.doubt.openings import ALWAYS, Openings, earliest_alone
from subrescue.planning.geography.places import FloatArray, IntArray
from subrescue.planning.ships.ice_ways import LEAVE

if TYPE_CHECKING:
    from subrescue.planning.ships.hosts import Host


Bools = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class PortLeave:
    """The word of a case that counts for a ship at a port; sure: whether it is known to be about her."""

    word: SeaClearance
    sure: bool


def port_leave(ship: Ship | None, port: int, sit: Situation) -> PortLeave | None:
    """What the nation of a port says of a ship, or of a vessel to be chartered: the narrowest word; None for nothing.

    One that names ports goes before one that does not, then one that names ships, then one that names nations. Of two
    as narrow a refusal counts.
    """
    words = sit.once("port_words", None, lambda: _words(sit))
    found = [one for one in words if port in _ports_of(one, sit) and one.is_about(ship) is not False]
    if not found:
        return None
    word = max(found, key=lambda one: (one.is_about(ship) is True, *one.narrowness, bool(one.refused)))
    return PortLeave(word, word.is_about(ship) is True)


def leave_for_port(ship: Ship | None, port: int, sit: Situation) -> Pert | None:
    """Hours from the order until a ship is let into a port; None where nobody states any."""
    leave = port_leave(ship, port, sit)
    return None if leave is None or not leave.sure or leave.word.refused else leave.word.lead_h


def leave_doubt(ship: Ship | None, name: str, port: int, sit: Situation) -> tuple[Verdict, tuple[Reason, ...]]:
    """What the leave of a port's nation says of a ship there: red where she is refused, a doubt where nobody knows."""
    leave = port_leave(ship, port, sit)
    if leave is None:
        return Verdict.GREEN, ()
    word = leave.word
    if word.refused:
        key = "ship.port_refused" if leave.sure else "ship.port_perhaps_refused"
        return Verdict.RED if leave.sure else Verdict.AMBER, (reason(key, port=name, nations=word.nation),)
    if word.lead_h is not None and leave.sure:
        hours = word.lead_h
        told = reason("ship.port_lead", port=name, nations=word.nation, hours=hours.mode, low=hours.min, high=hours.max)
        return Verdict.GREEN, (told,)
    return Verdict.GREEN, ()


def port_opens(ship: Ship | None, port: int, sit: Situation) -> Openings | None:
    """When a ship is let into a port that lets her in for a time only; None for at any time, or for never known."""
    timed = sit.once("timed_ports", None, lambda: _timed_words(sit))
    words = [one for one in timed if port in _ports_of(one, sit) and one.is_about(ship)]
    alert = sit.case.alert
    if not any(is_timed(one, alert) for one in words):
        return None
    spans = allowed_spans(words, _lets_in, alert, lambda one: one.narrowness)
    if spans == ALWAYS:
        return None
    nations = ", ".join(dict.fromkeys(one.nation for one in words))
    name = ship.name if ship is not None else ""
    what = (("port", sit.places.port_place(port).name), ("nations", nations), ("ship", name))
    return Openings(spans, sit.assumptions[LEAVE], "port", what)


def _timed_words(sit: Situation) -> tuple[SeaClearance, ...]:
    """All words on calls at ports, where one of them holds for a time; else none."""
    words = tuple(one for one in sit.timed.sea if one.calls and _lets_in(one) is not None)
    return words if any(is_timed(one, sit.case.alert) for one in words) else ()


def _lets_in(one: SeaClearance) -> bool | None:
    return False if one.refused else True if one.refused is False or one.lead_h is not None else None


def refused_and_late(
    hosts: Sequence[Host], ports: IntArray, go_h: float, sit: Situation
) -> tuple[Bools, FloatArray] | None:
    """(hosts, ports) where a ship is refused, and the median hours from the alert before which she is not let in.

    None where the case says nothing of these ports.
    """
    words = (*sit.once("port_words", None, lambda: _words(sit)), *_timed_words(sit))
    numbers = frozenset().union(*(_ports_of(one, sit) for one in words))
    columns = [column for column in range(len(ports)) if int(ports[column]) in numbers] if words else []
    if not columns:
        return None
    refused, late_h = np.zeros((len(hosts), len(ports)), bool), np.zeros((len(hosts), len(ports)))
    for row, host in enumerate(hosts):
        for column in columns:
            leave = port_leave(host.ship, int(ports[column]), sit)
            opens = port_opens(host.ship, int(ports[column]), sit)
            prepared_h = 0.0 if host.prepare_h is None else median(host.prepare_h)
            if opens is not None:
                refused[row, column] = not opens.spans
                late_h[row, column] = earliest_alone(opens.spans, 0.0) + prepared_h if opens.spans else 0.0
            if leave is None or not leave.sure:
                continue
            refused[row, column] |= bool(leave.word.refused)
            if leave.word.lead_h is not None and not leave.word.refused:
                leave_h = go_h + median(leave.word.lead_h) + prepared_h
                late_h[row, column] = max(late_h[row, column], leave_h)
    return refused, late_h


def _words(sit: Situation) -> tuple[SeaClearance, ...]:
    return tuple(one for one in sit.case.sea_clearances if one.calls and (one.refused is not None or one.lead_h))


def _ports_of(word: SeaClearance, sit: Situation) -> frozenset[int]:
    """The numbers of the ports that a word is about."""

    def made() -> frozenset[int]:
        named = {sit.places.port_index(name) for name in word.ports}
        if word.ports:
            return frozenset(one for one in named if one is not None)
        return frozenset(np.flatnonzero(sit.places.port_country == word.nation).tolist())

    return sit.once("ports_of_word", (word.nation, word.ports), made)
