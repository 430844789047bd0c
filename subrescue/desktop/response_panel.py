"""The response: survival and escape on top, the ranked table, and below it the chosen option in full."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QItemSelection, QItemSelectionModel, QSignalBlocker, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QLabel,
    QSizePolicy,
    QSplitter,
    QTableView,
    QTextBrowser,
    QVBoxLayout,
    QWidget,
)

from subrescue.desktop.app import FONT_POINTS
from subrescue.desktop.details import headline_html, nothing_html, option_html, trouble_html
from subrescue.desktop.option_view import OptionView, TableChoice
from subrescue.desktop.response_model import OptionDelegate, ResponseModel, row_height
from subrescue.desktop.rows import COLUMNS
from subrescue.desktop.themes import DAY, Theme
from subrescue.desktop.words import tr
from subrescue.domain.case import Case
from subrescue.domain.response import Response, Verdict
from subrescue.exchange.wording import label
from subrescue.store.contradictions import contradiction_lines

_WIDTHS = {"verdict": 92, "ttfi": 57, "ttfr": 57, "tlr": 57, "in_time": 60}
_ASSET_SHARE = 0.62
"""Share of the remaining width that the asset's name and way take; the limiting factor has the rest."""

_MARK_PX = 32
"""Room for the mark of a verdict and the space about its word."""

_LEAST_REST = 170
"""Width that asset and limiting factor need together; where the figures leave less, the table scrolls."""


class OptionTable(QTableView):
    """The table shares the width that the figures leave between the asset and what limits it."""

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the width anew."""
        super().resizeEvent(event)
        self._share()

    def changeEvent(self, event: QEvent) -> None:
        """Give rows and figures the room that letters of another size need."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange and self.model() is not None:
            self.fit_letters()

    def fit_letters(self) -> None:
        """Rows as high, and figures as wide, as the letters need."""
        self.verticalHeader().setDefaultSectionSize(row_height(self.font()))
        for place, column in enumerate(COLUMNS):
            if column.key in _WIDTHS:
                self.horizontalHeader().resizeSection(place, self._wide(column.key))
        self._share()

    def _wide(self, key: str) -> int:
        wide = round(_WIDTHS[key] * max(1.0, self.font().pointSizeF() / FONT_POINTS))
        if key != "verdict":
            return wide
        bold = QFont(self.font())
        bold.setBold(True)
        words = (label("verdict", verdict) for verdict in Verdict)
        return max(wide, max(map(QFontMetrics(bold).horizontalAdvance, words)) + _MARK_PX)

    def _share(self) -> None:
        places = {column.key: place for place, column in enumerate(COLUMNS)}
        rest = self.viewport().width() - sum(map(self._wide, _WIDTHS))
        bar = Qt.ScrollBarPolicy
        self.setHorizontalScrollBarPolicy(bar.ScrollBarAlwaysOff if rest >= _LEAST_REST else bar.ScrollBarAsNeeded)
        asset = max(110, round(rest * _ASSET_SHARE))
        header = self.horizontalHeader()
        header.resizeSection(places["asset"], asset)
        header.resizeSection(places["limit"], max(60, rest - asset))


class ResponsePanel(QWidget):
    """Shows a response; `asset_selected` carries the id of the asset that the user chose."""

    asset_selected = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = DAY
        self._case: Case | None = None
        self._response: Response | None = None
        self._selected: str | None = None
        self._trouble = ""
        self.headline = QLabel(tr("Working out the response…"))
        self.headline.setWordWrap(True)
        self.headline.setTextFormat(Qt.TextFormat.RichText)
        self.headline.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.headline.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
        head = QFrame()
        head.setObjectName("headline")
        head_layout = QVBoxLayout(head)
        head_layout.setContentsMargins(8, 5, 8, 5)
        head_layout.addWidget(self.headline)
        self.model = ResponseModel()
        self.table = OptionTable()
        self.view = OptionView()
        self.view.setSourceModel(self.model)
        self.view.sort(0)
        self.table.setModel(self.view)
        self.delegate = OptionDelegate(self.table)
        self.table.setItemDelegate(self.delegate)
        self._set_up_table()
        self.details = QTextBrowser()
        self.details.setAccessibleName(tr("Details of the option"))
        self.details.setOpenLinks(False)
        self.details.document().setDocumentMargin(7)
        self.details.setHtml(nothing_html(self._theme))
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
        layout.addWidget(head)
        self._above = QVBoxLayout()
        layout.addLayout(self._above)
        layout.addWidget(split, 1)

    def show_response(self, case: Case, response: Response | None, selected: str | None, trouble: str = "") -> None:
        """Show a response with an option chosen; without one, why there is none."""
        self._case, self._response = case, response
        with QSignalBlocker(self.table.selectionModel()):
            self.model.show(response, case.offers)
        self._trouble = trouble
        self._show_headline()
        self.select(selected)

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
        rows = self.view.rows_shown()
        if rows:
            place = self.view.row_of(self._selected)
            place = 0 if place is None else max(0, min(place + step, len(rows) - 1))
            self.asset_selected.emit(rows[place].asset_id)

    def add_above_details(self, widget: QWidget) -> None:
        """Put a control of the chosen option between the table and its details."""
        self._below.insertWidget(self._below.count() - 1, widget)

    def select(self, asset_id: str | None) -> None:
        """Choose an option, and show it in full."""
        self._selected = asset_id
        row = self.view.row_of(asset_id)
        selection = self.table.selectionModel()
        with QSignalBlocker(selection):
            if row is None:
                selection.clear()
            else:
                index = self.view.index(row, 0)
                flags = QItemSelectionModel.SelectionFlag
                selection.setCurrentIndex(index, flags.ClearAndSelect | flags.Rows)
        if row is not None:
            self.table.scrollTo(self.view.index(row, 1))
        self.table.viewport().update()
        self._show_details()

    def set_theme(self, theme: Theme) -> None:
        """Paint in other colours."""
        self._theme = theme
        self.delegate.theme = theme
        self._show_headline()
        self.table.viewport().update()
        self._show_details()

    def show_progress(self, words: str) -> None:
        """Say what is being done while there is neither a response nor trouble."""
        if self._response is None and not self._trouble:
            self.headline.setText(words)

    def _show_headline(self) -> None:
        if self._response is not None:
            self.headline.setText(headline_html(self._response, self._theme, self._doubts()))
        elif self._trouble:
            self.headline.setText(trouble_html(self._trouble, self._theme))
        else:
            self.headline.setText(tr("Working out the response…"))

    def _doubts(self) -> list[str]:
        """What contradicts itself in the case, in words; what needs registry or chart is told where it is entered."""
        if self._case is None:
            return []
        return contradiction_lines(self._case)

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

    def _chosen(self, selected: QItemSelection, _: QItemSelection) -> None:
        rows = {index.row() for index in selected.indexes()}
        if rows:
            self.asset_selected.emit(self.view.rows_shown()[min(rows)].asset_id)

    def _show_details(self) -> None:
        option = None
        if self._response is not None:
            option = next((o for o in self._response.options if o.asset_id == self._selected), None)
        if option is None or self._case is None:
            self.details.setHtml(nothing_html(self._theme))
        else:
            place = self.details.verticalScrollBar().value()
            self.details.setHtml(option_html(option, self._case, self._theme))
            self.details.verticalScrollBar().setValue(place)
