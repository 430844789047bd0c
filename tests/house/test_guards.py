"""The guards of tests/conftest.py: each must fail the test that deserves it, and leave the others alone."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]

BAD_TESTS = """
import logging
import threading
import warnings

import pytest


def test_quiet():
    logging.getLogger("subrescue").info("fine")


def test_log_line():
    logging.getLogger("subrescue").warning("port has no position")


@pytest.mark.expects_log
def test_log_line_on_purpose():
    logging.getLogger("subrescue").warning("port has no position")


def test_python_warning():
    warnings.warn("old", DeprecationWarning)


def test_thread_left(monkeypatch):
    import conftest_under_test

    monkeypatch.setattr(conftest_under_test, "_JOIN_S", 0.01)
    threading.Thread(target=threading.Event().wait, name="forgotten", daemon=True).start()


def test_thread_that_ends():
    threading.Thread(target=lambda: None).start()


def test_window_closed(qtbot):
    from PySide6.QtCore import QTimer
    from PySide6.QtWidgets import QLabel

    label = QLabel("DISSUB")
    qtbot.addWidget(label)
    label.show()
    timer = QTimer(label)
    timer.start(10_000)
    with qtbot.waitSignal(timer.timeout, raising=False, timeout=1):
        pass
    timer.stop()


def test_window_left(qapp):
    from PySide6.QtWidgets import QLabel

    qapp.kept = QLabel("DISSUB")
    qapp.kept.setWindowTitle("kept")
    qapp.kept.show()


def test_timer_left(qapp):
    from PySide6.QtCore import QTimer

    timer = QTimer(qapp)
    timer.start(5_000)


def test_button_held(qtbot):
    from PySide6.QtCore import Qt
    from PySide6.QtWidgets import QWidget

    widget = QWidget()
    qtbot.addWidget(widget)
    qtbot.mousePress(widget, Qt.MouseButton.LeftButton)


def test_control_held(qtbot):
    from PySide6.QtCore import Qt
    from PySide6.QtWidgets import QApplication, QWidget

    assert QApplication.mouseButtons() == Qt.MouseButton.NoButton
    widget = QWidget()
    qtbot.addWidget(widget)
    qtbot.mouseClick(widget, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.ControlModifier)
    assert QApplication.keyboardModifiers() == Qt.KeyboardModifier.ControlModifier


def test_after_control_was_held(qtbot):
    from PySide6.QtCore import Qt
    from PySide6.QtWidgets import QApplication

    assert QApplication.keyboardModifiers() == Qt.KeyboardModifier.NoModifier


def test_message_box(qtbot):
    from PySide6.QtWidgets import QMessageBox

    try:
        QMessageBox.critical(None, "Import", "row 3 has no depth")
    except AssertionError:
        pass


def test_dialog_exec(qtbot):
    from PySide6.QtWidgets import QDialog

    class Ask(QDialog):
        pass

    ask = Ask()
    qtbot.addWidget(ask)
    ask.exec()


def test_qt_warning(qtbot):
    from PySide6.QtCore import qWarning

    qWarning("QPainter::begin: Paint device returned engine == 0")


def test_pool_task_left(qapp, monkeypatch):
    import conftest_under_test
    from PySide6.QtCore import QThreadPool

    monkeypatch.setattr(conftest_under_test, "_JOIN_S", 0.01)
    QThreadPool.globalInstance().start(lambda: threading.Event().wait(0.2))


def test_home_is_thrown_away(throwaway_profile):
    from pathlib import Path

    assert Path.home() == throwaway_profile
    assert not (throwaway_profile / "config").exists()
"""

EXPECTED = {
    "test_quiet": None,
    "test_log_line": "WARNING subrescue: port has no position",
    "test_log_line_on_purpose": None,
    "test_python_warning": "DeprecationWarning: old",
    "test_thread_left": "the test left threads running: forgotten",
    "test_thread_that_ends": None,
    "test_window_closed": None,
    "test_window_left": "the test left behind: the window QLabel 'kept'",
    "test_timer_left": "the test left behind: a timer of 5000 ms",
    "test_button_held": "the test left behind: LeftButton held down",
    "test_control_held": None,
    "test_after_control_was_held": None,
    "test_message_box": "a dialog popped up: QMessageBox.critical Import - row 3 has no depth",
    "test_dialog_exec": "a dialog popped up: QDialog.exec",
    "test_qt_warning": "QPainter::begin: Paint device returned engine == 0",
    "test_pool_task_left": "the test left behind: a task in the thread pool",
    "test_home_is_thrown_away": None,
}


@pytest.fixture(scope="module")
def outcomes(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Run the bad tests under the guards; what each of them failed with, by name."""
    folder = tmp_path_factory.mktemp("guarded")
    (folder / "conftest_under_test.py").write_text((ROOT / "tests/conftest.py").read_text("utf-8"), "utf-8")
    (folder / "test_bad.py").write_text(BAD_TESTS, "utf-8")
    command = [sys.executable, "-m", "pytest", "-c", str(ROOT / "pyproject.toml"), f"--rootdir={folder}"]
    command += ["-p", "conftest_under_test", "-p", "no:randomly", "-p", "no:cacheprovider"]
    command += ["-p", "no:xdist", "-q", "--tb=short", "test_bad.py"]
    clean = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST_")}
    run = subprocess.run(
        command,
        cwd=folder,
        env=clean | {"PYTHONPATH": str(folder)},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert run.returncode == 1, run.stdout + run.stderr
    sections = re.split(r"^_{3,} (?:ERROR at (?:setup|teardown) of )?(\w+) _{3,}$", run.stdout, flags=re.M)
    return dict(zip(sections[1::2], sections[2::2], strict=True))


@pytest.mark.parametrize("name", sorted(EXPECTED))
def test_each_guard_fails_what_it_should_and_nothing_else(name: str, outcomes: dict[str, str]) -> None:
    expected = EXPECTED[name]
    if expected is None:
        assert name not in outcomes
    else:
        assert expected in outcomes[name]


def test_a_test_without_a_window_does_not_import_qt_widgets_for_the_guards() -> None:
    # pytest-qt itself loads the library; the guards may not make an application or patch it for pure tests.
    source = (ROOT / "tests/conftest.py").read_text("utf-8")
    top = [line for line in source.splitlines() if line.startswith(("import ", "from "))]
    assert not [line for line in top if "PySide6" in line or "shiboken6" in line]
