"""The window's words: filled in, in the plural form and with the marks of the language that was chosen."""

from collections.abc import Iterator

import pytest

from subrescue.desktop.parts import words


@pytest.fixture(autouse=True)
def english_again() -> Iterator[None]:
    yield
    words.set_language("en")


def test_values_are_filled_in_with_the_marks_of_the_language() -> None:
    assert words.tr("{depth_m:,.1f} m", depth_m=1234.5) == "1,234.5 m"
    words.set_language("fr")
    assert words.tr("{depth_m:,.1f} m", depth_m=1234.5) == "1\u202f234,5 m"
    words.set_language("ru")
    assert words.number(1234.5, ",.1f") == "1\u00a0234,5"


def test_text_values_keep_their_points_and_commas() -> None:
    words.set_language("ru")
    assert words.tr("{name}: {hours:.1f} h", name="HMS A., port", hours=2.5) == "HMS A., port: 2,5 h"


def test_english_has_two_forms_of_number() -> None:
    assert words.trn("{count} option", "{count} options", 1) == "1 option"
    assert words.trn("{count} option", "{count} options", 0) == "0 options"


def test_a_text_without_a_translation_stays_english_and_a_language_that_there_is_not_is_refused() -> None:
    words.set_language("fr")
    assert words.tr("zz no such text") == "zz no such text"
    with pytest.raises(KeyError):
        words.set_language("xx")
