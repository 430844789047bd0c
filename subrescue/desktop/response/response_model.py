"""The ranked options as a table model for Qt, and the painter of its two-line cells."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from itertools import groupby
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, QPointF, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QApplication, QStyle, QStyledItemDelegate

from subrescue.desktop.app import FONT_POINTS
from subrescue.desktop.parts.themes import DAY, Theme
from subrescue.desktop.parts.words import tr
from subrescue.desktop.response.rows import COLUMNS, Cell, Row, rows_of
from subrescue.desktop.response.verdict_mark import paint_mark
from subrescue.domain.case import Offer
from subrescue.domain.response import Response, Verdict

Index = QModelIndex | QPersistentModelIndex
_NO_PARENT = QModelIndex()

SECOND_LINE = Qt.ItemDataRole.UserRole + 1
VERDICT = Qt.ItemDataRole.UserRole + 2
ASSET_ID = Qt.ItemDataRole.UserRole + 3
IS_GROUP = Qt.ItemDataRole.UserRole + 4
"""The row is the head of a group of options."""

ROW = Qt.ItemDataRole.UserRole + 5
"""The option itself, as a `Row`; None of the head of a group."""


class ResponseModel(QAbstractTableModel):
    """One row an option, in the order of the response."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: tuple[Row, ...] = ()

    def show(
        self,
        response: Response | None,
        offers: Iterable[Offer] = (),
        behind: Collection[str] = frozenset(),
        estimated: Collection[str] = frozenset(),
    ) -> None:
        """Show another response. Where the ranking stays, cells are changed in place: selection and scroll stay.

        Only cells that say something else are told of: to paint a table takes longer than to fill it.
        """
        rows = rows_of(response, offers, behind, estimated) if response is not None else ()
        same = [row.asset_id for row in rows] == [row.asset_id for row in self.rows]
        if same and rows:
            rows = tuple(row.keeping(before) for row, before in zip(rows, self.rows, strict=True))
            changed = [row.changed_since(before) for row, before in zip(rows, self.rows, strict=True)]
            self.rows = rows
            for columns, places in groupby(range(len(rows)), key=changed.__getitem__):
                if columns:
                    held = tuple(places)
                    self.dataChanged.emit(self.index(held[0], columns[0]), self.index(held[-1], columns[-1]))
        elif rows != self.rows:
            self.beginResetModel()
            self.rows = rows
            self.endResetModel()

    def row_of(self, asset_id: str | None) -> int | None:
        """The row of an asset, or None."""
        return next((place for place, row in enumerate(self.rows) if row.asset_id == asset_id), None)

    def rowCount(self, parent: Index = _NO_PARENT) -> int:
        """As many rows as options."""
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = _NO_PARENT) -> int:
        """The columns of the table of columns."""
        return 0 if parent.isValid() else len(COLUMNS)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Text of a cell; both lines by roles of their own."""
        if not index.isValid():
            return None
        row = self.rows[index.row()]
        if role == ROW:  # first: a table that is painted asks for nothing else
            return row
        cell: Cell = row.cells[index.column()]
        if role == Qt.ItemDataRole.DisplayRole:
            return cell.text
        if role == SECOND_LINE:
            return cell.second
        if role == Qt.ItemDataRole.ToolTipRole:
            return "\n".join(filter(None, (cell.tip, _behind(row)))) or None
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return " ".join(filter(None, (cell.text, cell.second, _behind(row))))
        if role == VERDICT:
            return row.verdict.value
        if role == ASSET_ID:
            return row.asset_id
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if COLUMNS[index.column()].right else Qt.AlignmentFlag.AlignLeft
            return side | Qt.AlignmentFlag.AlignVCenter
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Headings with their help; ranks at the side."""
        if orientation == Qt.Orientation.Vertical:
            return str(section + 1) if role == Qt.ItemDataRole.DisplayRole else None
        if not 0 <= section < len(COLUMNS):
            return None
        column = COLUMNS[section]
        if role == Qt.ItemDataRole.DisplayRole:
            return tr(column.title)
        if role == Qt.ItemDataRole.ToolTipRole:
            return tr(column.tip)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if column.right else Qt.AlignmentFlag.AlignLeft
            return side | Qt.AlignmentFlag.AlignVCenter
        return None


def still_as_before() -> str:
    """What is said of all that still is of the case before."""
    return tr("Still as before; it follows when the hand rests.")


def _behind(row: Row) -> str:
    if row.is_estimated:
        return tr("Hours are estimated from the longer or shorter passage; they are being worked out.")
    return still_as_before() if row.is_behind else ""


