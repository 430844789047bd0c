"""The casualty form: the fields of the DISSUB and its environment, with help from the models and what was refused."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QScrollArea, QSizePolicy, QWidget

from subrescue.desktop.case.session import value_at
from subrescue.desktop.casualty.closed_passages import ClosedPassages, PassageSearch
from subrescue.desktop.casualty.compartments import CompartmentTable
from subrescue.desktop.casualty.fields import SECTIONS, FormField, Section, described
from subrescue.desktop.casualty.forecast_editor import ForecastEditor
from subrescue.desktop.casualty.form_parts import CLASS, editor_for, none_if_unknown, note, problem_words
from subrescue.desktop.casualty.hints import class_facts, depth_doubt, depth_hint, depth_source_hint, depth_tip
from subrescue.desktop.casualty.readings_offer import ReadingsOffer, question_words
from subrescue.desktop.casualty.stated_survival import StatedSurvival
from subrescue.desktop.casualty.usual import (
    USUAL_PATHS,
    UsualRow,
    air_tip,
    air_words,
    light_tip,
    light_words,
    usual_values,
)
from subrescue.desktop.parts.clock import utc_now
from subrescue.desktop.parts.editors import ChoiceEditor, InstantEditor, NumberEditor, PositionEditor, TextEditor
from subrescue.desktop.parts.flow_row import FieldLabel
from subrescue.desktop.parts.in_sight import InSight
from subrescue.desktop.parts.plain_text import PlainLabel
from subrescue.desktop.parts.steady import steady
from subrescue.desktop.parts.words import tr
from subrescue.domain.case import Case, Dissub
from subrescue.domain.errors import InputError, Problem
from subrescue.domain.registry import Registry
from subrescue.exchange.field_words import case_field
from subrescue.exchange.languages import colon

if TYPE_CHECKING:
    from subrescue.desktop.casualty.depth_data import DepthOfPlace
    from subrescue.domain.position import Position
    from subrescue.earth.positions.coordinates import AmbiguousPosition, Reading
    from subrescue.earth.sea_and_sky.conditions import Conditions

POSITION, DEPTH = "dissub.fix.position", "dissub.depth_m"
_WIDE = (POSITION, CLASS)
"""Fields whose text is long: their editors have a line of their own."""
COMPARTMENTS, OVERRIDE = "dissub.compartments", "dissub.survival_override"
CLOSED = "closed_passages"
FORECAST = "environment.forecast"
_MOST_SHARE = 0.4
"""Share of the window's width that the form asks for at most: the map must keep its room."""


