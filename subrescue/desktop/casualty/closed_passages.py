"""The canals and straits that a case closes, as a list to tick; the tip of each says what fits through and how long.

What is typed narrows the list, in sight above it: Qt's lists go to the first name that begins with a letter, and "gib"
and the space bar closed the Great Belt.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget

from subrescue.desktop.parts.typed_line import TypedLine
from subrescue.desktop.parts.words import language, tr
from subrescue.domain.near_names import fitting
from subrescue.earth.passages.passages import Passage, load_passages
from subrescue.exchange import numbers
from subrescue.exchange.entry_names import passage_name
from subrescue.exchange.wording import label

_ID = Qt.ItemDataRole.UserRole
_SHOWN_ROWS = 6


class ClosedPassages(QListWidget):
    """Every passage with a box; ticked ones are closed. `edited` carries the ids of all that are closed, in order.

    Ids that the map does not know stay closed: they are shown by id.
    """

    edited = Signal(object)
    typed = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(tr("Closed passages"))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._closed: tuple[str, ...] = ()
        for passage_id, name, tip in _listed(language()):
            self._add(passage_id, name, tip)
        self.setFixedHeight(_SHOWN_ROWS * max(self.sizeHintForRow(0), 16) + 2 * self.frameWidth())
        self.itemChanged.connect(self._changed)

    def show_value(self, closed: Iterable[str]) -> None:
        """Tick what a case closes."""
        self._closed = tuple(closed)
        self.blockSignals(True)
        known = {self.item(row).data(_ID) for row in range(self.count())}
        for name in self._closed:
            if name not in known:
                self._add(name, name, tr("The map has no passage of this id"))
        for row in range(self.count()):
            item = self.item(row)
            ticked = item.data(_ID) in self._closed
            item.setCheckState(Qt.CheckState.Checked if ticked else Qt.CheckState.Unchecked)
        self.blockSignals(False)

    def narrow(self, words: str) -> None:
        """Show the passages that fit some words alone, the first of them chosen."""
        rows = range(self.count())
        names = {row: {self.item(row).text(), str(self.item(row).data(_ID))} for row in rows}
        every = sorted(set().union(*names.values()))
        fit = set(fitting(words, every, _SHOWN_ROWS) if words.strip() else every)
        for row in rows:
            self.setRowHidden(row, not names[row] & fit)
        self.setCurrentRow(next((row for row in rows if names[row] & fit), -1))

    def turn_only_one(self) -> bool:
        """Close or open the one passage that is shown; false where there are more, or none."""
        shown = [row for row in range(self.count()) if not self.isRowHidden(row)]
        if len(shown) != 1:
            return False
        item = self.item(shown[0])
        open_now = item.checkState() == Qt.CheckState.Unchecked
        item.setCheckState(Qt.CheckState.Checked if open_now else Qt.CheckState.Unchecked)
        return True

    def keyboardSearch(self, search: str) -> None:
        """Hand on what is typed."""
        self.typed.emit(search)

    def _add(self, passage_id: str, name: str, tip: str) -> None:
        item = QListWidgetItem(name)
        item.setData(_ID, passage_id)
        item.setToolTip(tip)
        item.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsUserCheckable | Qt.ItemFlag.ItemIsSelectable)
        item.setCheckState(Qt.CheckState.Unchecked)
        self.addItem(item)

    def _changed(self, item: QListWidgetItem) -> None:
        passage_id = item.data(_ID)
        others = [name for name in self._closed if name != passage_id]
        closed = [*others, passage_id] if item.checkState() == Qt.CheckState.Checked else others
        if tuple(closed) != self._closed:
            self.edited.emit(closed)


class PassageSearch(TypedLine):
    """Words that narrow the list. Enter closes or opens the one passage that is left, and goes to the list where
    there are more; so does the arrow down. Escape shows all again."""

    def __init__(self, passages: ClosedPassages) -> None:
        super().__init__()
        self._passages = passages
        self.setObjectName("passage_search")
        self.setPlaceholderText(tr("Find a passage"))
        self.setAccessibleName(tr("Find a passage"))
        self.setClearButtonEnabled(True)
        self.textChanged.connect(passages.narrow)
        self.returnPressed.connect(self._enter)
        passages.typed.connect(self._go_on)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """As the class says."""
        if event.key() == Qt.Key.Key_Down:
            self._passages.setFocus()
        elif event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
        else:
            super().keyPressEvent(event)

    def _enter(self) -> None:
        if self.text().strip() and self._passages.turn_only_one():
            self.selectAll()
        else:
            self._passages.setFocus()

    def _go_on(self, letters: str) -> None:
        self.setFocus()
        self.insert(letters)


@cache
def _listed(_: str) -> tuple[tuple[str, str, str], ...]:
    """Id, name and tip of every passage in the language that is spoken, in the order of their names."""
    named = ((passage.id, passage_name(passage), passage_tip(passage)) for passage in load_passages())
    return tuple(sorted(named, key=lambda row: (row[1].casefold(), row[0])))


def passage_tip(passage: Passage) -> str:
    """What is known of a passage, a line a fact with its source."""
    facts = passage.facts
    lines = [f"{passage.name}, {numbers.miles(passage.length_nm)}"]
    others = dict.fromkeys(name for code in ("fr", "ru") if (name := facts.names.get(code)))
    if others:
        lines.append(" · ".join(others))
    limits = {
        "draught_max_m": tr("draught to"),
        "beam_max_m": tr("beam to"),
        "length_max_m": tr("length to"),
        "air_draught_max_m": tr("height above the water to"),
    }
    for name, words in limits.items():
        value = getattr(facts, name)
        if value is not None:
            lines.append(tr("{what} {value:g} m ({source})", what=words, value=value, source=facts.sources[name]))
    if facts.transit_h is not None:
        hours = facts.transit_h
        span = tr("{mode:g} h ({low:g}-{high:g})", mode=hours.mode, low=hours.min, high=hours.max)
        lines.append(tr("takes {span}, waiting included ({source})", span=span, source=facts.sources["transit_h"]))
    if facts.speed_limit_kn is not None:
        lines.append(
            tr("{speed:g} kn at most ({source})", speed=facts.speed_limit_kn, source=facts.sources["speed_limit_kn"])
        )
    if facts.ice_months:
        lines.append(tr("ice in the months {months}", months=", ".join(str(month) for month in facts.ice_months)))
    if facts.nations:
        refuses = {True: tr(", can refuse a ship"), False: tr(", open to all ships"), None: ""}[facts.refusable]
        lines.append(tr("controlled by {nations}", nations=" ".join(facts.nations)) + refuses)
    if facts.notes:
        lines.append(", ".join(label("passage_note", note) for note in facts.notes))
    return "\n".join(lines)
