"""The guards that every test runs under: quiet log, quiet Qt, no dialog, nothing left, a throwaway profile.

Qt's own messages are watched by pytest-qt (`qt_log_level_fail` in pyproject.toml).
"""

from __future__ import annotations

import gc
import logging
import os
import shutil
import tempfile
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import hypothesis
import pytest

# Before anything reads them: no screen, no colour, lines wide enough that tables are not cut.
os.environ.update(QT_QPA_PLATFORM="offscreen", NO_COLOR="1", TERM="dumb", COLUMNS="200")
os.environ.update(LC_ALL="C.UTF-8", TZ="UTC")

hypothesis.settings.register_profile(
    "subrescue",
    derandomize=True,  # the same examples on every machine
    deadline=None,  # no verdict may hang on how busy the machine is
    database=None,
    print_blob=True,
)
hypothesis.settings.load_profile("subrescue")

_PROFILE_VARIABLES = {
    "HOME": "",
    "USERPROFILE": "",
    "XDG_CONFIG_HOME": "config",
    "XDG_DATA_HOME": "data",
    "XDG_STATE_HOME": "state",
    "XDG_RUNTIME_DIR": "runtime",
    "APPDATA": "config",
    "LOCALAPPDATA": "data",
}
_JOIN_S = 2.0  # how long a thread that is about to end may take to do so
_QT_FIXTURES = {"qapp", "qtbot", "qtmodeltester"}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What lies in tests/benchmarks measures speed, and runs on request only."""
    for item in items:
        if "benchmarks" in item.path.parts:
            item.add_marker("benchmark")


def pytest_collection_finish() -> None:
    """Leave what was collected out of every later look for garbage: it is half a million objects, and stays."""
    gc.collect()
    gc.freeze()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> Iterator[None]:
    """Remember a failure: what a failed test leaves behind is no second finding."""
    report = yield
    if report.failed:
        item.stash[_FAILED] = True
    return report


_FAILED = pytest.StashKey[bool]()


@pytest.fixture(scope="session")
def _profiles() -> Iterator[Path]:
    # Not below tmp_path: a socket or a lock in a profile must have a short path.
    folder = Path(tempfile.mkdtemp(prefix="subrescue-"))
    cache = pytest.MonkeyPatch()
    cache.setenv("XDG_CACHE_HOME", str(folder / "cache"))  # one for all: the font cache is slow to build
    yield folder
    cache.undo()
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(autouse=True)
def throwaway_profile(_profiles: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Give each test a home of its own, empty, and gone afterwards."""
    home = Path(tempfile.mkdtemp(dir=_profiles))
    for variable, below in _PROFILE_VARIABLES.items():
        monkeypatch.setenv(variable, str(home / below))
    (home / "runtime").mkdir(mode=0o700)
    yield home
    shutil.rmtree(home, ignore_errors=True)


