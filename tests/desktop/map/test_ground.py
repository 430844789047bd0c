"""The ground of the window's map is laid together beside the window and shows what layer after layer would show."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import numpy as np
import pytest
from PySide6.QtGui import QColor, QImage, QPainter
from pytestqt.qtbot import QtBot

from subrescue.desktop.map.base_image import render_base
from subrescue.desktop.map.canvas import Canvas
from subrescue.desktop.map.ground import Ground, Sheet
from subrescue.desktop.map.kept_picture import KeptPicture, KeptUnderlay, Paint
from subrescue.desktop.map.layers import LayerChoice
from subrescue.desktop.map.layout import LayoutWork
from subrescue.desktop.map.lines import placed
from subrescue.desktop.map.night_layer import NightLayer
from subrescue.desktop.map.overlaid import is_within
from subrescue.desktop.map.palette import DAY, DUSK, NIGHT
from subrescue.desktop.map.projection import AzimuthalEquidistant, Mercator, PolarStereographic, Projection
from subrescue.desktop.map.scene import MapLeg, MapScene
from subrescue.desktop.map.viewport import Viewport
from subrescue.domain.position import Position


class Plain:
    """A layer of one colour."""

    def __init__(self, colour: str, shown: bool = True) -> None:
        self.colour, self.shown = colour, shown

    def paint(self, painter: QPainter, canvas: Canvas) -> None:
        if self.shown:
            painter.fillRect(0, 0, canvas.view.width, canvas.view.height, QColor(self.colour))

    def sheet(self, canvas: Canvas) -> Sheet | None:
        colour = self.colour
        if not self.shown:
            return None
        return Sheet(colour, lambda painter, view: painter.fillRect(0, 0, view.width, view.height, QColor(colour)))


@pytest.fixture
def canvas(qapp: Any) -> Canvas:
    made = Canvas(400, 300)
    made.view = Viewport(AzimuthalEquidistant(60.0, 5.0), 0.0, 0.0, 1200.0, 400, 300)
    made.base = render_base(made.wanted_base(80), DAY, None, "110m")
    made.is_live = True
    return made


@pytest.fixture
def ground(canvas: Canvas) -> Iterator[Ground]:
    made = Ground(canvas)
    yield made
    made.stop()


def seen(canvas: Canvas) -> QImage:
    image = QImage(canvas.view.width, canvas.view.height, QImage.Format.Format_RGB32)
    painter = QPainter(image)
    assert canvas.ground is not None
    canvas.ground(painter)
    painter.end()
    return image


def off_the_window(canvas: Canvas) -> QImage:
    """What layer after layer shows, as on a picture."""
    canvas.is_live = False
    image = seen(canvas)
    canvas.is_live = True
    return image


def laid(canvas: Canvas, ground: Ground, qtbot: QtBot) -> QImage:
    with qtbot.wait_signal(ground.changed):
        seen(canvas)
    return seen(canvas)


class Pictured(KeptUnderlay):
    """A layer that is a kept picture: a half see-through disc on nothing."""

    def __init__(self) -> None:
        self.picture = KeptPicture()

    def wish(self, canvas: Canvas) -> tuple[Hashable, Paint]:
        def paint(into: QPainter, view: Viewport, given_up: Callable[[], bool]) -> None:
            into.setBrush(QColor("#80ff2010"))
            into.drawEllipse(view.width // 4, view.height // 4, view.width // 2, view.height // 2)

        return "disc", paint


def test_a_kept_picture_rests_packed_under_a_ground_and_is_the_same_when_it_wakes(
    canvas: Canvas, ground: Ground, qtbot: QtBot
) -> None:
    layer = Pictured()
    with qtbot.wait_signal(layer.picture.changed):
        layer.sheet(canvas)
    ground.add(layer)
    one_by_one = off_the_window(canvas)
    painted = layer.picture._painted
    assert painted is not None
    before = painted.image().copy()
    together = laid(canvas, ground, qtbot)
    unpacked = [painted._image is not None]
    assert len(painted._packed) < before.sizeInBytes() / 20
    assert painted.image() == before
    assert together == one_by_one
    assert off_the_window(canvas) == one_by_one
    unpacked.append(painted._image is not None)
    assert unpacked == [False, True]  # frames that paint it themselves do not unpack it each time
    layer.picture.stop()


def test_a_picture_in_the_colours_of_the_day_is_not_shown_by_red_night(canvas: Canvas, qtbot: QtBot) -> None:
    layer = Pictured()
    with qtbot.wait_signal(layer.picture.changed):
        layer.sheet(canvas)
    assert layer.sheet(canvas) is not None
    canvas.set_palette(NIGHT)
    with qtbot.wait_signal(layer.picture.changed):
        assert layer.sheet(canvas) is None
    assert layer.sheet(canvas) is not None
    canvas.set_palette(replace(NIGHT, border="#00000000"))  # borders are hidden, which it does not show
    assert layer.sheet(canvas) is not None
    assert not layer.picture.is_busy
    layer.picture.stop()


def test_what_is_laid_together_is_what_layer_after_layer_shows(canvas: Canvas, ground: Ground, qtbot: QtBot) -> None:
    night = NightLayer()
    night.at = datetime(2026, 11, 21, 14, 30, tzinfo=UTC)
    canvas.set_layers(LayerChoice().with_shown("night", True))
    ground.add(Plain("#30ff0000"))
    ground.add(night)
    one_by_one = seen(canvas)
    together = laid(canvas, ground, qtbot)
    a, b = (np.frombuffer(image.constBits(), np.uint8).astype(int) for image in (one_by_one, together))
    # The shade is worked out every 12 pixels from the corner of each picture: its edges lie up to so much apart.
    assert (np.abs(a - b) > 3).mean() < 0.03


def test_a_change_shows_the_old_ground_until_the_new_one_is_laid(canvas: Canvas, ground: Ground, qtbot: QtBot) -> None:
    layer = Plain("#ff0000")
    ground.add(layer)
    assert laid(canvas, ground, qtbot).pixelColor(200, 150) == QColor("#ff0000")
    layer.colour = "#00ff00"
    with qtbot.wait_signal(ground.changed):
        assert seen(canvas).pixelColor(200, 150) == QColor("#ff0000")
        assert ground.is_busy
    assert seen(canvas).pixelColor(200, 150) == QColor("#00ff00")
    assert not ground.is_busy
    canvas.view = canvas.view.panned(31, -17)  # the picture has a margin: nothing is laid anew
    assert seen(canvas).pixelColor(399, 0) == QColor("#00ff00")
    assert not ground.is_busy


def test_a_picture_that_is_not_on_the_screen_never_shows_an_old_ground(
    canvas: Canvas, ground: Ground, qtbot: QtBot
) -> None:
    layer = Plain("#ff0000")
    ground.add(layer)
    laid(canvas, ground, qtbot)
    canvas.is_live, layer.colour = False, "#0000ff"
    assert seen(canvas).pixelColor(200, 150) == QColor("#0000ff")
    assert not ground.is_busy


def test_other_colours_and_another_projection_do_not_wait(canvas: Canvas, ground: Ground, qtbot: QtBot) -> None:
    layer = Plain("#ff0000")
    ground.add(layer)
    laid(canvas, ground, qtbot)
    layer.colour = "#0000ff"
    canvas.palette = DUSK
    assert seen(canvas).pixelColor(200, 150) == QColor("#0000ff")
    qtbot.wait_until(lambda: not ground.is_busy)
    layer.colour = "#00ffff"
    canvas.view = replace(canvas.view, projection=AzimuthalEquidistant(61.0, 5.0))
    assert seen(canvas).pixelColor(200, 150) == QColor("#00ffff")
    qtbot.wait_until(lambda: not ground.is_busy)


def test_without_layers_the_base_is_all_there_is_and_nothing_is_laid(canvas: Canvas, ground: Ground) -> None:
    ground.add(Plain("#ff0000", shown=False))
    seen(canvas)
    assert not ground.is_busy


def test_a_window_lies_within_a_picture_only_if_all_its_corners_do() -> None:
    kept = Viewport(Mercator(), 0.0, 0.0, 1000.0, 600, 500)
    window = Viewport(Mercator(), 0.0, 0.0, 1000.0, 400, 300)
    assert is_within(window, kept)
    assert is_within(window.panned(99, 99), kept)
    assert not is_within(window.panned(101, 0), kept)
    assert is_within(replace(window, scale=670.0), kept)
    assert not is_within(replace(window, scale=590.0), kept)
    assert is_within(window.turned(20), kept)
    assert not is_within(window.turned(90).panned(60, 0).zoomed(0.7, 200, 150), kept)


@pytest.mark.parametrize("projection", [AzimuthalEquidistant(60, 5), Mercator(), PolarStereographic(is_north=True)])
@pytest.mark.parametrize("factor", [0.4, 0.8, 1.3, 2.5])
def test_a_leg_of_a_map_that_is_zoomed_or_turned_runs_where_it_would_be_laid_out(
    qapp: Any, projection: Projection, factor: float
) -> None:
    leg = MapLeg("air", (Position(lat_deg=50.0, lon_deg=-20.0), Position(lat_deg=70.0, lon_deg=25.0)))
    x, y = (float(part) for part in projection.forward(62.0, 4.0))
    view = Viewport(projection, x, y, 1500.0, 800, 600)
    layout = LayoutWork(view, 0, MapScene(legs=(leg,)), (), DAY).whole()
    other = view.zoomed(factor, 300.0, 250.0)
    other = replace(other, turn_deg=30.0)
    ((_, points, line),) = layout._lines_in(other)[1]
    fresh = placed(other, points)
    at_x, at_y = fresh.along()
    step = np.linspace(0.0, 1.0, 4000)
    ours = np.array([(line.path.pointAtPercent(share).x(), line.path.pointAtPercent(share).y()) for share in step])
    for spot_x, spot_y in zip(at_x[::20], at_y[::20], strict=True):
        if 0 <= spot_x <= 800 and 0 <= spot_y <= 600:
            assert np.hypot(ours[:, 0] - spot_x, ours[:, 1] - spot_y).min() < 2.0
