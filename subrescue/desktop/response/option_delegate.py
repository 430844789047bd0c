"""Paints the two-line cells of the ranked table."""

from __future__ import annotations

from collections.abc import Callable
from itertools import product
from typing import Any, NamedTuple

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QApplication, QStyle, QStyledItemDelegate

from subrescue.desktop.parts.letters import FONT_POINTS
from subrescue.desktop.parts.themes import DAY, Theme
from subrescue.desktop.response.response_model import SECOND_LINE, VERDICT
from subrescue.desktop.response.rows import COLUMNS, Row
from subrescue.desktop.response.verdict_mark import paint_mark
from subrescue.domain.response import Verdict

Index = QModelIndex | QPersistentModelIndex

_MARKED_BY_STYLE = QStyle.StateFlag.State_Selected | QStyle.StateFlag.State_HasFocus | QStyle.StateFlag.State_MouseOver
_LEFT, _RIGHT, _TOP, _MIDDLE, _BOTTOM = (
    int(each)
    for each in (
        Qt.AlignmentFlag.AlignLeft,
        Qt.AlignmentFlag.AlignRight,
        Qt.AlignmentFlag.AlignTop,
        Qt.AlignmentFlag.AlignVCenter,
        Qt.AlignmentFlag.AlignBottom,
    )
)
_MOST_SHORTENED = 4000
"""Words that are kept as they are shown: those of some hundred rows, in columns of some widths."""


class Face(NamedTuple):
    """Which letters: italic for what is behind, bold for names and verdicts, small for the second line."""

    is_italic: bool
    is_bold: bool = False
    is_small: bool = False


class CellLetters:
    """What cells are written in, with one font and theme: fonts, colours and shortened words, asked of Qt once."""

    def __init__(self, font: QFont, theme: Theme) -> None:
        self.font, self.theme = QFont(font), theme  # that of a style option is gone with it
        self.colours = {
            (False, False): QColor(theme.text),
            (False, True): QColor(theme.quiet),
            (True, False): QColor(theme.selection_text),
            (True, True): QColor(theme.selection_text),
        }
        """By whether a cell is chosen, and whether the words are quiet ones."""
        self.verdicts = {verdict: QColor(theme.verdict(verdict)) for verdict in Verdict}
        self._fonts = {face: _font(font, face) for face in (Face(*each) for each in product((False, True), repeat=3))}
        self._shortened: dict[tuple[str, int, Face], str] = {}

    def write(self, painter: QPainter, area: QRect, flags: int, words: str, face: Face, colour: QColor) -> None:
        """Write words into an area, shortened where they are too long for it."""
        painter.setFont(self._fonts[face])
        painter.setPen(colour)
        wide = area.width()
        shown = self._shortened.get((words, wide, face))
        if shown is None:
            if len(self._shortened) >= _MOST_SHORTENED:
                self._shortened.clear()
            shown = painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, wide)
            self._shortened[words, wide, face] = shown
        painter.drawText(area, flags, shown)


