"""What is refused is told where the user looks, with the field that it is about, and gone once it is mended."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from subrescue.desktop.casualty.casualty_form import DEPTH
from subrescue.desktop.casualty.compartments import ROWS
from subrescue.desktop.main_window import MainWindow
from subrescue.desktop.parts.in_sight import InSight
from tests.desktop.driving import MakeWindow, type_into
from tests.desktop.samples import CASE


def told(window: MainWindow) -> str:
    (found,) = window.form.findChildren(InSight)
    return "" if found.isHidden() else found.text()


def test_a_cell_that_is_refused_above_its_message_says_why_at_the_edge_of_the_form(make_window: MakeWindow) -> None:
    """The typed figure vanished, and why stood below the table, out of sight."""
    window = make_window()
    window.resize(1280, 720)
    window.show()
    table = window.form.compartments
    table.add.click()
    cell = table.model.index(ROWS.index("co2_percent"), 0)
    table.view.setCurrentIndex(cell)
    table.model.setData(cell, "34x")
    assert told(window) == "CO2 (compartment 1): Found '34x'; allowed is 0 to 20 %"
    (bar,) = window.form.findChildren(InSight)
    QTest.mouseClick(bar, Qt.MouseButton.LeftButton)
    assert told(window) == ""  # the message itself is in sight
    table.view.setCurrentIndex(table.model.index(0, 0))
    window.form.verticalScrollBar().setValue(0)
    assert told(window) != ""
    table.model.setData(cell, "3.4")
    assert told(window) == ""


def test_a_field_that_was_left_refused_is_named_while_the_form_shows_another_part(make_window: MakeWindow) -> None:
    window = make_window()
    window.resize(1280, 720)
    window.show()
    type_into(window, DEPTH, "600fd")
    assert told(window) == ""
    scroll = window.form.verticalScrollBar()
    scroll.setValue(scroll.maximum())
    assert told(window) == "Depth: Found '600fd'; allowed is 0 to 11000 m"
    type_into(window, DEPTH, "180")
    scroll.setValue(scroll.maximum())
    assert told(window) == ""


def test_what_has_the_keys_stays_where_it_is_when_lines_come_above_it(make_window: MakeWindow, qtbot: QtBot) -> None:
    """What is usual at the datum came seconds after the start, and the field that was typed into went out of sight."""
    window = make_window()
    window.resize(1280, 720)
    window.show()
    search, form = window.form.find_passage, window.form
    form.ensureWidgetVisible(search)
    search.setFocus()
    qtbot.wait_until(search.hasFocus)
    before = search.mapTo(form, QPoint(0, 0)).y()
    assert 0 < before < form.height()
    window.desk.edit("environment.forecast", [{"at": CASE.alert, "wave_height_m": 2.0}])  # a table above it
    qtbot.wait_until(lambda: form.forecast.view.isVisible())
    assert search.mapTo(form, QPoint(0, 0)).y() == before
    window.desk.session.undo()
    qtbot.wait_until(lambda: not form.forecast.view.isVisible())
    assert search.mapTo(form, QPoint(0, 0)).y() == before
