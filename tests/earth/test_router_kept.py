"""What the router keeps of places changes how long an answer takes and never the answer."""

import shutil
from pathlib import Path

import numpy as np
import pytest

from subrescue.domain.position import Position
from subrescue.earth.map_files.files import maps_dir
from subrescue.earth.places.gazetteer import Gazetteer
from subrescue.earth.router.kept import Kept
from subrescue.earth.router.ports import FILE
from subrescue.earth.router.router import OFTEN, NoRoute, SeaRouter

DATUM = Position(lat_deg=70.0, lon_deg=5.0)


@pytest.fixture(scope="module")
def bases() -> tuple[np.ndarray, np.ndarray]:
    ports = Gazetteer().ports
    chosen = np.flatnonzero(ports.is_naval_base)[::12]
    return np.asarray(ports.lat_deg)[chosen], np.asarray(ports.lon_deg)[chosen]


@pytest.fixture(scope="module")
def bare(tmp_path_factory: pytest.TempPathFactory) -> SeaRouter:
    """A router over the same maps without the stored ports."""
    folder: Path = tmp_path_factory.mktemp("maps")
    for name in ("router.npz", "router_water.npz", "router_approaches.npz", "passages.geojson", "land_10m.npz"):
        shutil.copy(maps_dir() / name, folder)
    return SeaRouter(folder)


def test_stored_ports_are_as_far_as_ports_found_now(
    router: SeaRouter, bare: SeaRouter, bases: tuple[np.ndarray, np.ndarray]
) -> None:
    assert (maps_dir() / FILE).exists()
    stored, found = router.distances_nm(DATUM, *bases), bare.distances_nm(DATUM, *bases)
    assert np.isfinite(stored).all()
    # Stored to ten metres, rounded up.
    assert stored == pytest.approx(found, abs=0.02)


def test_many_at_once_are_as_far_as_one_by_one(bare: SeaRouter, bases: tuple[np.ndarray, np.ndarray]) -> None:
    together = bare.distances_nm(DATUM, *bases)
    alone = [bare.distances_nm(DATUM, lat, lon)[()] for lat, lon in zip(*bases, strict=True)]
    assert together.tolist() == alone


@pytest.mark.parametrize("closed", [frozenset(), frozenset({"suez", "gibraltar", "panama"})])
def test_a_place_asked_about_at_first_is_as_far_as_once_it_is_joined(router: SeaRouter, closed: frozenset[str]) -> None:
    # At first only the corner before it is looked for. In the open, by the shore, in fjords and beyond straits.
    rng = np.random.default_rng(2611)
    lat = np.concatenate((rng.uniform(-60, 75, 30), [60.6, 43.9, 40.8, 69.8, 54.3, -44.2]))
    lon = np.concatenate((rng.uniform(-180, 180, 30), [5.1, 15.1, 28.3, 30.9, 10.2, -73.4]))
    datum = Position(lat_deg=36.0, lon_deg=-6.8)
    ways = router.ways(datum, lat, lon, closed)
    first = router.distances_nm(datum, lat, lon, closed)
    router.join(lat, lon)
    assert router.distances_nm(datum, lat, lon, closed).tolist() == pytest.approx(first.tolist(), abs=0, nan_ok=True)
    assert np.isfinite(first).sum() > 15
    again = router.ways(datum, lat, lon, closed)
    assert [(w.distance_nm, w.passages) if w else None for w in again] == [
        (w.distance_nm, w.passages) if w else None for w in ways
    ]


def test_a_place_asked_about_often_is_joined_for_good(bare: SeaRouter) -> None:
    asked = [bare.distances_nm(DATUM, 55.0, 3.21)[()] for _ in range(OFTEN + 2)]
    assert len(set(asked)) == 1
    assert (5_500_000, 321_000) in bare._moorings


def test_a_closed_passage_opens_again(router: SeaRouter, bases: tuple[np.ndarray, np.ndarray]) -> None:
    before = router.distances_nm(DATUM, *bases)
    closed = router.distances_nm(DATUM, *bases, frozenset({"suez", "gibraltar", "bosporus"}))
    assert (np.isnan(closed) | (closed >= before - 1e-3)).all()
    assert (np.isnan(closed) & np.isfinite(before)).any()  # into the Mediterranean
    assert router.distances_nm(DATUM, *bases).tolist() == before.tolist()


