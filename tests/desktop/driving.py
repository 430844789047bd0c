"""Drives the window as a person would: types into fields, triggers actions, reads what is shown."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from subrescue.desktop.case.session import CaseSession
from subrescue.desktop.case.session_file import parsed
from subrescue.desktop.main_window import MainWindow
from subrescue.desktop.parts.editors import TextEditor

MakeWindow = Callable[..., MainWindow]


def type_into(window: MainWindow, path: str, text: str) -> None:
    editor = window.form.editors[path]
    assert isinstance(editor, TextEditor)
    editor.setFocus()
    editor.setText(text)
    editor.setModified(True)
    editor.editingFinished.emit()


def shown(window: MainWindow, path: str) -> str:
    editor = window.form.editors[path]
    assert isinstance(editor, TextEditor)
    return editor.text()


def trigger(window: MainWindow, name: str) -> None:
    window.actions_by_id.by_id[name].trigger()


def ttfr(window: MainWindow) -> str:
    return str(window.response.model.index(0, 3).data())


def kept(path: Path) -> CaseSession | None:
    """The session that a file keeps."""
    found = parsed(path.read_bytes(), str(path))
    return found.session() if found is not None else None
