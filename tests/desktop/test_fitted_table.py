"""Tables share their width among the columns anew when it is another, and not when they only get lower or higher."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from subrescue.desktop.parts.fitted_table import FittedTable


class Table(FittedTable):
    """A table that notes the widths that it shared."""

    def __init__(self) -> None:
        self.shared_px: list[int] = []
        super().__init__()

    def share_width(self) -> None:
        self.shared_px.append(self.viewport().width())


def test_the_width_is_shared_anew_where_it_is_another(qtbot: QtBot) -> None:
    table = Table()
    qtbot.addWidget(table)
    table.resize(300, 200)
    table.show()
    qtbot.waitUntil(lambda: bool(table.shared_px))
    table.shared_px.clear()
    table.resize(300, 260)
    qtbot.wait(20)
    assert table.shared_px == []
    table.resize(360, 260)
    qtbot.waitUntil(lambda: table.shared_px == [table.viewport().width()])
