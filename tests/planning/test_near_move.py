"""An option of a moved DISSUB by an estimate: its passage as long as it has become, and all after it so much later."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from subrescue.domain.airlift import Place
from subrescue.domain.position import Position
from subrescue.domain.quantities import Band
from subrescue.domain.response import Option, PeopleOut, PhaseName, PhaseSpan, SeaWay, Verdict
from subrescue.earth.router.near import NearWays
from subrescue.planning.questions.near_move import moved_options

PORT = Place(name="Bergen", position=Position(lat_deg=60.4, lon_deg=5.3))
DATUM = Place(name="Kilo", position=Position(lat_deg=65.0, lon_deg=5.0))
THERE = Position(lat_deg=65.5, lon_deg=5.0)


def band(p10: float, p50: float, p90: float) -> Band:
    return Band(p10=p10, p50=p50, p90=p90)


def option(**changes: Any) -> Option:
    """Sails at 20 h, takes 22, 24 or 28 h for 300 nm, 4 h of it in a canal, and dives for two hours."""
    sails = PhaseSpan(
        phase=PhaseName.FIT_OUT, start_h=band(8, 10, 12), end_h=band(18, 20, 22), origin=PORT, destination=PORT
    )
    passage = PhaseSpan(
        phase=PhaseName.TRANSIT,
        start_h=band(18, 20, 22),
        end_h=band(41, 44, 49),
        origin=PORT,
        destination=DATUM,
        distance_nm=300.0,
        sea=SeaWay(speed_kn=15.0, factor=1.0, canal_h=4.0, closed=("suez",)),
        length_h=band(22, 24, 28),
    )
    dive = PhaseSpan(phase=PhaseName.FIRST_DIVE, start_h=band(41, 44, 49), end_h=band(43, 46, 51))
    whole: dict[str, Any] = {
        "asset_id": "xx-bell",
        "name": "Bell",
        "nations": ("XX",),
        "kind": "rescue_system",
        "verdict": Verdict.GREEN,
        "phases": (sails, passage, dive),
        "sea_nm": 340.0,
        "time_to_intervention_h": band(41, 44, 49),
        "time_to_first_rescue_h": band(43, 46, 51),
        "people_out": (PeopleOut(dive=1, people=6, total=6, out_h=band(43, 46, 51)),),
        "probability_in_time": 0.7,
    }
    return Option(**(whole | changes))


class Sea:
    """A sea on which every way to the new place has a length; it notes what it was asked."""

    def __init__(self, nm: float) -> None:
        self.nm, self.asked = nm, list[tuple[Position, Position, tuple[float, ...], frozenset[str]]]()

    def near_ways(
        self, known: Position, origin: Position, lats: list[float], lons: list[float], closed: frozenset[str]
    ) -> NearWays:
        assert lons == [PORT.position.lon_deg] * len(lats)
        self.asked.append((known, origin, tuple(lats), closed))
        line = np.array([[origin.lat_deg, origin.lon_deg], [PORT.position.lat_deg, PORT.position.lon_deg]])
        return NearWays(np.full(len(lats), self.nm), [line] * len(lats))


def world(nm: float) -> Any:
    return SimpleNamespace(router=Sea(nm))


def test_a_passage_a_tenth_longer_takes_a_tenth_more_of_its_hours_out_of_canals() -> None:
    sea = world(330.0)
    found = moved_options([option()], THERE, sea, frozenset({"kiel"}))["xx-bell"]
    # 18, 20 and 24 h at sea grow by a tenth.
    assert found.time_to_first_rescue_h is not None
    assert found.time_to_first_rescue_h.p10 == pytest.approx(44.8)
    assert found.time_to_first_rescue_h.p50 == pytest.approx(48.0)
    assert found.time_to_first_rescue_h.p90 == pytest.approx(53.4)
    assert found.time_to_intervention_h is not None
    assert found.time_to_intervention_h.p50 == pytest.approx(46.0)
    assert found.people_out[0].out_h.p50 == pytest.approx(48.0)
    assert found.sea_nm == pytest.approx(370.0)
    sails, passage, dive = found.phases
    assert sails == option().phases[0]
    assert (passage.start_h, passage.distance_nm) == (band(18, 20, 22), 330.0)
    assert passage.end_h.p50 == dive.start_h.p50 == pytest.approx(46.0)
    assert passage.destination is not None
    assert passage.destination.position == THERE
    assert sea.router.asked == [(DATUM.position, THERE, (60.4,), frozenset({"kiel", "suez"}))]


def test_the_one_that_is_drawn_gets_its_new_passage_and_the_others_none() -> None:
    both = [option(), option(asset_id="yy-bell")]
    found = moved_options(both, THERE, world(330.0), drawn="yy-bell")
    assert found["xx-bell"].phases[1].path == ()
    path = found["yy-bell"].phases[1].path
    assert path[0] == PORT.position
    assert path[-1].lat_deg == pytest.approx(THERE.lat_deg)
    assert path[-1].lon_deg == pytest.approx(THERE.lon_deg)
    assert len(path) > 2  # a long leg is drawn where it runs


def test_chances_and_verdicts_stay_as_they_were() -> None:
    found = moved_options([option()], THERE, world(400.0))["xx-bell"]
    assert (found.probability_in_time, found.verdict, found.gates) == (0.7, Verdict.GREEN, ())
    assert found.time_to_last_rescue_h is None


def test_where_much_is_taken_off_the_three_figures_keep_their_order() -> None:
    found = moved_options([option()], THERE, world(30.0))["xx-bell"]
    assert found.time_to_first_rescue_h is not None
    three = found.time_to_first_rescue_h
    assert three.p10 <= three.p50 <= three.p90


def test_nothing_is_estimated_of_what_does_not_come_by_sea_or_is_not_known() -> None:
    asked = world(330.0)
    in_port = option().phases[1].model_copy(update={"distance_nm": 0.4})
    without = option().phases[1].model_copy(update={"sea": None})
    options = [
        option(phases=()),
        option(phases=option().phases[:1]),
        option(phases=(in_port,)),
        option(phases=(without,)),
    ]
    assert moved_options(options, THERE, asked) == {}
    assert asked.router.asked == []
    assert moved_options([option()], THERE, world(np.nan)) == {}
