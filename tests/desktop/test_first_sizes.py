"""At the first start the panels suit the size that the screen gives the window; the user's own sizes stay."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any, cast

import pytest
from PySide6.QtCore import QPoint, QSize, Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from subrescue.desktop.parts.boxes import first_size
from subrescue.desktop.response.option_delegate import name_font
from subrescue.desktop.response.rows import COLUMNS
from subrescue.desktop.window.docks import dock_of, share_window
from subrescue.desktop.window.preferences_window import set_letter_size
from tests.desktop.driving import MakeWindow


def test_a_small_screen_leaves_the_map_room_at_the_first_start(make_window: MakeWindow, qtbot: Any) -> None:
    window = make_window()
    window.resize(1600, 1000)
    qtbot.wait(50)
    window.resize(1280, 720)  # as a window manager does that has no more room
    qtbot.wait_until(lambda: window.map.width() > 350 and window.map.height() > 400, timeout=3000)
    response = dock_of(window, "response")
    assert response is not None
    assert response.width() == 1280 * 47 // 100


def test_a_larger_screen_gives_the_response_more_room_at_the_first_start(make_window: MakeWindow, qtbot: Any) -> None:
    window = make_window()
    window.resize(1920, 1080)
    qtbot.wait_until(lambda: window.response.width() > 640, timeout=3000)


def test_a_screen_of_four_thousand_dots_shows_reasons_whole_beside_a_map_of_half_its_width(
    make_window: MakeWindow, qtbot: Any
) -> None:
    window = make_window()
    window.resize(3840, 2160)
    qtbot.wait_until(lambda: window.response.width() > 1000, timeout=3000)
    assert window.map.width() > 1920


def test_borders_that_the_user_has_moved_stay_where_they_are(make_window: MakeWindow, qtbot: Any) -> None:
    window = make_window()
    qtbot.wait(50)
    response = dock_of(window, "response")
    assert response is not None
    border = QPoint(response.x() - 2, response.y() + 200)
    QTest.mousePress(window, Qt.MouseButton.LeftButton, pos=border)
    QTest.mouseRelease(window, Qt.MouseButton.LeftButton, pos=border)
    window.resizeDocks([response], [480], Qt.Orientation.Horizontal)
    qtbot.wait(50)
    window.resize(1500, 900)
    qtbot.wait(50)
    assert response.width() == 480


def test_an_arrangement_from_an_earlier_start_is_left_as_it_was(make_window: MakeWindow, qtbot: Any) -> None:
    before = make_window()
    before.close()
    after = make_window()
    response = dock_of(after, "response")
    assert response is not None
    after.resizeDocks([response], [480], Qt.Orientation.Horizontal)
    qtbot.wait(50)
    after.resize(1500, 900)
    qtbot.wait(50)
    assert response.width() == 480


@pytest.mark.parametrize(
    ("screen", "size"),
    [
        ((1280, 720), (1280, 688)),
        ((1366, 1040), (1366, 1000)),
        ((3840, 2160), (1600, 1000)),
        ((800, 800), (1600, 1000)),
    ],
)
def test_a_first_window_stays_on_the_screen_with_its_title(screen: tuple[int, int], size: tuple[int, int]) -> None:
    widget = SimpleNamespace(screen=lambda: SimpleNamespace(availableSize=lambda: QSize(*screen)))
    assert first_size(cast(QWidget, widget), 1600, 1000).toTuple() == size


def test_in_a_small_window_names_of_assets_have_the_room_before_what_limits_them(make_window: MakeWindow) -> None:
    window = make_window()
    window.resize(1280, 720)
    share_window(window)
    table = window.response.table
    asset, limit = (next(at for at, column in enumerate(COLUMNS) if column.key == key) for key in ("asset", "limit"))
    bold = QFontMetrics(name_font(table.font()))
    short, long = "NSRS with SRV Nemo", "Ventilation and depressurisation rig of a distant ship, with its crew"
    table.show_names(frozenset({short, long, *(f"{short[:-1]}{number}" for number in range(8))}))
    assert table.columnWidth(asset) > bold.horizontalAdvance(short) + 12
    assert table.columnWidth(asset) < bold.horizontalAdvance(long)  # one name does not take the room of all reasons
    heading = table.horizontalHeader().fontMetrics().horizontalAdvance("Limited by")
    assert table.columnWidth(limit) > heading
    tip = window.response.model.index(0, asset).data(Qt.ItemDataRole.ToolTipRole)
    assert window.desk.response is not None
    assert window.desk.response.options[0].name in tip


def test_large_letters_leave_a_name_as_many_letters(make_window: MakeWindow) -> None:
    window = make_window()
    window.resize(1280, 720)
    set_letter_size(window, 200)
    table = window.response.table
    table.setFixedWidth(500)  # the figures alone need more
    table.share_width()
    asset = next(at for at, column in enumerate(COLUMNS) if column.key == "asset")
    assert table.columnWidth(asset) >= QFontMetrics(name_font(table.font())).horizontalAdvance("SRDRS with PR")
    set_letter_size(window, 100)
