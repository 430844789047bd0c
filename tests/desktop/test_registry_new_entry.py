"""A new entry from a blank of its kind, and the reason of an edit, which the history tells."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from subrescue.desktop.parts.editors import ChoiceEditor, TextEditor
from subrescue.desktop.registry.desk import RegistryDesk
from subrescue.desktop.registry.new_entry import NewEntry, new_change, proposed_id
from subrescue.desktop.registry.window import RegistryWindow
from subrescue.domain.errors import InputError
from subrescue.domain.evidence import Confidence, Evidence
from subrescue.store.registry import KINDS
from tests.desktop.registry_samples import Hands, desk_of, opener, window_of
from tests.store.workspace.samples import VEHICLE, small_registry


@pytest.fixture
def desk(qtbot: Any, tmp_path: Path) -> Iterator[RegistryDesk]:
    with desk_of(qtbot, opener(tmp_path)) as desk:
        yield desk


@pytest.fixture
def window(qtbot: Any, desk: RegistryDesk, tmp_path: Path) -> Iterator[RegistryWindow]:
    with window_of(qtbot, desk, tmp_path) as window:
        yield window


def blank(window: RegistryWindow, kind: str = "ship") -> NewEntry:
    window.actions_by_id.by_id["new_entry"].trigger()
    dialog = window.dialog
    assert isinstance(dialog, NewEntry)
    dialog.kind.setCurrentIndex(dialog.kind.findData(kind))
    return dialog


def fill(dialog: NewEntry, **words: str) -> None:
    for path, typed in words.items():
        editor = dialog.editors[path]
        if isinstance(editor, TextEditor):
            editor.setText(typed)
            editor.editingFinished.emit()
        else:
            assert isinstance(editor, ChoiceEditor)
            editor.setCurrentIndex(editor.findData(typed))
            editor.activated.emit(editor.currentIndex())


def wrong(dialog: NewEntry) -> dict[str, str]:
    return {path: beside.text() for path, beside in dialog.problems.items() if not beside.isHidden()}


def test_a_new_ship_is_made_on_the_word_of_a_source_for_a_reason(window: RegistryWindow, desk: RegistryDesk) -> None:
    dialog = blank(window)
    fill(dialog, name="KV Ægir", nations="NO, DK", role="support", speed_kn="17.5")
    assert dialog._text("id") == "no-kv-aegir"
    fill(dialog, id="no-aegir")
    assert "without a source" in wrong(dialog)["speed_kn"]
    dialog.sources.choose("S2")
    dialog.sources.reason.setText("letter of the 20th")
    dialog._ok()
    ship = desk.registry.ships["no-aegir"]
    assert (ship.name, ship.nations, ship.speed_kn) == ("KV Ægir", ("NO", "DK"), 17.5)
    assert ship.length_m is None
    assert ship.evidence["speed_kn"][0].source == "S2"
    assert window._chosen == ("ship", "no-aegir")
    assert desk.history(("ship", "no-aegir"))[-1].why == "letter of the 20th"
    window.actions_by_id.by_id["undo"].trigger()
    assert "no-aegir" not in desk.registry.ships


def test_what_is_wrong_stands_beside_the_field(window: RegistryWindow, desk: RegistryDesk) -> None:
    dialog = blank(window)
    dialog.sources.choose("S2")
    fill(dialog, speed_kn="fast")
    assert set(wrong(dialog)) == {"speed_kn"}
    fill(dialog, name="X", nations="NO", id="nsrs", speed_kn="100")
    dialog._ok()
    problems = wrong(dialog)
    assert problems["speed_kn"] == "100; allowed is above 0 to 60 kn"
    assert "has this id already" in problems["id"]  # that of a rescue system
    assert "role" in problems
    assert desk.workspace is not None
    assert desk.workspace.revision() == 1


def test_another_kind_keeps_what_both_have(window: RegistryWindow) -> None:
    dialog = blank(window)
    fill(dialog, name="X", nations="NO")
    dialog.kind.setCurrentIndex(dialog.kind.findData("medical_unit"))
    assert (dialog._text("name"), dialog._text("nations")) == ("X", "NO")
    assert "chamber_places" in dialog.editors


@pytest.mark.parametrize("kind", list(KINDS))
def test_every_kind_has_a_blank_that_says_what_it_needs(window: RegistryWindow, kind: str) -> None:
    dialog = blank(window, kind)
    dialog._ok()
    assert "id" in wrong(dialog)
    assert len(wrong(dialog)) >= 2
    dialog.reject()


def test_it_is_made_by_keys_alone(window: RegistryWindow, desk: RegistryDesk, qtbot: Any) -> None:
    hands = Hands()
    hands.press(Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    dialog = window.dialog
    assert isinstance(dialog, NewEntry)
    qtbot.wait_until(lambda: QApplication.activeWindow() is dialog, timeout=5_000)
    assert dialog.editors["name"].hasFocus()
    hands.type("Boat")
    hands.press(Qt.Key.Key_Tab)
    assert dialog.editors["nations"].hasFocus()
    hands.type("NO")
    hands.press(Qt.Key.Key_Return)
    assert "vehicle_type" in wrong(dialog)
    assert "no-boat" not in desk.registry.rescue_systems


def test_a_new_entry_is_checked_as_a_whole() -> None:
    said = Evidence(source="S1", confidence=Confidence.HIGH)
    place = {"base.name": "Bergen", "base.position": {"lat_deg": 60.4, "lon_deg": 5.3}}
    values = {"id": "no-x", "name": "X", "nations": ["NO"], "role": "support", "length_m": None, **place}
    change = new_change("ship", values, said, small_registry())
    assert change.before is None
    assert change.after is not None
    assert change.after["base"]["name"] == "Bergen"
    assert "length_m" not in change.after
    with pytest.raises(InputError, match="without a source"):
        new_change("ship", values, None, small_registry())


def test_an_id_is_proposed_as_the_registry_has_them() -> None:
    assert proposed_id("NO, GB", "KV Bergen (W341)") == "no-kv-bergen-w341"
    assert proposed_id("NO", "KV Ærfugl") == "no-kv-aerfugl"
    assert proposed_id("RU", "Георгий Титов") == "ru-georgiy-titov"
    assert proposed_id("", "") == ""


def test_the_reason_of_an_edit_is_told_by_the_history(window: RegistryWindow, desk: RegistryDesk) -> None:
    window.choose(VEHICLE)
    window.sources.choose("S2")
    window.sources.reason.setText("call from Faslane")
    editor = window.detail.editor("rescue_system", "max_depth_m")
    assert isinstance(editor, TextEditor)
    editor.setText("400")
    editor.setModified(True)
    editor.editingFinished.emit()
    assert desk.history(VEHICLE)[-1].why == "call from Faslane"
    window.actions_by_id.by_id["show_history"].trigger()
    assert "call from Faslane" in window.history.toPlainText()
