"""Help on the panel under the hands: F1 tells what it says, how to read it, and its keys."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from html import escape
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QApplication, QDialog, QDockWidget, QVBoxLayout, QWidget

from subrescue.desktop.features import Feature
from subrescue.desktop.parts.boxes import bring_to_front, make_room
from subrescue.desktop.parts.flowing_text import FlowingText
from subrescue.desktop.parts.words import tr
from subrescue.desktop.window.docks import PANELS
from subrescue.desktop.window.panel_help import HELP

if TYPE_CHECKING:
    from subrescue.desktop.main_window import MainWindow


def _keys(words: str) -> str:
    """Keys as the menus name them: Ctrl+Maj+K in French; words of a hand or a wheel in the user's language."""
    if not re.match(r"(Ctrl|Alt|Shift)\+", words):
        return tr(words)
    return ", ".join(QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText) for key in words.split(", "))


def help_html(name: str) -> str:
    """The help of a panel as rich text, with links to that of the others."""
    found = HELP[name]
    words = "".join(f"<p>{escape(tr(text))}</p>" for text in found.words)
    keys = "".join(
        f"<tr><td style='padding:1px 18px 1px 0'><b>{escape(_keys(key))}</b></td><td>{escape(tr(does))}</td></tr>"
        for key, does in found.keys
    )
    others = " · ".join(
        f"<a href='#{other}'>{escape(tr(one.title))}</a>" for other, one in HELP.items() if other != name
    )
    return f"<h3>{escape(tr(found.title))}</h3>{words}<table>{keys}</table><hr><p>{others}</p>"


class HelpWindow(QDialog):
    """Shows the help of one panel; a link shows another, Esc closes."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        make_room(self, 470, 460)
        self.text = FlowingText()
        self.text.setOpenLinks(False)
        self.text.document().setDocumentMargin(12)
        self.text.anchorClicked.connect(self._follow)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.text)

    def show_help(self, name: str) -> None:
        """Show the help of a panel."""
        title = tr(HELP[name].title)
        self.setWindowTitle(tr("Help: {panel}", panel=title))
        self.text.setAccessibleName(tr("Help: {panel}", panel=title))
        self.text.setHtml(help_html(name))

    def _follow(self, link: QUrl) -> None:
        if link.fragment() in HELP:
            self.show_help(link.fragment())


def panel_at(widget: QWidget | None) -> str:
    """The panel, or the box with help of its own, in which a widget lies; the map where it lies in none."""
    while widget is not None:
        name = widget.objectName()
        if name in HELP and (isinstance(widget, QDialog) or (isinstance(widget, QDockWidget) and name in PANELS)):
            return name
        widget = widget.parentWidget()
    return "map"


class HelpFeature(Feature):
    """Keeps one window of help."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self.shown: HelpWindow | None = None

    def handlers(self) -> Mapping[str, Callable[[], object]]:
        """Help on the panel that has the keys."""
        return {"panel_help": self.show}

    def show(self) -> None:
        """Show the help of the panel that has the keys; the window of help itself keeps what it shows."""
        focus = QApplication.focusWidget()
        if self.shown is not None and focus is self.shown.text:
            return
        if self.shown is None:
            self.shown = HelpWindow(self.window)
            self.shown.finished.connect(self._forget)
        self.shown.show_help(panel_at(focus))
        bring_to_front(self.shown)

    def _forget(self) -> None:
        self.shown = None

    def stop(self) -> None:
        """Close the window of help."""
        if self.shown is not None:
            self.shown.close()
