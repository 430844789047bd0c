"""Positions that can be read in more than one way: refused, with every reading offered."""

from __future__ import annotations

import pytest

from subrescue.domain.errors import InputError
from subrescue.domain.position import Position
from subrescue.earth.positions.coordinates import AmbiguousPosition, parse_position


def offered(text: str) -> list[tuple[float, float]]:
    """The places that a refused text may mean, to a millionth of a degree."""
    with pytest.raises(AmbiguousPosition) as caught:
        parse_position(text)
    places = [reading.position for reading in caught.value.readings if reading.position is not None]
    return [(round(place.lat_deg, 6), round(place.lon_deg, 6)) for place in places]


@pytest.mark.parametrize("text", ["12 34", "12,34", "-12 34", "57,5", "57 30.5", "57-30"])
def test_numbers_that_may_be_half_a_position_are_asked_about(text: str) -> None:
    with pytest.raises(AmbiguousPosition) as caught:
        parse_position(text)
    halves = [reading for reading in caught.value.readings if reading.position is None]
    assert len(halves) == 1
    assert "one coordinate alone" in halves[0].text


@pytest.mark.parametrize(
    "text", ["57 N 3 O", "57°N 3°O", "N57 O3", "57 nord 3 o", "57 N 3 \N{CYRILLIC CAPITAL LETTER O}"]
)
def test_the_letter_o_is_east_in_german_and_west_in_french_and_is_asked_about(text: str) -> None:
    assert offered(text) == [(57, 3), (57, -3)]


def test_the_other_half_may_decide_what_the_letter_o_is() -> None:
    assert parse_position("57 Süd 3 O") == Position(lat_deg=-57, lon_deg=3)
    assert parse_position("57 Sud 3 O") == Position(lat_deg=-57, lon_deg=-3)
    assert parse_position("57 N 3 Ost") == Position(lat_deg=57, lon_deg=3)
    assert parse_position("57 N 3 Ouest") == Position(lat_deg=57, lon_deg=-3)


def test_a_latin_c_is_no_russian_north_but_is_understood_and_asked_about() -> None:
    assert parse_position("64°30'\N{CYRILLIC CAPITAL LETTER ES} 7°30'\N{CYRILLIC CAPITAL LETTER VE}").lat_deg == 64.5
    assert offered("64°30'C 7°30'B") == [(64.5, 7.5)]
    assert offered("64°30'\N{CYRILLIC CAPITAL LETTER ES} 7°30'B") == [(64.5, 7.5)]


@pytest.mark.parametrize(
    "text, places",
    [
        ("12.34.30N 045.06.00E", [(12.575, 45.1), (12.571667, 45.1)]),  # 12°34'30" and 12°34.30'
        ("12.34.30 45.06.00", [(12.575, 45.1), (12.571667, 45.1)]),
        ("57 30 3", [(57, 30.05), (57.5, 3)]),
        ("57,30,3,15", [(57.3, 3.15), (57.5, 3.25)]),
        ("57.5 - 3.2", [(57.5, 3.2), (57.5, -3.2)]),
        ("57.5-3.2", [(57.5, 3.2), (57.5, -3.2)]),
        ("57.5N, 3.2", [(57.5, 3.2), (57.5, -3.2)]),
        ("57.5, 3.2W", [(57.5, -3.2), (-57.5, -3.2)]),
        ("57 30N 00312", [(57.5, 3.2), (57.5, -3.2)]),
    ],
)
def test_what_has_two_readings_is_refused_and_both_are_offered(text: str, places: list[tuple[float, float]]) -> None:
    assert offered(text) == places


@pytest.mark.parametrize(
    "text, place",
    [
        ("120.5, 35.2", (35.2, 120.5)),
        ("-120.5 35.2", (35.2, -120.5)),
        ("-120.5 -35.2", (-35.2, -120.5)),
        ("120 30 35 12", (35.2, 120.5)),  # longitude first
        ("6412.5 00630.0", (64.208333, 6.5)),
        ("641230 0063000", (64.208333, 6.5)),  # run together, no hemisphere
        ("57N 0730E", (57, 7.5)),  # a longitude without its leading zero
    ],
)
def test_what_breaks_a_rule_is_refused_with_the_reading_that_it_has(text: str, place: tuple[float, float]) -> None:
    assert offered(text) == [place]


