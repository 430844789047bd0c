"""The registry's window: found, changed, taken back, and seen by the open case and by other desks."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QScrollArea, QWidget

from subrescue.desktop.case.desk import Desk
from subrescue.desktop.case.plan_service import PlanService
from subrescue.desktop.main_window import MainWindow
from subrescue.desktop.parts.dialogs import Dialogs
from subrescue.desktop.parts.editors import TextEditor
from subrescue.desktop.parts.themes import THEMES
from subrescue.desktop.registry.actions import MENUS, menu_title, registry_actions
from subrescue.desktop.registry.desk import RegistryDesk
from subrescue.desktop.registry.dialogs import BulkEdit, Duplicate
from subrescue.desktop.registry.model import RegistryModel
from subrescue.desktop.registry.window import RegistryWindow
from subrescue.desktop.window.actions import ACTIONS, Standing
from subrescue.desktop.window.help_feature import HelpWindow
from subrescue.desktop.window.preferences import Preferences
from subrescue.domain.assets.base import Berth
from subrescue.domain.position import Position
from subrescue.domain.registry import Registry
from subrescue.store.workspace.opening import open_workspace
from subrescue.store.workspace.workspace import Workspace
from tests.desktop.samples import CASE, answer, load
from tests.store.workspace.samples import MORNING, SHIP, VEHICLE, command, minutes, setting, small_registry


def registry() -> Registry:
    """The small registry with a berth for the ship, so that it stands on the map."""
    small = small_registry()
    berth = Berth(name="Sortland", position=Position(lat_deg=68.7, lon_deg=15.4))
    ship = small.ships["no-bergen"].model_copy(update={"base": berth})
    return small.model_copy(update={"ships": {ship.id: ship}})


@pytest.fixture
def opened(tmp_path: Path) -> Callable[[], Workspace]:
    return lambda: open_workspace(tmp_path / "w.sqlite", now=MORNING, registry=registry)


@pytest.fixture
def desk(qtbot: Any, opened: Callable[[], Workspace]) -> Iterator[RegistryDesk]:
    desk = RegistryDesk(opened, who="Anna", desk="north", clock=lambda: minutes(5), look_every_s=0.05)
    with qtbot.wait_signal(desk.opened, timeout=10_000):
        desk.start()
    yield desk
    desk.stop()


@pytest.fixture
def window(qtbot: Any, desk: RegistryDesk, tmp_path: Path) -> Iterator[RegistryWindow]:
    window = RegistryWindow(desk, Preferences(tmp_path / "p.ini"), THEMES["day"])
    window.show()
    yield window
    window.close()
    window.deleteLater()


def trigger(window: RegistryWindow, name: str) -> None:
    window.actions_by_id.by_id[name].trigger()


def type_fact(window: RegistryWindow, kind: str, path: str, words: str) -> None:
    editor = window.detail.editor(kind, path)
    assert isinstance(editor, TextEditor)
    editor.setText(words)
    editor.setModified(True)
    editor.editingFinished.emit()


def depth(desk: RegistryDesk) -> float | None:
    return desk.registry.rescue_systems["nsrs"].max_depth_m


def names(window: RegistryWindow) -> list[str]:
    return [row.entry.id for row in window.model.rows]


def test_columns_fit_their_words_when_the_registry_comes_after_the_window(
    qtbot: Any, opened: Callable[[], Workspace], tmp_path: Path
) -> None:
    desk = RegistryDesk(opened, who="Anna", desk="north", clock=lambda: minutes(5), look_every_s=0.05)
    window = RegistryWindow(desk, Preferences(tmp_path / "p.ini"), THEMES["day"])
    qtbot.addWidget(window)
    with qtbot.wait_signal(desk.opened, timeout=10_000):
        desk.start()
    place = [fact.path for fact in window.model.columns].index("kind")
    words = window.table.fontMetrics().horizontalAdvance("rescue system")
    qtbot.wait_until(lambda: window.table.columnWidth(place) > words, timeout=5_000)
    desk.stop()


def test_every_action_stands_in_a_menu_and_does_something(window: RegistryWindow) -> None:
    table = registry_actions()
    assert {action.menu for action in table} == {menu_title(menu) for menu in MENUS}
    assert set(window.actions_by_id.by_id) == {action.id for action in table}
    shortcuts = [action.shortcut for action in table if action.shortcut]
    assert len(shortcuts) == len(set(shortcuts))
    assert all(action.tip for action in table)


def test_the_model_keeps_the_rules_of_qt_empty_and_full(qtmodeltester: Any) -> None:
    model = RegistryModel()
    qtmodeltester.check(model)
    model.show(registry(), None, MORNING.date())
    qtmodeltester.check(model)
    model.sort(0, Qt.SortOrder.DescendingOrder)
    qtmodeltester.check(model)


def test_rows_made_ready_beside_the_window_are_shown_of_that_very_registry_alone() -> None:
    ready, other = registry(), registry()
    model = RegistryModel()
    model.prepare(ready, MORNING.date())
    model.show(other, None, MORNING.date())
    assert all(row.entry is getattr(other, f"{row.kind}s")[row.entry.id] for row in model.all_rows)
    model.prepare(ready, MORNING.date())
    model.show(ready, None, MORNING.date())
    assert model.all_rows
    assert all(row.entry is getattr(ready, f"{row.kind}s")[row.entry.id] for row in model.all_rows)


def test_typing_searches(window: RegistryWindow, qtbot: Any) -> None:
    assert names(window) == ["nsrs", "no-bergen"]
    trigger(window, "find")
    qtbot.keyClicks(window.facets.search, "berg")
    assert names(window) == ["no-bergen"]
    assert window.facets.count.text() == "1 of 2 entries"
    qtbot.keyClick(window.facets.search, Qt.Key.Key_Return)
    assert window._chosen == SHIP
    trigger(window, "clear_facets")
    qtbot.keyClicks(window.facets.reach, "600")
    assert names(window) == ["nsrs"]
    window.facets.or_unknown.setChecked(True)
    assert names(window) == ["nsrs", "no-bergen"]


def test_a_fact_without_a_source_is_refused_beside_the_field(window: RegistryWindow, desk: RegistryDesk) -> None:
    window.choose(VEHICLE)
    type_fact(window, "rescue_system", "max_depth_m", "400")
    assert "without a source" in window.detail.problem("rescue_system", "max_depth_m")
    assert depth(desk) == 610


def test_a_fact_is_stated_on_the_word_of_a_source_undone_and_done_again(
    window: RegistryWindow, desk: RegistryDesk
) -> None:
    window.choose(VEHICLE)
    window.sources.choose("S2")
    type_fact(window, "rescue_system", "max_depth_m", "400")
    assert depth(desk) == 400
    assert desk.registry.rescue_systems["nsrs"].evidence["max_depth_m"][0].source == "S2"
    assert "610" in window.detail.currentWidget()._said["max_depth_m"].toolTip()  # the old value is kept as dissent
    trigger(window, "undo")
    assert depth(desk) == 610
    trigger(window, "redo")
    assert depth(desk) == 400


def test_what_the_model_forbids_is_said_with_what_is_allowed(window: RegistryWindow, desk: RegistryDesk) -> None:
    window.choose(VEHICLE)
    window.sources.choose("S2")
    type_fact(window, "rescue_system", "max_depth_m", "13000")
    assert window.detail.problem("rescue_system", "max_depth_m") == "13000; allowed is above 0 to 12000 m"
    type_fact(window, "rescue_system", "max_depth_m", "deep")
    assert "deep" in window.detail.problem("rescue_system", "max_depth_m")
    assert depth(desk) == 610


def test_an_editor_opened_and_enter_pressed_changes_nothing(
    window: RegistryWindow, desk: RegistryDesk, qtbot: Any
) -> None:
    assert desk.workspace is not None
    for row in range(2):
        for column in range(window.model.columnCount()):
            index = window.model.index(row, column)
            if window.model.can_edit(row, column):
                window.table.setCurrentIndex(index)
                window.table.edit(index)
                qtbot.keyClick(open_editor(window), Qt.Key.Key_Return)
                qtbot.wait_until(lambda: window.table.state() != window.table.State.EditingState)
    assert desk.workspace.revision() == 1


def open_editor(window: RegistryWindow) -> QWidget:
    assert window.delegate._open is not None
    return window.delegate._open[0]


def test_a_cell_edited_in_place_says_what_is_wrong(window: RegistryWindow, desk: RegistryDesk, qtbot: Any) -> None:
    window.sources.choose("S2")
    window.choose_kind("rescue_system")
    column = window.model.column_of("max_depth_m")
    assert column is not None
    window.table.setCurrentIndex(window.model.index(0, column))
    trigger(window, "edit_cell")
    trigger(window, "edit_cell")  # once more from within: Qt says a warning of an editor that is open
    editor = open_editor(window)
    assert isinstance(editor, TextEditor)
    assert editor.text() == "610"
    editor.setText("-4")
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    assert window.delegate.problem.text() == "-4; allowed is above 0 to 12000 m"
    assert depth(desk) == 610
    editor.setText("450.125")
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    qtbot.wait_until(lambda: depth(desk) == 450.125)
    assert window.model.index(0, column).data() == "450.125"


def test_one_fact_of_many_is_one_step(window: RegistryWindow, desk: RegistryDesk) -> None:
    window.sources.choose("S2")
    window.table.selectAll()
    trigger(window, "bulk_edit")
    dialog = window.dialog
    assert isinstance(dialog, BulkEdit)
    dialog.fact.setCurrentIndex(dialog.fact.findData("notice_h"))
    assert isinstance(dialog.editor, TextEditor)
    dialog.editor.setText("6/12")
    dialog._ok()
    assert not dialog.problem.isHidden()  # two numbers are neither one nor three
    dialog.editor.setText("6/12/24")
    dialog._ok()
    assert [asset.notice_h.mode for asset in desk.registry.assets() if asset.notice_h] == [12, 12]
    trigger(window, "undo")
    assert [asset.notice_h for asset in desk.registry.assets()] == [None, None]


def test_an_entry_is_duplicated_under_a_name_of_its_own(window: RegistryWindow, desk: RegistryDesk) -> None:
    window.choose(SHIP)
    trigger(window, "duplicate")
    dialog = window.dialog
    assert isinstance(dialog, Duplicate)
    dialog.id.setText("No Bergen")
    dialog._ok()
    assert not dialog.problem.isHidden()
    dialog.id.setText("no-bergen-2")
    dialog._ok()
    assert desk.registry.ships["no-bergen-2"].speed_kn == 20
    assert window._chosen == ("ship", "no-bergen-2")


def test_what_is_named_elsewhere_is_not_retired_and_what_is_retired_comes_back(
    window: RegistryWindow, desk: RegistryDesk
) -> None:
    window.choose(SHIP)
    table = window.table.geometry()
    trigger(window, "retire")
    assert "no-bergen" in window.message_bar.text()
    QTest.qWait(0)
    assert window.table.geometry() == table  # no row moves for a message
    assert "no-bergen" in desk.registry.ships
    window.table.selectAll()
    trigger(window, "retire")
    assert names(window) == []
    trigger(window, "undo")
    assert names(window) == ["nsrs", "no-bergen"]


def test_the_history_names_who_said_what(window: RegistryWindow) -> None:
    window.choose(VEHICLE)
    window.sources.choose("S2")
    type_fact(window, "rescue_system", "max_depth_m", "400")
    trigger(window, "show_history")
    words = window.history.toPlainText()
    assert "Greatest depth: 610 → 400" in words
    assert "Anna" in words


def test_what_is_not_known_leads_to_the_fact(window: RegistryWindow) -> None:
    trigger(window, "show_unknown")
    place = next(i for i, fact in enumerate(window.unknown.facts) if fact.path == "dp_class")
    window.go_to_unknown(place)
    assert window._chosen == SHIP
    assert window.tabs.currentIndex() == 0


def test_columns_are_chosen_and_remembered(window: RegistryWindow) -> None:
    window.show_column("operator", True)
    assert window.model.column_of("operator") is not None
    window.show_column("base.name", False)
    assert window.model.column_of("base.name") is None
    window.choose_kind("ship")
    window.choose_kind(None)
    assert window.model.column_of("operator") is not None
    assert window.model.column_of("base.name") is None


def test_another_desk_is_seen_within_two_seconds_and_merged(
    window: RegistryWindow, desk: RegistryDesk, opened: Callable[[], Workspace], qtbot: Any
) -> None:
    with opened() as other:
        change = setting(other, VEHICLE, capacity_persons=9)
        other.apply(command(change, desk="south", who="Bert", at=minutes(1)))
    qtbot.wait_until(lambda: desk.registry.rescue_systems["nsrs"].capacity_persons == 9, timeout=2000)
    window.choose(VEHICLE)
    editor = window.detail.editor("rescue_system", "capacity_persons")
    assert isinstance(editor, TextEditor)
    assert editor.text() == "9"


def test_a_change_of_both_desks_is_refused_and_names_the_other(
    window: RegistryWindow, desk: RegistryDesk, opened: Callable[[], Workspace]
) -> None:
    window.choose(VEHICLE)
    row = window.chosen_row()
    assert row is not None
    window.sources.choose("S2")
    with opened() as other:
        change = setting(other, VEHICLE, max_depth_m=500)
        other.apply(command(change, desk="south", who="Bert", at=minutes(1)))
    fact = next(fact for fact in window.model.columns if fact.path == "max_depth_m")
    words = window.edit_fact(row, fact, 400)
    assert "Bert" in words
    assert "500" in words


def test_an_edit_changes_the_response_of_the_open_case(qtbot: Any, desk: RegistryDesk, tmp_path: Path) -> None:
    asked: list[float | None] = []

    def planner(case: Any, resources: Any, samples: int) -> Any:
        system = resources.registry.rescue_systems.get("nsrs")
        asked.append(system.max_depth_m if system is not None else None)
        return answer(case, resources, samples)

    main = MainWindow(
        Desk(PlanService(load, planner), CASE),
        Preferences(tmp_path / "w.ini"),
        Dialogs(leave=lambda *_: "discard"),
        desk,
    )
    main.show()
    qtbot.wait_until(lambda: main.desk.resources is not None, timeout=10_000)
    main.actions_by_id.by_id["registry"].trigger()
    assert main.registry is not None
    window = main.registry.window
    assert window is not None
    window.choose(VEHICLE)
    window.sources.choose("S2")
    type_fact(window, "rescue_system", "max_depth_m", "400")
    qtbot.wait_until(lambda: asked[-1:] == [400], timeout=5000)
    window.choose(SHIP)
    trigger(window, "show_on_map")
    assert main.map.canvas.mark is not None
    assert main.map.canvas.mark.text == "KV Bergen"
    for theme in THEMES:
        main.set_theme(theme)
        assert window.model.theme.id == theme
    main.close()
    main.deleteLater()


def test_without_a_workspace_the_registry_is_not_offered() -> None:
    action = next(action for action in ACTIONS if action.id == "registry")
    assert not action.enabled(Standing())
    assert action.enabled(Standing(has_registry=True))


def test_chosen_rows_are_copied_and_f1_tells_what_the_registry_says(window: RegistryWindow) -> None:
    window.table.selectRow(0)
    name = window.table.model().index(0, 0).data()
    trigger(window, "copy")
    lines = QApplication.clipboard().text().splitlines()
    assert len(lines) == 2
    assert lines[1].split("\t")[0] == name
    trigger(window, "help")
    help_window = next(iter(window.findChildren(HelpWindow)))
    assert help_window.windowTitle() == "Help: Registry"
    help_window.close()


def test_a_question_begins_in_its_first_field(window: RegistryWindow, qtbot: Any) -> None:
    window.table.selectAll()
    trigger(window, "bulk_edit")
    dialog = window.dialog
    assert isinstance(dialog, BulkEdit)
    assert dialog.focusWidget() is dialog.fact  # Enter on the button would make a fact of all unknown
    qtbot.keyClick(dialog.fact, Qt.Key.Key_Tab)
    assert dialog.focusWidget() is dialog.editor
    qtbot.keyClick(dialog.editor, Qt.Key.Key_Tab)
    assert dialog.focusWidget() is dialog.ok
    dialog.reject()


def test_the_frame_of_the_facts_takes_no_keys_for_itself(window: RegistryWindow) -> None:
    window.choose(VEHICLE)
    frames = window.detail.findChildren(QScrollArea)
    assert frames
    assert all(area.focusPolicy() is Qt.FocusPolicy.NoFocus for area in frames)
