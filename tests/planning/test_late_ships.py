"""Where a ship comes later than the system in any case, one way of the system is enough to know when they meet."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pytest

from subrescue.planning.airlift import landings
from subrescue.planning.airlift.landings import Hardware, Landings
from subrescue.planning.geography.areas import Area
from subrescue.planning.geography.places import FloatArray, IntArray
from subrescue.planning.ways.port_bounds import Chosen

# One port and three airfields, 1, 2 and 3 hours away by road: there after 6, 8 and 10 hours by the bounds, after 11, 9
# and 10 hours in truth.
_BOUND_H, _LANDED_H, _ROAD_H = np.array([5.0, 6.0, 7.0]), np.array([10.0, 7.0, 7.0]), np.array([1.0, 2.0, 3.0])
_PORT = np.array([0])


@pytest.fixture
def looks() -> list[list[int]]:
    return []


@pytest.fixture
def hardware(looks: list[list[int]], monkeypatch: pytest.MonkeyPatch) -> Hardware:
    def look(rows: IntArray) -> tuple[FloatArray, npt.NDArray[np.int64]]:
        looks.append(rows.tolist())
        return _LANDED_H[rows], np.zeros(len(rows), np.int64)

    monkeypatch.setattr(landings, "_AT_ONCE", 1)
    fields, none = np.arange(3), np.full(3, -1)
    area = Area(fields, _PORT, fields, np.zeros(3), np.array([0]), np.inf)
    there = Landings(area, np.eye(3), _BOUND_H.copy(), none, none >= 0, look, object())
    return Hardware(there, _ROAD_H, np.array([6.0]), np.array([False]), np.array([np.inf]))


def test_for_a_late_ship_one_airfield_is_looked_at(hardware: Hardware, looks: list[list[int]]) -> None:
    hardware.settle(_PORT, np.array([20.0]))
    assert looks == [[0]]
    assert (hardware.late_h[0], hardware.exact[0]) == (11.0, False)


def test_who_asks_again_learns_when_the_system_is_there(hardware: Hardware) -> None:
    hardware.settle(_PORT, np.array([20.0]))
    hardware.settle(_PORT)
    assert (hardware.hours[0], hardware.exact[0]) == (9.0, True)


def test_a_ship_that_comes_before_that_airfields_load_has_the_others_looked_at(hardware: Hardware) -> None:
    hardware.settle(_PORT, np.array([10.0]))
    assert (hardware.hours[0], hardware.exact[0]) == (9.0, True)


def test_of_two_ships_at_a_port_the_earlier_decides_what_is_looked_at(hardware: Hardware) -> None:
    some = Chosen(hardware, _PORT)
    assert not some.is_sure(0, 20.0)
    hours = some.settled(np.array([0, 0]), np.array([20.0, 10.0]))
    assert hours.tolist() == [9.0, 9.0]
    assert some.is_sure(0, 0.0)


def test_a_port_is_sure_for_late_ships_alone(hardware: Hardware) -> None:
    some = Chosen(hardware, _PORT)
    some.settled(np.array([0]), np.array([20.0]))
    assert (some.is_sure(0, 11.0), some.is_sure(0, 10.9)) == (True, False)
