"""What is not known and would matter can be copied as a list of questions."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication

from subrescue.desktop.casualty.owner_questions import missing_fields, questions
from subrescue.domain.reasons import reason
from subrescue.domain.stores import Compartment
from tests.desktop.driving import MakeWindow, trigger
from tests.desktop.samples import BELL, CASE, flown, response


def test_questions_about_the_dissub_stand_once_and_those_about_an_asset_under_its_name() -> None:
    unknown = (reason("attitude.dissub_unknown"), reason("depth.limit_unknown"))
    bell = BELL.model_copy(update={"unknowns": unknown})
    lines = questions(CASE, response().model_copy(update={"options": (flown(CASE), bell)})).splitlines()
    assert lines[1:3] == ["Questions about Boat (NO)", "- list and trim of the DISSUB are unknown"]
    assert lines.count("- list and trim of the DISSUB are unknown") == 1
    assert lines[-3:] == ["Questions about the assets", "<Bell> (XX)", "- depth limit unknown"]


def test_fields_of_the_form_that_are_empty_are_asked_with_their_units() -> None:
    missing = missing_fields(CASE)
    assert "List, °" in missing
    assert "Soda lime, kg" in missing
    assert "Depth, m" not in missing
    dissub = CASE.dissub.model_copy(update={"compartments": (Compartment(name="after"),), "list_deg": 0.0})
    by_compartment = missing_fields(CASE.model_copy(update={"dissub": dissub}))
    assert "Soda lime, kg" not in by_compartment
    assert "List, °" not in by_compartment  # upright is known


def test_the_action_copies_the_list_and_says_how_long_it_is(make_window: MakeWindow) -> None:
    window = make_window()
    trigger(window, "copy_questions")
    lines = QApplication.clipboard().text().splitlines()
    count = sum(line.startswith("- ") for line in lines)
    assert lines[0].startswith("EXERCISE")
    assert window.message_bar.text() == f"{count} questions copied"
