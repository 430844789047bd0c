"""What an airfield or a port answers is entered in the window, checked, undone, and planned with as the file is."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QDialogButtonBox

from subrescue.desktop.case.case_files import save_case
from subrescue.desktop.case.plan_service import load_resources, plan_case
from subrescue.desktop.entries.entry_box import EntryList
from subrescue.desktop.features import feature_of
from subrescue.desktop.main_window import MainWindow
from subrescue.desktop.parts.editors import ChoiceEditor, TextEditor
from subrescue.desktop.parts.themes import DAY
from subrescue.desktop.places.place_facts import entry_named, place_link, place_of_link, said_of
from subrescue.desktop.places.place_facts_feature import PlaceFactsBox, PlaceFactsFeature
from subrescue.desktop.places.place_facts_form import PlaceFactForm
from subrescue.desktop.response.details import option_html
from subrescue.desktop.window.help_feature import panel_at
from subrescue.domain.case import Case, FieldFact
from subrescue.domain.case_ports import PortFact, QuayAnswer
from subrescue.domain.position import Position
from subrescue.domain.quantities import Pert
from subrescue.domain.reasons import reason
from subrescue.domain.response import Gate, GateResult, Verdict
from subrescue.earth.world import load_world
from subrescue.exchange.response_json import response_to_json
from subrescue.store.cases import read_case
from tests.cli.calls import run
from tests.desktop.driving import MakeWindow, trigger
from tests.desktop.samples import CASE, RESOURCES, flown

WORLD = load_world()
BERGEN = PortFact(port="NOBGO", crane_t=60.0, source="harbour master", note="by telephone")


def window_with(make_window: MakeWindow, **lists: Any) -> MainWindow:
    window = make_window(CASE.model_copy(update=lists))
    window.desk.resources = replace(RESOURCES, world=WORLD)
    trigger(window, "place_facts")
    return window


def box_of(window: MainWindow) -> PlaceFactsBox:
    box = feature_of(window, PlaceFactsFeature).box
    assert box is not None
    return box


def form_of(window: MainWindow) -> PlaceFactForm:
    form = box_of(window).form
    assert form is not None
    return form


def write(window: MainWindow, **values: str) -> None:
    """Type into fields of the form, or choose in them by the words."""
    for path, words in values.items():
        editor = form_of(window).editors[path]
        if isinstance(editor, QComboBox):
            editor.setFocus()
            editor.setCurrentIndex(editor.findText(words))
            assert editor.currentText() == words
        else:
            editor.setFocus()
            editor.selectAll()
            QTest.keyClicks(editor, words)


def accept(window: MainWindow) -> None:
    button = form_of(window).buttons.button(QDialogButtonBox.StandardButton.Ok)
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def ports_of(window: MainWindow) -> tuple[PortFact, ...]:
    return window.desk.case.ports


def chosen(window: MainWindow, row: int) -> EntryList:
    """The list with one of its rows chosen."""
    tree = box_of(window).list
    tree.setCurrentIndex(tree.model().index(row, 0))
    return tree


def rows(window: MainWindow) -> list[list[str]]:
    tree = box_of(window).list
    items = [tree.topLevelItem(row) for row in range(tree.topLevelItemCount())]
    return [[item.text(column) for column in range(4)] for item in items if item is not None]


def test_a_port_is_found_by_keys_its_answer_entered_and_undone_by_keys(make_window: MakeWindow, qtbot: Any) -> None:
    window = window_with(make_window)
    box = box_of(window)
    QTest.keyClick(box, Qt.Key.Key_Insert)
    search = box.search
    assert search is not None
    qtbot.wait_until(lambda: window.finder.is_ready, timeout=30_000)
    QTest.keyClicks(search.line, "Bergen")
    assert not any("airfield" not in text and "port" not in text and "naval base" not in text
                   for text in (search.list.item(row).text() for row in range(search.list.count())))  # fmt: skip
    search.line.setText("port NOBGO")
    QTest.keyClick(search.line, Qt.Key.Key_Return)
    write(window, fit_out="yes", quay_length_m="140", depth_alongside_m="8,5", fit_out_h="4/6/10", source="Meyer")
    QTest.keyClick(form_of(window).editors["source"], Qt.Key.Key_Return)
    assert box.form is None
    (fact,) = ports_of(window)
    assert fact == PortFact(
        port=fact.port, fit_out=QuayAnswer.YES, quay_length_m=140, depth_alongside_m=8.5, source="Meyer",
        fit_out_h=Pert(min=4, mode=6, max=10),
    )  # fmt: skip
    port = WORLD.gazetteer.find_port(fact.port)
    assert port is not None
    assert port.id == "bergen_port"
    assert rows(window)[0][0] == "port"
    assert "Quay, m: 140" in rows(window)[0][2]
    assert rows(window)[0][3] == "Meyer"
    assert "Quay 140 m" in window.desk.case.log[-1].text
    assert len(window.desk.session.edits) == 1
    QTest.keyClick(box, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert ports_of(window) == ()
    assert rows(window) == []
    assert window.desk.case.log == CASE.log
    QTest.keyClick(box, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    assert ports_of(window) == (fact,)


def test_one_fact_is_changed_and_all_that_was_known_or_unknown_stays(make_window: MakeWindow) -> None:
    fields = (FieldFact(icao="ENVA", closed=False), FieldFact(icao="ENBR", parking=2))
    window = window_with(make_window, airfields=fields, ports=(BERGEN,))
    assert [row[1].split()[0] for row in rows(window)] == ["ENVA", "ENBR", "NOBGO"]
    tree = chosen(window, 1)
    QTest.keyClick(tree, Qt.Key.Key_Return)
    loader = form_of(window).editors["has_loader"]
    assert isinstance(loader, ChoiceEditor)
    assert loader.currentData() is None
    write(window, has_loader="no", note="asked at noon")
    accept(window)
    assert window.desk.case.airfields == (
        fields[0], FieldFact(icao="ENBR", parking=2, has_loader=False, note="asked at noon")
    )  # fmt: skip
    assert window.desk.case.airfields[1].closed is None
    assert ports_of(window) == (BERGEN,)


def test_an_emptied_field_is_unknown_again(make_window: MakeWindow) -> None:
    window = window_with(make_window, ports=(BERGEN.model_copy(update={"fit_out": QuayAnswer.UNKNOWN}),))
    box_of(window).show_place("ports", "Bergen")  # the same port under another name
    assert form_of(window).editors["fit_out"].currentData() == "unknown"  # type: ignore[union-attr]
    editor = form_of(window).editors["crane_t"]
    assert isinstance(editor, TextEditor)
    assert editor.text() == "60"
    editor.setFocus()
    editor.selectAll()
    QTest.keyClick(editor, Qt.Key.Key_Delete)
    accept(window)
    assert ports_of(window) == (BERGEN.model_copy(update={"crane_t": None, "fit_out": QuayAnswer.UNKNOWN}),)
    assert said_of(entry_named(window.desk.case, "ports", "NOBGO", WORLD)) == "Fit-out there: asked, not known"


@pytest.mark.parametrize(
    ("path", "name", "field", "typed", "words"),
    [
        ("ports", "Bergen", "depth_alongside_m", "60", "allowed is above 0 to 50 m"),
        ("ports", "Bergen", "crane_t", "big", "'big'"),
        ("ports", "Bergen", "fit_out_h", "10/6/4", "10"),
        ("ports", "Bergen", "fit_out_h", "6/4", "give three numbers"),
        ("airfields", "ENBR", "parking", "0", "1 to 50"),
        ("airfields", "ENBR", "parking", "1.5", "whole"),
    ],
)
def test_a_wrong_value_is_refused_beside_its_field_and_the_case_stays(
    make_window: MakeWindow, path: Any, name: str, field: str, typed: str, words: str
) -> None:
    window = window_with(make_window)
    box_of(window).show_place(path, name)
    write(window, **{field: typed})
    accept(window)
    form = form_of(window)
    assert form.isVisible()
    told = form.beside[field].text()
    assert not form.beside[field].isHidden()
    assert words in told
    assert window.desk.case == CASE
    write(window, **{field: "4"})
    accept(window)
    assert window.desk.case != CASE


def test_a_new_port_needs_a_place_and_one_beside_a_known_port_is_doubted(make_window: MakeWindow) -> None:
    window = window_with(make_window)
    QTest.mouseClick(box_of(window).new_port, Qt.MouseButton.LeftButton)
    accept(window)
    assert not form_of(window).beside["port"].isHidden()
    write(window, port="Fish quay", fit_out="yes")
    accept(window)
    assert "needs a position" in form_of(window).beside["port"].text()
    assert ports_of(window) == ()
    write(window, position="60°23.9'N 005°18.7'E")
    accept(window)
    (fact,) = ports_of(window)
    assert fact.port == "Fish quay"
    assert fact.position is not None
    assert fact.position.lat_deg == pytest.approx(60.3983, abs=1e-3)
    box_of(window).change()
    write(window, port="Bergen")
    editor = form_of(window).editors["port"]
    assert isinstance(editor, TextEditor)
    editor.editingFinished.emit()
    beside = form_of(window).beside["position"]
    assert beside.property("role") == "doubt"
    assert "from the port 'bergen_port'" in beside.text()
    accept(window)
    assert ports_of(window)[0].port == "Bergen"
    assert "bergen_port" in box_of(window).doubts.text()


def test_delete_takes_an_entry_out_and_nothing_typed_adds_none(make_window: MakeWindow) -> None:
    window = window_with(make_window, airfields=(FieldFact(icao="ENVA", closed=True),), ports=(BERGEN,))
    assert not box_of(window).remove.isEnabled()
    tree = chosen(window, 0)
    QTest.keyClick(tree, Qt.Key.Key_Delete)
    assert window.desk.case.airfields == ()
    assert ports_of(window) == (BERGEN,)
    assert "ENVA: taken out" in window.desk.case.log[-1].text
    box_of(window).show_place("airfields", "ENBR")
    accept(window)
    assert form_of(window).problem.text() == "Nothing is entered yet"
    form_of(window).reject()
    assert window.desk.case.airfields == ()


def test_help_in_the_box_tells_of_it(make_window: MakeWindow) -> None:
    window = window_with(make_window)
    assert panel_at(box_of(window).list) == panel_at(box_of(window).add) == "places"


def test_a_saved_case_says_what_was_entered(make_window: MakeWindow, tmp_path: Path) -> None:
    window = window_with(make_window)
    box_of(window).open_form(entry_named(window.desk.case, "airfields", "ENVA", WORLD))
    write(window, closed="yes", loader_delay_h="1/2/4", source="tower")
    accept(window)
    path = tmp_path / "case.toml"
    save_case(window.desk.case, path)
    kept: Case = read_case(path)
    assert kept.airfields == (
        FieldFact(icao="ENVA", closed=True, loader_delay_h=Pert(min=1, mode=2, max=4), source="tower"),
    )
    assert kept == window.desk.case
    assert Position(lat_deg=64.50001, lon_deg=7.50002) == kept.dissub.fix.position


def test_the_details_lead_to_the_place_that_a_gate_asks_of(make_window: MakeWindow) -> None:
    window = window_with(make_window)
    box_of(window).hide()
    asks = reason("ship.quay_unknown", port="L'Île d'Yeu, FR")
    link = place_link(asks)
    assert link is not None
    assert place_of_link(link) == ("ports", "L'Île d'Yeu, FR")
    assert place_link(reason("depth.within", depth_m=1, limit_m=2)) is None
    assert place_of_link("place:ships:x") is None
    assert place_link(reason("order.loader", airfield="ENBR")) == "place:airfields:ENBR"
    option = flown(CASE)
    gate = GateResult(gate=Gate.SHIP, verdict=Verdict.AMBER, reasons=(reason("ship.quay_unknown", port="Bergen"),))
    html = option_html(option.model_copy(update={"gates": (gate,)}), CASE, DAY)
    (found,) = re.findall(r"href='(place:[^']*)'", html)
    window.response.details.anchorClicked.emit(QUrl(found))
    assert box_of(window).isVisible()
    write(window, fit_out="no")
    accept(window)
    assert ports_of(window) == (PortFact(port="Bergen", fit_out=QuayAnswer.NO),)


def test_a_name_that_several_ports_bear_is_asked_for(make_window: MakeWindow, qtbot: Any) -> None:
    window = window_with(make_window)
    box_of(window).show_place("ports", "Newport")
    assert box_of(window).form is None
    search = box_of(window).search
    assert search is not None
    assert search.line.text() == "Newport"
    qtbot.wait_until(lambda: search.list.count() > 1, timeout=30_000)
    QTest.keyClick(search.line, Qt.Key.Key_Return)
    write(window, closed="yes")
    accept(window)
    assert ports_of(window)[0].closed is True


def test_the_command_line_gives_the_numbers_of_the_window_for_the_saved_case(
    make_window: MakeWindow, tmp_path: Path
) -> None:
    """A port that refuses is refused in both, and the hours of every option are the same."""
    case = read_case(Path("resources/cases/demo-norwegian-sea.toml"))
    resources = load_resources()
    window = make_window(case)
    window.desk.resources = resources
    before = plan_case(case, resources, 200)
    port = next(o.via.spod.name for o in before.options if o.via is not None and o.via.spod is not None)
    trigger(window, "place_facts")
    box_of(window).show_place("ports", port)
    write(window, closed="yes")
    accept(window)
    path = tmp_path / "case.toml"
    save_case(window.desk.case, path)
    ours = plan_case(window.desk.case, resources, 200)
    code, printed, error = run("plan", str(path), "--format", "json", "--samples", "200")
    assert code == 0, error
    theirs = json.loads(printed)
    told = json.loads(response_to_json(ours, window.desk.case))
    assert told["options"] == theirs["options"]
    assert [o.time_to_first_rescue_h for o in ours.options] != [o.time_to_first_rescue_h for o in before.options]


def test_a_form_of_an_entry_that_the_case_no_longer_has_closes_and_another_entry_is_never_overwritten(
    make_window: MakeWindow,
) -> None:
    window = window_with(make_window, ports=(BERGEN, PortFact(port="Murmansk", closed=True)))
    box_of(window).show_place("ports", "Bergen")
    write(window, crane_t="100")
    window.desk.edit("ports", [{"port": "Murmansk", "closed": True}])
    assert box_of(window).form is None
    assert ports_of(window) == (PortFact(port="Murmansk", closed=True),)
    box_of(window).show_place("ports", "Bergen")
    window.desk.open_case(CASE, None)
    assert box_of(window).form is None
