"""The letters of the paper: one family that travels along, in points, so that a page looks the same everywhere."""

from __future__ import annotations

from functools import cache
from typing import Literal

from PySide6.QtGui import QFont, QFontDatabase, QFontMetricsF

from subrescue.desktop.parts.words import held

Style = Literal["title", "heading", "strong", "plain", "cell", "cell_strong", "small"]

_POINTS: dict[Style, tuple[float, bool]] = {
    "title": (15.0, True),
    "heading": (10.5, True),
    "strong": (8.5, True),
    "plain": (8.5, False),
    "cell": (7.0, False),
    "cell_strong": (7.0, True),
    "small": (6.0, False),
}
FAMILY = "DejaVu Sans Condensed"


@cache
def bring_letters() -> None:
    """Make the family known to Qt, once; called on the GUI's thread before anything is laid out."""
    from subrescue.store.paths import resources_dir

    for name in ("DejaVuSansCondensed.ttf", "DejaVuSansCondensed-Bold.ttf"):
        QFontDatabase.addApplicationFont(str(resources_dir() / "fonts" / name))


TENTHS = 10
"""A painter of pages counts in tenths of a point: sizes of letters are whole numbers to Qt."""


def font_of(style: Style, share: float = 1.0) -> QFont:
    """The font of a style for a painter that counts in tenths of a point, smaller by a share where room is scarce."""
    points, bold = _POINTS[style]
    font = QFont(FAMILY)
    font.setBold(bold)
    font.setPixelSize(max(1, int(points * share * TENTHS)))
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    return font


class Letters:
    """Widths of words and heights of lines in points; what was measured is kept, for tables repeat their words."""

    def __init__(self) -> None:
        self._metrics: dict[Style, QFontMetricsF] = {}
        self._widths: dict[tuple[Style, str], float] = {}

    def metrics(self, style: Style) -> QFontMetricsF:
        """Measures of a style in tenths of a point."""
        if style not in self._metrics:
            self._metrics[style] = QFontMetricsF(font_of(style))
        return self._metrics[style]

    def width(self, style: Style, words: str) -> float:
        """Width of words in points."""
        key = (style, words)
        if key not in self._widths:
            self._widths[key] = self.metrics(style).horizontalAdvance(words) / TENTHS
        return self._widths[key]

    def height(self, style: Style) -> float:
        """From line to line in points."""
        return self.metrics(style).height() / TENTHS

    def ascent(self, style: Style) -> float:
        """From the top of a line to the foot of its letters in points."""
        return self.metrics(style).ascent() / TENTHS

    def folded(self, style: Style, text: str, room: float) -> list[str]:
        """The lines of a text in a column; a word that is wider than the column is broken, no other.

        What a space that does not break holds together, a number and its sign, is one word.
        """
        lines: list[str] = []
        for part in held(text).split("\n"):
            line = ""
            for word in filter(None, part.replace("\t", " ").split(" ")):
                longer = f"{line} {word}" if line else word
                if self.width(style, longer) <= room:
                    line = longer
                    continue
                if line:
                    lines.append(line)
                *whole, line = self._pieces(style, word, room)
                lines += whole
            lines.append(line)
        return lines

    def _pieces(self, style: Style, word: str, room: float) -> list[str]:
        pieces = [""]
        for letter in word:
            if pieces[-1] and self.width(style, pieces[-1] + letter) > room:
                pieces.append("")
            pieces[-1] += letter
        return pieces
