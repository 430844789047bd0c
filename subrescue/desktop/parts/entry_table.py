"""A table of a form that is filled in cell by cell: Tab goes through its cells and out at its end."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QPoint, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QScrollArea,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

Index = QModelIndex | QPersistentModelIndex
_HINT = QAbstractItemDelegate.EndEditHint
_STEPS = {_HINT.EditNextItem: 1, _HINT.EditPreviousItem: -1}
_MARGIN_PX = 24
"""What is to be seen about the cell that has the keys: the form shows where it goes on."""


class NamedCells(QStyledItemDelegate):
    """Tells of the editor of a cell which one it is, by row and column, and what the tooltip of the cell says."""

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        """As the class says."""
        editor = super().createEditor(parent, option, index)
        model, row = index.model(), index.row()
        beside = model.headerData(row, Qt.Orientation.Vertical) or model.index(row, 0).data()
        above = model.headerData(index.column(), Qt.Orientation.Horizontal)
        tip = str(index.data(Qt.ItemDataRole.ToolTipRole) or "")
        editor.setAccessibleName(", ".join(" ".join(str(words).split()) for words in (beside, above) if words))
        editor.setAccessibleDescription(tip)
        editor.setToolTip(tip)
        return editor


class EntryTable(QTableView):
    """The form about it is moved so that the cell with the keys is in sight, and F2 edits that cell."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTabKeyNavigation(False)
        self.setItemDelegate(NamedCells(self))

    def event(self, event: QEvent) -> bool:
        """Keep F2 from the action of the window that has it."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            can_edit = bool(self.currentIndex().flags() & Qt.ItemFlag.ItemIsEditable)
            if event.key() == Qt.Key.Key_F2 and can_edit:
                event.accept()
                return True
        return super().event(event)

    def closeEditor(self, editor: QWidget, hint: QAbstractItemDelegate.EndEditHint) -> None:
        """Leave the table where Tab was pressed in its last cell; Qt would begin again at the first, for ever."""
        step, model = _STEPS.get(hint, 0), self.model()
        end = model.index(model.rowCount() - 1, model.columnCount() - 1) if step > 0 else model.index(0, 0)
        if step and self.currentIndex() == end:
            super().closeEditor(editor, _HINT.NoHint)
            self.focusNextPrevChild(step > 0)
            return
        super().closeEditor(editor, hint)

    def give_up_entry(self) -> None:
        """Close the editor that is open, and take nothing from it."""
        editor = self.indexWidget(self.currentIndex())
        if self.state() == QTableView.State.EditingState and editor is not None:
            super().closeEditor(editor, _HINT.RevertModelCache)

    def currentChanged(self, current: Index, previous: Index) -> None:
        """Move the form to the cell."""
        super().currentChanged(current, previous)
        area = self.parentWidget()
        while area is not None and not isinstance(area, QScrollArea):
            area = area.parentWidget()
        inside = area.widget() if area is not None else None
        if area is not None and inside is not None and current.isValid():
            box = self.visualRect(current)
            at = self.viewport().mapTo(inside, QPoint(0, 0)) + box.center()
            area.ensureVisible(at.x(), at.y(), 0, box.height() // 2 + _MARGIN_PX)
