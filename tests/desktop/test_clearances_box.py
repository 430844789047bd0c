"""What nations answer on the telephone is entered in the window, checked, undone, and planned with as the file is."""

from __future__ import annotations

import re
from dataclasses import replace
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QDialogButtonBox

from subrescue.desktop.case.case_files import save_case
from subrescue.desktop.clearances.clearance_facts import ClearanceEntry, said_of
from subrescue.desktop.clearances.clearance_form import ClearanceForm
from subrescue.desktop.clearances.clearance_links import clearance_links, clearance_of_link
from subrescue.desktop.clearances.clearances_feature import ClearancesBox, ClearancesFeature
from subrescue.desktop.features import feature_of
from subrescue.desktop.main_window import MainWindow
from subrescue.desktop.parts.editors import ChoiceEditor, TextEditor
from subrescue.desktop.parts.themes import DAY
from subrescue.desktop.response.details import headline_html, option_html
from subrescue.desktop.window.help_feature import panel_at
from subrescue.domain.case import LandingClearance
from subrescue.domain.first_order import FirstOrder
from subrescue.domain.quantities import Pert
from subrescue.domain.reasons import reason
from subrescue.domain.response import Gate, GateResult, Verdict
from subrescue.domain.sea_clearances import SeaClearance
from subrescue.earth.world import load_world
from subrescue.store.cases import read_case
from subrescue.store.registry import load_registry
from tests.desktop.driving import MakeWindow, trigger
from tests.desktop.samples import CASE, RESOURCES, flown
from tests.desktop.samples import response as response_of

SWEDEN = LandingClearance(nation="SE", overflight_refused=True, source="duty officer")
LED = SeaClearance(nation="RU", icebreaker=True, lead_h=Pert(min=24, mode=48, max=96))
CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


def window_with(make_window: MakeWindow, **lists: Any) -> MainWindow:
    window = make_window(CASE.model_copy(update=lists))
    window.desk.resources = replace(RESOURCES, world=load_world(), registry=load_registry())
    trigger(window, "clearances")
    return window


def box_of(window: MainWindow) -> ClearancesBox:
    box = feature_of(window, ClearancesFeature).box
    assert isinstance(box, ClearancesBox)
    return box


def form_of(window: MainWindow) -> ClearanceForm:
    form = box_of(window).form
    assert isinstance(form, ClearanceForm)
    return form


def write(window: MainWindow, **values: str) -> None:
    """Type into fields of the form, or choose in them by the words."""
    for path, words in values.items():
        editor = form_of(window).editors[path]
        editor.setFocus()
        if isinstance(editor, QComboBox):
            editor.setCurrentIndex(editor.findText(words))
            assert editor.currentText() == words
            editor.activated.emit(editor.currentIndex())
        else:
            editor.selectAll()
            QTest.keyClick(editor, Qt.Key.Key_Delete)
            QTest.keyClicks(editor, words)
            editor.editingFinished.emit()


def accept(window: MainWindow) -> None:
    button = form_of(window).buttons.button(QDialogButtonBox.StandardButton.Ok)
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def rows(window: MainWindow) -> list[list[str]]:
    tree = box_of(window).list
    items = [tree.topLevelItem(row) for row in range(tree.topLevelItemCount())]
    return [[item.text(column) for column in range(4)] for item in items if item is not None]


def text_of(window: MainWindow, path: str) -> str:
    editor = form_of(window).editors[path]
    assert isinstance(editor, TextEditor)
    return editor.text()


def test_sweden_refuses_overflight_by_keys_alone_and_undo_takes_it_back(make_window: MakeWindow) -> None:
    window = window_with(make_window)
    box = box_of(window)
    QTest.keyClick(box, Qt.Key.Key_Insert)
    write(window, nation="swed", overflight_refused="yes", source="duty officer")
    assert text_of(window, "nation") == "Sweden (SE)"
    QTest.keyClick(form_of(window).editors["source"], Qt.Key.Key_Return)
    assert box.form is None
    assert window.desk.case.clearances == (SWEDEN,)
    assert rows(window) == [["aircraft", "Sweden (SE)", "Overflight refused: yes", "duty officer"]]
    assert "Overflight refused yes" in window.desk.case.log[-1].text
    assert len(window.desk.session.edits) == 1
    QTest.keyClick(box, Qt.Key.Key_Z, CONTROL)
    assert (window.desk.case.clearances, rows(window), window.desk.case.log) == ((), [], CASE.log)
    QTest.keyClick(box, Qt.Key.Key_Z, CONTROL | SHIFT)
    assert window.desk.case.clearances == (SWEDEN,)


