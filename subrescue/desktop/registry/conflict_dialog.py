"""Side by side what two desks made of the same facts: before, theirs with who and when, mine; one is chosen."""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Iterator

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QPushButton,
    QRadioButton,
    QScrollArea,
    QWidget,
)

from subrescue.desktop.parts.plain_text import PlainLabel, plain_tip
from subrescue.desktop.registry.desk import Refused
from subrescue.desktop.registry.dialogs import Question
from subrescue.domain.errors import InputError
from subrescue.exchange.declarations.shown import title
from subrescue.exchange.declarations.shown import value as words_of_value
from subrescue.exchange.problem_words import told_error
from subrescue.exchange.wording import label, text
from subrescue.store.workspace.command import FieldChange
from subrescue.store.workspace.errors import Stale
from subrescue.store.workspace.fields import WHOLE, Entry, Key, unit
from subrescue.store.workspace.merge import FieldView, Side

MOST_SHOWN = 200
"""Facts in conflict that are shown one by one."""

_WRAP = 44
"""Signs in a line of a value: a button does not break its text by itself."""

History = Callable[[Key], tuple[FieldChange, ...]]


class ConflictDialog(Question):
    """Asks for each fact in conflict whose value stands, and hands the choices to `settle`."""

    def __init__(
        self,
        refused: Refused,
        history: History,
        settle: Callable[[dict[tuple[Key, str], Side]], None],
        parent: QWidget,
    ) -> None:
        words = "undo_words" if refused.act == "undo" else "words"
        super().__init__(text("registry.conflict.title"), text(f"registry.conflict.{words}"), parent)
        self.setMinimumSize(980, 360)
        self.choices: dict[tuple[Key, str], Side] = {}
        self.buttons_of: dict[tuple[Key, str], tuple[QRadioButton, QRadioButton]] = {}
        self._settle = settle
        self._groups: list[QButtonGroup] = []
        self._rest: list[tuple[Key, str]] = []
        inside = QWidget()
        grid = QGridLayout(inside)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(14)
        for column, name in enumerate(("fact", "before", "theirs", "mine")):
            head = PlainLabel(text(f"registry.conflict.{name}"))
            head.setProperty("role", "section")
            grid.addWidget(head, 0, column)
            grid.setColumnStretch(column, 3 if column > 1 else 2)
            grid.setColumnMinimumWidth(column, 130)
        for one in refused.stale:
            self._add_entry(grid, one, history((one.kind, one.entry_id)))
        grid.setRowStretch(grid.rowCount(), 1)
        scroll = QScrollArea()
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the choices take the keys
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(inside)
        self.theirs, self.mine = (QPushButton(text(f"registry.conflict.all_{side}")) for side in ("theirs", "mine"))
        both = QHBoxLayout()
        for button in (self.theirs, self.mine):
            button.setAutoDefault(False)
            both.addWidget(button)
        both.addStretch(1)
        self.theirs.clicked.connect(lambda: self.choose_all("theirs"))
        self.mine.clicked.connect(lambda: self.choose_all("mine"))
        self.layout_below_head(scroll, both)
        self.ok.setText(text("registry.conflict.apply"))
        self.ok.setEnabled(False)
        if self._rest:
            self._say(text("registry.conflict.more", {"count": len(self._rest)}), "doubt")
        first = next(iter(self.buttons_of.values()), None)
        if first is not None:
            first[1].setFocus()

    def _add_entry(self, grid: QGridLayout, stale: Stale, history: tuple[FieldChange, ...]) -> None:
        key = (stale.kind, stale.entry_id)
        entry = stale.theirs or stale.mine or stale.base or {}
        name = PlainLabel(f"{entry.get('name', stale.entry_id)}  ({stale.entry_id}, {label('kind', stale.kind)})")
        line = grid.rowCount()
        grid.addWidget(name, line, 0, 1, 4)
        views = stale.fields()
        for view in views:
            if not view.conflict:
                continue
            if len(self.buttons_of) < MOST_SHOWN:
                self._add_fact(grid, key, view, _who(stale, view.field, history))
            else:
                self._rest.append((key, view.field))
        others = ", ".join(title(stale.kind, view.field) for view in views if not view.conflict and view.field)
        if others:
            quiet = PlainLabel(text("registry.conflict.one_side", {"facts": others}))
            quiet.setProperty("role", "quiet")
            quiet.setWordWrap(True)
            grid.addWidget(quiet, grid.rowCount(), 0, 1, 4)

    def _add_fact(self, grid: QGridLayout, key: Key, view: FieldView, who: str) -> None:
        line = grid.rowCount()
        fact = text("journal.whole") if view.field == WHOLE else title(key[0], view.field)
        before = PlainLabel(_value(view.base, view.field))
        before.setWordWrap(True)
        grid.addWidget(PlainLabel(fact), line, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(before, line, 1, Qt.AlignmentFlag.AlignTop)
        theirs = QRadioButton("\n".join(_parts(_value(view.theirs, view.field), view.theirs_evidence, who)))
        mine = QRadioButton("\n".join(_parts(_value(view.mine, view.field), view.mine_evidence, "")))
        group = QButtonGroup(self)
        for column, button in ((2, theirs), (3, mine)):
            side = text(f"registry.conflict.{'theirs' if column == 2 else 'mine'}")
            button.setAccessibleName(f"{fact}, {side}: {button.text()}")
            button.setToolTip(plain_tip(button.text()))
            group.addButton(button)
            grid.addWidget(button, line, column, Qt.AlignmentFlag.AlignTop)
        theirs.toggled.connect(lambda on: self._chosen(key, view.field, "theirs") if on else None)
        mine.toggled.connect(lambda on: self._chosen(key, view.field, "mine") if on else None)
        self._groups.append(group)
        self.buttons_of[key, view.field] = (theirs, mine)

    def _chosen(self, key: Key, field: str, side: Side) -> None:
        self.choices[key, field] = side
        self.ok.setEnabled(len(self.choices) == len(self.buttons_of) + len(self._rest))

    def choose_all(self, side: Side) -> None:
        """Choose one side for every fact."""
        for theirs, mine in self.buttons_of.values():
            (theirs if side == "theirs" else mine).setChecked(True)
        for key, field in self._rest:
            self._chosen(key, field, side)
        self.ok.setFocus()

    def answer(self) -> str:
        """Apply what was chosen."""
        if not self.ok.isEnabled():
            return ""
        try:
            self._settle(self.choices)
        except InputError as error:
            return told_error(error)
        return ""


def _value(value: object, field: str) -> str:
    if field == WHOLE:
        return text("registry.conflict.retired" if value is None else "registry.conflict.changed")
    return words_of_value(value, field)


def _parts(value: str, evidence: Entry, who: str) -> Iterator[str]:
    """The value, on whose word, and by whom it was changed when."""
    yield textwrap.fill(value, _WRAP)
    statements = next(iter(evidence.values()), None)
    if statements:
        first = statements[0]
        sure = first.get("confidence")
        parts = first.get("source"), label("confidence", sure) if sure else "", first.get("date")
        yield " · ".join(str(part) for part in parts if part)
    if who:
        yield who


def _who(stale: Stale, field: str, history: tuple[FieldChange, ...]) -> str:
    """Who changed the fact last, and when; the last command on the entry where the journal does not name the fact."""
    last = next((change for change in reversed(history) if unit(change.field) == field or not change.field), None)
    row = last or stale.last
    if row is None:
        return text("registry.conflict.another")
    return text("registry.conflict.by", {"who": row.who, "at": f"{row.at:%Y-%m-%d %H:%M:%SZ}"})
