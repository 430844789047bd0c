"""The letters of map layers that are text: KML and GeoJSON in whatever encoding they state, handed on in UTF-8.

The library reads XML in four encodings only, and names of GeoJSON in UTF-8 only.
"""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from subrescue.domain.errors import InputError, Problem
from subrescue.store.files import encoding_of

_DECLARED = re.compile(rb"""\A\s*<\?xml\b[^>]*?\bencoding\s*=\s*["']([^"']{1,40})["'][^>]*\?>""")
_DECLARATION = re.compile(r"\A\s*<\?xml\b[^>]*\?>")
# Those of texts that people write; others that Python knows are no letters, or are slow to read on purpose.
_KNOWN = re.compile(
    r"utf-?8|utf-?16(le|be)?|(us-)?ascii|iso-?8859-?\d{1,2}|latin-?\d{1,2}|(windows-?|cp)\d{3,5}|koi8-[ru]"
    r"|mac-?cyrillic|gb2312|gbk|gb18030|big5|shift[-_]jis|euc-(jp|kr)",
    re.IGNORECASE,
)
_UTF_8 = ("utf-8", "utf8", "utf-8-sig")
_COORDINATES = re.compile(rb"<(?:\w+:)?coordinates\b[^>/]*>([^<]*)(?=</)")
# Nothing is tried twice: a hostile line of digits is looked at once.
_NUMBER = rb"[-+]?(?:\d++\.?+\d*+|\.\d++)(?:[eE][-+]?\d++)?+"
_PLACE = rb"%b(?:\s*+,\s*+%b)++" % (_NUMBER, _NUMBER)
_PLACES = re.compile(rb"\s*+%b(?:\s++%b)*+\s*+" % (_PLACE, _PLACE))
_NEAR_BYTES = 500
"""So far before its coordinates a shape begins."""


def refuse_wrong_coordinates(path: Path, content: bytes) -> None:
    """Raise InputError for coordinates of a KML in UTF-8 that are no numbers: the library takes those of a point for 0.

    A line without any stays: it is nothing to draw.
    """
    for found in _COORDINATES.finditer(content):
        places = found[1]
        if _PLACES.fullmatch(places) or not (places.strip() or _is_of_a_point(content, found.start())):
            continue
        line = content.count(b"\n", 0, found.start()) + 1
        words = " ".join(places.decode("utf-8", "replace").split())[:40]
        raise _wrong(path, f"coordinates '{words}'", "longitude and latitude with a comma between are needed", line)


def _is_of_a_point(content: bytes, at: int) -> bool:
    before = content[max(0, at - _NEAR_BYTES) : at]
    return before.rfind(b"<Point") > before.rfind(b"<Line")


@contextmanager
def in_utf_8(path: Path, content: bytes, kind: str) -> Iterator[tuple[Path, bytes]]:
    """A file that the library reads, and its bytes: the one given, or where that is in other letters one in UTF-8.

    The other has the same name, after which layers may be called, and is gone afterwards. kind: "KML" or "GeoJSON".

    Raises InputError with file, line and byte: what is no text in the encoding that the file states, or in UTF-8
    where it states none; an encoding that is not known.
    """
    encoding = _encoding_of(path, content, kind)
    text = _decoded(path, content, encoding, kind)
    if encoding in _UTF_8:
        yield path, content
        return
    whole = _DECLARATION.sub("", text.removeprefix("\ufeff")).encode("utf-8")
    with tempfile.TemporaryDirectory(prefix="subrescue-") as folder:
        other = Path(folder) / path.name
        other.write_bytes(whole)
        yield other, whole


def _encoding_of(path: Path, content: bytes, kind: str) -> str:
    """The encoding by the file's mark, else by its declaration, else UTF-8."""
    by_mark = encoding_of(content)
    found = _DECLARED.match(content) if kind == "KML" and by_mark == "utf-8-sig" else None
    if found is None or content.startswith(b"\xef\xbb\xbf"):
        return by_mark
    name = found[1].decode("ascii", "replace").strip()
    try:
        if _KNOWN.fullmatch(name) is None:
            raise LookupError(name)
        "".encode(name)
    except LookupError:
        raise _wrong(path, f"the encoding '{name}'", "UTF-8 or one such as windows-1251 is needed", 1) from None
    return name.lower()


def _decoded(path: Path, content: bytes, encoding: str, kind: str) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        wrong = partial(_wrong, path, line=content.count(b"\n", 0, error.start) + 1)
        byte = f"0x{content[error.start]:02x}"
        if encoding != "utf-8-sig":
            name = encoding.upper() if encoding.startswith("utf") else encoding
            raise wrong(f"a byte that is no {name} text ({byte})", f"a {kind} in the encoding that it states") from None
        allowed = "a KML in UTF-8, or one that states its encoding in its first line" if kind == "KML" else (
            f"a {kind} in UTF-8 is needed"
        )  # fmt: skip
        raise wrong(f"a byte that is no UTF-8 text ({byte})", allowed) from None


def _wrong(path: Path, found: str, allowed: str, line: int | None = None) -> InputError:
    return InputError(Problem("", found, allowed, str(path), line))
