"""Pin two options and see them side by side: a line above the details says what is pinned, a window compares."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from subrescue.desktop.features import Feature
from subrescue.desktop.parts.boxes import bring_to_front, by_letters
from subrescue.desktop.parts.flowing_text import FlowingText
from subrescue.desktop.parts.plain_text import plain_tip
from subrescue.desktop.parts.status_line import StatusLine
from subrescue.desktop.parts.themes import Theme
from subrescue.desktop.parts.words import tr
from subrescue.desktop.response.compare_view import compare_html, pair_of

if TYPE_CHECKING:
    from subrescue.desktop.main_window import MainWindow

_REMEMBERED = "pinned_options"


class CompareWindow(QDialog):
    """Shows the comparison; it can be selected and copied."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.text = FlowingText()
        self.text.setOpenLinks(False)
        self.text.document().setDocumentMargin(9)
        self.text.setAccessibleName(tr("Two options side by side"))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.text)
        self.resize(min(by_letters(980), window.width()), min(by_letters(720), window.height()))


class PinnedLine(StatusLine):
    """What is pinned, in one line: names are shortened alike where there is no room for them in full."""

    def __init__(self) -> None:
        super().__init__()
        self._told: Callable[[Sequence[str]], str] = " ".join
        self._names: Sequence[str] = ()

    def tell(self, told: Callable[[Sequence[str]], str], names: Sequence[str]) -> None:
        """Show names in some words."""
        self._told, self._names = told, names
        self.setToolTip(plain_tip(told(names)))
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """As the class says."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        letters, names = self.fontMetrics(), self._names
        beside = letters.horizontalAdvance(self._told([""] * len(names)))
        room = max((self.width() - beside) // max(len(names), 1), 0)
        spare = room * len(names) - sum(min(letters.horizontalAdvance(name), room) for name in names)
        cut = [letters.elidedText(name, Qt.TextElideMode.ElideRight, room + spare) for name in names]
        self.setText(self._told(cut))


class CompareFeature(Feature):
    """Two pins at most: a third takes the place of the older one. Another case begins without.

    They are remembered with the case: for a window in another language, and the next start.
    """

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self.shown: CompareWindow | None = None
        self.bar = QWidget()
        self.line = PinnedLine()
        self.compare = QPushButton(tr("Compare"))
        self.compare.clicked.connect(self.open)
        self.clear = QPushButton(tr("Take pins off"))
        self.clear.clicked.connect(self.forget)
        layout = QHBoxLayout(self.bar)
        layout.setContentsMargins(8, 2, 8, 2)
        layout.addWidget(self.line, 1)
        layout.addWidget(self.compare)
        layout.addWidget(self.clear)
        self.bar.hide()

    def handlers(self) -> Mapping[str, Callable[[], object]]:
        """Pin, compare, forget."""
        return {"pin_option": self.pin, "compare_pinned": self.open, "unpin_options": self.forget}

    def connect(self) -> None:
        """Stand above the details and follow the responses."""
        self.window.response.add_above_details(self.bar)
        self.window.desk.response_changed.connect(self.show)
        self.window.desk.opened.connect(self._recall)
        in_sight = self.window.desk.at_hand
        self.window.desk.at_hand = lambda: (*self.pinned, *in_sight())
        self._recall()

    @property
    def pinned(self) -> tuple[str, ...]:
        """The assets that are pinned, the one that was pinned first before the other."""
        return self.window.desk.pinned

    def pin(self) -> None:
        """Pin the chosen option, or take its pin off; with the second pin the comparison opens."""
        asset = self.window.desk.selected
        if asset is None:
            return
        if asset in self.pinned:
            self._keep(tuple(known for known in self.pinned if known != asset))
        else:
            self._keep((*self.pinned[-1:], asset))
        if len(self.pinned) == 2:
            self.open()

    def open(self) -> None:
        """Show the two side by side, in front."""
        if self.shown is None:
            self.shown = CompareWindow(self.window)
            self.shown.finished.connect(self._closed)
        bring_to_front(self.shown)
        self.show()

    def forget(self) -> None:
        """Take all pins off."""
        self._keep(())

    def _keep(self, pinned: tuple[str, ...]) -> None:
        self.window.preferences.set_texts(_REMEMBERED, (self.window.desk.case.id, *pinned))
        self._set(pinned)

    def _recall(self) -> None:
        case, *pinned = self.window.preferences.texts(_REMEMBERED) or [""]
        self._set(tuple(pinned[:2]) if case == self.window.desk.case.id else ())

    def _set(self, pinned: tuple[str, ...]) -> None:
        self.window.desk.pinned = pinned
        self.window.actions_by_id.enable(self.window.desk.standing)
        self.show()

    def show(self) -> None:
        """Show what is pinned, and how the two stand now."""
        response = self.window.desk.response
        names = {option.asset_id: option.name for option in response.options} if response is not None else {}
        told = [names.get(asset, asset) for asset in self.pinned]
        self.bar.setVisible(bool(told) and response is not None)  # without one there are no names
        self.line.tell(_pinned_words, told)
        self.compare.setEnabled(len(told) == 2)
        if self.shown is None:
            return
        if len(told) < 2:
            self.shown.close()
            return
        self.shown.setWindowTitle(tr("Compare: {one} and {other}", one=told[0], other=told[1]))
        place = self.shown.text.verticalScrollBar().value()
        pair = pair_of(response, self.pinned) if response is not None else None
        if pair is not None:
            self.shown.text.setHtml(compare_html(pair, self.window.desk.case, self.window.theme))
            self.shown.text.verticalScrollBar().setValue(place)
        else:
            self.shown.text.setPlainText(tr("The response has no longer both options."))

    def set_theme(self, theme: Theme) -> None:
        """Paint in other colours."""
        if self.shown is not None:
            self.show()

    def _closed(self) -> None:
        self.shown = None

    def stop(self) -> None:
        """Close the comparison."""
        if self.shown is not None:
            self.shown.close()


def _pinned_words(names: Sequence[str]) -> str:
    if len(names) == 1:
        return tr("Pinned: {name}. Choose another option and pin it to compare.", name=names[0])
    return tr("Pinned: {one} and {other}", one=names[0], other=names[1]) if names else ""
