"""Names without accents and case, Cyrillic in Latin letters, by sound, and typing errors."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from subrescue.earth.places.names import fold, sound_key, sound_keys, typing_errors

LATIN = st.text(alphabet="abcdefghijklmnopqrstuvwxyz", max_size=12)


@pytest.mark.parametrize(
    "text, folded",
    [
        ("Île-Longue", "ile longue"),
        ("Tromsø", "tromso"),
        ("Weißwasser", "weisswasser"),
        ("Ærø", "aero"),
        ("Ålesund", "alesund"),
        ("Łeba", "leba"),
        ("Iğdır", "igdir"),
        ("İzmir", "izmir"),
        ("Þórshöfn", "thorshofn"),
        ("Simon's Town", "simons town"),
        ("Североморск", "severomorsk"),
        ("Щёлково", "shchelkovo"),
        ("Южно-Сахалинск", "yuzhno sakhalinsk"),
        ("Київ", "kiyiv"),
        ("Полярный", "polyarnyy"),
        ("  ", ""),
        ("呉", "呉"),
    ],
)
def test_a_name_is_compared_in_plain_latin_letters(text: str, folded: str) -> None:
    assert fold(text) == folded


@given(st.text())
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text(alphabet=st.characters(max_codepoint=127)))
def test_ascii_goes_the_same_way_as_all_other_text(text: str) -> None:
    # An accented letter that folds to a plain one sends the rest through the other door.
    assert fold(text + " é") == f"{fold(text)} e".strip()


@pytest.mark.parametrize(
    "one, other",
    [
        ("tulon", "toulon"),
        ("portsmut", "portsmouth"),
        ("plimut", "plymouth"),
        ("kil", "kiel"),
        ("luebeck", "lubek"),
        ("goteborg", "goeteborg"),
        ("khatanga", "hatanga"),
    ],
)
def test_usual_spellings_of_one_sound_have_one_key(one: str, other: str) -> None:
    assert sound_key(one) == sound_key(other)


@given(st.lists(LATIN, min_size=1))
def test_keys_of_many_words_are_those_of_each(words: list[str]) -> None:
    assert sound_keys(words) == [sound_key(word) for word in words]


@pytest.mark.parametrize(
    "typed, word, errors",
    [
        ("bergen", "bergen", 0),
        ("bregen", "bergen", 1),
        ("bergn", "bergen", 1),
        ("berggen", "bergen", 1),
        ("bargen", "bergen", 1),
        ("brgn", "bergen", 2),
        ("oslo", "bergen", 3),
    ],
)
def test_letters_wrong_missing_too_many_or_swapped_are_counted(typed: str, word: str, errors: int) -> None:
    assert typing_errors(typed, word, 2) == errors


def test_one_who_has_not_finished_typing_has_made_no_error_for_that() -> None:
    assert typing_errors("sevro", "severomorsk", 2) == 1


@given(LATIN, st.integers(0, 12))
def test_the_beginning_of_a_word_has_no_errors(word: str, letters: int) -> None:
    assert typing_errors(word[:letters], word, 3) == 0


@given(LATIN, LATIN, st.sampled_from("abcxyz"))
def test_one_letter_more_makes_one_error_more_at_most(typed: str, word: str, letter: str) -> None:
    assert typing_errors(typed + letter, word, 3) <= typing_errors(typed, word, 3) + 1
