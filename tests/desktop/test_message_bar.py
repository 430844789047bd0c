"""The bar of messages: a fault and a note differ by their colour too."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel

from subrescue.desktop.parts.message_bar import MessageBar
from subrescue.desktop.parts.themes import THEMES, dress
from tests.desktop.driving import MakeWindow


@pytest.mark.parametrize("name", THEMES)
def test_words_have_the_colour_of_their_weight(name: str, qtbot: Any) -> None:
    bar, theme = MessageBar(), THEMES[name]
    qtbot.addWidget(bar)
    dress(theme)
    words = bar.findChild(QLabel)
    for is_note, colour in ((False, theme.error_text), (True, theme.warning_text), (False, theme.error_text)):
        bar.show_message("Report written", note=is_note)
        assert words.palette().windowText().color().name() == colour


def test_the_map_does_not_move_for_a_message(make_window: MakeWindow) -> None:
    window = make_window()
    assert window.desk.response is not None
    other = next(option for option in window.desk.response.options if option.asset_id != window.desk.selected)
    window.desk.select(other.asset_id)  # a map that is fitted again would show the way of this one
    view = window.map.canvas.view
    window.message_bar.show_message("Report written")
    QTest.qWait(0)
    bar, top = window.message_bar, window.map.mapTo(window, QPoint(0, 0))
    assert window.map.canvas.view == view
    assert bar.isVisible()
    assert (bar.mapTo(window, QPoint(0, 0)), bar.width()) == (top, window.map.width())
    assert bar.height() < 3 * bar.fontMetrics().lineSpacing()