def test_russia_leads_behind_an_icebreaker_and_the_file_says_so(make_window: MakeWindow, tmp_path: Path) -> None:
    window = window_with(make_window)
    QTest.keyClick(box_of(window), Qt.Key.Key_Insert, SHIFT)
    assert form_of(window).hints["passages"].isHidden()
    write(window, nation="RU", icebreaker="yes")
    hint = form_of(window).hints["passages"]
    assert "Kerch" not in hint.toolTip()
    assert "Vilkitsky" in hint.toolTip()
    write(window, passages="kara gate, vilkitsky", ships_of="norway, GB", lead_h="24/48/96", ice_speed_kn="5")
    assert hint.isHidden()
    accept(window)
    (word,) = window.desk.case.sea_clearances
    assert word == SeaClearance(
        nation="RU", passages=("kara_gate", "vilkitsky"), ships_of=("NO", "GB"), icebreaker=True,
        lead_h=Pert(min=24, mode=48, max=96), ice_speed_kn=Pert.exactly(5),
    )  # fmt: skip
    path = tmp_path / "case.toml"
    save_case(window.desk.case, path)
    assert read_case(path).sea_clearances == (word,)


@pytest.mark.parametrize(
    ("path", "field", "typed", "words"),
    [
        ("clearances", "holds_from", "2026-11-30 06:00", "a time needs a zone"),
        ("sea_clearances", "holds_until", "tomorrow", "a time with its zone is needed"),
        ("clearances", "nation", "Swedn", "did you mean 'Sweden (SE)'?"),
        ("clearances", "nation", "land", "did you mean"),
        ("clearances", "nation", "SE, NO", "one name is needed"),
        ("clearances", "aircraft_of", "US, Swedn", "the unknown name 'Swedn'"),
        ("clearances", "lead_h", "10/6/4", "10"),
        ("clearances", "overflight_h", "soon", "'soon'"),
        ("sea_clearances", "passages", "Kara Gat of", "did you mean"),
        ("sea_clearances", "ice_speed_kn", "40", "at most 30 kn"),
        ("sea_clearances", "ships", "no such ship at all", "the unknown name"),
    ],
)
def test_a_wrong_value_is_refused_beside_its_field_and_the_case_stays(
    make_window: MakeWindow, path: Any, field: str, typed: str, words: str
) -> None:
    window = window_with(make_window)
    box_of(window).begin(path)
    given = {"nation": "NO", "refused": "yes"} | {field: typed}
    write(window, **given)
    accept(window)
    form = form_of(window)
    assert not form.beside[field].isHidden()
    assert words in form.beside[field].text()
    assert window.desk.case == CASE
    good = {"nation": "NO", "aircraft_of": "US", "passages": "Suez", "ships": "", "ice_speed_kn": "5"}
    good |= {"holds_from": "2026-11-30 06:00Z", "holds_until": "021200Z DEC 26"}
    write(window, **{field: good.get(field, "4")})
    accept(window)
    assert box_of(window).form is None
    assert window.desk.case != CASE


def test_without_a_nation_or_with_nothing_said_there_is_no_clearance(make_window: MakeWindow) -> None:
    window = window_with(make_window)
    box_of(window).begin("clearances")
    write(window, refused="yes")
    accept(window)
    assert "the name or the code of a nation is needed" in form_of(window).beside["nation"].text()
    write(window, nation="Finland", refused="unknown")
    accept(window)
    assert form_of(window).problem.text() == "Nothing is entered yet"
    assert window.desk.case == CASE
    write(window, refused="no")  # no is an answer: it opens the nation
    accept(window)
    assert window.desk.case.clearances == (LandingClearance(nation="FI", refused=False),)


def test_what_does_nothing_is_doubted_beside_its_field(make_window: MakeWindow) -> None:
    window = window_with(make_window, sea_clearances=(LED,))
    box_of(window).choose("sea_clearances", 0)
    box_of(window).change()
    write(window, refused="yes")
    beside = form_of(window).beside["lead_h"]
    assert (beside.text(), beside.property("role")) == (
        "hours for what is refused; the refusal counts: leave out one of both", "doubt"
    )  # fmt: skip
    accept(window)
    assert "hours for what is refused" in box_of(window).doubts.text()


