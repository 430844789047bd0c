"""Positions as people write them: every notation read, printed and read back, and what is ambiguous refused."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from subrescue.domain.errors import InputError
from subrescue.domain.position import Position
from subrescue.earth.coordinates import AmbiguousPosition, Notation, format_position, parse_position
from subrescue.earth.geodesy import distance_nm

positions = st.builds(Position, lat_deg=st.floats(-90, 90), lon_deg=st.floats(-180, 180))
# Half of the last printed unit on both axes, in metres, with a little for the arithmetic.
WITHIN_M = {"dd": 0.8, "dm": 1.4, "dms": 2.3, "mgrs": 1.6, "utm": 0.8}


def metres(a: Position, b: Position) -> float:
    return distance_nm(a.lat_deg, a.lon_deg, b.lat_deg, b.lon_deg) * 1852


@pytest.mark.parametrize("text", [
    "12 34.500N 045 06.000E", "12°34'30\"N 45°06'00\"E", "12.575N 45.1E", "12,575N 45,1E", "12.575, 45.1",
    "12,575 45,1",
    "N12 34 30 E045 06 00", "12-34.5N 045-06.0E", "1234.5N 04506.0E", "123430N 0450600E", "45.1E 12.575N",
    "12°34.5′ 45°06′", "12º34’30” N, 45º06’ E", "12 34 30 45 06 00", "+12.575+045.1/", "lat 12.575 lon 45.1",
    "12°34,5' с.ш. 45°06' в.д.", "12.575; 45.1", "12 deg 34.5 min north 45 deg 6 min east",
])
def test_one_point_written_in_many_ways_is_one_point(text: str) -> None:
    position = parse_position(text)
    assert position.lat_deg == pytest.approx(12.575, abs=1e-9)
    assert position.lon_deg == pytest.approx(45.1, abs=1e-9)


def test_the_wreck_position_of_the_kursk_in_naval_form() -> None:
    position = parse_position("69-37.05N 037-33.62E")
    assert (position.lat_deg, position.lon_deg) == pytest.approx((69.6175, 37.560333333))


def test_longitude_180_east_and_west_are_one_place() -> None:
    assert parse_position("12N 180E") == parse_position("12N 180W") == Position(lat_deg=12, lon_deg=-180)


def test_a_minus_before_zero_degrees_counts() -> None:
    assert parse_position("-0 30, 5.0") == Position(lat_deg=-0.5, lon_deg=5)


@pytest.mark.parametrize("text", ["12 34", "12,34", "-12 34", "57,5"])
def test_two_whole_numbers_may_be_half_a_position_and_are_asked_about(text: str) -> None:
    with pytest.raises(AmbiguousPosition) as caught:
        parse_position(text)
    assert len(caught.value.readings) == 2
    assert sum(reading.position is not None for reading in caught.value.readings) == 1


def test_the_letter_o_is_east_in_german_and_west_in_french_and_is_asked_about() -> None:
    with pytest.raises(AmbiguousPosition) as caught:
        parse_position("57 N 3 O")
    assert [reading.position for reading in caught.value.readings] == [
        Position(lat_deg=57, lon_deg=3), Position(lat_deg=57, lon_deg=-3)]


def test_utm_letter_s_may_be_a_northern_band_and_is_asked_about() -> None:
    with pytest.raises(AmbiguousPosition) as caught:
        parse_position("33S 500000 4000000")
    lats = [reading.position.lat_deg for reading in caught.value.readings if reading.position]
    assert lats == pytest.approx([-54.1481, 36.1447], abs=1e-3)
    assert parse_position("33 north 500000 4000000").lat_deg == pytest.approx(36.1447, abs=1e-3)


@pytest.mark.parametrize("text, field", [
    ("95N 12E", "latitude"), ("95 12", "latitude"), ("12N 181W", "longitude"), ("12 60N 5E", "latitude minutes"),
    ("12 30 60N 5E", "latitude seconds"), ("61C 500000 1000000", "UTM zone"),
    ("33 north 99999 4000000", "UTM easting"), ("30VVJ123", "MGRS reference"), ("61VVJ1234512345", "MGRS zone"),
])
def test_what_is_out_of_range_is_refused_with_what_is_allowed(text: str, field: str) -> None:
    with pytest.raises(InputError) as caught:
        parse_position(text)
    problem = caught.value.problems[0]
    assert problem.field == field
    assert "allowed" in problem.allowed


@pytest.mark.parametrize("text", ["", "  ", "hello", "57N", "57N 3N", "57 30 3", "57.5-3.2", "-57N 3E", "57'30N 3E",
                                  "nan 3",
                                  "57.5 30N 3E", "1 2 3 4 5 6 7 8", "N E", "57 - 3", "\x00\x01", "9" * 500])
def test_what_is_no_position_is_refused_and_shown(text: str) -> None:
    with pytest.raises(InputError):
        parse_position(text)


def test_mgrs_of_a_known_place() -> None:
    # The Eiffel tower's square as commonly published: 31UDQ 48251 11932.
    assert format_position(Position(lat_deg=48.8582, lon_deg=2.2945), "mgrs") == "31UDQ 48251 11932"


def test_utm_of_bergen_uses_the_widened_zone_32() -> None:
    assert format_position(Position(lat_deg=60.39, lon_deg=5.32), "utm").startswith("32 north ")


def test_minutes_that_round_up_carry_into_the_degrees() -> None:
    position = Position(lat_deg=11.9999999, lon_deg=-0.99999999)
    assert format_position(position, "dm") == "12°00.000'N 001°00.000'W"
    assert format_position(position, "dms") == "12°00'00.0\"N 001°00'00.0\"W"
    assert format_position(Position(lat_deg=-0.0000001, lon_deg=0), "dd") == "0.00000, 0.00000"


@given(positions, st.sampled_from(["dd", "dm", "dms", "mgrs", "utm"]))
def test_what_is_printed_is_read_back_within_its_precision(position: Position, notation: Notation) -> None:
    if notation == "utm" and not -80 <= position.lat_deg <= 84:
        with pytest.raises(InputError):
            format_position(position, notation)
        return
    text = format_position(position, notation)
    again = parse_position(text)
    assert metres(position, again) <= WITHIN_M[notation]
    if notation in ("dm", "dms", "dd") and abs(position.lon_deg) < 179.99:
        assert format_position(again, notation) == text


def check_read_or_refused(text: str) -> None:
    try:
        position = parse_position(text)
    except InputError as error:
        refused = error
    else:
        refused = None
        assert -90 <= position.lat_deg <= 90
        assert -180 <= position.lon_deg < 180
    assert refused is None or refused.problems[0].allowed


@given(st.text(max_size=60))
def test_any_text_is_a_position_or_a_clear_error(text: str) -> None:
    check_read_or_refused(text)


@given(st.from_regex(r"[-+]?[0-9]{1,3}[ .,°'-]{0,2}[0-9]{0,3}[ .,'\"]{0,2}[0-9]{0,2}[NSEW ,]{0,2}[0-9 .,-]{0,9}[NSEW]?",
                     fullmatch=True))
def test_any_near_miss_of_a_position_is_read_or_refused(text: str) -> None:
    check_read_or_refused(text)
