"""The three stated hours show their words whole in a form of any width."""

from __future__ import annotations

from typing import Any

import pytest

from subrescue.desktop.casualty.stated_survival import StatedSurvival
from subrescue.desktop.window.language_switch import use_language


@pytest.fixture
def in_russian(letters_as_before: None) -> None:
    use_language("ru")


@pytest.mark.parametrize("wide", [200, 280, 420])
def test_not_stated_is_never_cut(qtbot: Any, in_russian: None, wide: int) -> None:
    stated = StatedSurvival()
    qtbot.addWidget(stated)
    stated.resize(wide, 200)
    stated.show()
    rows = 3 if wide == 200 else 1
    qtbot.wait_until(lambda: len({editor.y() for editor in stated.hours.values()}) == rows)
    for editor in stated.hours.values():
        assert editor.width() > editor.fontMetrics().horizontalAdvance(editor.placeholderText()) + 8
