"""Symbols and names under the hand: they stay at their places, cover nothing, and come to rest where a still map has
them."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtGui import QImage, QPainter, QPixmap
from pytestqt.qtbot import QtBot

from subrescue.desktop.map.canvas import Canvas
from subrescue.desktop.map.labels import Room
from subrescue.desktop.map.layout import LayoutWork
from subrescue.desktop.map.marks import Marks, pixel_in
from subrescue.desktop.map.palette import DAY
from subrescue.desktop.map.places import PlaceTable
from subrescue.desktop.map.projection import AzimuthalEquidistant, Mercator, PolarStereographic, Projection
from subrescue.desktop.map.scene import MapAsset, MapLeg, MapNote, MapScene
from subrescue.desktop.map.stacks import STACK_PX, stacks_of
from subrescue.desktop.map.viewport import Viewport
from subrescue.desktop.map.widget import MapWidget
from subrescue.domain.position import Position
from subrescue.domain.response import Verdict

VERDICTS = (Verdict.GREEN, Verdict.AMBER, Verdict.RED, None)
SCENE = MapScene(
    dissub=Position(lat_deg=68.0, lon_deg=8.0),
    error_radius_nm=12.0,
    assets=tuple(
        MapAsset(f"a{i}", f"Asset {i}", Position(lat_deg=62.0 + i % 12, lon_deg=i % 25 - 4.0), "ship", VERDICTS[i % 4])
        for i in range(120)
    ),
)


def table(count: int = 400) -> PlaceTable:
    places = np.random.default_rng(7)
    lat, lon = places.uniform(55, 75, count), places.uniform(-5, 25, count)
    return PlaceTable("port", np.arange(count), lambda n: f"Port {n}", lambda n: "Port", lat, lon, np.full(count, 1.0))


@pytest.fixture
def canvas(qapp: Any) -> Canvas:
    made = Canvas(1000, 700)
    made.set_tables((table(),))
    made.set_scene(SCENE)
    made.fit()
    made.layout()
    made.is_live = True
    return made


def boxes(pictures: list[tuple[int, int, QPixmap]]) -> list[tuple[float, float, float, float]]:
    """What the letters of the names fill: pictures wider than a symbol, without their halos."""
    return [(x + 2, y + 3, x + p.width() - 2, y + p.height() - 3) for x, y, p in pictures if p.width() > 40]


@pytest.mark.parametrize("factor", [0.4, 0.7, 0.95])
def test_names_do_not_cover_each_other_while_the_map_is_zoomed_out(canvas: Canvas, factor: float) -> None:
    layout = canvas.shown_layout()
    canvas.view = canvas.view.zoomed(factor, 300, 400)
    assert canvas.shown_layout() is layout  # no frame waits for a new one
    room = Room(canvas.view.width, canvas.view.height)
    names = boxes([*layout.marks.carried(canvas.view, room), *layout.place_marks.carried(canvas.view, room)])
    assert len(names) >= 5
    for number, a in enumerate(names):
        for b in names[number + 1 :]:
            across, down = min(a[2], b[2]) - max(a[0], b[0]), min(a[3], b[3]) - max(a[1], b[1])
            assert across <= 8 or down <= 8, (a, b)


@pytest.mark.parametrize("factor", [0.6, 1.4])
def test_what_lies_under_the_pointer_is_found_while_the_map_is_zoomed(canvas: Canvas, factor: float) -> None:
    canvas.view = canvas.view.zoomed(factor, 450, 300).turned(15.0)
    found = 0
    for asset in SCENE.assets:
        x, y = (float(v) for v in canvas.view.to_screen(asset.position.lat_deg, asset.position.lon_deg))
        hit = canvas.hit_at(x, y) if 0 <= x < 1000 and 0 <= y < 700 else None
        found += hit is not None and asset.id in hit.asset_ids[:1]
    assert found > 10


def test_at_rest_the_layout_is_that_of_the_view(canvas: Canvas) -> None:
    canvas.view = canvas.view.zoomed(1.5, 500, 350)
    assert canvas.is_unsettled
    slices = 1
    while not canvas.go_on(0.0):
        slices += 1
    assert slices > 3
    assert not canvas.is_unsettled
    layout = canvas.shown_layout()
    assert layout.view == canvas.view.grown(layout.margin)
    fresh = LayoutWork(layout.view, layout.margin, SCENE, layout.tables, DAY).whole()
    assert [hit.asset_ids for hit in layout.hits] == [hit.asset_ids for hit in fresh.hits]
    assert len(layout.marks.symbols) == len(fresh.marks.symbols)


def test_a_name_stays_on_its_side_from_one_step_of_the_zoom_to_the_next(canvas: Canvas) -> None:
    old = canvas.layout()
    canvas.view = canvas.view.zoomed(1.1, 500, 350)
    new = canvas.layout()
    seen = [name.key for name in old.marks.names if name.key in new.marks.spots]
    assert len(seen) > 20
    stayed = [key for key in seen if np.allclose(old.marks.spots[key], new.marks.spots[key], atol=1.0)]
    assert len(stayed) > 0.9 * len(seen)


def test_a_jump_to_another_place_is_laid_out_at_once(canvas: Canvas) -> None:
    canvas.view = canvas.view.zoomed(6.0, 500, 350)
    assert canvas.shown_layout().view == canvas.view.grown(160)


def test_a_new_scene_is_laid_out_at_once(canvas: Canvas) -> None:
    canvas.view = canvas.view.zoomed(1.2, 500, 350)
    canvas.set_scene(MapScene(dissub=Position(lat_deg=68.0, lon_deg=8.0)))
    assert all(not hit.asset_ids for hit in canvas.shown_layout().hits)


@pytest.mark.parametrize("projection", [AzimuthalEquidistant(65.0, 10.0), Mercator(), PolarStereographic(True)])
def test_zooming_in_only_adds_places(projection: Projection) -> None:
    places = table()
    x, y = projection.forward(65.0, 10.0)
    view = Viewport(projection, float(x), float(y), 900.0, 1000, 700)
    shown = set(places.shown(view, 40.0).tolist())
    for _ in range(12):
        view = view.zoomed(1.3, 500, 350)
        px, py = view.to_screen(places.lat, places.lon)
        inside = {row for row in shown if 0 < px[row] < 1000 and 0 < py[row] < 700}
        shown = set(places.shown(view, 40.0).tolist())
        assert inside <= shown


def test_the_pixel_of_an_older_view_is_found_across_the_date_line() -> None:
    old = Viewport(Mercator(), 3.1, 0.0, 300.0, 800, 600)
    new = old.panned(-60, 0)  # the middle is now east of the line: x has wrapped
    assert new.x < 0
    assert pixel_in(old, new, 340.0, 300.0) == pytest.approx((400.0, 300.0))


points = st.lists(st.tuples(st.floats(0, 120), st.floats(0, 120)), max_size=40)


@given(points)
def test_every_point_lies_in_one_stack_beside_its_symbol(found: list[tuple[float, float]]) -> None:
    px, py = [x for x, _ in found], [y for _, y in found]
    stacks = stacks_of(px, py)
    assert sorted(number for stack in stacks for number in stack) == list(range(len(found)))
    hosts = [stack[0] for stack in stacks]
    assert hosts == sorted(hosts)
    for stack in stacks:
        assert all(abs(px[n] - px[stack[0]]) < STACK_PX and abs(py[n] - py[stack[0]]) < STACK_PX for n in stack)
    for number, a in enumerate(hosts):
        for b in hosts[number + 1 :]:
            assert abs(px[a] - px[b]) >= STACK_PX or abs(py[a] - py[b]) >= STACK_PX


def test_what_is_off_the_map_is_in_no_stack() -> None:
    assert stacks_of([float("nan"), 5.0], [3.0, 5.0]) == [[1]]


sides = st.integers(-30, 130)


@given(st.lists(st.tuples(sides, sides, sides, sides), max_size=12), st.tuples(sides, sides, sides, sides))
def test_room_is_free_where_no_square_is_taken(
    taken: list[tuple[int, int, int, int]], asked: tuple[int, int, int, int]
) -> None:
    room, squares = Room(99, 99), np.zeros((25, 25), dtype=bool)

    def part(box: tuple[int, int, int, int]) -> tuple[slice, slice]:
        left, top, right, bottom = (int(side) // 4 for side in box)
        return slice(max(0, top), max(0, bottom + 1)), slice(max(0, left), max(0, right + 1))

    for box in taken:
        room.take(*box)
        squares[part(box)] = True
    assert room.is_free(*asked) == (not squares[part(asked)].any())
    moved = room.moved(8, -12, 99, 99)
    assert moved.is_free(0, 12, 87, 99) == (not squares[0:22, 2:24].any())


def test_the_hand_rests_and_names_follow(qtbot: QtBot) -> None:
    widget = MapWidget()
    qtbot.addWidget(widget)
    widget.resize(800, 600)
    widget.set_scene(SCENE)
    widget.show()
    widget.grab()
    qtbot.waitUntil(lambda: not widget.is_painting, timeout=20_000)
    widget.grab()
    widget.zoom(1.3)
    assert widget.is_painting
    assert widget.canvas.is_unsettled
    qtbot.waitUntil(lambda: not widget.is_painting, timeout=20_000)
    assert not widget.canvas.is_unsettled
    widget.close()


def settled(canvas: Canvas) -> Canvas:
    """Zoomed a little, and laid out in slices since."""
    canvas.view = canvas.view.zoomed(1.2, 500, 350)
    while not canvas.go_on(0.0):
        pass
    return canvas


def pixels(canvas: Canvas) -> np.ndarray[Any, np.dtype[np.int16]]:
    """(height, width, 4): what is painted, in device pixels."""
    wide, high = round(canvas.view.width * canvas.ratio), round(canvas.view.height * canvas.ratio)
    picture = QImage(wide, high, QImage.Format.Format_RGB32)
    painter = QPainter(picture)
    painter.scale(canvas.ratio, canvas.ratio)
    canvas.paint(painter)
    painter.end()
    return np.asarray(picture.constBits(), np.uint8).reshape(high, wide, 4).astype(np.int16)


@pytest.mark.parametrize("ratio", [1.0, 1.25])
def test_a_map_that_is_moved_looks_as_it_does_at_rest(canvas: Canvas, ratio: float) -> None:
    way = tuple(Position(lat_deg=lat_deg, lon_deg=8.0 - lat_deg + 68.0) for lat_deg in (64.0, 68.0))
    canvas.magnify(ratio)
    canvas.set_scene(replace(SCENE, legs=(MapLeg("air", way, "640 NM"), MapLeg("sea", way[::-1], "640 NM"))))
    canvas.layout()
    settled(canvas)
    canvas.view = canvas.view.panned(16.0, -12.0)
    canvas.hand_moves = True
    moved, picture = pixels(canvas), canvas.shown_layout().picture
    assert canvas.is_moving
    assert picture is not None
    canvas.is_live = False
    # One picture laid over the base is rounded once, and its parts one by one each time: by some of 255 levels.
    assert np.abs(moved - pixels(canvas)).max() <= 4
    canvas.shown_layout().marks = Marks(canvas.view, [], [])
    assert np.abs(moved - pixels(canvas)).max() > 100  # the names and symbols were seen


def test_symbols_are_not_painted_one_by_one_while_the_map_is_moved(
    canvas: Canvas, monkeypatch: pytest.MonkeyPatch
) -> None:
    settled(canvas)
    painted: list[int] = []
    paint = Marks.paint
    monkeypatch.setattr(Marks, "paint", lambda marks, *given: painted.append(1) or paint(marks, *given))
    canvas.view, canvas.hand_moves = canvas.view.panned(16.0, -12.0), True
    pixels(canvas)
    assert not painted
    canvas.mark = MapNote("here", SCENE.assets[0].position)  # names that it covers are not shown
    pixels(canvas)
    assert painted


def test_only_a_layout_that_is_moved_keeps_a_picture(canvas: Canvas) -> None:
    assert canvas.layout().picture is None  # nobody waits for it
    layout = settled(canvas).layout()
    assert layout.picture is not None
    canvas.view = canvas.view.panned(130.0, 0.0)
    assert canvas.is_stale
    while not canvas.go_on(0.0):
        pass
    layout = canvas.layout()
    assert layout.picture is not None
    canvas.set_scene(replace(SCENE, error_radius_nm=20.0))
    assert layout.picture is None


def test_a_map_that_is_zoomed_on_waits_for_no_picture_of_its_names(canvas: Canvas) -> None:
    canvas.view = canvas.view.zoomed(1.8, 500, 350)
    assert canvas.is_stale
    while not canvas.go_on(0.0):
        pass
    assert canvas.layout().picture is None