def test_almost_every_naval_base_reaches_the_sea(router: SeaRouter) -> None:
    ports = Gazetteer().ports
    naval = np.flatnonzero(ports.is_naval_base)
    nm = router.distances_nm(Position(lat_deg=0, lon_deg=-30), ports.lat_deg[naval], ports.lon_deg[naval])
    # Only those on the Caspian and on lakes have no way.
    closed = [ports[int(k)].name for k in naval[np.isnan(nm)]]
    assert all("Caspian" in name or "Baku" in name or "Kaspiysk" in name for name in closed)


def test_a_known_port_up_a_river_lies_at_its_water(router: SeaRouter) -> None:
    # Riga lies eight miles up the Daugava, which is cut out of the land.
    riga = Gazetteer().find_port("Riga, LV")
    assert riga is not None
    assert router.route(riga.position, DATUM).start_gap_nm < 1.5


def test_an_inland_port_is_refused(router: SeaRouter) -> None:
    with pytest.raises(NoRoute) as refused:
        router.route(Position(lat_deg=47.55, lon_deg=7.59), DATUM)  # Basel
    assert refused.value.reason == "on_land"


def test_what_was_not_used_for_longest_goes_first() -> None:
    kept: Kept[str, int] = Kept(2)
    kept.put("a", 1)
    kept.put("b", 2)
    assert kept.get("a") == 1
    kept.put("c", 3)
    assert [name in kept for name in "abc"] == [True, False, True]
    assert kept.get("b") is None


def test_of_what_is_let_go_the_last_used_stays() -> None:
    kept: Kept[str, bytes] = Kept(10, most_bytes=5, bytes_of=len)
    for name in "abc":
        kept.put(name, name.encode())
    assert kept.get("a") == b"a"
    kept.keep_last(1)
    assert [name in kept for name in "abc"] == [True, False, False]
    kept.put("d", b"dddd")  # with the one that stays 5 bytes: what went is not counted any more
    assert "a" in kept


@pytest.mark.parametrize(
    "name, start, end",
    [
        ("rion", (38.20, 20.90), (38.20, 22.60)),
        ("bisan_seto", (34.42, 134.40), (34.25, 133.40)),
        ("admiralty_inlet", (48.30, -123.20), (47.70, -122.45)),
        ("haro", (48.25, -123.30), (49.10, -123.50)),
    ],
)
def test_inner_leads_are_passages_that_can_be_closed(
    router: SeaRouter, name: str, start: tuple[float, float], end: tuple[float, float]
) -> None:
    a, b = (Position(lat_deg=lat, lon_deg=lon) for lat, lon in (start, end))
    through = router.route(a, b)
    assert name in through.passages
    closed = float(router.distances_nm(a, b.lat_deg, b.lon_deg, frozenset({name})))
    assert np.isnan(closed) or closed > through.distance_nm


def test_small_values_do_not_put_out_a_large_one_while_there_is_room() -> None:
    kept: Kept[int, bytes] = Kept(100, most_bytes=50, bytes_of=len)
    kept.put(0, b"x" * 30)
    for key in range(1, 21):
        kept.put(key, b"x")
    assert 0 in kept  # 30 + 20 bytes
    kept.put(21, b"x")
    assert 0 not in kept
    assert 1 in kept
    kept.put(21, b"x" * 30)  # in place of one byte: 20 + 30
    assert 1 in kept
    kept.put(22, b"x" * 60)  # more than all may: it alone stays
    assert 22 in kept
    assert 21 not in kept


def test_a_set_of_all_ports_stays_while_single_places_are_asked_about(router: SeaRouter) -> None:
    ports = Gazetteer().ports
    lats, lons = np.asarray(ports.lat_deg), np.asarray(ports.lon_deg)
    first = router.distances_nm(DATUM, lats, lons)
    which = next(reversed(router._columns._values))
    kept = router._columns.get(which)
    assert kept is not None
    for k in np.flatnonzero(np.isfinite(first))[:40]:
        router.distances_nm(DATUM, lats[k], lons[k])
    assert router._columns.get(which) is kept
    assert 0 < router._columns._bytes <= 48_000_000
