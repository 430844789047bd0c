"""The guide of the first start: three short questions and the answer, in a strip above the map that blocks nothing."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QComboBox,
    QFormLayout,
    QFrame,
    QLineEdit,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from subrescue.desktop.casualty.form_parts import note
from subrescue.desktop.casualty.readings_offer import ReadingsOffer
from subrescue.desktop.parts.boxes import by_letters
from subrescue.desktop.parts.flow_row import FlowRow, WrappedLabel
from subrescue.desktop.parts.typed_line import TypedLine
from subrescue.desktop.parts.words import later, tr
from subrescue.domain.case import CaseKind
from subrescue.domain.position import Position
from subrescue.exchange.numbers import position

STEPS: tuple[tuple[str, str], ...] = (
    (later("Where is she?"), later("Type the position in any notation, or drag the mark on the map afterwards.")),
    (later("How deep, and how many aboard?"), later("Leave empty what is not known: the plan says what matters most.")),
    (later("When was help asked for?"), later("All hours of the response count from then. UTC.")),
    (later("The ranked response"), later("Ctrl+Down and Ctrl+Up choose an option; map and timeline follow.")),
)
"""Title and words of each step."""

_LEAST_PX = 150
"""Width in usual letters from which on the words of a step are shown."""

_EXAMPLE = Position(lat_deg=64.5, lon_deg=7.5)


class GuidePanel(QFrame):
    """Shows one step at a time; Enter goes on, Alt+Left goes back, Esc skips all."""

    answered = Signal(int)  # the step that the user wants to leave forwards
    skipped = Signal()
    reading_taken = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("guide")
        self.setAccessibleName(tr("First steps"))
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self.step = 0
        self.title, self.help, self.told = WrappedLabel(), WrappedLabel(), WrappedLabel()
        self.title.setProperty("role", "section")
        self.help.setProperty("role", "quiet")
        self.problem = note("problem")
        self.readings = ReadingsOffer()
        self.kind = QComboBox()
        for words, kind in ((tr("Exercise"), CaseKind.EXERCISE), (tr("Real"), CaseKind.REAL)):
            self.kind.addItem(words, kind)
        self.position, self.depth_m, self.aboard, self.alert = TypedLine(), TypedLine(), TypedLine(), TypedLine()
        for name in ("position", "depth_m", "aboard", "alert"):
            line: TypedLine = getattr(self, name)
            line.setObjectName(f"guide_{name}")
            line.setAcceptDrops(False)  # a case file that is dropped there belongs to the window
        self.back, self.next, self.skip = QPushButton(), QPushButton(), QPushButton()
        self.back.setText(tr("&Back"))
        self.skip.setText(tr("&Skip"))
        self.skip.setToolTip(tr("Close the guide; Help > First steps opens it again (Esc)"))
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)  # panels never narrow for it
        self.rows = (
            _Fields((tr("Position"), self.position), (tr("Kind of case"), self.kind)),
            _Fields((tr("Depth, m"), self.depth_m), (tr("People aboard"), self.aboard)),
            _Fields((tr("Alert, UTC"), self.alert)),
            self.told,
        )
        self._lay_out()
        self.next.clicked.connect(lambda: self.answered.emit(self.step))
        self.back.clicked.connect(lambda: self.show_step(self.step - 1))
        self.skip.clicked.connect(self.skipped)
        self.readings.chosen.connect(self.reading_taken)
        self.show_step(0)

    def _lay_out(self) -> None:
        self.position.setPlaceholderText(position(_EXAMPLE))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(10, 2, 10, 6)
        layout.setSpacing(4)
        for widget in (self.title, self.help, *self.rows, self.readings, self.problem):
            layout.addWidget(widget)
        buttons = (self.back, self.next, self.skip)
        for button in buttons:
            button.setAutoDefault(True)
        layout.addWidget(FlowRow(buttons, to_right=True))

    @property
    def is_last(self) -> bool:
        """Whether the last step is shown, which asks nothing."""
        return self.step == len(STEPS) - 1

    def show_step(self, step: int) -> None:
        """Show a step, its first field ready to be typed into."""
        self.step = max(0, min(step, len(STEPS) - 1))
        title, words = STEPS[self.step]
        self.title.setText(tr("{step} of {count}: {title}", step=self.step + 1, count=len(STEPS), title=tr(title)))
        self.help.setText(tr(words))
        self.title.setToolTip(tr(words))
        for place, row in enumerate(self.rows):
            row.setVisible(place == self.step)
        self.back.setVisible(self.step > 0)
        self.next.setText(tr("&Done") if self.is_last else tr("&Next"))
        self.skip.setVisible(not self.is_last)
        self.say("")
        self.readings.show_readings(())
        field = (self.position, self.depth_m, self.alert, self.next)[self.step]
        field.setFocus()
        if isinstance(field, QLineEdit):
            field.selectAll()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """With large letters on a small screen the fields have the room; the words then stand in the tooltip."""
        super().resizeEvent(event)
        self.help.setVisible(self.width() >= by_letters(_LEAST_PX))

    def say(self, words: str) -> None:
        """Say what is wrong with an answer; nothing hides it."""
        self.problem.setText(words)
        self.problem.setVisible(bool(words))

    def tell(self, words: str) -> None:
        """Say what came of it, at the last step."""
        self.told.setText(words)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes on, Esc skips, Alt and left goes back."""
        if event.key() == Qt.Key.Key_Escape:
            self.skipped.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.answered.emit(self.step)
        elif event.key() == Qt.Key.Key_Left and event.modifiers() & Qt.KeyboardModifier.AltModifier and self.step:
            self.show_step(self.step - 1)
        else:
            super().keyPressEvent(event)


class _Fields(QWidget):
    """Fields below each other with their words before them, or above them where there is no room: as high as that."""

    def __init__(self, *fields: tuple[str, QWidget]) -> None:
        super().__init__()
        self.setProperty("role", "plain")
        self._form = form = QFormLayout(self)
        form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
        form.setContentsMargins(0, 0, 0, 0)
        form.setVerticalSpacing(4)
        for words, widget in fields:
            form.addRow(words, widget)
            widget.setAccessibleName(words)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Large letters are not cut in height."""
        super().resizeEvent(event)
        self.setMinimumHeight(self._form.heightForWidth(self.width()))
