"""MGRS, UTM and UPS: known places, the exceptions of the grid, its edges, and how people write its references."""

from __future__ import annotations

import math
import random

import mgrs
import pytest

from subrescue.domain.errors import InputError
from subrescue.domain.position import Position
from subrescue.earth.positions.coordinates import AmbiguousPosition, format_position, parse_position
from subrescue.earth.positions.grid_references import mgrs_of
from subrescue.earth.shape.geodesy import distance_nm


def metres(a: Position, b: Position) -> float:
    return distance_nm(a.lat_deg, a.lon_deg, b.lat_deg, b.lon_deg) * 1852


def test_mgrs_of_a_known_place() -> None:
    # The Eiffel tower's square as commonly published: 31UDQ 48251 11932.
    tower = Position(lat_deg=48.8582, lon_deg=2.2945)
    assert format_position(tower, "mgrs") == "31UDQ 48251 11932"
    assert [format_position(tower, "mgrs", decimals=-d) for d in (1, 3)] == ["31UDQ 4825 1193", "31UDQ 48 11"]
    assert format_position(tower, "mgrs", decimals=-5) == "31UDQ"
    assert format_position(tower, "utm") == "31 north 448252 5411933"
    assert format_position(tower, "utm", decimals=-2) == "31 north 448300 5411900"


@pytest.mark.parametrize(
    "text",
    [
        "24XWT783908",
        "YUB17770380",
        "25n 504158 9286521",
        "26n 430000 9290000",
        "n 1617772 1403805",
        "83°37'39\"N 32°39'52\"W",
    ],
)
def test_cape_morris_jesup_as_geographiclib_writes_it(text: str) -> None:
    # The examples of GeoConvert, GeographicLib 2.3, "roughly the same place": within 500 m.
    assert metres(parse_position(text), Position(lat_deg=83.6275, lon_deg=-32.6644)) < 500


def test_ups_and_utm_agree_where_both_are_good() -> None:
    # GeoConvert's example again, to the metre in both.
    north, polar = parse_position("25 north 504158 9286521"), parse_position("UPS north 1617772 1403805")
    assert metres(north, polar) < 1.0


@pytest.mark.parametrize(
    "lat, lon, text",
    [
        (90, 0, "UPS north 2000000 2000000"),
        (-90, 77, "UPS south 2000000 2000000"),
        (85, 180, "UPS north 2000000 2555457"),
    ],
)
def test_ups_at_the_poles_and_on_the_date_line(lat: float, lon: float, text: str) -> None:
    # 555,457 m is what the mgrs library counts from the pole to 85 N: its square there is ZAN 00000 55457.
    assert format_position(Position(lat_deg=lat, lon_deg=lon), "ups") == text


@pytest.mark.parametrize(
    "lat, lon, head",
    [
        (60.39, 5.32, "32VKN"),  # Bergen: zone 32 is widened over south-west Norway
        (60.39, 2.99, "31VDG"),
        (64.0, 5.32, "31WFL"),
        (55.99, 5.32, "31UFC"),  # and only there
        (78.22, 15.65, "33XWG"),
        (78, 8.99, "31X"),
        (78, 9.0, "33X"),
        (78, 21.0, "35X"),
        (78, 33.0, "37X"),  # Svalbard
        (71.99, 9.0, "32W"),
        (83.999, 41.99, "37X"),
        (84, 10, "ZBA"),
        (-80, 10, "32C"),
        (-80.001, 10, "BBY"),
        (90, 0, "ZAH"),
        (-90, 0, "BAN"),
        (0, 0, "31NAA"),
        (-1e-12, 0, "31MAV"),
        (5, 180, "01N"),
        (85, -90, "YSH"),
    ],
)
def test_squares_keep_the_exceptions_and_edges_of_the_grid(lat: float, lon: float, head: str) -> None:
    assert mgrs_of(Position(lat_deg=lat, lon_deg=lon), 5).startswith(head)


def test_the_date_line_near_the_poles_lies_on_the_grid_line_and_begins_the_eastern_square() -> None:
    assert mgrs_of(Position(lat_deg=-80.5, lon_deg=180), 5) == "BAB 00000 42948"


