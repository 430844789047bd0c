"""Why an input was not taken is told in the language of the window; files and the command line keep the English."""

from __future__ import annotations

import pytest

from subrescue.desktop.case.session import with_value
from subrescue.desktop.casualty.fields import SECTIONS, described
from subrescue.domain.errors import InputError, Problem
from subrescue.exchange.languages import speaking
from subrescue.exchange.problem_words import TEXTS, told_error, told_lines, told_part, told_problem
from tests.desktop.samples import CASE


@pytest.mark.parametrize(
    ("text", "template"),
    [
        ("allowed is 0 to 25 m", "allowed is {low} to {high} {unit}"),
        ("allowed is 0 to 500 (whole numbers)", "allowed is {low} to {high} (whole numbers)"),
        ("'noon', without a zone", "'{text}', without a zone"),
    ],
)
def test_a_text_is_found_by_its_form(text: str, template: str) -> None:
    assert template in TEXTS
    assert told_part(text) == text  # English is spoken
    with speaking("fr"):
        assert told_part(text)  # whatever the catalogue has


def test_what_the_table_does_not_know_stays_as_it_is() -> None:
    with speaking("ru"):
        assert told_part("a whale; that is too large") == "a whale; that is too large"
        assert told_lines("No line of a fault") == "No line of a fault"


def test_the_english_is_that_of_the_error() -> None:
    error = InputError([Problem("depth_m", "-1", "allowed is 0 to 11000 m", "case.toml", 3), Problem("", "x", "y")])
    assert told_error(error) == str(error)
    with speaking("fr"):
        assert "case.toml" in told_problem(error.problems[0])
        assert "-1" in told_problem(error.problems[0])


NUMBERS = [path for section in SECTIONS for path in section.paths if described(path).low is not None]


@pytest.mark.parametrize("path", NUMBERS)
@pytest.mark.parametrize("is_text", [True, False])
def test_every_number_of_the_form_is_refused_in_words_that_the_table_knows(path: str, is_text: bool) -> None:
    low = described(path).low
    assert low is not None
    with pytest.raises(InputError) as caught:
        with_value(CASE, path, "many" if is_text else low - 1)
    with speaking("ru"):
        assert [one.allowed for one in caught.value.problems if told_part(one.allowed) == one.allowed] == []


def test_a_text_of_parts_is_told_by_its_parts() -> None:
    with speaking("ru"):
        number, out = told_part("a number is needed"), told_part("leave it out")
        assert told_part("a number is needed; leave it out") == f"{number}; {out}"
        assert told_part("a number is needed; a whale") == f"{number}; a whale"


@pytest.mark.parametrize(
    ("text", "french", "russian"),
    [
        ("allowed is above 0 to 60 kn", "admis\u00a0: plus de 0 à 60 nd", "допустимо больше 0 и до 60 уз"),
        ("allowed are 'tug', 'support'; did you mean 'tug' or 'support'?",
         "admis\u00a0: 'tug', 'support'\u00a0; vouliez-vous dire 'tug' ou 'support'\u00a0?",
         "допустимы: 'tug', 'support'; имелось в виду 'tug' или 'support'?"),
        ("once; the first is taken", "une seule fois\u00a0; la première est prise", "один раз; взят первый"),
        ("allowed are true and false; leave the field out when it is not known", None, None),
    ],
)  # fmt: skip
def test_what_is_wrong_in_a_declaration_is_told_whole(text: str, french: str | None, russian: str | None) -> None:
    for code, words in (("fr", french), ("ru", russian)):
        with speaking(code):
            told = told_part(text)
        assert told == words if words is not None else "allowed" not in told


def test_the_source_of_a_depth_is_named_in_the_language_too() -> None:
    doubt = "the chart has about 4,319 m here (2,873 to 6,498 m) by ETOPO5, 5 arc minutes (NOAA): "
    with speaking("ru"):
        words = told_part(f"{doubt}check the position and the depth")
    assert "ETOPO5, 5 угловых минут (NOAA)" in words
