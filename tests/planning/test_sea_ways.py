"""Sea passages of a plan: canals cost their waiting, a large ship goes round, the sea at the datum slows her."""

from __future__ import annotations

from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any, cast

import numpy as np
import pytest

from subrescue.domain.airlift import Place
from subrescue.domain.assets import Ship
from subrescue.domain.evidence import Confidence
from subrescue.domain.position import Position
from subrescue.domain.quantities import Pert
from subrescue.earth.passages.passage_facts import FactSource, PassageFacts
from subrescue.earth.passages.passages import Passage
from subrescue.earth.shape.geodesy import distance_nm, geodesic_points
from subrescue.earth.world import World, load_world
from subrescue.exchange.wording import say, say_all
from subrescue.planning.basis.situation import Situation, situation_of
from subrescue.planning.doubt.durations import median
from subrescue.planning.ships.own_ship import no_route_gate
from subrescue.planning.ships.sea_ways import FoundWay, sea_way
from subrescue.store.assumptions import load_assumptions
from tests.planning.worlds import a_case, registry, small_world
from tests.planning.worlds import ship as a_ship

NUMBERS = load_assumptions()
# From 0 E to 4 E on 58 N through a canal at 2 E; without it the way is as much longer as the test says.
START, DATUM = Position(lat_deg=58.0, lon_deg=0.0), Position(lat_deg=58.0, lon_deg=4.0)
DIRECT_NM = distance_nm(58.0, 0.0, 58.0, 4.0)
RULES = FactSource("rules", Confidence.HIGH)


def ship(ship_id: str, **fields: Any) -> Ship:
    return a_ship(id=ship_id, **fields)


def canal(**facts: Any) -> Passage:
    gate = np.array([[57.9, 2.0], [58.2, 2.0]])
    known = PassageFacts(sources=dict.fromkeys(facts, RULES), **facts)
    return Passage("canal", "Canal", "canal", 30.0, np.array([[58.0, 1.8], [58.0, 2.2]]), gate, known)


@dataclass(frozen=True)
class OneCanal:
    """A sea in which every way goes through one canal; closed, it is so many times as long."""

    passages: tuple[Passage, ...]
    round_: float = 1.5

    def distances_nm(self, origin: Position, lats: Any, lons: Any, closed: frozenset[str] = frozenset()) -> Any:
        nm = np.asarray(distance_nm(origin.lat_deg, origin.lon_deg, np.asarray(lats), np.asarray(lons)))
        return nm * (self.round_ if "canal" in closed else 1.0)

    def route(self, a: Position, b: Position, closed: frozenset[str] = frozenset()) -> Any:
        nm = float(self.distances_nm(a, b.lat_deg, b.lon_deg, closed))
        used = () if "canal" in closed else ("canal",)
        return SimpleNamespace(points=geodesic_points(a, b, 30.0), passages=used, distance_nm=nm)

    def ways(self, origin: Position, lats: Any, lons: Any, closed: frozenset[str] = frozenset()) -> Any:
        used = () if "canal" in closed else ("canal",)
        nm = np.asarray(self.distances_nm(origin, lats, lons, closed))
        return [SimpleNamespace(passages=used, distance_nm=float(one)) for one in nm]


def found(passage: Passage, *, round_: float = 1.5, own: Ship | None = None, **environment: Any) -> FoundWay:
    return sea_way(
        situation(passage, round_, environment), own or ship("mine", speed_kn=10, length_m=100), DIRECT_NM,
        Place(name="berth", position=START), Place(name="datum", position=DATUM), to_datum=True,
    )  # fmt: skip


def situation(passage: Passage, round_: float, environment: dict[str, Any]) -> Situation:
    small = small_world()
    world = World(
        router=cast(Any, OneCanal((passage,), round_)), gazetteer=small.gazetteer, land=small.land, depth=small.depth
    )
    case = a_case(
        dissub={"fix": {"position": {"lat_deg": DATUM.lat_deg, "lon_deg": DATUM.lon_deg}}}, environment=environment
    )
    return situation_of(case, registry(), NUMBERS, world, 0, 50)


def test_a_canal_costs_its_own_hours_and_says_from_where() -> None:
    way = found(canal(controlled_nm=20.0, transit_h=Pert(min=3, mode=4, max=9)))
    calm = found(canal())
    # 20 nm less at sea, at 10 kn and the factor of the assumptions, and 4 h in the canal.
    factor = calm.hours.mode / (DIRECT_NM / 10)
    assert way.hours.mode == pytest.approx(calm.hours.mode - 2 * factor + 4)
    assert way.shown.passages == ("canal",)
    assert way.shown.canal_h == 4
    assert "Canal: 4.0 h (3.0-9.0) for 20 NM (rules, high confidence)" in say_all(way.shown.reasons)
    assert calm.shown.canal_h == 0


