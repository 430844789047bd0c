"""Draws the registry's cells fast enough for a table of thousands that changes with every key that is pressed.

Qt's own delegate asks the model seven times a cell and lays every text out anew; a screen of cells took 40 ms so. Here
a cell is laid out once and kept while its entry, its width and the colours stay.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPalette, QStaticText, QTextOption, QTransform
from PySide6.QtWidgets import QStyle, QStyleOptionViewItem

from subrescue.desktop.parts.themes import Theme
from subrescue.desktop.registry.model import Index, RegistryModel
from subrescue.exchange.registry_table.facets import Row

MOST_KEPT = 2_000
"""Rows whose cells are kept laid out: some fifty screens."""

_OF_QT = (QStyle.StateFlag.State_Selected | QStyle.StateFlag.State_HasFocus | QStyle.StateFlag.State_MouseOver).value
"""States of cells that Qt draws: there are few of them at a time, and their look is the style's own business."""


@dataclass(frozen=True, slots=True)
class _Look:
    """What all cells share: font, colour of plain text, and how far from its cell's edges a text stands, in pixels."""

    font: QFont
    palette: int
    metrics: QFontMetrics
    text: QColor
    left: int
    right: int


_Laid = tuple[QStaticText, float, int, QColor]
"""A text, how far it stands from the left and the top of its cell in pixels, and its colour."""


class CellPainter:
    """Draws what Qt's delegate would draw, the text from a store of texts that are laid out already."""

    def __init__(self, model: RegistryModel) -> None:
        self._model = model
        self._theme: Theme | None = None
        self._look: _Look | None = None
        self._last = (-1, -1)
        self._kept: dict[Row, dict[tuple[str, int], _Laid]] = {}
        model.dataChanged.connect(self._forget)

    def drawn(self, painter: QPainter, option: Any, index: Index) -> bool:
        """Draw a cell; False for a chosen one, and one below the mouse, which are left to Qt."""
        if option.state.value & _OF_QT:
            return False
        model = self._model
        line, column = index.row(), index.column()
        look = self._look
        # Once a row is enough to ask for font and colours: a row is drawn at one go, from the first column to the last.
        if look is None or line != self._last[0] or column <= self._last[1]:
            look = self._looked(option)
        self._last = (line, column)
        place = option.rect
        row = model.rows[line]
        cells = self._kept.get(row)
        if cells is None:
            if len(self._kept) > MOST_KEPT:
                self._kept.clear()
            cells = self._kept[row] = {}
        key = (model.columns[column].path, place.width())
        laid = cells.get(key)
        if laid is None:
            laid = cells[key] = self._laid_out(look, row, column, place.size())
        text, across, down, colour = laid
        painter.setFont(look.font)
        painter.setPen(colour)
        painter.drawStaticText(QPointF(place.x() + across, place.y() + down), text)
        return True

    def _forget(self, first: Index, last: Index, _roles: object = None) -> None:
        """Lay out anew what the model says it shows otherwise."""
        for row in self._model.rows[first.row() : last.row() + 1]:
            self._kept.pop(row, None)

    def _looked(self, option: Any) -> _Look:
        """The look of the cells; where it is another one, every cell is laid out anew."""
        look, theme = self._look, self._model.theme
        if (
            look is None
            or theme is not self._theme
            or option.font != look.font
            or option.palette.cacheKey() != look.palette
        ):
            self._kept.clear()
            self._theme = theme
            look = self._look = _look_of(option)
        return look

    def _laid_out(self, look: _Look, row: Row, column: int, size: QSize) -> _Laid:
        words, colour, to_right = self._model.cell(row, column)
        room = size.width() - look.left - look.right
        first, *more = words.splitlines() or [""]
        shown = look.metrics.elidedText(first + ("…" if more else ""), Qt.TextElideMode.ElideRight, room)
        text = QStaticText(shown)
        text.setTextFormat(Qt.TextFormat.PlainText)
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.NoWrap)
        text.setTextOption(option)
        text.prepare(QTransform(), look.font)
        across = size.width() - look.right - text.size().width() if to_right else look.left
        down = (size.height() - look.metrics.height()) // 2
        return text, across, down, colour if colour is not None else look.text


def _look_of(option: Any) -> _Look:
    """Ask the style where it would put the text of a cell."""
    cell = QStyleOptionViewItem(option)  # the view goes on with its own
    cell.features = QStyleOptionViewItem.ViewItemFeature.HasDisplay
    style = option.widget.style()
    inner = style.subElementRect(QStyle.SubElement.SE_ItemViewItemText, cell, option.widget)
    margin = style.pixelMetric(QStyle.PixelMetric.PM_FocusFrameHMargin, cell, option.widget) + 1
    return _Look(
        font=QFont(option.font),
        palette=option.palette.cacheKey(),
        metrics=QFontMetrics(option.font),
        text=option.palette.color(QPalette.ColorRole.Text),
        left=inner.left() - option.rect.left() + margin,
        right=option.rect.right() - inner.right() + margin,
    )
