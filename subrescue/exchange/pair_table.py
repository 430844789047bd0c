"""A table of pairs of places, read and written row by row: any length, one bad row spoils no other.

Separator `,`, `;` or tab, found in the header; UTF-8, with or without its mark, other bytes pass through. With `;` or
tab a comma may be the decimal sign, and is then written too.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TextIO

from subrescue.domain.errors import InputError, Problem
from subrescue.domain.position import Position
from subrescue.domain.unseen import spelt_out
from subrescue.exchange.delimited import guarded, unguarded

ADDED = ("distance_nm", "via", "status")
"""Columns that are added, or filled anew where the table has them."""

_ENDS = ((("lat1", "lon1"), "from"), (("lat2", "lon2"), "to"))
_NUMBER = re.compile(r"\s*[-+]?(\d+([.,]\d*)?|[.,]\d+)([eE][-+]?\d+)?\s*")
_COMMA = re.compile(r"\s*[-+]?\d*,\d+\s*")
_NO_TEXT = re.compile("[\udc80-\udcff]")
"""Bytes that are no text in the table's encoding, as `surrogateescape` keeps them."""
_UNPRINTABLE = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\udc80-\udcff]")
"""The same, and what stands in no text."""
_LONGEST_LINE = 1_000_000
_NEEDED = "columns lat1, lon1, lat2, lon2, or from, to, are needed"

ReadPlace = Callable[[str, str], Position]


@dataclass(frozen=True)
class PairRow:
    """One row: its line in the file, its cells, its two places, or what is wrong with it."""

    line: int
    cells: list[str]
    start: Position | None = None
    end: Position | None = None
    problems: tuple[Problem, ...] = ()

    @property
    def status(self) -> str:
        """What is wrong, for the column of that name; empty where nothing is."""
        return f"bad_row: {'; '.join(map(str, self.problems))}" if self.problems else ""


@dataclass(frozen=True)
class Layout:
    """How the table is laid out: separator, line end, header, and where the places of a row stand."""

    separator: str
    line_end: str
    header: tuple[str, ...]
    ends: tuple[tuple[int, ...], ...] = field(default=())

    @property
    def written_header(self) -> list[str]:
        """The header with the columns that are added."""
        return [*self.header, *(name for name in ADDED if name not in self.header)]


class PairReader:
    """Reads the header at once and the rows one by one.

    Raises InputError, naming the file, for a table without a header, a binary file, or without the columns needed.
    """

    def __init__(self, stream: TextIO, file: str, read_place: ReadPlace) -> None:
        self._read_place = read_place
        self.decimal_comma = False
        self._file = file
        self._lines = self._decoded(stream)
        first = next(self._lines, "")
        if "\0" in first:
            raise InputError(Problem("", "a binary file", "a table as text in UTF-8 is expected", file=file))
        if not first.strip():
            raise InputError(Problem("", "no header in the first line", _NEEDED, file=file, line=1))
        self.layout = _layout(first, file)
        self._rows = csv.reader(self._lines, delimiter=self.layout.separator)

    def __iter__(self) -> Iterator[PairRow]:
        while True:
            try:
                cells = next(self._rows)
            except StopIteration:
                return
            except csv.Error as error:
                found = f"a row that cannot be parted into cells ({error})"
                yield PairRow(self._line, [], problems=(Problem("", found, "quotes are closed in the same cell"),))
                continue
            if any(cell.strip() for cell in cells):
                yield self._row(cells)

    def _decoded(self, stream: TextIO) -> Iterator[str]:
        """The lines; never more of one is read than any table has."""
        try:
            while line := stream.readline(_LONGEST_LINE):
                if len(line) == _LONGEST_LINE:
                    found = f"a line of {_LONGEST_LINE:,} characters or more"
                    raise InputError(Problem("", found, "one pair of places a line is needed", file=self._file))
                yield line
        except UnicodeDecodeError as error:
            found = f"bytes that are no text in {error.encoding.upper()}"
            raise InputError(Problem("", found, "save the table as text in UTF-8", file=self._file)) from None
        except OSError as error:  # told here, else it would look like a fault of where the answer goes
            found = f"what cannot be read ({error.strerror})"
            raise InputError(Problem("", found, "a table of pairs is expected", file=self._file)) from None

    @property
    def _line(self) -> int:
        return self._rows.line_num + 1  # the header was read before

    def _row(self, cells: list[str]) -> PairRow:
        wanted = len(self.layout.header)
        if len(cells) != wanted:
            wrong = Problem("", f"{len(cells)} cells", f"the header has {wanted}")
            return PairRow(self._line, cells, problems=(wrong,))
        places: list[Position] = []
        for columns in self.layout.ends:
            try:
                places.append(self._place(cells, columns))
            except InputError as error:
                return PairRow(self._line, cells, problems=error.problems)
        return PairRow(self._line, cells, places[0], places[1])

    def _place(self, cells: Sequence[str], columns: tuple[int, ...]) -> Position:
        names = [self.layout.header[column] for column in columns]
        texts = [unguarded(cells[column]) for column in columns]
        for name, text in zip(names, texts, strict=True):
            if not text.strip():
                raise InputError(Problem(name, "an empty cell", "a place is needed"))
            if (byte := _NO_TEXT.search(text)) is not None:
                found = f"a byte that is no UTF-8 text (0x{ord(byte[0]) & 0xFF:02x})"
                raise InputError(Problem(name, found, "save the table as text in UTF-8"))
        if len(columns) == 1:
            return self._read_place(texts[0].strip(), names[0])
        lat, lon = self._number(texts[0]), self._number(texts[1])
        if lat is None or lon is None:
            return self._read_place(f"{texts[0].strip()} {texts[1].strip()}", " ".join(names))
        for name, text, value, most in zip(names, texts, (lat, lon), (90, 180), strict=True):
            if not -most <= value <= most:
                raise InputError(Problem(name, text.strip(), f"-{most} to {most} degrees is allowed"))
        return Position(lat_deg=lat, lon_deg=lon)

    def _number(self, text: str) -> float | None:
        """A plain number of degrees, or None: it may be a position in another notation."""
        if not _NUMBER.fullmatch(text):
            return None
        if "," in text:
            if self.layout.separator == ",":
                return None
            self.decimal_comma |= _COMMA.fullmatch(text) is not None
            text = text.replace(",", ".")
        return float(text)


