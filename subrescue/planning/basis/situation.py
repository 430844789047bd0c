"""What one plan stands on: case, registry of the day, world, and what the case knows of fields, ships and offers."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from datetime import timedelta
from functools import lru_cache
from typing import TYPE_CHECKING, Any, TypeVar

import numpy as np

from subrescue.domain.assets import MovingAsset, Ship, ShipRole
from subrescue.domain.case import Case, CaseShip, FieldFact, Offer, OfferState
from subrescue.domain.instants import hours_between
from subrescue.domain.position import Position
from subrescue.domain.quantities import Assumptions, Pert
from subrescue.domain.reasons import Reason, reason
from subrescue.domain.registry import Registry
from subrescue.domain.response import PhaseName, Verdict
from subrescue.domain.submarines import SubmarineClass
from subrescue.earth.passages.ship_fit import Fit, ShipLimits, limits_of, passages_too_small
from subrescue.planning.basis.giving_up import go_on
from subrescue.planning.basis.kept_times import times_kept
from subrescue.planning.basis.relations import ACCEPT_KEYS, put_off, relation
from subrescue.planning.basis.sea_rules import SeaRules, ShipRules, least_nm_through, sea_rules
from subrescue.planning.basis.ship_places import FRESH, USEFUL, ShipPlace, doubt_of, place_of_ship
from subrescue.planning.basis.timed import NOTHING_TIMED, Timed, without_times
from subrescue.planning.doubt.causes import shares_of
from subrescue.planning.doubt.durations import Draws, median, scaled
from subrescue.planning.doubt.schedule import Step, median_ends
from subrescue.planning.geography.case_ports import KnownPorts, known_ports, places_for
from subrescue.planning.geography.places import FloatArray, Places
from subrescue.planning.geography.sea_miles import SeaMiles, passages_to_many, sea_miles

if TYPE_CHECKING:
    from subrescue.earth.world import World

T = TypeVar("T")

_NOT_YET = object()
# The passages of so many ways take the router less time than all ways from a place past other closed passages.
_ONE_BY_ONE = 8
# A way that is shorter by no more than so many miles is none that is open to one ship alone.
_AS_LONG_NM = 0.05


@dataclass(frozen=True, eq=False)
class Situation:
    """A case seen by the planner; sea distances from the datum are worked out once for all assets.

    The case is
    that which holds for all of the plan; timed: what of it holds for a time.
    memory: what `once` and `ground.on_ground` keep, by kind. alone: its ways are made of it itself and not of what
    plans share, so that every assumption counts. times: how many times as much is kept as for the shipped registry.
    """

    case: Case
    registry: Registry
    assumptions: Assumptions
    world: World
    places: Places
    submarine_class: SubmarineClass | None
    draws: Draws
    offers: dict[str, Offer]
    fields: dict[int, FieldFact]
    ports: KnownPorts
    case_ships: dict[str, CaseShip]
    closed_passages: frozenset[str]
    closed_fields: frozenset[int]
    ship_sea_nm: dict[str, float]
    datum_dry: Reason | None
    sea_rules: SeaRules
    timed: Timed = NOTHING_TIMED
    memory: dict[str, dict[Any, Any]] = field(default_factory=dict)
    alone: bool = False
    times: int = 1

    @property
    def datum(self) -> Position:
        """Most probable position of the DISSUB."""
        return self.case.dissub.fix.position

    def once(self, kind: str, key: Hashable, make: Callable[[], T]) -> T:
        """What was made of this kind and key for this situation; made now where it was not. None where one is all."""
        rows = self.memory.setdefault(kind, {})
        found = rows.get(key, _NOT_YET)
        if found is _NOT_YET:
            found = rows[key] = make()
        known: T = found
        return known

    def ship_place(self, ship: Ship) -> ShipPlace | None:
        """Where the ship is and how that is known: what the case knows, its newest position, its base; None unknown."""
        return self.once("ship_place", ship.id, lambda: self._ship_place(ship))

    def _ship_place(self, ship: Ship) -> ShipPlace | None:
        return place_of_ship(ship, self.case_ships.get(ship.id), self.case.alert, useful_h(self.assumptions))

    def seen_after_h(self, ship: Ship) -> float | None:
        """Hours from the alert before which the ship cannot leave her place, as she was seen there then; else None."""
        place = self.ship_place(ship)
        return None if place is None else place.seen_after_h

    def ship_position(self, ship: Ship) -> Position | None:
        """Where the ship is; None when nothing is known."""
        place = self.ship_place(ship)
        return None if place is None else place.position

    def ship_place_doubt(self, ship: Ship) -> tuple[Verdict, tuple[Reason, ...]]:
        """What must be said of the ship's place: source and age of a position, amber where it is old."""
        speed_kn, _ = self.ship_speed_kn(ship)
        return doubt_of(ship, self.ship_place(ship), speed_kn, self.assumptions[FRESH].mode)

    def ship_miles(self, ship: Ship) -> SeaMiles | None:
        """Sea distances from the ship to ports; None where its position is unknown."""
        position = self.ship_position(ship)
        return None if position is None else self._miles(position, ship)

    def datum_miles_for(self, ship: Ship | None) -> SeaMiles:
        """Sea distances from the datum to ports through the passages that a ship fits."""
        return self._miles(self.datum, ship, many=True)

    def _miles(self, position: Position, ship: Ship | None, *, many: bool = False) -> SeaMiles:
        closed, lat, lon = self.closed_to(ship), position.lat_deg, position.lon_deg
        return sea_miles(self.world, self.places, lat, lon, closed, many=many)

    def closed_to(self, ship: Ship | None) -> frozenset[str]:
        """Ids of the passages that case, ice or want of leave close to a ship, or that she is known not to fit."""
        if ship is None:
            return self.rules(None).closed
        return self.once(
            "closed_to", ship.id, lambda: self.rules(ship).closed | fit_of(self.world, limits_of(ship)).closed
        )

    def rules(self, ship: Ship | None) -> ShipRules:
        """What is closed to a ship beside what she does not fit, and why."""
        return self.sea_rules.of(ship)

    def ship_speed_kn(self, ship: Ship) -> tuple[float, bool]:
        """Published or known speed, and whether it is known at all; the assumption's median otherwise."""
        known = self.case_ships.get(ship.id)
        if known is not None and known.speed_kn is not None:
            return known.speed_kn, True
        if ship.speed_kn is not None:
            return ship.speed_kn, True
        return median(self.assumptions["ship.default_speed_kn"]), False

    def sails_kn(self, ship: Ship | None) -> float:
        """Speed of a ship, or of a vessel to be chartered."""
        return median(self.assumptions["ship.default_speed_kn"]) if ship is None else self.ship_speed_kn(ship)[0]

    def passage_factor(self, ship: Ship | None) -> Pert:
        """Hours of passage for one hour at the speed of `ship_speed_kn`: speed made good and weather together.

        A speed that the case states is the speed in this sea: only the weather's doubt below the mode is left out.
        """
        known = self.case_ships.get(ship.id) if ship is not None else None
        if known is not None and known.speed_kn is not None:
            return self.assumptions["ship.known_speed_factor"]
        is_sure = ship is not None and ship.speed_kn is not None
        return self.once("passage_factor", is_sure, lambda: self._passage_factor(ship))

    def _passage_factor(self, ship: Ship | None) -> Pert:
        good, weather = self.made_good(ship), self.assumptions["ship.weather_factor"]
        return Pert(min=weather.min / good.max, mode=weather.mode / good.mode, max=weather.max / good.min)

    def made_good(self, ship: Ship | None) -> Pert:
        """Share of the speed of `ship_speed_kn` that is made good; an unknown speed is in doubt itself."""
        good = self.assumptions["ship.speed_made_good"]
        if ship is not None and ship.speed_kn is not None:
            return good
        speed = self.assumptions["ship.default_speed_kn"]
        middle = median(speed)
        return Pert(min=good.min * speed.min / middle, mode=good.mode, max=good.max * speed.max / middle)

    def starts(self, asset_id: str, nations: tuple[str, ...], also: str | None = None) -> list[Step]:
        """The first steps of a chain: told to go at a known hour, or alerted and accepted.

        How long an offer takes to be accepted hangs on what the nations have agreed.
        """
        offer = self.offer(asset_id, also)
        go = [] if offer is None or offer.told_to_go is None else [hours_between(self.case.alert, offer.told_to_go)]
        if go:
            told = Pert.exactly(max(go[0], 0.0))
            return [Step(PhaseName.ALERT, told, "known", after=())]
        notify = Step(PhaseName.ALERT, self.assumptions["alert.notify_h"], "alert", (), assumption="alert.notify_h")
        own = self.case.dissub.nation is not None and self.case.dissub.nation in nations
        rare = None
        if own:
            key = "alert.own_nation_accept_h"
        elif offer is not None and offer.state is OfferState.ACCEPTED:
            return [notify]
        else:
            agreements = self.registry.agreements_with(nations, self.case.dissub.nation)
            stands, _ = relation(agreements, self.case, nations)
            key, rare = ACCEPT_KEYS[stands], put_off(stands, self.assumptions)
        # Whatever stands between the nations, it is the one who is asked that is slow or quick to say yes.
        cause = key if own else "alert.accept_h"
        return [notify, Step(PhaseName.ACCEPT, self.assumptions[key], cause, (0,), assumption=key, rare=rare)]

    def offer(self, asset_id: str, also: str | None = None) -> Offer | None:
        """What the case knows of an asset, or else of the ship or vehicle that goes with it."""
        found = self.offers.get(asset_id)
        if also is None or (found is not None and found.told_to_go is not None):
            return found
        other = self.offers.get(also)
        return other if found is None or (other is not None and other.told_to_go is not None) else found

    def notice_h(self, asset: MovingAsset) -> tuple[Pert, str | None] | None:
        """Hours that the asset takes of the notice in its offer or of its own, and the assumption; None without one.

        A notice of one number is the most that is allowed: `recall.notice_share` of it is taken.
        """
        offer = self.offers.get(asset.id)
        own = asset.notice_off_hours_h if self.off_hours(asset) else asset.notice_h
        stated = offer.notice_h if offer is not None and offer.notice_h is not None else own
        if stated is None or stated.min < stated.max:
            return None if stated is None else (stated, None)
        key = "recall.notice_share"
        return scaled(self.assumptions[key], stated.mode), key

    def off_hours(self, asset: MovingAsset) -> bool:
        """Whether the notice off hours holds: it is told to go, by the median, outside its working hours.

        A notice that the case states for its offer holds at any hour.
        """
        hours, offer = asset.working_hours, self.offers.get(asset.id)
        if hours is None or asset.notice_off_hours_h is None or (offer is not None and offer.notice_h is not None):
            return False
        go_h = median_ends(self.starts(asset.id, asset.nations))[-1]
        return not hours.covers(self.case.alert + timedelta(hours=go_h))

    def ship_notice(self, ship: Ship) -> tuple[Pert, str | None]:
        """Hours from the order until the ship casts off, and the assumption behind it where the ship has none."""
        notice = self.notice_h(ship)
        if notice is not None:
            return notice
        if ship.civilian:
            key = "ship.charter_h"
        elif ship.role is ShipRole.RESCUE_SHIP:
            key = "ship.notice_rescue_ship_h"
        else:
            key = "ship.notice_other_h"
        return self.assumptions[key], key


