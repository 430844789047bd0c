"""The legend of the map: a window that says what each mark means, of the layers that are shown, in their colours."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from html import escape
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QTextDocument
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from subrescue.desktop.features import Feature, feature_of
from subrescue.desktop.map.layers import LayerChoice
from subrescue.desktop.map.layers_feature import LayersFeature
from subrescue.desktop.map.legend import HEIGHT, WIDTH, entries, sample
from subrescue.desktop.map.palette import MapPalette
from subrescue.desktop.parts.boxes import bring_to_front, make_room
from subrescue.desktop.parts.flowing_text import FlowingText
from subrescue.desktop.parts.words import tr

if TYPE_CHECKING:
    from subrescue.desktop.main_window import MainWindow
    from subrescue.desktop.parts.themes import Theme


class LegendWindow(QDialog):
    """A table of marks and words; Esc closes."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("Legend of the map"))
        make_room(self, 460, 640)
        self.text = FlowingText()
        self.text.setOpenLinks(False)
        self.text.setAccessibleName(tr("Legend of the map"))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.text)

    def show_marks(self, choice: LayerChoice, palette: MapPalette) -> None:
        """Show the marks of the layers of a choice, the view kept where it is."""
        at = self.text.verticalScrollBar().value()
        document, rows = self.text.document(), []
        document.setDocumentMargin(12)
        for row, entry in enumerate(entries(choice, palette)):
            name = f"mark:{row}"
            image = sample(entry, palette, self.devicePixelRatioF())
            document.addResource(int(QTextDocument.ResourceType.ImageResource.value), QUrl(name), image)
            words = f"<b>{escape(entry.title)}</b><br>{escape(entry.help)}"
            rows.append(f"<tr><td style='padding:3px 12px 3px 0'><img src='{name}' width='{WIDTH}' height='{HEIGHT}'>"
                        f"</td><td style='padding:3px 0' valign='middle'>{words}</td></tr>")  # fmt: skip
        self.text.setHtml(f"<table>{''.join(rows)}</table>")
        self.text.verticalScrollBar().setValue(at)


class LegendFeature(Feature):
    """Keeps one legend, which follows the layers and the colours."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self.shown: LegendWindow | None = None

    def handlers(self) -> Mapping[str, Callable[[], object]]:
        """Show it."""
        return {"map_legend": self.show}

    def connect(self) -> None:
        """Follow the layers."""
        feature_of(self.window, LayersFeature).listeners.append(self._refresh)

    def set_theme(self, theme: Theme) -> None:
        """Show the colours of another theme."""
        self._refresh()

    def show(self) -> None:
        """Show the legend above the window."""
        if self.shown is None:
            self.shown = LegendWindow(self.window)
            self.shown.finished.connect(self._forget)
        self._refresh()
        bring_to_front(self.shown)

    def _refresh(self) -> None:
        if self.shown is not None:
            choice = feature_of(self.window, LayersFeature).choice
            self.shown.show_marks(choice, choice.palette(self.window.theme.map))

    def _forget(self) -> None:
        self.shown = None

    def stop(self) -> None:
        """Close the legend."""
        if self.shown is not None:
            self.shown.close()