class CasualtyForm(QScrollArea):
    """Shows a case; `edited` carries path and value of what the user changed. Whoever listens answers with
    `show_case`, or with `show_problem` where the value was refused."""

    edited = Signal(str, object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # its fields take the keys
        self.setAccessibleName(tr("Casualty"))
        self.clock = utc_now
        self.editors: dict[str, TextEditor | ChoiceEditor] = {}
        self._problems: dict[str, QLabel] = {}
        self._notation = "dm"
        self._place: DepthOfPlace | None = None
        self._conditions: Conditions | None = None
        self._case: Case | None = None
        self._registry: Registry | None = None
        body = QWidget()
        self._grid = QGridLayout(body)
        self._grid.setContentsMargins(10, 2, 8, 10)
        self._grid.setHorizontalSpacing(6)
        self._grid.setVerticalSpacing(3)
        self._grid.setColumnStretch(1, 1)
        self._depth_hint, self._depth_doubt, self._depth_source = note("quiet"), note("doubt"), note("quiet")
        self._depth_source.setTextFormat(Qt.TextFormat.PlainText)  # it names files, which may be called anything
        self._class_facts = note("quiet")
        self.light, self.air = note("quiet"), note("quiet")
        self.usual_rows: dict[str, UsualRow] = {}
        self.compartments = CompartmentTable(lambda: self.clock())
        self.compartments.edited.connect(lambda value: self.edited.emit(COMPARTMENTS, value))
        self.stated = StatedSurvival()
        self.stated.edited.connect(lambda value: self.edited.emit(OVERRIDE, value))
        self.forecast = ForecastEditor()
        self.forecast.edited.connect(lambda value: self.edited.emit(FORECAST, value))
        self.forecast.refused.connect(lambda error: self.show_problem(FORECAST, error))
        self.offer = ReadingsOffer()
        self.offer.chosen.connect(self._take_reading)
        self._store_rows: list[QWidget] = []
        self._stores_shared, self._stores_unused = note("quiet"), note("doubt")
        for section in SECTIONS:
            self._add_section(section)
        self._add_heading(tr("Stated survival"))
        self._add_wide(self.stated)
        self._add_problem(OVERRIDE)
        self.closed = ClosedPassages()
        self.closed.edited.connect(lambda value: self.edited.emit(CLOSED, value))
        self._add_heading(tr("Closed passages"))
        self.find_passage = PassageSearch(self.closed)
        self._add_wide(self.find_passage)
        self._add_wide(self.closed)
        self._add_problem(CLOSED)
        self._grid.setRowStretch(self._grid.rowCount(), 1)
        self.setWidget(body)
        self._in_sight = InSight(self)

    def minimumSizeHint(self) -> QSize:
        """As wide as its fields need, in a window that has room for it; else it may be moved sideways."""
        least, body = super().minimumSizeHint(), self.widget()
        if body is None:
            return least
        wide = body.minimumSizeHint().width() + self.verticalScrollBar().sizeHint().width()
        return QSize(max(least.width(), min(wide, round(self.window().width() * _MOST_SHARE))), least.height())

    def showEvent(self, event: QShowEvent) -> None:
        """Follow the window's width from now on: the least width depends on it."""
        super().showEvent(event)
        self.window().installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Ask for another width in a window of another."""
        if event.type() == QEvent.Type.Resize and watched is self.window():
            self.updateGeometry()
        return super().eventFilter(watched, event)

    # What the window tells the form

    def show_case(self, case: Case, place: DepthOfPlace | None = None, conditions: Conditions | None = None) -> None:
        """Show the values of a case. A refused text stays, with its message, until it is mended or taken back.

        place: what is known of depths at the datum, and with it `conditions`, the sun's times and what is usual there,
        None where they are not known; without a place what was known stays.
        """
        self._case = case
        if place is not None:
            self._show_depth(place)
            self._conditions = conditions
        with steady(self):
            self._show_values(case)

    def _show_values(self, case: Case) -> None:
        for path, editor in self.editors.items():
            value = value_at(case, path)
            if isinstance(editor, PositionEditor):
                editor.show_value(value, self._notation)
            elif isinstance(editor, NumberEditor | InstantEditor):
                editor.show_value(value)
            elif isinstance(editor, ChoiceEditor):
                _show_choice(editor, value)
            else:
                editor.show_text(value or "")
            self._show_or_hide_problem(path)
        for path in (COMPARTMENTS, OVERRIDE, CLOSED, FORECAST):
            self._problems[path].hide()
        self.closed.show_value(case.closed_passages)
        self._show_stores(case.dissub)
        self.forecast.show_case(case)
        self.stated.show_value(case.dissub.survival_override)
        self._show_hints()

    def _show_stores(self, dissub: Dissub) -> None:
        """Show the stores of the boat while they count or are known, and those of each compartment."""
        spaces, counted_by_space = dissub.compartments, any(space.stores is not None for space in dissub.compartments)
        for widget in self._store_rows:
            widget.setVisible(not spaces or dissub.stores is not None)
        beside = spaces and dissub.stores is not None
        shared = tr("Shared out among the compartments by their people")
        not_counted = tr("Stores of compartments are known: these of the boat are not counted")
        self._stores_shared.setText(shared if beside and not counted_by_space else "")
        self._stores_unused.setText(not_counted if beside and counted_by_space else "")
        for label in (self._stores_shared, self._stores_unused):
            label.setVisible(bool(label.text()))
        people = dissub.survivors if dissub.survivors is not None else dissub.people_aboard
        self.compartments.show_compartments(spaces, people)

    def show_problem(self, path: str, error: InputError, readings: tuple[Reading, ...] = ()) -> None:
        """Say beside a field why its text was not taken, and offer the readings that a position may have."""
        editor = self.editors.get(path)
        if isinstance(editor, TextEditor):
            editor.refuse(True)
        label = self._problems.get(path)
        if label is not None:
            tell = _cell_and_problem if path == COMPARTMENTS else problem_words
            label.setText("\n".join(tell(problem) for problem in error.problems))
            label.show()
            self._in_sight.tell(label, editor.described.title if editor is not None else "")
        if path == POSITION:
            self.offer.show_readings(readings)

    def ask(self, path: str, question: AmbiguousPosition) -> None:
        """Show what an ambiguous position can be read as, each reading to be taken by a click."""
        self.show_problem(path, question, question.readings)
        self._problems[path].setText(question_words(question))

    def accept(self, path: str) -> None:
        """Show the value of a field again, without a message: what was typed is that value already."""
        editor = self.editors.get(path)
        if isinstance(editor, TextEditor):
            editor.forget()
        elif isinstance(editor, ChoiceEditor) and self._case is not None:
            _show_choice(editor, value_at(self._case, path))
            editor.forget()
        if path in self._problems:
            self._problems[path].hide()
        if path == POSITION:
            self.offer.show_readings(())

    def forget_all(self) -> None:
        """Drop all that is typed or refused and is in no case: another one is shown."""
        for path in self.editors:
            self.accept(path)
        self.compartments.view.give_up_entry()
        self.forecast.forget()
        self.stated.forget()

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

    def _show_depth(self, place: DepthOfPlace) -> None:
        """Show what the sources of depths say of the datum, which of them answered, slope and shore."""
        self._place = place
        self._depth_hint.setText(depth_hint(place.answer.estimate))
        self._depth_source.setText(depth_source_hint(place))
        self._depth_source.setToolTip(f"<p style='white-space:pre'>{escape(depth_tip(place))}</p>")

    # Building

    def _add_section(self, section: Section) -> None:
        self._add_heading(tr(section.title))
        first = self._grid.rowCount()
        for path in section.paths:
            self._add_field(described(path))
            if path == DEPTH:
                self._add_wide(self._depth_hint)
                self._add_wide(self._depth_source)
                self._add_wide(self._depth_doubt)
            elif path == CLASS:
                self._add_wide(self._class_facts)
            elif path in USUAL_PATHS:
                usual = UsualRow(path)
                usual.taken.connect(lambda value, path=path: self.edited.emit(path, value))
                self.usual_rows[path] = usual
                self._add_wide(usual)
        if section.title == "Environment":
            self._add_wide(self.air)
            self._add_wide(self.light)
            self._add_heading(tr("Forecast"))
            self._add_wide(self.forecast)
            self._add_problem(FORECAST)
        if section.title == "Stores":
            for row in range(first, self._grid.rowCount()):
                for column in range(3):
                    item = self._grid.itemAtPosition(row, column)
                    widget = item.widget() if item is not None else None
                    if widget is not None and widget not in self._problems.values():
                        self._store_rows.append(widget)
            self._add_wide(self._stores_shared)
            self._add_wide(self._stores_unused)
            self._add_wide(self.compartments)
            self._add_problem(COMPARTMENTS)

    def _add_field(self, field: FormField) -> None:
        row = self._grid.rowCount()
        editor = editor_for(field, self.edited.emit, self._take_position, lambda: self.clock())
        self.editors[field.path] = editor
        if isinstance(editor, TextEditor):
            editor.restored.connect(lambda path=field.path: self.accept(path))
        label = FieldLabel(field.title)
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
            unit = PlainLabel(field.unit)
            unit.setProperty("role", "quiet")
            self._grid.addWidget(unit, row, 2)
        else:
            self._grid.addWidget(editor, row, 1, 1, 1 if isinstance(editor, NumberEditor) else 2)
        self._add_problem(field.path)

    def _take_position(self, path: str, text: str) -> None:
        from subrescue.earth.positions.coordinates import AmbiguousPosition, parse_position

        value: Position | str | None = none_if_unknown(text)
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
        label = PlainLabel(title)
        label.setWordWrap(True)
        label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
        label.setProperty("role", "section")
        self._grid.addWidget(label, self._grid.rowCount(), 0, 1, 3)

    def _add_wide(self, widget: QWidget) -> None:
        self._grid.addWidget(widget, self._grid.rowCount(), 0, 1, 3)

    def _add_problem(self, path: str) -> None:
        label = note("problem")
        self._problems[path] = label
        self._add_wide(label)

    def _show_hints(self) -> None:
        if self._case is None:
            return
        self._depth_hint.setVisible(bool(self._depth_hint.text()))
        self._depth_source.setVisible(bool(self._depth_source.text()))
        estimate = self._place.answer.estimate if self._place is not None else None
        doubt = depth_doubt(self._case.dissub.depth_m, estimate)
        self._depth_doubt.setText(doubt)
        self._depth_doubt.setVisible(bool(doubt))
        facts = ""
        if self._registry is not None and self._case.dissub.class_id is not None:
            own = {boat.id: boat for boat in self._case.assets.submarine_classes}
            boats = self._registry.submarine_classes | own
            facts = class_facts(boats.get(self._case.dissub.class_id))
        self._class_facts.setText(facts)
        self._class_facts.setVisible(bool(facts))
        self._show_usual(self._case)

    def _show_usual(self, case: Case) -> None:
        found = self._conditions
        usual = usual_values(found) if found is not None else {}
        for path, row in self.usual_rows.items():
            row.show_usual(usual.get(path), value_at(case, path))
        for label, words, tip in ((self.air, air_words, air_tip), (self.light, light_words, light_tip)):
            label.setText(words(found) if found is not None else "")
            label.setToolTip(tip(found) if found is not None else "")
            label.setVisible(bool(label.text()))


def _cell_and_problem(problem: Problem) -> str:
    """Which cell of the compartments is meant, and why its text was not taken."""
    return f"{case_field(problem.field)}{colon()}{problem_words(problem)}"


def _show_choice(editor: ChoiceEditor, value: Any) -> None:
    """Show a value of the case; an editor of named choices knows them by their ids."""
    named = editor.described.kind == "choice" and value is not None
    editor.show_value(str(value) if named else value)
