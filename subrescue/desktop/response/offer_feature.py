"""Keeps the offers from the window: a bar above the details and a menu on the table set state and told-to-go time."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QActionGroup
from PySide6.QtWidgets import QHBoxLayout, QMenu, QWidget

from subrescue.desktop.casualty.fields import described_in, instant_from_text, instant_text
from subrescue.desktop.features import Feature
from subrescue.desktop.parts.editors import ChoiceEditor, InstantEditor
from subrescue.desktop.parts.flow_row import FlowRow
from subrescue.desktop.parts.plain_text import PlainLabel
from subrescue.desktop.parts.words import tr
from subrescue.desktop.response.offer_states import STATE_WORDS, offer_of, with_offer
from subrescue.domain.case import Offer, OfferState
from subrescue.domain.errors import InputError
from subrescue.exchange.languages import colon
from subrescue.exchange.problem_words import told_short

if TYPE_CHECKING:
    from subrescue.desktop.main_window import MainWindow

OFFERS = "offers"


class OfferFeature(Feature):
    """Every change is an edit of the case: it is undone and saved like any other."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._shown: str | None = None
        self.state = ChoiceEditor(
            described_in(Offer, "state"), [(tr(words), state) for state, words in STATE_WORDS.items()]
        )
        self.state.setAccessibleName(tr("State of the offer"))
        self.state.edited.connect(lambda state: self._set_state(window.desk.selected, state))
        self.told = InstantEditor(described_in(Offer, "told_to_go"))
        self.told.setAccessibleName(tr("Told to go"))
        self.told.setPlaceholderText(tr("not yet"))
        self.told.edited.connect(self._tell_to_go_at)
        self.told.restored.connect(self._show_anew)
        self.bar = QWidget()
        layout = QHBoxLayout(self.bar)
        layout.setContentsMargins(8, 3, 8, 3)
        pairs = [_pair(tr("Offer"), self.state), _pair(tr("Told to go"), self.told)]
        layout.addWidget(FlowRow(pairs, growing=pairs))

    def handlers(self) -> Mapping[str, Callable[[], object]]:
        """What is said of the chosen option: the states of its offer, and that it is told to go. Menu and palette do
        not show which option that is, so it is told afterwards."""
        desk = self.window.desk

        def act(does: Callable[[str | None], None]) -> None:
            does(desk.selected)
            offer = offer_of(desk.case.offers, desk.selected or "")
            words = tr(STATE_WORDS[offer.state if offer is not None else OfferState.NOT_ASKED])
            if offer is not None and offer.told_to_go is not None:
                told = tr("told to go")
                words = f"{words}, {told} {instant_text(offer.told_to_go)}"
            name = desk.option.name if desk.option is not None else ""
            self.window.message_bar.show_message(f"{name}{colon()}{words}", note=True)

        def to(state: OfferState) -> Callable[[str | None], None]:
            return lambda asset: self._set_state(asset, state)

        does = {f"offer_{state.value}": to(state) for state in STATE_WORDS}
        does["told_to_go_now"] = self._tell_to_go_now
        does["not_told_to_go"] = lambda asset: self._set(asset, told_to_go=None)
        return {name: partial(act, one) for name, one in does.items()}

    def connect(self) -> None:
        """Stand above the details, answer the table's menu, and follow case and selection."""
        desk, response = self.window.desk, self.window.response
        response.add_above_details(self.bar)
        QWidget.setTabOrder(response.table, self.state)
        QWidget.setTabOrder(self.state, self.told)
        response.table.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        response.table.customContextMenuRequested.connect(self._open_menu)
        desk.case_changed.connect(self._show)
        desk.selection_changed.connect(self._show)
        desk.response_changed.connect(self._show)
        desk.refused.connect(self._refuse)
        desk.kept.connect(lambda path: self._show_anew() if path == OFFERS else None)
        self._show()

    def menu_of(self, asset_id: str) -> QMenu:
        """The menu of an option: each state, the one that holds marked, told to go now or not at all, why, and pin."""
        menu = QMenu(self.window)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        offer = offer_of(self.window.desk.case.offers, asset_id)
        holds = offer.state if offer is not None else OfferState.NOT_ASKED
        states = QActionGroup(menu)  # of which one holds
        for state, words in STATE_WORDS.items():
            action = states.addAction(menu.addAction(tr(words).capitalize()))
            action.setObjectName(state.value)
            action.setCheckable(True)
            action.setChecked(state is holds)
            action.triggered.connect(lambda _=False, state=state: self._set_state(asset_id, state))
        menu.addSeparator()
        go = menu.addAction(tr("Told to go now"))
        go.setObjectName("told_now")
        go.triggered.connect(lambda: self._tell_to_go_now(asset_id))
        back = menu.addAction(tr("Not told to go"))
        back.setObjectName("not_told")
        back.setEnabled(offer is not None and offer.told_to_go is not None)
        back.triggered.connect(lambda: self._set(asset_id, told_to_go=None))
        menu.addSeparator()
        menu.addActions([self.window.actions_by_id.by_id[name] for name in ("why", "pin_option")])
        return menu

    def _open_menu(self, place: QPoint) -> None:
        table = self.window.response.table
        index = table.indexAt(place)
        if index.isValid():
            from subrescue.desktop.response.response_model import ASSET_ID

            self.menu_of(index.data(ASSET_ID)).popup(table.viewport().mapToGlobal(place))

    def _tell_to_go_at(self, text: str) -> None:
        desk = self.window.desk
        self._set(desk.selected, told_to_go=instant_from_text(text, desk.clock()))

    def _tell_to_go_now(self, asset_id: str | None) -> None:
        self._set(asset_id, told_to_go=self.window.desk.clock().replace(second=0, microsecond=0))

    def _set_state(self, asset_id: str | None, state: OfferState) -> None:
        self._set(asset_id, state=OfferState(state))

    def _set(self, asset_id: str | None, **changes: Any) -> None:
        desk = self.window.desk
        if asset_id is not None:
            desk.edit(OFFERS, with_offer(desk.case.offers, asset_id, **changes))

    def _refuse(self, path: str, error: InputError) -> None:
        if path == OFFERS:
            self.told.refuse(True)
            option = self.window.desk.option
            name = option.name if option is not None else ""
            about = ", ".join(filter(None, (name, self.told.described.title)))
            told = "\n".join(told_short(problem) for problem in error.problems)
            self.window.message_bar.show_message(f"{about}{colon()}{told}")

    def _show_anew(self) -> None:
        self.told.forget()
        self._show()

    def _show(self) -> None:
        desk = self.window.desk
        if desk.selected != self._shown:
            self._shown = desk.selected
            self.told.forget()  # what was typed for another asset
        self.bar.setEnabled(desk.option is not None)
        offer = offer_of(desk.case.offers, desk.selected or "")
        state = offer.state if offer is not None else OfferState.NOT_ASKED
        self.state.show_value(state)
        self.window.actions_by_id.choose("offer_state", state.value)
        self.told.show_value(offer.told_to_go if offer is not None else None)


def _pair(words: str, editor: QWidget) -> QWidget:
    """An editor behind its words."""
    label = PlainLabel(words)
    label.setBuddy(editor)
    both = QWidget()
    row = QHBoxLayout(both)
    row.setContentsMargins(0, 0, 0, 0)
    row.addWidget(label)
    row.addWidget(editor, 1)
    return both
