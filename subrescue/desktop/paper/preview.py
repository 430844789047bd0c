"""Shows the pages of a report as they will lie on paper, one below the other."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QImage, QKeySequence, QPainter, QPaintEvent, QShortcut
from PySide6.QtWidgets import QDialog, QScrollArea, QVBoxLayout, QWidget

from subrescue.desktop.parts.words import tr

_ZOOMS = (0.5, 0.7, 1.0, 1.4)


class PageView(QWidget):
    """One page."""

    def __init__(self, image: QImage, name: str) -> None:
        super().__init__()
        self._image = image
        self.setAccessibleName(name)
        self.zoom(1.0)

    def zoom(self, factor: float) -> None:
        """Show it larger or smaller."""
        size = self._image.size() * factor
        self.setFixedSize(QSize(size.width(), size.height()))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the page; it is white by night too, for paper is."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawImage(self.rect(), self._image)
        painter.end()


class PreviewWindow(QDialog):
    """Pages one below the other; + and - zoom, Page Up and Down scroll, Esc closes."""

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
        for keys, step in (("+", 1), ("=", 1), ("-", -1)):
            QShortcut(QKeySequence(keys), self).activated.connect(lambda step=step: self.zoom(step))
        self.resize(min(1340, parent.width()), min(900, parent.height()))
        self.area.setFocus()

    def zoom(self, step: int) -> None:
        """Show the pages a step larger or smaller."""
        self._zoom = max(0, min(self._zoom + step, len(_ZOOMS) - 1))
        for page in self.pages:
            page.zoom(_ZOOMS[self._zoom])
