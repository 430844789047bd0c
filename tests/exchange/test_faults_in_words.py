"""Whatever is wrong with a position or a case is told whole in French and Russian, positions as seamen write them."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from subrescue.domain.case import Case
from subrescue.domain.errors import InputError, Problem
from subrescue.domain.stores import Compartment, Stores
from subrescue.earth.positions.coordinates import parse_position
from subrescue.exchange.field_words import case_field
from subrescue.exchange.languages import speaking
from subrescue.exchange.problem_words import told_doubt, told_lines, told_problem, told_reading
from subrescue.store.contradictions import contradictory
from tests.desktop.samples import CASE

NO_POSITIONS = (
    "foo", "", "64 30", "64 30N", "95N 10E", "64 75N 10E", "64.5", "64 30.5.5N 7E", "64 30N 7 30N", "-64N 7E",
    "33VXX 1", "99VVJ 12345 67890", "33N 50 60", "64°30'70\"N 7E", "64 30 N 200 E", "64N,7", "64.5° 30' N 7E",
    "32 V 99999999 3",
    "'64 30N 7E", "33 500000 6000000", "12,34,56,7", "64.30.20N 7.30.20E", "x" * 3000, "33V 500000 100",
    "http://map.example/place", "33 99 N 1", "A 100000 1E9", "UPS north 2 2", "200 10", "64-30N", "12,5",
)  # fmt: skip
_ENGLISH = re.compile(r"\b(allowed|found|write|read|the|or|missing|zone|needed|check|with|and|of|is|are|before)\b")
_TYPED = re.compile(r"'[^']*'|'.*\.\.\.'")


@pytest.mark.parametrize("text", NO_POSITIONS)
def test_why_a_text_is_no_position_is_told_without_an_english_word(text: str) -> None:
    with pytest.raises(InputError) as caught:
        parse_position(text)
    for problem in caught.value.problems:
        with speaking("ru"):
            words = told_problem(Problem("", problem.found, problem.allowed))
        assert not _ENGLISH.findall(_TYPED.sub("", words)), words


def test_positions_in_faults_have_the_letters_of_the_language() -> None:
    line = "dissub.fix.position: found 60°00.000'N 010°00.000'W, which is on land; "
    line += "the nearest shore is 1,234 NM away, at 59°13.200'N 010°25.800'W"
    with speaking("fr"):
        assert told_lines(line) == (
            "Position\u00a0: trouvé 60°00,000'N 010°00,000'W, qui est à terre\u00a0; "
            "le rivage le plus proche est à 1\u202f234 NM, à 59°13,200'N 010°25,800'W"
        )
    with speaking("ru"):
        assert told_lines(line) == (
            "Место: найдено 60°00,000' с.ш. 010°00,000' з.д., это на суше; "
            "ближайший берег в 1\u00a0234 мили, в точке 59°13,200' с.ш. 010°25,800' з.д."
        )
        assert told_reading("30°00.000'N 064°00.000'E (UTM zone 33, band V, northing first)") == (
            "30°00,000' с.ш. 064°00,000' в.д. (UTM, зона 33, пояс V, сначала координата на север)"
        )


def contrary() -> Case:
    """A case with many contradictions."""
    forward = Compartment(
        name="forward", people=9, co2_percent=12.0, o2_percent=7.0, pressure_bar=60.0,
        measured_at=CASE.alert - timedelta(days=90), stores=Stores(soda_lime_kg=9000.0, canister_person_h=3.0),
    )  # fmt: skip
    twin = Compartment(name="forward", stores=Stores(water_l=5.0))
    changes = {"compartments": (forward, twin), "stores": Stores(water_l=5.0), "survivors": 3, "people_aboard": None,
               "sunk_at": CASE.alert + timedelta(hours=3)}  # fmt: skip
    return CASE.model_copy(update={"dissub": CASE.dissub.model_copy(update=changes)})


def test_what_contradicts_itself_in_a_case_is_told_by_titles_and_whole() -> None:
    problems = contradictory(contrary())
    assert len(problems) >= 9
    for problem in problems:
        with speaking("ru"):
            words = told_doubt(problem)
        assert not _ENGLISH.findall(re.sub(r"'[^']*'|canister_source", "", words)), words
        assert "dissub" not in words
    assert told_doubt(problems[0]).startswith("Alert: ")


def test_a_field_is_named_by_its_title_and_its_entry() -> None:
    with speaking("fr"):
        assert case_field("offers[gb-nsrs].told_to_go") == "Ordre donné (gb-nsrs)"
        assert case_field("ships[2].prepared_for[1]") == "Préparé pour (2, 1)"
    assert case_field("dissub.compartments[forward].co2_percent") == "CO2 (forward)"
    for strange in ("speed_kn", "role", "latitude minutes", "", "dissub.whale"):
        assert case_field(strange) == strange