def useful_h(assumptions: Assumptions) -> float:
    """Hours from the alert within which a ship's position tells where she is."""
    return assumptions[USEFUL].mode


@lru_cache(maxsize=64)
def _sea_distances(
    world: World, datum: tuple[float, float], places: tuple[tuple[float, float], ...], closed: frozenset[str]
) -> tuple[FloatArray, Reason | None]:
    """Sea distances from the datum in nm, nan where there is no route; and why there is none at all, if so. Kept."""
    from subrescue.earth.router.router import NoRoute  # late: the router needs scipy

    lats, lons = np.array([lat for lat, _ in places], float), np.array([lon for _, lon in places], float)
    start = Position(lat_deg=datum[0], lon_deg=datum[1])
    try:
        return np.asarray(world.router.distances_nm(start, lats, lons, closed=closed), float), None
    except NoRoute as no_route:
        nearest = no_route.nearest
        why = reason(
            f"route.datum_{no_route.reason}",
            nearest_nm=no_route.nearest_nm,
            lat_deg=nearest.lat_deg if nearest is not None else None,
            lon_deg=nearest.lon_deg if nearest is not None else None,
        )
        return np.full(len(places), np.nan), why


@lru_cache(maxsize=512)
def fit_of(world: World, limits: ShipLimits) -> Fit:
    """Which passages a ship of this size does not fit, kept: most ships come again and again."""
    return passages_too_small(limits, world.router.passages)


