"""Two desks at the same facts: nothing is lost, both sides are shown, one is chosen for each fact, as one step."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from subrescue.desktop.parts.editors import TextEditor
from subrescue.desktop.registry.conflict_dialog import ConflictDialog
from subrescue.desktop.registry.desk import RegistryDesk
from subrescue.desktop.registry.dialogs import BulkEdit
from subrescue.desktop.registry.import_dialog import ImportDialog
from subrescue.desktop.registry.window import RegistryWindow
from tests.desktop.registry_samples import Hands, Opener, desk_of, opener, window_of
from tests.store.workspace.samples import SHIP, VEHICLE, command, minutes, setting

ALT = Qt.KeyboardModifier.AltModifier
DEPTH = (VEHICLE, "max_depth_m")


@pytest.fixture
def opened(tmp_path: Path) -> Opener:
    return opener(tmp_path)


@pytest.fixture
def desk(qtbot: Any, opened: Opener) -> Iterator[RegistryDesk]:
    """A desk that does not look out for others by itself: the test says when."""
    with desk_of(qtbot, opened, look_every_s=3600) as desk:
        yield desk


@pytest.fixture
def window(qtbot: Any, desk: RegistryDesk, tmp_path: Path) -> Iterator[RegistryWindow]:
    with window_of(qtbot, desk, tmp_path) as window:
        window.sources.choose("S2")
        yield window


def bert(opened: Opener, key: tuple[str, str] = VEHICLE, **fields: Any) -> None:
    with opened() as other:
        other.apply(command(setting(other, key, **fields), desk="south", who="Bert", at=minutes(1)))


def type_depth(window: RegistryWindow, words: str) -> TextEditor:
    window.choose(VEHICLE)
    editor = window.detail.editor("rescue_system", "max_depth_m")
    assert isinstance(editor, TextEditor)
    editor.setFocus()
    editor.setText(words)
    editor.setModified(True)
    return editor


def conflict(window: RegistryWindow) -> ConflictDialog:
    assert isinstance(window.conflict, ConflictDialog)
    return window.conflict


def depth(desk: RegistryDesk) -> float | None:
    return desk.registry.rescue_systems["nsrs"].max_depth_m


@pytest.mark.parametrize(("side", "stands"), [("mine", 400), ("theirs", 500)])
def test_both_sides_are_shown_and_one_is_chosen(
    window: RegistryWindow, desk: RegistryDesk, opened: Opener, side: str, stands: float
) -> None:
    window.choose(VEHICLE)
    bert(opened, max_depth_m=500)
    type_depth(window, "400").editingFinished.emit()
    dialog = conflict(window)
    theirs, mine = dialog.buttons_of[DEPTH]
    assert theirs.text() == "500\nS1 · high\nBert, 2026-11-23 08:01:00Z"
    assert mine.text() == "400\nS2 · medium"
    assert not dialog.ok.isEnabled()
    (mine if side == "mine" else theirs).setChecked(True)
    dialog._ok()
    assert depth(desk) == stands
    editor = window.detail.editor("rescue_system", "max_depth_m")
    assert isinstance(editor, TextEditor)
    assert editor.text() == str(stands)
    assert window.detail.problem("rescue_system", "max_depth_m") == ""


def test_a_choice_is_one_step_that_is_undone(window: RegistryWindow, desk: RegistryDesk, opened: Opener) -> None:
    bert(opened, max_depth_m=500)
    type_depth(window, "400").editingFinished.emit()
    conflict(window).choose_all("mine")
    conflict(window)._ok()
    assert depth(desk) == 400
    window.actions_by_id.by_id["undo"].trigger()
    assert depth(desk) == 500


def test_it_is_chosen_by_keys_alone(window: RegistryWindow, desk: RegistryDesk, opened: Opener, qtbot: Any) -> None:
    bert(opened, max_depth_m=500)
    type_depth(window, "400").editingFinished.emit()
    dialog = conflict(window)
    qtbot.wait_until(lambda: QApplication.activeWindow() is dialog, timeout=5_000)
    hands = Hands()
    hands.press(Qt.Key.Key_M, ALT)
    qtbot.wait_until(dialog.ok.isEnabled, timeout=5_000)
    hands.press(Qt.Key.Key_Return)
    assert depth(desk) == 400
    assert hands.count == 2


def test_what_is_left_stands_as_theirs(window: RegistryWindow, desk: RegistryDesk, opened: Opener) -> None:
    bert(opened, max_depth_m=500)
    type_depth(window, "400").editingFinished.emit()
    conflict(window).reject()
    assert depth(desk) == 500
    assert "other desk's values stand" in window.message_bar.text()


def test_what_somebody_types_is_kept_when_another_desk_changes_it(
    window: RegistryWindow, desk: RegistryDesk, opened: Opener
) -> None:
    editor = type_depth(window, "400")
    bert(opened, max_depth_m=500)
    desk.refresh()
    assert editor.text() == "400"
    assert "meanwhile 500" in window.detail.problem("rescue_system", "max_depth_m")
    editor.editingFinished.emit()
    theirs, mine = conflict(window).buttons_of[DEPTH]
    assert (theirs.text()[:3], mine.text()[:3]) == ("500", "400")


def test_escape_takes_theirs(window: RegistryWindow, desk: RegistryDesk, opened: Opener, qtbot: Any) -> None:
    editor = type_depth(window, "400")
    bert(opened, max_depth_m=500)
    desk.refresh()
    qtbot.keyClick(editor, Qt.Key.Key_Escape)
    assert editor.text() == "500"
    assert window.conflict is None


def test_a_bulk_edit_keeps_what_nobody_contests(window: RegistryWindow, desk: RegistryDesk, opened: Opener) -> None:
    window.table.selectAll()
    window.actions_by_id.by_id["bulk_edit"].trigger()
    dialog = window.dialog
    assert isinstance(dialog, BulkEdit)
    dialog.fact.setCurrentIndex(dialog.fact.findData("operator"))
    assert isinstance(dialog.editor, TextEditor)
    dialog.editor.setText("Ours")
    bert(opened, SHIP, operator="Theirs")
    dialog._ok()
    choice = conflict(window)
    assert list(choice.buttons_of) == [(SHIP, "operator")]
    choice.choose_all("theirs")
    choice._ok()
    assert desk.registry.ships["no-bergen"].operator == "Theirs"
    assert desk.registry.rescue_systems["nsrs"].operator == "Ours"


def test_an_entry_that_was_retired_meanwhile_is_shown_as_such(
    window: RegistryWindow, desk: RegistryDesk, opened: Opener
) -> None:
    window.choose(SHIP)
    with opened() as other:
        gone = [setting(other, VEHICLE, ship_classes_certified=None), setting(other, SHIP)]
        gone[1] = gone[1].model_copy(update={"after": None})
        other.apply(command(*gone, desk="south", who="Bert", at=minutes(1)))
    editor = window.detail.editor("ship", "speed_kn")
    assert isinstance(editor, TextEditor)
    editor.setText("18")
    editor.setModified(True)
    editor.editingFinished.emit()
    theirs, _ = conflict(window).buttons_of[SHIP, ""]
    assert theirs.text().startswith("retired")
    conflict(window).choose_all("theirs")
    conflict(window)._ok()
    assert "no-bergen" not in desk.registry.ships


def test_an_undo_of_what_another_desk_changed_since_is_settled(
    window: RegistryWindow, desk: RegistryDesk, opened: Opener
) -> None:
    type_depth(window, "400").editingFinished.emit()
    bert(opened, max_depth_m=500)
    window.actions_by_id.by_id["undo"].trigger()
    theirs, mine = conflict(window).buttons_of[DEPTH]
    assert (theirs.text()[:3], mine.text()[:3]) == ("500", "610")
    conflict(window).choose_all("mine")
    conflict(window)._ok()
    assert depth(desk) == 610
    assert not desk.can_undo


def test_a_third_change_while_somebody_chooses_is_shown_again(
    window: RegistryWindow, desk: RegistryDesk, opened: Opener
) -> None:
    bert(opened, max_depth_m=500)
    type_depth(window, "400").editingFinished.emit()
    first = conflict(window)
    bert(opened, max_depth_m=550)
    first.choose_all("mine")
    first._ok()
    second = conflict(window)
    assert second is not first
    assert second.buttons_of[DEPTH][0].text().startswith("550")
    second.choose_all("mine")
    second._ok()
    assert depth(desk) == 400


def test_an_import_that_was_overtaken_is_settled(
    window: RegistryWindow, desk: RegistryDesk, opened: Opener, qtbot: Any, tmp_path: Path
) -> None:
    path = tmp_path / "norway.csv"
    path.write_text("kind,id,name,nations,role,length_m\nship,no-bergen,KV Bergen,NO,mother_ship,93\n", "utf-8")
    window.actions_by_id.by_id["import"].trigger()
    dialog = window.dialog
    assert isinstance(dialog, ImportDialog)
    dialog.open_file(path)
    qtbot.wait_until(lambda: dialog.apply.isEnabled(), timeout=20_000)
    bert(opened, SHIP, length_m=95)
    dialog.apply_taken()
    qtbot.wait_until(lambda: window.conflict is not None, timeout=20_000)
    conflict(window).choose_all("mine")
    conflict(window)._ok()
    assert desk.registry.ships["no-bergen"].length_m == 93
    qtbot.wait_until(lambda: not window.background.is_busy, timeout=20_000)
    assert not dialog.apply.isEnabled()  # nothing is left to change
    dialog.reject()
