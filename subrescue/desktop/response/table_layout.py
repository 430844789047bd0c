"""How the ranked table is laid out: which columns it shows and how it is grouped; remembered until the next start."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QMenu

from subrescue.desktop.features import Feature
from subrescue.desktop.parts.words import tr
from subrescue.desktop.response.option_groups import GROUPINGS
from subrescue.desktop.response.rows import ALWAYS, COLUMNS, USUAL

if TYPE_CHECKING:
    from subrescue.desktop.main_window import MainWindow

_COLUMNS_KEPT = "response_columns"
_GROUPS_KEPT = "response_groups"


def readable(keys: Iterable[str]) -> tuple[str, ...]:
    """The columns of those remembered that there are, in the order of the table; the usual ones where none is left."""
    wanted = set(keys)
    found = tuple(column.key for column in COLUMNS if column.key in wanted or column.key in ALWAYS)
    return found if wanted & {column.key for column in COLUMNS} else USUAL


class TableLayoutFeature(Feature):
    """Columns by the menu of the heading or an action, groups by actions and by the keys of the table."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self.columns: tuple[str, ...] = USUAL
        self.menu = QMenu(window)
        self.ticks = {}
        for column in COLUMNS:
            action = self.menu.addAction(tr(column.title))
            action.setToolTip(tr(column.tip))
            action.setCheckable(True)
            action.setEnabled(column.key not in ALWAYS)
            action.triggered.connect(self._ticked)
            self.ticks[column.key] = action
        self.menu.addSeparator()
        self.usual = self.menu.addAction(tr("Usual columns"))
        self.usual.triggered.connect(lambda: self.show_columns(USUAL))
        self.menu.setToolTipsVisible(True)

    def handlers(self) -> Mapping[str, Callable[[], object]]:
        """Columns, groups, folding."""
        return {
            "response_columns": self._open_menu,
            "group_none": lambda: self.group_by(""),
            "group_nation": lambda: self.group_by("nation"),
            "group_kind": lambda: self.group_by("kind"),
            "fold_groups": self.fold_or_open,
        }

    def connect(self) -> None:
        """Listen to the heading, and show what was remembered."""
        header = self.window.response.table.horizontalHeader()
        header.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        header.customContextMenuRequested.connect(self._open_menu)
        self.show_columns(readable(self.window.preferences.texts(_COLUMNS_KEPT)))
        self.group_by(self.window.preferences.text(_GROUPS_KEPT, "", GROUPINGS))

    def show_columns(self, keys: Iterable[str]) -> None:
        """Show these columns; the verdict and the asset always."""
        self.columns = readable(keys)
        for key, tick in self.ticks.items():
            tick.setChecked(key in self.columns)
        self.window.response.show_columns(self.columns)
        self.window.preferences.set_texts(_COLUMNS_KEPT, self.columns)

    def group_by(self, grouping: str) -> None:
        """Group the table by nation or kind, or not at all."""
        self.window.response.group_by(grouping)
        self.window.actions_by_id.choose("option_group", grouping)
        self.window.preferences.set_text(_GROUPS_KEPT, grouping)

    def fold_or_open(self) -> None:
        """Fold all groups, or open all where one is folded."""
        grouped = self.window.response.grouped
        if grouped.grouping:
            grouped.fold_all(not grouped.folded)

    def _ticked(self) -> None:
        self.show_columns(key for key, tick in self.ticks.items() if tick.isChecked())

    def _open_menu(self, at: QPoint | None = None) -> None:
        header = self.window.response.table.horizontalHeader()
        self.menu.popup(header.mapToGlobal(at if at is not None else QPoint(0, header.height())))
