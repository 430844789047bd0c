"""The history says every edit in words and goes to any of them, and nothing is lost on the way."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from subrescue.desktop.case.edit_history import HistoryFeature, HistoryWindow
from subrescue.desktop.case.edit_words import EditWords, edit_words
from subrescue.desktop.case.session import CaseSession, Edit
from subrescue.desktop.main_window import MainWindow
from subrescue.desktop.parts.words import set_language
from subrescue.domain.case import Offer, OfferState, Plight, PortFact
from subrescue.domain.position import Position
from subrescue.domain.quantities import Pert
from subrescue.domain.sea_clearances import SeaClearance
from tests.desktop.driving import MakeWindow, trigger
from tests.desktop.samples import CASE, RESOURCES

DEPTH = "dissub.depth_m"


@pytest.mark.parametrize(
    ("edit", "words"),
    [
        (Edit(DEPTH, 255.125, 300.0), EditWords("Depth", "255.125 m", "300 m")),
        (Edit(DEPTH, None, 0.0), EditWords("Depth", "unknown", "0 m")),
        (Edit("dissub.entangled", True, False), EditWords("Entangled", "yes", "no")),
        (
            Edit("dissub.fix.position", Position(lat_deg=64.5, lon_deg=-7.25), None),
            EditWords("Position", "64°30.000'N 007°15.000'W", "unknown"),
        ),
        (
            Edit("assumptions.fit_out.certified_h", None, Pert(min=8, mode=12.5, max=18)),
            EditWords("Fit-out of a certified ship", "as shipped", "12.5 (8-18) h"),
        ),
        (
            Edit("dissub.sunk_at", None, datetime(2026, 11, 22, 3, 4, tzinfo=UTC)),
            EditWords("Sunk at", "unknown", "2026-11-22 03:04Z"),
        ),
        (Edit("a.field.of.tomorrow", (), (1, 2)), EditWords("a.field.of.tomorrow", "–", "1 added; 2 added")),
        (Edit("assumptions.not.known", 1, 2), EditWords("not.known", "1", "2")),
    ],
)
def test_an_edit_is_said_with_title_unit_and_both_values(edit: Edit, words: EditWords) -> None:
    assert edit_words(edit, "dm", RESOURCES.assumptions) == words


def test_choices_and_positions_of_the_history_are_in_the_language_of_the_window() -> None:
    set_language("ru")
    plight = edit_words(Edit("dissub.plight", None, Plight.BOTTOMED), "dm")
    place = edit_words(Edit("dissub.fix.position", None, Position(lat_deg=64.5, lon_deg=-7.25)), "dm")
    set_language("en")
    assert (plight.before, plight.after) == ("неизвестно", "на грунте")
    assert place.after == "64°30,000' с.ш. 007°15,000' з.д."


OBAN = PortFact(port="Oban", quay_length_m=120.0)
MALLAIG = PortFact(port="Mallaig", position=Position(lat_deg=57.0, lon_deg=-5.825), closed=True)


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        ((), (OBAN,), ("–", "Oban (Quay 120 m) added")),
        ((OBAN, MALLAIG), (OBAN,), ("Mallaig (Position 57°00.000'N 005°49.500'W, Closed yes)", "Mallaig taken out")),
        (
            (OBAN, MALLAIG),
            (OBAN.model_copy(update={"quay_length_m": 150.5, "ro_ro": True}), MALLAIG),
            ("Oban, Quay: 120 m; Oban, Ro-ro: unknown", "Oban, Quay: 150.5 m; Oban, Ro-ro: yes"),
        ),
        ((OBAN, MALLAIG), (MALLAIG, OBAN), ("2 entries", "2 entries")),
    ],
)
def test_of_a_list_the_history_says_which_entries_came_went_or_changed(
    before: tuple[PortFact, ...], after: tuple[PortFact, ...], words: tuple[str, str]
) -> None:
    said = edit_words(Edit("ports", before, after), "dm")
    assert (said.before, said.after) == words


def test_of_several_entries_of_one_nation_the_history_says_the_one_that_changed() -> None:
    turned_away = SeaClearance(nation="RU", passages=("kerch",), refused=True)
    led = SeaClearance(nation="RU", ships_of=("NO", "GB"), icebreaker=True)
    slower = led.model_copy(update={"ice_speed_kn": Pert(min=3, mode=4, max=5)})
    added = edit_words(Edit("sea_clearances", (turned_away,), (turned_away, led)), "dm")
    changed = edit_words(Edit("sea_clearances", (turned_away, led), (turned_away, slower)), "dm")
    taken_out = edit_words(Edit("sea_clearances", (turned_away, led), (led,)), "dm")
    assert (added.before, added.after) == ("–", "RU (Ships of NO, GB, Icebreaker yes) added")
    assert (changed.before, changed.after) == ("RU, Speed in ice: unknown", "RU, Speed in ice: 4 (3-5) kn")
    assert (taken_out.before, taken_out.after) == ("RU (Passages kerch, Refused yes)", "RU taken out")


def test_entries_that_are_named_by_id_have_the_names_of_assets() -> None:
    asked, offered = (Offer(asset="gb-nsrs", state=state) for state in (OfferState.ASKED, OfferState.OFFERED))
    said = edit_words(Edit("offers", (asked,), (offered,)), "dm", None, {"gb-nsrs": "NSRS"})
    assert (said.before, said.after) == ("NSRS, State: asked", "NSRS, State: offered")


def test_what_stands_in_a_case_by_its_id_is_said_by_name_and_notes_stay_as_they_are() -> None:
    names = {"kiel": "Kiel Canal", "kilo": "Kilo (877)", "cabot": "USNS Cabot"}
    shut = edit_words(Edit("closed_passages", (), ("kiel",)), "dm", None, names)
    boat = edit_words(Edit("dissub.class_id", None, "kilo"), "dm", None, names)
    before = SeaClearance(nation="DE", passages=("kiel",), refused=True)
    word = before.model_copy(update={"ships": ("cabot",), "note": "kiel"})
    leave = edit_words(Edit("sea_clearances", (before,), (word,)), "dm", None, names)
    assert (shut.after, boat.after) == ("Kiel Canal added", "Kilo (877)")
    assert leave.after == "DE, Ships, USNS Cabot added; DE, Note: kiel"


def test_what_changed_in_a_list_is_said_in_the_language_of_the_window() -> None:
    edit = Edit("ports", (OBAN, MALLAIG), (OBAN.model_copy(update={"quay_length_m": 150.5}),))
    set_language("ru")
    russian = edit_words(edit, "dm")
    set_language("fr")
    french = edit_words(edit, "dm")
    set_language("en")
    assert russian.after == "Oban, Причал: 150,5 м; Mallaig: снято"
    assert french.after.replace("\N{NO-BREAK SPACE}", " ") == "Oban, Quai : 150,5 m ; Mallaig : retiré"


def history(window: MainWindow) -> HistoryWindow:
    trigger(window, "edit_history")
    box = next(feature.box for feature in window.features if isinstance(feature, HistoryFeature))
    assert box is not None
    return box


def lines(box: HistoryWindow) -> list[tuple[str, str, bool]]:
    items = [box.list.topLevelItem(row) for row in range(box.list.topLevelItemCount())]
    return [(item.text(0), item.text(2), item.font(0).bold()) for item in items if item is not None]


def test_the_chosen_edit_is_said_in_full_below_the_list(make_window: MakeWindow) -> None:
    window = make_window()
    box = history(window)
    assert box.whole.isHidden()  # the case as it was opened
    window.desk.edit(DEPTH, 300.0)
    assert box.whole.text() == "Depth: 255.125 m → 300 m"
    window.desk.undo()
    assert box.whole.isHidden()


def test_choosing_a_line_goes_there_and_the_later_edits_stay(make_window: MakeWindow) -> None:
    window = make_window()
    box = history(window)
    assert lines(box) == [("Case as opened", "", True)]
    for depth_m in (100.0, 200.0, 300.0):
        window.desk.edit(DEPTH, depth_m)
    assert lines(box)[1:] == [("Depth", "100 m", False), ("Depth", "200 m", False), ("Depth", "300 m", True)]
    item = box.list.topLevelItem(1)
    assert item is not None
    box.list.itemActivated.emit(item, 0)
    assert window.desk.case.dissub.depth_m == 100
    assert [bold for _, _, bold in lines(box)] == [False, True, False, False]
    trigger(window, "redo")
    assert window.desk.case.dissub.depth_m == 200
    window.desk.session.saved()
    window.desk.case_changed.emit()
    assert lines(box)[2][0] == "Depth (saved)"
    window.desk.edit(DEPTH, 50.0)
    assert [line[1] for line in lines(box)] == ["", "100 m", "200 m", "50 m"]


@given(st.lists(st.integers(1, 500), max_size=6, unique=True), st.data())
def test_any_way_through_the_history_ends_in_the_same_cases(depths_m: list[int], data: Any) -> None:
    session = CaseSession(CASE)
    cases = [CASE]
    for depth_m in depths_m:
        session.set(DEPTH, float(depth_m))
        cases.append(session.case)
    edits = session.edits
    for at in data.draw(st.lists(st.integers(0, len(edits)), max_size=6)):
        session.go_to(at)
        assert session.case == cases[at]
        assert (session.edits, session.at) == (edits, at)
    with pytest.raises(IndexError):
        session.go_to(len(edits) + 1)
