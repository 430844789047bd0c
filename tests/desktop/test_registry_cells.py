"""The registry's cells: drawn quickly, and as Qt would draw them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QStyledItemDelegate, QTableView

from subrescue.desktop.parts.themes import THEMES, Theme, qt_palette, style_sheet
from subrescue.desktop.registry.desk import RegistryDesk
from subrescue.desktop.registry.editors import FactDelegate
from subrescue.desktop.registry.model import RegistryModel
from subrescue.desktop.registry.views import dress, fit_columns
from subrescue.desktop.registry.window import RegistryWindow
from subrescue.desktop.window.preferences import Preferences
from subrescue.domain.registry import Registry
from subrescue.store.workspace.opening import open_workspace
from tests.store.workspace.samples import MORNING, small_registry

NAMES = (
    "Plain",
    "<b>no rich text</b> & no &amp;",
    "A name that is far too long for a column of this width, and is cut where it ends",
    "Нева – Ærøskøbing",
)


def registry() -> Registry:
    """A ship for each of the names; of every second one the speed is known."""
    (ship,) = small_registry().ships.values()
    made = [
        ship.model_copy(update={"id": f"s-{place}", "name": name, "speed_kn": 12.5 if place % 2 else None})
        for place, name in enumerate(NAMES)
    ]
    return Registry(ships={one.id: one for one in made})


@pytest.fixture(params=list(THEMES))
def theme(request: pytest.FixtureRequest, qapp: QApplication) -> Iterator[Theme]:
    before, sheet = qapp.palette(), qapp.styleSheet()
    chosen = THEMES[request.param]
    qapp.setPalette(qt_palette(chosen))
    qapp.setStyleSheet(style_sheet(chosen))
    yield chosen
    qapp.setPalette(before)
    qapp.setStyleSheet(sheet)


@pytest.fixture
def table(qtbot: Any, theme: Theme) -> Iterator[QTableView]:
    model = RegistryModel()
    model.theme = theme
    model.show(registry(), "ship", date(2026, 11, 26))
    model.choose_columns(("name", "nations", "speed_kn", "notice_h", "dated"))
    view = QTableView()
    view.setModel(model)
    view.setItemDelegate(FactDelegate(model, lambda *_: "", lambda *_: "", view.viewport()))
    dress(view)
    view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)  # the cells are looked at, all as high
    view.resize(700, 260)
    with qtbot.wait_exposed(view):
        view.show()
    yield view
    view.close()
    view.deleteLater()


def picture(view: QTableView) -> QImage:
    return view.viewport().grab().toImage()


def by_qt(view: QTableView) -> QImage:
    """The same table drawn by Qt's own delegate."""
    mine = view.itemDelegate()
    other = QStyledItemDelegate(view)
    view.setItemDelegate(other)
    try:
        return picture(view)
    finally:
        view.setItemDelegate(mine)


def test_cells_look_as_qt_draws_them(table: QTableView) -> None:
    table.selectRow(1)
    assert picture(table) == by_qt(table)


def test_cells_follow_what_they_show(table: QTableView, theme: Theme) -> None:
    model = table.model()
    assert isinstance(model, RegistryModel)
    first = picture(table)
    table.setColumnWidth(0, 300)
    wider = picture(table)
    assert wider == by_qt(table) != first
    ships = registry().ships
    changed = ships | {"s-0": ships["s-0"].model_copy(update={"name": "Another", "speed_kn": 7.0})}
    model.show(Registry(ships=changed), "ship", date(2026, 11, 26))
    assert picture(table) == by_qt(table) != wider


def test_cells_follow_what_the_model_says_has_changed(table: QTableView, monkeypatch: pytest.MonkeyPatch) -> None:
    model = table.model()
    assert isinstance(model, RegistryModel)
    first = picture(table)
    monkeypatch.setattr(RegistryModel, "_words", lambda *_: "later")
    model.dataChanged.emit(model.index(0, 0), model.index(len(model.rows) - 1, 0))
    assert picture(table) == by_qt(table) != first


def test_cells_follow_theme_and_font(table: QTableView, qapp: QApplication, theme: Theme) -> None:
    model = table.model()
    assert isinstance(model, RegistryModel)
    first = picture(table)
    other = next(one for one in THEMES.values() if one is not theme)
    qapp.setPalette(qt_palette(other))
    qapp.setStyleSheet(style_sheet(other))
    model.theme = other
    dyed = picture(table)
    assert dyed == by_qt(table) != first
    font = table.font()
    font.setPointSize(font.pointSize() + 2)
    table.setFont(font)
    assert picture(table) == by_qt(table) != dyed


@pytest.mark.parametrize("theme", ["day"], indirect=True)
def test_a_long_name_stands_whole_where_the_table_has_room_for_it(table: QTableView) -> None:
    model = table.model()
    assert isinstance(model, RegistryModel)
    whole = table.fontMetrics().horizontalAdvance(max(NAMES, key=len))
    fit_columns(table, model)
    assert table.columnWidth(0) < whole
    table.resize(2000, 260)
    fit_columns(table, model)
    assert table.columnWidth(0) > whole


@pytest.mark.parametrize("is_button_down", [False, True], ids=["hand off", "button down elsewhere"])
def test_columns_are_fitted_anew_in_a_wider_window(qtbot: Any, tmp_path: Path, is_button_down: bool) -> None:
    desk = RegistryDesk(lambda: open_workspace(tmp_path / "w.sqlite", now=MORNING, registry=registry))
    window = RegistryWindow(desk, Preferences(tmp_path / "p.ini"), THEMES["day"])
    qtbot.addWidget(window)
    window.resize(1000, 600)
    window.show()
    if is_button_down:
        qtbot.mousePress(window.facets, Qt.MouseButton.LeftButton)
    with qtbot.wait_signal(desk.opened, timeout=10_000):
        desk.start()
    whole = window.table.fontMetrics().horizontalAdvance(max(NAMES, key=len))
    qtbot.wait_until(lambda: 100 < window.table.columnWidth(0) < whole, timeout=5_000)
    window.resize(3840, 2160)
    qtbot.wait_until(lambda: window.table.columnWidth(0) > whole, timeout=5_000)
    if is_button_down:
        qtbot.mouseRelease(window.facets, Qt.MouseButton.LeftButton)
    desk.stop()
