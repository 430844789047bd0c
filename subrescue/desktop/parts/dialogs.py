"""The few questions that wait for an answer: which file, which printer, whether to leave unsaved edits.

Tests put answers in.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QMessageBox, QWidget

from subrescue.desktop.parts.plain_text import shortened
from subrescue.desktop.parts.qt_boxes import dress_box, file_box
from subrescue.desktop.parts.words import tr

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter

Leave = Literal["save", "discard", "stay"]

_TITLE_SIGNS = 80


def _ask_open(parent: QWidget, title: str, folder: str, files: str) -> Path | None:
    return _file_of(file_box(parent, title, Path(folder), files, saves=False))


def _ask_save(parent: QWidget, title: str, name: str, files: str) -> Path | None:
    return _file_of(file_box(parent, title, Path(name), files, saves=True))


def _file_of(box: QFileDialog) -> Path | None:
    taken = box.exec() == QFileDialog.DialogCode.Accepted
    box.deleteLater()
    return Path(box.selectedFiles()[0]) if taken else None


def _ask_leave(parent: QWidget, title: str) -> Leave:
    box = QMessageBox(parent)
    box.setIcon(QMessageBox.Icon.Question)
    box.setWindowTitle(tr("Unsaved edits"))
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setText(tr("{title} has edits that are in no file.", title=shortened(title, _TITLE_SIGNS)))
    button = QMessageBox.StandardButton
    box.setStandardButtons(button.Save | button.Discard | button.Cancel)
    box.setDefaultButton(button.Save)
    dress_box(box, "QMessageBox")
    answers: dict[int, Leave] = {button.Save.value: "save", button.Discard.value: "discard"}
    return answers.get(box.exec(), "stay")


def _choose_printer(parent: QWidget) -> QPrinter | None:
    from PySide6.QtPrintSupport import QPrintDialog, QPrinter

    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    dialog = QPrintDialog(printer, parent)
    dialog.setWindowTitle(tr("Print"))
    dress_box(dialog, "QPrintSettingsOutput")
    return printer if dialog.exec() == QPrintDialog.DialogCode.Accepted else None


@dataclass(frozen=True)
class Dialogs:
    """How the window asks."""

    open_file: Callable[[QWidget, str, str, str], Path | None] = _ask_open
    save_file: Callable[[QWidget, str, str, str], Path | None] = _ask_save
    leave: Callable[[QWidget, str], Leave] = _ask_leave
    choose_printer: Callable[[QWidget], QPrinter | None] = _choose_printer
