"""Shows the pages of a report as they will lie on paper, one below the other."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QImage, QKeySequence, QPainter, QPaintEvent, QPixmap, QShortcut
from PySide6.QtWidgets import QApplication, QDialog, QDialogButtonBox, QScrollArea, QVBoxLayout, QWidget

from subrescue.desktop.parts.qt_boxes import in_colour, is_dark
from subrescue.desktop.parts.words import tr

_ZOOMS = (0.5, 0.7, 1.0, 1.4)


def as_seen(paper: QImage) -> QImage:
    """A page as the screen shows it: by dusk and red night light words on dark, for white paper would dazzle."""
    if not is_dark():
        return paper
    negative = paper.copy()
    negative.invertPixels()
    return in_colour(QPixmap.fromImage(negative), QApplication.palette().windowText().color()).toImage()


class PageView(QWidget):
    """One page."""

    def __init__(self, image: QImage, name: str) -> None:
        super().__init__()
        self._paper = image
        self._image, self._letters = image, -1
        self.setAccessibleName(name)
        self.zoom(1.0)

    def zoom(self, factor: float) -> None:
        """Show it larger or smaller."""
        size = self._paper.size() * factor
        self.setFixedSize(QSize(size.width(), size.height()))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the page, in the theme that holds now."""
        letters = QApplication.palette().windowText().color().rgb()
        if letters != self._letters:
            self._letters, self._image = letters, as_seen(self._paper)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawImage(self.rect(), self._image)
        painter.end()


class PreviewWindow(QDialog):
    """Pages one below the other; + and - zoom, Page Up and Down scroll, Esc closes; buttons print and write them."""

    wanted = Signal(str)  # goal of a report: print or pdf

    def __init__(self, images: list[QImage], title: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("Print preview: {title}", title=title))
        names = (tr("Page {number} of {count}", number=n, count=len(images)) for n in range(1, len(images) + 1))
        self.pages = [PageView(image, name) for image, name in zip(images, names, strict=True)]
        self._zoom = _ZOOMS.index(1.0)
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setSpacing(14)
        for page in self.pages:
            column.addWidget(page, 0, Qt.AlignmentFlag.AlignHCenter)
        self.area = QScrollArea()
        self.area.setWidgetResizable(True)
        self.area.setWidget(inner)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.area)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        for sign, name, step in (("−", tr("Smaller"), -1), ("+", tr("Larger"), 1)):
            zoom = buttons.addButton(sign, QDialogButtonBox.ButtonRole.ResetRole)
            zoom.setAccessibleName(name)
            zoom.setToolTip(f"{name} ({'-' if step < 0 else '+'})")
            zoom.clicked.connect(lambda _=False, step=step: self.zoom(step))
        for goal, words in (("pdf", tr("Export PDF…")), ("print", tr("Print…"))):
            button = buttons.addButton(words, QDialogButtonBox.ButtonRole.ActionRole)
            button.clicked.connect(lambda _=False, goal=goal: self.wanted.emit(goal))
        buttons.rejected.connect(self.reject)
        below = QVBoxLayout()
        below.setContentsMargins(8, 6, 8, 8)
        below.addWidget(buttons)
        layout.addLayout(below)
        for keys, step in (("+", 1), ("=", 1), ("-", -1)):
            QShortcut(QKeySequence(keys), self).activated.connect(lambda step=step: self.zoom(step))
        self.resize(min(1340, parent.width()), min(900, parent.height()))
        self.area.setFocus()

    def zoom(self, step: int) -> None:
        """Show the pages a step larger or smaller."""
        self._zoom = max(0, min(self._zoom + step, len(_ZOOMS) - 1))
        for page in self.pages:
            page.zoom(_ZOOMS[self._zoom])
