"""Beside the table: what narrows it, the source that new values are stated on, and what the registry does not know."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QFormLayout, QVBoxLayout, QWidget

from subrescue.desktop.casualty.fields import FormField, number_from_text
from subrescue.desktop.parts.boxes import repolish
from subrescue.desktop.parts.editors import SearchEditor
from subrescue.desktop.parts.flow_row import FlowRow
from subrescue.desktop.parts.plain_text import PlainLabel, plain_tip
from subrescue.desktop.parts.typed_line import TypedLine
from subrescue.desktop.parts.words import tr
from subrescue.desktop.registry.model import AGE_SIGNS, Index
from subrescue.domain.evidence import Confidence, Evidence, Source
from subrescue.exchange.languages import colon
from subrescue.exchange.registry_table.age import Age
from subrescue.exchange.registry_table.facets import Facets, Row, counted, counts_alike
from subrescue.exchange.registry_table.unknown import Unknown
from subrescue.exchange.wording import label, text
from subrescue.store.registry import KINDS
from subrescue.store.validation import Origin, validated
from subrescue.store.workspace.command import LONGEST_WHY

_NO_PARENT = QModelIndex()


class FacetPanel(QWidget):
    """Kind, words and facets; every change narrows the table at once."""

    narrowed = Signal()
    kind_chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._counted: Sequence[Row] | None = None
        form = QFormLayout()
        form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapAllRows)
        form.setVerticalSpacing(3)
        self.search = TypedLine()
        self.search.setPlaceholderText(text("registry.search.placeholder"))
        self.search.setClearButtonEnabled(False)
        self.kind, self.nation, self.state, self.age = (QComboBox() for _ in range(4))
        self.reach = TypedLine()
        self.reach.setPlaceholderText(text("registry.facet.any"))
        self.or_unknown = QCheckBox(text("registry.facet.or_unknown"))
        self.count = PlainLabel()
        self.count.setProperty("role", "quiet")
        self.count.setWordWrap(True)
        rows: tuple[tuple[str, QWidget], ...] = (
            ("search", self.search),
            ("kind", self.kind),
            ("nation", self.nation),
            ("state", self.state),
            ("age", self.age),
            ("depth", self.reach),
        )
        for name, widget in rows:
            words = text(f"registry.facet.{name}")
            form.addRow(words, widget)
            widget.setAccessibleName(words.replace("&", ""))
            widget.setToolTip(text(f"registry.facet.{name}_help"))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 6, 8, 8)
        layout.addLayout(form)
        layout.addWidget(self.or_unknown)
        layout.addWidget(self.count)
        layout.addStretch(1)
        self.kind.addItem(text("registry.facet.all_assets"), None)
        for kind in KINDS:
            self.kind.addItem(label("kind", kind), kind)
        self.search.textChanged.connect(self.narrowed)
        self.reach.textChanged.connect(self.narrowed)
        self.or_unknown.toggled.connect(self.narrowed)
        for box in (self.kind, self.nation, self.state, self.age):
            box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        for box in (self.nation, self.state, self.age):
            box.activated.connect(self.narrowed)
        self.kind.activated.connect(lambda _: self.kind_chosen.emit(self.kind.currentData()))

    def facets(self) -> Facets:
        """What is asked for. A depth that is no number asks for nothing, and is marked."""
        depth = number_from_text(self.reach.text())
        wrong = isinstance(depth, str)
        if bool(self.reach.property("refused")) != wrong:
            self.reach.setProperty("refused", wrong)
            repolish(self.reach)
        return Facets(
            words=self.search.text(),
            nation=self.nation.currentData(),
            state=self.state.currentData(),
            age=Age(self.age.currentData()) if self.age.currentData() is not None else None,
            depth_m=None if depth is None or isinstance(depth, str) else float(depth),
            or_unknown=self.or_unknown.isChecked(),
        )

    def show_choices(self, rows: Sequence[Row]) -> None:
        """Offer the nations, states and ages that there are, with how many of each."""
        before, self._counted = self._counted, rows
        if before is not None and counts_alike(before, rows):
            return
        nations, states, ages = counted(rows)
        fill(self.nation, [(f"{name}  {nations[name]}", name) for name in sorted(nations)])
        fill(self.state, [(f"{label('choice', name)}  {states[name]}", name) for name in sorted(states)])
        words = [(f"{AGE_SIGNS[age]} {label('age', age)}  {ages[age]}", age.value) for age in Age if ages[age]]
        fill(self.age, words)

    def show_count(self, shown: int, of: int) -> None:
        """Say how many rows there are."""
        self.count.setText(text("registry.count", {"shown": shown, "of": of}))

    def clear(self) -> None:
        """Let everything through again."""
        for box in (self.nation, self.state, self.age):
            box.setCurrentIndex(0)
        with QSignalBlocker(self.search), QSignalBlocker(self.reach), QSignalBlocker(self.or_unknown):
            self.search.clear()
            self.reach.clear()
            self.or_unknown.setChecked(False)
        self.narrowed.emit()


def fill(box: QComboBox, choices: Iterable[tuple[str, Any]]) -> None:
    """Offer choices below `any`; what was chosen stays chosen, even where nothing has it any more."""
    chosen, words = box.currentData(), box.currentText()
    with QSignalBlocker(box):
        box.clear()
        box.addItem(text("registry.facet.any"), None)
        for shown, value in choices:
            box.addItem(shown, value)
        place = box.findData(chosen) if chosen is not None else 0
        if place < 0:
            box.addItem(words, chosen)
            place = box.count() - 1
        box.setCurrentIndex(place)


class SourceBar(QWidget):
    """The source, confidence and date on which values are stated from now on."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        tip = text("registry.source.help")
        described = FormField("source", text("registry.source.title"), "", tip, "text", required=True)
        self._known: Mapping[str, Source] = {}
        self._chosen: str | None = None
        self.source = SearchEditor(described, [(text("registry.source.none"), None)])
        self.source.edited.connect(self.choose)
        self.confidence = QComboBox()
        for one in Confidence:
            self.confidence.addItem(label("confidence", one), one.value)
        self.confidence.setCurrentIndex(1)
        self.confidence.setAccessibleName(text("registry.source.confidence"))
        self.date = TypedLine()
        self.date.setPlaceholderText(text("registry.source.date"))
        self.date.setToolTip(text("registry.source.date_help"))
        self.date.setAccessibleName(text("registry.source.date"))
        self.reason = TypedLine()
        self.reason.setPlaceholderText(text("registry.source.why"))
        self.reason.setToolTip(text("registry.source.why_help"))
        self.reason.setAccessibleName(text("registry.source.why"))
        self.reason.setMaxLength(LONGEST_WHY)
        parts = (PlainLabel(text("registry.source.title")), self.source, self.confidence, self.date, self.reason)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 3, 8, 3)
        layout.addWidget(FlowRow(parts, growing=(self.source, self.reason)))

    def take_over(self, other: SourceBar) -> None:
        """Offer and choose what another bar does."""
        self.show_sources(other._known)
        self.take_typed(other.as_typed())

    def as_typed(self) -> tuple[str | None, int, str, str]:
        """Source, place of the confidence, date and reason as they stand here."""
        return self._chosen, self.confidence.currentIndex(), self.date.text(), self.reason.text()

    def take_typed(self, typed: tuple[str | None, int, str, str]) -> None:
        """Choose and write what `as_typed` told of another bar."""
        source, confidence, date, reason = typed
        self.choose(source)
        self.confidence.setCurrentIndex(confidence)
        self.date.setText(date)
        self.reason.setText(reason)

    def why(self) -> str:
        """The reason of the changes made from now on, for the journal; empty where none is given."""
        return self.reason.text().strip()

    def show_sources(self, sources: Mapping[str, Source]) -> None:
        """Offer these sources; the chosen one stays."""
        if sources is not self._known:
            self._known = sources
            choices: list[tuple[str, Any]] = [(text("registry.source.none"), None)]
            choices += [(f"{source.id}{colon()}{source.title}", source.id) for source in sources.values()]
            self.source.set_choices(choices)
            self.source.setMinimumContentsLength(16)  # room for the words that none is chosen
            self.choose(self._chosen)

    def choose(self, source_id: str | None) -> None:
        """Take a source for the values typed from now on; None takes it away again."""
        self._chosen = source_id
        self.source.show_value(source_id)

    def statement(self) -> Evidence | None:
        """The evidence of a new value; None while no source is chosen. Raises InputError."""
        if self._chosen is None:
            return None
        data = {
            "source": self._chosen,
            "confidence": self.confidence.currentData(),
            "date": self.date.text().strip() or None,
        }
        return validated(Evidence, data, Origin())


