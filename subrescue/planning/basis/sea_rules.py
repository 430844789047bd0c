"""Which passages each ship of a plan goes through: closed by the case, by ice when she is there, or for want of leave.

Leave that nobody has given is not counted on: for the Northern Sea Route the rules ask merchant ships 15 working days
ahead (2013) and ships of states 90 days (law of 5 December 2022); whether that is waived for a rescue is not public.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from subrescue.domain.assets import Ship
from subrescue.domain.case import Case
from subrescue.domain.position import Position
from subrescue.domain.sea_clearances import SeaClearance
from subrescue.earth.passages.frozen import always_frozen, frozen, is_icy
from subrescue.earth.passages.leave import asked_of_others
from subrescue.earth.passages.passages import Passage
from subrescue.planning.basis.shut_in_by_ice import BEHIND_ICE_DEG, frozen_as_far_as_open, is_open
from subrescue.planning.basis.timed import allowed_spans, is_timed, without_times
from subrescue.planning.doubt.openings import ALWAYS, Spans
from subrescue.planning.geography.places import sphere_nm

if TYPE_CHECKING:
    from subrescue.earth.world import World

# No ship of a plan is sooner at the ice, and none takes longer to sail than so (planning assumption).
_FASTEST_KN, _SAILS_WITHIN_H, _MADE_GOOD = 25.0, 48.0, 0.6
_UNKNOWN_KN = 10.0
_MOST_H = 24.0 * 300
# IACS unified requirement I1: PC 1 to PC 5 are built to go all year, 6 and 7 in summer and autumn.
_ALL_YEAR = re.compile(r"\s*PC\s*-?([1-5])\b", re.IGNORECASE)
# The sphere is at most this much longer than the geodesic on WGS 84.
_SPHERE = 0.994
_NONE: frozenset[str] = frozenset()


@dataclass(frozen=True)
class ShipRules:
    """What holds for one ship, as ids of passages.

    closed: to her, for whatever cause. iced, unasked, refused: closed by ice, for want of leave, by a clearance of the
    case. led: through ice behind an icebreaker, by the clearance of it. alone: through ice by her polar class. waits:
    cleared after hours. doubted: warships are refused or wait, and nobody knows whether she is one. asked: leave is not
    known, and no other way leads to the DISSUB. opened: open to her and closed to others. spans: when those are open to
    her that are for a time only, in hours from the alert; they are among `waits`.
    """

    closed: frozenset[str]
    iced: frozenset[str] = _NONE
    unasked: frozenset[str] = _NONE
    refused: frozenset[str] = _NONE
    led: frozenset[str] = _NONE
    alone: frozenset[str] = _NONE
    waits: frozenset[str] = _NONE
    doubted: frozenset[str] = _NONE
    asked: frozenset[str] = _NONE
    opened: frozenset[str] = _NONE
    spans: tuple[tuple[str, Spans], ...] = ()

    @property
    def watched(self) -> frozenset[str]:
        """Those of which it matters whether her way goes through them."""
        return self.led | self.alone | self.waits | self.doubted | self.asked | self.opened

    @property
    def slow(self) -> frozenset[str]:
        """Those for which going round may be quicker."""
        return self.led | self.alone | self.waits


@dataclass(frozen=True, eq=False)
class SeaRules:
    """The rules of every ship, made when somebody asks.

    case: as far as it holds for all of the plan; timed: all its words where some hold for a time.
    shut_in: the datum where ice and want of leave may leave it no way to the open sea; else its place tells nothing.
    """

    case: Case
    world: World
    shut_in: Position | None
    places: dict[str, Position]
    timed: tuple[SeaClearance, ...] = ()
    known: dict[str, ShipRules] = field(default_factory=dict)
    shared: dict[object, ShipRules] = field(default_factory=dict)

    @property
    def base(self) -> frozenset[str]:
        """What is closed to a vessel of which nothing is said, and so to most ships."""
        return self.of(None).closed

    def of(self, ship: Ship | None) -> ShipRules:
        """What holds for a ship; for a vessel to be chartered where it is None."""
        name = "" if ship is None else ship.id
        found = self.known.get(name)
        if found is None:
            found = self.known[name] = self._of(ship)
        return found

    def keep_to_common(self, ship: Ship, common: frozenset[str] | None = None) -> None:
        """Close to a ship what is closed to others and no more: no way of hers goes where she differs from them.

        What the case refuses her stays closed. common: what is closed to a vessel of which nothing is said, if None.
        """
        her, common = self.of(ship), self.base if common is None else common
        kept = common | her.refused
        if her.closed != kept:
            watched = {name: getattr(her, name) - kept for name in ("led", "alone", "opened")}
            self.known[ship.id] = self.shared.setdefault((her, kept), replace(her, closed=kept, **watched))

    def anywhere(self) -> SeaRules:
        """The same wherever the DISSUB lies, as far as that does not shut her in."""
        return replace(self, known={}, shared={})

    def _of(self, ship: Ship | None) -> ShipRules:
        """Ships of the same flags, ice and words of the case have one set of rules."""
        words = tuple((one, one.is_about(ship)) for one in self.case.sea_clearances)
        ice = self._ice(ship)
        by_class = ship is not None and ship.ice_class is not None and _ALL_YEAR.match(ship.ice_class) is not None
        flags = None if ship is None else ship.nations
        timed = tuple(one for one in self.timed if not one.calls and one.is_about(ship))
        key = flags, ice, tuple(about for _, about in words), by_class, timed
        found = self.shared.get(key)
        if found is None:
            found = self.shared[key] = self._made(flags, ice, words, timed, by_class=by_class)
        return found

    def _made(
        self,
        flags: tuple[str, ...] | None,
        ice: frozenset[str],
        words: tuple[tuple[SeaClearance, bool | None], ...],
        timed: tuple[SeaClearance, ...],
        *,
        by_class: bool,
    ) -> ShipRules:
        passages = self.world.router.passages
        of_case = frozenset(self.case.closed_passages)
        about = [one for one, concerns in words if concerns]
        through = [one for one in about if one.lets_through]
        refused = _ids(passages, (one for one in about if one.refused))
        spans = self._spans(passages, timed)
        refused |= {name for name, open_ in spans if not open_}
        led = _ids(passages, (one for one in through if one.icebreaker)) & ice
        alone = ice - always_frozen(passages) - led if by_class else _NONE
        iced = ice - led - alone
        unasked = self._needs_leave(flags or ()) - _ids(passages, through)
        arctic = self._as_far_as_open(iced, unasked)
        closed = of_case | refused | arctic
        waits = _ids(passages, (one for one in through if one.lead_h is not None or one.icebreaker or one.escort))
        waits |= {name for name, _ in spans}
        unsure = _ids(passages, (one for one, concerns in words if concerns is None and one.limits))
        return ShipRules(
            closed=closed,
            iced=(iced & arctic) - of_case,
            unasked=(unasked & arctic) - iced - of_case,
            refused=refused - of_case,
            led=led - closed,
            alone=alone - closed,
            waits=waits - closed,
            doubted=unsure - closed,
            asked=unasked - closed,
            opened=_NONE if flags is None else self.base - closed,
            spans=tuple((name, open_) for name, open_ in spans if name not in closed),
        )

    def _spans(self, passages: Iterable[Passage], timed: tuple[SeaClearance, ...]) -> list[tuple[str, Spans]]:
        """When passages are open by words that hold for a time, of those that are not always."""
        alert = self.case.alert
        named = [one for one in timed if is_timed(one, alert)]
        found = []
        for passage in passages if named else ():
            if any(_concerns(one, passage) for one in named):
                some = [one for one in timed if _concerns(one, passage)]
                spans = allowed_spans(some, _opens, alert, lambda _: ())
                found += [(passage.id, spans)] if spans != ALWAYS else []
        return found

    def _needs_leave(self, flags: Iterable[str]) -> frozenset[str]:
        """Passages of the ice whose nation asks ships of others to ask; the boat's own nation asked for them."""
        return asked_of_others({*flags, self.case.dissub.nation}, self.world.router.passages)

    def _as_far_as_open(self, iced: frozenset[str], unasked: frozenset[str]) -> frozenset[str]:
        """What of both is closed where that leaves the DISSUB a way, else what of the ice does."""
        both = iced | unasked
        if self.shut_in is None or is_open(self.world, self.shut_in, both):
            return both
        return frozen_as_far_as_open(self.world, self.shut_in, iced)

    @cached_property
    def _frozen_soon(self) -> tuple[frozenset[str], ...]:
        """What ice closes in the month of the alert and the next two: the same for every ship."""
        return _frozen_soon(self.case, self.world)

    def _ice(self, ship: Ship | None) -> frozenset[str]:
        """What ice closes in any month in which a ship may be there: from when the fastest could be until she is."""
        at, (now, *later) = self.case.alert, self._frozen_soon
        position = None if ship is None else self.places.get(ship.id)
        if ship is None or position is None or all(one == now for one in later):
            return now
        sails_h = max(ship.notice_h.max if ship.notice_h is not None else 0.0, self._free_h(ship), _SAILS_WITHIN_H)
        made_good_kn = _MADE_GOOD * self._speed_kn(ship)

        def closed(passage: Passage, nm: float) -> bool:
            last_h = min(sails_h + nm / made_good_kn, _MOST_H)
            months = _months_between(at + timedelta(hours=nm / _FASTEST_KN), at + timedelta(hours=last_h))
            return not months.isdisjoint(passage.facts.ice_months)

        return frozenset(one.id for one, nm in _icy(self.world, position) if closed(one, nm))

    def _free_h(self, ship: Ship) -> float:
        known = next((one for one in self.case.ships if one.ship == ship.id), None)
        offer = next((one for one in self.case.offers if one.asset == ship.id), None)
        hours = (known.available_after_h if known else None, offer.notice_h if offer else None)
        return max((one.max for one in hours if one is not None), default=0.0)

    def _speed_kn(self, ship: Ship) -> float:
        known = next((one for one in self.case.ships if one.ship == ship.id), None)
        return (known.speed_kn if known is not None else None) or ship.speed_kn or _UNKNOWN_KN


