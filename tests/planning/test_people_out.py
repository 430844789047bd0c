"""People out against time, and what waits for them: the sea, chambers, berths, recompression."""

from __future__ import annotations

from math import inf
from typing import Any

import numpy as np
import pytest

from subrescue.domain.assets import RescueSystem, Ship
from subrescue.domain.case import Case
from subrescue.domain.quantities import Pert
from subrescue.domain.reasons import Reason
from subrescue.domain.response import PhaseName
from subrescue.planning.answer.respond import plan
from subrescue.planning.dives.cycles import Cycles, run_cycles
from subrescue.planning.dives.lives import Lives, brought_out
from subrescue.planning.dives.people_out import people_out, scene_notes
from subrescue.planning.doubt.durations import Draws
from subrescue.planning.doubt.weather import Windows
from subrescue.store.assumptions import load_assumptions
from tests.planning.worlds import a_case, registry, rescue_system, ship, small_world

NUMBERS = load_assumptions().replaced(
    {"scene.recharge_h": Pert.exactly(8.0), "decompression.to_3_bar_h": Pert.exactly(24.0)}
)


def dived(
    people: int, case: Case, system: RescueSystem, host: Ship | None = None, weather: Windows | None = None
) -> Cycles:
    return run_cycles(system, host, people, np.full(4, 70.0), case, NUMBERS, Draws(0, 4), weather)


def vehicle(**fields: Any) -> RescueSystem:
    return rescue_system(**{"cycle_h": 5, "capacity_persons": 16, **fields})


def notes(people: int, system: RescueSystem, host: Ship | None = None, **dissub: Any) -> dict[str, Reason]:
    case = a_case(dissub=dissub)
    found = scene_notes(system, host, people, dived(people, case, system, host), case, NUMBERS)
    return {why.id: why for why in found}


def test_each_dive_tells_whom_it_brings_and_how_many_are_out_by_then() -> None:
    cycles = dived(40, a_case(), vehicle())
    found = people_out(cycles, brought_out(cycles, Lives.together(np.array([72.0, 76.0, 90.0, 90.0]))))
    # Dives at 70, 75 and 80 h bring 16, 16 and 8; life ends at 72, 76, 90 and 90 h.
    assert [(one.dive, one.people, one.total, one.out_h.p50) for one in found] == [
        (1, 16, 16, 70.0),
        (2, 16, 32, 75.0),
        (3, 8, 40, 80.0),
    ]
    assert [one.probability_in_time for one in found] == [1.0, 0.75, 0.5]


def test_without_a_window_to_plan_against_no_chance_is_given() -> None:
    assert people_out(dived(10, a_case(), vehicle()), None)[0].probability_in_time is None


def test_a_dive_waits_for_a_sea_that_holds_for_all_of_it() -> None:
    # After the first, 70 to 75 h does not fit before 72 h: 90 to 95 h, and then 95 to 100 h.
    windows = Windows(((-inf, 72.0), (90.0, inf)), 90.0, 2.0, "m", assumed=False)
    found = dived(44, a_case(), vehicle(), weather=windows)
    assert [float(row[0]) for row in found.out_h] == [70.0, 95.0, 100.0]
    assert float(found.weather_h[0]) == 20.0


def test_hours_lost_to_full_chambers_are_told() -> None:
    # 2.8 bar: 24 h in the chamber. The third dive would be up at 80 h, and waits for the first: 94 h.
    found = notes(48, vehicle(chamber_places=32), pressure_bar=2.8)
    assert found["scene.chambers_full"].values == {"hours": 14.0, "places": 32, "people": 48}


def test_unknown_chambers_are_asked_for_only_under_pressure() -> None:
    assert "scene.chambers_unknown" in notes(20, vehicle(chamber_places=None), pressure_bar=2.8)
    assert notes(20, vehicle(chamber_places=None), pressure_bar=1.0) == {}


def test_only_those_who_come_out_of_pressure_are_counted_for_chambers() -> None:
    spaces = [
        {"name": "forward", "people": 11, "pressure_bar": 2.1},
        {"name": "control room", "people": 6, "pressure_bar": 1.1},
        {"name": "after", "people": 3},
    ]
    # Nobody knows the pressure aft: its three may need a chamber.
    found = notes(20, vehicle(chamber_places=None), compartments=spaces, pressure_bar=None)
    assert found["scene.chambers_unknown"].values["people"] == 14


@pytest.mark.parametrize(("bar", "minutes"), [(2.2, 30.0), (2.7, 17.0), (2.9, 10.0)])
def test_without_transfer_under_pressure_the_minutes_on_the_surface_are_told(bar: float, minutes: float) -> None:
    found = notes(20, vehicle(transfer_under_pressure=False, chamber_places=40), pressure_bar=bar)
    assert found["scene.recompress_within"].values["minutes"] == minutes


def test_from_saturation_beyond_three_bar_nobody_surfaces_without_it() -> None:
    assert "scene.no_way_by_surface" in notes(
        20, vehicle(transfer_under_pressure=None, chamber_places=40), pressure_bar=4
    )


def test_too_few_berths_are_told() -> None:
    found = notes(40, vehicle(), ship(berths=30))
    assert found["scene.berths_short"].values == {"ship": "Mother ship", "berths": 30, "people": 40}
    assert notes(30, vehicle(), ship(berths=30)) == {}


def test_the_option_carries_its_dives_and_ends_with_the_last() -> None:
    found = plan(a_case(), registry(), NUMBERS, small_world(), samples=50)
    option = next(one for one in found.options if one.asset_id == "nsrs")
    assert option.time_to_last_rescue_h is not None
    assert [one.total for one in option.people_out] == [12, 24, 36, 40]
    assert option.people_out[-1].out_h == option.time_to_last_rescue_h
    assert option.people_out[0].out_h == option.time_to_first_rescue_h


def test_a_hull_held_by_nets_is_freed_before_the_first_dive() -> None:
    def phases(entangled: bool) -> list[PhaseName]:
        case = a_case(dissub={"entangled": entangled})
        found = plan(case, registry(), NUMBERS, small_world(), samples=20)
        return [span.phase for span in next(one for one in found.options if one.asset_id == "nsrs").phases]

    assert PhaseName.SEAT_CLEARING not in phases(False)
    held = phases(True)
    assert held[held.index(PhaseName.SURVEY) + 1] is PhaseName.SEAT_CLEARING
    assert held[held.index(PhaseName.SEAT_CLEARING) + 1] is PhaseName.FIRST_DIVE