class UnknownModel(QAbstractTableModel):
    """What the registry does not know and the gates need: asset, fact, gate, whom to ask."""

    COLUMNS = ("asset", "fact", "gate", "ask")

    def __init__(self) -> None:
        super().__init__()
        self.facts: tuple[Unknown, ...] = ()

    def show(self, facts: tuple[Unknown, ...]) -> None:
        """Show other facts."""
        self.beginResetModel()
        self.facts = facts
        self.endResetModel()

    def rowCount(self, parent: Index = _NO_PARENT) -> int:
        """One row a fact."""
        return 0 if parent.isValid() else len(self.facts)

    def columnCount(self, parent: Index = _NO_PARENT) -> int:
        """Asset, fact, gate, whom to ask."""
        return 0 if parent.isValid() else len(self.COLUMNS)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Words of a cell."""
        if not index.isValid() or role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return None
        fact = self.facts[index.row()]
        asked = fact.ask if fact.ask == " ".join(fact.nations) else f"{' '.join(fact.nations)}{colon()}{fact.ask}"
        words = (fact.name, tr(fact.title), label("gate", fact.gate), asked)[index.column()]
        return plain_tip(words) if role == Qt.ItemDataRole.ToolTipRole else words

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Headings."""
        if orientation == Qt.Orientation.Vertical or role != Qt.ItemDataRole.DisplayRole:
            return None
        return text(f"registry.unknown.{self.COLUMNS[section]}") if 0 <= section < len(self.COLUMNS) else None
