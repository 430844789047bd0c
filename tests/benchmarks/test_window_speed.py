"""How fast the window shows a response: from the answer of the planner to table, details, map scene and timeline."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from subrescue.desktop.case.desk import Desk
from subrescue.desktop.case.plan_service import PlanService
from subrescue.desktop.main_window import MainWindow
from subrescue.desktop.parts.dialogs import Dialogs
from subrescue.desktop.window.preferences import Preferences
from tests.desktop.samples import CASE, answer, flown, load, response


@pytest.fixture
def window(qtbot: Any, tmp_path: Path) -> Any:
    desk = Desk(PlanService(load, answer), CASE)
    window = MainWindow(desk, Preferences(tmp_path / "window.ini"), Dialogs(leave=lambda *_: "discard"))
    window.resize(1600, 1000)
    window.show()
    qtbot.wait_until(lambda: desk.response is not None)
    yield window
    window.close()
    window.deleteLater()


def test_a_response_of_eighty_options_is_shown(window: MainWindow, benchmark: Any) -> None:
    options = tuple(flown(CASE).model_copy(update={"asset_id": f"asset-{n}"}) for n in range(80))
    window.desk.service.planned.emit(CASE, response().model_copy(update={"options": options}))

    def show() -> None:
        window.desk.response_changed.emit()
        window.response.table.grab()
        window.timeline.grab()

    benchmark(show)


def test_an_edit_reaches_the_table_with_an_instant_planner(window: MainWindow, qtbot: Any, benchmark: Any) -> None:
    depth = iter(range(1, 100_000))

    def edit() -> None:
        with qtbot.wait_signal(window.desk.response_changed):
            window.desk.edit("dissub.depth_m", float(next(depth) % 900))

    benchmark(edit)
