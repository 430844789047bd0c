"""The registry's window: facets at the left, the table, and at the right the chosen entry, its history, the unknown."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QByteArray, QItemSelection, QItemSelectionModel, Qt, Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QLabel,
    QMainWindow,
    QSplitter,
    QTableView,
    QTabWidget,
    QTextBrowser,
    QToolBar,
    QWidget,
)

from subrescue.desktop.action_set import ActionSet
from subrescue.desktop.actions import Standing
from subrescue.desktop.live_positions import LivePositions
from subrescue.desktop.message_bar import MessageBar
from subrescue.desktop.preferences import Preferences
from subrescue.desktop.registry_actions import MENUS, menu_title, registry_actions
from subrescue.desktop.registry_desk import RegistryDesk, change_of
from subrescue.desktop.registry_detail import RegistryDetail
from subrescue.desktop.registry_dialogs import BulkEdit, Duplicate
from subrescue.desktop.registry_editors import FactDelegate, words_of
from subrescue.desktop.registry_history import history_html
from subrescue.desktop.registry_model import RegistryModel, first_columns
from subrescue.desktop.registry_side import FacetPanel, SourceBar, UnknownModel
from subrescue.desktop.registry_views import columns_menu, dress, fit_columns, shared_facts, stacked, unknown_of
from subrescue.desktop.themes import Theme
from subrescue.domain.errors import InputError
from subrescue.exchange.registry_table.facets import Row
from subrescue.exchange.registry_table.facts import Fact
from subrescue.exchange.sightings import position_now
from subrescue.exchange.wording import text
from subrescue.store.workspace.fields import Key


class RegistryWindow(QMainWindow):
    """One view of the registry's desk; every change is a command there, and comes back as another registry."""

    place_asked = Signal(str, object)  # name and Position of an asset that is to be shown on the map

    def __init__(self, desk: RegistryDesk, preferences: Preferences, theme: Theme) -> None:
        super().__init__()
        self.desk = desk
        self.preferences = preferences
        self.model = RegistryModel()
        self.facets = FacetPanel()
        self.sources = SourceBar()
        self.detail = RegistryDetail(self.edit_fact)
        self.unknown = UnknownModel()
        self.history = QTextBrowser()
        self.message_bar = MessageBar()
        self.table, self.asked = QTableView(), QTableView()
        self.tabs = QTabWidget()
        self.dialog: BulkEdit | Duplicate | None = None
        self._theme = theme
        self._chosen: Key | None = None
        self._field = ""
        self._lay_out()
        self.actions_by_id = ActionSet(self, self._handlers(), registry_actions())
        self.actions_by_id.fill_menus(self.menuBar(), menus=[menu_title(menu) for menu in MENUS])
        self.actions_by_id.fill_toolbar(self._tool_bar)
        self._connect()
        self.positions = LivePositions(self)
        self.set_theme(theme)
        self._choose_kind(None)
        if desk.is_open:
            self._show_registry()

    # Layout

    def _lay_out(self) -> None:
        self.setWindowTitle(text("registry.title"))
        self.resize(1400, 860)
        self.setMinimumSize(900, 560)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self._tool_bar = QToolBar(text("registry.title"))
        self._tool_bar.setObjectName("registry_bar")
        self._tool_bar.setMovable(False)
        self._tool_bar.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextOnly)
        self.addToolBar(self._tool_bar)
        self.table.setModel(self.model)
        self.delegate = FactDelegate(self.model, self.edit_fact, self.check_fact, self.table.viewport())
        self.table.setItemDelegate(self.delegate)
        self.asked.setModel(self.unknown)
        trigger = QAbstractItemView.EditTrigger
        self.table.setEditTriggers(trigger.DoubleClicked | trigger.EditKeyPressed | trigger.AnyKeyPressed)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.asked.setEditTriggers(trigger.NoEditTriggers)
        for view in (self.table, self.asked):
            dress(view)
        self.asked.horizontalHeader().setStretchLastSection(True)
        self.table.setSortingEnabled(True)
        self.table.horizontalHeader().setSectionsMovable(True)
        self.table.horizontalHeader().setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.table.setAccessibleName(text("registry.title"))
        self.asked.setAccessibleName(text("registry.tab.unknown"))
        self._asked_words = QLabel()
        self._asked_words.setWordWrap(True)
        self._asked_words.setMargin(8)
        asked = stacked(self._asked_words, self.asked)
        for widget, name in ((self.detail, "facts"), (self.history, "history"), (asked, "unknown")):
            self.tabs.addTab(widget, text(f"registry.tab.{name}"))
        self._split = QSplitter(Qt.Orientation.Horizontal)
        for widget in (self.facets, self.table, self.tabs):
            self._split.addWidget(widget)
        self._split.setStretchFactor(1, 1)
        self._split.setChildrenCollapsible(False)
        self._split.setSizes([185, 735, 480])
        self.facets.setMaximumWidth(260)
        self.tabs.setMinimumWidth(360)
        self.setCentralWidget(stacked(self.message_bar, self.sources, self._split))
        geometry = self.preferences.bytes("registry_geometry")
        if geometry is not None:
            self.restoreGeometry(geometry)

    def _handlers(self) -> dict[str, Callable[[], object]]:
        return {
            "show_on_map": self.show_on_map,
            "show_unknown": lambda: self._turn_to(2, self.asked),
            "show_history": lambda: self._turn_to(1, self.history),
            "positions": lambda: self.positions.show(),
            "close": self.close,
            "undo": self._undo,
            "redo": self._redo,
            "edit_cell": self._edit_cell,
            "bulk_edit": self.bulk_edit,
            "duplicate": self.duplicate,
            "retire": self.retire,
            "go_to_source": lambda: self.sources.source.setFocus(),
            "find": self._find,
            "clear_facets": self.facets.clear,
            "columns": self._ask_columns,
            "registry_order": self._unsort,
        }

    def _connect(self) -> None:
        self.desk.changed.connect(self._show_registry)
        self.desk.message.connect(self.message_bar.show_message)
        self.facets.narrowed.connect(self._narrow)
        self.facets.search.returnPressed.connect(self._enter_table)
        self.facets.kind_chosen.connect(self._choose_kind)
        self.table.selectionModel().selectionChanged.connect(self._select)
        self.table.horizontalHeader().customContextMenuRequested.connect(lambda _: self._ask_columns())
        self.asked.activated.connect(lambda index: self._go_to_unknown(index.row()))
        self.asked.doubleClicked.connect(lambda index: self._go_to_unknown(index.row()))
        self.detail.fact_chosen.connect(self._choose_field)
        self.tabs.currentChanged.connect(lambda _: self._show_tab())

    def _show_registry(self) -> None:
        first = not self.model.all_rows
        self.model.show(self.desk.registry, self.model.kind, self.desk.today.date())
        self.facets.show_choices(self.model.all_rows)
        self.sources.show_sources(self.desk.registry.sources)
        if first:
            fit_columns(self.table, self.model)
        self._show_count()
        self._show_chosen()
        self._show_tab()

    def _choose_kind(self, kind: str | None) -> None:
        self.facets.kind.setCurrentIndex(max(self.facets.kind.findData(kind), 0))
        self.model.show(self.desk.registry, kind, self.desk.today.date())
        kept = tuple(self.preferences.text(f"registry_columns_{kind or 'assets'}", "").split())
        self.model.choose_columns(kept or first_columns(kind))
        self._unsort()
        self.facets.show_choices(self.model.all_rows)
        fit_columns(self.table, self.model)
        self._narrow()
        self._show_tab()

    def _narrow(self) -> None:
        self.model.narrow(self.facets.facets())
        self._show_count()
        if self.model.row_of(self._chosen) is None:
            self._choose(None)  # the form does not jump from entry to entry while somebody types
        if self.tabs.currentIndex() == 2:
            self._show_tab()

    def _show_count(self) -> None:
        self.facets.show_count(len(self.model.rows), len(self.model.all_rows))

    def _select(self, _now: QItemSelection, _before: QItemSelection) -> None:
        rows = self.chosen_rows()
        current = self.table.currentIndex().row()
        at = next((row for row in rows if self.model.row_of(row.key) == current), rows[0] if rows else None)
        self._chosen = at.key if at is not None else None
        self._field = ""
        self._show_chosen()
        self._show_tab()

    def _choose(self, key: Key | None) -> None:
        place = self.model.row_of(key)
        if place is None:
            self.table.clearSelection()
            self._chosen = None
            self._show_chosen()
            return
        index = self.model.index(place, max(self.table.currentIndex().column(), 0))
        flags = QItemSelectionModel.SelectionFlag
        self.table.selectionModel().setCurrentIndex(index, flags.ClearAndSelect | flags.Rows)
        self.table.scrollTo(index)

    def chosen_rows(self) -> list[Row]:
        """The entries that are selected."""
        return [self.model.rows[index.row()] for index in self.table.selectionModel().selectedRows()]

    def _chosen_row(self) -> Row | None:
        return next((row for row in self.model.all_rows if row.key == self._chosen), None)

    def _show_chosen(self) -> None:
        self.detail.show_row(self._chosen_row(), self.desk.registry.sources)
        self._enable()

    def _enable(self) -> None:
        standing = Standing(
            can_undo=self.desk.can_undo, can_redo=self.desk.can_redo, has_selection=self._chosen_row() is not None
        )
        self.actions_by_id.enable(standing)

    def _choose_field(self, path: str) -> None:
        self._field = path

    def _show_tab(self) -> None:
        place = self.tabs.currentIndex()
        if place == 1:
            row = self._chosen_row()
            changes = self.desk.history(row.key) if row is not None else ()
            self.history.setHtml(history_html(row, changes, self._field, self._theme))
        elif place == 2:
            facts = unknown_of(self.desk.registry, self.model)
            self.unknown.show(facts)
            offices = len({fact.ask for fact in facts})
            self._asked_words.setText(text("registry.unknown.words", {"count": len(facts), "offices": offices}))
            self.asked.resizeColumnsToContents()
            self.asked.setColumnWidth(0, min(self.asked.columnWidth(0), 190))

    def _turn_to(self, tab: int, widget: QWidget) -> None:
        self.tabs.setCurrentIndex(tab)
        widget.setFocus()

    def _go_to_unknown(self, place: int) -> None:
        fact = self.unknown.facts[place]
        self._choose(fact.key)
        self.tabs.setCurrentIndex(0)
        self.detail.editor(fact.key[0], fact.path).setFocus()

    def set_theme(self, theme: Theme) -> None:
        """Show in other colours; the style sheet is the application's."""
        self._theme = self.model.theme = theme
        self.table.viewport().update()
        self._show_tab()

    # What is done

    def edit_fact(self, row: Row, fact: Fact, value: Any) -> str:
        """State a fact of an entry; what was wrong in words, or nothing."""
        try:
            self.desk.state_facts([(row.kind, row.entry)], fact.path, value, self.sources.statement())
        except InputError as error:
            return words_of(error, fact.path)
        return ""

    def check_fact(self, row: Row, fact: Fact, value: Any) -> str:
        """What would be wrong with a fact, or nothing."""
        try:
            change_of(row.kind, row.entry, fact.path, value, self.sources.statement())
        except InputError as error:
            return words_of(error, fact.path)
        return ""

    def bulk_edit(self) -> None:
        """Ask for one fact of all chosen entries."""
        rows = self.chosen_rows()
        if not rows:
            return
        shared = shared_facts(rows)

        def take(fact: Fact, value: Any) -> str:
            try:
                entries = [(row.kind, row.entry) for row in rows]
                self.desk.state_facts(entries, fact.path, value, self.sources.statement())
            except InputError as error:
                return words_of(error, fact.path)
            return ""

        if shared:
            self._ask(BulkEdit(shared, len(rows), take, self))

    def duplicate(self) -> None:
        """Ask for id and name of an entry that is made like the chosen one."""
        row = self._chosen_row()
        if row is None:
            return

        def take(entry_id: str, name: str) -> str:
            try:
                self.desk.duplicate(row.kind, row.entry, entry_id, name)
            except InputError as error:
                return str(error)
            self._choose((row.kind, entry_id))
            return ""

        self._ask(Duplicate(row.entry, take, self))

    def _ask(self, dialog: BulkEdit | Duplicate) -> None:
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.dialog = dialog
        dialog.destroyed.connect(self._forget_dialog)
        dialog.open()

    def _forget_dialog(self) -> None:
        self.dialog = None

    def retire(self) -> None:
        """Take the chosen entries out of use; undo brings them back."""
        rows = self.chosen_rows()
        if self._try(lambda: self.desk.retire((row.kind, row.entry) for row in rows)):
            self.message_bar.show_message(text("registry.retired", {"count": len(rows)}), note=True)
            self._narrow()

    def _undo(self) -> None:
        self._try(self.desk.undo)

    def _redo(self) -> None:
        self._try(self.desk.redo)

    def _try(self, act: Callable[[], object]) -> bool:
        self.message_bar.hide()
        try:
            act()
        except InputError as error:
            self.message_bar.show_message(str(error))
            return False
        self._enable()
        return True

    def show_on_map(self) -> None:
        """Show where the chosen entry is kept, or where it is now."""
        row = self._chosen_row()
        if row is None:
            return
        position = position_now(row.entry)
        if position is None:
            self.message_bar.show_message(text("registry.no_position", {"name": row.entry.id}), note=True)
            return
        self.message_bar.hide()
        self.place_asked.emit(getattr(row.entry, "name", row.entry.id), position)

    def _find(self) -> None:
        self.facets.search.setFocus()
        self.facets.search.selectAll()

    def _enter_table(self) -> None:
        self.table.setFocus()
        if self._chosen is None and self.model.rows:
            self._choose(self.model.rows[0].key)

    def _edit_cell(self) -> None:
        index = self.table.currentIndex()
        if index.isValid() and self.model.can_edit(index.row(), index.column()):
            self.table.edit(index)
        elif index.isValid():
            self.message_bar.show_message(text("registry.not_edited_here"), note=True)

    def _unsort(self) -> None:
        self.table.horizontalHeader().setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        self.model.sort(-1)

    def _ask_columns(self) -> None:
        menu = columns_menu(self, self.model, self.show_column)
        menu.popup(self.table.mapToGlobal(self.table.rect().topLeft()))

    def show_column(self, path: str, on: bool) -> None:
        """Show a column or leave it out; the choice is remembered for the kind."""
        paths = (
            {fact.path for fact in self.model.columns} | {path}
            if on
            else {fact.path for fact in self.model.columns if fact.path != path}
        )
        if not paths:
            return
        self.model.choose_columns(tuple(paths))
        self.preferences.set_text(f"registry_columns_{self.model.kind or 'assets'}", " ".join(sorted(paths)))
        fit_columns(self.table, self.model)
        self._choose(self._chosen)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Remember the size."""
        self.preferences.set_bytes("registry_geometry", QByteArray(self.saveGeometry()))
        super().closeEvent(event)