@pytest.fixture(autouse=True)
def quiet_log(request: pytest.FixtureRequest, caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """Fail on a log line of WARNING or worse; `@pytest.mark.expects_log` says that the test provokes it."""
    yield
    if request.node.get_closest_marker("expects_log") is not None:
        return
    records = [
        record
        for phase in ("setup", "call", "teardown")
        for record in caplog.get_records(phase)  # type: ignore[arg-type]  # a literal, spelled out above
        if record.levelno >= logging.WARNING
    ]
    if records:
        lines = "\n".join(f"  {record.levelname} {record.name}: {record.getMessage()}" for record in records)
        pytest.fail(f"the test left lines in the log:\n{lines}", pytrace=False)


@pytest.fixture(autouse=True)
def no_thread_left(request: pytest.FixtureRequest) -> Iterator[None]:
    """Fail on a thread that outlives the test which started it.

    In tests with a window none of them looks for garbage, as in the program: see `WindowCollector`.
    """
    before = set(threading.enumerate())
    has_qt = bool(_QT_FIXTURES.intersection(request.fixturenames))
    if has_qt:
        gc.disable()
    yield
    started = [thread for thread in threading.enumerate() if thread not in before]
    # A dummy stands for a thread that Qt or a library made: Python cannot join it; quiet_qt looks at Qt's.
    own = [thread for thread in started if not isinstance(thread, threading._DummyThread)]
    for thread in own:
        thread.join(_JOIN_S)
    if has_qt:
        gc.enable()
    alive = [thread.name for thread in own if thread.is_alive()]
    if alive and not request.node.stash.get(_FAILED, False):
        pytest.fail(f"the test left threads running: {', '.join(alive)}", pytrace=False)


@pytest.fixture(autouse=True)
def quiet_qt(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """In tests with a window: fail on a dialog that waits for a person, or anything left, or a button held."""
    if not _QT_FIXTURES.intersection(request.fixturenames):
        yield
        return
    from PySide6 import QtWidgets

    popped_up = _forbid_dialogs(monkeypatch)
    timers = _watch_timers(monkeypatch)
    threads = _watch_qthreads(monkeypatch)
    before = {_address(widget) for widget in QtWidgets.QApplication.topLevelWidgets()}
    yield
    buttons = _let_go()
    if popped_up:
        pytest.fail(f"a dialog popped up: {'; '.join(popped_up)}", pytrace=False)
    if request.node.stash.get(_FAILED, False):
        return
    left = _left_windows(before)
    left += timers()
    left += threads()
    left += buttons
    if left:
        pytest.fail(f"the test left behind: {', '.join(left)}", pytrace=False)


def _let_go() -> list[str]:
    """Let go of the mouse buttons that are down, and name them: Qt tells every later test of them.

    So it does of Ctrl and Shift; a test may end with a click that had one of them, and lets go of it here.
    """
    from PySide6.QtCore import Qt
    from PySide6.QtTest import QTest
    from PySide6.QtWidgets import QApplication, QWidget

    held = [button for button in Qt.MouseButton if button.value and button in QApplication.mouseButtons()]
    for button in held:
        QTest.mouseRelease(QWidget(), button)
    if QApplication.keyboardModifiers() != Qt.KeyboardModifier.NoModifier:
        QTest.mouseRelease(QWidget(), Qt.MouseButton.NoButton)
    return [f"{button.name} held down" for button in held]


def _address(qobject: Any) -> int:
    import shiboken6

    return int(shiboken6.getCppPointer(qobject)[0])


def _forbid_dialogs(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Replace everything that would wait for a person; return the list that each attempt is written to."""
    from PySide6 import QtWidgets

    popped_up: list[str] = []

    def refuse(name: str) -> Callable[..., Any]:
        def popup(*args: Any, **_: Any) -> Any:
            texts = [argument for argument in args if isinstance(argument, str)]
            if not texts and args and isinstance(args[0], QtWidgets.QMessageBox):
                texts = [args[0].text()]
            popped_up.append(f"{name} {' - '.join(texts)}".strip())
            raise AssertionError(f"a dialog popped up: {popped_up[-1]}")

        return popup

    waiting = {
        QtWidgets.QDialog: ("exec",),
        QtWidgets.QMessageBox: ("exec", "about", "aboutQt", "critical", "information", "question", "warning"),
        QtWidgets.QFileDialog: (
            "getExistingDirectory",
            "getOpenFileName",
            "getOpenFileNames",
            "getSaveFileName",
        ),
        QtWidgets.QInputDialog: ("getDouble", "getInt", "getItem", "getMultiLineText", "getText"),
        QtWidgets.QColorDialog: ("getColor",),
        QtWidgets.QFontDialog: ("getFont",),
        QtWidgets.QMenu: ("exec",),
    }
    for cls, names in waiting.items():
        for name in names:
            function = refuse(f"{cls.__name__}.{name}")
            monkeypatch.setattr(cls, name, function if name == "exec" else staticmethod(function))
    return popped_up


def _watch_timers(monkeypatch: pytest.MonkeyPatch) -> Callable[[], list[str]]:
    """Note every timer that starts; the function returned names those that still run."""
    import shiboken6
    from PySide6 import QtCore

    timers: dict[int, Any] = {}
    start = QtCore.QTimer.start

    def watched(timer: Any, *args: Any) -> None:
        timers[id(timer)] = timer
        start(timer, *args)

    monkeypatch.setattr(QtCore.QTimer, "start", watched)

    def running() -> list[str]:
        alive = [timer for timer in timers.values() if shiboken6.isValid(timer) and timer.isActive()]
        for timer in alive:
            timer.stop()
        timers.clear()
        return [f"a timer of {timer.interval()} ms of {timer.parent()!r}" for timer in alive]

    return running


def _watch_qthreads(monkeypatch: pytest.MonkeyPatch) -> Callable[[], list[str]]:
    """Note every QThread that starts; the function returned names those, and pool tasks, that still run."""
    import shiboken6
    from PySide6 import QtCore

    threads: dict[int, Any] = {}
    start = QtCore.QThread.start

    def watched(thread: Any, *args: Any) -> None:
        threads[id(thread)] = thread
        start(thread, *args)

    monkeypatch.setattr(QtCore.QThread, "start", watched)

    def running() -> list[str]:
        wait_ms = int(_JOIN_S * 1000)
        left = [
            f"a running {type(thread).__name__}"
            for thread in threads.values()
            if shiboken6.isValid(thread) and thread.isRunning() and not thread.wait(wait_ms)
        ]
        threads.clear()
        if not QtCore.QThreadPool.globalInstance().waitForDone(wait_ms):
            left.append("a task in the thread pool")
        return left

    return running


def _left_windows(before: set[int]) -> list[str]:
    """Name the top-level widgets that the test made and nobody owns, once Qt deleted what it was told to."""
    from PySide6 import QtCore, QtWidgets

    def left() -> list[Any]:
        QtCore.QCoreApplication.sendPostedEvents(None, QtCore.QEvent.Type.DeferredDelete.value)
        return [
            widget
            for widget in QtWidgets.QApplication.topLevelWidgets()
            if widget.parent() is None and _address(widget) not in before and not widget.inherits("QTipLabel")
        ]

    if left():
        gc.collect()  # a window in a reference cycle is forgotten, not left
    widgets = left()
    names = [f"the window {type(widget).__name__} '{widget.windowTitle()}'" for widget in widgets]
    for widget in widgets:
        widget.close()
        widget.deleteLater()
    return names