class OptionDelegate(QStyledItemDelegate):
    """Paints a cell in two lines: the figure, and below it, smaller and quieter, its band or its way."""

    def __init__(self, parent: Any = None) -> None:
        super().__init__(parent)
        self.theme: Theme = DAY

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
        style = option.widget.style() if option.widget is not None else QApplication.style()
        # Words, colours and signs are painted here: the option needs none, and asking for them takes most of a frame.
        option.index = index
        style.drawControl(QStyle.ControlElement.CE_ItemViewItem, option, painter, option.widget)
        row: Row | None = index.data(ROW)
        if row is None:
            self._paint_group(painter, option, index, str(index.data() or ""))
            return
        place = index.column()
        column, cell = COLUMNS[place], row.cells[place]
        text, second = cell.text, cell.second
        margin = 4 if column.right else 6
        area: QRect = option.rect.adjusted(margin, 1, -margin, -1)
        painter.save()
        theme = self.theme
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        font = _italic(option.font) if row.is_behind else option.font
        usual = theme.quiet if row.is_behind else theme.text
        painter.setFont(font)
        painter.setPen(QColor(theme.selection_text if chosen else usual))
        if column.key == "verdict":
            _paint_verdict(painter, area, row.verdict, theme, option.font)
            painter.setPen(QColor(theme.verdict(row.verdict)))
            painter.setFont(_bold(font))
            beside = area.adjusted(mark_px(option.font) + 6, 0, 0, 0)
            upper = Qt.AlignmentFlag.AlignTop if second else Qt.AlignmentFlag.AlignVCenter
            _line(painter, beside, upper, text)
            if second:
                painter.setFont(_small(font))
                painter.setPen(QColor(theme.selection_text if chosen else theme.quiet))
                _line(painter, beside, Qt.AlignmentFlag.AlignBottom, second)
            painter.restore()
            return
        side = Qt.AlignmentFlag.AlignRight if column.right else Qt.AlignmentFlag.AlignLeft
        if column.key == "asset":
            painter.setFont(_bold(font))
        _line(painter, area, side | (Qt.AlignmentFlag.AlignTop if second else Qt.AlignmentFlag.AlignVCenter), text)
        if second:
            painter.setFont(_small(font))
            painter.setPen(QColor(theme.selection_text if chosen else theme.quiet))
            _line(painter, area, side | Qt.AlignmentFlag.AlignBottom, second)
        painter.restore()

    def _paint_group(self, painter: QPainter, option: Any, index: Index, text: str) -> None:
        """The head of a group: the mark of its best, and the words across all columns."""
        theme, area = self.theme, option.rect.adjusted(6, 1, -6, -1)
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        if not chosen:
            painter.fillRect(option.rect, QColor(theme.heading))
        _paint_verdict(painter, area, Verdict(index.data(VERDICT)), theme, option.font)
        painter.setPen(QColor(theme.selection_text if chosen else theme.text))
        painter.setFont(_bold(option.font))
        _line(painter, area.adjusted(mark_px(option.font) + 6, 0, 0, 0), Qt.AlignmentFlag.AlignVCenter, text)
        painter.restore()


def mark_px(font: QFont) -> int:
    """Pixels that the mark of a verdict is across: it grows with large letters."""
    return round(11 * max(1.0, font.pointSizeF() / FONT_POINTS))


def _paint_verdict(painter: QPainter, area: QRect, verdict: Verdict, theme: Theme, font: QFont) -> None:
    """The mark of a verdict at the left of a cell."""
    wide = mark_px(font)
    paint_mark(painter, QPointF(area.left() + 0.5 + wide / 2, area.center().y() + 0.5), wide, verdict, theme)


def row_height(font: QFont) -> int:
    """Height of a row of two lines."""
    return QFontMetrics(font).height() + QFontMetrics(_small(font)).height() + 5


def _line(painter: QPainter, area: QRect, flags: Qt.AlignmentFlag, text: str) -> None:
    shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, area.width())
    painter.drawText(area, int(flags), shown)


def name_font(font: QFont) -> QFont:
    """The letters in which a table with this font says names."""
    return _bold(font)


def _bold(font: QFont) -> QFont:
    bold = QFont(font)
    bold.setWeight(QFont.Weight.DemiBold)
    return bold


def _italic(font: QFont) -> QFont:
    italic = QFont(font)
    italic.setItalic(True)
    return italic


def _small(font: QFont) -> QFont:
    small = QFont(font)
    small.setPointSizeF(font.pointSizeF() * 0.92)
    return small
