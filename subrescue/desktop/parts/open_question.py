"""A question that another window still asks is brought to the front before that window goes: what was typed in it would
go unseen.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QApplication, QWidget

from subrescue.desktop.parts.boxes import bring_to_front
from subrescue.desktop.parts.words import tr

if TYPE_CHECKING:
    from subrescue.desktop.main_window import MainWindow


def open_question() -> QWidget | None:
    """The question that is open over any window of the program."""
    return QApplication.activeModalWidget()


def question_left(window: MainWindow) -> bool:
    """Whether a question is open that has to be ended first; says so, and shows it."""
    question = open_question()
    if question is None:
        return False
    words = tr("{title}: still open; end it first, then leave.", title=question.windowTitle())
    window.message_bar.show_message(words)
    bring_to_front(question)
    return True
