"""A liaison officer's export from the registry's window: under a minute, by keys alone or by mouse alone."""

from __future__ import annotations

import threading
import zipfile
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit, QToolBar, QToolButton

from subrescue.desktop.parts.words import set_language
from subrescue.desktop.registry.desk import RegistryDesk
from subrescue.desktop.registry.export_dialog import ExportDialog
from subrescue.desktop.registry.export_request import proposed_name, selection_of
from subrescue.desktop.registry.window import RegistryWindow
from subrescue.exchange.registry_table.age import Age
from subrescue.exchange.registry_table.facets import Facets
from tests.desktop.registry_samples import Hands, desk_of, opener, window_of
from tests.desktop.test_language import english_again
from tests.store.workspace.samples import minutes

__all__ = ["english_again"]

CONTROL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier


@pytest.fixture
def desk(qtbot: Any, tmp_path: Path) -> Iterator[RegistryDesk]:
    with desk_of(qtbot, opener(tmp_path)) as desk:
        yield desk


@pytest.fixture
def window(qtbot: Any, desk: RegistryDesk, tmp_path: Path) -> Iterator[RegistryWindow]:
    with window_of(qtbot, desk, tmp_path) as window:
        window.preferences.set_text("export_folder", str(tmp_path))
        yield window


def opened_dialog(window: RegistryWindow) -> ExportDialog:
    window.actions_by_id.by_id["export"].trigger()
    assert isinstance(window.dialog, ExportDialog)
    return window.dialog


def export(window: RegistryWindow, qtbot: Any) -> str:
    assert isinstance(window.dialog, ExportDialog)
    window.dialog._ok()
    qtbot.wait_until(lambda: window.dialog is None, timeout=20_000)
    return window.message_bar.text()


def words_of_book(path: Path) -> str:
    with zipfile.ZipFile(BytesIO(path.read_bytes())) as book:
        return book.read("xl/sharedStrings.xml").decode()


def test_by_keyboard_one_nations_assets_take_six_presses(window: RegistryWindow, qtbot: Any, tmp_path: Path) -> None:
    hands = Hands()
    hands.press(Qt.Key.Key_N, ALT)
    hands.type("gb")
    hands.press(Qt.Key.Key_E, CONTROL | Qt.KeyboardModifier.ShiftModifier)
    qtbot.wait_until(lambda: QApplication.activeWindow() is window.dialog, timeout=5_000)
    hands.press(Qt.Key.Key_Return)
    qtbot.wait_until(lambda: "written" in window.message_bar.text(), timeout=20_000)
    assert hands.count + 1 == 6  # and Ctrl+R, which opened the window
    words = words_of_book(tmp_path / "registry-assets-GB-20261123-0805Z.xlsx")
    assert "NSRS" in words
    assert "KV Bergen" not in words
    assert "UNCLASSIFIED" in words


def test_by_mouse_one_nations_assets_take_five_clicks(window: RegistryWindow, qtbot: Any, tmp_path: Path) -> None:
    hands = Hands()
    choose_by_mouse(hands, window.facets.nation, "GB", qtbot)
    bar = window.findChild(QToolBar, "registry_bar")
    assert bar is not None
    button = bar.widgetForAction(window.actions_by_id.by_id["export"])
    assert isinstance(button, QToolButton)
    assert button.isVisible()
    hands.click(button)
    dialog = window.dialog
    assert isinstance(dialog, ExportDialog)
    hands.click(dialog.ok)
    qtbot.wait_until(lambda: "written" in window.message_bar.text(), timeout=20_000)
    assert hands.count + 1 == 5  # and the button that opened the window
    assert (tmp_path / "registry-assets-GB-20261123-0805Z.xlsx").is_file()


