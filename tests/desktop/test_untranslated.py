"""A window in French or Russian shows no text in English for which its catalogue has a translation."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from PySide6.QtCore import QAbstractItemModel, Qt
from PySide6.QtWidgets import QAbstractItemView, QComboBox, QLabel, QTableView, QWidget

from subrescue.desktop.main_window import MainWindow
from subrescue.desktop.window.language_switch import use_language
from subrescue.exchange.languages import catalogue
from tests.desktop.driving import MakeWindow, type_into
from tests.desktop.test_language import close, in_language

_ROLES = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole)


@pytest.fixture(autouse=True)
def english_again() -> Iterator[None]:
    yield
    use_language("en")


def of_model(model: QAbstractItemModel, *, is_table: bool) -> Iterator[object]:
    for row in range(model.rowCount()):
        for column in range(model.columnCount() if is_table else 1):
            yield from (model.index(row, column).data(role) for role in _ROLES)
    if is_table:
        for column in range(model.columnCount()):
            yield from (model.headerData(column, Qt.Orientation.Horizontal, role) for role in _ROLES)


def texts(window: MainWindow) -> Iterator[object]:
    for action in window.actions_by_id.by_id.values():
        yield from (action.text(), action.toolTip().rpartition(" (")[0] or action.toolTip())
    for widget in window.findChildren(QWidget):
        yield from (widget.toolTip(), widget.accessibleName(), widget.accessibleDescription(), widget.windowTitle())
        for name in ("text", "placeholderText"):
            if callable(getattr(widget, name, None)) and not isinstance(widget, QTableView):
                yield getattr(widget, name)()
        if isinstance(widget, QLabel):
            yield widget.text()
        if isinstance(widget, QComboBox):
            yield from (widget.itemText(place) for place in range(widget.count()))
        if isinstance(widget, QAbstractItemView) and widget.model() is not None:
            yield from of_model(widget.model(), is_table=isinstance(widget, QTableView))


@pytest.mark.parametrize("code", ["fr", "ru"])
def test_nothing_stays_in_english_that_the_catalogue_can_say(make_window: MakeWindow, qtbot: Any, code: str) -> None:
    window = in_language(qtbot, make_window(), code)
    said = catalogue(code)
    # A word may be the same in both languages and mean another thing: "Note" is French too.
    own = {"Note"}
    lines = {line for found in texts(window) for line in str(found or "").splitlines() if line.strip()}
    assert {line for line in lines - own if said.gettext(line) != line} == set()
    close(window)


@pytest.mark.parametrize(("code", "mark"), [("en", "255.125"), ("fr", "255,125"), ("ru", "255,125")])
def test_fields_have_the_decimal_mark_of_the_language_and_read_both(
    make_window: MakeWindow, qtbot: Any, code: str, mark: str
) -> None:
    window = make_window()
    if code != "en":
        window = in_language(qtbot, window, code)
    assert window.form.editors["dissub.depth_m"].text() == mark  # type: ignore[union-attr]
    type_into(window, "dissub.depth_m", "100.5")
    assert window.desk.case.dissub.depth_m == 100.5
    type_into(window, "dissub.depth_m", "101,5")
    assert window.desk.case.dissub.depth_m == 101.5
    desk = window.desk
    qtbot.wait_until(lambda: desk.answer.case is not None and desk.answer.case.dissub.depth_m == 101.5)
    if code != "en":
        close(window)
