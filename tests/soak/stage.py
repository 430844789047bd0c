"""Sets a whole window up, with registry and world, for a soak or a picture; and takes it down."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable
from functools import cache
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent, QEventLoop, QTimer

from subrescue.desktop.app import application
from subrescue.desktop.case.case_files import DEMONSTRATION
from subrescue.desktop.case.desk import Desk
from subrescue.desktop.case.kept_session import keep_session
from subrescue.desktop.case.plan_service import Planner, PlanService, Resources, load_resources, plan_case
from subrescue.desktop.main_window import MainWindow
from subrescue.desktop.parts.window_collector import WindowCollector
from subrescue.desktop.registry.desk import RegistryDesk
from subrescue.desktop.window.language_switch import use_language
from subrescue.desktop.window.preferences import Preferences
from subrescue.domain.case import Case
from subrescue.domain.response import Response
from subrescue.earth.map_files.on_disk import use_folder
from subrescue.store.cases import find_case, read_case

_START_S = 600.0  # the first plan on a machine that does much else


class Echo:
    """A planner that plans when told to and gives its last response to every other case, turned by a place each time.

    The first case is planned; every one, where it always plans. When told to, it plans that first case where the DISSUB
    lies now: a boat that random acts have put on the surface takes no ways, and fills nothing of what a planner keeps.
    """

    def __init__(self, always: bool = False) -> None:
        self.plans_next = True
        self._always = always
        self._first: Case | None = None
        self._response: Response | None = None
        self._count = 0

    def __call__(self, case: Case, resources: Resources, samples: int) -> Response:
        """The response to this case, or the last one that was worked out, as if it were that of this one."""
        if self.plans_next or self._always or self._response is None:
            try:
                self._first = self._first or case
                moved = self._first.dissub.model_copy(update={"fix": case.dissub.fix})
                planned = case if self._always else self._first.model_copy(update={"dissub": moved})
                self._response = plan_case(planned, resources, samples)
            finally:
                self.plans_next = False
        self._count += 1
        options = self._response.options
        at = self._count % max(len(options), 1)  # a boat on the surface has none
        return self._response.model_copy(update={"case_id": case.id, "options": options[at:] + options[:at]})


_SET_UP = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from subrescue.store.user_folders import use_profile
from subrescue.store.workspace.opening import open_workspace
use_profile(Path(sys.argv[1]))
open_workspace(now=datetime.now(UTC)).close()
"""


def set_up_before(profile: Path) -> None:
    """Make the workspace of a profile, as on the first day: what makes its tables takes 8 MB, on that day alone."""
    subprocess.run([sys.executable, "-c", _SET_UP, str(profile)], check=True)


def stage(folder: Path, planner: Planner) -> MainWindow:
    """A window on the demonstration, shown, with its first response. folder: where preferences lie."""
    WindowCollector(application())
    use_folder(folder)
    use_language("en")
    path = find_case(DEMONSTRATION)
    desk = Desk(PlanService(load_resources, planner), read_case(path), path)
    window = MainWindow(desk, Preferences(folder / "window.ini"), registry=RegistryDesk())
    keep_session(window, path, asked=False)
    window.resize(1920, 1080)
    window.reset_layout()
    window.show()
    wait_for(lambda: desk.response is not None and desk.depth_ready, "a response", _START_S)
    wait_for(lambda: not window.map.is_painting, "the map", _START_S)
    return window


def wait_for(holds: Callable[[], bool], what: str, patience_s: float = 120.0) -> None:
    """Let the window live until something holds; raises TimeoutError."""
    end = time.monotonic() + patience_s
    while not holds():
        if time.monotonic() > end:
            raise TimeoutError(f"{what} did not come within {patience_s:g} s")
        let_live(5)


@cache
def _life() -> tuple[QEventLoop, QTimer]:
    """A loop and the timer that ends it: each signal that is connected anew leaves a block behind in Qt's Python layer,
    10 MB in a soak of 20,000 acts."""
    loop, timer = QEventLoop(), QTimer()
    timer.setSingleShot(True)
    timer.timeout.connect(loop.quit)
    return loop, timer


def let_live(wait_ms: int) -> None:
    """Let the window live for so long, and every other thread with it.

    QTest.qWait keeps Python's lock while it waits: threads got a two-hundredth of their share, work of half a second
    went on for minutes, and a soak held for hundreds of acts what a desk holds for that half second.
    """
    loop, timer = _life()
    timer.start(wait_ms)
    loop.exec()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)  # what was posted outside a loop, as qWait does


def close(window: MainWindow) -> None:
    """Close the window and all that it started."""
    from subrescue.desktop.parts.dialogs import Dialogs

    window.dialogs = Dialogs(leave=lambda *_: "discard")
    window.close()
    window.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
