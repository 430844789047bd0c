"""A picture of the map: its size, its title, and the word that keeps an exercise from passing for a real case."""

from __future__ import annotations

import subprocess
import sys
from typing import Any

import pytest
from PySide6.QtGui import QColor

from subrescue.desktop.map.palette import DAY
from subrescue.desktop.map.scene import MapScene
from subrescue.desktop.paper.picture import map_image
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


def test_the_first_map_of_a_new_window_waits_for_no_library_of_geodesy() -> None:
    program = """
import sys
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QApplication
from subrescue.desktop.map.base_worker import first_base
from subrescue.desktop.map.canvas import Canvas
from subrescue.desktop.map.scene import MapScene
from subrescue.domain.position import Position
application = QApplication([])
canvas = Canvas(300, 200)
canvas.set_scene(MapScene(dissub=Position(lat_deg=60, lon_deg=5), error_radius_nm=5, exercise=True))
canvas.fit()
canvas.base = first_base(canvas.wanted_base(0), canvas.palette)
painter = QPainter(image := QImage(300, 200, QImage.Format.Format_RGB32))
canvas.paint_first(painter)
painter.end()
print(sorted({"pyproj", "scipy", "shapely"} & set(sys.modules)))
"""
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert run.stdout == "[]\n", run.stderr
