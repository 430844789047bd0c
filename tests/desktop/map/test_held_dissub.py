"""The DISSUB under the hand: it goes where the hand is with ring and legs, and all else stays as it was laid out."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from PySide6.QtGui import QColor, QImage, QPainter

from subrescue.desktop.map import held_dissub, layout
from subrescue.desktop.map.canvas import Canvas
from subrescue.desktop.map.marks import Marks
from subrescue.desktop.map.scene import MapAsset, MapLeg, MapNote, MapPlace, MapScene
from subrescue.domain.position import Position
from subrescue.domain.response import Verdict

HERE, THERE = Position(lat_deg=68.0, lon_deg=8.0), Position(lat_deg=66.0, lon_deg=3.0)
PORT, MIDWAY = Position(lat_deg=63.4, lon_deg=9.0), Position(lat_deg=65.0, lon_deg=6.0)
A_PLACE, A_NOTE = MapPlace("Trondheim", PORT, "spod"), MapNote("wreck", MIDWAY)
SCENE = MapScene(
    dissub=HERE,
    error_radius_nm=12.0,
    label="Boat",
    assets=(
        MapAsset("near", "Near the hand", Position(lat_deg=66.0, lon_deg=3.4), "ship", Verdict.GREEN),
        MapAsset("far", "Far from it", Position(lat_deg=59.0, lon_deg=8.0), "ship", Verdict.AMBER),
    ),
    legs=(
        MapLeg("air", (Position(lat_deg=55.5, lon_deg=-4.6), PORT), "A400M"),
        MapLeg("sea", (PORT, MIDWAY, HERE), "280 NM"),
    ),
)


@pytest.fixture
def canvas(qapp: Any) -> Canvas:
    made = Canvas(1000, 700)
    made.set_scene(SCENE)
    made.fit()
    made.layout()
    made.is_live = True
    return made


def painted(canvas: Canvas) -> QImage:
    image = QImage(canvas.view.width, canvas.view.height, QImage.Format.Format_RGB32)
    image.fill(QColor("white"))
    painter = QPainter(image)
    canvas.paint(painter)
    painter.end()
    return image


def around(canvas: Canvas, image: QImage, place: Position, half_px: int = 14) -> QImage:
    x, y = canvas.view.to_screen(place.lat_deg, place.lon_deg)
    return image.copy(round(float(x)) - half_px, round(float(y)) - half_px, 2 * half_px, 2 * half_px)


def colours(image: QImage) -> set[int]:
    return {image.pixel(x, y) for x in range(image.width()) for y in range(image.height())}


def drag(canvas: Canvas, place: Position, scene: MapScene = SCENE) -> QImage:
    legs = (scene.legs[0], replace(scene.legs[1], points=(PORT, MIDWAY, place)))
    canvas.set_scene(replace(scene, dissub=place, legs=legs), keep_projection=True)
    return painted(canvas)


def test_it_is_painted_where_the_hand_is_and_no_longer_where_it_was(canvas: Canvas) -> None:
    at_rest = painted(canvas)
    moved = drag(canvas, THERE)
    assert around(canvas, moved, THERE) != around(canvas, at_rest, THERE)
    assert around(canvas, moved, HERE) != around(canvas, at_rest, HERE)
    assert QColor(canvas.palette.dissub).rgb() in colours(around(canvas, moved, THERE))
    back = drag(canvas, HERE)
    assert around(canvas, back, THERE) == around(canvas, at_rest, THERE)


def test_all_else_is_laid_out_once_while_it_is_dragged(canvas: Canvas) -> None:
    drag(canvas, THERE)
    kept = canvas.shown_layout()
    drag(canvas, Position(lat_deg=66.1, lon_deg=3.2))
    assert canvas.shown_layout() is kept
    # What only a tooltip says does not count, a colour does.
    late = replace(SCENE.assets[0], detail="TTFR 80 h"), SCENE.assets[1]
    drag(canvas, THERE, replace(SCENE, assets=late))
    assert canvas.shown_layout() is kept
    red = replace(SCENE.assets[0], verdict=Verdict.RED), SCENE.assets[1]
    drag(canvas, THERE, replace(SCENE, assets=red))
    assert canvas.shown_layout() is not kept


def test_what_stays_the_same_looks_at_all_that_is_painted() -> None:
    same = held_dissub.stays_as_it_is
    assert same(SCENE, replace(SCENE, dissub=THERE, legs=(), assets=tuple(replace(one) for one in SCENE.assets)))
    for other in (
        replace(SCENE, assets=SCENE.assets[:1]),
        replace(SCENE, assets=(replace(SCENE.assets[0], position=THERE), SCENE.assets[1])),
        replace(SCENE, assets=(replace(SCENE.assets[0], selected=True), SCENE.assets[1])),
        replace(SCENE, places=(A_PLACE,)),
        replace(SCENE, notes=(A_NOTE,)),
    ):
        assert not same(SCENE, other)


def test_a_name_that_it_would_cover_is_hidden_and_comes_back(canvas: Canvas, monkeypatch: pytest.MonkeyPatch) -> None:
    shown: list[str] = []
    paint = Marks.paint

    class Noting:
        def __init__(self, painter: QPainter, names: dict[int, str]) -> None:
            self.painter, self.names = painter, names

        def translate(self, x: float, y: float) -> None:
            self.painter.translate(x, y)

        def drawPixmap(self, x: int, y: int, pixmap: Any) -> None:  # as Qt calls it
            shown.append(self.names.get(id(pixmap), ""))
            self.painter.drawPixmap(x, y, pixmap)

    def noted(self: Marks, painter: QPainter, *args: Any) -> None:
        names = {id(mark.pixmap): str(mark.key[0]) for mark in self.names if isinstance(mark.key, tuple)}
        paint(self, Noting(painter, names), *args)  # type: ignore[arg-type]  # as much of a painter as is used

    monkeypatch.setattr(Marks, "paint", noted)
    painted(canvas)
    assert {"near", "far"} <= set(shown)
    shown.clear()
    drag(canvas, THERE)  # its name lies at the right, where the near asset stands
    assert "far" in shown
    assert "near" not in shown
    shown.clear()
    drag(canvas, HERE)
    assert {"near", "far"} <= set(shown)
    shown.clear()
    canvas.mark = MapNote("Far", SCENE.assets[1].position)  # which names it a second time
    painted(canvas)
    assert "near" in shown
    assert "far" not in shown


def test_let_go_it_is_laid_out_with_all_else_again(canvas: Canvas) -> None:
    drag(canvas, THERE)
    assert not any(hit.is_dissub for hit in canvas.shown_layout().hits)
    canvas.let_go()
    assert not canvas.holds_dissub
    assert any(hit.is_dissub for hit in canvas.shown_layout().hits)
    assert len(canvas.shown_layout().legs) == 2


def test_a_map_that_is_zoomed_meanwhile_shows_it_at_its_place(canvas: Canvas) -> None:
    drag(canvas, THERE)
    kept = canvas.shown_layout()
    canvas.view = canvas.view.zoomed(1.3, 500, 350)
    zoomed = painted(canvas)
    assert canvas.shown_layout() is kept
    assert QColor(canvas.palette.dissub).rgb() in colours(around(canvas, zoomed, THERE))


def test_legs_that_go_where_they_went_are_not_placed_anew(canvas: Canvas, monkeypatch: pytest.MonkeyPatch) -> None:
    placed: list[int] = []
    place = layout.lines.placed

    def noted(view: Any, points: Any) -> Any:
        placed.append(len(points))
        return place(view, points)

    drag(canvas, THERE)
    monkeypatch.setattr(layout.lines, "placed", noted)
    there = Position(lat_deg=66.5, lon_deg=3.5)
    drag(canvas, there)
    assert len(placed) == 1  # the last one
    held = canvas._held.layout(canvas._shown_scene, canvas.view, canvas.palette, canvas.ratio)
    for leg, (_, points, line) in zip(canvas.scene.legs, held.legs, strict=True):
        assert np.array_equal(points, layout.lines.leg_points(leg))
        assert line.path == place(canvas.view, points).path
    canvas.view = canvas.view.panned(30, 10)
    placed.clear()
    painted(canvas)
    assert len(placed) == 2  # another view has another lie of all


def test_a_scene_that_is_shown_again_keeps_its_layout_unless_the_hand_has_moved_it_since(canvas: Canvas) -> None:
    laid_out = canvas.layout()
    canvas.set_scene(replace(SCENE))
    assert canvas.layout() is laid_out
    canvas.set_scene(replace(SCENE, label="Boot"))
    assert canvas.layout() is not laid_out
    drag(canvas, THERE)
    held = canvas.layout()
    canvas.set_scene(canvas.scene)  # the hand has let go of it there
    assert canvas.layout() is not held
