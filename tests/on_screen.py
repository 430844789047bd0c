"""A person at a real window: `python -m tests.on_screen` begins a new DISSUB with keys alone, then with the mouse.

Xvfb is the screen, xdotool the hands, openbox the window manager where there is one. A text typed, a key and a click
are one action each. Told are actions, seconds from the start of the program to the first ranked response, and how many
of these were waits for the program and not the hand's. The bound of both is 12 actions and 45 s. No offscreen test
shows what a window manager does with focus and boxes, so run it after a change of either.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from subrescue.desktop.main_window import MainWindow
    from subrescue.desktop.window.guide_panel import GuidePanel

MOST_ACTIONS, MOST_S = 12, 45.0
_LONGEST_S = 300.0
Until = Callable[[], bool]


class Hands:
    """Types and clicks through the X server, and counts."""

    def __init__(self) -> None:
        self.actions = 0
        self._at_work: subprocess.Popen[bytes] | None = None

    @property
    def are_busy(self) -> bool:
        """Whether an action is still being done."""
        return self._at_work is not None and self._at_work.poll() is None

    def types(self, words: str) -> Until:
        """Type a text where the focus is."""
        return self._do("type", "--delay", "20", words)

    def presses(self, key: str) -> Until:
        """Press a key."""
        return self._do("key", key)

    def clicks(self, widget: QWidget) -> Until:
        """Click into the middle of a widget."""
        at = widget.mapToGlobal(widget.rect().center())
        return self._do("mousemove", str(at.x()), str(at.y()), "click", "1")

    def _do(self, *words: str) -> Until:
        self.actions += 1
        self._at_work = subprocess.Popen(["xdotool", *words])
        return lambda: not self.are_busy


def with_keys(hands: Hands, panel: GuidePanel) -> Iterator[Until]:
    """The four steps of the guide without a mouse."""
    yield hands.types("57 30 N 8 0 E")
    yield hands.presses("Return")
    yield lambda: panel.step == 1
    yield hands.types("255")
    yield hands.presses("Tab")
    yield hands.types("21")
    yield hands.presses("Return")
    yield lambda: panel.step == 2
    yield hands.presses("Return")


def with_mouse(hands: Hands, panel: GuidePanel) -> Iterator[Until]:
    """The same with clicks; what is no choice is typed."""
    yield hands.clicks(panel.position)
    yield hands.types("57 30 N 8 0 E")
    yield hands.clicks(panel.next)
    yield lambda: panel.step == 1
    yield hands.clicks(panel.depth_m)
    yield hands.types("255")
    yield hands.clicks(panel.aboard)
    yield hands.types("21")
    yield hands.clicks(panel.next)
    yield lambda: panel.step == 2
    yield hands.clicks(panel.next)


WAYS = {"keys": with_keys, "mouse": with_mouse}


def _whole(way: str, hands: Hands, window: MainWindow, panel: GuidePanel) -> Iterator[Until]:
    yield lambda: panel.position.hasFocus()
    yield from WAYS[way](hands, panel)
    yield lambda: panel.is_last and window.desk.response is not None and window.response.view.rowCount() > 0


def sit_down(way: str) -> int:
    """Start the program, do the task, and say what it took; 1 where a bound is broken or it came to no end."""
    begun = time.monotonic()
    from PySide6.QtCore import QTimer
    from PySide6.QtWidgets import QApplication

    from subrescue.desktop.app import application, run_window
    from subrescue.desktop.window.guide_panel import GuidePanel
    from subrescue.store.user_folders import use_profile

    app, hands = application(), Hands()
    steps: Iterator[Until] = iter(())
    until: Until | None = None
    at_work_s, last = 0.0, begun

    def ended(code: int) -> None:
        timer.stop()
        took = time.monotonic() - begun
        waits = took - at_work_s
        told = f"{took:.1f} s, of which {waits:.1f} s waits for the program ({time.process_time():.1f} s of processor)"
        told = told if code == 0 else "no response"
        print(f"{way}: {hands.actions} actions, {told}", flush=True)
        for window in QApplication.topLevelWidgets():
            if window.findChild(GuidePanel) is not None:
                window.desk.service.stop()  # type: ignore[attr-defined]  # a main window; it plans on by itself
        app.exit(code or int(hands.actions > MOST_ACTIONS or took > MOST_S))

    def turn() -> None:
        nonlocal steps, until, at_work_s, last
        now = time.monotonic()
        at_work_s, last = at_work_s + (now - last if hands.are_busy else 0.0), now
        if now - begun > _LONGEST_S:
            ended(2)
        elif until is None:
            for window in QApplication.topLevelWidgets():
                panel = window.findChild(GuidePanel)
                if panel is not None and panel.isVisible():
                    steps = _whole(way, hands, window, panel)  # type: ignore[arg-type]  # of a main window alone
                    until = next(steps)
        elif until():
            until = next(steps, None)
            if until is None:
                ended(0)

    timer = QTimer()
    timer.timeout.connect(turn)
    timer.start(20)
    with tempfile.TemporaryDirectory(prefix="subrescue-screen-") as name:
        use_profile(Path(name))
        return run_window(None)


def main() -> int:
    """Put up the screen and let the person sit down twice; 2 where a program is missing."""
    missing = [name for name in ("Xvfb", "xdotool") if shutil.which(name) is None]
    if missing:
        print(f"not found: {', '.join(missing)}; Debian's packages are xvfb and xdotool", file=sys.stderr)
        return 2
    reads, writes = os.pipe()
    asked = ["Xvfb", "-displayfd", str(writes), "-screen", "0", "1920x1080x24"]
    screen = subprocess.Popen(asked, pass_fds=(writes,), stderr=subprocess.DEVNULL)
    manager = None
    try:
        os.close(writes)
        with os.fdopen(reads) as told:
            here = os.environ | {"DISPLAY": f":{told.readline().strip()}", "QT_QPA_PLATFORM": "xcb"}
        if shutil.which("openbox") is not None:
            manager = subprocess.Popen(["openbox"], env=here, stderr=subprocess.DEVNULL)
        ways = [[sys.executable, "-m", "tests.on_screen", way] for way in WAYS]
        return max(subprocess.run(words, env=here, check=False).returncode for words in ways)
    finally:
        for process in (manager, screen):
            if process is not None:
                process.terminate()
                process.wait()


if __name__ == "__main__":
    sys.exit(sit_down(sys.argv[1]) if sys.argv[1:] else main())
