"""A position for people stands as seamen of the language write it, and every form of it is read back as one place."""

from __future__ import annotations

import pytest

from subrescue.domain.position import Position
from subrescue.earth.positions.coordinates import NOTATIONS, parse_position
from subrescue.exchange.languages import LANGUAGES, speaking
from subrescue.exchange.numbers import position

WEST = Position(lat_deg=64.50001, lon_deg=-7.50002)
SOUTH = Position(lat_deg=-33.5, lon_deg=18.25)


@pytest.mark.parametrize(
    ("code", "place", "notation", "words"),
    [
        ("en", WEST, "dm", "64°30.001'N 007°30.001'W"),
        ("fr", WEST, "dm", "64°30,001'N 007°30,001'W"),
        ("ru", WEST, "dm", "64°30,001' с.ш. 007°30,001' з.д."),
        ("ru", SOUTH, "dms", "33°30'00,0\" ю.ш. 018°15'00,0\" в.д."),
        ("en", SOUTH, "dd", "-33.50000, 18.25000"),
        ("fr", SOUTH, "dd", "33,50000°S 18,25000°E"),
        ("ru", SOUTH, "dd", "33,50000° ю.ш. 18,25000° в.д."),
        ("ru", SOUTH, "utm", "34 юг 244527 6289895"),
    ],
)
def test_letters_and_marks_are_those_of_the_language(code: str, place: Position, notation: str, words: str) -> None:
    with speaking(code):
        assert position(place, notation) == words


@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize("notation", NOTATIONS)
@pytest.mark.parametrize("place", [WEST, SOUTH, Position(lat_deg=88.0, lon_deg=-120.0)])
def test_every_form_is_read_back(code: str, notation: str, place: Position) -> None:
    with speaking(code):
        read = parse_position(position(place, notation))
    assert read.lat_deg == pytest.approx(place.lat_deg, abs=2e-5)
    assert read.lon_deg == pytest.approx(place.lon_deg, abs=4e-4 if abs(place.lat_deg) > 80 else 3e-5)
