"""Positions as people write them: every notation read, and what is ambiguous refused with its readings."""

from __future__ import annotations

import pytest

from subrescue.domain.errors import InputError
from subrescue.domain.position import Position
from subrescue.earth.positions.coordinates import format_position, parse_position, read_position


@pytest.mark.parametrize(
    "text",
    [
        "12 34.500N 045 06.000E",
        "12°34'30\"N 45°06'00\"E",
        "12.575N 45.1E",
        "12,575N 45,1E",
        "12.575, 45.1",
        "12,575 45,1",
        "12,575, 45,1",
        "(12.575, 45.1)",
        "12.575;45.1",
        "12.575/45.1",
        "12.575\n45.1",
        "N12 34 30 E045 06 00",
        "12-34.5N 045-06.0E",
        "12-34-30N 045-06-00E",
        "12:34:30N 045:06:00E",
        "45.1E 12.575N",
        "12°34.5′ 45°06′",
        "12º34’30” N, 45º06’ E",
        "12˚34´30´´N 45˚06´E",
        "12 34 30 45 06 00",
        "12 34.5 45 06",
        "lat 12.575 lon 45.1",
        "lon 45.1 lat 12.575",
        "LAT: 12.575 LON: 45.1",
        "φ 12.575 λ 45.1",
        "lon 45.1E lat 12.575N",
        '{"lat": 12.575, "lon": 45.1}',
        "12.575N - 45.1E",
        "12.575N/45.1E",
        "N 12.575 | E 45.1",
        "12 deg 34.5 min N 45 deg 6 min E",
        "12 deg 34.5 min north 45 deg 6 min east",
        "12.575 degrees north and 45.1 degrees east",
        "12d34m30sN 45d6m0sE",
        "12o34'30\"N 045o06'E",
        "12*34.5N 045*06E",
        "12°34'.5 N 45°6' E",
        "12.34,5N 045.06,0E",
        "12N34.5 45E06",
        "Position: 12°34.5'N 045°06.0'E",
    ],
)
def test_one_point_written_in_many_ways_is_one_point(text: str) -> None:
    position = parse_position(text)
    assert (position.lat_deg, position.lon_deg) == (pytest.approx(12.575, abs=1e-9), pytest.approx(45.1, abs=1e-9))


@pytest.mark.parametrize(
    "text",
    [
        "1234.5N04506.0E",
        "1234.5N 04506.0E",
        "123430N0450600E",
        "123430N 0450600E",
        "N123430 E0450600",
        "N1234.5/E04506.0",
        "N12 34.5 E045 06.0",
        "1234.5,N,04506.0,E",
        "+1234.5+04506.0/",
        "+123430+0450600/",
        "+12.575+045.1/",
        "+12.575+045.1+30.5CRSWGS_84/",
        "$GPGGA,101500,1234.500,N,04506.000,E,1,08,0.9,5.4,M,46.9,M,,*47",
        "geo:12.575,45.1",
        "geo:12.575,45.1,-240;crs=wgs84;u=35",
        "POINT(45.1 12.575)",
        "SRID=4326;POINT Z (45.1 12.575 0)",
        "https://www.google.com/maps/@12.575,45.1,8z",
        "https://www.google.com/maps/search/?api=1&query=12.575%2C45.1",
        "https://www.google.com/maps/place/Wreck/@12.5,45.0,8z/data=!3m1!4b1!4m5!8m2!3d12.575!4d45.1",
        "https://www.openstreetmap.org/?mlat=12.575&mlon=45.1#map=8/12.5/45.0",
        "https://maps.apple.com/?ll=12.575,45.1",
        "https://www.openstreetmap.org/#map=8/12.575/45.1",
        "https://yandex.ru/maps/?ll=45.1%2C12.575&z=8",
        "https://www.bing.com/maps?cp=12.575~45.1&lvl=8",
        "https://www.marinetraffic.com/en/ais/home/centerx:45.1/centery:12.575/zoom:9",
    ],
)
def test_forms_of_messages_receivers_and_map_links_are_read(text: str) -> None:
    position = parse_position(text)
    assert (position.lat_deg, position.lon_deg) == (pytest.approx(12.575, abs=1e-9), pytest.approx(45.1, abs=1e-9))


