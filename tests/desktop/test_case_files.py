"""Cases, responses and pictures go in and out of the window as files."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication

from subrescue.desktop.case.case_files import EXPORTS
from subrescue.desktop.case.recent_cases import recent_cases
from subrescue.desktop.casualty.casualty_form import DEPTH
from subrescue.desktop.paper.product_file import ask_file
from subrescue.desktop.parts.dialogs import Dialogs
from subrescue.domain.errors import Problem
from subrescue.store.cases import find_case, read_case
from tests.desktop.driving import MakeWindow, trigger, type_into
from tests.desktop.samples import CASE


def test_a_case_is_saved_and_opens_again(make_window: MakeWindow, tmp_path: Path) -> None:
    target = tmp_path / "copy.toml"
    window = make_window(dialogs=Dialogs(save_file=lambda *_: target))
    type_into(window, DEPTH, "100")
    assert window.desk.session.unsaved
    trigger(window, "save_as")
    assert not window.desk.session.unsaved
    assert read_case(target) == window.desk.case
    assert window.preferences.last_case == target
    assert recent_cases(window.preferences)[0] == target


def test_the_file_of_a_case_is_offered_when_it_is_saved_again(make_window: MakeWindow, tmp_path: Path) -> None:
    offered = []
    target = tmp_path / "drill.toml"

    def save_file(_parent: object, _title: str, path: str, _files: str) -> Path:
        offered.append(Path(path))
        return target

    window = make_window(dialogs=Dialogs(save_file=save_file))
    trigger(window, "save_as")
    trigger(window, "save_as")
    assert offered[1] == target


def test_what_another_desk_wrote_into_the_file_of_a_case_is_not_written_over(
    make_window: MakeWindow, tmp_path: Path
) -> None:
    target = tmp_path / "drill.toml"
    window, other = (make_window(dialogs=Dialogs(save_file=lambda *_: target)) for _ in range(2))
    trigger(window, "save_as")
    other.open_file(target)
    type_into(other, DEPTH, "100")
    trigger(other, "save_as")
    type_into(window, DEPTH, "200")
    trigger(window, "save_as")
    assert read_case(target).dissub.depth_m == 100
    assert window.message_bar.text().startswith(f"Not saved: {target} was written by somebody else")
    assert window.desk.session.unsaved
    target.unlink()
    trigger(window, "save_as")
    assert read_case(target).dissub.depth_m == 200


@pytest.mark.parametrize("name", EXPORTS)
def test_the_response_is_exported(make_window: MakeWindow, tmp_path: Path, name: str) -> None:
    target = tmp_path / f"out{EXPORTS[name][0]}"
    window = make_window(dialogs=Dialogs(save_file=lambda *_: target))
    trigger(window, name)
    assert "NSRS" in target.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", EXPORTS)
def test_what_is_doubtful_in_the_case_is_in_every_export(
    make_window: MakeWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    target = tmp_path / f"out{EXPORTS[name][0]}"
    window = make_window(dialogs=Dialogs(save_file=lambda *_: target))
    doubt = Problem("dissub.depth_m", "900 m", "the chart has 255 m here", warning=True)
    monkeypatch.setattr("subrescue.store.checks.check_case", lambda *_: [doubt])
    trigger(window, name)
    assert "the chart has 255 m here" in target.read_text(encoding="utf-8")


def test_the_map_is_written_as_a_picture(make_window: MakeWindow, tmp_path: Path) -> None:
    target = tmp_path / "map.png"
    window = make_window(dialogs=Dialogs(save_file=lambda *_: target))
    trigger(window, "map_picture")
    assert target.read_bytes()[:4] == b"\x89PNG"
    assert window.message_bar.text() == f"Written to {target}"


def test_a_file_that_cannot_be_written_is_told_in_the_window(make_window: MakeWindow, tmp_path: Path) -> None:
    window = make_window(dialogs=Dialogs(save_file=lambda *_: tmp_path / "none" / "x.json"))
    trigger(window, "export_json")
    assert "cannot be written" in window.message_bar.text()


def test_a_broken_case_is_told_in_the_window_and_the_old_one_stays(make_window: MakeWindow, tmp_path: Path) -> None:
    broken = tmp_path / "broken.toml"
    broken.write_text('id = "x"\nkind = "exercise"\n', encoding="utf-8")
    window = make_window(dialogs=Dialogs(open_file=lambda *_: broken))
    trigger(window, "open")
    assert "broken.toml" in window.message_bar.text()
    assert window.desk.case == CASE


def test_a_case_file_is_dropped_on_the_window(make_window: MakeWindow, qtbot: Any) -> None:
    window = make_window()
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(find_case("kursk-2000")))])
    action, button, key = Qt.DropAction.CopyAction, Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier
    window.dropEvent(QDropEvent(QPointF(5, 5), action, data, button, key))
    assert window.desk.case.id == "kursk-2000"
    qtbot.wait_until(lambda: window.desk.response is not None, timeout=5000)
    assert window.desk.response is not None
    assert window.desk.response.case_id == "kursk-2000"


def test_unsaved_edits_are_asked_about_before_they_go(make_window: MakeWindow, tmp_path: Path) -> None:
    asked: list[str] = []

    def stay(_: object, title: str) -> Any:
        asked.append(title)
        return "stay"

    window = make_window(dialogs=Dialogs(leave=stay))
    window.open_file(find_case("kursk-2000"))
    assert asked == []
    window.desk.open_case(CASE, None)
    type_into(window, DEPTH, "100")
    assert not window.close()
    assert asked == ["Drill"]
    window.open_file(find_case("kursk-2000"))
    assert window.desk.case.id == "drill"


def test_a_case_file_is_taken_on_a_field_too_and_other_files_nowhere(
    make_window: MakeWindow, qtbot: Any, tmp_path: Path
) -> None:
    window = make_window()
    field = window.form.editors["dissub.name"]
    target = tmp_path / "copy.toml"
    target.write_bytes(find_case("kursk-2000").read_bytes())
    for path, taken in ((tmp_path / "photo.png", False), (target, True)):
        data = QMimeData()
        data.setUrls([QUrl.fromLocalFile(str(path))])
        action, button, key = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
        enter = QDragEnterEvent(QPoint(5, 5), action, data, button, key)
        QApplication.sendEvent(field, enter)
        assert enter.isAccepted() is taken
        if taken:
            QApplication.sendEvent(field, QDropEvent(QPointF(5, 5), action, data, button, key))
            qtbot.wait_until(lambda: window.desk.case.id == "kursk-2000", timeout=5_000)
        assert field.text() == ("Boat" if not taken else window.desk.case.dissub.name)


def test_files_are_offered_beside_the_case_and_never_among_those_of_the_program(tmp_path: Path) -> None:
    asked: list[Path] = []
    own = tmp_path / "own.toml"
    own.write_bytes(find_case("kursk-2000").read_bytes())
    dialogs = Dialogs(save_file=lambda _parent, _title, name, _files: asked.append(Path(name)))
    for path in (own, find_case("kursk-2000"), None):
        window: Any = SimpleNamespace(desk=SimpleNamespace(path=path), dialogs=dialogs)
        ask_file(window, "Export", "out.pdf", ".pdf", "PDF (*.pdf)")
    assert [path.parent for path in asked] == [tmp_path, Path.home(), Path.home()]
