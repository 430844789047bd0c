"""A small box that searches places while one types; the one that is chosen is shown on the map. Works by keys alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QDialog, QLineEdit, QListWidget, QVBoxLayout, QWidget

from subrescue.desktop.parts.boxes import KeysToList, make_room
from subrescue.desktop.parts.plain_text import PlainLabel
from subrescue.desktop.parts.words import tr
from subrescue.desktop.places.place_finder import PlaceFinder
from subrescue.earth.places.place_search import FoundPlace
from subrescue.exchange.wording import label

if TYPE_CHECKING:
    from subrescue.earth.places.place_search import PlaceKind

_SHOWN = 40
_OTHER_KINDS = 4  # so many times more are looked at where only some kinds are wanted


class GoToPlace(QDialog):
    """The box. Up and Down choose in the list while typing goes on; Enter goes there, Esc closes.

    Enter while the places are still being read goes there as soon as they are.
    """

    chosen = Signal(object)  # FoundPlace

    def __init__(
        self,
        finder: PlaceFinder,
        parent: QWidget | None = None,
        *,
        title: str = "",
        kinds: tuple[PlaceKind, ...] = (),
    ) -> None:
        """`kinds` are those that are found, all where there are none; `title` what the box is for."""
        super().__init__(parent)
        self._finder, self._kinds = finder, kinds
        self._found: list[FoundPlace] = []
        self._is_entered = False
        self.setWindowTitle(title or tr("Go to place"))
        make_room(self, 560, 420)
        self.line = QLineEdit()
        self.line.setPlaceholderText(tr("Name, ICAO or IATA code, nation; also Тулон, sevromorsk, port NO"))
        self.line.setAccessibleName(tr("Place"))
        self.list = QListWidget()
        self.list.setObjectName("completions")
        self.list.setAccessibleName(tr("Places found"))
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._state = PlainLabel()
        self._state.setProperty("role", "quiet")
        layout = QVBoxLayout(self)
        layout.addWidget(self.line)
        layout.addWidget(self.list, 1)
        layout.addWidget(self._state)
        self.line.textChanged.connect(self._search)
        self.line.returnPressed.connect(self._choose)
        KeysToList(self.line, self.list)
        self.list.itemClicked.connect(self._choose)
        finder.ready.connect(self._begin)

    def showEvent(self, event: QShowEvent) -> None:
        """Type at once; what was typed last is there to be typed over."""
        super().showEvent(event)
        self._finder.look(self, True)
        self.line.setFocus()
        self.line.selectAll()
        self._search()

    def hideEvent(self, event: QHideEvent) -> None:
        """Places need not be at hand any more."""
        super().hideEvent(event)
        self._finder.look(self, False)

    def _begin(self) -> None:
        is_entered = self._is_entered
        self._search()
        if is_entered and self.isVisible():
            self._choose()

    def _search(self) -> None:
        self._is_entered = False
        text = self.line.text()
        wanted = self._kinds
        found = self._finder.find(text, _SHOWN * _OTHER_KINDS if wanted else _SHOWN)
        self._found = [place for place in found if not wanted or place.kind in wanted][:_SHOWN]
        self.list.clear()
        self.list.addItems([_words(place) for place in self._found])
        if self._found:
            self.list.setCurrentRow(0)
        if not self._finder.is_ready:
            self._state.setText(tr("Reading the places…"))
        elif not text.strip():
            named = ", ".join(label("place_kind", kind) for kind in self._kinds)
            self._state.setText(named or tr("Airfields, ports, naval bases, canals and straits, ships' berths"))
        else:
            count = len(self._found)
            self._state.setText(tr("{count} found", count=count) if count else tr("No place fits"))

    def _choose(self) -> None:
        row = self.list.currentRow()
        self._is_entered = not self._finder.is_ready
        if 0 <= row < len(self._found):
            self.hide()
            self.chosen.emit(self._found[row])


def _words(place: FoundPlace) -> str:
    """A place in a line: name, the other name by which it was found, kind, nation, code and town."""
    name = place.name if place.matched == place.name else f"{place.name} ({place.matched})"
    return "  ·  ".join(part for part in (name, label("place_kind", place.kind), place.country, place.detail) if part)