@pytest.mark.parametrize(
    "text",
    [
        "12°34,5' ю.ш. 45°06' з.д.",
        "12°34,5' ю. ш., 45°06' з. д.",
        "12°34.5'Ю 45°06'З",
        "Ю12 34.5 З45 06",
        "12 34.5 юг 45 06 запад",
        "12°34′30″ южной широты, 45°06′ западной долготы",
        "широта 12°34,5' южная, долгота 45°06' западная",
        "южная широта 12°34'30\", западная долгота 45°06'",
        "12 град 34.5 мин юш 45 град 6 мин зд",
        "12,575° ю. ш. 45,1° з. д.",
        "12°34'30\" Sud, 45°06' Ouest",
        "12° 34,5' sud et 45° 06' ouest",
        "latitude 12°34,5' sud, longitude 45°06' ouest",
        "12 degrés 34,5 minutes sud 45 degrés 6 minutes ouest",
        "12°34,5' sud 45°06' O",
        "12°34.5'S 45°06'W",
        "12°34.5' south latitude, 45°06' west longitude",
        "S. lat. 12 34.5, W. long. 45 06",
        "45°06′W 12°34′.5 S",
        "１２．５７５S　４５．１W",
        "١٢٫٥٧٥ S ٤٥٫١ W",
        "-12.575, -45.1",
        "−12.575 −45.1",
        "–12.575, –45.1",
        "-12.575,-45.1",
        "12.575S -45.1",
        "12°34'30\"S\u200e 45°06'W\u200f",
        "\ufeff12.575S 45.1W",
    ],
)
def test_hemispheres_in_three_languages_and_signs_of_any_keyboard_are_read(text: str) -> None:
    position = parse_position(text)
    assert (position.lat_deg, position.lon_deg) == (pytest.approx(-12.575, abs=1e-9), pytest.approx(-45.1, abs=1e-9))


def test_the_wreck_position_of_the_kursk_in_naval_form() -> None:
    position = parse_position("69-37.05N 037-33.62E")
    assert (position.lat_deg, position.lon_deg) == pytest.approx((69.6175, 37.560333333))


def test_moscow_as_russians_write_it() -> None:
    # 55 + 45/60 + 21/3600 and 37 + 37/60 + 4/3600
    position = parse_position("55°45′21″ с. ш. 37°37′04″ в. д.")
    assert (position.lat_deg, position.lon_deg) == pytest.approx((55.755833333, 37.617777778))


def test_signs_before_degrees_and_minutes_are_not_run_together() -> None:
    assert parse_position("+1 30 -3 15") == Position(lat_deg=1.5, lon_deg=-3.25)
    assert parse_position("-1 30, +3 15") == Position(lat_deg=-1.5, lon_deg=3.25)


def test_longitude_180_east_and_west_are_one_place() -> None:
    assert parse_position("12N 180E") == parse_position("12N 180W") == Position(lat_deg=12, lon_deg=-180)


def test_a_minus_before_zero_degrees_counts() -> None:
    assert parse_position("-0 30, 5.0") == Position(lat_deg=-0.5, lon_deg=5)


@pytest.mark.parametrize(
    "text, field",
    [
        ("95N 12E", "latitude"),
        ("12N 181W", "longitude"),
        ("12 60N 5E", "latitude minutes"),
        ("90 00.1N 3E", "latitude"),
        ("12 30 60N 5E", "latitude seconds"),
        ("12N 5 60.0E", "longitude minutes"),
        ("200, 100", "latitude"),
        ("+9130+00000/", "latitude"),
        ("geo:91,0", "latitude"),
        ("POINT(181 0)", "longitude"),
        ("https://www.google.com/maps/@95.0,7.5,8z", "latitude"),
        ("https://example.com/", "link"),
        ("geo:64.5,7.5;crs=nad27", "geo URI"),
        ("geo:here", "geo URI"),
    ],
)
def test_what_is_out_of_range_is_refused_with_what_is_allowed(text: str, field: str) -> None:
    with pytest.raises(InputError) as caught:
        parse_position(text)
    assert caught.value.problems[0].field == field


@pytest.mark.parametrize(
    "text",
    [
        "",
        "  ",
        "hello",
        "57N",
        "57N 3N",
        "57E 3W",
        "-57N 3E",
        "57'30N 3E",
        "nan 3",
        "57.5 30N 3E",
        "1 2 3 4 5 6 7 8",
        "N E",
        "57 - 3",
        "\x00\x01",
        "9" * 500,
        "9" * 5000,
        "1.2.3.4",
        "Bar",
        "57 30, 3 15, 2",
        "lat 57 N lon 3 S",
        "lat 57 lat 3",
        "57,30N, 3,15N",
        "°'\"",
        "12 34 56 78 N 5 E",
        "57N 3E 4",
        "--57 3",
        "57°°N 3E",
    ],
)
def test_what_is_no_position_is_refused_and_shown(text: str) -> None:
    with pytest.raises(InputError):
        parse_position(text)


