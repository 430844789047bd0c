"""The cells of the ranked table keep what they asked Qt for, and never show what is out of date."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QImage

from subrescue.desktop.parts.themes import DAY, DUSK, Theme
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
