"""A ship's sea passage in hours: speed and weather, the sea at the datum, canals with their waiting, what she fits.

The router gives the shortest way. Where it goes through canals that keep a ship waiting, the way round them is looked
at too, and the quicker one is taken.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

import numpy as np

from subrescue.domain.airlift import Place
from subrescue.domain.assets import Ship
from subrescue.domain.position import Position
from subrescue.domain.quantities import Pert
from subrescue.domain.reasons import Reason, reason
from subrescue.domain.response import SeaWay
from subrescue.earth.passages.passage_time import TimeItem, Voyage, controlled
from subrescue.earth.passages.passages import Passage
from subrescue.earth.passages.ship_fit import limits_of
from subrescue.earth.passages.speed_loss import Sea
from subrescue.planning.basis.ground import passage_of
from subrescue.planning.basis.sea_rules import ShipRules
from subrescue.planning.basis.situation import Situation, fit_of
from subrescue.planning.doubt.durations import median, plus, scaled
from subrescue.planning.geography.places import FloatArray, sphere_nm
from subrescue.planning.geography.sea_bounds import is_surely
from subrescue.planning.geography.sea_miles import (
    IN_PORT_NM,
    distance_between_nm,
    passages_between,
    passages_from_datum,
    passages_to_many,
)
from subrescue.planning.ships.found_way import FoundWay
from subrescue.planning.ships.ice_ways import NOTHING, InIce, in_ice
from subrescue.planning.ships.paces import in_sea_h, least_pace, slowed

if TYPE_CHECKING:
    from subrescue.earth.router.router import SeaRoute
    from subrescue.earth.world import World

_End = tuple[float, float]
_Ends = tuple[_End, _End]

# Great circles on the sphere are up to so much longer than on WGS 84; and a little for the width of a gate.
_SLACK, _SLACK_NM = 1.006, 5.0
# Ways whose lengths differ by no more are one: a canal that saves nothing is not on the shortest.
_AS_LONG, _AS_LONG_NM = 1.0001, 0.05


@dataclass(frozen=True, eq=False)
class _Gated:
    """All passages with the middle of each gate and half its width; and those of them that keep ships waiting."""

    passages: tuple[Passage, ...]
    waiting: frozenset[str]
    lat: FloatArray
    lon: FloatArray
    half_nm: FloatArray

    @cached_property
    def by_id(self) -> dict[str, Passage]:
        """The passages by their ids."""
        return {passage.id: passage for passage in self.passages}


@lru_cache(maxsize=8)
def _gated(world: World) -> _Gated:
    passages = world.router.passages
    if not passages:
        return _Gated((), frozenset(), np.zeros(0), np.zeros(0), np.zeros(0))
    middle = np.array([(passage.gate[0] + passage.gate[-1]) / 2 for passage in passages])
    half = [
        float(sphere_nm(passage.gate[:, 0], passage.gate[:, 1], lat, lon).max())
        for passage, (lat, lon) in zip(passages, middle, strict=True)
    ]
    waiting = frozenset(passage.id for passage in passages if passage.facts.transit_h is not None)
    return _Gated(tuple(passages), waiting, middle[:, 0], middle[:, 1], np.array(half))


@lru_cache(maxsize=4096)
def _controlled(gated: _Gated, passage: str, voyage: Voyage) -> TimeItem | None:
    """The controlled miles of the passage with this id, kept: wherever a ship goes she takes as long through it."""
    return controlled(gated.by_id[passage], voyage)


def _may_pass(gated: _Gated, a: tuple[float, float], b: tuple[float, float], nm: float) -> list[Passage]:
    """The passages that a way of so many miles from a to b could go through at all."""
    if not gated.passages or not np.isfinite(nm):
        return []
    near = _gates_nm(gated, *a) + _gates_nm(gated, *b) - 2 * gated.half_nm <= nm * _SLACK + _SLACK_NM
    return [gated.passages[k] for k in np.flatnonzero(near)]


@lru_cache(maxsize=4096)
def _gates_nm(gated: _Gated, lat: float, lon: float) -> FloatArray:
    """(passages,) miles from a place to the middle of each gate, kept."""
    return sphere_nm(np.asarray(lat), np.asarray(lon), gated.lat, gated.lon)


@lru_cache(maxsize=1024)  # some 5 kB each
def _route(world: World, a: tuple[float, float], b: tuple[float, float], closed: frozenset[str]) -> SeaRoute | None:
    """The route between two places, kept; None where there is none."""
    from subrescue.earth.router.router import NoRoute  # late: the router needs scipy

    try:
        return world.router.route(_position(a), _position(b), closed=closed)
    except NoRoute:
        return None


def sea_way(
    sit: Situation,
    ship: Ship | None,
    nm: float,
    origin: Place | None,
    goal: Place,
    *,
    to_datum: bool,
    ready_h: float = 0.0,
) -> FoundWay:
    """The passage of a ship, or of a vessel to be chartered, over `nm` miles, the shortest way open to her.

    `to_datum` says that it ends in the sea that the case describes. `ready_h` is when she may sail, in hours from the
    alert: of a way that waits for an opening and the way round, that is taken which ends first. The miles of the result
    are those of the way that is taken: round a canal that would keep her longer than going round.
    """
    passage = passage_of(sit)
    ends = None if origin is None else (_key(origin.position), _key(goal.position))
    key = (None if ship is None else ship.id, ends, nm, to_datum)
    ways = passage.once("sea_ways", key, lambda: _sea_ways(passage, ship, nm, ends, to_datum))
    return ways[0] if len(ways) == 1 else min(ways, key=lambda way: way.ends_h(ready_h))


def _sea_ways(sit: Situation, ship: Ship | None, nm: float, ends: _Ends | None, to_datum: bool) -> tuple[FoundWay, ...]:
    """The quickest way; where that hangs on when she sails, the one with a wait for an opening and the one round."""
    voyage = Voyage(sit.sails_kn(ship), ship.length_m if ship is not None else None, month=sit.case.alert.month)
    closed, rules = sit.closed_to(ship), sit.rules(ship)
    leg = _Leg(sit, ship, voyage, ends, to_datum)
    if ends is None or nm <= IN_PORT_NM:
        return (leg.found(nm, closed),)
    way, used = _by_canals(leg, ends, nm, closed)
    slow = [passage for passage in used if passage.id in rules.slow]
    if slow:  # behind an icebreaker, or waiting for leave: going round may be quicker
        root, other = ends[::-1] if to_datum else ends
        round_nm = distance_between_nm(sit.world, root, other, closed | rules.slow)
        if np.isfinite(round_nm):
            beside, _ = _by_canals(leg, ends, round_nm, closed | rules.slow, slow)
            if way.opening is not None:
                return way, beside
            return (min(way, beside, key=lambda one: median(one.hours)),)
    return (way,)


def _by_canals(
    leg: _Leg, ends: _Ends, nm: float, closed: frozenset[str], avoided: Sequence[Passage] = ()
) -> tuple[FoundWay, list[Passage]]:
    """The shortest way, or the one round all canals that keep a ship waiting where that is quicker.

    With the passages of the shortest that matter. `avoided` are passages that the way goes round already.
    """
    sit, voyage, to_datum = leg.sit, leg.voyage, leg.to_datum
    rules = sit.rules(leg.ship)
    gated = _gated(sit.world)
    near = _may_pass(gated, *ends, nm)
    own_pace = _at_own_pace(gated, near, closed, voyage)
    if rules.watched:
        own_pace = [one for one in near if one in own_pace or one.id in rules.watched - closed]
    # From the end that many ask about: the router keeps what it found from there.
    root, other = ends[::-1] if to_datum else ends
    through = _passages(sit, root, other, closed, to_datum) if own_pace else frozenset()
    used = [passage for passage in own_pace if passage.id in through]
    waiting = gated.waiting - closed
    round_nm = np.inf
    if any(passage.id in waiting for passage in used):
        if to_datum and _is_longer(leg, nm, (closed, waiting), near, used):
            return leg.found(nm, closed, near, used, avoided), used
        # All canals closed at once: that is one set for all ships.
        round_nm = distance_between_nm(sit.world, root, other, closed | waiting)
        if round_nm <= nm * _AS_LONG + _AS_LONG_NM:  # no canal is on the shortest way
            used = [passage for passage in used if passage.id not in waiting]
    straight = leg.found(nm, closed, near, used, avoided)
    round_ = [passage for passage in used if passage.id in waiting]
    if np.isfinite(round_nm) and round_:
        on_either = _may_pass(gated, *ends, round_nm)
        watched = [passage for passage in used if passage.id in rules.watched - gated.waiting]
        beside = leg.found(max(round_nm, nm), closed | waiting, on_either, watched, (*avoided, *round_))
        if median(beside.hours) < median(straight.hours):
            return beside, used
    return straight, used


def _is_longer(
    leg: _Leg,
    nm: float,
    passages: tuple[frozenset[str], frozenset[str]],
    near: Sequence[Passage],
    used: Sequence[Passage],
) -> bool:
    """Whether a bound tells that no way to the datum round all canals is as quick as the shortest, through these.

    `passages` are those that are closed, and the canals. To ask for the way round a new datum takes the router long.
    """
    closed, waiting = passages
    sit, ends = leg.sit, leg.ends
    assert ends is not None
    pace, straight_h = least_pace(sit, leg.ship), median(leg.found(nm, closed, near, used).hours)

    def too_long(round_nm: float) -> bool:
        last_nm = min(round_nm, pace.near_nm)
        at_least_h = pace.near_h * last_nm + (pace.far_h * (round_nm - last_nm) if round_nm > last_nm else 0.0)
        return round_nm > nm * _AS_LONG + _AS_LONG_NM and straight_h < at_least_h

    return is_surely(too_long, sit.world, (ends[1], ends[0]), closed | waiting)


def _at_own_pace(gated: _Gated, near: Sequence[Passage], closed: frozenset[str], voyage: Voyage) -> list[Passage]:
    """The open ones of these passages through which ships go at a pace of their own."""
    own_pace = _with_own_pace(gated, voyage)
    return [p for p in near if p.id not in closed and p.id in own_pace]


@lru_cache(maxsize=1024)
def _with_own_pace(gated: _Gated, voyage: Voyage) -> frozenset[str]:
    """All passages through which a ship on this voyage goes at a pace of its own."""
    return frozenset(p.id for p in gated.passages if _controlled(gated, p.id, voyage) is not None)


def _passages(sit: Situation, root: _End, other: _End, closed: frozenset[str], to_datum: bool) -> frozenset[str]:
    """The passages of the shortest way; to the datum all ships with gear of their own are asked about together."""
    many = _with_gear(sit, closed) if to_datum else ()
    if other in many:
        return passages_to_many(sit.world, root, many, closed)[other]
    return (passages_from_datum if to_datum else passages_between)(sit.world, root, other, closed)


def _with_gear(sit: Situation, closed: frozenset[str]) -> tuple[_End, ...]:
    """Where the ships with gear of their own are that may go through passages at their own pace; kept for the plan."""

    def ends() -> Iterator[_End]:
        gated, datum = _gated(sit.world), _key(sit.datum)
        for ship in sit.registry.ships.values():
            position, nm = sit.ship_position(ship), sit.ship_sea_nm.get(ship.id, np.nan)
            if not ship.carries or position is None or sit.closed_to(ship) != closed:
                continue
            near = _may_pass(gated, _key(position), datum, nm) if nm > IN_PORT_NM else []
            voyage = Voyage(sit.ship_speed_kn(ship)[0], ship.length_m, month=sit.case.alert.month)
            if _at_own_pace(gated, near, closed, voyage):
                yield _key(position)

    return sit.once("with_gear", closed, lambda: tuple(dict.fromkeys(ends())))


@dataclass(frozen=True, eq=False)
class _Leg:
    """What all ways of one ship between two places have in common."""

    sit: Situation
    ship: Ship | None
    voyage: Voyage
    ends: _Ends | None
    to_datum: bool

    def found(
        self,
        nm: float,
        closed: frozenset[str],
        near: Sequence[Passage] = (),
        used: Sequence[Passage] = (),
        avoided: Sequence[Passage] = (),
    ) -> FoundWay:
        """The way of so many miles, through the passages `used` at their own pace, with its reasons."""
        sit, ship = self.sit, self.ship
        gated, rules = _gated(sit.world), sit.rules(ship)
        watched = [passage for passage in used if passage.id in rules.watched]
        ice = self._in_ice(watched, nm, closed) if watched else NOTHING
        by_ice = rules.led | rules.alone
        paced = [passage for passage in used if passage.id not in by_ice]
        items = [item for passage in paced if (item := _controlled(gated, passage.id, self.voyage)) is not None]
        names = {passage.id: passage.name for passage in used}
        open_nm = max(nm - sum(item.nm for item in items) - ice.nm, 0.0)
        hours, reasons = self._open_water(open_nm, closed)
        sailed_h = open_nm / self.voyage.speed_kn
        factor = hours.mode / sailed_h if sailed_h > 0 else 1.0
        for item in items:
            reasons += [_canal(item, names[item.what]), *item.notes]
            hours = plus(hours, item.hours)
        if ice.reasons:
            reasons += ice.reasons
            hours = plus(hours, ice.hours)
        if avoided:
            reasons.append(reason("sea.round", passages=", ".join(passage.name for passage in avoided)))
        reasons += _closed_to_her(rules, near)
        if ship is not None:
            fit = fit_of(sit.world, limits_of(ship))
            reasons += [why for passage in near for why in fit.too_small.get(passage.id, ())]
            reasons += [why for passage in used for why in fit.unknown.get(passage.id, ())]
        shown = SeaWay.of_checked(
            speed_kn=self.voyage.speed_kn,
            factor=factor,
            canal_h=sum(item.hours.mode for item in items) + ice.hours.mode,
            passages=tuple(dict.fromkeys([*(item.what for item in items), *(passage.id for passage in watched)])),
            closed=tuple(sorted(closed & {passage.id for passage in near} - sit.closed_passages)),
            reasons=tuple(reasons),
        )
        return FoundWay(nm, hours, shown, ice.opening)

    def _in_ice(self, watched: Sequence[Passage], nm: float, closed: frozenset[str]) -> InIce:
        route = None if self.ends is None else _route(self.sit.world, *self.ends, closed)
        return in_ice(self.sit, self.ship, watched, route, nm, to_datum=self.to_datum)

    def _open_water(self, nm: float, closed: frozenset[str]) -> tuple[Pert, list[Reason]]:
        """Hours of the miles outside canals: near the datum in its sea where that is known, else by the assumptions."""
        sit, speed_kn = self.sit, self.voyage.speed_kn
        factor = sit.passage_factor(self.ship)
        known = sit.case_ships.get(self.ship.id) if self.ship is not None else None
        if known is not None and known.speed_kn is not None:
            told = reason("sea.speed_stated", speed_kn=speed_kn, low=factor.min, high=factor.max)
            return scaled(factor, nm / speed_kn), [told]
        weather, good = sit.assumptions["ship.weather_factor"], sit.assumptions["ship.speed_made_good"]
        made_good = reason("sea.speed_made_good", share=good.mode, low=good.min, high=good.max)
        told = reason("sea.weather_assumed", factor=weather.mode, low=weather.min, high=weather.max)
        stated = sit.case.environment
        near_nm = min(nm, sit.assumptions["ship.sea_reach_nm"].mode) if self.to_datum else 0.0
        if stated.wave_height_m is None or near_nm <= 0.0:
            return scaled(factor, nm / speed_kn), [made_good, told]
        sea = Sea(stated.wave_height_m, stated.wave_from_deg)
        ends = self.ends if sea.wave_from_deg is not None else None
        route = _route(sit.world, *ends, closed) if ends is not None else None
        by_table = slowed(sea, near_nm, route, self.voyage.length_m)
        in_sea = in_sea_h(sit, self.ship, by_table)
        hours = plus(scaled(in_sea, near_nm / speed_kn), scaled(factor, (nm - near_nm) / speed_kn))
        by_waves = reason(
            "sea.weather_computed",
            wave_m=sea.wave_height_m,
            nm=near_nm,
            factor=by_table.mode,
            low=by_table.min,
            high=max(by_table.max, weather.max),
        )
        reasons = [made_good, by_waves]
        if sea.beyond_table:
            reasons.append(reason("passage.sea_beyond_table", wave_m=sea.wave_height_m))
        return hours, [*reasons, told] if nm > near_nm else reasons


def _closed_to_her(rules: ShipRules, near: Sequence[Passage]) -> Iterator[Reason]:
    """Why she does not go through passages near her way: ice, a clearance that is refused, leave that nobody gave."""
    causes = (("sea.frozen", rules.iced), ("sea.refused", rules.refused), ("sea.leave_unasked", rules.unasked))
    for why, closed in causes:
        some = [one for one in near if one.id in closed]
        if not some:
            continue
        names = ", ".join(one.name for one in some)
        if why == "sea.leave_unasked":
            nations = ", ".join(dict.fromkeys(nation for one in some for nation in one.facts.nations))
            yield reason(why, passages=names, nations=nations)
        else:
            yield reason(why, passages=names)


def _canal(item: TimeItem, name: str) -> Reason:
    hours = item.hours
    return reason(
        "sea.canal",
        passage=name,
        hours=hours.mode,
        low=hours.min,
        high=hours.max,
        nm=item.nm,
        source=item.source,
    )


def _key(position: Position) -> tuple[float, float]:
    return position.lat_deg, position.lon_deg


def _position(key: tuple[float, float]) -> Position:
    return Position(lat_deg=key[0], lon_deg=key[1])
