"""Hours of a ship through ice that closes a passage to others, behind an icebreaker or by herself, and for leave."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from subrescue.domain.assets import Ship
from subrescue.domain.quantities import Pert
from subrescue.domain.reasons import Reason, reason
from subrescue.earth.passages.passages import Passage
from subrescue.earth.shape.geodesy import legs_nm
from subrescue.earth.shape.water import unit_vectors
from subrescue.planning.basis.sea_rules import ShipRules, clearances_of, passages_of
from subrescue.planning.basis.situation import Situation
from subrescue.planning.doubt.durations import median, plus
from subrescue.planning.doubt.openings import ALWAYS, Spans, both, shifted
from subrescue.planning.geography.places import sphere_nm
from subrescue.planning.ships.paces import sailed_h

if TYPE_CHECKING:
    from subrescue.earth.router.router import SeaRoute

SPEED, LEAVE = "ship.ice_speed_kn", "ship.ice_leave_h"


@dataclass(frozen=True)
class InIce:
    """Miles in ice and the hours that they and the wait for leave take, with their reasons; nothing where none do.

    opening: the passages that are open for a time only.
    """

    nm: float
    hours: Pert
    reasons: tuple[Reason, ...]
    opening: Opening | None = None


@dataclass(frozen=True)
class Opening:
    """Passages that are open for a time only: when she may come to the first, and the hours until she does.

    Hours of `spans` count from the alert. nations: who opens them. last_h: from the first of them to the last.
    """

    spans: Spans
    sailed_h: float
    passages: str
    nations: str
    last_h: float = 0.0


NOTHING = InIce(0.0, Pert.exactly(0.0), ())


def in_ice(
    sit: Situation, ship: Ship | None, used: Sequence[Passage], route: SeaRoute | None, nm: float, *, to_datum: bool
) -> InIce:
    """What a way of so many miles through these passages takes in ice, and in waiting for leave before it.

    A ship sails at once and waits where the leave is needed: what she has sailed until then is time of the lead.
    Ice is counted from the first such passage to the last, to the DISSUB where that shuts her in.
    """
    rules = sit.rules(ship)
    icy = [one for one in used if one.id in rules.led | rules.alone]
    asks = [one for one in used if one.id in rules.waits]
    if not icy and not asks:
        return NOTHING
    first_nm, last_nm = _abeam(route, icy or asks, nm)
    if icy and to_datum and sit.sea_rules.shut_in is not None:
        last_nm = nm
    ice_nm = min(max(last_nm - first_nm, sum(one.facts.controlled_nm or 0.0 for one in icy)), nm) if icy else 0.0
    pace, told = _through(sit, ship, rules, icy, ice_nm) if icy else (Pert.exactly(0.0), [])
    wait, waited = _wait(sit, ship, asks, first_nm)
    timed = [one for one in used if one.id in dict(rules.spans)]
    met_nm = [min(one, default=0.0) for one in _abeam_each(route, timed, nm)]
    opening = _opening(sit, ship, timed, met_nm) if timed else None
    return InIce(ice_nm, plus(pace, wait), (*told, *waited), opening)


def _opening(sit: Situation, ship: Ship | None, timed: Sequence[Passage], abeam_nm: Sequence[float]) -> Opening:
    """The passages of a way that are open for a time only.

    She waits before the first of them until each is open when she comes there.
    """
    open_, spans = dict(sit.rules(ship).spans), ALWAYS
    there_h = [median(sailed_h(sit, ship, nm)) for nm in abeam_nm]
    for one, hours in zip(timed, there_h, strict=True):
        spans = both(spans, shifted(open_[one.id], min(there_h) - hours))
    words = [word for word in sit.sea_rules.timed if word.is_about(ship) and passages_of(word, timed)]
    nations = ", ".join(dict.fromkeys(word.nation for word in words))
    names = ", ".join(one.name for one in timed)
    return Opening(spans, min(there_h), names, nations, max(there_h) - min(there_h))


def _through(
    sit: Situation, ship: Ship | None, rules: ShipRules, icy: Sequence[Passage], ice_nm: float
) -> tuple[Pert, list[Reason]]:
    names = ", ".join(one.name for one in icy)
    stated = [
        word.ice_speed_kn
        for one in icy
        for word in clearances_of(sit.case, ship, one.id, sit.world)
        if word.icebreaker and word.ice_speed_kn is not None
    ]
    led = any(one.id in rules.led for one in icy)
    speed = min(stated, key=median) if stated else sit.assumptions[SPEED]
    hours = Pert(min=ice_nm / speed.max, mode=ice_nm / speed.mode, max=ice_nm / speed.min)
    ice_class = None if led or ship is None else ship.ice_class
    why = reason(
        "sea.icebreaker" if led else "sea.through_ice",
        nm=ice_nm, passages=names, speed_kn=speed.mode, low=speed.min, high=speed.max, ice_class=ice_class,
    )  # fmt: skip
    return hours, [why]


def _wait(sit: Situation, ship: Ship | None, asks: Sequence[Passage], first_nm: float) -> tuple[Pert, list[Reason]]:
    """The longest lead of those whose leave is needed, less the hours that she takes to get there."""
    words = [word for one in asks for word in clearances_of(sit.case, ship, one.id, sit.world)]
    led = [word for word in words if word.lead_h is not None or word.icebreaker or word.escort]
    # Where it is said from when it holds, nobody waits for an answer as well.
    stated = [word.lead_h or (None if word.holds_from is not None else sit.assumptions[LEAVE]) for word in led]
    leads = [lead for lead in stated if lead is not None]
    if not leads:
        return Pert.exactly(0.0), []
    lead = max(leads, key=median)
    sailed = sailed_h(sit, ship, first_nm)
    wait = Pert(
        min=max(lead.min - sailed.max, 0.0), mode=max(lead.mode - sailed.mode, 0.0), max=max(lead.max - sailed.min, 0.0)
    )
    nations = ", ".join(dict.fromkeys(word.nation for word in words))
    why = reason(
        "sea.leave_wait",
        nations=nations,
        passages=", ".join(one.name for one in asks),
        hours=lead.mode,
        low=lead.min,
        high=lead.max,
        wait_h=wait.mode,
        most_h=wait.max,
    )
    return wait, [why]


def _abeam(route: SeaRoute | None, passages: Sequence[Passage], nm: float) -> tuple[float, float]:
    """Miles from the start at which a way comes to the first of these passages, and to the last; 0 without a route."""
    at = [met for one in _abeam_each(route, passages, nm) for met in one]
    return (min(at), max(at)) if at else (0.0, 0.0)


def _abeam_each(route: SeaRoute | None, passages: Sequence[Passage], nm: float) -> list[list[float]]:
    """Miles from the start at which a way comes to each of these passages, as often as it does."""
    if route is None or len(route.points) < 2:
        return [[] for _ in passages]
    points = np.asarray(route.points)
    legs = np.asarray(legs_nm(points))
    starts = np.concatenate(([0.0], np.cumsum(legs)))
    units = unit_vectors(points[:, 0], points[:, 1])
    share = nm / float(starts[-1]) if starts[-1] > 0 else 1.0
    found = []
    for passage in passages:
        at = []
        for leg in np.flatnonzero(passage.crossed_by(units[:-1], units[1:])):
            lat, lon = (passage.gate[0] + passage.gate[-1]) / 2.0
            along = float(sphere_nm(points[leg, 0], points[leg, 1], np.asarray(lat), np.asarray(lon)))
            at.append((float(starts[leg]) + min(along, float(legs[leg]))) * share)
        found.append(at)
    return found
