"""Lines under the hand: drawn quickly they lie where they lie at rest, and at rest they are painted with joints."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from PySide6.QtGui import QImage, QPainter

from subrescue.desktop.map.canvas import Canvas
from subrescue.desktop.map.moving_lines import WideView, pieces_of
from subrescue.desktop.map.projection import AzimuthalEquidistant, Mercator, PolarStereographic, Projection
from subrescue.desktop.map.range_rings import paint_rings
from subrescue.desktop.map.scene import MapLeg, MapScene
from subrescue.desktop.map.viewport import Viewport
from subrescue.domain.case import RangeRing
from subrescue.domain.position import Position

RINGS = tuple(RangeRing(radius_nm=radius_nm) for radius_nm in (60.0, 250.0, 700.0))
SCENE = MapScene(
    dissub=Position(lat_deg=68.0, lon_deg=178.0),
    error_radius_nm=30.0,
    label="",
    legs=(
        MapLeg("air", (Position(lat_deg=55.5, lon_deg=160.0), Position(lat_deg=66.5, lon_deg=170.0)), ""),
        MapLeg("road", (Position(lat_deg=66.5, lon_deg=170.0), Position(lat_deg=66.0, lon_deg=172.0)), ""),
        MapLeg("sea", (Position(lat_deg=66.0, lon_deg=172.0), Position(lat_deg=65.0, lon_deg=-179.0),
                       Position(lat_deg=68.0, lon_deg=178.0)), ""),
    ),
)  # fmt: skip
PROJECTIONS = (AzimuthalEquidistant(68.0, 178.0), Mercator(), PolarStereographic(is_north=True))


@pytest.fixture
def canvas(qapp: Any) -> Canvas:
    made = Canvas(900, 700)
    made.set_scene(SCENE)
    made.is_live = True
    return made


def look_at(canvas: Canvas, projection: Projection, turn_deg: float = 0.0) -> None:
    x, y = projection.forward(67.0, 178.0)
    canvas.view = Viewport(projection, float(x), float(y), 1500.0, 900, 700, turn_deg)
    canvas.layout()


def ink(canvas: Canvas) -> np.ndarray[Any, Any]:
    """How dark each pixel of the lines is, on white."""
    image = QImage(canvas.view.width, canvas.view.height, QImage.Format.Format_Grayscale8)
    image.fill(255)
    painter = QPainter(image)
    canvas.shown_layout().paint(painter, canvas.palette, canvas.view, canvas.is_moving)
    paint_rings(painter, canvas, RINGS)
    painter.end()
    rows = np.frombuffer(image.constBits(), dtype=np.uint8).reshape(image.height(), image.bytesPerLine())
    return 255.0 - rows[:, : image.width()].astype(float)


def thick(picture: np.ndarray[Any, Any], reach: int) -> np.ndarray[Any, Any]:
    """Each pixel as dark as the darkest so near to it; between two dashes are six pixels."""
    shifts = range(-reach, reach + 1)
    for axis in (0, 1):
        picture = np.max([np.roll(picture, shift, axis) for shift in shifts], axis=0)
    return picture


@pytest.mark.parametrize("projection", PROJECTIONS)
@pytest.mark.parametrize("turn_deg", [0.0, 40.0])
def test_under_the_hand_lines_lie_where_they_lie_at_rest(
    canvas: Canvas, projection: Projection, turn_deg: float
) -> None:
    look_at(canvas, projection, turn_deg)
    assert not canvas.is_moving
    still = ink(canvas)
    canvas.hand_moves = True
    moving = ink(canvas)
    assert (moving > 40).sum() > 2000
    assert not ((moving > 90) & (thick(still, 5) < 30)).any()  # nothing that is not there at rest
    assert not ((still > 90) & (thick(moving, 5) < 30)).any()  # and nothing is missing


@pytest.mark.parametrize("factor", [0.55, 0.8, 1.7])
def test_while_the_map_is_zoomed_lines_lie_where_the_new_layout_has_them(canvas: Canvas, factor: float) -> None:
    look_at(canvas, PROJECTIONS[0])
    canvas.view = canvas.view.zoomed(factor, 300, 400).panned(15, -8)
    assert canvas.is_moving
    moving = ink(canvas)
    canvas.is_live = False  # a frame waits for its layout
    still = ink(canvas)
    assert not ((still > 90) & (thick(moving, 5) < 30)).any()
    assert not ((moving > 90) & (thick(still, 5) < 30)).any()


def test_the_wide_view_holds_until_the_window_leaves_it() -> None:
    wide, view = WideView(), Viewport(PROJECTIONS[0], 0.0, 0.0, 1500.0, 900, 700)
    first, _ = wide.about(view)
    assert wide.about(view.panned(400, -300).zoomed(1.5, 10, 10))[0] is first
    far = view.panned(2000, 0)
    second, over = wide.about(far)
    assert second is not first
    assert over.map(second.width / 2, second.height / 2) == pytest.approx((450.0, 350.0))
    assert wide.about(far.turned(5.0))[0] is not second
    assert wide.about(far.zoomed(3.0, 450, 350))[0] is not second


def test_pieces_keep_the_ends_and_do_not_cross_a_lift() -> None:
    x, y = np.array([0.0, 1.0, 30.0, 100.0, 130.0]), np.zeros(5)
    pieces = pieces_of(x, y, np.array([True, False, False, True, False]))
    assert [(piece.x1(), piece.x2()) for piece in pieces] == [(0.0, 30.0), (100.0, 130.0)]


def test_a_leg_leaves_its_casing_out_while_the_map_is_zoomed_and_has_it_again_at_rest(canvas: Canvas) -> None:
    def touched() -> int:
        """Pixels of a dark ground that ring and legs touch."""
        image = QImage(900, 700, QImage.Format.Format_Grayscale8)
        image.fill(0)
        painter = QPainter(image)
        canvas.shown_layout().paint(painter, canvas.palette, canvas.view, canvas.is_moving)
        painter.end()
        return int((np.frombuffer(image.constBits(), dtype=np.uint8) > 0).sum())

    look_at(canvas, PROJECTIONS[0])
    canvas.hand_moves = True
    moved = touched()
    canvas.view = canvas.view.zoomed(1.05, 450.0, 350.0)
    assert touched() < 0.75 * moved
    canvas.hand_moves = False
    canvas.layout()
    assert touched() > 0.9 * moved
