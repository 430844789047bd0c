"""Live positions in the window: started, watched and stopped; ships move in table, form and map, and ages grow."""

from __future__ import annotations

import socket
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest

from subrescue.desktop.map.case_scene import scene_of
from subrescue.desktop.parts.themes import THEMES
from subrescue.desktop.registry.desk import RegistryDesk
from subrescue.desktop.registry.model import SEEN
from subrescue.desktop.registry.window import RegistryWindow
from subrescue.desktop.window.preferences import Preferences
from subrescue.domain.registry import Registry
from subrescue.domain.response import Verdict
from subrescue.store.workspace.opening import open_workspace
from tests.desktop.samples import CASE
from tests.exchange.ais.stream import BERGEN, STRANGER, joined, sentence, tagged
from tests.store.workspace.samples import MORNING, SHIP, minutes, small_registry


def registry() -> Registry:
    """The small registry, its ship with an MMSI that is made up."""
    small = small_registry()
    return small.model_copy(update={"ships": {SHIP[1]: small.ships[SHIP[1]].model_copy(update={"mmsi": BERGEN})}})


class Clock:
    """A clock that stands until a test moves it."""

    def __init__(self) -> None:
        self.now = minutes(20)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def window(qtbot: Any, tmp_path: Path, clock: Clock) -> Iterator[RegistryWindow]:
    desk = RegistryDesk(
        lambda: open_workspace(tmp_path / "w.sqlite", now=MORNING, registry=registry),
        who="Anna",
        desk="north",
        clock=lambda: clock.now,
        look_every_s=0.05,
    )
    with qtbot.wait_signal(desk.opened, timeout=10_000):
        desk.start()
    window = RegistryWindow(desk, Preferences(tmp_path / "p.ini"), THEMES["day"])
    window.show()
    window.choose_kind("ship")
    window.choose(SHIP)
    yield window
    window.close()
    window.deleteLater()
    desk.stop()


def seen_cell(window: RegistryWindow, role: int = 0) -> Any:
    return window.model.data(window.model.index(0, window.model.column_of(SEEN) or 0), role)


def listen(window: RegistryWindow, words: str, recorded_at: str = "") -> Any:
    window.actions_by_id.by_id["positions"].trigger()
    dialog = window.positions.dialog
    assert dialog is not None
    dialog.source.setText(words)
    dialog.recorded_at.setText(recorded_at)
    dialog.start_button.click()
    return dialog


def ended(window: RegistryWindow) -> Callable[[], bool]:
    return lambda: not window.desk.positions.is_listening


@pytest.fixture
def recorded(tmp_path: Path) -> str:
    """A stream, made: Bergen and a stranger, six minutes before the clock of the test."""
    path = tmp_path / "made.nmea"
    path.write_bytes(joined([tagged(sentence(), minutes(14)), tagged(sentence(mmsi=STRANGER), minutes(14)), b"noise"]))
    return str(path)


def test_a_recorded_file_moves_the_ship_in_table_form_history_and_map(
    qtbot: Any, window: RegistryWindow, recorded: str, clock: Clock
) -> None:
    assert seen_cell(window) == "unknown"
    dialog = listen(window, recorded)
    qtbot.wait_until(ended(window), timeout=10_000)
    qtbot.wait_until(lambda: seen_cell(window) == "AIS, 6 min ago", timeout=10_000)
    assert window.detail._forms["ship"]._said["seen.at"].text() == "AIS, 6 min ago"
    told = dialog.report.toPlainText()
    assert "ships of the registry seen: 1, positions journalled: 1" in told
    assert str(STRANGER) in told
    window.tabs.setCurrentIndex(1)
    assert "observed" in window.history.toPlainText()
    assert not window.desk.can_undo
    case = CASE.model_copy(update={"alert": minutes(30)})
    scene = scene_of(case, None, window.desk.registry)
    assert [(asset.id, asset.position.lat_deg, str(asset.detail)) for asset in scene.assets] == [
        (SHIP[1], 60.0, "AIS, 2026-11-23 08:14Z")
    ]
    clock.now = minutes(14) + timedelta(hours=7)
    window.positions.show_ages()
    assert seen_cell(window) == "AIS, 7 h ago (old)"
    assert seen_cell(window, 9) == QColor(THEMES["day"].verdict(Verdict.AMBER))  # ForegroundRole
    assert window.detail._forms["ship"]._said["seen.at"].text() == "AIS, 7 h ago (old)"


def test_what_was_seen_cannot_be_typed(window: RegistryWindow) -> None:
    paths = ["seen.position", "seen.at", "seen.source", "seen.via", "seen.speed_kn", "seen.course_deg"]
    assert all(window.detail.editor("ship", path).isReadOnly() for path in paths)  # type: ignore[union-attr]
    assert not window.model.can_edit(0, window.model.column_of(SEEN) or 0)


def test_a_receiver_is_listened_to_until_it_is_stopped(qtbot: Any, window: RegistryWindow) -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    dialog = listen(window, f"udp://127.0.0.1:{port}")
    listening = f"listening on udp://127.0.0.1:{port}"
    qtbot.wait_until(lambda: listening in dialog.state.text(), timeout=10_000)
    assert window.positions.line is not None
    assert window.positions.line.text().startswith(listening)
    assert "last heard: nothing yet" in dialog.state.text()
    assert not dialog.start_button.isEnabled()
    dialog.close()  # the run goes on
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sender:
        sender.sendto(sentence(), ("127.0.0.1", port))
    window.actions_by_id.by_id["positions"].trigger()
    dialog.stop_button.setFocus()
    dialog.stop_button.click()
    qtbot.wait_until(ended(window), timeout=10_000)
    assert not window.statusBar().isVisible()
    assert dialog.start_button.isEnabled()
    assert dialog.focusWidget() is dialog.source
    QTest.keyClick(dialog.source, Qt.Key.Key_Return)  # Enter begins the next, whatever had the keys before
    assert not dialog.start_button.isEnabled()
    dialog.stop_button.click()
    qtbot.wait_until(ended(window), timeout=10_000)


@pytest.mark.parametrize(
    "words, recorded_at, said",
    [
        ("", "", "found nothing; a file, tcp://HOST:PORT or udp://[HOST]:PORT is needed"),
        ("http://host:1", "", "a URL of 'http'"),
        ("x.nmea", "noon", "found 'noon'; a past time with its zone is needed"),
        ("x.nmea", "2999-01-01T00:00Z", "a past time with its zone is needed"),
    ],
)
def test_what_names_no_source_is_said_beside_it(
    window: RegistryWindow, words: str, recorded_at: str, said: str
) -> None:
    dialog = listen(window, words, recorded_at)
    assert said in dialog.problem.text()
    assert not window.desk.positions.is_listening


def test_a_file_that_cannot_be_used_is_said_when_the_run_ends(
    qtbot: Any, window: RegistryWindow, tmp_path: Path
) -> None:
    for name, content, said in (("none", None, "no such file"), ("text", b"hello\n", "no AIS sentence in 1 lines")):
        if content is not None:
            (tmp_path / name).write_bytes(content)
        dialog = listen(window, str(tmp_path / name))
        qtbot.wait_until(lambda dialog=dialog, said=said: said in dialog.problem.text(), timeout=10_000)
    assert window.preferences.text("ais_source", "") == str(tmp_path / "text")