@pytest.mark.parametrize(
    "text, why",
    [
        ("57N", "one coordinate alone, the longitude is missing"),
        ("7°30'E", "one coordinate alone, the latitude is missing"),
        ("-57N 3E", "the latitude has a sign and a letter"),
        ("57.5 30N 3E", "only the last number of the latitude"),
        ("57, 30N 3E", "a comma stands inside a coordinate"),
        ("57'30°N 3E", "the marks of the latitude are out of order"),
        ("57N 3S", "one letter N or S and one letter E or W"),
    ],
)
def test_a_refusal_says_what_is_wrong(text: str, why: str) -> None:
    with pytest.raises(InputError, match=why):
        parse_position(text)


def test_a_reading_says_how_the_text_was_understood() -> None:
    assert read_position("31UDQ 482 119").meaning == "MGRS, the middle of a square of 100 m"
    assert read_position("33 south 500000 6000000").meaning == "UTM zone 33, southern hemisphere"
    assert read_position("https://www.google.com/maps/@64.5,7.5,8z").meaning == "the middle of the linked map"
    assert read_position("64.5 N 7.5 E").meaning == ""


def test_minutes_that_round_up_carry_into_the_degrees() -> None:
    position = Position(lat_deg=11.9999999, lon_deg=-0.99999999)
    assert format_position(position, "dm") == "12°00.000'N 001°00.000'W"
    assert format_position(position, "dms") == "12°00'00.0\"N 001°00'00.0\"W"
    assert format_position(Position(lat_deg=-0.0000001, lon_deg=0), "dd") == "0.00000, 0.00000"


def test_the_date_line_is_printed_as_west_and_a_pole_keeps_its_meridian() -> None:
    assert format_position(Position(lat_deg=5, lon_deg=180), "dm") == "05°00.000'N 180°00.000'W"
    assert format_position(Position(lat_deg=5, lon_deg=179.99999999), "dms") == "05°00'00.0\"N 180°00'00.0\"W"
    assert format_position(Position(lat_deg=5, lon_deg=179.9999999), "dd") == "5.00000, -180.00000"
    assert format_position(Position(lat_deg=-90, lon_deg=37), "dm") == "90°00.000'S 037°00.000'E"


@pytest.mark.parametrize(
    "notation, decimals, shown",
    [
        ("dd", 0, "65, -8"),
        ("dd", 7, "64.5123457, -7.7500000"),
        ("dm", 0, "64°31'N 007°45'W"),
        ("dm", 1, "64°30.7'N 007°45.0'W"),
        ("dms", 0, "64°30'44\"N 007°45'00\"W"),
        ("dms", 3, "64°30'44.444\"N 007°45'00.000\"W"),
    ],
)
def test_a_position_is_printed_as_finely_as_asked(notation: str, decimals: int, shown: str) -> None:
    position = Position(lat_deg=64.5123456789, lon_deg=-7.75)
    assert format_position(position, notation, decimals=decimals) == shown  # type: ignore[arg-type] # by parametrize


@pytest.mark.parametrize(
    "language, letters, words",
    [
        ("en", "64°30.000'N 007°15.000'W", "64°30.000' north 007°15.000' west"),
        ("fr", "64°30,000'N 007°15,000'W", "64°30,000' nord 007°15,000' ouest"),
        ("ru", "64°30,000' С 007°15,000' З", "64°30,000' с. ш. 007°15,000' з. д."),
    ],
)
def test_a_position_is_printed_in_three_languages(language: str, letters: str, words: str) -> None:
    position = Position(lat_deg=64.5, lon_deg=-7.25)
    assert format_position(position, "dm", language=language) == letters  # type: ignore[arg-type] # by parametrize
    assert format_position(position, "dm", language=language, words=True) == words  # type: ignore[arg-type] # the same


@pytest.mark.parametrize(
    "wrong, field",
    [
        ({"notation": "osgb"}, "notation"),
        ({"language": "de"}, "language"),
        ({"decimals": 12}, "decimals"),
        ({"notation": "mgrs", "decimals": 1}, "decimals"),
    ],
)
def test_what_cannot_be_printed_is_refused(wrong: dict[str, object], field: str) -> None:
    with pytest.raises(InputError) as caught:
        format_position(Position(lat_deg=1, lon_deg=2), **wrong)  # type: ignore[arg-type] # wrong on purpose
    assert caught.value.problems[0].field == field
    assert "allowed" in caught.value.problems[0].allowed
