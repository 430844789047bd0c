"""Dive cycles, battery charges and the chamber queue, worked out by hand."""

from __future__ import annotations

import numpy as np

from subrescue.domain.quantities import Pert
from subrescue.planning.dives.cycles import dives, run_cycles
from subrescue.planning.dives.lives import Lives, brought_out
from subrescue.planning.doubt.durations import Draws
from subrescue.store.assumptions import load_assumptions
from tests.planning.worlds import a_case, rescue_system, ship

NUMBERS = load_assumptions().replaced(
    {"scene.recharge_h": Pert.exactly(8.0), "decompression.to_3_bar_h": Pert.exactly(24.0)}
)


def out_at(
    people: int, case_fields: dict[str, object] | None = None, places: int | None = None, **vehicle: object
) -> list[float]:
    system = rescue_system(**{"cycle_h": 5, "capacity_persons": 16, **vehicle})
    first = np.full(10, 70.0)
    case = a_case(dissub=case_fields)
    host = ship(chamber_places=places)
    found = run_cycles(system, host, people, first, case, NUMBERS, Draws(0, 10))
    return [float(row[0]) for row in found.out_h]


def test_44_people_take_three_dives_of_a_vehicle_for_16() -> None:
    assert dives(44, 16) == (16, 16, 12)
    # First out at 70 h, then two cycles of 5 h.
    assert out_at(44) == [70.0, 75.0, 80.0]


def test_a_battery_is_charged_after_every_fourth_dive() -> None:
    # Dives 2 to 4 at 75, 80, 85 h; the charge of 8 h goes before the fifth: 85 + 5 + 8 = 98 h.
    assert out_at(80, cycles_per_charge=4) == [70.0, 75.0, 80.0, 85.0, 98.0]


def test_a_tethered_vehicle_needs_no_charge() -> None:
    assert out_at(80, vehicle_type="tethered") == [70.0, 75.0, 80.0, 85.0, 90.0]


def test_full_chambers_hold_the_next_dive_until_the_first_are_out() -> None:
    # 2.8 bar: 24 h in the chamber. 32 places hold two dives; the third waits for the first: 70 + 24 = 94 h.
    assert out_at(48, {"pressure_bar": 2.8}, places=32) == [70.0, 75.0, 94.0]


def test_without_pressure_chambers_are_no_queue() -> None:
    assert out_at(48, {"pressure_bar": 1.0}, places=32) == [70.0, 75.0, 80.0]


def test_expected_rescued_counts_the_dives_that_come_in_time() -> None:
    system = rescue_system(cycle_h=5, capacity_persons=16)
    first = np.array([70.0, 70.0])
    found = run_cycles(system, None, 40, first, a_case(), NUMBERS, Draws(0, 2))
    # Dives at 70, 75, 80 h bring 16, 16, 8. Survival ends at 72 h or at 90 h: 16 and 40, 28 expected.
    alive = brought_out(found, Lives.together(np.array([72.0, 90.0])))
    assert alive.sum(axis=0).mean() == 28.0
