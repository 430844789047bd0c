"""What other planning desks got wrong, each as a test of this window; those of sea, place and file stand elsewhere.

Fiji across the date line: `tests/earth/test_geodesy.py`; closed passages, the Arctic: `test_router*.py`; killed while
saving: `test_kept_session.py` and `test_restored_session.py`; Enter in an open editor: `test_typing.py` and
`test_registry_window.py` as well.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QPalette
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QDialog, QMenu, QWidget

from subrescue.desktop.casualty.casualty_form import POSITION
from subrescue.desktop.map.measure_tool import measured
from subrescue.desktop.parts.dialogs import Dialogs
from subrescue.desktop.parts.themes import THEMES
from subrescue.desktop.window.language_switch import use_language
from subrescue.domain.position import Position
from subrescue.store.cases import read_case
from tests.desktop.driving import MakeWindow, trigger, type_into
from tests.desktop.test_language import close, in_language


@pytest.fixture(autouse=True)
def english_again() -> Iterator[None]:
    yield
    use_language("en")


@pytest.mark.parametrize("text", ["12 34.500N 045 30.000E", "12°34'30\"N 45°30'0\"E", "12.575N 45.5E"])
def test_three_notations_typed_into_the_window_are_one_point(make_window: MakeWindow, text: str) -> None:
    window = make_window()
    type_into(window, POSITION, text)
    position = window.desk.case.dissub.fix.position
    assert (round(position.lat_deg, 9), round(position.lon_deg, 9)) == (12.575, 45.5)


@pytest.mark.parametrize("notation", ["dm", "dms", "dd", "mgrs", "utm"])
def test_the_position_opened_and_enter_pressed_moves_nothing_in_any_notation(
    make_window: MakeWindow, notation: str
) -> None:
    window = make_window()
    trigger(window, f"notation_{notation}")
    before, editor = window.desk.case, window.form.editors[POSITION]
    editor.setFocus()
    QTest.keyClick(editor, Qt.Key.Key_Return)
    QTest.keyClick(editor, Qt.Key.Key_Tab)
    assert window.desk.case == before
    assert not window.desk.session.unsaved


def test_a_case_saved_in_russian_opens_the_same_in_french(make_window: MakeWindow, qtbot: Any, tmp_path: Path) -> None:
    target = tmp_path / "case.toml"
    window = make_window(dialogs=Dialogs(save_file=lambda *_: target, leave=lambda *_: "discard"))
    russian = in_language(qtbot, window, "ru")
    type_into(russian, "dissub.depth_m", "255,5")
    case = russian.desk.case
    trigger(russian, "save_as")
    french = in_language(qtbot, russian, "fr")
    french.open_file(target)
    assert french.desk.case == case == read_case(target)
    assert french.form.editors["dissub.depth_m"].text() == "255,5"  # type: ignore[union-attr]
    close(french)


def is_red(widget: QWidget) -> bool:
    """Whether no dot is green or blue, and none bright but the mark of the DISSUB in the legend."""
    image = widget.grab().toImage()
    dots = [image.pixelColor(x, y) for x in range(0, image.width(), 7) for y in range(0, image.height(), 7)]
    bright = sum(dot.lightness() >= 180 for dot in dots)
    return bright < 0.01 * len(dots) and all(dot.red() >= max(dot.green(), dot.blue()) for dot in dots)


def test_the_night_covers_every_popup(make_window: MakeWindow) -> None:
    window = make_window()
    trigger(window, "night")
    night = THEMES["night"]
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    menus = [action.menu() for action in window.menuBar().actions()]
    for menu in menus:
        assert isinstance(menu, QMenu)
        menu.popup(window.mapToGlobal(window.rect().center()))
        assert is_red(menu)
        menu.close()
    table, choice = window.response.table, window.form.editors["dissub.plight"]
    table.customContextMenuRequested.emit(table.visualRect(table.model().index(0, 1)).center())
    offers = app.activePopupWidget()
    assert offers is not None
    assert is_red(offers)
    offers.close()
    assert isinstance(choice, QComboBox)
    choice.showPopup()
    assert is_red(choice.view().window())
    choice.hidePopup()
    for name in ("preferences", "palette", "edit_history", "go_to_place", "map_legend", "panel_help", "shortcuts"):
        trigger(window, name)
        opened = [top for top in app.topLevelWidgets() if isinstance(top, QDialog) and top.isVisible()]
        assert len(opened) == 1, name
        assert is_red(opened[0]), name
        opened[0].close()
    assert app.palette().color(QPalette.ColorRole.ToolTipBase).name() == night.field
    assert f"QToolTip {{ color: {night.text}; background: {night.field};" in app.styleSheet()


def test_fiji_is_measured_across_the_date_line() -> None:
    """Three degrees of longitude at 17 S are about 180 NM times the cosine of 17 degrees."""
    ends = (Position(lat_deg=-17.0, lon_deg=178.5), Position(lat_deg=-17.0, lon_deg=-178.5))
    assert measured(ends).total_nm == pytest.approx(172.4, abs=0.5)
