"""How the registry's tables look, which columns are how wide, and which facts several entries share."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractItemView, QMenu, QTableView, QVBoxLayout, QWidget

from subrescue.desktop.parts.boxes import by_letters, fit_rows_to_letters
from subrescue.desktop.registry.model import SEEN, RegistryModel, columns_of
from subrescue.domain.registry import Registry
from subrescue.domain.sighting import AIS
from subrescue.exchange.registry_table.facets import Row
from subrescue.exchange.registry_table.facts import Fact, facts_of
from subrescue.exchange.registry_table.unknown import NEEDED, Unknown, unknown_facts
from subrescue.exchange.wording import text

_WIDEST = 260
_SAMPLE = 60
"""Rows whose words decide how wide a column is."""


def dress(view: QTableView) -> None:
    """Dense rows, chosen as a whole, without grid and numbers."""
    view.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    view.setAlternatingRowColors(True)
    view.setWordWrap(False)
    view.setTabKeyNavigation(False)
    view.setShowGrid(False)
    view.verticalHeader().hide()
    fit_rows_to_letters(view, 22)
    view.horizontalHeader().setHighlightSections(False)
    view.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft)


def fit_columns(view: QTableView, model: RegistryModel) -> None:
    """Make each column as wide as its first words and heading need; within limits, where all of them have no room."""
    metrics = view.fontMetrics()
    needed = []
    for place, fact in enumerate(model.columns):
        words = [str(model.index(row, place).data()) for row in range(min(len(model.rows), _SAMPLE))]
        if fact.path == SEEN:  # what it will say stands there when a ship is seen, long after this
            words.append(text("ago.old", {"words": f"{AIS}, {text('ago.minutes', {'count': 119})}"}))
        widest = max((metrics.horizontalAdvance(word) for word in words), default=0) + 18
        heading = metrics.horizontalAdvance(fact.heading) + 30
        needed.append((widest, heading))
    has_room = sum(map(max, needed)) <= view.viewport().width()
    for place, (widest, heading) in enumerate(needed):
        within = max(min(widest, by_letters(_WIDEST)), min(heading, by_letters(170)))
        view.setColumnWidth(place, max(widest, heading) if has_room else within)


def shared_facts(rows: Sequence[Row]) -> list[Fact]:
    """The facts that all these entries have and that can be set for all at once; a name is one entry's own."""
    paths = [{fact.path for fact in facts_of(row.kind)} for row in rows]
    facts = facts_of(rows[0].kind) if rows else ()
    return [fact for fact in facts if fact.editable and fact.path != "name" and all(fact.path in own for own in paths)]


def unknown_of(registry: Registry, model: RegistryModel) -> tuple[Unknown, ...]:
    """What is not known of the entries that the table shows."""
    kinds = [model.kind] if model.kind is not None else list(NEEDED)
    shown = {row.key for row in model.rows}
    facts = unknown_facts(registry, [kind for kind in kinds if kind in NEEDED])
    return tuple(fact for fact in facts if fact.key in shown)


def columns_menu(parent: QWidget, model: RegistryModel, show: Callable[[str, bool], None]) -> QMenu:
    """A menu of every column that the kind offers; those that are shown are marked."""
    menu = QMenu(parent)
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    shown = {fact.path for fact in model.columns}
    for fact in columns_of(model.kind):
        action = menu.addAction(fact.heading)
        action.setCheckable(True)
        action.setChecked(fact.path in shown)
        action.toggled.connect(lambda on, path=fact.path: show(path, on))
    return menu


def stacked(*widgets: QWidget) -> QWidget:
    """Widgets one below the other without gaps; the last takes what room there is."""
    whole = QWidget()
    layout = QVBoxLayout(whole)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(0)
    for widget in widgets:
        layout.addWidget(widget, 1 if widget is widgets[-1] else 0)
    return whole
