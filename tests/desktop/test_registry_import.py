"""Import of a nation's declaration in the registry's window: read, compared, chosen field by field, taken back."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QMimeData, QPoint, Qt, QTimer, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QApplication, QToolBar

from subrescue.desktop.parts.dialogs import Dialogs
from subrescue.desktop.registry.desk import RegistryDesk
from subrescue.desktop.registry.dialogs import Template
from subrescue.desktop.registry.difference_model import DifferenceModel
from subrescue.desktop.registry.findings_model import FindingsModel
from subrescue.desktop.registry.import_dialog import ImportDialog
from subrescue.desktop.registry.import_filing import proposed_source
from subrescue.desktop.registry.window import RegistryWindow
from subrescue.exchange.declarations.difference import RowState, compare
from subrescue.exchange.declarations.reading import read_declaration
from tests.desktop.registry_samples import Hands, Opener, desk_of, opener, window_of
from tests.store.workspace.samples import VEHICLE, command, minutes, setting, small_registry

CONTROL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier
HEAD = "kind,id,name,nations,role,speed_kn,length_m\n"
NORWAY = HEAD + "ship,no-bergen,KV Bergen,NO,mother_ship,18,93\nship,no-new,KV New,NO,support,16,\n"
CHECKED, UNCHECKED = Qt.CheckState.Checked, Qt.CheckState.Unchecked


@pytest.fixture
def opened(tmp_path: Path) -> Opener:
    return opener(tmp_path)


@pytest.fixture
def desk(qtbot: Any, opened: Opener) -> Iterator[RegistryDesk]:
    with desk_of(qtbot, opened) as desk:
        yield desk


@pytest.fixture
def window(qtbot: Any, desk: RegistryDesk, tmp_path: Path) -> Iterator[RegistryWindow]:
    asked = Dialogs(open_file=lambda *_: norway(tmp_path), save_file=lambda *_: tmp_path / "empty.xlsx")
    with window_of(qtbot, desk, tmp_path, asked) as window:
        yield window


def norway(folder: Path, text: str = NORWAY) -> Path:
    path = folder / "norway-2026-11.csv"
    path.write_text(text, encoding="utf-8")
    return path


def read(window: RegistryWindow, qtbot: Any, path: Path) -> ImportDialog:
    if window.dialog is None:
        window.actions_by_id.by_id["import"].trigger()
    dialog = window.dialog
    assert isinstance(dialog, ImportDialog)
    dialog.open_file(path)
    qtbot.wait_until(lambda: not window.background.is_busy, timeout=90_000)
    return dialog


def apply(window: RegistryWindow, qtbot: Any) -> str:
    assert isinstance(window.dialog, ImportDialog)
    window.dialog.apply_taken()
    qtbot.wait_until(lambda: window.dialog is None, timeout=90_000)
    return window.message_bar.text()


def taken(dialog: ImportDialog) -> dict[str, set[str]]:
    return {key[1]: set(fields) for key, fields in dialog.model.taken.items()}


def field_index(dialog: ImportDialog, state: RowState, entry: str, field: str) -> Any:
    model = dialog.model
    group = next(place for place, (one, _) in enumerate(model.groups) if one is state)
    rows = model.groups[group][1]
    row = model.index(next(i for i, one in enumerate(rows) if one.entry_id == entry), 0, model.index(group, 0))
    fields = [model._field(model.index(i, 0, row)).field for i in range(model.rowCount(row))]  # type: ignore[union-attr]
    return model.index(fields.index(field), 0, row)


def test_a_declaration_is_imported_by_keys_alone_and_taken_back_by_one(
    window: RegistryWindow, desk: RegistryDesk, qtbot: Any, tmp_path: Path
) -> None:
    path, before = norway(tmp_path), desk.registry
    hands = Hands()
    hands.press(Qt.Key.Key_I, CONTROL)
    dialog = window.dialog
    assert isinstance(dialog, ImportDialog)
    qtbot.wait_until(lambda: QApplication.activeWindow() is dialog, timeout=5_000)
    dialog.file.setText(str(path))  # pasted
    hands.press(Qt.Key.Key_Return)
    qtbot.wait_until(lambda: dialog.apply.isEnabled(), timeout=20_000)
    assert dialog.tree.hasFocus()
    hands.press(Qt.Key.Key_Return, CONTROL)
    qtbot.wait_until(lambda: "no-new" in desk.registry.ships, timeout=20_000)
    assert hands.count + 1 == 4
    assert desk.registry.ships["no-bergen"].length_m == 93
    assert desk.registry.sources["NORWAY-2026-11"].title == "Declaration norway-2026-11.csv"
    # As many as were ticked: the source is no entry of it. The registry may be read anew before the import says so.
    qtbot.wait_until(lambda: "norway-2026-11.csv: 2;" in window.message_bar.text(), timeout=5_000)
    qtbot.wait_until(lambda: window.dialog is None, timeout=5_000)
    window.activateWindow()
    qtbot.wait_until(lambda: QApplication.activeWindow() is window, timeout=5_000)
    hands.press(Qt.Key.Key_Z, CONTROL)
    assert "Undone: Import of norway-2026-11.csv" in window.message_bar.text()
    assert desk.registry == before


def test_what_other_sources_contradict_waits_for_a_tick(
    window: RegistryWindow, desk: RegistryDesk, qtbot: Any, tmp_path: Path
) -> None:
    dialog = read(window, qtbot, norway(tmp_path))
    assert taken(dialog)["no-bergen"] == {"length_m"}
    index = field_index(dialog, RowState.CHANGED, "no-bergen", "speed_kn")
    words = [dialog.model.data(index.siblingAtColumn(column)) for column in range(4)]
    assert words == ["Speed [kn]", "20", "18", "⚠ S1 states the present value"]
    dialog.conflicts.click()
    assert taken(dialog)["no-bergen"] == {"length_m", "speed_kn"}
    assert dialog.model.data(index, Qt.ItemDataRole.CheckStateRole) == CHECKED
    dialog.filing.date.setText("2026-11")
    dialog.filing.why.setText("letter of the 20th")
    apply(window, qtbot)
    ship = desk.registry.ships["no-bergen"]
    assert ship.speed_kn == 18
    first, second = ship.evidence["speed_kn"]
    assert (first.source, first.date, second.source, second.value) == ("NORWAY-2026-11", "2026-11", "S1", 20)
    assert desk.history(("ship", "no-bergen"))[-1].why == "letter of the 20th"


def test_a_field_a_row_and_a_group_are_left_out(
    window: RegistryWindow, desk: RegistryDesk, qtbot: Any, tmp_path: Path
) -> None:
    dialog = read(window, qtbot, norway(tmp_path))
    model = dialog.model
    speed = field_index(dialog, RowState.NEW, "no-new", "speed_kn")
    assert model.setData(speed, UNCHECKED.value, Qt.ItemDataRole.CheckStateRole)
    assert model.data(speed.parent(), Qt.ItemDataRole.CheckStateRole) == Qt.CheckState.PartiallyChecked
    changed = model.index([state for state, _ in model.groups].index(RowState.CHANGED), 0)
    assert model.setData(changed, UNCHECKED.value, Qt.ItemDataRole.CheckStateRole)
    assert "Entries that will change: 1," in dialog.status.text()
    apply(window, qtbot)
    assert desk.registry.ships["no-bergen"].length_m is None
    assert desk.registry.ships["no-new"].speed_kn is None


def test_the_bar_runs_once_through_reading_and_comparing(window: RegistryWindow, qtbot: Any, tmp_path: Path) -> None:
    work, heard = read(window, qtbot, norway(tmp_path)).work, []
    work.read(norway(tmp_path), "X", lambda row, of: heard.append(row / of))
    assert heard == sorted(heard)
    assert (heard[0], heard[-1]) == (0, 1)


def test_the_space_bar_ticks(window: RegistryWindow, qtbot: Any, tmp_path: Path) -> None:
    dialog = read(window, qtbot, norway(tmp_path))
    index = field_index(dialog, RowState.CHANGED, "no-bergen", "length_m")
    dialog.tree.setCurrentIndex(index)
    qtbot.keyClick(dialog.tree, Qt.Key.Key_Space)
    assert "no-bergen" not in taken(dialog)
    dialog.all.click()
    assert taken(dialog)["no-bergen"] == {"length_m", "speed_kn"}
    dialog.nothing.click()
    assert taken(dialog) == {}
    assert not dialog.apply.isEnabled()
    dialog.proposed.click()
    assert taken(dialog)["no-bergen"] == {"length_m"}


def test_what_a_nation_no_longer_declares_is_retired_on_a_tick_only(
    window: RegistryWindow, desk: RegistryDesk, qtbot: Any, tmp_path: Path
) -> None:
    dialog = read(window, qtbot, norway(tmp_path, HEAD + "ship,no-new,KV New,NO,support,16,\n"))
    assert "no-bergen" not in taken(dialog)
    dialog.all.click()
    assert "no-bergen" not in taken(dialog)
    assert "no-new" in taken(dialog)
    group = dialog.model.index([state for state, _ in dialog.model.groups].index(RowState.MISSING), 0)
    dialog.model.setData(group, CHECKED.value, Qt.ItemDataRole.CheckStateRole)
    apply(window, qtbot)
    assert desk.registry.ships["no-bergen"].status.value == "withdrawn"


def test_a_file_with_faults_says_row_and_field_and_is_read_again_when_mended(
    window: RegistryWindow, desk: RegistryDesk, qtbot: Any, tmp_path: Path
) -> None:
    path = norway(tmp_path, NORWAY.replace("18", "fast"))
    dialog = read(window, qtbot, path)
    assert dialog.tabs.currentIndex() == 1
    cells = [dialog.findings.data(dialog.findings.index(0, column)) for column in range(6)]
    assert cells[:4] == ["fault", None, "2", "speed_kn"]
    assert "'fast'" in cells[4]
    assert not dialog.apply.isEnabled()
    norway(tmp_path)
    dialog.read_again()
    qtbot.wait_until(lambda: dialog.apply.isEnabled(), timeout=20_000)


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("x.docx", b"x", "read are .xlsx"),
        ("gone.csv", None, "no such file"),
        ("bad.xlsx", b"PK\x03\x04", "workbook"),
        ("latin.csv", "kind,id\nship,\xe9".encode("latin-1"), "UTF-8"),
    ],
)
def test_a_file_that_cannot_be_used_is_said(
    window: RegistryWindow, qtbot: Any, tmp_path: Path, name: str, content: bytes | None, words: str
) -> None:
    path = tmp_path / name
    if content is not None:
        path.write_bytes(content)
    dialog = read(window, qtbot, path)
    assert words in dialog.trouble.text()
    assert not dialog.apply.isEnabled()


def test_a_date_and_a_new_source_are_checked_before_anything_changes(
    window: RegistryWindow, desk: RegistryDesk, qtbot: Any, tmp_path: Path
) -> None:
    dialog = read(window, qtbot, norway(tmp_path))
    dialog.filing.date.setText("November")
    dialog.apply_taken()
    assert "'November'" in dialog.trouble.text()
    dialog.filing.date.setText("2026-11")
    dialog.filing.title.setText("")
    dialog.apply_taken()
    assert "title" in dialog.trouble.text()
    assert desk.workspace is not None
    assert desk.workspace.revision() == 1


def test_a_known_source_is_in_no_conflict_with_itself(window: RegistryWindow, qtbot: Any, tmp_path: Path) -> None:
    dialog = read(window, qtbot, norway(tmp_path))
    dialog.filing._choose("S1")
    qtbot.wait_until(lambda: taken(dialog).get("no-bergen") == {"length_m", "speed_kn"}, timeout=10_000)
    assert not dialog.conflicts.isEnabled()


def test_another_desks_change_is_compared_anew_and_the_ticks_stay(
    window: RegistryWindow, desk: RegistryDesk, opened: Opener, qtbot: Any, tmp_path: Path
) -> None:
    dialog = read(window, qtbot, norway(tmp_path))
    index = field_index(dialog, RowState.NEW, "no-new", "speed_kn")
    dialog.model.setData(index, UNCHECKED.value, Qt.ItemDataRole.CheckStateRole)
    with opened() as other:
        change = setting(other, ("ship", "no-bergen"), length_m=95)
        other.apply(command(change, desk="south", who="Bert", at=minutes(1)))
    qtbot.wait_until(
        lambda: dialog.model.data(
            field_index(dialog, RowState.CHANGED, "no-bergen", "length_m").siblingAtColumn(1)
        ) == "95",
        timeout=2_000,
    )  # fmt: skip
    assert "speed_kn" not in taken(dialog)["no-new"]
    assert apply(window, qtbot)
    assert desk.registry.ships["no-bergen"].length_m == 93
    assert desk.registry.ships["no-new"].speed_kn is None


def test_a_change_of_another_desk_elsewhere_in_the_entry_is_kept(
    window: RegistryWindow, desk: RegistryDesk, opened: Opener, qtbot: Any, tmp_path: Path
) -> None:
    dialog = read(window, qtbot, norway(tmp_path))
    with opened() as other:
        other.apply(command(setting(other, VEHICLE, capacity_persons=9), desk="south", who="Bert", at=minutes(1)))
    apply(window, qtbot)
    assert dialog is not None
    qtbot.wait_until(lambda: desk.registry.rescue_systems["nsrs"].capacity_persons == 9, timeout=2_000)
    assert desk.registry.ships["no-bergen"].length_m == 93


def test_a_file_dropped_on_the_window_is_compared(window: RegistryWindow, qtbot: Any, tmp_path: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(norway(tmp_path)))])
    drop = QDropEvent(
        QPoint(5, 5), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    )
    window.dropEvent(drop)
    dialog = window.dialog
    assert isinstance(dialog, ImportDialog)
    qtbot.wait_until(lambda: dialog.apply.isEnabled(), timeout=20_000)


def test_an_empty_template_is_written_and_read_back(window: RegistryWindow, qtbot: Any, tmp_path: Path) -> None:
    window.actions_by_id.by_id["template"].trigger()
    (dialog,) = window.findChildren(Template)
    dialog.kind.setCurrentIndex(dialog.kind.findData("ship"))
    dialog._ok()
    assert "empty.xlsx" in window.message_bar.text()
    assert read_declaration(tmp_path / "empty.xlsx").rows == ()


def test_the_trees_keep_the_rules_of_qt_empty_and_full(qtmodeltester: Any, tmp_path: Path) -> None:
    model, findings = DifferenceModel(), FindingsModel()
    qtmodeltester.check(model)
    qtmodeltester.check(findings)
    text = NORWAY + "ship,no-bad,Bad,NO,support,fast,\nship,gb-x,X,GB,none,,\n"
    difference = compare(small_registry(), read_declaration(norway(tmp_path, text)))
    model.show(difference)
    findings.show(difference.findings)
    qtmodeltester.check(model)
    qtmodeltester.check(findings)
    model.tick_all(True)
    qtmodeltester.check(model)


def test_thousands_of_rows_do_not_hold_the_window_up(
    window: RegistryWindow, desk: RegistryDesk, qtbot: Any, tmp_path: Path
) -> None:
    rows = "".join(f"ship,no-x{n},Ship {n},NO,support,{10 + n % 20},{50 + n % 90}\n" for n in range(2_000))
    gaps, last = [0.0], [time.perf_counter()]

    def beat() -> None:
        now = time.perf_counter()
        gaps.append(now - last[0])
        last[0] = now

    pulse = QTimer()
    pulse.timeout.connect(beat)
    pulse.start(10)
    dialog = read(window, qtbot, norway(tmp_path, HEAD + rows))
    assert len(dialog.model.difference.of(RowState.NEW)) == 2_000
    while_read = max(gaps)
    apply(window, qtbot)
    pulse.stop()
    assert len(desk.registry.ships) == 2_001
    print(f"longest gap: reading {while_read * 1000:.0f} ms, whole {max(gaps) * 1000:.0f} ms")
    assert len(gaps) > 20  # the window lived meanwhile; how well is a question for a quiet machine


def test_reading_is_stopped(window: RegistryWindow, qtbot: Any, tmp_path: Path) -> None:
    rows = "".join(f"ship,no-x{n},Ship {n},NO,support,10,50\n" for n in range(3_000))
    window.actions_by_id.by_id["import"].trigger()
    dialog = window.dialog
    assert isinstance(dialog, ImportDialog)
    dialog.open_file(norway(tmp_path, HEAD + rows))
    assert dialog.stop.isVisible()
    dialog.stop.click()
    assert "nothing was changed" in dialog.status.text()
    assert not dialog.stop.isVisible()
    assert not dialog.apply.isEnabled()


def test_a_new_source_is_named_after_the_file() -> None:
    assert proposed_source(Path("/x/Norway, 2026.xlsx")) == ("NORWAY-2026", "Declaration Norway, 2026.xlsx")
    assert proposed_source(Path("/x/Россия.xlsx"))[0] == "DECLARATION"


def test_a_wrong_import_is_taken_back_by_one_click(
    window: RegistryWindow, desk: RegistryDesk, qtbot: Any, tmp_path: Path
) -> None:
    before = desk.registry
    read(window, qtbot, norway(tmp_path))
    apply(window, qtbot)
    assert desk.registry != before
    bar, hands = window.findChild(QToolBar, "registry_bar"), Hands()
    assert bar is not None
    hands.click(bar.widgetForAction(window.actions_by_id.by_id["undo"]))
    assert desk.registry == before
    assert hands.count == 1
