"""The registry's window: facets at the left, the table, and at the right the chosen entry, its history, the unknown."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QByteArray, QEvent, QItemSelection, QItemSelectionModel, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QDialog,
    QMainWindow,
    QSplitter,
    QTableView,
    QTabWidget,
    QWidget,
)

from subrescue.desktop.parts.background import Background
from subrescue.desktop.parts.boxes import by_letters, first_size
from subrescue.desktop.parts.dialogs import Dialogs
from subrescue.desktop.parts.editors import TextEditor
from subrescue.desktop.parts.entry_end import end_entry
from subrescue.desktop.parts.file_drops import FileDrops
from subrescue.desktop.parts.flowing_text import FlowingText
from subrescue.desktop.parts.message_bar import MessageBar
from subrescue.desktop.parts.plain_text import PlainLabel
from subrescue.desktop.parts.screens import restore_place
from subrescue.desktop.parts.themes import Theme
from subrescue.desktop.parts.tool_rows import ToolRows
from subrescue.desktop.registry import commands as registry_commands
from subrescue.desktop.registry import tasks as registry_tasks
from subrescue.desktop.registry.actions import MENUS, menu_title, registry_actions
from subrescue.desktop.registry.desk import Refused, RegistryDesk
from subrescue.desktop.registry.detail import RegistryDetail
from subrescue.desktop.registry.editors import FactDelegate
from subrescue.desktop.registry.history import history_html
from subrescue.desktop.registry.live_positions import LivePositions
from subrescue.desktop.registry.model import RegistryModel, first_columns
from subrescue.desktop.registry.side import FacetPanel, SourceBar, UnknownModel
from subrescue.desktop.registry.views import columns_menu, dress, fit_columns, stacked, unknown_of
from subrescue.desktop.window.action_set import ActionSet
from subrescue.desktop.window.actions import Standing
from subrescue.desktop.window.preferences import Preferences
from subrescue.exchange.declarations.reading import FORMATS
from subrescue.exchange.registry_table.facets import Row
from subrescue.exchange.registry_table.facts import Fact
from subrescue.exchange.wording import text
from subrescue.store.workspace.fields import Key


class RegistryWindow(FileDrops, QMainWindow):
    """One view of the registry's desk; every change is a command there, and comes back as another registry."""

    place_asked = Signal(str, object)  # name and Position of an asset that is to be shown on the map

    def __init__(
        self, desk: RegistryDesk, preferences: Preferences, theme: Theme, dialogs: Dialogs | None = None
    ) -> None:
        super().__init__()
        self.desk = desk
        self.preferences = preferences
        self.dialogs = dialogs or Dialogs()
        self.background = Background(self)
        self.model = RegistryModel()
        self.facets = FacetPanel()
        self.sources = SourceBar()
        self.detail = RegistryDetail(self.edit_fact)
        self.unknown = UnknownModel()
        self.history = FlowingText()
        self.message_bar = MessageBar()
        self._leaves = False
        self.table, self.asked = QTableView(), QTableView()
        self.tabs = QTabWidget()
        self.dialog: QDialog | None = None
        self.conflict: QDialog | None = None
        self.theme = theme
        self._chosen: Key | None = None
        self._field = ""
        self._lay_out()
        self.actions_by_id = ActionSet(self, registry_commands.handlers_of(self), registry_actions())
        self.actions_by_id.fill_menus(self.menuBar(), menus=[menu_title(menu) for menu in MENUS])
        self._tool_rows.fill(self.actions_by_id.on_toolbar())
        self._connect()
        self.setAcceptDrops(True)
        self.take_files(FORMATS, lambda path: registry_tasks.import_declaration(self, path))
        self.positions = LivePositions(self)
        self.set_theme(theme)
        self.choose_kind(None)
        if desk.is_open:
            self._show_registry()
        elif desk.trouble:
            self.message_bar.show_message(desk.trouble)
            desk.opened.connect(self.message_bar.clear)

    # Layout

    def _lay_out(self) -> None:
        self.setWindowTitle(text("registry.title"))
        self.resize(first_size(self, 1400, 860))
        self.setMinimumSize(900, 560)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self._tool_rows = ToolRows(self, "registry_bar", text("registry.title"))
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
        self.history.setAccessibleName(text("registry.tab.history"))
        self.tabs.setAccessibleName(text("registry.title"))
        self._asked_words = PlainLabel()
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
        self._is_parted = self._has_own_widths = self._fits = False
        self.table.horizontalHeader().sectionResized.connect(self._column_resized)
        self._split.splitterMoved.connect(self._parted)
        self._share_width()
        self.tabs.setMinimumWidth(360)
        self.setCentralWidget(stacked(self.sources, self._split))
        self.message_bar.lie_over(self._split, at_foot=True)
        restore_place(self, self.preferences.bytes("registry_geometry"))

    def changeEvent(self, event: QEvent) -> None:
        """Letters of another size need other widths."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange and self.centralWidget() is not None:
            self._share_width()
            self._fit_soon()

    def _fit_soon(self) -> None:
        """Fit the columns when the table has its letters and its width."""
        QTimer.singleShot(0, self, self._fit)

    def _fit(self) -> None:
        self._fits = True
        fit_columns(self.table, self.model)
        self._fits = False

    def _share_width(self) -> None:
        wide = self.width()  # of which the table keeps a quarter and more whatever the letters are
        sides = [min(by_letters(185), wide * 22 // 100), max(min(by_letters(480), wide // 2), wide // 5)]
        self._split.setSizes([sides[0], wide - sum(sides), sides[1]])
        self.facets.setMaximumWidth(by_letters(260))
        self.table.setMinimumWidth(min(by_letters(160), wide // 4))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share another width as the first one, until somebody has moved what parts table and sides, or columns."""
        super().resizeEvent(event)
        if self.centralWidget() is not None and not self._is_parted:
            self._share_width()
        if self.centralWidget() is not None and not self._has_own_widths:
            self._fit_soon()

    def _column_resized(self) -> None:
        """Leave widths alone that the hand has chosen; a button may be down while they are fitted."""
        is_held = QApplication.mouseButtons() != Qt.MouseButton.NoButton
        self._has_own_widths = self._has_own_widths or (is_held and not self._fits)

    def _parted(self) -> None:
        self._is_parted = True

    def _connect(self) -> None:
        self.desk.changed.connect(self._show_registry)
        self.desk.preparing.append(lambda registry: self.model.prepare(registry, self.desk.today.date()))
        self.desk.refused.connect(self._choose_sides)
        self.desk.message.connect(self.message_bar.show_message)
        self.facets.narrowed.connect(self.narrow)
        self.facets.search.returnPressed.connect(self._enter_table)
        self.facets.kind_chosen.connect(self.choose_kind)
        self.table.selectionModel().selectionChanged.connect(self._select)
        self.table.horizontalHeader().customContextMenuRequested.connect(lambda _: self.ask_columns())
        self.asked.activated.connect(lambda index: self.go_to_unknown(index.row()))
        self.asked.doubleClicked.connect(lambda index: self.go_to_unknown(index.row()))
        self.detail.fact_chosen.connect(self._choose_field)
        self.tabs.currentChanged.connect(lambda _: self._show_tab())

    def _show_registry(self) -> None:
        first = not self.model.all_rows
        self.model.show(self.desk.registry, self.model.kind, self.desk.today.date())
        self.facets.show_choices(self.model.all_rows)
        self.sources.show_sources(self.desk.registry.sources)
        if first:
            self._fit_soon()
        self._show_count()
        self._show_chosen()
        self._show_tab()

    def choose_kind(self, kind: str | None) -> None:
        """Show another kind; None shows all assets."""
        self.facets.kind.setCurrentIndex(max(self.facets.kind.findData(kind), 0))
        self.model.show(self.desk.registry, kind, self.desk.today.date())
        kept = tuple(self.preferences.text(f"registry_columns_{kind or 'assets'}", "").split())
        self.model.choose_columns(kept or first_columns(kind))
        self.unsort()
        self.facets.show_choices(self.model.all_rows)
        self._fit()
        self.narrow()
        self._show_tab()

    def narrow(self) -> None:
        """Show what the facets let through."""
        self.model.narrow(self.facets.facets())
        self._show_count()
        if self._chosen is not None and self.model.row_of(self._chosen) is None:
            self.choose(None)  # the form does not jump from entry to entry while somebody types
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

    def choose(self, key: Key | None) -> None:
        """Choose an entry; None chooses none."""
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

    def chosen_row(self) -> Row | None:
        """The chosen entry, or None."""
        return self.model.row(self._chosen)

    def _show_chosen(self) -> None:
        self.detail.show_row(self.chosen_row(), self.desk.registry.sources)
        self.enable()

    def enable(self) -> None:
        """Allow the actions that can be done now."""
        standing = Standing(
            can_undo=self.desk.can_undo, can_redo=self.desk.can_redo, has_selection=self.chosen_row() is not None
        )
        self.actions_by_id.enable(standing)

    def _choose_field(self, path: str) -> None:
        self._field = path

    def _show_tab(self) -> None:
        place = self.tabs.currentIndex()
        if place == 1:
            row = self.chosen_row()
            changes = self.desk.history(row.key) if row is not None else ()
            self.history.setHtml(history_html(row, changes, self._field, self.theme))
        elif place == 2:
            facts = unknown_of(self.desk.registry, self.model)
            self.unknown.show(facts)
            offices = len({fact.ask for fact in facts})
            self._asked_words.setText(text("registry.unknown.words", {"count": len(facts), "offices": offices}))
            self.asked.resizeColumnsToContents()
            self.asked.setColumnWidth(0, min(self.asked.columnWidth(0), 190))

    def turn_to(self, tab: int, widget: QWidget) -> None:
        """Show a tab and go to its widget."""
        self.tabs.setCurrentIndex(tab)
        widget.setFocus()

    def go_to_unknown(self, place: int) -> None:
        """Go to a fact that is not known."""
        fact = self.unknown.facts[place]
        self.choose(fact.key)
        self.tabs.setCurrentIndex(0)
        self.detail.editor(fact.key[0], fact.path).setFocus()

    def set_theme(self, theme: Theme) -> None:
        """Show in other colours; the style sheet is the application's."""
        self.theme = self.model.theme = theme
        self.table.viewport().update()
        self._show_tab()

    # What is done: `commands`

    def edit_fact(self, row: Row, fact: Fact, value: Any) -> str:
        """State a fact of an entry; what was wrong in words, or nothing."""
        return registry_commands.edit_fact(self, row, fact, value)

    def check_fact(self, row: Row, fact: Fact, value: Any) -> str:
        """What would be wrong with a fact, or nothing."""
        return registry_commands.check_fact(self, row, fact, value)

    def _choose_sides(self, refused: Refused) -> None:
        registry_tasks.choose_sides(self, refused)

    def ask(self, dialog: QDialog) -> None:
        """Show a dialog over the window; nothing waits for it."""
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.dialog = dialog
        dialog.destroyed.connect(self._forget_dialog)
        dialog.finished.connect(lambda _: self.table.setFocus())  # in a text field, Ctrl+Z would be the field's own
        dialog.open()

    def _forget_dialog(self) -> None:
        self.dialog = None

    def go_to_search(self) -> None:
        """Go to the search field."""
        self.facets.search.setFocus()
        self.facets.search.selectAll()

    def _enter_table(self) -> None:
        self.table.setFocus()
        if self._chosen is None and self.model.rows:
            self.choose(self.model.rows[0].key)

    def edit_cell(self) -> None:
        """Edit the fact in the current cell; in an editor that is open already the key does nothing."""
        if self.table.state() == QTableView.State.EditingState:
            return
        index = self.table.currentIndex()
        if index.isValid() and self.model.can_edit(index.row(), index.column()):
            self.table.edit(index)
        elif index.isValid():
            self.message_bar.show_message(text("registry.not_edited_here"), note=True)

    def unsort(self) -> None:
        """Show the registry's own order."""
        self.table.horizontalHeader().setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        self.model.sort(-1)

    def ask_columns(self) -> None:
        """Ask which columns are shown."""
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
        self._fit()
        self.choose(self._chosen)

    def leave(self) -> None:
        """Close with the main window, whatever stands in it."""
        self._leaves = True
        self.close()

    def closeEvent(self, event: QCloseEvent) -> None:
        """What is being typed counts first; then remember the size, and end what runs beside the window.

        Whoever closes it on a value that is refused is shown why: to mend it, or to take it back with Escape.
        """
        if not self._leaves and self.delegate.holds_refused:
            event.ignore()
            return
        end_entry(self)
        if not self._leaves and any(editor.is_refused for editor in self.detail.findChildren(TextEditor)):
            event.ignore()
            return
        self.background.stop()
        self.preferences.set_bytes("registry_geometry", QByteArray(self.saveGeometry()))
        super().closeEvent(event)
