"""The response: survival and escape on top, the ranked table, and below it the chosen option in full."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QModelIndex, QSignalBlocker, Qt, QUrl, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from subrescue.desktop.parts.flowing_text import FlowingText
from subrescue.desktop.parts.themes import DAY, Theme
from subrescue.desktop.parts.words import tr
from subrescue.desktop.response.details import headline_html, nothing_html, option_html, option_of_link, trouble_html
from subrescue.desktop.response.headline import Headline
from subrescue.desktop.response.option_delegate import OptionDelegate
from subrescue.desktop.response.option_groups import GroupedRows
from subrescue.desktop.response.option_sources import FactSource
from subrescue.desktop.response.option_table import OptionTable
from subrescue.desktop.response.option_view import OptionView, TableChoice
from subrescue.desktop.response.response_model import ResponseModel, still_as_before
from subrescue.desktop.response.rows import COLUMNS, USUAL
from subrescue.domain.case import Case
from subrescue.domain.response import Option, Response
from subrescue.exchange.premises import premise_lines
from subrescue.exchange.problem_words import told_doubt
from subrescue.store.contradictions import contradictory


class ResponsePanel(QWidget):
    """Shows a response; `asset_selected` carries the id of the asset that the user chose."""

    asset_selected = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = DAY
        self._case: Case | None = None
        self.names: Mapping[str, str] = {}  # of what is told by id, once the registry is read
        self._response: Response | None = None
        self._selected: str | None = None
        self._trouble = ""
        self._headed: tuple[object, ...] = ()  # what the headline was made of
        self._keeps_details = self._is_behind = self._is_preview = False
        self.head = Headline()
        self.headline = self.head.label
        self.head.asked.connect(self._follow)
        self.head.show_words(tr("Working out the response…"))
        self.columns: tuple[str, ...] = USUAL
        self.facts_of: Callable[[Option], tuple[FactSource, ...]] = lambda _: ()
        self.model = ResponseModel()
        self.table = OptionTable()
        self.view = OptionView()
        self.view.setSourceModel(self.model)
        self.view.sort(0)
        self.grouped = GroupedRows(self.view)
        self.grouped.arranged.connect(self._arranged)
        self.table.grouped = self.grouped
        self.table.setModel(self.grouped)
        self.delegate = OptionDelegate(self.table, self.grouped.option_at)
        self.table.setItemDelegate(self.delegate)
        self._set_up_table()
        self.details = FlowingText()
        self.details.setAccessibleName(tr("Details of the option"))
        self.details.setOpenLinks(False)
        self.details.document().setDocumentMargin(7)
        self._detailed = nothing_html(self._theme)
        self.details.setHtml(self._detailed)
        split = QSplitter(Qt.Orientation.Vertical)
        split.addWidget(self.table)
        below = QWidget()
        self._below = QVBoxLayout(below)
        self._below.setContentsMargins(0, 0, 0, 0)
        self._below.setSpacing(0)
        self._below.addWidget(self.details, 1)
        split.addWidget(below)
        split.setStretchFactor(0, 3)
        split.setStretchFactor(1, 2)
        split.setSizes([420, 300])
        split.setHandleWidth(4)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.head)
        self._above = QVBoxLayout()
        layout.addLayout(self._above)
        layout.addWidget(split, 1)

    def _follow(self, link: QUrl) -> None:
        """A name in the headline chooses its option."""
        asset_id = option_of_link(link.toString(QUrl.ComponentFormattingOption.FullyEncoded))
        if asset_id is not None:
            self.asset_selected.emit(asset_id)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The headline has a share of the height."""
        super().resizeEvent(event)
        self.head.fit()

    def show_response(
        self,
        case: Case,
        response: Response | None,
        selected: str | None,
        trouble: str = "",
        *,
        is_preview: bool = False,
        behind: Collection[str] = frozenset(),
        estimated: Collection[str] = frozenset(),
    ) -> bool:
        """Show a response with an option chosen; without one, why there is none. True where headline, details and
        other views are to follow in turns of their own: something is dragged, or was until now.

        Options of the assets in `behind` are marked: they are of the case before, and so is what follows from the
        options of all assets, above the table; `estimated` are those of them with estimated hours. The details wait
        and are faint until `show_details`: to lay them out takes longer than a map may stand still.
        """
        follows_hand = is_preview or (self._is_preview and response is not None)
        self._is_preview = is_preview
        self._case, self._response, self._is_behind = case, response, bool(behind)
        self._keeps_details = follows_hand and selected == self._selected
        self.table.share_turns(follows_hand)
        with QSignalBlocker(self.table.selectionModel()):
            self.model.show(response, case.offers, behind, estimated)
        self.table.share_turns(False)
        if response is not None:
            self.table.show_names(frozenset(option.name for option in response.options))
        self._trouble = trouble
        self._choose_row(selected)
        if not follows_hand:
            self.show_headline()
        self._show_details()
        self._keeps_details = False
        return follows_hand

    def show_details(self) -> None:
        """Show the details that have waited, unless something is dragged."""
        if self.details.is_faint and not self._is_preview:
            self._show_details()

    def assets_in_sight(self) -> tuple[str, ...]:
        """The assets whose rows stand on the screen, from the top."""
        table = self.table
        first, last = table.rowAt(0), table.rowAt(table.viewport().height() - 1)
        if first < 0:
            return ()
        last = last if last >= 0 else self.grouped.rowCount() - 1
        rows = (self.grouped.option_at(row) for row in range(first, last + 1))
        return tuple(row.asset_id for row in rows if row is not None)

    def add_above_table(self, widget: QWidget) -> None:
        """Put a control of the whole table between the headline and it."""
        self._above.addWidget(widget)

    def choose(self, choice: TableChoice) -> None:
        """Show other options or another order; the chosen option stays chosen where it is no longer shown."""
        with QSignalBlocker(self.table.selectionModel()):
            self.view.choose(choice)
        self.select(self._selected)

    def step(self, step: int) -> None:
        """Choose the option above or below in the order that is shown."""
        rows = self.grouped.rows_in_order()
        if rows:
            places = [place for place, row in enumerate(rows) if row.asset_id == self._selected]
            place = max(0, min(places[0] + step, len(rows) - 1)) if places else 0
            self.grouped.open_for(rows[place])
            self.asset_selected.emit(rows[place].asset_id)

    def show_columns(self, keys: Collection[str]) -> None:
        """Show these columns, by their keys."""
        self.columns = tuple(keys)
        for place, column in enumerate(COLUMNS):
            self.table.setColumnHidden(place, column.key not in keys)
        self.table.fit_letters()

    def group_by(self, grouping: str) -> None:
        """Group the table by nation or kind, or not at all."""
        if grouping != self.grouped.grouping:
            self.grouped.group_by(grouping)

    def add_above_details(self, widget: QWidget) -> None:
        """Put a control of the chosen option between the table and its details."""
        self._below.insertWidget(self._below.count() - 1, widget)

    def select(self, asset_id: str | None) -> None:
        """Choose an option, and show it in full."""
        self._choose_row(asset_id)
        self._show_details()

    def _choose_row(self, asset_id: str | None) -> None:
        self._selected = asset_id
        row = self.grouped.row_of(asset_id)
        selection = self.table.selectionModel()
        before = {index.row() for index in selection.selectedRows()}
        with QSignalBlocker(selection):
            if row is None:
                selection.clear()
            else:
                index = self.grouped.index(row, 0)
                flags = QItemSelectionModel.SelectionFlag
                selection.setCurrentIndex(index, flags.ClearAndSelect | flags.Rows)
        if row is not None:
            self.table.scrollTo(self.grouped.index(row, 1))
        for other in before ^ ({row} if row is not None else set()):
            self.table.update_row(other)  # it has not been told

    def set_theme(self, theme: Theme) -> None:
        """Paint in other colours."""
        self._theme = theme
        self.delegate.theme = theme
        self.show_headline()
        self.table.viewport().update()
        self._show_details()

    def show_progress(self, words: str) -> None:
        """Say what is being done while there is neither a response nor trouble."""
        if self._response is None and not self._trouble:
            self.head.show_words(words)

    def show_headline(self) -> None:
        """Show survival, escape and what holds for all options of the response that was shown last."""
        self.headline.setToolTip(still_as_before() if self._is_behind else "")
        if self._response is not None:
            doubts, given, response = self._doubts(), self._given(), self._response
            parts = (response.survival, response.findings, response.escape, response.store_pairs, response.together,
                     response.first_orders, response.treatment)  # fmt: skip
            headed = (*parts, self._theme, self._is_behind, tuple(doubts), given)
            if headed != self._headed:  # while the DISSUB is dragged it stays, and takes longer than a row
                words = headline_html(response, self._theme, doubts, given, is_behind=self._is_behind)
                self.head.show_words(*words, self._theme.accent)
                self._headed = headed
            return
        self._headed = ()
        if self._trouble:
            self.head.show_words(trouble_html(self._trouble, self._theme))
        else:
            self.head.show_words(tr("Working out the response…"))

    def _doubts(self) -> list[str]:
        """What contradicts itself in the case, in words; what needs registry or chart is told where it is entered."""
        if self._case is None:
            return []
        return [told_doubt(problem) for problem in contradictory(self._case)]

    def _given(self) -> tuple[str, ...]:
        """What the case closes and nations answered, in words."""
        return tuple(premise_lines(self._case, self.names)) if self._case is not None else ()

    def _set_up_table(self) -> None:
        table = self.table
        table.setAccessibleName(tr("Options, ranked"))
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        table.setShowGrid(False)
        table.setAlternatingRowColors(True)
        table.setWordWrap(False)
        table.setTabKeyNavigation(False)
        table.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        table.verticalHeader().setMinimumWidth(24)
        table.verticalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        header = table.horizontalHeader()
        header.setHighlightSections(False)
        header.setMinimumSectionSize(40)
        table.fit_letters()
        table.selectionModel().selectionChanged.connect(self._chosen)
        table.clicked.connect(self._clicked)

    def _chosen(self, selected: QItemSelection, _: QItemSelection) -> None:
        rows = {index.row() for index in selected.indexes()}
        option = self.grouped.option_at(min(rows)) if rows else None
        if option is not None:
            self.asset_selected.emit(option.asset_id)

    def _clicked(self, index: QModelIndex) -> None:
        group = self.grouped.group_at(index.row())
        if group is not None:
            self.table.fold(index.row(), group.key not in self.grouped.folded)

    def _arranged(self) -> None:
        """Heads of groups go across all columns; the chosen option stays chosen."""
        self.table.clearSpans()
        for row in range(self.grouped.rowCount()):
            if self.grouped.group_at(row) is not None:
                self.table.setSpan(row, 0, 1, len(COLUMNS))
        row_of_chosen = self.grouped.row_of(self._selected)
        if row_of_chosen is not None:
            flags = QItemSelectionModel.SelectionFlag
            with QSignalBlocker(self.table.selectionModel()):
                index = self.grouped.index(row_of_chosen, 0)
                self.table.selectionModel().setCurrentIndex(index, flags.ClearAndSelect | flags.Rows)

    def _show_details(self) -> None:
        self.details.set_faint(self._keeps_details)
        self.details.setToolTip(still_as_before() if self._keeps_details else "")
        if self._keeps_details:
            return
        option = None
        if self._response is not None:
            option = next((o for o in self._response.options if o.asset_id == self._selected), None)
        if option is None or self._case is None:
            words = nothing_html(self._theme)
        else:
            words = option_html(option, self._case, self._theme, self.facts_of(option))
        if words != self._detailed:  # to lay them out takes longer than to write them, and many answers say the same
            place = self.details.verticalScrollBar().value()
            self.details.setHtml(words)
            self.details.verticalScrollBar().setValue(place)
            self._detailed = words