class PairWriter:
    """Writes rows with their answer, in the layout of the table they came from; nothing in it runs as a formula.

    `on_terminal`: signs that would work on a terminal are spelt out; in a file a cell stays as it was.
    """

    def __init__(self, stream: TextIO, layout: Layout, on_terminal: bool = False) -> None:
        self._layout = layout
        self._shown: Callable[[str], str] = spelt_out if on_terminal else str
        self._writer = csv.writer(stream, delimiter=layout.separator, lineterminator=layout.line_end)
        self._writer.writerow([self._shown(_cell(name)) for name in layout.written_header])
        self._at = [layout.written_header.index(name) for name in ADDED]

    def write(self, row: PairRow, distance_nm: float | None, via: str, status: str, decimal_comma: bool) -> None:
        """Write one row; a distance that is None stays an empty cell."""
        width = len(self._layout.written_header)
        cells = (row.cells + [""] * width)[: max(width, 0)]
        shown = "" if distance_nm is None else f"{distance_nm:.1f}"
        answer = (shown.replace(".", ",") if decimal_comma else shown, via, status)
        for column, text in zip(self._at, answer, strict=True):
            cells[column] = text
        self._writer.writerow([self._shown(_cell(cell)) for cell in cells])


def chunks(rows: Iterable[PairRow], size: int) -> Iterator[list[PairRow]]:
    """Rows in lists of `size`."""
    part: list[PairRow] = []
    for row in rows:
        part.append(row)
        if len(part) == size:
            yield part
            part = []
    if part:
        yield part


def _layout(first: str, file: str) -> Layout:
    """Find separator and columns in the header."""
    text = first.rstrip("\r\n")
    line_end = first[len(text) :] or "\n"
    best: tuple[str, ...] = ()
    for separator in (",", ";", "\t"):
        cells = _cells(text, separator, file)
        header = tuple(cell.strip().lower() for cell in cells)
        ends = _ends(header)
        if len(ends) == 2:
            doubled = sorted({name for name in header if name and header.count(name) > 1})
            if doubled:
                found = f"the column {doubled[0]} twice"
                raise InputError(Problem("header", found, "a name may stand once", file=file, line=1))
            return Layout(separator, line_end, cells, ends)
        best = max(best, header, key=len)
    if _UNPRINTABLE.search(text) is not None:  # a picture, or words in another encoding: nobody could read them
        raise InputError(Problem("", "a file that is no text in UTF-8", f"a table as text; {_NEEDED}", file=file))
    raise InputError(Problem("header", f"the columns {', '.join(best)[:200]}", _NEEDED, file=file, line=1))


def _cells(header: str, separator: str, file: str) -> tuple[str, ...]:
    try:
        return tuple(next(csv.reader([header], delimiter=separator)))
    except csv.Error as error:
        found = f"what cannot be parted into cells ({error})"
        raise InputError(Problem("header", found, _NEEDED, file=file, line=1)) from None


def _ends(header: Sequence[str]) -> tuple[tuple[int, ...], ...]:
    found: list[tuple[int, ...]] = []
    for pair, name in _ENDS:
        if all(column in header for column in pair):
            found.append(tuple(header.index(column) for column in pair))
        elif name in header:
            found.append((header.index(name),))
    return tuple(found)


def _cell(text: str) -> str:
    return text if _NUMBER.fullmatch(text) else guarded(unguarded(text))
