"""Files that are dragged on a window and dropped there."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QMimeData
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QLineEdit, QWidget


def file_of(data: QMimeData, suffixes: Sequence[str]) -> Path | None:
    """The first local file that is dragged and has one of these endings."""
    paths = [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]
    return next((path for path in paths if path.suffix.casefold() in suffixes), None)


class FileDrops:
    """Stands before the class of a window that accepts drops: `take_files` says which files, and what takes one."""

    _drop_suffixes: Sequence[str] = ()
    _take_drop: Callable[[Path], object]

    def take_files(self, suffixes: Sequence[str], take: Callable[[Path], object]) -> None:
        """Hand each file with one of these endings to `take`, wherever on the window it is dropped."""
        self._drop_suffixes, self._take_drop = suffixes, take
        if isinstance(self, QWidget):
            for line in self.findChildren(QLineEdit):
                line.setAcceptDrops(False)  # it would take the file's name for words

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Show whether the file would be taken."""
        if file_of(event.mimeData(), self._drop_suffixes) is not None:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Take the file that was dropped."""
        path = file_of(event.mimeData(), self._drop_suffixes)
        if path is not None:
            event.acceptProposedAction()
            self._take_drop(path)
