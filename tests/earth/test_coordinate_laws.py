"""Laws of positions as text: what is printed is read back, and no text does anything but be read or be refused."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from subrescue.domain.errors import InputError
from subrescue.domain.position import Position
from subrescue.earth.positions.coordinates import (
    LANGUAGES,
    AmbiguousPosition,
    Language,
    Notation,
    Reading,
    format_position,
    parse_position,
    read_position,
)
from subrescue.earth.positions.position_print import DECIMALS
from subrescue.earth.shape.geodesy import distance_nm

DEGREE_M = 111_700.0  # of latitude at the poles, where it is longest; of longitude at the equator it is 111,320 m
LAST_UNIT_M = {"dd": DEGREE_M, "dm": DEGREE_M / 60, "dms": DEGREE_M / 3600, "mgrs": 1.0, "utm": 1.0, "ups": 1.0}
DIAGONAL = 0.5 * 2**0.5 * 1.01  # half a unit on both axes, with a hundredth for the scale of the grids

latitudes = st.floats(-90, 90) | st.integers(-90, 90) | st.floats(-90, -79) | st.floats(83, 90) | st.floats(-1e-5, 1e-5)
longitudes = (
    st.floats(-180, 180)
    | st.integers(-180, 180)
    | st.integers(-60, 60).map(lambda n: n * 3.0)
    | (st.floats(179.9999, 180) | st.floats(-180, -179.9999) | st.floats(-1e-5, 1e-5))
)
positions = st.builds(Position, lat_deg=latitudes, lon_deg=longitudes)
ways = st.sampled_from(
    [(notation, language, words) for notation, language, words in product(DECIMALS, LANGUAGES, (False, True))]
)


def metres(a: Position, b: Position) -> float:
    return distance_nm(a.lat_deg, a.lon_deg, b.lat_deg, b.lon_deg) * 1852


@given(positions, ways, st.data())
@example(Position(lat_deg=90, lon_deg=0), ("dm", "ru", True), None)
@example(Position(lat_deg=-90, lon_deg=-180), ("mgrs", "en", False), None)
@example(Position(lat_deg=84, lon_deg=179.99999999), ("ups", "fr", False), None)
@example(Position(lat_deg=-1e-9, lon_deg=180), ("utm", "ru", False), None)
@example(Position(lat_deg=-1e-160, lon_deg=0), ("mgrs", "en", False), None)
def test_what_is_printed_in_any_notation_and_language_is_read_back(
    position: Position, way: tuple[Notation, Language, bool], data: st.DataObject | None
) -> None:
    notation, language, words = way
    least, usual, most = DECIMALS[notation]
    decimals = data.draw(st.integers(least, most), "decimals") if data is not None else usual
    lat = position.lat_deg
    if (notation == "utm" and not -80 <= lat <= 84) or (notation == "ups" and -79.5 < lat < 83.5):
        with pytest.raises(InputError):
            format_position(position, notation, decimals=decimals)
        return
    text = format_position(position, notation, decimals=decimals, language=language, words=words)
    if notation == "mgrs" and decimals == -5:
        assume(text[0].isdigit())  # the three letters of a polar square are a word to the reader
    again = parse_position(text)
    assert metres(position, again) <= LAST_UNIT_M[notation] * 10.0**-decimals * DIAGONAL + 1e-4
    printed = (
        format_position(again, notation, decimals=decimals, language=language, words=words)
        if notation not in ("mgrs", "utm") or _reaches(again, notation)
        else text
    )
    # The middle of a square that a zone's edge cuts may lie in the neighbouring zone or band.
    assert printed == text or (notation in ("mgrs", "utm") and printed.split()[0][:3] != text.split()[0][:3])


def _reaches(position: Position, notation: str) -> bool:
    return notation == "mgrs" or -80 <= position.lat_deg <= 84


def check_read_or_refused(text: str) -> None:
    readings: tuple[Reading, ...] = ()
    refused: InputError | None = None
    try:
        readings = (read_position(text),)
    except AmbiguousPosition as question:
        refused, readings = question, question.readings
    except InputError as error:
        refused = error
    if refused is not None:
        assert refused.problems[0].allowed
    else:
        assert readings[0].sure
        assert readings[0].position is not None
    assert readings or not isinstance(refused, AmbiguousPosition)
    for reading in readings:
        check_offer(reading)


def check_offer(reading: Reading) -> None:
    """What is offered is a place, and its text is read as that place."""
    assert reading.text
    if reading.position is not None:
        assert -90 <= reading.position.lat_deg <= 90
        assert -180 <= reading.position.lon_deg < 180
        assert metres(parse_position(reading.text), reading.position) < LAST_UNIT_M["dm"] / 1000


@given(st.text(max_size=60))
def test_any_text_is_a_position_or_a_clear_error(text: str) -> None:
    check_read_or_refused(text)


@given(st.text(alphabet="0123456789 .,;:/-+NSEWOnsewoСЮВЗсювзш°'\"ABCYZUTMPSd\N{PRIME}٣", max_size=40))
def test_any_text_of_the_signs_of_positions_is_read_or_refused(text: str) -> None:
    check_read_or_refused(text)


WORDS = (
    "N",
    "S",
    "E",
    "W",
    "O",
    "C",
    "B",
    "С",
    "В",
    "lat",
    "lon",
    "deg",
    "min",
    "sec",
    "north",
    "sud",
    "ouest",
    "ш.",
    "33",
    "UTM",
    "UPS",
    "zone",
    "31U",
    "DQ",
    "500000",
    "7100000",
    "°",
    "'",
    '"',
    ",",
    "/",
    "-",
    "57",
    "30.5",
    "03",
    "12.34.56",
    "1234",
    "00630",
    "90",
    "180",
    "95",
    "geo:",
    "https://a.b/?q=",
    "\n",
    " ",
    " ",
    " ",
)


@given(st.lists(st.sampled_from(WORDS), max_size=14).map("".join))
def test_any_heap_of_the_parts_of_positions_is_read_or_refused(text: str) -> None:
    check_read_or_refused(text)


@given(st.lists(st.sampled_from(WORDS), min_size=1, max_size=4).map("".join), st.sampled_from(WORDS))
def test_long_texts_are_refused_as_fast_as_short_ones(part: str, end: str) -> None:
    check_read_or_refused((part * 2000)[:1990] + end)


@given(positions, ways, st.data())
def test_a_slip_in_a_printed_position_is_read_or_refused(
    position: Position, way: tuple[Notation, Language, bool], data: st.DataObject
) -> None:
    notation, language, words = way
    try:
        text = format_position(position, notation, language=language, words=words)
    except InputError:
        return
    at = data.draw(st.integers(0, len(text) - 1), "place")
    slip = data.draw(st.sampled_from(["", " ", "9", "N", "О", ",", ".", "-", text[at] * 2]), "slip")
    check_read_or_refused(text[:at] + slip + text[at + 1 :])