def test_going_round_is_taken_where_it_is_quicker_than_waiting() -> None:
    slow = found(canal(controlled_nm=20.0, transit_h=Pert(min=20, mode=30, max=60)), round_=1.2)
    assert slow.nm == pytest.approx(DIRECT_NM * 1.2)
    assert slow.shown.closed == ("canal",)
    assert "goes round: quicker than Canal" in say_all(slow.shown.reasons)
    quick = found(canal(controlled_nm=20.0, transit_h=Pert(min=3, mode=4, max=9)), round_=1.2)
    assert quick.nm == pytest.approx(DIRECT_NM)
    assert quick.shown.closed == ()


def test_a_ship_too_large_goes_round_and_one_of_unknown_size_does_not() -> None:
    narrow = canal(beam_max_m=15.0)
    sit = situation(narrow, 1.5, {})
    broad = ship("broad", speed_kn=10, beam_m=20)
    assert sit.closed_to(broad) == {"canal"}
    way = sea_way(
        sit, broad, DIRECT_NM * 1.5, Place(name="b", position=START), Place(name="d", position=DATUM), to_datum=True
    )
    assert way.shown.closed == ("canal",)
    assert "beam 20 m, Canal takes 15 m" in say_all(way.shown.reasons)
    assert sit.closed_to(ship("unknown", speed_kn=10)) == frozenset()
    assert sit.closed_to(None) == frozenset()


def test_the_sea_at_the_datum_slows_by_the_table_and_keeps_the_worst_case() -> None:
    calm, high = found(canal()), found(canal(), wave_height_m=5.0)
    assert high.hours.mode > calm.hours.mode
    assert high.hours.max >= calm.hours.max
    assert "waves of 5 m" in say_all(high.shown.reasons)
    assert "an assumption" in say_all(calm.shown.reasons)


def test_a_head_sea_costs_more_than_one_from_astern() -> None:
    ahead = found(canal(), wave_height_m=3.0, wave_from_deg=90)
    astern = found(canal(), wave_height_m=3.0, wave_from_deg=270)
    # 19 % and 3 % lost over the whole way, which is shorter than the reach of the datum's sea.
    assert ahead.hours.mode / astern.hours.mode == pytest.approx((1 / 0.81) / (1 / 0.97), rel=1e-6)


def test_a_vessel_still_to_be_chartered_has_no_start_and_no_canal() -> None:
    sit = situation(canal(controlled_nm=20.0, transit_h=Pert.exactly(9.0)), 1.5, {})
    way = sea_way(sit, None, 50.0, None, Place(name="d", position=DATUM), to_datum=False)
    assert way.shown.canal_h == 0
    assert way.nm == 50.0


@pytest.mark.parametrize("wave_height_m", [None, 2.0])
def test_a_speed_that_nobody_knows_makes_the_passage_less_certain(wave_height_m: float | None) -> None:
    """Told that she does what is assumed of her in the middle, a ship is there as soon and within fewer hours."""
    sea = {} if wave_height_m is None else {"wave_height_m": wave_height_m}
    speed = NUMBERS["ship.default_speed_kn"]
    middle_kn = median(speed)
    known = found(canal(), own=ship("known", speed_kn=middle_kn, length_m=100), **sea)
    unknown = found(canal(), own=ship("unknown", speed_kn=None, length_m=100), **sea)
    assert unknown.hours.mode == pytest.approx(known.hours.mode)
    # The slowest assumed takes so much longer, the quickest so much less, than the one in the middle.
    assert unknown.hours.max == pytest.approx(known.hours.max * middle_kn / speed.min)
    assert unknown.hours.min == pytest.approx(known.hours.min * middle_kn / speed.max)


def test_a_ship_shut_in_is_told_which_straits_by_name_not_by_id() -> None:
    closed = frozenset({"bosporus", "suez"})
    shut_in = cast(
        Situation,
        SimpleNamespace(
            world=load_world(), rules=lambda ship: SimpleNamespace(closed=closed), ship_position=lambda ship: None
        ),
    )
    (why, *_) = no_route_gate(ship("shut-in"), shut_in).reasons
    assert why.values["passages"] == "Bosporus, Suez Canal"
    assert why.remedy is not None
    assert say(why.remedy) == "would do with all or some of these open: Bosporus, Suez Canal"
