"""An error that nobody foresaw is written down, shown, and the program goes on; nothing leaves the machine."""

from __future__ import annotations

import sys
import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from subrescue.desktop.window.crash_report import MOST_FILES, report_text, write_report
from subrescue.desktop.window.crash_window import CrashReporter

NOON = datetime(2026, 11, 26, 12, tzinfo=UTC)


@pytest.fixture
def reporter(tmp_path: Path, qapp: Any) -> Iterator[CrashReporter]:
    before = sys.excepthook, threading.excepthook
    made = CrashReporter(tmp_path / "crashes")
    made.install()
    yield made
    made.uninstall()
    assert (sys.excepthook, threading.excepthook) == before
    if made.window is not None:
        made.window.deleteLater()


def caught(error: Exception) -> tuple[Any, Any, Any]:
    try:
        raise error
    except (ValueError, ZeroDivisionError):
        return sys.exc_info()


def test_an_error_in_the_window_is_written_shown_and_copied_and_the_loop_goes_on(
    reporter: CrashReporter, tmp_path: Path, qtbot: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    went_on = []
    reporter.catch(*caught(ZeroDivisionError("no sea")))
    QTimer.singleShot(0, lambda: went_on.append(True))
    qtbot.wait_until(lambda: bool(went_on))
    window = reporter.window
    assert window is not None
    assert window.isVisible()
    (path,) = (tmp_path / "crashes").iterdir()
    assert path.read_text(encoding="utf-8") == window.text.toPlainText()
    assert "ZeroDivisionError: no sea" in window.text.toPlainText()
    assert "Nothing was sent" in window.words.text()
    assert str(path) in window.words.text()
    window.copy_button.click()
    assert QApplication.clipboard().text() == window.text.toPlainText()
    window.close_button.click()
    assert not window.isVisible()
    said = capsys.readouterr().err
    assert "Traceback" not in said
    assert str(path) in said


def test_an_error_in_a_thread_is_caught_too(reporter: CrashReporter, qtbot: Any) -> None:
    thread = threading.Thread(target=lambda: [][1])
    thread.start()
    thread.join()
    qtbot.wait_until(lambda: reporter.window is not None and reporter.window.isVisible())
    assert reporter.window is not None
    assert "IndexError" in reporter.window.text.toPlainText()


def test_an_error_that_comes_again_and_again_fills_neither_screen_nor_disk(
    reporter: CrashReporter, tmp_path: Path, qtbot: Any
) -> None:
    for number in range(100):
        reporter.catch(*caught(ValueError(str(number))))
    assert len(list((tmp_path / "crashes").iterdir())) == 1
    assert reporter.window is not None
    assert "It came 100 times." in reporter.window.words.text()


def test_a_folder_that_cannot_be_written_still_shows_the_report(tmp_path: Path, qtbot: Any) -> None:
    (tmp_path / "file").write_text("x")
    reporter = CrashReporter(tmp_path / "file" / "crashes")
    reporter.catch(*caught(ValueError("x")))
    assert reporter.window is not None
    assert "could not be written" in reporter.window.words.text()
    reporter.window.deleteLater()


def test_the_report_names_versions_and_hides_the_home_folder(tmp_path: Path) -> None:
    text = report_text(*caught(ValueError(f"{tmp_path}/secret/case.toml")), NOON, tmp_path)
    assert "2026-11-26T12:00:00+00:00" in text
    assert "ValueError: ~/secret/case.toml" in text
    assert str(tmp_path) not in text


def test_the_newest_twenty_reports_are_kept(tmp_path: Path) -> None:
    for second in range(25):
        assert write_report(tmp_path, str(second), NOON.replace(second=second)) is not None
    kept = sorted(path.read_text(encoding="utf-8") for path in tmp_path.iterdir())
    assert len(kept) == MOST_FILES
    assert kept == sorted(str(second) for second in range(5, 25))