def choose_by_mouse(hands: Hands, box: QComboBox, value: str, qtbot: Any) -> None:
    interval = QApplication.doubleClickInterval()
    QApplication.setDoubleClickInterval(0)  # a list does not take the second click of a double one
    hands.click(box, QPoint(8, box.height() // 2))
    view = box.view()
    qtbot.wait_until(view.isVisible, timeout=5_000)
    place = view.visualRect(box.model().index(box.findData(value), 0)).center()
    QTest.mouseMove(view.viewport(), place)
    hands.click(view.viewport(), place)
    QApplication.setDoubleClickInterval(interval)
    qtbot.wait_until(lambda: box.currentData() == value, timeout=5_000)


def test_what_was_chosen_last_is_offered_again(window: RegistryWindow, qtbot: Any, tmp_path: Path) -> None:
    dialog = opened_dialog(window)
    dialog.marking.setText("RELEASABLE TO ISMERLO")
    dialog.originator.setText("Northwood")
    dialog.language.setCurrentIndex(dialog.language.findData("fr"))
    dialog.suffix.setCurrentIndex(dialog.suffix.findData(".csv"))
    dialog.exercise.setChecked(True)
    path = tmp_path / "EXERCISE-registry-assets-20261123-0805Z.csv"
    assert dialog.file.text() == str(path)
    assert export(window, qtbot) == f"Entries written to {path}: 2"
    content = path.read_text(encoding="utf-8-sig")
    assert "RELEASABLE TO ISMERLO" in content
    assert "EXERCICE" in content
    again = opened_dialog(window)
    assert again.marking.text() == "RELEASABLE TO ISMERLO"
    assert (again.language.currentData(), again.suffix.currentData()) == ("fr", ".csv")
    assert again.exercise.isChecked()
    assert "replaced" in again.problem.text()


@pytest.mark.parametrize("suffix", [".geojson", ".gpkg", ".kml", ".pdf", ".html"])
def test_every_kind_of_file_is_written(window: RegistryWindow, qtbot: Any, tmp_path: Path, suffix: str) -> None:
    dialog = opened_dialog(window)
    dialog.suffix.setCurrentIndex(dialog.suffix.findData(suffix))
    assert export(window, qtbot).endswith(f"{suffix}: 2")
    assert (tmp_path / f"registry-assets-20261123-0805Z{suffix}").stat().st_size > 500


@pytest.mark.parametrize(
    ("name", "marking", "as_of", "words"),
    [
        ("nowhere/x.xlsx", "U", "", "a folder that exists is needed"),
        ("x.docx", "U", "", "allowed are .xlsx"),
        ("x.xlsx", "  ", "", "one line of 1 to 200"),
        ("x.xlsx", "U", "yesterday", "a time with its zone is needed"),
        ("x.xlsx", "U", "2020-01-01T00:00Z", "no entry for"),
    ],
)
def test_what_cannot_be_written_is_said_and_leaves_nothing(
    window: RegistryWindow, qtbot: Any, tmp_path: Path, name: str, marking: str, as_of: str, words: str
) -> None:
    dialog = opened_dialog(window)
    dialog.file.setText(str(tmp_path / name))
    dialog.marking.setText(marking)
    dialog.as_of.setText(as_of)
    before = sorted(path.name for path in tmp_path.iterdir())
    dialog._ok()
    qtbot.wait_until(lambda: words in dialog.problem.text(), timeout=10_000)
    assert dialog.ok.isEnabled()
    assert isinstance(dialog.focusWidget(), QLineEdit)  # where Enter tries again, not on the button that cancels
    assert sorted(path.name for path in tmp_path.iterdir()) == before


def test_a_full_disk_is_said_and_the_old_file_stays(
    window: RegistryWindow, qtbot: Any, tmp_path: Path, monkeypatch: Any
) -> None:
    import errno
    import os

    old = tmp_path / "x.xlsx"
    old.write_bytes(b"old")

    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    dialog = opened_dialog(window)
    dialog.file.setText(str(old))
    monkeypatch.setattr(os, "fsync", full)
    dialog._ok()
    qtbot.wait_until(lambda: "free some space" in dialog.problem.text(), timeout=10_000)
    assert old.read_bytes() == b"old"
    assert not list(tmp_path.glob(".x.xlsx*"))


def test_a_cancelled_export_writes_nothing(window: RegistryWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    dialog = opened_dialog(window)
    path = Path(dialog.file.text())
    write, cancelled = dialog._write, threading.Event()

    def late(*given: Any) -> int:
        assert cancelled.wait(60)
        return write(*given)

    monkeypatch.setattr(dialog, "_write", late)
    dialog._ok()
    dialog.reject()
    cancelled.set()
    window.background.stop()
    assert not path.exists()


def test_a_table_that_shows_nothing_is_not_exported(window: RegistryWindow, qtbot: Any) -> None:
    qtbot.keyClicks(window.facets.search, "no such thing")
    window.actions_by_id.by_id["export"].trigger()
    assert window.dialog is None
    assert "nothing to export" in window.message_bar.text()


def test_what_narrowed_the_table_stands_in_the_title_block(make_file: Callable[[Facets, str], str]) -> None:
    facets = Facets(words="berg", nation="NO", age=Age.OLD, depth_m=600.0, or_unknown=True)
    assert make_file(facets, "en") == "NO; words berg; reaches, m: 600; or depth unknown; age of information old"
    assert make_file(Facets(), "fr") == "tout"


@pytest.fixture
def make_file() -> Callable[[Facets, str], str]:
    return lambda facets, language: selection_of(None, facets, ()).words(language)


def test_the_name_of_a_file_says_what_is_in_it() -> None:
    assert proposed_name("ship", "NO", minutes(5), ".pdf", True) == "EXERCISE-registry-ship-NO-20261123-0805Z.pdf"
    assert proposed_name(None, None, minutes(5), ".csv", False) == "registry-assets-20261123-0805Z.csv"


def test_paper_is_in_the_language_of_the_window_and_tables_are_in_english(window: RegistryWindow) -> None:
    set_language("fr")
    dialog = opened_dialog(window)
    dialog.suffix.setCurrentIndex(dialog.suffix.findData(".pdf"))
    assert (dialog.language.currentData(), dialog.marking.text()) == ("fr", "NON PROTÉGÉ")
    dialog.suffix.setCurrentIndex(dialog.suffix.findData(".csv"))
    assert (dialog.language.currentData(), dialog.marking.text()) == ("en", "UNCLASSIFIED")
    dialog.language.setCurrentIndex(dialog.language.findData("ru"))
    dialog.suffix.setCurrentIndex(dialog.suffix.findData(".html"))
    assert dialog.language.currentData() == "ru"
