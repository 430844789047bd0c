"""Texts as they were written: what others call a boat, a case or a file may look like the markup of a page, which would
be hidden, or have a picture read from the disk."""

from __future__ import annotations

import re
from html import escape

from PySide6.QtGui import Qt
from PySide6.QtWidgets import QLabel, QWidget

_LONG_PART = re.compile(r"\S{12}(?=\S)")


class PlainLabel(QLabel):
    """A label that shows every sign of its text."""

    def __init__(self, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setText(text)


def plain_tip(words: str) -> str:
    """What a tooltip is given to show these words: it takes for markup what looks like it."""
    if not Qt.mightBeRichText(words):
        return words
    return f"<p style='white-space:pre-wrap'>{escape(words)}</p>"


def shortened(words: str, most: int = 40) -> str:
    """Words for a question about what others have named: no more signs than `most`."""
    return words if len(words) <= most else f"{words[: most - 1].rstrip()}…"


def breakable(words: str) -> str:
    """Words that may go on in the next line within a long word too, as the path of a file is one."""
    return _LONG_PART.sub(lambda found: f"{found[0]}\u200b", words)


def without_keys(words: str) -> str:
    """Words for the label of a box, in which the sign & would name a key."""
    return words.replace("&", "&&")
