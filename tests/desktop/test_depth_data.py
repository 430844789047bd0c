"""Grids and charts are loaded in the window, answer beside the depth field, and stay until they are forgotten."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from subrescue.desktop.case.desk import Desk
from subrescue.desktop.case.plan_service import PlanService, Resources
from subrescue.desktop.casualty.depth_data import depth_of, opened
from subrescue.desktop.main_window import MainWindow
from subrescue.desktop.parts.dialogs import Dialogs
from subrescue.desktop.window.preferences import Preferences
from subrescue.earth.world import load_world
from subrescue.store.depth_files import DepthFile, remember, remembered
from tests.desktop.driving import trigger
from tests.desktop.samples import CASE, RESOURCES, answer
from tests.earth.grids import write_grid

WORLD = load_world()


@pytest.fixture
def grid(tmp_path: Path) -> Path:
    lats, lons = np.linspace(60, 68, 33), np.linspace(0, 12, 49)
    return write_grid(tmp_path / "grid.nc", np.full((33, 49), -700.0), lats, lons, attributes={"positive": "up"})


def load() -> Resources:
    """The sample resources with the real earth, as at a start of the window."""
    return opened(Resources(RESOURCES.registry, RESOURCES.assumptions, WORLD.with_depths(WORLD.depth)))


class _Driver:
    """One window at a time over the real depths."""

    def __init__(self, qtbot: Any, folder: Path) -> None:
        self._qtbot, self._folder = qtbot, folder
        self.windows: list[MainWindow] = []
        self.file: Path | None = None

    def start(self) -> MainWindow:
        dialogs = Dialogs(leave=lambda *_: "discard", open_file=lambda *_: self.file)
        window = MainWindow(Desk(PlanService(load, answer), CASE), Preferences(self._folder / "window.ini"), dialogs)
        self.windows.append(window)
        window.show()
        self.wait(lambda: window.desk.depth_ready)
        return window

    def wait(self, condition: Any) -> None:
        self._qtbot.wait_until(condition, timeout=60_000)

    def end(self, window: MainWindow) -> None:
        window.close()
        window.deleteLater()
        self.windows.remove(window)


@pytest.fixture
def driver(qtbot: Any, tmp_path: Path) -> Iterator[_Driver]:
    depth_of(WORLD, CASE.dissub.fix.position)  # coasts and depths are read once for all tests, before a window waits
    made = _Driver(qtbot, tmp_path)
    yield made
    for window in list(made.windows):
        made.end(window)


def hint(window: MainWindow) -> str:
    return f"{window.form._depth_hint.text()}\n{window.form._depth_source.text()}"


def test_a_grid_is_loaded_answers_stays_and_is_forgotten(driver: _Driver, grid: Path) -> None:
    window = driver.start()
    forget = window.actions_by_id.by_id["forget_depths"]
    assert "By ETOPO5, 5 arc minutes (NOAA)" in hint(window)
    assert "shore 46 NM at 146°" in hint(window)
    assert not forget.isEnabled()
    driver.file = grid
    trigger(window, "load_depths")
    driver.wait(lambda: "By grid.nc" in hint(window))
    assert hint(window).startswith("Chart: about 700 m (467-1,050 m)\nBy grid.nc\nSmoothed slope 0.0° · shore ")
    assert "255 m lies outside the chart's band of 467-1,050 m" in window.form._depth_doubt.text()
    assert "the grid smooths" in window.form._depth_source.toolTip()
    assert remembered() == (DepthFile(grid),)
    driver.end(window)
    again = driver.start()
    assert "By grid.nc" in hint(again)
    assert again.message_bar.text() == ""
    trigger(again, "forget_depths")
    driver.wait(lambda: "By ETOPO5" in hint(again))
    assert not again.actions_by_id.by_id["forget_depths"].isEnabled()
    assert remembered() == ()
    assert grid.exists()


def test_a_missing_file_is_told_at_the_start_and_can_be_forgotten(driver: _Driver, tmp_path: Path) -> None:
    remember([DepthFile(tmp_path / "gone.nc")])
    window = driver.start()
    assert "gone.nc: found no such file" in window.message_bar.text()
    assert "By ETOPO5" in hint(window)
    trigger(window, "forget_depths")
    driver.wait(lambda: not window.actions_by_id.by_id["forget_depths"].isEnabled())
    assert remembered() == ()


def test_a_wrong_file_is_told_and_changes_nothing(driver: _Driver, tmp_path: Path) -> None:
    driver.file = tmp_path / "wrong.nc"
    driver.file.write_bytes(b"lat,lon,z\n")
    window = driver.start()
    trigger(window, "load_depths")
    driver.wait(lambda: "wrong.nc: found another kind of file" in window.message_bar.text())
    assert remembered() == ()
    driver.file = None  # the dialog was closed without a choice
    trigger(window, "load_depths")
    assert window.message_bar.text() != ""
