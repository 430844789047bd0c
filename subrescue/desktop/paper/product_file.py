"""Asks where a product of the case goes and has it written; what goes wrong stands in the message bar."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from subrescue.desktop.case.case_files import file_name
from subrescue.desktop.parts.words import tr
from subrescue.domain.errors import InputError
from subrescue.exchange.problem_words import told_error
from subrescue.store.files import is_file
from subrescue.store.paths import resources_dir

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from subrescue.desktop.main_window import MainWindow


def write_product(
    window: MainWindow, title: str, part: str, suffix: str, files: str, write: Callable[[Path], None]
) -> bool:
    """Ask for a file and write into it; true where it was written.

    The name that is offered tells exercise from real and ends in `part` and `suffix`: EXERCISE-drill-log.csv.
    """
    path = ask_file(window, title, file_name(window.desk.case, f"-{part}{suffix}"), suffix, files)
    return path is not None and written(window, path, lambda: write(path))


def written(window: MainWindow, path: Path, write: Callable[[], None]) -> bool:
    """Write a file, and say in the message bar that it was written, or what was refused; true where it was written."""
    try:
        write()
    except InputError as error:
        window.message_bar.show_message(told_error(error))
        return False
    window.message_bar.show_message(tr("Written to {path}", path=path), note=True)
    return True


def ask_file(
    window: MainWindow, title: str, name: str, suffix: str, files: str, over: QWidget | None = None
) -> Path | None:
    """Ask for a file beside the case; at home for a case that travels with the program, or where nothing can be written
    there. None where none was chosen.

    over: the box that asks, which has the keys again afterwards; the window where there is none.
    """
    source = window.desk.path
    folder = source.parent if source is not None and is_file(source) else Path.home()
    if folder.resolve() == (resources_dir() / "cases").resolve() or not os.access(folder, os.W_OK):
        folder = Path.home()
    path = window.dialogs.save_file(over or window, title, str(folder / name), files)
    if path is None:
        return None
    return path if path.suffix else path.with_suffix(suffix)
