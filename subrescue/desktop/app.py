"""Starts the window: the application, the case to open, the desk and its worker."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from subrescue.domain.errors import InputError

if TYPE_CHECKING:
    from PySide6.QtGui import QSessionManager
    from PySide6.QtWidgets import QApplication

    from subrescue.desktop.main_window import MainWindow
    from subrescue.desktop.registry.desk import RegistryDesk
    from subrescue.domain.registry import Registry

FONT_FAMILIES = (
    "Segoe UI",
    "SF Pro Text",
    "Inter",
    "Noto Sans",
    "Liberation Sans",
    "DejaVu Sans Condensed",
    "DejaVu Sans",
)
# The window waits at most so long for Python's lock, each of the many times that one event asks for it, while a plan
# or a picture is made beside it; with Python's usual 5 ms a step of a drag of the DISSUB took three times as long.
_SWITCH_S = 0.0001
_BEFORE_QT = ("numpy", "subrescue.earth.shape.outlines", "subrescue.store.cases")
_BEFORE_THE_WINDOW = (
    "subrescue.domain.registry",
    "subrescue.earth.positions.coordinates",
    "subrescue.earth.passages.passages",
    "subrescue.exchange.conditions",
    "subrescue.exchange.response_json",
    "subrescue.desktop.main_window",
)


def run_window(case_path: Path | None) -> int:
    """Show the window with a case, the last one, or the demonstration exercise; return the exit code.

    The map alone comes first: it is there in half the time that importing and building the window takes.
    Raises InputError where the case that was asked for cannot be read.
    """
    import gc
    import signal

    gc.disable()  # nothing that a start makes is rubbish; looking for it takes a tenth of the time
    _import(_BEFORE_QT)
    from subrescue.desktop.window.preferences import Preferences
    from subrescue.earth.map_files.on_disk import use_folder
    from subrescue.store.user_folders import data_folder

    app = application()
    signal.signal(signal.SIGINT, signal.SIG_DFL)  # Qt's loop never gives Python the turn to raise KeyboardInterrupt
    preferences = Preferences()
    use_folder(data_folder())
    from subrescue.desktop.window.first_map import show_first_map

    first_map = show_first_map(preferences, case_path)
    _import(_BEFORE_THE_WINDOW)
    from subrescue.desktop.parts.window_collector import WindowCollector
    from subrescue.desktop.registry.desk import RegistryDesk
    from subrescue.desktop.window.crash_window import CrashReporter

    usual_s = sys.getswitchinterval()
    sys.setswitchinterval(_SWITCH_S)
    window = make_window(case_path, preferences, RegistryDesk())
    if first_map is not None:
        first_map.hand_over(window)
    WindowCollector(app)
    app.commitDataRequest.connect(lambda manager: hold_session(window, manager))
    # The world stays to the end: leaving it out spares a tenth of a second whenever garbage is looked for.
    window.desk.service.warmed.connect(gc.freeze)
    reporter = CrashReporter(preferences.folder / "crashes", app)
    reporter.install()
    window.show()
    if case_path is None:
        greet(window)
    try:
        return app.exec()
    finally:
        reporter.uninstall()
        sys.setswitchinterval(usual_s)


def hold_session(window: MainWindow, manager: QSessionManager) -> None:
    """Hold the end of the desktop's session back while a question is open; edits are kept without a question."""
    from subrescue.desktop.parts.open_question import question_left

    while window.successor is not None:
        window = window.successor
    if question_left(window) and manager.allowsInteraction():
        manager.cancel()


def _import(names: tuple[str, ...]) -> None:
    import importlib

    for name in names:
        importlib.import_module(name)


def import_without_reading() -> None:
    """From here on import modules without reading their sources, as Qt's Python layer does in search of Qt's name.

    For names of Qt's functions in Python's style, which nobody uses here. It takes a tenth of the time of a start, and
    leaves 20 MB of lines, and holes where they were.
    """
    import builtins

    builtins.__import__ = getattr(builtins, "__orig_import__", builtins.__import__)


def greet(window: MainWindow) -> None:
    """Lead through the first plan where this profile has never been led through one."""
    from subrescue.desktop.features import feature_of
    from subrescue.desktop.window.guide_feature import GuideFeature

    feature_of(window, GuideFeature).greet()


def application() -> QApplication:
    """The one QApplication, dressed for dense work. A window in it wants a `WindowCollector`."""
    from PySide6.QtGui import QFont
    from PySide6.QtWidgets import QApplication

    from subrescue.desktop.parts.letters import FONT_POINTS
    from subrescue.desktop.parts.spare_memory import map_large_blocks

    map_large_blocks()
    import_without_reading()
    app = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(app, QApplication)
    app.setApplicationName("subrescue")
    app.setApplicationDisplayName("Subrescue")
    app.setDesktopFileName("subrescue")
    app.setStyle("Fusion")
    font = QFont()
    font.setFamilies(list(FONT_FAMILIES))
    font.setPointSizeF(FONT_POINTS)
    app.setFont(font)
    return app


def make_window(
    case_path: Path | None,
    preferences: object,
    registry: RegistryDesk | None = None,
    *,
    planned_with: Registry | None = None,
) -> MainWindow:
    """The window with its desk, not yet shown. A last case that cannot be read gives way to the demonstration.

    Plans are made from the registry that is handed in, once its workspace is open, before that from `planned_with`,
    and without both from the shipped one. With a registry and nothing else the user's own workspace is read at once,
    where there is one: no response of other facts is shown first.
    """
    from subrescue.desktop.case.case_files import DEMONSTRATION, first_case
    from subrescue.desktop.case.desk import Desk
    from subrescue.desktop.case.kept_session import keep_session
    from subrescue.desktop.case.plan_service import PlanService, load_resources
    from subrescue.desktop.main_window import MainWindow
    from subrescue.desktop.parts.letters import letter_size, use_letters
    from subrescue.desktop.registry.desk import own_registry
    from subrescue.desktop.window.language_switch import remembered, use_language
    from subrescue.desktop.window.preferences import Preferences
    from subrescue.store.cases import find_case, read_case
    from subrescue.store.registry import load_registry

    assert isinstance(preferences, Preferences)
    last = preferences.last_case
    path = case_path or first_case(last)
    trouble = ""
    try:
        case = read_case(path)
    except InputError as error:
        if case_path is not None:
            raise
        trouble = str(error)
        path = find_case(DEMONSTRATION)
        case = read_case(path)
    use_language(remembered(preferences))
    if letter_size(preferences) != 100:
        use_letters(letter_size(preferences))

    def facts() -> Registry:
        if planned_with is not None:
            return planned_with
        return load_registry() if registry is None else own_registry()

    window = MainWindow(Desk(PlanService(lambda: load_resources(facts)), case, path), preferences, registry=registry)
    keep_session(window, case_path or last, asked=case_path is not None)
    if trouble:
        window.message_bar.show_message(trouble)
    return window
