"""What is being typed counts before anything is done with the case: saved, printed, put aside for another one.

Neither a menu nor a box nor a key of the window takes the keys from a field in the way that Qt takes for the end of
an entry: without this a file lacked what the screen showed.
"""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QAbstractItemDelegate, QAbstractItemView, QComboBox, QLineEdit, QSlider, QWidget


def end_entry(window: QWidget) -> None:
    """Have the field, cell or lever of a window that has the keys hand on what stands in it; it keeps the keys."""
    field = window.focusWidget()
    if isinstance(field, QSlider) and not field.isSliderDown():
        QCoreApplication.sendEvent(field, QFocusEvent(QEvent.Type.FocusOut, Qt.FocusReason.OtherFocusReason))
    line = field.lineEdit() if isinstance(field, QComboBox) else field
    if not isinstance(line, QLineEdit):
        return
    table = _table_of(line)
    if table is not None:
        table.commitData(line)
        table.closeEditor(line, QAbstractItemDelegate.EndEditHint.NoHint)
    elif line.isModified():
        line.editingFinished.emit()


def _table_of(field: QWidget) -> QAbstractItemView | None:
    """The table of which it is the editor of the current cell."""
    above = field.parentWidget()
    table = above.parentWidget() if above is not None else None
    if isinstance(table, QAbstractItemView) and table.indexWidget(table.currentIndex()) is field:
        return table
    return None
