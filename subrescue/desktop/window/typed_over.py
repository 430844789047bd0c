"""What stands half typed in a window is there again in the one that takes its place, with the keys where they were."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QLineEdit

from subrescue.desktop.parts.editors import TextEditor
from subrescue.desktop.parts.typed_line import TypedLine

if TYPE_CHECKING:
    from subrescue.desktop.main_window import MainWindow
    from subrescue.desktop.registry.window import RegistryWindow


@dataclass(frozen=True)
class _Typed:
    """A text, the place of the cursor in it, and whether the case refused it."""

    text: str
    cursor: int
    is_refused: bool


def typed_over(window: MainWindow) -> Callable[[MainWindow], None]:
    """Note what is typed in a window and counts nowhere yet; the return puts it into another window."""
    found = {name: _of(line) for name, line in _lines(window) if line.text() and _counts_nowhere(line)}
    keys = next((name for name, line in _lines(window) if line.hasFocus()), "")

    def put(successor: MainWindow) -> None:
        lines = dict(_lines(successor))
        for name, typed in found.items():
            if name in lines:
                _put(typed, lines[name])
        if keys in lines:
            lines[keys].setFocus()

    return put


def registry_typed_over(old: RegistryWindow) -> Callable[[RegistryWindow], None]:
    """As `typed_over` of the registry's window: what narrows its table, the source and reason of what is typed next."""
    words, reach, or_unknown = old.facets.search.text(), old.facets.reach.text(), old.facets.or_unknown.isChecked()
    statement = old.sources.as_typed()

    def put(new: RegistryWindow) -> None:
        new.sources.take_typed(statement)
        new.facets.or_unknown.setChecked(or_unknown)
        new.facets.search.setText(words)
        new.facets.reach.setText(reach)

    return put


def _lines(window: MainWindow) -> Iterator[tuple[str, QLineEdit]]:
    for line in window.findChildren(TypedLine):
        if line.objectName():
            yield line.objectName(), line
    for path, editor in window.form.editors.items():
        if isinstance(editor, TextEditor):
            yield path, editor


def _counts_nowhere(line: QLineEdit) -> bool:
    return line.is_busy if isinstance(line, TextEditor) else line.isModified()


def _of(line: QLineEdit) -> _Typed:
    return _Typed(line.text(), line.cursorPosition(), isinstance(line, TextEditor) and line.is_refused)


def _put(typed: _Typed, line: QLineEdit) -> None:
    line.setText(typed.text)
    line.setModified(True)
    line.setCursorPosition(typed.cursor)
    if typed.is_refused:
        line.editingFinished.emit()  # refused again, in the words of this window
