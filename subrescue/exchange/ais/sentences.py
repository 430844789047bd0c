r"""Lines into AIS sentences: time stamps, tag blocks, checksums, parts put together (NMEA 0183, IEC 61162-1 and -450).

A line is `\c:1700000000*hh\!AIVDM,1,1,,A,payload,0*hh`, its time in the tag block, before it, behind it or nowhere.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import reduce
from operator import xor

from subrescue.exchange.ais.tally import Fate

LONGEST_LINE = 1024
"""Bytes of a line. NMEA allows 82 for a sentence; tag blocks and what loggers put before it make it longer."""

MOST_OPEN = 64
"""Messages whose parts are waited for at one time."""

LONGEST_WAIT = 500
"""Sentences after which a message that is still without a part is given up."""

_SENTENCE = re.compile(
    rb"!([A-Z]{2}VD[MO]),([1-9]),([1-9]),([0-9]?),([0-9A-Z]?),([0-9:;<=>?@A-W`a-w]*),([0-5])\*([0-9A-Fa-f]{2})(.*)",
    re.DOTALL,
)
_CHECKSUM = re.compile(rb"\*[0-9A-Fa-f]{2}")
_ANY_AIS = re.compile(rb"![A-Z]{2}VD[MO],")
_ANY_NMEA = re.compile(rb"[!$][A-Z]{5},|[!$]P[A-Z]{3}")
_TAG_BLOCK = re.compile(rb"\\([^\\]{1,512})\\")
_TAG = re.compile(rb"(.*)\*([0-9A-Fa-f]{2})", re.DOTALL)
_EPOCH = re.compile(r"(\d{9,10})(?:\.\d{1,9})?|(\d{13})")
_BEHIND = re.compile(rb",(\d{9,10})\s*\Z")


@dataclass(frozen=True, slots=True)
class Message:
    """A whole AIS message: its sentences without time and tag block, its payload and its time, aware, if stated."""

    raw: tuple[bytes, ...]
    payload: bytes
    at: datetime | None


@dataclass(slots=True)
class _Open:
    """A message of which parts are there."""

    born: int
    parts: dict[int, tuple[bytes, bytes]]
    count: int
    at: datetime | None


class LineSplitter:
    """Cuts what comes in into lines; of an over-long one nothing is kept, and None stands for it."""

    def __init__(self) -> None:
        self._kept = b""
        self._skipping = False

    def feed(self, data: bytes) -> list[bytes | None]:
        """The lines that this data ends, without their ends."""
        lines: list[bytes | None] = []
        *whole, rest = data.split(b"\n")
        for piece in whole:
            line = self._kept + piece
            self._kept = b""
            if self._skipping or len(line) > LONGEST_LINE:
                lines.append(None)
            elif line := line.rstrip(b"\r"):
                lines.append(line)
            self._skipping = False
        if self._skipping:
            return lines
        self._kept += rest
        if len(self._kept) > LONGEST_LINE:
            self._kept, self._skipping = b"", True
        return lines

    def end(self) -> list[bytes | None]:
        """What stands after the last line end: its end is the end."""
        return self.feed(b"\n") if self._kept or self._skipping else []


class SentenceReader:
    """Takes lines one by one and gives whole messages; what it holds of unfinished ones is bounded."""

    def __init__(self) -> None:
        self._open: dict[tuple[bytes, bytes, bytes], _Open] = {}
        self._number = 0
        self.lost = 0
        """Parts that were given up since `take_lost` was last called."""

    def take(self, line: bytes) -> Message | Fate:
        """The message that a line completes, or what became of the line."""
        start = line.find(b"!")
        if start < 0:
            return Fate.OTHER_SENTENCE if _ANY_NMEA.search(line) else Fate.GARBAGE
        found = _SENTENCE.match(line, start)
        if found is None:
            return _not_a_sentence(line, start)
        talker, count, number, group, channel, payload, _fill, stated, behind = found.groups()
        raw = line[start : found.end(8)]
        if reduce(xor, raw[1:-3]) != int(stated, 16):
            return Fate.BAD_CHECKSUM
        at = _time_before(line[:start]) if start else None
        if at is Fate.BAD_TAG_BLOCK:
            return Fate.BAD_TAG_BLOCK
        if at is None and behind and (later := _BEHIND.search(behind)):
            at = _instant(later.group(1).decode())
        self._number += 1
        assert not isinstance(at, Fate)
        if count == b"1":
            return Message((raw,), payload, at) if number == b"1" else Fate.UNDECODABLE
        return self._part((talker, group, channel), int(count), int(number), raw, payload, at)

    def _part(
        self,
        key: tuple[bytes, bytes, bytes],
        count: int,
        number: int,
        raw: bytes,
        payload: bytes,
        at: datetime | None,
    ) -> Message | Fate:
        if number > count:
            return Fate.UNDECODABLE
        message = self._open.get(key)
        if message is not None and (
            message.count != count or number in message.parts or self._number - message.born > LONGEST_WAIT
        ):
            self._give_up(key)
            message = None
        if message is None:
            if len(self._open) >= MOST_OPEN:
                self._give_up(next(iter(self._open)))
            message = self._open[key] = _Open(self._number, {}, count, None)
        message.parts[number] = (raw, payload)
        message.at = message.at or at
        if len(message.parts) < count:
            return Fate.PART
        del self._open[key]
        parts = [message.parts[place] for place in range(1, count + 1)]
        return Message(tuple(raw for raw, _ in parts), b"".join(payload for _, payload in parts), message.at)

    def _give_up(self, key: tuple[bytes, bytes, bytes]) -> None:
        self.lost += len(self._open.pop(key).parts)

    def end(self) -> None:
        """Give up what is still without a part."""
        for key in list(self._open):
            self._give_up(key)

    def take_lost(self) -> int:
        """How many parts were given up since this was last asked."""
        lost, self.lost = self.lost, 0
        return lost


def _not_a_sentence(line: bytes, start: int) -> Fate:
    if _ANY_AIS.match(line, start):
        return Fate.UNDECODABLE if _CHECKSUM.search(line, start) else Fate.BAD_CHECKSUM
    return Fate.OTHER_SENTENCE if _ANY_NMEA.search(line) else Fate.GARBAGE


def _time_before(front: bytes) -> datetime | Fate | None:
    """The time of a tag block or of what a logger wrote before a sentence; a broken tag block is told."""
    rest = front
    for block in _TAG_BLOCK.finditer(front):
        tag = _TAG.fullmatch(block.group(1))
        if tag is None or reduce(xor, tag.group(1), 0) != int(tag.group(2), 16):
            return Fate.BAD_TAG_BLOCK
        for field in tag.group(1).split(b","):
            if field.startswith(b"c:"):
                at = _instant(field[2:].decode("ascii", "replace"))
                return Fate.BAD_TAG_BLOCK if at is None else at
        rest = rest.replace(block.group(0), b"")
    if b"\\" in rest:
        return Fate.BAD_TAG_BLOCK
    return _instant(rest.decode("ascii", "replace").strip(" \t,;[]"))


def _instant(text: str) -> datetime | None:
    """An aware instant from seconds or milliseconds of 1970 or ISO 8601 with its zone; None for anything else."""
    if epoch := _EPOCH.fullmatch(text):
        seconds = float(text) if epoch.group(1) else int(text) / 1000.0
        return datetime.fromtimestamp(seconds, UTC)
    try:
        at = datetime.fromisoformat(text)
        return None if at.tzinfo is None else at.astimezone(UTC)
    except (ValueError, OverflowError):
        return None