def test_our_squares_are_those_of_the_mgrs_library() -> None:
    library, chance = mgrs.MGRS(), random.Random(5)
    for _ in range(2000):
        place = Position(lat_deg=chance.uniform(-90, 90), lon_deg=chance.uniform(-180, 180))
        theirs = library.toMGRS(place.lat_deg, place.lon_deg, MGRSPrecision=5)
        assert metres(parse_position(theirs), place) < 1.5  # the library rounds where the standard cuts
        ours = mgrs_of(place, 5).replace(" ", "").lstrip("0")
        assert (
            ours[:-10] == theirs[:-10].lstrip("0")
            or abs(int(ours[-5:]) - 50_000) > 49_990
            or (abs(int(ours[-10:-5]) - 50_000) > 49_990)
        )


@pytest.mark.parametrize("digits", range(6))
def test_a_reference_is_read_as_the_middle_of_its_square(digits: int) -> None:
    # UTM 31 north 448251 5411932 lies in the square; the middle is half a side from its south-west corner.
    side = 10 ** (5 - digits)
    text = f"31UDQ{'48251'[:digits]}{'11932'[:digits]}"
    east, north = (side * (value // side) + side / 2 for value in (448_251, 5_411_932))
    assert metres(parse_position(text), parse_position(f"31 north {east:.1f} {north:.1f}")) < 0.1


@pytest.mark.parametrize(
    "text",
    [
        "31UDQ4825111932",
        "31UDQ 48251 11932",
        "31U DQ 48251 11932",
        "31 U DQ 48251 11932",
        "31udq4825111932",
        "MGRS 31UDQ 48251 11932",
        "31UDQ-48251-11932",
        "31UDQ 4825111932",
        "31UDQ ４８２５１ 11932",
    ],
)
def test_mgrs_is_read_however_it_is_spaced(text: str) -> None:
    assert format_position(parse_position(text), "mgrs") == "31UDQ 48251 11932"


def test_cyrillic_letters_that_look_like_latin_ones_are_taken_in_mgrs() -> None:
    assert parse_position("37UDВ1234") == parse_position("37UDB1234")


@pytest.mark.parametrize(
    "text",
    [
        "33 north 500000 7100000",
        "33N 500000 7100000",
        "33 N 500000 7100000",
        "33 N 500000E 7100000N",
        "33V 500000 7100000",
        "33V 500000mE 7100000mN",
        "33 V 0500000 7100000",
        "UTM 33N 500000 7100000",
        "UTM zone 33 N, E 500000, N 7100000",
        "Zone 33 north: 500000 m E, 7100000 m N",
        "500000 7100000 33N",
        "7100000N 500000E 33N",
        "33N E500000 N7100000",
        "33N; 500000; 7100000",
        "33N/500000/7100000",
        "33 north 500 000 7 100 000",
        "33N 500,000 7,100,000",
        "33 nord 500000,0 7100000,0",
        "fuseau 33 nord 500000 7100000",
        "зона 33 север 500000 7100000",
        "33 С 500000 7100000",
        "33 северная 500000 7100000",
        "EPSG:32633 500000 7100000",
        "WGS84 UTM 33N 500000.00 7100000.00",
        "33 northern hemisphere 500000 7100000",
        "UTM 33N 500000mE 7100000mN",
    ],
)
def test_utm_is_read_in_every_common_spelling(text: str) -> None:
    position = parse_position(text)
    # On the central meridian of zone 33; the meridian arc of 7100000/0.9996 m on WGS 84 ends at 64.0268 N.
    assert (position.lat_deg, position.lon_deg) == (pytest.approx(64.0268, abs=1e-4), pytest.approx(15.0, abs=1e-9))


@pytest.mark.parametrize(
    "text",
    [
        "33 south 500000 6000000",
        "33 sud 500000 6000000",
        "33 Ю 500000 6000000",
        "33 юг 500000 6000000",
        "33S 500000 6000000",
        "33H 500000 6000000",
        "EPSG:32733 500000 6000000",
    ],
)
def test_utm_in_the_south(text: str) -> None:
    # 4000000 m from the equator; band S is north of it and has no such northing, so S can only be the hemisphere.
    assert parse_position(text).lat_deg == pytest.approx(-36.1447, abs=1e-4)


def test_the_letter_n_is_a_band_and_a_hemisphere_and_means_the_same_place() -> None:
    assert parse_position("33N 500000 600000") == parse_position("33 north 500000 600000")


@pytest.mark.parametrize(
    "text, lats",
    [
        ("33S 500000 4000000", [-54.1481, 36.1447]),  # southern hemisphere, or band S, which is north
        ("33 500000 4000000", [-54.1481, 36.1447]),  # no hemisphere
        ("UTM zone 33 500000 4000000", [-54.1481, 36.1447]),
        ("33С 500000 1500000", [13.5684, -76.5809]),  # the Russian north, or band C
        ("33N 7100000 500000", [64.0268]),  # northing first
    ],
)
def test_a_utm_letter_with_two_meanings_is_asked_about(text: str, lats: list[float]) -> None:
    with pytest.raises(AmbiguousPosition) as caught:
        parse_position(text)
    found = [reading.position.lat_deg for reading in caught.value.readings if reading.position]
    assert found == pytest.approx(lats, abs=1e-4)


@pytest.mark.parametrize(
    "text",
    [
        "UPS N 1617772 1403805",
        "UPS north 1617772 1403805",
        "N 1617772 1403805",
        "Y 1617772 1403805",
        "UPS Y 1617772 1403805",
        "UPS N 1617772mE 1403805mN",
        "1617772 1403805 N",
        "UPS N 1403805mN 1617772mE",
        "UPS nord 1617772 1403805",
        "UPS север 1617772 1403805",
        "UPS N 1 617 772 1 403 805",
    ],
)
def test_ups_is_read_with_letters_and_words(text: str) -> None:
    assert metres(parse_position(text), parse_position("83°37'39\"N 32°39'52\"W")) < 1.0


def test_the_four_polar_zones() -> None:
    for zone, easting, north, east in (
        ("A", 1_500_000, False, False),
        ("B", 2_500_000, False, True),
        ("Y", 1_500_000, True, False),
        ("Z", 2_500_000, True, True),
    ):
        position = parse_position(f"{zone} {easting} 2000000")
        assert (position.lat_deg > 0, position.lon_deg > 0) == (north, east)


@pytest.mark.parametrize(
    "text, field",
    [
        ("61C 500000 1000000", "UTM zone"),
        ("33I 500000 1000000", "UTM zone"),
        ("33 north 99999 4000000", "UTM easting"),
        ("33 north 500000 10000001", "UTM northing"),
        ("33T 500000 7100000", "UTM reference"),
        ("33 north 500000 9900000", "UTM reference"),
        ("Z 1900000 2000000", "UPS reference"),
        ("UPS S 100000 200000", "UPS reference"),
        ("A 2000000 9000000", "UPS reference"),
        ("30VVJ123", "MGRS reference"),
        ("31UDQ 4825 119", "MGRS reference"),
        ("31UDQ 123456 123456", "MGRS reference"),
        ("61VVJ1234512345", "MGRS zone"),
        ("00VVJ1234512345", "MGRS zone"),
        ("32XMG1234", "MGRS reference"),
        ("31UZQ1234", "MGRS reference"),
        ("31UDW1234", "MGRS reference"),
        ("ZZZ1234", "MGRS reference"),
        ("31NAK1234", "MGRS reference"),
    ],
)
def test_a_reference_that_is_no_place_is_refused(text: str, field: str) -> None:
    with pytest.raises(InputError) as caught:
        parse_position(text)
    assert caught.value.problems[0].field == field


def test_words_of_three_letters_are_no_polar_squares() -> None:
    for name in ("Bar", "ZAH", "Abu"):
        with pytest.raises(InputError, match="allowed: as"):
            parse_position(name)


def test_a_text_that_is_both_a_square_and_degrees_is_asked_about() -> None:
    with pytest.raises(AmbiguousPosition) as caught:
        parse_position("10 deg 30")
    assert [reading.meaning.partition(",")[0] for reading in caught.value.readings] == ["MGRS", "", "10°30'"]


@pytest.mark.parametrize("lat, notation", [(84.6, "utm"), (-80.1, "utm"), (60, "ups"), (83.4, "ups"), (-79.4, "ups")])
def test_where_a_grid_is_not_defined_nothing_is_printed(lat: float, notation: str) -> None:
    with pytest.raises(InputError, match="is defined from"):
        format_position(Position(lat_deg=lat, lon_deg=3), notation)  # type: ignore[arg-type] # by parametrize


def test_a_place_at_the_equator_is_in_the_north_once_rounded() -> None:
    assert format_position(Position(lat_deg=-1e-9, lon_deg=3), "utm") == "31 north 500000 0"
    assert math.isclose(parse_position("31 south 500000 10000000").lat_deg, 0.0, abs_tol=1e-9)
