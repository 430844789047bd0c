"""The readings of an ambiguous position as buttons below its field: a click, Alt and the number, or Tab takes one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QSizePolicy, QVBoxLayout, QWidget

from subrescue.desktop.parts.words import tr
from subrescue.exchange.numbers import position
from subrescue.exchange.problem_words import told_meaning, told_part

if TYPE_CHECKING:
    from subrescue.earth.positions.coordinates import AmbiguousPosition, Reading


def question_words(question: AmbiguousPosition) -> str:
    """What was found, and what else to write; the whole readings are not told, for buttons show them."""
    found, hint = question.problems[0].found, told_part(question.hint)
    words = tr("Found {found}; it can be read as below; or {hint}", found=found, hint=hint)
    return words + "".join(
        f"\n      {told_meaning(reading.meaning)}" for reading in question.readings if reading.position is None
    )


class ReadingsOffer(QWidget):
    """Hidden while there is nothing to choose; `chosen` carries the position of the reading taken."""

    chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.buttons: list[QPushButton] = []
        self._readings: tuple[Reading, ...] = ()
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(2)
        self.hide()

    def show_readings(self, readings: tuple[Reading, ...]) -> None:
        """Offer the readings that are whole positions; nothing is offered for none."""
        whole = tuple(reading for reading in readings if reading.position is not None)
        if whole != self._readings:  # a button that is being clicked must stay while its field loses the focus
            self._readings = whole
            self._fill()
        self.setVisible(bool(whole))

    def _fill(self) -> None:
        for button in self.buttons:
            self._layout.removeWidget(button)
            button.hide()
            button.deleteLater()
        self.buttons = []
        for number, reading in enumerate(self._readings, 1):
            assert reading.position is not None
            place, meaning = position(reading.position), told_meaning(reading.meaning)
            words = f"&{number}   {place}"
            button = QPushButton(f"{words}\n      {meaning}" if meaning else words)
            button.setProperty("role", "reading")
            button.setToolTip(tr("Take this reading (Alt+{key})", key=str(number)))
            button.setAccessibleName(f"{place} ({meaning})" if meaning else place)
            button.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
            button.setAutoDefault(True)  # Enter takes the button that has the focus
            button.clicked.connect(lambda _=False, position=reading.position: self.chosen.emit(position))
            self._layout.addWidget(button)
            self.buttons.append(button)
