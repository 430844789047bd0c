"""What is refused is told where the user looks, with the field that it is about, and gone once it is mended."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from subrescue.desktop.casualty.casualty_form import DEPTH
from subrescue.desktop.casualty.compartments import ROWS
from subrescue.desktop.main_window import MainWindow
from subrescue.desktop.parts.in_sight import InSight
from tests.desktop.driving import MakeWindow, type_into


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
    type_into(window, DEPTH, "600ft")
    assert told(window) == ""
    scroll = window.form.verticalScrollBar()
    scroll.setValue(scroll.maximum())
    assert told(window) == "Depth: Found '600ft'; allowed is 0 to 11000 m"
    type_into(window, DEPTH, "180")
    scroll.setValue(scroll.maximum())
    assert told(window) == ""