def _ships_sea_nm(
    world: World, datum: Position, places: dict[str, tuple[Ship, Position]], rules: SeaRules
) -> tuple[dict[str, float], Reason | None]:
    """Sea distances from the datum by ship, from where each is; ships to which the same is closed are asked together.

    What is closed to one alone, as she does not fit, matters only where her shortest way goes there, and what is open
    to her alone where that could be shorter: few are looked at one by one.
    """
    common = rules.of(None).closed
    found, dry = _shut_sea_nm(world, datum, places, rules, common)
    may = {}
    for name, (ship, position) in places.items():
        opened = common - rules.of(ship).closed
        if opened and found.get(name, np.inf) > least_nm_through(opened, position, datum, world):
            may[name] = ship, position
        elif opened:
            rules.keep_to_common(ship)
    if may:
        found.update(_alone_sea_nm(world, datum, may, rules, found))
    return found, dry


def _alone_sea_nm(
    world: World, datum: Position, may: dict[str, tuple[Ship, Position]], rules: SeaRules, common_nm: dict[str, float]
) -> dict[str, float]:
    """Sea distances of ships to which more is open than to others; those that have nothing of it keep to the rest."""
    start, open_nm = (datum.lat_deg, datum.lon_deg), {}
    open_to_all = frozenset.intersection(*(rules.of(ship).closed for ship, _ in may.values()))
    berths = {name: (position.lat_deg, position.lon_deg) for name, (_, position) in may.items()}
    nm, _ = _sea_distances(world, start, tuple(berths.values()), open_to_all)
    for (name, (ship, position)), least_nm in zip(may.items(), nm.tolist(), strict=True):
        go_on()
        before, closed = common_nm.get(name, np.nan), rules.of(ship).closed
        if least_nm < before - _AS_LONG_NM or np.isnan(before):
            used = passages_to_many(world, start, tuple(berths.values()), open_to_all)[berths[name]]
            if closed & used:
                least_nm = _shut_sea_nm(world, datum, {name: (ship, position)}, rules, closed)[0][name]
        if least_nm < before - _AS_LONG_NM or (np.isnan(before) and np.isfinite(least_nm)):
            open_nm[name] = least_nm
        else:
            rules.keep_to_common(ship)
    return open_nm