def sea_rules(case: Case, world: World, places: dict[str, Position]) -> SeaRules:
    """The rules of a case; places: where each ship lies, as far as that is known."""
    datum, passages = case.dissub.fix.position, world.router.passages
    most = frozenset().union(*_frozen_soon(case, world), asked_of_others(_NONE, passages))
    free = abs(datum.lat_deg) < BEHIND_ICE_DEG or is_open(world, datum, most)
    case, timed = without_times(case)
    return SeaRules(case, world, None if free else datum, places, timed.sea)


def closed_ways(case: Case, world: World) -> frozenset[str]:
    """The ids of the passages that are closed to a vessel of which nothing is said: by the case, by ice in the month
    of the alert, for want of leave; of the last two as many as leave the datum a way to the open sea."""
    return sea_rules(case, world, {}).base


def clearances_of(case: Case, ship: Ship | None, passage: str, world: World) -> tuple[SeaClearance, ...]:
    """Those of the case that let this ship through a passage."""
    some = [one for one in case.sea_clearances if one.lets_through and one.is_about(ship)]
    return tuple(one for one in some if passage in _ids(world.router.passages, (one,)))


def passages_of(word: SeaClearance, passages: Iterable[Passage]) -> tuple[Passage, ...]:
    """Those of the passages that a clearance is about."""
    return tuple(one for one in passages if _concerns(word, one))


