"""What the window says of its own work is in the language that is spoken, seconds too."""

from __future__ import annotations

from typing import Any

from subrescue.desktop.case.work_clock import WorkClock
from subrescue.desktop.parts.words import set_language


def test_seconds_are_counted_in_the_language_of_the_window(qtbot: Any) -> None:
    said: list[str] = []
    clock = WorkClock()
    clock.said.connect(said.append)
    set_language("ru")
    clock.begin("Поиск")
    qtbot.wait_until(lambda: said[-1] == "Поиск… 1 с", timeout=5000)
    clock.end()
    set_language("en")
    assert said[0] == "Поиск…"
    assert said[-1] == ""
