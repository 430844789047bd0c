"""What each action of the table does to a window."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from subrescue.desktop.case import case_files
from subrescue.desktop.map.canvas import PROJECTIONS
from subrescue.desktop.paper.paper_language import paper_language
from subrescue.desktop.paper.product_file import ask_file, written
from subrescue.desktop.parts.themes import THEMES
from subrescue.desktop.parts.words import language, later, tr
from subrescue.desktop.response.rows import as_text
from subrescue.desktop.window.docks import bring_panel
from subrescue.exchange.languages import LANGUAGES, speaking

if TYPE_CHECKING:
    from subrescue.desktop.main_window import MainWindow

CASE_FILES = later("Case files (*.toml)")
NOTATIONS = ("dm", "dms", "dd", "mgrs", "utm")
"""In which the window shows positions; near the poles UTM gives way to UPS by itself."""


def handlers_of(window: MainWindow) -> dict[str, Callable[[], object]]:
    """For each id of the table of actions what it does; features bring theirs along."""
    desk = window.desk
    handlers: dict[str, Callable[[], object]] = {
        "open": lambda: open_dialog(window),
        "save_as": lambda: save_as(window),
        "quit": lambda: _close(window),
        "undo": desk.undo,
        "redo": desk.redo,
        "edit_position": lambda: edit_position(window),
        "close_passage": lambda: close_passage(window),
        "copy_table": lambda: copy_table(window),
        "next_option": lambda: window.response.step(1),
        "previous_option": lambda: window.response.step(-1),
        "replan": lambda: desk.service.ask(desk.case),
        "registry": window.show_registry,
        "fit_map": window.map.fit_scene,
        "go_to_place": window.go_to_place,
        "map_picture": lambda: map_picture(window),
        "load_depths": lambda: load_depths(window),
        "forget_depths": desk.forget_depths,
        "reset_layout": window.reset_layout,
        "shortcuts": lambda: show_shortcuts(window),
        "about": lambda: show_about(window),
    }
    for name in case_files.EXPORTS:
        handlers[name] = partial(export, window, name)
    for name in PROJECTIONS:
        handlers[name] = partial(window.set_projection, name)
    for name in NOTATIONS:
        handlers[f"notation_{name}"] = partial(window.set_notation, name)
    for name in THEMES:
        handlers[name] = partial(window.set_theme, name)
    for name in LANGUAGES:
        handlers[f"language_{name}"] = partial(set_language, window, name)
    return handlers


def set_language(window: MainWindow, code: str) -> None:
    """Speak another language once the menu has closed: it goes with its window.

    Not while a question of another window is open: what has been typed there would go with it.
    """
    from PySide6.QtCore import QTimer

    from subrescue.desktop.parts.open_question import open_question

    question = open_question()
    if question is not None:
        window.actions_by_id.choose("language", language())
        words = tr("{title}: still open; end it first, then change the language.", title=question.windowTitle())
        window.message_bar.show_message(words)
        return
    from subrescue.desktop.parts.entry_end import end_entry
    from subrescue.desktop.window.language_switch import change_language

    end_entry(window)
    QTimer.singleShot(0, window, lambda: change_language(window, code))


def _close(window: MainWindow) -> None:
    window.close()


def open_dialog(window: MainWindow) -> None:
    """Ask for a case file and open it."""
    folder = str(window.desk.path.parent) if window.desk.path is not None else ""
    path = window.dialogs.open_file(window, tr("Open case"), folder, tr(CASE_FILES))
    if path is not None:
        window.open_file(path)


def fill_cases_menu(window: MainWindow, menu: object) -> None:
    """List the shipped cases in a menu."""
    from PySide6.QtWidgets import QMenu

    from subrescue.store.cases import shipped_cases

    assert isinstance(menu, QMenu)
    menu.clear()
    for path in shipped_cases():
        menu.addAction(path.stem).triggered.connect(lambda _=False, path=path: window.open_file(path))


def save_as(window: MainWindow) -> None:
    """Ask for a name, the one it has offered first, and write the case; that file is its own from then on."""
    case, own = window.desk.case, window.desk.path
    name = own.name if own is not None else f"{case.id}.toml"
    path = ask_file(window, tr("Save the case as"), name, ".toml", tr(CASE_FILES))
    if path is not None and path == own and window.desk.is_behind_its_file:
        words = tr("Not saved: {path} was written by somebody else meanwhile. Save under another name.", path=path)
        window.message_bar.show_message(words)
    elif path is not None and written(window, path, lambda: case_files.save_case(case, path)):
        window.desk.saved(path)


def export(window: MainWindow, name: str) -> None:
    """Ask for a name and write the response."""
    response, case = window.desk.response, window.desk.case
    if response is None:
        return
    suffix, files, make = case_files.EXPORTS[name]
    path = ask_file(window, tr("Export the response"), case_files.file_name(case, suffix), suffix, files)
    if path is not None:
        from subrescue.store.checks import check_case
        from subrescue.store.files import write_atomically

        known = window.desk.resources
        doubts = check_case(case, known.registry, known.world, known.assumptions) if known is not None else ()
        with speaking(paper_language(window.preferences)):
            content = make(response, case, doubts)
        written(window, path, lambda: write_atomically(path, content))


def map_picture(window: MainWindow) -> None:
    """Ask for a name and write the map as the window shows it."""
    case = window.desk.case
    files = tr("Pictures (*.png)")
    path = ask_file(window, tr("Picture of the map"), case_files.file_name(case, ".png"), ".png", files)
    if path is not None:
        from subrescue.desktop.paper.window_picture import write_png

        had_keys = window.map.hasFocus()
        window.map.clearFocus()  # its frame is no part of a picture
        picture = window.map.grab().toImage()
        if had_keys:
            window.map.setFocus()
        written(window, path, lambda: write_png(picture, path))


def load_depths(window: MainWindow) -> None:
    """Ask for a grid or chart and take depths from it."""
    from subrescue.desktop.casualty.depth_data import FILES

    path = window.dialogs.open_file(window, tr("Load a depth grid or chart"), str(Path.home()), tr(FILES))
    if path is not None:
        window.message_bar.clear()
        window.desk.load_depths(path)


def copy_table(window: MainWindow) -> None:
    """Put the ranked table on the clipboard."""
    from PySide6.QtWidgets import QApplication

    QApplication.clipboard().setText(as_text(window.response.grouped.rows_in_order(), window.response.columns))


def edit_position(window: MainWindow) -> None:
    """Go to the position of the datum."""
    from subrescue.desktop.casualty.casualty_form import POSITION
    from subrescue.desktop.parts.editors import TextEditor

    bring_panel(window, "casualty")
    editor = window.form.editors[POSITION]
    window.form.ensureWidgetVisible(editor)
    editor.setFocus()
    if isinstance(editor, TextEditor):
        editor.selectAll()


def close_passage(window: MainWindow) -> None:
    """Go to the canals and straits that the case may close."""
    bring_panel(window, "casualty")
    window.form.ensureWidgetVisible(window.form.closed)
    window.form.ensureWidgetVisible(window.form.find_passage)
    window.form.find_passage.setFocus()
    window.form.find_passage.selectAll()


def show_shortcuts(window: MainWindow) -> None:
    """List every action that has a shortcut."""
    from subrescue.desktop.window.help_windows import shortcuts_window

    shortcuts_window(window).show()


def show_about(window: MainWindow) -> None:
    """Version, licence, and where the data come from."""
    from subrescue.desktop.window.help_windows import about_window

    about_window(window).show()
