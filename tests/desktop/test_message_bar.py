"""The bar of messages: a fault and a note differ by their colour too."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtWidgets import QLabel

from subrescue.desktop.parts.message_bar import MessageBar
from subrescue.desktop.parts.themes import THEMES, dress


@pytest.mark.parametrize("name", THEMES)
def test_words_have_the_colour_of_their_weight(name: str, qtbot: Any) -> None:
    bar, theme = MessageBar(), THEMES[name]
    qtbot.addWidget(bar)
    dress(theme)
    words = bar.findChild(QLabel)
    for is_note, colour in ((False, theme.error_text), (True, theme.warning_text), (False, theme.error_text)):
        bar.show_message("Report written", note=is_note)
        assert words.palette().windowText().color().name() == colour
