"""Ctrl+C in a table puts its rows on the clipboard as tab-separated text, in the order in which it shows them."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractItemView, QApplication, QTableView, QTreeWidget, QTreeWidgetItem

from subrescue.desktop.parts.table_copy import rows_as_text, table_at
from tests.desktop.driving import MakeWindow


def table(qtbot: Any, *rows: tuple[str, ...]) -> QTableView:
    model = QStandardItemModel()
    model.setHorizontalHeaderLabels(["Name", "Hidden", "Hours"])
    for row in rows:
        model.appendRow([QStandardItem(words) for words in row])
    view = QTableView()
    qtbot.addWidget(view)
    model.setParent(view)
    view.setModel(model)
    view.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    view.setColumnHidden(1, True)
    return view


def test_rows_stand_as_shown_and_hidden_columns_are_left_out(qtbot: Any) -> None:
    view = table(qtbot, ("A", "x", "1"), ("B", "y", "2"))
    assert rows_as_text(view) == "Name\tHours\nA\t1\nB\t2\n"
    view.horizontalHeader().moveSection(2, 0)
    view.selectRow(1)
    assert rows_as_text(view) == "Hours\tName\n2\tB\n"


def test_no_cell_shifts_a_column_or_runs_in_a_spreadsheet(qtbot: Any) -> None:
    view = table(qtbot, ("two\tor\nmore", "x", "=1+1"), ("@me", "", "-5"))
    assert rows_as_text(view) == "Name\tHours\ntwo or more\t'=1+1\n'@me\t-5\n"


def test_lists_that_are_trees_are_copied_too(qtbot: Any) -> None:
    tree = QTreeWidget()
    qtbot.addWidget(tree)
    tree.setHeaderLabels(["Edit", "Value"])
    tree.addTopLevelItem(QTreeWidgetItem(["Depth", "80 m"]))
    assert rows_as_text(tree) == "Edit\tValue\nDepth\t80 m\n"


def press_copy(window: Any, widget: Any, qtbot: Any) -> str:
    window.activateWindow()
    widget.setFocus()
    qtbot.wait_until(lambda: QApplication.focusWidget() is widget, timeout=5_000)
    QApplication.clipboard().setText("before")
    QTest.keyClick(widget, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    return QApplication.clipboard().text()


def test_the_chosen_row_of_the_ranked_table_has_both_lines_of_its_cells(make_window: MakeWindow, qtbot: Any) -> None:
    window = make_window()
    lines = press_copy(window, window.response.table, qtbot).splitlines()
    assert lines[0].startswith("Verdict\tAsset\tTTFI h")
    assert len(lines) == 2
    assert lines[1].startswith("go\tNSRS (GB FR NO")
    assert "\t56 (50-72)\t" in lines[1]


def test_the_tables_of_log_and_assumptions_are_copied(make_window: MakeWindow, qtbot: Any) -> None:
    window = make_window()
    window.desk.write_log("Ship sailed")
    window._docks["log"].raise_()
    log = window._docks["log"].widget().table
    qtbot.wait_until(log.isVisible, timeout=5_000)
    assert "\tShip sailed" in press_copy(window, log, qtbot)
    window._docks["assumptions"].raise_()
    qtbot.wait_until(window.assumptions.table.isVisible, timeout=5_000)
    assert "Fit-out of a certified ship, h\t8\t12\t24" in press_copy(window, window.assumptions.table, qtbot)


def test_a_field_of_text_copies_its_own_words(make_window: MakeWindow, qtbot: Any) -> None:
    window = make_window()
    editor = window.form.editors["dissub.name"]
    editor.selectAll()
    window.activateWindow()
    editor.setFocus()
    qtbot.wait_until(lambda: QApplication.focusWidget() is editor, timeout=5_000)
    editor.selectAll()
    QTest.keyClick(editor, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QApplication.clipboard().text() == "Boat"
    assert table_at(editor) is None
