"""The map that a start shows first: the place of the case, where the window will show it, and nothing of the case."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtGui import QColor

from subrescue.desktop.case.desk import Desk
from subrescue.desktop.case.plan_service import PlanService
from subrescue.desktop.main_window import MainWindow
from subrescue.desktop.parts.dialogs import Dialogs
from subrescue.desktop.parts.themes import THEMES
from subrescue.desktop.window.first_map import show_first_map
from subrescue.desktop.window.preferences import Preferences
from subrescue.store.cases import find_case, read_case
from tests.desktop.samples import answer, load


@pytest.fixture
def preferences(tmp_path: Path) -> Preferences:
    return Preferences(tmp_path / "window.ini")


def test_the_window_goes_on_with_the_first_map(preferences: Preferences, qtbot: Any) -> None:
    path = find_case("demo-norwegian-sea")
    case = read_case(path)
    first = show_first_map(preferences, path)
    assert first is not None
    qtbot.addWidget(first)
    assert first.was_painted
    assert first.base is not None
    view = first.base.view
    fix = case.dissub.fix.position
    x, y = (float(v) for v in view.to_screen(fix.lat_deg, fix.lon_deg))
    assert (x, y) == pytest.approx((view.width / 2, view.height / 2))
    window = MainWindow(Desk(PlanService(load, answer), case), preferences, Dialogs(leave=lambda *_: "discard"))
    first.hand_over(window)
    with qtbot.wait_signal(window.map.first_painted):
        window.show()
    assert window.map.canvas.view.projection == view.projection
    assert not first.isVisible()
    qtbot.wait_until(lambda: window.desk.response is not None)
    box = window.map.mapTo(window, window.map.rect().topLeft())
    right = window.width() - box.x() - window.map.width()
    window.close()
    window.deleteLater()
    assert preferences.text("map_panels", "").split()[:3] == [str(box.x()), str(box.y()), str(right)]


def test_the_ground_is_that_of_the_theme(preferences: Preferences, qtbot: Any) -> None:
    preferences.set_text("theme", "night")
    preferences.set_text("map_panels", "300 40 500 300")
    first = show_first_map(preferences, find_case("demo-norwegian-sea"))
    assert first is not None
    qtbot.addWidget(first)
    assert first.grab().toImage().pixelColor(10, 10) == QColor(THEMES["night"].window)


def test_panels_that_leave_no_room_are_forgotten(preferences: Preferences, qtbot: Any) -> None:
    preferences.set_text("map_panels", "900 40 900 300")
    first = show_first_map(preferences, find_case("demo-norwegian-sea"))
    assert first is not None
    qtbot.addWidget(first)
    assert first.box() == first.rect()


def test_a_case_that_cannot_be_read_has_no_first_map(preferences: Preferences, qapp: Any, tmp_path: Path) -> None:
    broken = tmp_path / "broken.toml"
    broken.write_text("title = ", encoding="utf-8")
    assert show_first_map(preferences, broken) is None


def test_the_first_map_is_as_large_as_that_of_the_window_with_letters_of_any_size(
    preferences: Preferences, qtbot: Any
) -> None:
    path = find_case("demo-norwegian-sea")
    usual = show_first_map(preferences, path)
    preferences.set_text("letter_size", "200")
    large = show_first_map(preferences, path)
    assert usual is not None
    assert large is not None
    for first in (usual, large):
        qtbot.addWidget(first)
        assert first.base is not None
        assert (first.base.view.width, first.base.view.height) == first.box().size().toTuple()
    # A map of twice the pixel keeps its margins twice as wide, so that the place is seen from farther off.
    assert large.base.view.scale < usual.base.view.scale  # type: ignore[union-attr] # both were painted
