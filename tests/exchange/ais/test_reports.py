"""Messages into positions: ships alone, what is not available is not known, and no payload breaks the decoder."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from subrescue.exchange.ais.reports import Report, report_of, sender_of
from subrescue.exchange.ais.sentences import Message
from subrescue.exchange.ais.tally import Fate
from tests.exchange.ais.stream import BERGEN, checked, message, sentences

SIGNS = "0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVW`abcdefghijklmnopqrstuvw"


def made(**fields: Any) -> Message:
    return message(*sentences(**fields))


def reported(**fields: Any) -> Report | Fate:
    found = made(**fields)
    sender = sender_of(found)
    return sender if isinstance(sender, Fate) else report_of(found)


@pytest.mark.parametrize("kind", [1, 2, 3, 18, 19])
def test_a_ship_reports_position_speed_and_course(kind: int) -> None:
    found = reported(msg_type=kind, lat=-33.85, lon=151.2, speed=7.4, course=123.4)
    assert isinstance(found, Report)
    assert found.mmsi == BERGEN
    # AIS counts ten-thousandths of a minute: 1/600000 of a degree.
    assert (found.position.lat_deg, found.position.lon_deg) == pytest.approx((-33.85, 151.2), abs=1 / 600000)
    assert (found.speed_kn, found.course_deg) == (7.4, 123.4)


def test_a_ship_heard_by_satellite_is_known_to_a_tenth_of_a_minute() -> None:
    found = reported(msg_type=27, lat=60.0, lon=-5.0, speed=12, course=90)
    assert isinstance(found, Report)
    assert (found.position.lat_deg, found.position.lon_deg) == pytest.approx((60.0, -5.0), abs=1 / 600)
    assert (found.speed_kn, found.course_deg) == (12.0, 90.0)
    nothing = reported(msg_type=27, lat=60.0, lon=-5.0, speed=63, course=511)
    assert isinstance(nothing, Report)
    assert (nothing.speed_kn, nothing.course_deg) == (None, None)


@pytest.mark.parametrize(
    "fields, fate",
    [
        ({"lat": 91.0}, Fate.NOT_AVAILABLE),
        ({"lon": 181.0}, Fate.NOT_AVAILABLE),
        ({"lat": 0.0, "lon": 0.0}, Fate.NOT_AVAILABLE),
        ({"lat": 90.5}, Fate.OUT_OF_RANGE),
        ({"lon": -180.5}, Fate.OUT_OF_RANGE),
        ({"mmsi": 2579999}, Fate.BASE_STATION),  # 00 257 9999
        ({"msg_type": 4, "mmsi": 2579999}, Fate.BASE_STATION),
        ({"msg_type": 9, "mmsi": 111257001}, Fate.AIRCRAFT),
        ({"mmsi": 111257001}, Fate.AIRCRAFT),
        ({"msg_type": 21, "mmsi": 992571234}, Fate.AID_TO_NAVIGATION),
        ({"mmsi": 992571234}, Fate.AID_TO_NAVIGATION),
        ({"mmsi": 970123456}, Fate.OTHER_STATION),  # a search and rescue transmitter
        ({"mmsi": 25799900}, Fate.OTHER_STATION),  # a group of ships: 0 257 99900
        ({"msg_type": 5}, Fate.NOT_A_POSITION),
        ({"msg_type": 24, "partno": 0}, Fate.NOT_A_POSITION),
    ],
)
def test_what_is_no_position_of_a_ship_is_told(fields: dict[str, Any], fate: Fate) -> None:
    assert reported(**fields) is fate


@pytest.mark.parametrize("speed, known", [(102.3, None), (102.2, None), (102.1, 102.1), (0.0, 0.0)])
def test_a_speed_that_is_not_available_is_not_known_and_never_0(speed: float, known: float | None) -> None:
    found = reported(speed=speed, course=360.0)
    assert isinstance(found, Report)
    assert found.speed_kn == known
    assert found.course_deg is None


def test_a_payload_that_is_cut_short_is_no_position() -> None:
    assert sender_of(message(checked(b"AIVDM,1,1,,A,13aE,0"))) is Fate.UNDECODABLE
    assert sender_of(message(checked(b"AIVDM,1,1,,A,13mmmm1P0,0"))) is Fate.UNDECODABLE


@given(st.sampled_from("1239BCK4E5H"), st.text(SIGNS, max_size=80), st.integers(min_value=0, max_value=5))
def test_no_payload_breaks_the_decoder(kind: str, rest: str, fill: int) -> None:
    found = message(checked(f"AIVDM,1,1,,A,{kind}{rest},{fill}".encode()))
    sender = sender_of(found)
    told = report_of(found)
    assert isinstance(told, Report | Fate)
    if isinstance(told, Report) and isinstance(sender, int):
        assert told.mmsi == sender  # the head that is read first says what the decoder says
