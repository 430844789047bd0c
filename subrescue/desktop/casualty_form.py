"""The casualty form: the fields of the DISSUB and its environment, with help from the models and what was refused."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QScrollArea, QSizePolicy, QWidget

from subrescue.desktop.compartments import CompartmentTable
from subrescue.desktop.editors import (
    ChoiceEditor,
    InstantEditor,
    NumberEditor,
    PositionEditor,
    SearchEditor,
    TextEditor,
    choices_of,
)
from subrescue.desktop.fields import SECTIONS, FormField, Section, described
from subrescue.desktop.hints import class_facts, depth_doubt, depth_hint
from subrescue.desktop.readings_offer import ReadingsOffer
from subrescue.desktop.session import value_at
from subrescue.desktop.stated_survival import StatedSurvival
from subrescue.domain.case import Case
from subrescue.domain.errors import InputError
from subrescue.domain.registry import Registry

if TYPE_CHECKING:
    from subrescue.domain.position import Position
    from subrescue.earth.coordinates import AmbiguousPosition, Reading
    from subrescue.earth.depth import DepthEstimate

POSITION, DEPTH, CLASS = "dissub.fix.position", "dissub.depth_m", "dissub.class_id"
_WIDE = (POSITION, CLASS)
"""Fields whose text is long: their editors have a line of their own."""
COMPARTMENTS, OVERRIDE = "dissub.compartments", "dissub.survival_override"


class CasualtyForm(QScrollArea):
    """Shows a case; `edited` carries path and value of what the user changed. Whoever listens answers with
    `show_case`, or with `show_problem` where the value was refused."""

    edited = Signal(str, object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.editors: dict[str, TextEditor | ChoiceEditor] = {}
        self._problems: dict[str, QLabel] = {}
        self._notation = "dm"
        self._estimate: DepthEstimate | None = None
        self._case: Case | None = None
        self._registry: Registry | None = None
        body = QWidget()
        self._grid = QGridLayout(body)
        self._grid.setContentsMargins(10, 2, 8, 10)
        self._grid.setHorizontalSpacing(6)
        self._grid.setVerticalSpacing(3)
        self._grid.setColumnStretch(1, 1)
        self._depth_hint, self._depth_doubt = _note("quiet"), _note("doubt")
        self._class_facts = _note("quiet")
        self.compartments = CompartmentTable()
        self.compartments.edited.connect(lambda value: self.edited.emit(COMPARTMENTS, value))
        self.stated = StatedSurvival()
        self.stated.edited.connect(lambda value: self.edited.emit(OVERRIDE, value))
        self.offer = ReadingsOffer()
        self.offer.chosen.connect(self._take_reading)
        self._store_rows: list[QWidget] = []
        for section in SECTIONS:
            self._add_section(section)
        self._add_heading("Stated survival")
        self._add_wide(self.stated)
        self._add_problem(OVERRIDE)
        self._grid.setRowStretch(self._grid.rowCount(), 1)
        self.setWidget(body)

    # What the window tells the form

    def show_case(self, case: Case) -> None:
        """Show the values of a case. A refused text stays, with its message, until it is mended or taken back."""
        self._case = case
        for path, editor in self.editors.items():
            value = value_at(case, path)
            if isinstance(editor, PositionEditor):
                editor.show_value(value, self._notation)
            elif isinstance(editor, NumberEditor | InstantEditor):
                editor.show_value(value)
            elif isinstance(editor, ChoiceEditor):
                editor.show_value(str(value) if editor.described.kind == "choice" else value)
            else:
                editor.show_text(value or "")
            self._show_or_hide_problem(path)
        for path in (COMPARTMENTS, OVERRIDE):
            self._problems[path].hide()
        by_compartment = bool(case.dissub.compartments)
        for widget in self._store_rows:
            widget.setVisible(not by_compartment)
        self.compartments.show_compartments(case.dissub.compartments)
        self.compartments.setVisible(by_compartment)
        self.stated.show_value(case.dissub.survival_override)
        self._show_hints()

    def show_problem(self, path: str, error: InputError, readings: tuple[Reading, ...] = ()) -> None:
        """Say beside a field why its text was not taken, and offer the readings that a position may have."""
        editor = self.editors.get(path)
        if isinstance(editor, TextEditor):
            editor.refuse(True)
        label = self._problems.get(path)
        if label is not None:
            label.setText("\n".join(f"Found {p.found}; {p.allowed}" for p in error.problems))
            label.show()
        if path == POSITION:
            self.offer.show_readings(readings)

    def ask(self, path: str, question: AmbiguousPosition) -> None:
        """Show what an ambiguous position can be read as, each reading to be taken by a click."""
        self.show_problem(path, question, question.readings)
        label = self._problems[path]
        halves = "".join(f"\n      {reading}" for reading in question.readings if reading.position is None)
        label.setText(f"Found {question.problems[0].found}; it can be read as below; or {question.hint}{halves}")

    def accept(self, path: str) -> None:
        """Show the value of a field again, without a message: what was typed is that value already."""
        editor = self.editors.get(path)
        if isinstance(editor, TextEditor):
            editor.forget()
        elif isinstance(editor, ChoiceEditor) and self._case is not None:
            value = value_at(self._case, path)
            editor.show_value(str(value) if editor.described.kind == "choice" else value)
        if path in self._problems:
            self._problems[path].hide()
        if path == POSITION:
            self.offer.show_readings(())

    def forget_all(self) -> None:
        """Drop all refused texts: another case is shown."""
        for path in self.editors:
            self.accept(path)

    def _show_or_hide_problem(self, path: str) -> None:
        editor = self.editors[path]
        refused = isinstance(editor, TextEditor) and bool(editor.property("refused"))
        self._problems[path].setVisible(refused and bool(self._problems[path].text()))
        if path == POSITION and not refused:
            self.offer.show_readings(())

    def problem_text(self, path: str) -> str:
        """The message that stands beside a field, or nothing."""
        label = self._problems.get(path)
        return label.text() if label is not None and not label.isHidden() else ""

    def set_registry(self, registry: Registry) -> None:
        """Offer the submarine classes of a registry."""
        self._registry = registry
        editor = self.editors[CLASS]
        if isinstance(editor, ChoiceEditor):
            boats = sorted(registry.submarine_classes.values(), key=lambda boat: boat.name.casefold())
            editor.set_choices([(f"{boat.name} ({' '.join(boat.nations)})", boat.id) for boat in boats])
            if self._case is not None:
                editor.show_value(self._case.dissub.class_id)
        self._show_hints()

    def set_notation(self, notation: str) -> None:
        """Show the position in another notation."""
        self._notation = notation
        if self._case is not None:
            editor = self.editors[POSITION]
            assert isinstance(editor, PositionEditor)
            editor.show_value(self._case.dissub.fix.position, notation)

    def set_depth_estimate(self, estimate: DepthEstimate | None) -> None:
        """Show what the chart says of the depth at the datum."""
        self._estimate = estimate
        self._depth_hint.setText(depth_hint(estimate))
        self._show_hints()

    # Building

    def _add_section(self, section: Section) -> None:
        self._add_heading(section.title)
        first = self._grid.rowCount()
        for path in section.paths:
            self._add_field(described(path))
            if path == DEPTH:
                self._add_wide(self._depth_hint)
                self._add_wide(self._depth_doubt)
            elif path == CLASS:
                self._add_wide(self._class_facts)
        if section.title == "Stores":
            for row in range(first, self._grid.rowCount()):
                for column in range(3):
                    item = self._grid.itemAtPosition(row, column)
                    widget = item.widget() if item is not None else None
                    if widget is not None and widget not in self._problems.values():
                        self._store_rows.append(widget)
            self._add_wide(self.compartments)
            self._add_problem(COMPARTMENTS)

    def _add_field(self, field: FormField) -> None:
        row = self._grid.rowCount()
        editor = self._editor(field)
        self.editors[field.path] = editor
        if isinstance(editor, TextEditor):
            editor.restored.connect(lambda path=field.path: self.accept(path))
        label = QLabel(field.title)
        label.setBuddy(editor)
        label.setToolTip(field.tip)
        if field.path in _WIDE:
            self._grid.addWidget(label, row, 0, 1, 3)
            self._grid.addWidget(editor, row + 1, 0, 1, 3)
            self._add_problem(field.path)
            if field.path == POSITION:
                self._add_wide(self.offer)
            return
        self._grid.addWidget(label, row, 0)
        if field.unit:
            self._grid.addWidget(editor, row, 1)
            unit = QLabel(field.unit)
            unit.setProperty("role", "quiet")
            self._grid.addWidget(unit, row, 2)
        else:
            self._grid.addWidget(editor, row, 1, 1, 1 if isinstance(editor, NumberEditor) else 2)
        self._add_problem(field.path)

    def _editor(self, field: FormField) -> TextEditor | ChoiceEditor:
        path = field.path
        if path == CLASS:
            search = SearchEditor(field, [])
            search.edited.connect(lambda value: self.edited.emit(path, value))
            return search
        if field.kind in ("choice", "yes_no"):
            choice = ChoiceEditor(field, choices_of(field, "plight" if field.kind == "choice" else ""))
            choice.edited.connect(lambda value: self.edited.emit(path, value))
            return choice
        if field.kind in ("number", "whole"):
            number = NumberEditor(field)
            number.edited.connect(lambda _: self.edited.emit(path, number.value()))
            return number
        editor: TextEditor
        if field.kind == "position":
            editor = PositionEditor(field)
            editor.edited.connect(lambda text: self._take_position(path, text))
            return editor
        if field.kind == "instant":
            editor = InstantEditor(field)
        else:
            editor = TextEditor(field)
        editor.edited.connect(lambda text: self.edited.emit(path, _none_if_unknown(text)))
        return editor

    def _take_position(self, path: str, text: str) -> None:
        from subrescue.earth.coordinates import AmbiguousPosition, parse_position

        value: Position | str | None = _none_if_unknown(text)
        if isinstance(value, str):
            try:
                value = parse_position(value)
            except AmbiguousPosition as question:
                self.ask(path, question)
                return
            except InputError:
                pass  # whoever listens refuses the text, in the words of the field
        self.edited.emit(path, value)

    def _take_reading(self, position: Position) -> None:
        self.editors[POSITION].setFocus()
        self.edited.emit(POSITION, position)

    def _add_heading(self, title: str) -> None:
        label = QLabel(title)
        label.setProperty("role", "section")
        self._grid.addWidget(label, self._grid.rowCount(), 0, 1, 3)

    def _add_wide(self, widget: QWidget) -> None:
        self._grid.addWidget(widget, self._grid.rowCount(), 0, 1, 3)

    def _add_problem(self, path: str) -> None:
        label = _note("problem")
        self._problems[path] = label
        self._add_wide(label)

    def _show_hints(self) -> None:
        if self._case is None:
            return
        self._depth_hint.setVisible(bool(self._depth_hint.text()))
        doubt = depth_doubt(self._case.dissub.depth_m, self._estimate)
        self._depth_doubt.setText(doubt)
        self._depth_doubt.setVisible(bool(doubt))
        facts = ""
        if self._registry is not None and self._case.dissub.class_id is not None:
            own = {boat.id: boat for boat in self._case.assets.submarine_classes}
            boats = self._registry.submarine_classes | own
            facts = class_facts(boats.get(self._case.dissub.class_id))
        self._class_facts.setText(facts)
        self._class_facts.setVisible(bool(facts))


def _note(role: str) -> QLabel:
    label = QLabel()
    label.setProperty("role", role)
    label.setWordWrap(True)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
    label.hide()
    return label


def _none_if_unknown(text: str) -> str | None:
    return text if text and text.casefold() != "unknown" else None
