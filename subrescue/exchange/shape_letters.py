"""In which letters the table of a shapefile is written where no .cpg beside it says so: UTF-8 and Cyrillic are known by
their bytes; read as West European, which is what the format stands for then, both are no words.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

_FREQUENT = frozenset("оеаинтсрлвОЕАИНТСРЛВ".encode("cp1251"))
"""The ten letters that make some two thirds of a Russian text."""
_LEAST_SHARE = 0.5


def encoding_of(path: Path, words: Iterable[str | None]) -> str:
    """The encoding of a shapefile's words, which were read as latin-1; empty where that is as good as any."""
    if any(path.with_suffix(suffix).exists() for suffix in (".cpg", ".CPG")):
        return ""
    try:
        raw = "\n".join(text for text in words if text is not None and not text.isascii()).encode("latin-1")
    except UnicodeEncodeError:
        return ""  # they were read as something else
    high = [byte for byte in raw if byte > 0x7F]
    if not high:
        return ""
    try:
        raw.decode("utf-8")
    except UnicodeDecodeError:
        return "cp1251" if sum(byte in _FREQUENT for byte in high) > _LEAST_SHARE * len(high) else ""
    return "utf-8"


def in_letters(text: str, encoding: str) -> str:
    """A text that was read as latin-1, in its own letters."""
    return text.encode("latin-1", "replace").decode(encoding, "replace")