class OptionDelegate(QStyledItemDelegate):
    """Paints a cell in two lines: the figure, and below it, smaller and quieter, its band or its way.

    A table that follows the hand is painted while the map waits, and asking Qt takes longer than painting: the style is
    asked only of cells that it marks, the model not at all (`row_at` tells of a row), fonts, colours and shortened
    words once.
    """

    def __init__(self, parent: Any = None, row_at: Callable[[int], Row | None] = lambda _: None) -> None:
        super().__init__(parent)
        self.theme: Theme = DAY
        self._row_at = row_at
        self._letters: CellLetters | None = None

    # The stubs of the style option leave out its fields (font, rect, state, text, widget): Any takes them as they are.
    def sizeHint(self, option: Any, index: Index) -> QSize:
        """Two lines high, as wide as the longer one."""
        lines = QFontMetrics(option.font)
        wide = max(
            lines.horizontalAdvance(str(index.data() or "")),
            lines.horizontalAdvance(str(index.data(SECOND_LINE) or "")),
        )
        return QSize(wide + 14, row_height(option.font))

    def paint(self, painter: QPainter, option: Any, index: Index) -> None:
        """Paint background, mark and both lines."""
        state = option.state
        if state & _MARKED_BY_STYLE:
            style = option.widget.style() if option.widget is not None else QApplication.style()
            option.index = index  # words, colours and signs are painted here: the option needs none
            style.drawControl(QStyle.ControlElement.CE_ItemViewItem, option, painter, option.widget)
        letters = self._letters_in(option.font)
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        row = self._row_at(index.row())
        painter.save()
        if row is None:
            self._paint_group(painter, letters, option.rect, index, chosen)
        else:
            self._paint_cell(painter, letters, option.rect, row, index.column(), chosen)
        painter.restore()

    def _paint_cell(
        self, painter: QPainter, letters: CellLetters, rect: QRect, row: Row, place: int, chosen: bool
    ) -> None:
        column, cell = COLUMNS[place], row.cells[place]
        margin = 4 if column.right else 6
        area = rect.adjusted(margin, 1, -margin, -1)
        is_verdict, second = column.key == "verdict", cell.second
        if is_verdict:
            area = _beside_mark(painter, area, row.verdict, letters)
        side = _RIGHT if column.right else _LEFT
        pen = letters.verdicts[row.verdict] if is_verdict else letters.colours[chosen, row.is_behind]
        is_bold = is_verdict or column.key == "asset"
        letters.write(painter, area, side | (_TOP if second else _MIDDLE), cell.text, Face(row.is_behind, is_bold), pen)
        if second:
            face = Face(row.is_behind, is_small=True)
            letters.write(painter, area, side | _BOTTOM, second, face, letters.colours[chosen, True])

    def _paint_group(self, painter: QPainter, letters: CellLetters, rect: QRect, index: Index, chosen: bool) -> None:
        """The head of a group: the mark of its best, and the words across all columns."""
        if not chosen:
            painter.fillRect(rect, QColor(self.theme.heading))
        area = _beside_mark(painter, rect.adjusted(6, 1, -6, -1), Verdict(index.data(VERDICT)), letters)
        pen = letters.colours[chosen, False]
        letters.write(painter, area, _MIDDLE, str(index.data() or ""), Face(False, True), pen)

    def _letters_in(self, font: QFont) -> CellLetters:
        """Those for the font that the table has now, and the theme."""
        letters = self._letters
        if letters is None or letters.theme is not self.theme or letters.font != font:
            self._letters = letters = CellLetters(font, self.theme)
        return letters


def mark_px(font: QFont) -> int:
    """Pixels that the mark of a verdict is across: it grows with large letters."""
    return round(11 * max(1.0, font.pointSizeF() / FONT_POINTS))


def _beside_mark(painter: QPainter, area: QRect, verdict: Verdict, letters: CellLetters) -> QRect:
    """Paint the mark of a verdict at the left of a cell; the room beside it."""
    wide = mark_px(letters.font)
    paint_mark(painter, QPointF(area.left() + 0.5 + wide / 2, area.center().y() + 0.5), wide, verdict, letters.theme)
    return area.adjusted(wide + 6, 0, 0, 0)


def row_height(font: QFont) -> int:
    """Height of a row of two lines."""
    return QFontMetrics(font).height() + QFontMetrics(_font(font, Face(False, is_small=True))).height() + 5


def name_font(font: QFont) -> QFont:
    """The letters in which a table with this font says names."""
    return _font(font, Face(False, is_bold=True))


def _font(font: QFont, face: Face) -> QFont:
    """The font of a table with a face."""
    made = QFont(font)
    if face.is_italic:
        made.setItalic(True)
    if face.is_bold:
        made.setWeight(QFont.Weight.DemiBold)
    if face.is_small:
        made.setPointSizeF(font.pointSizeF() * 0.92)
    return made
