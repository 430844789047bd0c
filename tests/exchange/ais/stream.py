"""AIS sentences made by pyais' encoder for tests: the MMSIs are made up, and nobody ever recorded these streams."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from functools import reduce
from operator import xor
from typing import Any

from pyais.encode import encode_dict

from subrescue.exchange.ais.sentences import Message, SentenceReader

BERGEN, STRANGER, OTHER = 257999001, 211999999, 224999999
"""MMSIs of ships that there are not: of Norway, Germany and Spain by their first three digits."""


def sentences(**fields: Any) -> list[bytes]:
    """The sentences of a message; of a ship's position unless `msg_type` says otherwise."""
    values = {"msg_type": 1, "mmsi": BERGEN, "lat": 60.0, "lon": 5.0, "speed": 12.3, "course": 90.0, **fields}
    number = values.pop("msg_type")
    return [line.encode() for line in encode_dict({"type": number, **values}, sentence_type="VDM")]


def sentence(**fields: Any) -> bytes:
    """The one sentence of a message."""
    (line,) = sentences(**fields)
    return line


def tagged(line: bytes, at: datetime) -> bytes:
    """A sentence behind a tag block with its time."""
    return block(f"c:{int(at.timestamp())}") + line


def block(words: str) -> bytes:
    """A tag block with its checksum."""
    content = words.encode()
    return b"\\%s*%02X\\" % (content, reduce(xor, content, 0))


def checked(body: bytes) -> bytes:
    """A sentence from what stands between ! and *, with its checksum."""
    return b"!%s*%02X" % (body, reduce(xor, body))


def message(*lines: bytes) -> Message:
    """The message that these sentences are."""
    reader = SentenceReader()
    found = [reader.take(line) for line in lines][-1]
    assert isinstance(found, Message)
    return found


def joined(lines: Iterable[bytes]) -> bytes:
    """Lines as a file has them."""
    return b"".join(line + b"\r\n" for line in lines)
