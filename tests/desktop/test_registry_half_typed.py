"""What is half typed in the registry counts when its window is closed; a value that is refused keeps the window."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt

from subrescue.desktop.parts.editors import TextEditor
from subrescue.desktop.parts.themes import THEMES
from subrescue.desktop.registry.desk import RegistryDesk
from subrescue.desktop.registry.window import RegistryWindow
from subrescue.desktop.window.preferences import Preferences
from subrescue.store.workspace.opening import open_workspace
from tests.desktop.test_registry_window import depth, open_editor, registry, trigger, type_fact
from tests.store.workspace.samples import MORNING, minutes


@pytest.fixture
def desk(qtbot: Any, tmp_path: Path) -> Iterator[RegistryDesk]:
    opened = partial(open_workspace, tmp_path / "w.sqlite", now=MORNING, registry=registry)
    desk = RegistryDesk(opened, who="Anna", desk="north", clock=lambda: minutes(5), look_every_s=0.05)
    with qtbot.wait_signal(desk.opened, timeout=10_000):
        desk.start()
    yield desk
    desk.stop()


@pytest.fixture
def window(desk: RegistryDesk, tmp_path: Path) -> Iterator[RegistryWindow]:
    window = RegistryWindow(desk, Preferences(tmp_path / "p.ini"), THEMES["day"])
    window.show()
    yield window
    window.close()
    window.deleteLater()


def cell_of_depth(window: RegistryWindow) -> TextEditor:
    """The editor of the greatest depth of the first vehicle."""
    window.choose_kind("rescue_system")
    column = window.model.column_of("max_depth_m")
    assert column is not None
    window.table.setCurrentIndex(window.model.index(0, column))
    trigger(window, "edit_cell")
    editor = open_editor(window)
    assert isinstance(editor, TextEditor)
    return editor


def test_a_cell_that_is_half_typed_counts_when_the_window_is_closed(
    window: RegistryWindow, desk: RegistryDesk, qtbot: Any
) -> None:
    """What stood in the cell was lost with the window, without a word."""
    window.sources.choose("S2")
    editor = cell_of_depth(window)
    editor.setText("-4")
    trigger(window, "close")
    assert window.isVisible()
    assert window.delegate.problem.text() == "-4; allowed is above 0 to 12000 m"
    editor.setText("451")
    trigger(window, "close")
    assert not window.isVisible()
    qtbot.wait_until(lambda: depth(desk) == 451)


def test_a_value_that_is_taken_back_lets_the_window_close(
    window: RegistryWindow, desk: RegistryDesk, qtbot: Any
) -> None:
    editor = cell_of_depth(window)  # no source is chosen: any change would be refused
    editor.setText("451")
    trigger(window, "close")
    assert window.isVisible()
    qtbot.keyClick(editor, Qt.Key.Key_Escape)
    qtbot.keyClick(editor, Qt.Key.Key_Escape)
    trigger(window, "close")
    assert not window.isVisible()
    assert depth(desk) == 610


def test_a_value_refused_in_the_form_keeps_the_window_until_it_is_taken_back(
    window: RegistryWindow, qtbot: Any
) -> None:
    window.sources.choose("S2")
    window.choose_kind("rescue_system")
    window.table.setCurrentIndex(window.model.index(0, 0))
    type_fact(window, "rescue_system", "max_depth_m", "-4")
    trigger(window, "close")
    assert window.isVisible()
    editor = window.detail.editor("rescue_system", "max_depth_m")
    assert isinstance(editor, TextEditor)
    qtbot.keyClick(editor, Qt.Key.Key_Escape)
    trigger(window, "close")
    assert not window.isVisible()