@pytest.mark.parametrize(
    "text, places",
    [
        ("12 34.5 56.7", [(12.575, 56.7), (12.575, 56.116667)]),  # 56.7 degrees, or 56 degrees 7 minutes
        ("12 34,5 56,7", [(12.575, 56.7), (12.575, 56.116667)]),
        ("-12 34.5 56.7", [(-12.575, 56.7), (-12.575, 56.116667)]),
        ("12°34.5 56.7", [(12.575, 56.7), (12.575, 56.116667)]),
        ("Lat 12 34.5 56.7", [(12.575, 56.7), (12.575, 56.116667)]),
        ("12.5 56 7.8", [(12.5, 56.13), (12.083333, 56.13)]),
        ("12 34 56 78", [(12.582222, 78)]),  # 78 are no minutes: 12°34'56" and 78 degrees, or a slip
        ("12 34 56.7 8.9", [(12.582417, 8.9)]),
        ("12 34 56 78 9", [(12.582222, 78.15)]),
        ("12:34:56 78", [(12.582222, 78)]),
    ],
)
def test_halves_of_unlike_length_are_asked_about_where_nothing_parts_them(
    text: str, places: list[tuple[float, float]]
) -> None:
    assert offered(text) == places


@pytest.mark.parametrize(
    "text, lon_deg",
    [
        ("12 34.5, 56.7", 56.7),
        ("12 34.5; 56.7", 56.7),
        ("12 34.5 / 56.7", 56.7),
        ("12 34.5\n56.7", 56.7),
        ("12°34.5' 56.7°", 56.7),
        ("12°34.5' 56.7", 56.7),
        ("12 34.5 56.7°", 56.7),
        ("12-34.5 56.7", 56.7),
        ("12 34.5 -56.7", -56.7),
        ("12 34.5 \N{MINUS SIGN}56.7", -56.7),
        ("+12 34.5 +56.7", 56.7),
        ("12 34.5N 56.7E", 56.7),
        ("N 12 34.5 E 56.7", 56.7),
        ("С 12 34,5 В 56,7", 56.7),
        ("56.7 В 12 34.5 С", 56.7),
        ("56.7E 12 34.5N", 56.7),
        ("E 56.7 N 12 34.5", 56.7),
    ],
)
def test_halves_of_unlike_length_are_read_where_something_parts_them(text: str, lon_deg: float) -> None:
    assert parse_position(text) == Position(lat_deg=12.575, lon_deg=lon_deg)


@pytest.mark.parametrize(
    "text",
    [
        "12.5N 34.5E near Bergen",
        "12.5N 34.5E (approx)",
        "12.5N 34.5E 100m",
        "12.5 34.5 x",
        "about 12.5N 34.5E",
        "12.5N 34.5E 7",
        "12.5N 34.5N",
        "12 34.5 56.7 8.9 1.2",
    ],
)
def test_what_is_no_part_of_a_position_is_never_dropped(text: str) -> None:
    with pytest.raises(InputError) as caught:
        parse_position(text)
    assert not isinstance(caught.value, AmbiguousPosition)


def test_seconds_that_cannot_be_leave_one_reading_of_dots() -> None:
    assert parse_position("12.34.567N 045.06.000E").lat_deg == pytest.approx(12 + 34.567 / 60)
    assert parse_position("12.34.56.7N 045.06.00.0E").lat_deg == pytest.approx(12 + 34 / 60 + 56.7 / 3600)


def test_readings_are_told_apart_in_words_and_can_be_taken_as_they_stand() -> None:
    with pytest.raises(AmbiguousPosition) as caught:
        parse_position("57 N 3 O")
    error = caught.value
    assert [str(reading) for reading in error.readings] == [
        "57°00.000'N 003°00.000'E (O for Ost, east)",
        "57°00.000'N 003°00.000'W (O for ouest, west)",
    ]
    assert [parse_position(reading.text) for reading in error.readings] == [r.position for r in error.readings]
    assert str(error) == (
        "position: found '57 N 3 O'; it can be read as: 57°00.000'N 003°00.000'E (O for Ost, east); or "
        "57°00.000'N 003°00.000'W (O for ouest, west); write it with the letters N or S and E or W"
    )
    assert error.at("TEXT").lines()[0] == "TEXT: found '57 N 3 O'; it can be read as"
    assert len(error.lines()) == 4
