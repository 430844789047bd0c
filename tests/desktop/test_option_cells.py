"""The cells of the ranked table keep what they asked Qt for, and never show what is out of date."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QObject, QPoint, QSize
from PySide6.QtGui import QImage, QPaintEvent

from subrescue.desktop.parts.themes import DAY, DUSK, Theme
from subrescue.desktop.response.option_table import OptionTable
from subrescue.desktop.response.option_view import TableChoice
from subrescue.desktop.response.response_panel import ResponsePanel
from tests.desktop.samples import CASE, flown, response

SIZE = QSize(900, 500)
OPTIONS = tuple(flown(CASE).model_copy(update={"asset_id": f"asset-{n}", "name": f"Asset {n}"}) for n in range(6))
RESPONSE = response().model_copy(update={"options": OPTIONS})


def panel(qtbot: Any, theme: Theme, points: float, wide: int) -> ResponsePanel:
    made = ResponsePanel()
    qtbot.addWidget(made)
    made.resize(SIZE)
    made.show()
    made.show_response(CASE, RESPONSE, "asset-1")
    dressed(made, theme, points, wide)
    return made


def dressed(made: ResponsePanel, theme: Theme, points: float, wide: int) -> QImage:
    font = made.table.font()
    font.setPointSizeF(points)
    made.table.setFont(font)
    made.set_theme(theme)
    made.table.horizontalHeader().resizeSection(1, wide)
    return made.table.viewport().grab().toImage()


@pytest.mark.parametrize(
    ("theme", "points", "wide"), [(DUSK, 9.0, 150), (DAY, 14.0, 150), (DAY, 9.0, 60)], ids=["theme", "letters", "width"]
)
def test_a_table_that_is_changed_looks_as_one_made_so(qtbot: Any, theme: Theme, points: float, wide: int) -> None:
    one = panel(qtbot, DAY, 9.0, 150)
    before = one.table.viewport().grab().toImage()

    after = dressed(one, theme, points, wide)

    assert after != before
    assert after == panel(qtbot, theme, points, wide).table.viewport().grab().toImage()


def test_cells_show_the_rows_that_stand_there(qtbot: Any) -> None:
    one = panel(qtbot, DAY, 9.0, 150)
    one.choose(TableChoice(sort="asset", descending=True))

    names = [row.name for row in map(one.grouped.option_at, range(6)) if row is not None]

    assert names == [f"Asset {n}" for n in range(5, -1, -1)]


class Painted(QObject):
    """The rows of which something was painted in each turn, by the regions that the table was asked to paint."""

    def __init__(self, table: OptionTable) -> None:
        super().__init__(table)
        self._table = table
        self.turns: list[set[int]] = []
        table.viewport().installEventFilter(self)

    def eventFilter(self, _: QObject, event: QEvent) -> bool:
        """Note what is painted."""
        if isinstance(event, QPaintEvent):
            region = event.region()
            rows = range(self._table.model().rowCount())
            places = {row: self._table.rowViewportPosition(row) + self._table.rowHeight(row) // 2 for row in rows}
            self.turns.append({row for row, y in places.items() if region.contains(QPoint(50, y))})
        return False


def test_under_a_hand_rows_that_are_all_marked_are_painted_in_several_turns(qtbot: Any) -> None:
    one = panel(qtbot, DAY, 9.0, 150)
    one.resize(900, 1200)
    one.table.verticalHeader().setDefaultSectionSize(30)
    qtbot.wait_until(lambda: one.windowHandle().isExposed())
    one.table.viewport().repaint()
    assert one.table.rowAt(one.table.viewport().height() - 1) < 0, "all rows are in sight"
    waiting: list[Callable[[], object]] = []
    one.table.in_turn = lambda name, act: waiting.append(act)
    painted = Painted(one.table)

    def paint() -> None:
        QCoreApplication.sendPostedEvents(one, QEvent.Type.UpdateRequest.value)

    one.show_response(CASE, RESPONSE, "asset-1", is_preview=True, behind=frozenset(o.asset_id for o in OPTIONS))
    paint()
    while waiting:
        waiting.pop()()
        paint()

    assert painted.turns == [{0, 1, 2}, {3, 4, 5}]
    after = one.table.viewport().grab().toImage()
    one.table.viewport().repaint()
    assert after == one.table.viewport().grab().toImage()


def test_without_a_hand_all_rows_are_painted_at_once(qtbot: Any) -> None:
    one = panel(qtbot, DAY, 9.0, 150)
    one.table.in_turn = lambda name, act: pytest.fail(f"{name} waits")
    one.show_response(CASE, RESPONSE, "asset-1", behind=frozenset(o.asset_id for o in OPTIONS))
