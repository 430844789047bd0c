"""Ctrl+C in a table: the chosen rows under their heads as tab-separated text; all rows where none is chosen."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtWidgets import QApplication, QHeaderView, QTableView, QTreeView, QWidget

from subrescue.desktop.features import Feature
from subrescue.desktop.response.rows import as_text, flat


def table_at(widget: QWidget | None) -> QTableView | QTreeView | None:
    """The table that a widget is, or lies in."""
    while widget is not None:
        if isinstance(widget, QTableView | QTreeView):
            return widget
        widget = widget.parentWidget()
    return None


def rows_as_text(view: QTableView | QTreeView) -> str:
    """Heads and chosen rows of a table as it shows them: its order of columns, without those that are hidden."""
    model = view.model()
    header = view.horizontalHeader() if isinstance(view, QTableView) else view.header()
    columns = _shown(header)
    chosen = sorted({index.row() for index in view.selectionModel().selectedIndexes()})
    top = QModelIndex() if isinstance(view, QTableView) else view.currentIndex().parent()
    rows = chosen or range(model.rowCount(top))
    heads = (model.headerData(column, Qt.Orientation.Horizontal) for column in columns)
    lines = ["\t".join(_words(head) for head in heads)]
    lines += ["\t".join(_words(model.index(row, column, top).data()) for column in columns) for row in rows]
    return "\n".join(lines) + "\n"


def _shown(header: QHeaderView) -> list[int]:
    order = (header.logicalIndex(place) for place in range(header.count()))
    return [column for column in order if not header.isSectionHidden(column)]


def _words(value: object) -> str:
    return flat("" if value is None else str(value))


def copy_from(view: QTableView | QTreeView | None) -> bool:
    """Put the rows on the clipboard; false where there is no table."""
    if view is None:
        return False
    QApplication.clipboard().setText(rows_as_text(view))
    return True


class TableCopyFeature(Feature):
    """Copies from the table that has the keys; fields of text copy by themselves."""

    def handlers(self) -> Mapping[str, Callable[[], object]]:
        """Copy rows."""
        return {"copy_rows": self.copy}

    def copy(self) -> None:
        """Copy the chosen rows; of the ranked table with both lines of each cell."""
        response = self.window.response
        view = table_at(QApplication.focusWidget())
        if view is not response.table:
            copy_from(view)
            return
        rows = response.view.rows_shown()
        chosen = tuple(row for row in rows if row.asset_id == self.window.desk.selected)
        QApplication.clipboard().setText(as_text(chosen or rows))
