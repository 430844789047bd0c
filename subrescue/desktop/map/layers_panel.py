"""The panel of the map's layers: a tick for each, how strong it is painted, what it is, and the way back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QColor, QIcon, QPixmap
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from subrescue.desktop.parts.direct_slider import DirectSlider
from subrescue.desktop.parts.plain_text import PlainLabel, breakable, plain_tip
from subrescue.desktop.parts.words import later, tr

_ID = Qt.ItemDataRole.UserRole
_FIELD_SIGNS = 8
# The names of the colours that own layers can have, by day.
_COLOURS = (later("Blue"), later("Orange"), later("Green"), later("Violet"), later("Crimson"), later("Grey"))


@dataclass(frozen=True)
class LayerRow:
    """A line of the panel. percent: how strong, None where that cannot be chosen; is_own: the user brought it.

    colour: of its square; colour_number: which of those that can be chosen; names: the field of its names, of `fields`.
    """

    id: str
    title: str
    help: str
    shown: bool
    percent: int | None = None
    is_own: bool = False
    colour: str = ""
    colour_number: int = 0
    names: str = ""
    fields: tuple[str, ...] = ()


Groups = tuple[tuple[str, tuple[LayerRow, ...]], ...]


def _skeleton(groups: Groups) -> list[tuple[str, list[str]]]:
    return [(title, [row.id for row in rows]) for title, rows in groups]


class LayersPanel(QWidget):
    """Groups of layers from the uppermost to the lowest; Space ticks, the buttons below act on the chosen line."""

    ticked = Signal(str, bool)
    faded = Signal(str, int)
    coloured = Signal(str, int)
    named = Signal(str, str)
    reset_wanted = Signal()
    add_wanted = Signal()
    remove_wanted = Signal(str)
    zoom_wanted = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._rows: dict[str, LayerRow] = {}
        self._shown: Groups = ()
        self.tree = QTreeWidget()
        self.tree.setHeaderHidden(True)
        self.tree.setRootIsDecorated(False)
        self.tree.setIndentation(12)
        self.tree.setAccessibleName(tr("Layers of the map"))
        self.tree.itemChanged.connect(self._changed)
        self.tree.currentItemChanged.connect(lambda *_: self._show_current())
        self.help = PlainLabel()
        self.help.setProperty("role", "quiet")
        self.help.setWordWrap(True)
        self.help.setMinimumHeight(self.help.fontMetrics().lineSpacing() * 3)
        self.help.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.strength = DirectSlider()
        self.strength.setRange(10, 100)
        self.strength.setPageStep(10)
        self.strength.setSingleStep(5)
        self.strength.setAccessibleName(tr("How strong the layer is painted"))
        self.strength.setToolTip(tr("How strong the layer is painted"))
        self.strength.valueChanged.connect(self._fade)
        self._percent = PlainLabel()
        self.colour = QComboBox()
        self.colour.setAccessibleName(tr("Colour"))
        for number, words in enumerate(_COLOURS):
            self.colour.addItem(tr(words), number)
        self.colour.activated.connect(lambda number: self.coloured.emit(self.current_id(), number))
        self.names = QComboBox()
        self.names.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.names.setMinimumContentsLength(_FIELD_SIGNS)  # fields of other people's files bear names of any length
        self.names.setAccessibleName(tr("Field of the names"))
        self.names.setToolTip(tr("Which field of the layer is written beside its features"))
        self.names.activated.connect(lambda _: self.named.emit(self.current_id(), str(self.names.currentData())))
        self._own = QWidget()
        self.add = self._button(tr("Add…"), tr("Show a file on the map: GeoPackage, GeoJSON, KML, shapefile, S-57"))
        self.zoom = self._button(tr("Zoom to"), tr("Show all of the chosen own layer"))
        self.remove = self._button(tr("Remove"), tr("Take the chosen own layer off the map; its file stays"))
        self.reset = self._button(tr("As at first"), tr("Show the layers as they were at first; own ones stay"))
        self.add.clicked.connect(self.add_wanted)
        self.reset.clicked.connect(self.reset_wanted)
        self.zoom.clicked.connect(lambda: self.zoom_wanted.emit(self.current_id()))
        self.remove.clicked.connect(lambda: self.remove_wanted.emit(self.current_id()))
        self._lay_out()

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.addWidget(PlainLabel(tr("Opacity")))
        row.addWidget(self.strength, 1)
        row.addWidget(self._percent)
        buttons = QHBoxLayout()
        for button in (self.add, self.zoom, self.remove):
            buttons.addWidget(button)
        buttons.addStretch(1)
        last = QHBoxLayout()
        last.addWidget(self.reset)
        last.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(6, 6, 6, 6)
        layout.setSpacing(5)
        layout.addWidget(self.tree, 1)
        layout.addWidget(self.help)
        layout.addLayout(row)
        own = QHBoxLayout(self._own)
        own.setContentsMargins(0, 0, 0, 0)
        own.addWidget(PlainLabel(tr("Colour")))
        own.addWidget(self.colour)
        own.addWidget(PlainLabel(tr("Names")))
        own.addWidget(self.names, 1)
        layout.addWidget(self._own)
        layout.addLayout(buttons)
        layout.addLayout(last)

    def _button(self, text: str, tip: str) -> QPushButton:
        button = QPushButton(text)
        button.setToolTip(tip)
        button.setAutoDefault(False)
        return button

    def show_rows(self, groups: Sequence[tuple[str, Sequence[LayerRow]]]) -> None:
        """Show groups of lines; the chosen line stays chosen."""
        wanted = tuple((title, tuple(rows)) for title, rows in groups)
        if wanted == self._shown:
            return
        same = _skeleton(wanted) == _skeleton(self._shown)
        chosen = self.current_id()
        self._shown = wanted
        self._rows = {row.id: row for _, rows in wanted for row in rows}
        with QSignalBlocker(self.tree):
            if not same:
                self._make_items()
            for item in self._items():
                self._dress(item, self._rows[item.data(0, _ID)])
                if item.data(0, _ID) == chosen:
                    self.tree.setCurrentItem(item)
        self._show_current()

    def _make_items(self) -> None:
        self.tree.clear()
        for title, rows in self._shown:
            group = QTreeWidgetItem([title])
            group.setFlags(Qt.ItemFlag.ItemIsEnabled)
            font = group.font(0)
            font.setBold(True)
            group.setFont(0, font)
            self.tree.addTopLevelItem(group)
            for row in rows:
                item = QTreeWidgetItem()
                item.setData(0, _ID, row.id)
                item.setFlags(
                    Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsUserCheckable
                )
                group.addChild(item)
            group.setExpanded(True)

    def _dress(self, item: QTreeWidgetItem, row: LayerRow) -> None:
        item.setText(0, row.title)
        item.setToolTip(0, plain_tip(row.help))
        item.setCheckState(0, Qt.CheckState.Checked if row.shown else Qt.CheckState.Unchecked)
        if row.colour:
            square = QPixmap(10, 10)
            square.fill(QColor(row.colour))
            item.setIcon(0, QIcon(square))

    def _items(self) -> list[QTreeWidgetItem]:
        tops = [self.tree.topLevelItem(i) for i in range(self.tree.topLevelItemCount())]
        children = [top.child(i) for top in tops if top is not None for i in range(top.childCount())]
        return [item for item in children if item is not None]

    def current_id(self) -> str:
        """Id of the chosen line, empty where none is chosen."""
        item = self.tree.currentItem()
        return str(item.data(0, _ID) or "") if item is not None else ""

    def choose(self, layer: str) -> None:
        """Choose a line."""
        for item in self._items():
            if item.data(0, _ID) == layer:
                self.tree.setCurrentItem(item)

    def _changed(self, item: QTreeWidgetItem) -> None:
        self.ticked.emit(str(item.data(0, _ID)), item.checkState(0) == Qt.CheckState.Checked)

    def _fade(self, percent: int) -> None:
        self._percent.setText(tr("{percent} %", percent=percent))
        self.faded.emit(self.current_id(), percent)

    def _show_current(self) -> None:
        row = self._rows.get(self.current_id())
        self.help.setText(breakable(row.help) if row is not None else tr("Space or a click shows and hides a layer"))
        percent = row.percent if row is not None else None
        self.strength.setEnabled(percent is not None)
        with QSignalBlocker(self.strength):
            self.strength.setValue(100 if percent is None else percent)
        self._percent.setText(tr("{percent} %", percent=self.strength.value()))
        for button in (self.zoom, self.remove):
            button.setEnabled(row is not None and row.is_own)
        self._own.setVisible(row is not None and row.is_own)
        if row is not None and row.is_own:
            self.colour.setCurrentIndex(row.colour_number)
            choices = [("", tr("none")), *((name, name) for name in row.fields)]
            if [self.names.itemData(i) for i in range(self.names.count())] != [name for name, _ in choices]:
                self.names.clear()
                for name, words in choices:
                    self.names.addItem(words, name)
            self.names.setCurrentIndex(max(self.names.findData(row.names), 0))
