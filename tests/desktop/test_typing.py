"""What is typed changes the case, is refused in words, and can be taken back."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QApplication

from subrescue.desktop.casualty.casualty_form import CLASS, DEPTH, POSITION
from subrescue.desktop.parts.editors import ChoiceEditor, NumberEditor, SearchEditor
from subrescue.desktop.parts.themes import THEMES
from subrescue.domain.case import EscapeGear
from subrescue.domain.position import Position
from subrescue.exchange.languages import speaking
from subrescue.exchange.problem_words import told_meaning
from subrescue.store.cases import find_case, read_case
from tests.desktop.driving import MakeWindow, shown, trigger, ttfr, type_into
from tests.desktop.samples import CASE


def test_editing_the_depth_works_the_response_out_again(make_window: MakeWindow, qtbot: Any) -> None:
    window = make_window()
    type_into(window, DEPTH, "100")
    qtbot.wait_until(lambda: ttfr(window) == "40", timeout=5000)
    assert window.desk.case.dissub.depth_m == 100
    trigger(window, "undo")
    qtbot.wait_until(lambda: ttfr(window) == "56", timeout=5000)
    assert window.desk.case == CASE
    trigger(window, "redo")
    qtbot.wait_until(lambda: ttfr(window) == "40", timeout=5000)


def test_opening_every_editor_and_pressing_enter_changes_nothing(make_window: MakeWindow, qtbot: Any) -> None:
    case = read_case(find_case("kursk-2000"))
    window = make_window(case)
    for editor in window.form.editors.values():
        editor.setFocus()
        line = editor.lineEdit() if isinstance(editor, ChoiceEditor) else editor
        if line is not None:
            qtbot.keyClick(line, Qt.Key.Key_Return)
    for notation in ("notation_utm", "notation_mgrs", "notation_dd", "notation_dms"):
        trigger(window, notation)
        qtbot.keyClick(window.form.editors[POSITION], Qt.Key.Key_Return)
    assert window.desk.case == case
    assert not window.desk.session.can_undo


def test_a_refused_text_stays_with_its_reason_and_the_case_keeps_the_old_value(
    make_window: MakeWindow, qtbot: Any
) -> None:
    window = make_window()
    type_into(window, DEPTH, "-5")
    assert window.desk.case.dissub.depth_m == 255.125
    assert window.form.problem_text(DEPTH) == "Found -5; allowed is 0 to 11000 m"
    assert shown(window, DEPTH) == "-5"
    type_into(window, "dissub.list_deg", "10")  # another edit leaves the refused text alone
    assert shown(window, DEPTH) == "-5"
    assert window.form.problem_text(DEPTH) != ""
    qtbot.keyClick(window.form.editors[DEPTH], Qt.Key.Key_Escape)
    assert shown(window, DEPTH) == "255.125"
    assert window.form.problem_text(DEPTH) == ""


def test_a_text_that_is_no_number_is_refused_in_words(make_window: MakeWindow) -> None:
    window = make_window()
    type_into(window, DEPTH, "deep")
    assert window.form.problem_text(DEPTH) == "Found 'deep'; allowed is 0 to 11000 m"


def test_an_emptied_field_is_unknown_and_never_zero(make_window: MakeWindow) -> None:
    window = make_window()
    type_into(window, DEPTH, "")
    assert window.desk.case.dissub.depth_m is None
    editor = window.form.editors[DEPTH]
    assert isinstance(editor, NumberEditor)
    assert editor.text() == ""
    assert editor.placeholderText() == "unknown"


@pytest.mark.parametrize("text", ["64 30.6N 7 30.0E", "64°30'36\"N 007°30'00\"E", "64.51, 7.5"])
def test_a_position_is_typed_in_any_notation(make_window: MakeWindow, text: str) -> None:
    window = make_window()
    type_into(window, POSITION, text)
    assert window.desk.case.dissub.fix.position == Position(lat_deg=64.51, lon_deg=7.5)


def test_an_ambiguous_position_is_asked_back(make_window: MakeWindow) -> None:
    window = make_window()
    type_into(window, POSITION, "64 7")
    assert window.desk.case == CASE
    assert "can be read as" in window.form.problem_text(POSITION)


def test_numbers_that_nothing_parts_are_asked_back_with_what_they_may_mean(make_window: MakeWindow) -> None:
    window = make_window()
    type_into(window, POSITION, "12 34.5 56.7")
    assert window.desk.case == CASE
    assert [button.accessibleName() for button in window.form.offer.buttons] == [
        "12°34.500'N 056°42.000'E (12°34.5' and 56.7°)",
        "12°34.500'N 056°07.000'E (12°34.5' and 56°7', a point for a space)",
    ]
    with speaking("ru"):
        assert told_meaning("12°34.5' and 56°7', a point for a space") == "12°34.5' и 56°7', точка вместо пробела"


def test_a_reading_of_an_ambiguous_position_is_taken_by_a_click(make_window: MakeWindow, qtbot: Any) -> None:
    window = make_window()
    type_into(window, POSITION, "64 30 N 7 30 O")
    assert [button.accessibleName() for button in window.form.offer.buttons] == [
        "64°30.000'N 007°30.000'E (O for Ost, east)",
        "64°30.000'N 007°30.000'W (O for ouest, west)",
    ]
    assert shown(window, POSITION) == "64 30 N 7 30 O"
    west = window.form.offer.buttons[1]
    window.form.editors[POSITION].editingFinished.emit()  # the field loses the focus to the button
    assert window.form.offer.buttons[1] is west
    qtbot.mouseClick(west, Qt.MouseButton.LeftButton)
    assert window.desk.case.dissub.fix.position == Position(lat_deg=64.5, lon_deg=-7.5)
    assert shown(window, POSITION) == "64°30.000'N 007°30.000'W"
    assert window.form.offer.isHidden()
    assert window.form.problem_text(POSITION) == ""
    trigger(window, "undo")
    assert window.desk.case == CASE


def test_a_reading_is_taken_by_its_key_and_a_reading_that_is_the_value_changes_nothing(
    make_window: MakeWindow, qtbot: Any
) -> None:
    window = make_window()
    type_into(window, POSITION, "12.34.30N 45.06.00E")
    qtbot.keyClick(window.form.offer.buttons[0], Qt.Key.Key_Space)
    assert window.desk.case.dissub.fix.position == Position(lat_deg=12.575, lon_deg=45.1)
    type_into(window, POSITION, "12.34.30N 45.06.00E")
    window.activateWindow()
    qtbot.keyClick(window, Qt.Key.Key_1, Qt.KeyboardModifier.AltModifier)
    qtbot.wait_until(window.form.offer.isHidden, timeout=5000)  # a button shows for a moment that it is pressed
    assert window.desk.case.dissub.fix.position == Position(lat_deg=12.575, lon_deg=45.1)
    assert shown(window, POSITION) == "12°34.500'N 045°06.000'E"
    assert window.desk.session.at == 1


def test_readings_go_when_the_text_is_taken_back_or_mended(make_window: MakeWindow, qtbot: Any) -> None:
    window = make_window()
    type_into(window, POSITION, "64 7")
    assert "64°7', one coordinate alone" in window.form.problem_text(POSITION)
    assert len(window.form.offer.buttons) == 1
    qtbot.keyClick(window.form.editors[POSITION], Qt.Key.Key_Escape)
    assert window.form.offer.isHidden()
    type_into(window, POSITION, "64 7")
    type_into(window, POSITION, "hello")
    assert window.form.offer.isHidden()
    assert "Found 'hello'" in window.form.problem_text(POSITION)
    type_into(window, POSITION, "64 7")
    type_into(window, POSITION, "64 N 7 E")
    assert window.form.offer.isHidden()
    assert window.desk.case.dissub.fix.position == Position(lat_deg=64, lon_deg=7)


def test_beyond_84_north_utm_gives_way_to_ups(make_window: MakeWindow) -> None:
    window = make_window()
    trigger(window, "notation_utm")
    type_into(window, POSITION, "UPS north 2000000 1500000")
    assert shown(window, POSITION) == "UPS north 2000000 1500000"


def test_arrow_keys_step_a_number_within_its_range(make_window: MakeWindow, qtbot: Any) -> None:
    window = make_window()
    editor = window.form.editors["environment.wave_height_m"]
    qtbot.keyClick(editor, Qt.Key.Key_Up)
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    assert window.desk.case.environment.wave_height_m == 2.5


def test_the_class_is_found_by_a_part_of_its_name(make_window: MakeWindow) -> None:
    window = make_window()
    editor = window.form.editors[CLASS]
    assert isinstance(editor, ChoiceEditor)
    line = editor.lineEdit()
    assert line is not None
    line.setText("ula")
    line.editingFinished.emit()
    assert window.desk.case.dissub.class_id == "ula"


def test_an_assumption_is_changed_marked_and_reset(make_window: MakeWindow) -> None:
    window = make_window()
    model = window.assumptions.model
    assert model.setData(model.index(0, 2), "20")
    assert window.desk.case.assumptions["fit_out.certified_h"].mode == 20
    assert model.index(0, 0).data() == "▸ Fit-out of a certified ship, h"
    assert not model.setData(model.index(0, 3), "500")
    assert "allowed is 0 to 200 h" in window.assumptions.problem_text()
    assert not window.assumptions.reset.isEnabled()
    window.assumptions.table.selectRow(0)
    window.assumptions.reset.click()
    assert window.desk.case.assumptions == {}
    assert not window.assumptions.reset.isEnabled()


def test_compartments_are_edited_in_their_table(make_window: MakeWindow) -> None:
    window = make_window(read_case(find_case("demo-norwegian-sea")))
    model = window.form.compartments.model
    assert model.index(0, 0).data() == "12"
    assert not model.setData(model.index(0, 0), "12")
    assert model.setData(model.index(0, 0), "10")
    assert window.desk.case.dissub.compartments[0].people == 10
    model.setData(model.index(0, 0), "-1")
    assert "Found -1" in window.form.problem_text("dissub.compartments")
    trigger(window, "undo")
    assert model.index(0, 0).data() == "12"


def test_escape_gear_is_chosen_by_its_words_and_unknown_where_nobody_knows(make_window: MakeWindow) -> None:
    window = make_window(read_case(find_case("demo-norwegian-sea")))
    gear = window.form.editors["dissub.escape_gear"]
    assert isinstance(gear, ChoiceEditor)
    assert [gear.itemText(place) for place in range(gear.count())] == ["unknown", "suit and raft", "lifejacket"]
    assert gear.currentText() == "unknown"
    gear.activated.emit(2)
    assert window.desk.case.dissub.escape_gear is EscapeGear.LIFEJACKET
    assert gear.currentText() == "lifejacket"
    gear.activated.emit(0)
    assert window.desk.case.dissub.escape_gear is None


def test_what_contradicts_itself_stands_above_the_response(make_window: MakeWindow, qtbot: Any) -> None:
    window = make_window(read_case(find_case("demo-norwegian-sea")))
    model = window.form.compartments.model
    model.setData(model.index(0, 0), "5")
    words = "Compartments: 14 people in compartments"
    qtbot.wait_until(lambda: words in window.response.headline.text(), timeout=5000)


def test_a_stated_survival_needs_all_of_its_figures(make_window: MakeWindow) -> None:
    window = make_window()
    stated = window.form.stated
    for name, text in (("p10_h", "40"), ("p50_h", "50"), ("p90_h", "70")):
        stated.hours[name].setText(text)
        stated.hours[name].editingFinished.emit()
    assert window.desk.case.dissub.survival_override is None
    stated.source.setText("Owner")
    stated.source.editingFinished.emit()
    override = window.desk.case.dissub.survival_override
    assert override is not None
    assert (override.p50_h, override.source) == (50, "Owner")


def test_a_class_is_offered_by_the_name_that_its_navy_paints_on_it(make_window: MakeWindow, qtbot: Any) -> None:
    """U 212A holds no name of the list: what bears its designation is offered, and nothing is chosen by itself."""
    window = make_window()
    editor = window.form.editors[CLASS]
    assert isinstance(editor, SearchEditor)
    editor.set_choices([("Todaro (Type 212A) (IT)", "todaro"), ("Type 212A (DE)", "type-212a"), ("Ula (NO)", "ula")])
    line = editor.lineEdit()
    assert line is not None

    def offered(words: str) -> list[str]:
        line.clear()
        qtbot.keyClicks(line, words)
        return [str(editor.found.index(row, 0).data()) for row in range(editor.found.rowCount())]

    assert offered("u212a") == ["Todaro (Type 212A) (IT)", "Type 212A (DE)"]
    assert offered("type212a") == ["Todaro (Type 212A) (IT)", "Type 212A (DE)"]
    assert offered("ula") == ["Ula (NO)"]
    assert offered("zzz") == []
    before = window.desk.case.dissub.class_id
    offered("u212a")
    line.editingFinished.emit()
    assert window.desk.case.dissub.class_id == before


def test_a_click_into_a_list_selects_what_stands_there_so_that_typing_searches(
    make_window: MakeWindow, qtbot: Any
) -> None:
    window = make_window()
    editor = window.form.editors[CLASS]
    assert isinstance(editor, SearchEditor)
    line = editor.lineEdit()
    assert line is not None
    QApplication.sendEvent(editor, QFocusEvent(QFocusEvent.Type.FocusIn, Qt.FocusReason.MouseFocusReason))
    qtbot.mouseClick(line, Qt.MouseButton.LeftButton)
    assert line.selectedText() == line.text() != ""
    qtbot.mouseClick(line, Qt.MouseButton.LeftButton)  # the next one sets the cursor, as in any field
    assert line.selectedText() == ""


def test_a_time_is_typed_as_a_date_time_group_in_every_field_of_the_form(make_window: MakeWindow) -> None:
    window = make_window()
    type_into(window, "dissub.sunk_at", "230130Z NOV 26")
    assert window.desk.case.dissub.sunk_at == CASE.alert - timedelta(hours=4.5)
    assert shown(window, "dissub.sunk_at") == "2026-11-23 01:30Z"
    type_into(window, "dissub.sunk_at", "230230Z")  # near the clock of the desk
    assert window.desk.case.dissub.sunk_at == CASE.alert - timedelta(hours=3.5)
    type_into(window, "dissub.sunk_at", "230330")
    assert "231407Z NOV 26" in window.form.problem_text("dissub.sunk_at")


def test_a_refused_text_looks_refused_in_a_field_that_was_unknown_too(make_window: MakeWindow) -> None:
    """It kept the pale look of an unknown field, and only the line below said that nothing was taken."""
    window = make_window()
    window.show()
    known, unknown = window.form.editors[DEPTH], window.form.editors["dissub.survivors"]
    fills = []
    for path, editor in ((DEPTH, known), ("dissub.survivors", unknown)):
        type_into(window, path, "many")
        editor.clearFocus()
        fills.append(editor.grab().toImage().pixelColor(4, editor.height() // 2).name())
    assert fills[0] == fills[1] == THEMES["day"].error_fill.lower()


def test_typing_after_an_arrow_key_searches_for_a_class_and_adds_to_no_name(
    make_window: MakeWindow, qtbot: Any
) -> None:
    """Down chose the first class, and what was typed next was set before its name and found that class again."""
    window = make_window()
    window.show()
    editor = window.form.editors[CLASS]
    assert isinstance(editor, SearchEditor)
    editor.set_choices([("Akula (RU)", "akula"), ("Tridente (PT)", "tridente"), ("Ula (NO)", "ula")])
    line = editor.lineEdit()
    assert line is not None
    line.setFocus()
    qtbot.wait_until(line.hasFocus)
    qtbot.keyClick(line, Qt.Key.Key_Down)
    assert line.text() == line.selectedText() != ""
    qtbot.keyClicks(line, "trid")
    assert line.text() == "trid"
