"""The nearest navigable water is what a look at every cell around finds."""

import numpy as np
import pytest

from subrescue.earth.router.local import nearest_navigable
from subrescue.earth.router.router import SeaRouter
from subrescue.earth.shape.geodesy import distance_nm
from subrescue.earth.shape.water import COLS, cell_middle, cells

# Inland in Brittany, on Kyushu, in Jutland, on Chukotka by the date line, on Fiji, in Florida, in Tierra del Fuego.
PLACES = [(48.2, -2.9), (32.7, 131.0), (56.0, 9.3), (66.5, -179.9), (-17.8, 178.0), (28.0, -81.5), (-54.2, -68.5)]


@pytest.mark.parametrize(("lat", "lon"), PLACES)
def test_no_navigable_cell_is_nearer(router: SeaRouter, lat: float, lon: float) -> None:
    water = router._graph.water
    row, col = (int(v[0]) for v in cells(np.array([lat]), np.array([lon])))
    wet = np.argwhere(water.window(row - 90, row + 91, (col - 300) % COLS, 601))
    lats, lons = cell_middle(wet[:, 0] + row - 90, wet[:, 1] + col - 300)
    apart = distance_nm(lat, lon, lats, lons)
    found = nearest_navigable(water, lat, lon)
    assert found[2] == pytest.approx(apart.min(), abs=1e-9)
    assert distance_nm(lat, lon, *found[:2]) == pytest.approx(found[2], abs=1e-9)
    assert water.is_navigable([found[0]], [found[1]]).all()


def test_the_middle_of_a_continent_is_far_from_water_on_every_side(router: SeaRouter) -> None:
    # Dzungaria, some 2,600 km from any sea: to the Kara Sea's gulfs, and the Bay of Bengal.
    lat, lon, nm = nearest_navigable(router._graph.water, 46.3, 86.7)
    assert 1150 < nm < 1500
    assert router._graph.water.is_navigable([lat], [lon]).all()


def test_a_pole_on_land_has_its_nearest_water_on_some_side(router: SeaRouter) -> None:
    lat, lon, nm = nearest_navigable(router._graph.water, -90.0, 0.0)
    assert nm == pytest.approx(distance_nm(-90.0, 0.0, lat, lon), abs=1e-9)
    assert 250 < nm < 800
