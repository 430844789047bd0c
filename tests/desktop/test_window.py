"""The window: what is typed, dragged and chosen changes the case, the response follows, and nothing is lost."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QApplication

from subrescue.desktop.actions import ACTIONS, MENUS
from subrescue.desktop.case_files import EXPORTS
from subrescue.desktop.casualty_form import CLASS, DEPTH, POSITION
from subrescue.desktop.desk import Desk
from subrescue.desktop.dialogs import Dialogs
from subrescue.desktop.editors import ChoiceEditor, NumberEditor, TextEditor
from subrescue.desktop.main_window import MainWindow
from subrescue.desktop.plan_service import PlanService, Resources
from subrescue.desktop.preferences import Preferences
from subrescue.desktop.themes import THEMES
from subrescue.desktop.window_commands import handlers_of
from subrescue.domain.case import Case
from subrescue.domain.errors import InputError, Problem
from subrescue.domain.position import Position
from subrescue.domain.response import Response
from subrescue.store.cases import find_case, read_case
from tests.desktop.samples import CASE, answer, load

MakeWindow = Callable[..., MainWindow]


@pytest.fixture
def make_window(qtbot: Any, tmp_path: Path) -> Iterator[MakeWindow]:
    windows: list[MainWindow] = []

    def make(case: Case = CASE, planner: Any = answer, dialogs: Dialogs | None = None) -> MainWindow:
        dialogs = dialogs or Dialogs(leave=lambda *_: "discard")
        desk = Desk(PlanService(load, planner), case)
        window = MainWindow(desk, Preferences(tmp_path / "window.ini"), dialogs)
        windows.append(window)
        window.resize(1280, 720)
        window.show()
        qtbot.wait_until(lambda: desk.response is not None or desk.trouble != "", timeout=10_000)
        return window

    yield make
    for window in windows:
        window.dialogs = Dialogs(leave=lambda *_: "discard")
        window.close()
        window.deleteLater()


def type_into(window: MainWindow, path: str, text: str) -> None:
    editor = window.form.editors[path]
    assert isinstance(editor, TextEditor)
    editor.setFocus()
    editor.setText(text)
    editor.setModified(True)
    editor.editingFinished.emit()


def shown(window: MainWindow, path: str) -> str:
    editor = window.form.editors[path]
    assert isinstance(editor, TextEditor)
    return editor.text()


def trigger(window: MainWindow, name: str) -> None:
    window.actions_by_id.by_id[name].trigger()


def ttfr(window: MainWindow) -> str:
    return str(window.response.model.index(0, 3).data())


def test_the_table_shows_the_response_and_the_best_option_is_selected(make_window: MakeWindow) -> None:
    window = make_window()
    assert ttfr(window) == "56"  # 30 h + 255.125 m / 10
    assert window.desk.selected == "gb-nsrs"
    assert "P50 61 h" in window.banner.survival.text()
    assert window.banner.kind.text() == "EXERCISE"


def test_editing_the_depth_works_the_response_out_again(make_window: MakeWindow, qtbot: Any) -> None:
    window = make_window()
    type_into(window, DEPTH, "100")
    qtbot.wait_until(lambda: ttfr(window) == "40", timeout=5000)
    assert window.desk.case.dissub.depth_m == 100
    trigger(window, "undo")
    qtbot.wait_until(lambda: ttfr(window) == "56", timeout=5000)
    assert window.desk.case == CASE
    trigger(window, "redo")
    qtbot.wait_until(lambda: ttfr(window) == "40", timeout=5000)


def test_opening_every_editor_and_pressing_enter_changes_nothing(make_window: MakeWindow, qtbot: Any) -> None:
    case = read_case(find_case("kursk-2000"))
    window = make_window(case)
    for editor in window.form.editors.values():
        editor.setFocus()
        line = editor.lineEdit() if isinstance(editor, ChoiceEditor) else editor
        if line is not None:
            qtbot.keyClick(line, Qt.Key.Key_Return)
    for notation in ("notation_utm", "notation_mgrs", "notation_dd", "notation_dms"):
        trigger(window, notation)
        qtbot.keyClick(window.form.editors[POSITION], Qt.Key.Key_Return)
    assert window.desk.case == case
    assert not window.desk.session.can_undo


def test_a_refused_text_stays_with_its_reason_and_the_case_keeps_the_old_value(
    make_window: MakeWindow, qtbot: Any
) -> None:
    window = make_window()
    type_into(window, DEPTH, "-5")
    assert window.desk.case.dissub.depth_m == 255.125
    assert window.form.problem_text(DEPTH) == "Found -5; allowed is 0 to 11000 m"
    assert shown(window, DEPTH) == "-5"
    type_into(window, "dissub.list_deg", "10")  # another edit leaves the refused text alone
    assert shown(window, DEPTH) == "-5"
    assert window.form.problem_text(DEPTH) != ""
    qtbot.keyClick(window.form.editors[DEPTH], Qt.Key.Key_Escape)
    assert shown(window, DEPTH) == "255.125"
    assert window.form.problem_text(DEPTH) == ""


def test_a_text_that_is_no_number_is_refused_in_words(make_window: MakeWindow) -> None:
    window = make_window()
    type_into(window, DEPTH, "deep")
    assert window.form.problem_text(DEPTH) == "Found 'deep'; allowed is 0 to 11000 m"


def test_an_emptied_field_is_unknown_and_never_zero(make_window: MakeWindow) -> None:
    window = make_window()
    type_into(window, DEPTH, "")
    assert window.desk.case.dissub.depth_m is None
    editor = window.form.editors[DEPTH]
    assert isinstance(editor, NumberEditor)
    assert editor.text() == ""
    assert editor.placeholderText() == "unknown"


@pytest.mark.parametrize("text", ["64 30.6N 7 30.0E", "64°30'36\"N 007°30'00\"E", "64.51, 7.5"])
def test_a_position_is_typed_in_any_notation(make_window: MakeWindow, text: str) -> None:
    window = make_window()
    type_into(window, POSITION, text)
    assert window.desk.case.dissub.fix.position == Position(lat_deg=64.51, lon_deg=7.5)


def test_an_ambiguous_position_is_asked_back(make_window: MakeWindow) -> None:
    window = make_window()
    type_into(window, POSITION, "64 7")
    assert window.desk.case == CASE
    assert "can be read as" in window.form.problem_text(POSITION)


def test_arrow_keys_step_a_number_within_its_range(make_window: MakeWindow, qtbot: Any) -> None:
    window = make_window()
    editor = window.form.editors["environment.wave_height_m"]
    qtbot.keyClick(editor, Qt.Key.Key_Up)
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    assert window.desk.case.environment.wave_height_m == 2.5


def test_the_class_is_found_by_a_part_of_its_name(make_window: MakeWindow) -> None:
    window = make_window()
    editor = window.form.editors[CLASS]
    assert isinstance(editor, ChoiceEditor)
    line = editor.lineEdit()
    assert line is not None
    line.setText("ula")
    line.editingFinished.emit()
    assert window.desk.case.dissub.class_id == "ula"


def test_dragging_previews_and_dropping_is_one_edit(make_window: MakeWindow, qtbot: Any) -> None:
    planned: list[tuple[float, int]] = []

    def planner(case: Case, resources: Resources, samples: int) -> Response:
        planned.append((case.dissub.fix.position.lat_deg, samples))
        return answer(case, resources, samples)

    window = make_window(planner=planner)
    for step in range(5):
        window.map.dissub_moved.emit(Position(lat_deg=65 + step / 10, lon_deg=7))
    assert window.desk.case == CASE
    qtbot.wait_until(lambda: planned[-1] == (65.4, 300), timeout=5000)
    window.map.dissub_dropped.emit(Position(lat_deg=65.5, lon_deg=7))
    qtbot.wait_until(lambda: planned[-1] == (65.5, 2000), timeout=5000)
    assert len(window.desk.session.history) == 1


def test_the_latest_request_wins_and_a_stale_response_is_dropped(make_window: MakeWindow, qtbot: Any) -> None:
    begun, go_on = threading.Event(), threading.Event()
    planned: list[float | None] = []

    def planner(case: Case, resources: Resources, samples: int) -> Response:
        planned.append(case.dissub.depth_m)
        if case.dissub.depth_m == 100:
            begun.set()
            go_on.wait(5)
        return answer(case, resources, samples)

    window = make_window(planner=planner)
    seen: list[str] = []
    window.desk.response_changed.connect(lambda: seen.append(ttfr(window)))
    type_into(window, DEPTH, "100")
    assert begun.wait(5)
    type_into(window, DEPTH, "200")
    type_into(window, DEPTH, "300")
    go_on.set()
    qtbot.wait_until(lambda: ttfr(window) == "60", timeout=5000)
    assert planned == [255.125, 100, 300]
    assert "40" not in seen


def test_a_case_that_cannot_be_planned_says_why_and_comes_back(make_window: MakeWindow, qtbot: Any) -> None:
    def planner(case: Case, resources: Resources, samples: int) -> Response:
        if case.dissub.depth_m is None:
            raise InputError(Problem("dissub.depth_m", "nothing", "a depth is needed"))
        return answer(case, resources, samples)

    window = make_window(planner=planner)
    type_into(window, DEPTH, "")
    qtbot.wait_until(lambda: "a depth is needed" in window.response.headline.text(), timeout=5000)
    assert window.response.model.rowCount() == 0
    trigger(window, "undo")
    qtbot.wait_until(lambda: ttfr(window) == "56", timeout=5000)


@pytest.mark.expects_log
def test_a_fault_of_the_planner_is_shown_and_the_window_lives(make_window: MakeWindow, qtbot: Any) -> None:
    def planner(case: Case, resources: Resources, samples: int) -> Response:
        if case.dissub.depth_m == 1:
            raise ZeroDivisionError("oh")
        return answer(case, resources, samples)

    window = make_window(planner=planner)
    type_into(window, DEPTH, "1")
    qtbot.wait_until(lambda: "ZeroDivisionError" in window.response.headline.text(), timeout=5000)
    type_into(window, DEPTH, "100")
    qtbot.wait_until(lambda: ttfr(window) == "40", timeout=5000)


def test_selecting_anywhere_selects_everywhere(make_window: MakeWindow) -> None:
    window = make_window()
    window.map.asset_selected.emit("xx-bell")
    assert window.response.table.currentIndex().row() == 1
    assert "&lt;Bell&gt;" in window.response.details.toHtml()
    window.timeline.asset_selected.emit("gb-nsrs")
    assert window.response.table.currentIndex().row() == 0
    assert [asset.id for asset in window.map.canvas.scene.assets if asset.selected] == ["gb-nsrs"]
    trigger(window, "next_option")
    assert window.desk.selected == "xx-bell"
    window.response.table.selectRow(0)
    assert window.desk.selected == "gb-nsrs"


def test_an_assumption_is_changed_marked_and_reset(make_window: MakeWindow) -> None:
    window = make_window()
    model = window.assumptions.model
    assert model.setData(model.index(0, 2), "20")
    assert window.desk.case.assumptions["fit_out.certified_h"].mode == 20
    assert model.index(0, 0).data() == "▸ Fit-out of a certified ship"
    assert not model.setData(model.index(0, 3), "500")
    assert "allowed is 0 to 200 h" in window.assumptions.problem_text()
    window.assumptions.table.selectRow(0)
    window.assumptions.reset.click()
    assert window.desk.case.assumptions == {}


def test_compartments_are_edited_in_their_table(make_window: MakeWindow) -> None:
    window = make_window(read_case(find_case("demo-norwegian-sea")))
    model = window.form.compartments.model
    assert model.index(0, 0).data() == "12"
    assert not model.setData(model.index(0, 0), "12")
    assert model.setData(model.index(0, 0), "10")
    assert window.desk.case.dissub.compartments[0].people == 10
    model.setData(model.index(0, 0), "-1")
    assert "Found -1" in window.form.problem_text("dissub.compartments")
    trigger(window, "undo")
    assert model.index(0, 0).data() == "12"


def test_a_stated_survival_needs_all_of_its_figures(make_window: MakeWindow) -> None:
    window = make_window()
    stated = window.form.stated
    for name, text in (("p10_h", "40"), ("p50_h", "50"), ("p90_h", "70")):
        stated.hours[name].setText(text)
        stated.hours[name].editingFinished.emit()
    assert window.desk.case.dissub.survival_override is None
    stated.source.setText("Owner")
    stated.source.editingFinished.emit()
    override = window.desk.case.dissub.survival_override
    assert override is not None
    assert (override.p50_h, override.source) == (50, "Owner")


def test_a_copy_is_saved_and_opens_again(make_window: MakeWindow, tmp_path: Path) -> None:
    target = tmp_path / "copy.toml"
    window = make_window(dialogs=Dialogs(save_file=lambda *_: target))
    type_into(window, DEPTH, "100")
    assert window.desk.session.unsaved
    trigger(window, "save_copy")
    assert not window.desk.session.unsaved
    assert read_case(target) == window.desk.case


@pytest.mark.parametrize("name", EXPORTS)
def test_the_response_is_exported(make_window: MakeWindow, tmp_path: Path, name: str) -> None:
    target = tmp_path / f"out{EXPORTS[name][0]}"
    window = make_window(dialogs=Dialogs(save_file=lambda *_: target))
    trigger(window, name)
    assert "NSRS" in target.read_text(encoding="utf-8")


def test_the_map_is_written_as_a_picture(make_window: MakeWindow, tmp_path: Path) -> None:
    target = tmp_path / "map.png"
    window = make_window(dialogs=Dialogs(save_file=lambda *_: target))
    trigger(window, "map_picture")
    assert target.read_bytes()[:4] == b"\x89PNG"


def test_a_file_that_cannot_be_written_is_told_in_the_window(make_window: MakeWindow, tmp_path: Path) -> None:
    window = make_window(dialogs=Dialogs(save_file=lambda *_: tmp_path / "none" / "x.json"))
    trigger(window, "export_json")
    assert "cannot be written" in window.message_bar.text()


def test_a_broken_case_is_told_in_the_window_and_the_old_one_stays(make_window: MakeWindow, tmp_path: Path) -> None:
    broken = tmp_path / "broken.toml"
    broken.write_text('id = "x"\nkind = "exercise"\n', encoding="utf-8")
    window = make_window(dialogs=Dialogs(open_file=lambda *_: broken))
    trigger(window, "open")
    assert "broken.toml" in window.message_bar.text()
    assert window.desk.case == CASE


def test_a_case_file_is_dropped_on_the_window(make_window: MakeWindow, qtbot: Any) -> None:
    window = make_window()
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(find_case("kursk-2000")))])
    action, button, key = Qt.DropAction.CopyAction, Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier
    window.dropEvent(QDropEvent(QPointF(5, 5), action, data, button, key))
    assert window.desk.case.id == "kursk-2000"
    qtbot.wait_until(lambda: window.desk.response is not None, timeout=5000)
    assert window.desk.response is not None
    assert window.desk.response.case_id == "kursk-2000"


def test_unsaved_edits_are_asked_about_before_they_go(make_window: MakeWindow, tmp_path: Path) -> None:
    asked: list[str] = []

    def stay(_: object, title: str) -> Any:
        asked.append(title)
        return "stay"

    window = make_window(dialogs=Dialogs(leave=stay))
    window.open_file(find_case("kursk-2000"))
    assert asked == []
    window.desk.open_case(CASE, None)
    type_into(window, DEPTH, "100")
    assert not window.close()
    assert asked == ["Drill"]
    window.open_file(find_case("kursk-2000"))
    assert window.desk.case.id == "drill"


def test_every_action_of_the_table_does_something_and_stands_in_a_menu(make_window: MakeWindow) -> None:
    window = make_window()
    assert set(handlers_of(window)) == {action.id for action in ACTIONS}
    assert {action.menu for action in ACTIONS} == set(MENUS)
    shortcuts = [action.shortcut for action in ACTIONS if action.shortcut]
    assert len(shortcuts) == len(set(shortcuts))


def test_undo_and_export_are_offered_only_when_they_can_be_done(make_window: MakeWindow) -> None:
    window = make_window()
    actions = window.actions_by_id.by_id
    assert not actions["undo"].isEnabled()
    assert actions["export_json"].isEnabled()
    type_into(window, DEPTH, "100")
    assert actions["undo"].isEnabled()
    window.desk.open_case(CASE, None)
    assert not actions["undo"].isEnabled()
    assert not actions["export_json"].isEnabled()


def test_the_table_is_copied_as_text(make_window: MakeWindow) -> None:
    window = make_window()
    trigger(window, "copy_table")
    assert QApplication.clipboard().text().splitlines()[1].startswith("go\tNSRS (GB FR NO")


@pytest.mark.parametrize("name", THEMES)
def test_a_theme_covers_window_menus_and_tooltips(make_window: MakeWindow, name: str) -> None:
    window = make_window()
    trigger(window, name)
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    theme = THEMES[name]
    assert f"QToolTip {{ color: {theme.text}; background: {theme.field}" in app.styleSheet()
    assert app.palette().window().color().name() == theme.window
    assert window.map.canvas.palette is theme.map
    assert window.actions_by_id.by_id[name].isChecked()


def test_help_windows_list_every_shortcut(make_window: MakeWindow, qtbot: Any) -> None:
    window = make_window()
    for name in ("shortcuts", "about"):
        trigger(window, name)
    from PySide6.QtWidgets import QDialog, QTextBrowser

    dialogs = window.findChildren(QDialog)
    words = " ".join(dialog.findChild(QTextBrowser).toPlainText() for dialog in dialogs)
    assert "Work out again" in words
    assert "Apache License" in words
    for dialog in dialogs:
        dialog.close()


def test_notation_theme_and_last_case_are_remembered(make_window: MakeWindow) -> None:
    window = make_window()
    trigger(window, "notation_mgrs")
    trigger(window, "dusk")
    window.desk.open_file(find_case("kursk-2000"))
    again = make_window()
    assert again.notation == "mgrs"
    assert again.theme.id == "dusk"
    assert again.preferences.last_case == find_case("kursk-2000").resolve()
    trigger(again, "day")
