"""A picture of the map: its size, its title, and the word that keeps an exercise from passing for a real case."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtGui import QColor

from subrescue.desktop.map.palette import DAY
from subrescue.desktop.map.scene import MapScene
from subrescue.desktop.picture import map_image
from subrescue.domain.position import Position
from subrescue.earth.world import load_world


@pytest.mark.parametrize("exercise", [True, False])
def test_only_an_exercise_bears_its_banner(qapp: Any, exercise: bool) -> None:
    scene = MapScene(
        dissub=Position(lat_deg=37.1, lon_deg=11.9),
        error_radius_nm=5.0,
        exercise=exercise,
        title="Strait of Sicily",
        lines=("Alert 2026-11-20 06:00Z",),
    )
    image = map_image(scene, load_world(), 800, 600)
    assert (image.width(), image.height()) == (800, 600)
    assert (QColor(image.pixel(44, 32)).name() == DAY.banner) is exercise
