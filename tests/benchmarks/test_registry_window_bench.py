"""How fast the registry's window is with 5,000 assets: a key pressed in the search field, an edit to the screen."""

from __future__ import annotations

import statistics
import time
from pathlib import Path
from typing import Any

from subrescue.desktop.editors import TextEditor
from subrescue.desktop.preferences import Preferences
from subrescue.desktop.registry_desk import RegistryDesk
from subrescue.desktop.registry_window import RegistryWindow
from subrescue.desktop.themes import THEMES
from subrescue.store.workspace.opening import open_workspace
from tests.benchmarks.test_workspace_bench import many_assets
from tests.store.workspace.samples import MORNING, minutes

SEARCH_MS = 50.0
EDIT_MS = 30.0


def test_five_thousand_assets_are_searched_and_edited_at_once(qtbot: Any, tmp_path: Path) -> None:
    registry = many_assets()
    path = tmp_path / "w.sqlite"
    desk = RegistryDesk(lambda: open_workspace(path, now=MORNING, registry=lambda: registry), clock=lambda: minutes(5))
    with qtbot.wait_signal(desk.opened, timeout=60_000):
        desk.start()
    window = RegistryWindow(desk, Preferences(tmp_path / "p.ini"), THEMES["day"])
    try:
        window.resize(1920, 1080)
        with qtbot.wait_exposed(window):
            window.show()
        assert len(window.model.all_rows) == 5_000
        search = []
        for words in (
            "v",
            "ve",
            "ves",
            "vess",
            "vesse",
            "vessel",
            "vessel 4",
            "vessel 42",
            "vessel",
            "",
            "n",
            "no",
            "",
        ):
            begun = time.perf_counter()
            window.facets.search.setText(words)
            window.table.viewport().repaint()
            search.append((time.perf_counter() - begun) * 1000)
        window._choose(("ship", "x-0100"))
        window.sources.choose("MEM")
        editor = window.detail.editor("ship", "speed_kn")
        assert isinstance(editor, TextEditor)
        edits = []
        for speed in range(10, 40):
            editor.setText(str(speed))
            begun = time.perf_counter()
            editor.editingFinished.emit()
            row = window.table.visualRect(window.table.currentIndex())
            window.table.viewport().repaint(0, row.y(), window.table.viewport().width(), row.height())
            edits.append((time.perf_counter() - begun) * 1000)
        assert desk.registry.ships["x-0100"].speed_kn == 39
        undone = []
        for _ in range(10):
            begun = time.perf_counter()
            window.actions_by_id.by_id["undo"].trigger()
            row = window.table.visualRect(window.table.currentIndex())
            window.table.viewport().repaint(0, row.y(), window.table.viewport().width(), row.height())
            undone.append((time.perf_counter() - begun) * 1000)
        assert desk.registry.ships["x-0100"].speed_kn == 29
        medians = {name: statistics.median(ms) for name, ms in (("search", search), ("edit", edits), ("undo", undone))}
        print({name: f"{ms:.1f} ms" for name, ms in medians.items()}, f"worst search {max(search):.1f} ms")
        assert medians["search"] < SEARCH_MS
        assert medians["edit"] < EDIT_MS
        assert medians["undo"] < EDIT_MS
    finally:
        window.close()
        window.deleteLater()
        desk.stop()