def test_of_two_words_of_one_nation_each_is_changed_and_taken_out_alone(make_window: MakeWindow) -> None:
    turned_away = SeaClearance(nation="RU", passages=("kerch",), refused=True)
    window = window_with(make_window, clearances=(SWEDEN,), sea_clearances=(turned_away, LED))
    box = box_of(window)
    assert [row[:2] for row in rows(window)] == [
        ["aircraft", "Sweden (SE)"], ["ships at sea", "Russia (RU)"], ["ships at sea", "Russia (RU)"]
    ]  # fmt: skip
    box.choose("sea_clearances", 1)
    QTest.keyClick(box.list, Qt.Key.Key_Return)
    write(window, ice_speed_kn="4/6/9")
    accept(window)
    slower = LED.model_copy(update={"ice_speed_kn": Pert(min=4, mode=6, max=9)})
    assert window.desk.case.sea_clearances == (turned_away, slower)
    assert window.desk.case.log[-1].text == "Sea clearances, RU, Speed in ice: unknown → 4/6/9 kn"
    assert box.chosen() == ClearanceEntry("sea_clearances", 1, slower)
    box.choose("sea_clearances", 0)
    QTest.keyClick(box.list, Qt.Key.Key_Delete)
    assert window.desk.case.sea_clearances == (slower,)
    assert window.desk.case.clearances == (SWEDEN,)


def test_a_form_of_an_entry_that_the_case_no_longer_has_closes(make_window: MakeWindow) -> None:
    window = window_with(make_window, clearances=(SWEDEN,))
    box_of(window).choose("clearances", 0)
    box_of(window).change()
    window.desk.edit("clearances", [])
    assert box_of(window).form is None
    assert window.desk.case.clearances == ()


def test_an_emptied_list_means_all_and_an_emptied_hour_is_unknown(make_window: MakeWindow) -> None:
    known = LandingClearance(nation="FI", aircraft_of=("US", "GB"), lead_h=Pert.exactly(6), refused=False)
    window = window_with(make_window, clearances=(known,))
    box_of(window).choose("clearances", 0)
    box_of(window).change()
    assert text_of(window, "aircraft_of") == "United States of America (US), United Kingdom (GB)"
    for path in ("aircraft_of", "lead_h"):
        editor = form_of(window).editors[path]
        assert isinstance(editor, TextEditor)
        editor.selectAll()
        QTest.keyClick(editor, Qt.Key.Key_Delete)
    accept(window)
    assert window.desk.case.clearances == (LandingClearance(nation="FI", refused=False),)


def test_ids_and_codes_are_told_by_names(make_window: MakeWindow) -> None:
    window = window_with(make_window)
    ship = next(iter(window.desk.resources.registry.ships.values()))  # type: ignore[union-attr]
    word = SeaClearance(nation="TR", passages=("bosporus",), ships=(ship.id,), warships=True, refused=True)
    said = said_of(ClearanceEntry("sea_clearances", 0, word), window.desk.case, window.desk.resources)
    assert said == f"Passages: Bosporus; Ships: {ship.name}; Warships only: yes; Refused: yes"


def test_help_in_the_box_tells_of_it(make_window: MakeWindow) -> None:
    window = window_with(make_window)
    assert panel_at(box_of(window).list) == panel_at(box_of(window).of_air) == "clearances"


def links_in(window: MainWindow, *whys: Any) -> list[str]:
    option = flown(CASE)
    gate = GateResult(gate=Gate.LIFT, verdict=Verdict.AMBER, reasons=whys)
    html = option_html(option.model_copy(update={"gates": (gate,)}), CASE, DAY)
    return [unescape(link) for link in re.findall(r"href='(clearance:[^']*)'", html)]


def test_the_details_lead_to_the_clearance_of_each_nation_for_the_fleet_that_asks(make_window: MakeWindow) -> None:
    known = LandingClearance(nation="SE", overflight_h=Pert.exactly(6))
    window = window_with(make_window, clearances=(known,))
    registry = window.desk.resources.registry  # type: ignore[union-attr]
    fleet = next(one for one in registry.aircraft_fleets.values() if one.nations == ("GB",))
    asks = reason("lift.overflight_unknown", fleet=fleet.name, nations="SE, FI", hours=12.0)
    sweden, finland = links_in(window, asks)
    box_of(window).hide()
    window.response.details.anchorClicked.emit(QUrl(finland))
    assert box_of(window).isVisible()
    assert text_of(window, "nation") == "Finland (FI)"
    assert text_of(window, "aircraft_of") == "United Kingdom (GB)"
    accept(window)
    assert form_of(window).problem.text() == "Nothing is entered yet"
    write(window, overflight_refused="yes")
    accept(window)
    said = LandingClearance(nation="FI", aircraft_of=("GB",), overflight_refused=True)
    assert window.desk.case.clearances == (known, said)
    window.response.details.anchorClicked.emit(QUrl(sweden))
    assert text_of(window, "overflight_h") == "6"
    form_of(window).reject()


