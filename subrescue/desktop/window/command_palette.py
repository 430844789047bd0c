"""The command palette: every action and case by name, found while one types; works by keys alone."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, QTimer
from PySide6.QtGui import QBrush, QColor, QKeySequence, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QDialog, QHeaderView, QLineEdit, QTreeWidget, QTreeWidgetItem, QVBoxLayout

from subrescue.desktop.case.recent_cases import recent_cases
from subrescue.desktop.features import Feature
from subrescue.desktop.parts.boxes import KeysToList, bring_to_front, make_room
from subrescue.desktop.parts.fuzzy import fit
from subrescue.desktop.parts.plain_text import PlainLabel, plain_tip
from subrescue.desktop.parts.words import tr
from subrescue.desktop.window.actions import ACTIONS
from subrescue.domain.near_names import folded

if TYPE_CHECKING:
    from subrescue.desktop.main_window import MainWindow


@dataclass(frozen=True)
class Entry:
    """One line of the palette: what it is, where it else stands, what it does; `enabled` tells whether it can now."""

    title: str
    group: str
    tip: str
    shortcut: str
    enabled: bool
    run: Callable[[], object]


def entries_of(window: MainWindow) -> tuple[Entry, ...]:
    """Every action of the table in its order, then the cases opened lately and the shipped ones."""
    from subrescue.store.cases import shipped_cases

    native = QKeySequence.SequenceFormat.NativeText
    found = []
    for action in ACTIONS:
        if action.id != "palette":
            qt = window.actions_by_id.by_id[action.id]
            keys = QKeySequence(action.shortcut).toString(native)
            title, tip = tr(action.title), tr(action.tip)
            found.append(Entry(title, tr(action.menu), tip, keys, qt.isEnabled(), qt.trigger))
    recent = recent_cases(window.preferences)
    shipped = [path for path in shipped_cases() if path.resolve() not in recent]
    for group, paths in ((tr("Recent case"), recent), (tr("Shipped case"), shipped)):
        for path in paths:
            open_it = _opener(window, path)
            found.append(Entry(path.stem, group, str(path), "", True, open_it))
    return tuple(found)


def _opener(window: MainWindow, path: Path) -> Callable[[], object]:
    return lambda: window.open_file(path)


def matching(entries: tuple[Entry, ...], query: str) -> list[Entry]:
    """The entries that fit a query, the best first, of all the one of that very name; all in their order for none."""
    scored = [(fit(query, (entry.title, entry.group, entry.tip)), entry) for entry in entries]
    named = folded(query.strip().rstrip("…"))
    fitting = [
        ((folded(entry.title.rstrip("…")) == named, score), entry) for score, entry in scored if score is not None
    ]
    return [entry for _, entry in sorted(fitting, key=lambda pair: pair[0], reverse=True)]


_GROUP = 1
"""Column of the menu of an action."""


class CommandPalette(QDialog):
    """The box. Up and Down choose while typing goes on; Enter runs what is chosen, Esc closes."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._entries: tuple[Entry, ...] = ()
        self._found: list[Entry] = []
        self.setWindowTitle(tr("Command palette"))
        make_room(self, 720, 460)
        self.line = QLineEdit()
        self.line.setPlaceholderText(tr("A part of the name of an action or case"))
        self.line.setAccessibleName(tr("Action or case"))
        self.list = QTreeWidget()
        self.list.setColumnCount(3)
        self.list.setHeaderHidden(True)
        self.list.setRootIsDecorated(False)
        self.list.setUniformRowHeights(True)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setAccessibleName(tr("Actions and cases found"))
        header = self.list.header()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.ResizeToContents)  # names that are cut look alike
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(2, QHeaderView.ResizeMode.ResizeToContents)
        self._tip = PlainLabel()
        self._tip.setProperty("role", "quiet")
        self._tip.setWordWrap(True)
        layout = QVBoxLayout(self)
        layout.addWidget(self.line)
        layout.addWidget(self.list, 1)
        layout.addWidget(self._tip)
        self.line.textChanged.connect(self._search)
        self.line.returnPressed.connect(self._run)
        KeysToList(self.line, self.list)
        self.list.itemClicked.connect(self._run)
        self.list.currentItemChanged.connect(self._show_tip)

    def showEvent(self, event: QShowEvent) -> None:
        """Begin with everything that there is, as it can be done now."""
        super().showEvent(event)
        self._entries = entries_of(self._window)
        self.line.clear()
        self.line.setFocus()
        self._search()

    def changeEvent(self, event: QEvent) -> None:
        """Go when another window gets the keys: whoever looks elsewhere has done with it."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.ActivationChange and not self.isActiveWindow():
            self.hide()

    def _search(self) -> None:
        self._found = matching(self._entries, self.line.text())
        self.list.clear()
        quiet = QBrush(QColor(self._window.theme.quiet))
        for entry in self._found:
            item = QTreeWidgetItem([entry.title, entry.group, entry.shortcut])
            for column in (1, 2):
                item.setForeground(column, quiet)
            if not entry.enabled:
                item.setForeground(0, quiet)
                item.setText(1, tr("{menu}, not possible now", menu=entry.group))
            for column in range(self.list.columnCount()):
                # Large letters leave a name less room than it needs.
                item.setToolTip(column, plain_tip(item.text(column)))
            self.list.addTopLevelItem(item)
        self._fit_groups()
        if self._found:
            self.list.setCurrentIndex(self.list.model().index(0, 0))
        self._show_tip()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """See anew whether there is room for the groups."""
        super().resizeEvent(event)
        self._fit_groups()
        self._show_tip()

    def _fit_groups(self) -> None:
        """Show the groups where all are seen whole; else the line below tells that of the chosen entry."""
        needed = sum(self.list.sizeHintForColumn(column) for column in range(self.list.columnCount()))
        is_narrow = needed > self.list.viewport().width()
        self.list.setColumnHidden(_GROUP, is_narrow)
        self.list.header().setStretchLastSection(is_narrow)  # the choice goes across the whole line

    def _show_tip(self) -> None:
        entry, item = self.chosen(), self.list.currentItem()
        words = entry.tip if entry is not None else tr("Nothing fits")
        if entry is not None and item is not None and self.list.isColumnHidden(_GROUP):
            words = "\n".join(filter(None, (item.text(_GROUP), words)))
        self._tip.setText(words)

    def chosen(self) -> Entry | None:
        """The entry that Enter would run."""
        row = self.list.currentIndex().row()  # -1 for none
        return self._found[row] if 0 <= row < len(self._found) else None

    def _run(self) -> None:
        entry = self.chosen()
        if entry is not None and entry.enabled:
            self.hide()
            QTimer.singleShot(0, self._window, entry.run)


class PaletteFeature(Feature):
    """The palette of a window, made when it is asked for first."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self.box: CommandPalette | None = None

    def handlers(self) -> Mapping[str, Callable[[], object]]:
        """Show it."""
        return {"palette": self.show}

    def show(self) -> None:
        """Show the palette and take the keys."""
        if self.box is None:
            self.box = CommandPalette(self.window)
        bring_to_front(self.box)

    def stop(self) -> None:
        """Go with the window."""
        if self.box is not None:
            self.box.hide()
