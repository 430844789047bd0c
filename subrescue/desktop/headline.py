"""What holds for the whole case, above the table of options: as high as its words, but never most of the panel."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QLabel, QScrollArea, QSizePolicy, QWidget

from subrescue.desktop.words import tr

_MOST_SHARE = 0.4
"""Of the panel: with large letters in a small window the rest is moved, for the ranked options matter more."""


class Headline(QScrollArea):
    """A text in a box that grows with it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("headline")
        self.setAccessibleName(tr("Survival and what holds for all options"))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.label = QLabel()
        self.label.setWordWrap(True)
        self.label.setTextFormat(Qt.TextFormat.RichText)
        self.label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.label.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        self.label.setContentsMargins(8, 5, 8, 5)
        self.setWidget(self.label)

    def fit(self) -> None:
        """Take the height of the words, or the greatest share of the panel."""
        panel = self.parentWidget()
        high = self.label.heightForWidth(self.width()) + 1
        most = round(_MOST_SHARE * panel.height()) if panel is not None else high
        # A bar takes width, so that words which fit without one would go on needing it.
        bar = Qt.ScrollBarPolicy.ScrollBarAlwaysOff if high <= most else Qt.ScrollBarPolicy.ScrollBarAsNeeded
        self.setVerticalScrollBarPolicy(bar)
        self.setFixedHeight(max(min(high, most), self.fontMetrics().height() + 10))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width is another height."""
        super().resizeEvent(event)
        self.fit()

    def viewportEvent(self, event: QEvent) -> bool:
        """Other words are another height."""
        taken = super().viewportEvent(event)
        if event.type() == QEvent.Type.LayoutRequest:
            self.fit()
        return taken