def _shut_sea_nm(
    world: World,
    datum: Position,
    places: dict[str, tuple[Ship, Position]],
    rules: SeaRules,
    closed: frozenset[str],
) -> tuple[dict[str, float], Reason | None]:
    """Sea distances of ships to which these passages are closed, and to some others too."""
    start = datum.lat_deg, datum.lon_deg
    berths = {ship_id: (position.lat_deg, position.lon_deg) for ship_id, (_, position) in places.items()}
    nm, dry = _sea_distances(world, start, tuple(berths.values()), closed)
    found = dict(zip(berths, nm.tolist(), strict=True))
    fits: dict[frozenset[str], list[str]] = {}
    for ship, _ in places.values():
        shut = (rules.of(ship).closed | fit_of(world, limits_of(ship)).closed) - closed
        if shut:
            fits.setdefault(shut, []).append(ship.id)
    few = dict.fromkeys(berths[one] for ships in fits.values() if len(ships) <= _ONE_BY_ONE for one in ships)
    go_on()
    used = passages_to_many(world, start, tuple(few), closed) if few else {}
    for shut, ships in fits.items():
        if len(ships) <= _ONE_BY_ONE:
            for one in ships:
                if not shut & used[berths[one]] and not closed - rules.of(places[one][0]).closed:
                    rules.keep_to_common(places[one][0], closed)
            ships = [one for one in ships if shut & used[berths[one]]]
        if ships:
            go_on()
            nm, _ = _sea_distances(world, start, tuple(berths[one] for one in ships), closed | shut)
            found.update(zip(ships, nm.tolist(), strict=True))
    return found, dry


def situation_of(
    case: Case, registry: Registry, assumptions: Assumptions, world: World, seed: int, samples: int
) -> Situation:
    """Put together what a plan needs; asks the router once for all ships."""
    (case, timed), whole = without_times(case), case
    today = registry.of_the_day(case)
    numbers = assumptions.replaced(case.assumptions)
    places = places_for(case, world)
    go_on()
    case_ships = {known.ship: known for known in case.ships}
    facts = {index: fact for fact in case.airfields if (index := places.field_index(fact.icao)) is not None}
    lie = {
        ship.id: (ship, place.position)
        for ship in today.ships.values()
        if (place := place_of_ship(ship, case_ships.get(ship.id), case.alert, useful_h(numbers))) is not None
    }
    rules = sea_rules(whole, world, {name: position for name, (_, position) in lie.items()})
    sea_nm, datum_dry = _ships_sea_nm(world, case.dissub.fix.position, lie, rules)
    go_on()
    return Situation(
        case=case,
        registry=today,
        assumptions=numbers,
        world=world,
        places=places,
        submarine_class=today.submarine_classes.get(case.dissub.class_id or ""),
        draws=Draws(seed, samples, shares_of(numbers)),
        offers={offer.asset: offer for offer in case.offers},
        fields=facts,
        ports=known_ports(case, places),
        case_ships=case_ships,
        closed_passages=rules.base,
        closed_fields=frozenset(index for index, fact in facts.items() if fact.closed_for_good),
        datum_dry=datum_dry,
        ship_sea_nm=sea_nm,
        sea_rules=rules,
        timed=timed,
        times=times_kept(today),
    )