def _opens(word: SeaClearance) -> bool | None:
    """Whether a word lets ships through, or forbids it; None where it says neither."""
    return False if word.refused else True if word.lets_through else None


def _ids(passages: Iterable[Passage], clearances: Iterable[SeaClearance]) -> frozenset[str]:
    words = tuple(clearances)
    return frozenset(one.id for one in passages if any(_concerns(word, one) for word in words)) if words else _NONE


def _concerns(word: SeaClearance, passage: Passage) -> bool:
    """Those that are named, or else all that the nation controls and ships use; of an icebreaker those of the ice."""
    if word.calls:
        return False
    if word.passages:
        return passage.id in word.passages
    icy = not word.icebreaker or is_icy(passage)
    return icy and word.nation in passage.facts.nations and "closed_to_shipping" not in passage.facts.notes


def _icy(world: World, position: Position) -> list[tuple[Passage, float]]:
    """The passages that ice closes for most of the year, with the miles to the middle of each as the crow flies."""
    icy = [one for one in world.router.passages if is_icy(one)]
    middles = np.array([(one.gate[0] + one.gate[-1]) / 2.0 for one in icy]).reshape(-1, 2)
    here_lat, here_lon = np.asarray(position.lat_deg), np.asarray(position.lon_deg)
    return list(zip(icy, sphere_nm(here_lat, here_lon, middles[:, 0], middles[:, 1]).tolist(), strict=True))


def _nm(a: Position, b: Position) -> float:
    return float(sphere_nm(*(np.asarray(one) for one in (a.lat_deg, a.lon_deg, b.lat_deg, b.lon_deg))))


def least_nm_through(ids: frozenset[str], a: Position, b: Position, world: World) -> float:
    """No way between two places through one of these passages is shorter; inf for none."""
    gates = [one.gate for one in world.router.passages if one.id in ids]
    bounds = [
        _nm(a, Position(lat_deg=lat, lon_deg=lon)) + _nm(Position(lat_deg=lat, lon_deg=lon), b) - 2.0 * half
        for lat, lon, half in map(_middle, gates)
    ]
    return min(bounds, default=np.inf) * _SPHERE


def _middle(gate: np.ndarray) -> tuple[float, float, float]:
    """The middle of a gate, and the miles from it to its farther end."""
    lat, lon = ((gate[0] + gate[-1]) / 2.0).tolist()
    half = sphere_nm(gate[:, 0], gate[:, 1], np.asarray(lat), np.asarray(lon)).max()
    return lat, lon, float(half)


def _frozen_soon(case: Case, world: World) -> tuple[frozenset[str], ...]:
    months = ((case.alert.month - 1 + count) % 12 + 1 for count in (0, 1, 2))
    return tuple(frozen(world.router.passages, month) for month in months)


def _months_between(first: datetime, last: datetime) -> frozenset[int]:
    count = (last.year - first.year) * 12 + last.month - first.month
    return frozenset((first.month - 1 + one) % 12 + 1 for one in range(max(count, 0) + 1))
