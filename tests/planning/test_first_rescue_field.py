"""The field of first-rescue hours: at the datum the option's own time, elsewhere the same ship with another passage."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any, cast

import numpy as np
import pytest

from subrescue.domain.airlift import Place
from subrescue.domain.case import Case
from subrescue.domain.position import Position
from subrescue.domain.quantities import Band
from subrescue.domain.registry import Registry
from subrescue.domain.response import Mode, Option, PhaseName, PhaseSpan, Response, SeaWay, Verdict
from subrescue.earth.router.sea_field import SeaField
from subrescue.earth.router.sea_grid import grid_lat_lon
from subrescue.earth.world import World, load_world
from subrescue.planning.answer.respond import plan
from subrescue.planning.questions.first_rescue_field import first_rescue_field, last_passage, soonest_field
from subrescue.store.assumptions import load_assumptions
from subrescue.store.cases import read_case
from subrescue.store.paths import resources_dir
from subrescue.store.registry import load_registry

QUAY = Place(name="Quay", position=Position(lat_deg=60.0, lon_deg=5.0))
CASE = Case.model_validate(
    {
        "id": "drill",
        "title": "Drill",
        "kind": "exercise",
        "alert": "2026-11-23T06:00:00Z",
        "dissub": {"name": "Boat", "fix": {"position": {"lat_deg": 64.25, "lon_deg": 5.25}}},
        "closed_passages": ["kiel"],
    }
)


def band(p50: float) -> Band:
    return Band(p10=p50, p50=p50, p90=p50)


def option(nm: float, sea: SeaWay, ttfr: float | None = 50.0) -> Option:
    transit = PhaseSpan(
        phase=PhaseName.TRANSIT,
        start_h=band(20.0),
        end_h=band(40.0),
        origin=QUAY,
        carrier="Ship",
        distance_nm=nm,
        sea=sea,
    )
    return Option(
        asset_id="v",
        name="Vehicle",
        nations=("NO",),
        kind="rescue_system",
        mode=Mode.OWN_SHIP,
        verdict=Verdict.GREEN,
        phases=(transit,),
        time_to_first_rescue_h=None if ttfr is None else band(ttfr),
    )


class Sea:
    """So many miles everywhere, by what is closed; one canal keeps ships waiting, one strait does not."""

    passages = (
        SimpleNamespace(id="canal", length_nm=50.0, facts=SimpleNamespace(ice_months=(), transit_h=object())),
        SimpleNamespace(id="strait", length_nm=5.0, facts=SimpleNamespace(ice_months=(), transit_h=None)),
    )

    def __init__(self, open_nm: float, shut_nm: float) -> None:
        self.open_nm, self.shut_nm = open_nm, shut_nm
        self.asked: list[frozenset[str]] = []

    def field(self, origin: Position, closed: frozenset[str] = frozenset()) -> SeaField:
        self.asked.append(closed)
        nm = self.shut_nm if "canal" in closed else self.open_nm
        return SeaField(*grid_lat_lon(), np.full((360, 720), nm, dtype=np.float32))


def world_of(sea: Sea) -> World:
    return cast(World, SimpleNamespace(router=sea))


def test_a_hundred_miles_more_take_ten_hours_at_ten_knots_made_good() -> None:
    """12 knots, 1.2 hours for an hour at that speed: 10 made good. 300 miles instead of 200 are 10 hours on 50."""
    sea = Sea(300.0, 300.0)
    found = first_rescue_field(
        option(200.0, SeaWay(speed_kn=12.0, factor=1.2, canal_h=0.0)), CASE, Registry(), world_of(sea)
    )
    assert found is not None
    assert found.speed_kn == pytest.approx(10.0)
    assert found.hours[0, 0] == pytest.approx(60.0)
    assert (found.asset, found.origin, found.carrier) == ("Vehicle", QUAY, "Ship")
    # What the case closes is closed, and the canal that keeps ships waiting is on no way here.
    assert sea.asked == [frozenset({"kiel", "canal"})]


def test_beyond_a_canal_its_hours_count_and_before_it_they_do_not() -> None:
    """To the datum: 450 miles at 10 knots outside the canal's 50, and 15 h in it; 60 h in all before survey and dive.

    A place that the canal makes no nearer at 100 miles: 70 - 60 + 10 hours. One behind it, 100 miles beyond: 80.
    """
    way = SeaWay(speed_kn=10.0, factor=1.0, canal_h=15.0, passages=("canal",))
    near = first_rescue_field(option(500.0, way, 70.0), CASE, Registry(), world_of(Sea(100.0, 100.0)))
    far = first_rescue_field(option(500.0, way, 70.0), CASE, Registry(), world_of(Sea(600.0, 9000.0)))
    assert near is not None
    assert far is not None
    assert near.hours[0, 0] == pytest.approx(20.0)
    assert far.hours[0, 0] == pytest.approx(80.0)


def test_without_first_rescue_or_passage_there_is_no_field() -> None:
    way = SeaWay(speed_kn=12.0, factor=1.2, canal_h=0.0)
    assert last_passage(option(200.0, way, None)) is None
    flown = option(200.0, way).model_copy(update={"phases": ()})
    assert first_rescue_field(flown, CASE, Registry(), world_of(Sea(1.0, 1.0))) is None


@pytest.fixture(scope="module")
def real() -> tuple[Case, Registry, World, Response]:
    case = read_case(resources_dir() / "cases" / "demo-norwegian-sea.toml")
    shipped, world = load_registry(), load_world()
    # What comes aboard ships of its own takes a passage as any other, and no search over airfields.
    aboard = {one.id: one for one in shipped.rescue_systems.values() if one.home_ships}
    registry = shipped.model_copy(update={"rescue_systems": aboard, "intervention_systems": {}})
    return case, registry, world, plan(case, registry, load_assumptions(), world, samples=200, paths=False)


def test_at_the_datum_the_field_has_the_hours_of_the_response(real: tuple[Any, ...]) -> None:
    """Between the four cells about the datum, within what half a degree of grid leaves: a quarter of an hour."""
    case, registry, world, response = real
    at = case.dissub.fix.position
    checked = 0
    for one in response.options:
        if one.time_to_first_rescue_h is None or last_passage(one) is None or checked == 6:
            continue
        found = first_rescue_field(one, case, registry, world)
        assert found is not None
        row, col = (at.lat_deg + 90) * 2 - 0.5, (at.lon_deg + 180) * 2 - 0.5
        r, c = int(row), int(col)
        a, b = row - r, col - c
        four = found.hours[r : r + 2, c : c + 2]
        between = float(np.array([1 - a, a]) @ four @ np.array([1 - b, b]))
        assert between == pytest.approx(one.time_to_first_rescue_h.p50, abs=0.25), one.name
        checked += 1
    assert checked >= 4


def test_elsewhere_it_has_the_hours_of_a_plan_made_there(real: tuple[Any, ...]) -> None:
    """The same asset with the same ship from the same place, with the DISSUB 1.5 degrees off: within a tenth."""
    case, registry, world, response = real
    at = case.dissub.fix.position
    there = Position(lat_deg=round((at.lat_deg + 1.5) * 2) / 2 + 0.25, lon_deg=round(at.lon_deg * 2) / 2 + 0.25)
    fix = case.dissub.fix.model_copy(update={"position": there})
    moved = case.model_copy(update={"dissub": case.dissub.model_copy(update={"fix": fix})})
    other = plan(moved, registry, load_assumptions(), world, samples=200, paths=False)
    checked = 0
    for one in response.options:
        twin = next(each for each in other.options if each.asset_id == one.asset_id)
        before, after = last_passage(one), last_passage(twin)
        if before is None or after is None or before.origin != after.origin or before.carrier != after.carrier:
            continue
        found = first_rescue_field(one, case, registry, world)
        assert found is not None
        assert twin.time_to_first_rescue_h is not None
        hours = float(found.hours[int((there.lat_deg + 90) * 2), int((there.lon_deg + 180) * 2)])
        assert hours == pytest.approx(twin.time_to_first_rescue_h.p50, rel=0.1)
        checked += 1
    assert checked >= 3


def test_the_soonest_takes_whoever_may_go_and_is_there_first() -> None:
    """150 miles less than to the datum: 10 hours less at 15 knots, 40 instead of 50; 30 less at 5 knots, 30 instead of
    60. What cannot go counts for nothing, though it would be first."""
    near = option(300.0, SeaWay(speed_kn=15.0, factor=1.0, canal_h=0.0), 50.0)
    slow = option(300.0, SeaWay(speed_kn=5.0, factor=1.0, canal_h=0.0), 60.0).model_copy(update={"name": "Slow"})
    red = near.model_copy(update={"verdict": Verdict.RED, "time_to_first_rescue_h": band(5.0)})
    told: list[tuple[int, int]] = []
    world = world_of(Sea(150.0, 150.0))
    found = soonest_field((near, red, slow), CASE, Registry(), world, lambda done, of: told.append((done, of)))
    assert found is not None
    assert (found.assets, found.speed_kn) == (("Vehicle", "Slow"), 5.0)
    assert found.hours[0, 0] == pytest.approx(30.0)
    assert told == [(0, 2), (1, 2)]
    assert soonest_field((red,), CASE, Registry(), world, lambda *_: None) is None
