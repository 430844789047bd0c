"""Lines into sentences: times wherever they stand, parts in any order, checksums, garbage and floods of it."""

from __future__ import annotations

from datetime import UTC, datetime
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from subrescue.exchange.ais.sentences import (
    LONGEST_LINE,
    LONGEST_WAIT,
    MOST_OPEN,
    LineSplitter,
    Message,
    SentenceReader,
)
from subrescue.exchange.ais.tally import Fate
from tests.exchange.ais.stream import block, checked, sentence, sentences

# 1795600000 s of 1970 are 20782 days and 35200 s: 25 November 2026, 09:46:40.
AT = datetime(2026, 11, 25, 9, 46, 40, tzinfo=UTC)
ONE = sentence()
FIRST, SECOND = sentences(msg_type=5, shipname="MADE UP")


def taken(line: bytes) -> Message | Fate:
    return SentenceReader().take(line)


@pytest.mark.parametrize(
    "line",
    [
        block("c:1795600000") + ONE,
        block("g:1-1-7,s:rMade,c:1795600000") + ONE,
        block("c:1795600000000") + ONE,
        b"1795600000 " + ONE,
        b"1795600000.25\t" + ONE,
        b"2026-11-25T09:46:40Z," + ONE,
        b"[2026-11-25T10:46:40+01:00] " + ONE,
        ONE + b",rMade,1795600000",
    ],
)
def test_a_time_is_read_wherever_it_stands(line: bytes) -> None:
    found = taken(line)
    assert isinstance(found, Message)
    assert found.at is not None
    assert found.at.replace(microsecond=0) == AT
    assert found.raw == (ONE,)


@pytest.mark.parametrize("front", [b"", b"2026-11-25T09:46:40 ", b"Nov 25 ship: ", b"12 "])
def test_a_time_without_a_zone_or_none_at_all_is_not_known(front: bytes) -> None:
    found = taken(front + ONE)
    assert isinstance(found, Message)
    assert found.at is None


@pytest.mark.parametrize(
    "line, fate",
    [
        (ONE[:-1] + (b"0" if ONE[-1:] != b"0" else b"1"), Fate.BAD_CHECKSUM),
        (ONE[:-3], Fate.BAD_CHECKSUM),
        (block("c:1795600000").replace(b"c:1", b"c:2") + ONE, Fate.BAD_TAG_BLOCK),
        (block("c:yesterday") + ONE, Fate.BAD_TAG_BLOCK),
        (b"\\c:1795600000*55" + ONE, Fate.BAD_TAG_BLOCK),
        (b"$GPGGA,092750.000,5321.6802,N,00630.3372,W,1,8,1.03,61.7,M,55.2,M,,*76", Fate.OTHER_SENTENCE),
        (b"!AIALR,1*00", Fate.OTHER_SENTENCE),
        (b"hello", Fate.GARBAGE),
        (b"GET / HTTP/1.1!", Fate.GARBAGE),
        (b"\x00\xff\xfe!", Fate.GARBAGE),
        (checked(b"AIVDM,1,2,,A,0000,0"), Fate.UNDECODABLE),
        (checked(b"AIVDM,2,3,1,A,0000,0"), Fate.UNDECODABLE),
        (checked(b"AIVDM,1,1,,A,not a payload,0"), Fate.UNDECODABLE),
    ],
)
def test_what_is_no_sentence_is_told_by_its_fault(line: bytes, fate: Fate) -> None:
    assert taken(line) is fate


def test_parts_are_put_together_in_any_order_and_between_others() -> None:
    reader = SentenceReader()
    assert reader.take(SECOND) is Fate.PART
    assert isinstance(reader.take(ONE), Message)
    found = reader.take(block("c:1795600000") + FIRST)
    assert isinstance(found, Message)
    assert found.raw == (FIRST, SECOND)
    assert found.at == AT
    reader.end()
    assert reader.take_lost() == 0


def test_a_part_that_never_comes_is_given_up_and_counted() -> None:
    reader = SentenceReader()
    assert reader.take(FIRST) is Fate.PART
    assert reader.take(FIRST) is Fate.PART  # the next message of this number: the first one is lost
    assert reader.take_lost() == 1
    for _ in range(LONGEST_WAIT + 1):
        reader.take(ONE)
    assert reader.take(SECOND) is Fate.PART
    assert reader.take_lost() == 1
    reader.end()
    assert reader.take_lost() == 1


def test_a_flood_of_first_parts_takes_no_more_room() -> None:
    reader = SentenceReader()
    keys = [(talker, group, channel) for talker in "ABCDEFG" for group in range(10) for channel in "AB"]
    for talker, group, channel in keys:
        assert reader.take(checked(f"{talker}IVDM,2,1,{group},{channel},0000,0".encode())) is Fate.PART
    assert reader.take_lost() == len(keys) - MOST_OPEN


def test_lines_are_cut_however_they_come() -> None:
    splitter = LineSplitter()
    assert splitter.feed(b"a\r\nbc") == [b"a"]
    assert splitter.feed(b"d\n\n") == [b"bcd"]
    assert splitter.feed(b"x" * (LONGEST_LINE + 1)) == []
    assert splitter.feed(b"y" * 10 * LONGEST_LINE) == []
    assert splitter.feed(b"z\nafter\nlast") == [None, b"after"]
    assert splitter.end() == [b"last"]
    assert splitter.end() == []


@given(st.binary(max_size=400), st.lists(st.integers(min_value=0, max_value=400), max_size=5))
def test_where_a_stream_is_cut_changes_no_line(data: bytes, cuts: list[int]) -> None:
    whole, pieces = LineSplitter(), LineSplitter()
    places = sorted({0, len(data), *(cut for cut in cuts if cut < len(data))})
    found = [line for start, end in pairwise(places) for line in pieces.feed(data[start:end])]
    assert [*found, *pieces.end()] == [*whole.feed(data), *whole.end()]


@given(st.binary(max_size=120), st.booleans())
def test_no_line_whatever_it_holds_breaks_the_reader(junk: bytes, inside: bool) -> None:
    line = ONE[:20] + junk + ONE[20:] if inside else junk + ONE + junk
    assert isinstance(taken(line), Message | Fate)
    body = b"AIVDM,1,1,,A," + junk.replace(b"*", b"") + b",0"
    assert isinstance(taken(checked(body)), Message | Fate)
