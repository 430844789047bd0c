"""What plans keep of airfields, ports and sea for the next plan lies in files, where there is a folder for them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from subrescue.domain.position import Position
from subrescue.earth.map_files.on_disk import lies_on_disk, use_folder
from subrescue.earth.places.word_index import WordIndex
from subrescue.earth.router.kept import Kept
from subrescue.earth.world import load_world
from subrescue.planning.airlift import landings
from subrescue.planning.airlift.embarkation import _kept
from subrescue.planning.airlift.landings import Landings, _hours_by_road
from subrescue.planning.airlift.open_fields import open_fields, take_off_h
from subrescue.planning.geography.areas import Area, _area
from subrescue.planning.geography.places import FloatArray, IntArray, Places, places_of
from subrescue.planning.geography.roads import MedianRoad
from subrescue.planning.geography.sea_miles import SeaMiles
from subrescue.planning.geography.stop_miles import nearest_nm

DATUM = Position(lat_deg=64.5, lon_deg=7.5)


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[None]:
    use_folder(tmp_path)
    yield
    use_folder(None)


@pytest.fixture
def places() -> Places:
    return places_of(load_world())


@pytest.fixture
def area(places: Places, folder: None) -> Area:
    return _area.__wrapped__(places, DATUM.lat_deg, DATUM.lon_deg, 3000.0)


def test_an_area_and_what_is_kept_of_its_airfields_and_roads(places: Places, area: Area) -> None:
    assert len(area.fields) > 300
    found = [part for part in vars(area).values() if isinstance(part, np.ndarray)]
    assert len(found) == 5
    found += [
        take_off_h.__wrapped__(places, area, ("NO",), (), 1.0, 2.0),
        _hours_by_road.__wrapped__(area, MedianRoad(0.5, 0.02)),
        nearest_nm.__wrapped__(places, area),
    ]
    assert all(lies_on_disk(array) for array in found if array.nbytes >= 2048)
    assert all(lies_on_disk(array) for array in found[-3:])


def test_which_airfields_of_the_world_are_open(places: Places, folder: None) -> None:
    world = _area.__wrapped__(places, 0.0, 0.0, float("inf"))
    assert lies_on_disk(open_fields.__wrapped__(places, world, 1800.0, frozenset({3})))


def test_landings_that_were_asked_for_are_written_where_they_lie(places: Places, area: Area) -> None:
    kept = _kept.__wrapped__(places, area, None)
    assert lies_on_disk(kept.landed.hours)
    assert lies_on_disk(kept.landed.apoe)
    kept.landed.hours[5] = 12.5
    kept.landed.apoe[5] = 7
    assert (kept.landed.hours[5], kept.landed.apoe[5]) == (12.5, 7)


def test_the_airfields_that_somebody_asked_for(places: Places, folder: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(landings, "_asked", Kept(4))
    count = 3000
    hours, fleet = np.zeros(count), np.zeros(count, np.int16)

    def look(rows: IntArray) -> tuple[FloatArray, IntArray]:
        return np.ones(len(rows)), np.zeros(len(rows), np.int64)

    world = _area.__wrapped__(places, 0.0, 0.0, float("inf"))
    there = Landings(world, places.towards, hours, fleet, np.zeros(count, bool), look, "asked", [1])
    there.settle(np.arange(count))
    asked = landings._asked.get("asked")
    assert asked is not None
    assert asked.tolist() == list(range(count))
    assert lies_on_disk(asked)


def test_miles_by_sea_and_the_ways_to_all_corners(places: Places, folder: None) -> None:
    world = load_world()
    miles = SeaMiles(world, places, DATUM, frozenset())
    assert miles.routed_nm(np.array([5])).shape == (1,)
    assert lies_on_disk(miles.bound_nm)
    assert lies_on_disk(miles.least_nm)
    assert miles.is_known(5)
    tree = world.router._tree((6_450_001, 750_001), frozenset())  # nobody else asked for it
    assert lies_on_disk(tree.reach_nm)
    assert lies_on_disk(tree.previous)


def test_the_words_that_places_are_found_by(folder: None) -> None:
    words = [f"port{number:04}" for number in range(3000)]
    index = WordIndex(words, range(3000), [0.0] * 3000, 3000)
    assert lies_on_disk(index._letters)
    assert lies_on_disk(index._words.entry)
    assert lies_on_disk(index._keys.penalty)
    assert np.flatnonzero(np.isfinite(index.costs("port0042", 1))).tolist()[0] == 42
