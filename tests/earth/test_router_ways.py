"""Ways of one place to many have the lengths and passages of its routes, and refusals are kept."""

import numpy as np
import pytest

from subrescue.domain.errors import InputError
from subrescue.domain.position import Position
from subrescue.earth.router.router import NoRoute, SeaRouter

DATUM = Position(lat_deg=43.0, lon_deg=6.0)
PARIS = Position(lat_deg=48.85, lon_deg=2.35)
# Black Sea, Faroes, off Toulon, Paris, the datum itself, Red Sea, Tromso.
LATS = [44.62, 61.5, 43.05, 48.85, 43.0, 20.0, 69.65]
LONS = [33.45, -8.0, 5.95, 2.35, 6.0, 38.5, 18.97]


@pytest.mark.parametrize("closed", [frozenset(), frozenset({"suez"}), frozenset({"bosporus", "gibraltar"})])
@pytest.mark.parametrize("backwards", [False, True])
def test_they_are_those_of_single_routes(router: SeaRouter, closed: frozenset[str], backwards: bool) -> None:
    ways = router.ways(DATUM, LATS, LONS, closed, backwards=backwards)
    for way, lat, lon in zip(ways, LATS, LONS, strict=True):
        place = Position(lat_deg=lat, lon_deg=lon)
        ends = (place, DATUM) if backwards else (DATUM, place)
        if way is None:
            with pytest.raises(NoRoute):
                router.route(*ends, closed)
            continue
        route = router.route(*ends, closed)
        assert way.distance_nm == pytest.approx(route.distance_nm, abs=0.01)
        assert way.passages == route.passages


def test_a_closed_passage_is_not_used_and_shortens_nothing(router: SeaRouter) -> None:
    before = router.ways(DATUM, LATS, LONS)
    after = router.ways(DATUM, LATS, LONS, frozenset({"suez"}))
    assert before[5] is not None
    assert after[5] is not None
    assert "suez" in before[5].passages
    assert "suez" not in after[5].passages
    for old, new in zip(before, after, strict=True):
        assert (old is None) == (new is None)
        assert old is None or new is None or new.distance_nm >= old.distance_nm - 1e-6


def test_the_place_itself_is_no_way_off_and_none_are_none(router: SeaRouter) -> None:
    (here,) = router.ways(DATUM, [DATUM.lat_deg], [DATUM.lon_deg])
    assert here is not None
    assert (here.distance_nm, here.passages) == (0.0, ())
    assert router.ways(DATUM, [], []) == []


def test_a_place_inland_is_refused_in_the_same_words_again(router: SeaRouter) -> None:
    found = []
    for _ in range(2):
        with pytest.raises(NoRoute, match="is on land") as refusal:
            router.ways(PARIS, LATS, LONS)
        found.append(refusal.value)
    assert found[0] is not found[1]
    assert str(found[0]) == str(found[1])
    assert (found[0].nearest, found[0].nearest_nm) == (found[1].nearest, found[1].nearest_nm)


def test_an_unknown_passage_is_refused(router: SeaRouter) -> None:
    with pytest.raises(InputError, match="nowhere"):
        router.ways(DATUM, LATS, LONS, frozenset({"nowhere"}))


def test_places_joined_before_are_as_far(router: SeaRouter) -> None:
    lat, lon = np.array([51.111, 52.222]), np.array([-30.123, -31.321])
    router.join(lat[:1], lon[:1])
    both = router.distances_nm(DATUM, lat, lon)
    assert both.tolist() == [router.distances_nm(DATUM, a, b)[()] for a, b in zip(lat, lon, strict=True)]