def test_the_details_lead_to_the_leave_that_a_ship_needs(make_window: MakeWindow) -> None:
    window = window_with(make_window, sea_clearances=(LED,))
    names = "Kara Gate, Vilkitsky Strait"
    ship = next(iter(window.desk.resources.registry.ships.values())).name  # type: ignore[union-attr]
    (icy,) = links_in(window, reason("ship.leave_unasked", ship=ship, passages=names, nations="RU"))
    (straits,) = links_in(window, reason("ship.straits", ship=ship))
    window.response.details.anchorClicked.emit(QUrl(icy))
    assert text_of(window, "lead_h") == "24/48/96"
    window.response.details.anchorClicked.emit(QUrl(straits))
    assert [text_of(window, path) for path in ("nation", "passages", "ships")] == [
        "Turkey (TR)", "Bosporus, Dardanelles", ship
    ]  # fmt: skip
    form_of(window).reject()


def test_what_has_to_be_asked_first_has_its_link_too() -> None:
    straits = reason("ship.straits_at_war", ship="Kommuna")
    html = option_html(flown(CASE).model_copy(update={"unknowns": (straits,), "notes": (straits,)}), CASE, DAY)
    assert html.count("href='clearance:sea_clearances:TR?") == 2


def test_the_orders_at_the_head_lead_to_where_their_answers_are_entered(make_window: MakeWindow) -> None:
    window = window_with(make_window)
    box_of(window).hide()
    order = FirstOrder(order=reason("order.overflight", nations="SE", fleet="RAF C-17"), options=("NSRS",))
    found = response_of(CASE).model_copy(update={"first_orders": (order,)})
    _, rest = headline_html(found, DAY)
    (address,) = [unescape(link) for link in re.findall(r"href='(clearance:[^']*)'", rest)]
    head = window.response.head
    is_folded = head.is_folded
    head.label.linkActivated.emit(address)
    assert text_of(window, "nation") == "Sweden (SE)"
    assert head.is_folded == is_folded
    form_of(window).reject()


def test_every_reason_that_names_leave_has_a_link_and_no_other_has() -> None:
    link = clearance_links(reason("sea.refused", passages="Kara Gate"))[0]
    assert clearance_of_link(link.address) == link
    assert clearance_links(reason("depth.within", depth_m=1, limit_m=2)) == []
    assert clearance_of_link("place:airfields:ENVA") is None
    assert clearance_of_link("clearance:ports:SE?") is None


def test_the_list_of_names_is_led_by_keys(make_window: MakeWindow, qtbot: Any) -> None:
    window = window_with(make_window)
    box_of(window).begin("sea_clearances")
    editor = form_of(window).editors["passages"]
    assert not isinstance(editor, ChoiceEditor)
    editor.setFocus()
    QTest.keyClicks(editor, "vilk")
    popup = editor._completer.popup()  # type: ignore[attr-defined]
    qtbot.wait_until(popup.isVisible)
    QTest.keyClick(popup, Qt.Key.Key_Down)
    QTest.keyClick(popup, Qt.Key.Key_Return)
    assert editor.text() == "Vilkitsky Strait"
    assert box_of(window).form is not None
    QTest.keyClicks(editor, ", suez")
    QTest.keyClick(popup, Qt.Key.Key_Down)
    QTest.keyClick(popup, Qt.Key.Key_Return)
    assert editor.text() == "Vilkitsky Strait, Suez Canal"
    QTest.keyClick(editor, Qt.Key.Key_Escape)
    form_of(window).reject()


def test_fleets_airfields_and_ports_are_entered_and_empty_means_all(make_window: MakeWindow) -> None:
    window = window_with(make_window)
    box_of(window).begin("clearances")
    assert form_of(window).editors["airfields"].placeholderText() == "all"
    write(window, nation="Norway", fleets="RAF C-17", airfields="ENVA, ENBO", lead_h="4/6/10")
    accept(window)
    (landing,) = window.desk.case.clearances
    assert (landing.fleets, landing.airfields) == (("gb-c17",), ("ENVA", "ENBO"))
    box_of(window).begin("sea_clearances")
    assert form_of(window).editors["ports"].placeholderText() == "all"
    write(window, nation="Norway", calls="yes", ports="Bergen", refused="yes")
    accept(window)
    (call,) = window.desk.case.sea_clearances
    assert (call.calls, call.ports, call.refused) == (True, ("Bergen",), True)
