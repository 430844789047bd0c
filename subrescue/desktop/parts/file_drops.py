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

    _drops: tuple[tuple[Sequence[str], Callable[[Path], object]], ...] = ()

    def take_files(self, suffixes: Sequence[str], take: Callable[[Path], object]) -> None:
        """Hand each file with one of these endings to `take`, wherever on the window it is dropped.

        What was said of other endings stays.
        """
        self._drops = (*self._drops, (suffixes, take))
        if isinstance(self, QWidget):
            for line in self.findChildren(QLineEdit):
                line.setAcceptDrops(False)  # it would take the file's name for words

    def _taken(self, data: QMimeData) -> tuple[Path, Callable[[Path], object]] | None:
        found = ((file_of(data, suffixes), take) for suffixes, take in self._drops)
        return next(((path, take) for path, take in found if path is not None), None)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Show whether the file would be taken."""
        if self._taken(event.mimeData()) is not None:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Take the file that was dropped."""
        taken = self._taken(event.mimeData())
        if taken is not None:
            event.acceptProposedAction()
            path, take = taken
            take(path)
