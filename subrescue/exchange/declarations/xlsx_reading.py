"""Reads the cells of an XLSX workbook and nothing else: no formula is run, no link followed, no entity expanded.

Formulas, macros, links to other files and merged cells are told as findings, so that nothing is lost silently.
"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
import zlib
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any
from xml.parsers import expat

from subrescue.domain.errors import InputError, Problem
from subrescue.exchange.declarations.sheets import (
    MAX_CELL,
    MAX_COLUMNS,
    MAX_ROWS,
    MAX_TABLES,
    MAX_UNPACKED_BYTES,
    CellFault,
)
from subrescue.store.validation import shown

_MAX_PARTS = 2000
_MAX_TAGS = 5_000_000
"""Most tags of a workbook, some ten seconds of reading; 20,000 rows with all of sixty columns filled have fewer."""
_MAX_DOUBTS = 100
"""So many doubts of a sheet are told one by one."""
_LOCKED = b"\xd0\xcf\x11\xe0"
"""Begins a file of the kind in which older workbooks are, and those that a password locks."""
_DATE_FORMATS = {14, 15, 16, 17, 22, *range(27, 37), *range(50, 59)}
_CELL = re.compile(r"^([A-Z]{1,3})([0-9]{1,7})$")
_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")


@dataclass
class SheetCells:
    """The filled cells of a sheet, row by row (counted from 1), column by column (from 0), and what is doubtful in it.

    doubts: the row, None for the sheet as a whole, what was found and what is done with it.
    """

    name: str
    rows: dict[int, dict[int, Any]] = field(default_factory=dict)
    doubts: list[tuple[int | None, str, str]] = field(default_factory=list)
    more_doubts: int = 0

    def doubt(self, row: int | None, found: str, done: str) -> None:
        """Note a doubt; beyond those that a person reads through, only their number."""
        if len(self.doubts) < _MAX_DOUBTS:
            self.doubts.append((row, found, done))
        else:
            self.more_doubts += 1


class _Book:
    def __init__(self, name: str) -> None:
        self.name = name
        self.left = MAX_UNPACKED_BYTES
        self.tags_left = _MAX_TAGS

    def wrong(self, found: str, allowed: str) -> InputError:
        return InputError(Problem("", found, allowed, file=self.name))

    def joined(self, parts: list[str], place: str) -> str:
        """The text of a cell that came in parts. Raises InputError for more than a workbook may hold."""
        length = sum(map(len, parts))
        if length > MAX_CELL:
            raise self.wrong(f"a cell of {length:,} characters {place}", f"a cell holds at most {MAX_CELL:,}")
        return "".join(parts)

    def whole(self, text: str, what: str) -> int:
        """The number that stands for a row, a style or a format. Raises InputError for anything else."""
        try:
            return int(text)
        except ValueError:
            found = f"a file that cannot be unpacked ({shown(text)} as {what})"
            raise self.wrong(found, "an XLSX workbook") from None

    def parse(self, archive: zipfile.ZipFile, part: str, start: Any, end: Any = None, text: Any = None) -> None:
        """Feed a part to an expat parser that refuses document types, and with them every entity."""
        parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.StartElementHandler = start
        parser.EndElementHandler = end
        parser.CharacterDataHandler = text

        def refuse(*_: Any) -> None:
            raise self.wrong(f"a document type in {part}", "a workbook has none; XML entities are refused")

        parser.StartDoctypeDeclHandler = refuse
        parser.EntityDeclHandler = refuse
        try:
            with archive.open(part) as stream:
                while block := stream.read(65536):
                    self.left -= len(block)
                    if self.left < 0:
                        found = f"a packed file that grows beyond {MAX_UNPACKED_BYTES // 1_000_000} MB"
                        raise self.wrong(found, "a smaller workbook is needed")
                    self.tags_left -= block.count(b"<")
                    if self.tags_left < 0:
                        raise self.wrong(f"more than {_MAX_TAGS:,} tags", "a smaller workbook is needed")
                    parser.Parse(block, False)
            parser.Parse(b"", True)
        except expat.ExpatError as error:
            raise self.wrong(f"XML that cannot be read in {part} ({error})", "save the workbook again") from None


def read_xlsx(content: bytes, name: str) -> tuple[list[SheetCells], list[str]]:
    """The sheets of a workbook of this name, and what else is in the file that is not read.

    Raises InputError for what is no XLSX file, is packed too tightly, has entities, or has too many sheets, rows,
    columns or tags, and for a sheet or a text to which nothing in the file belongs.
    """
    book = _Book(name)
    if content.startswith(_LOCKED):
        raise book.wrong("a workbook with a password, or of an old kind", "save it as XLSX without a password")
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return _read(book, archive)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError, LookupError, ValueError) as error:
        if isinstance(error, InputError):
            raise
        raise book.wrong(f"a file that cannot be unpacked ({str(error)[:80]})", "an XLSX workbook") from None
    except zlib.error:
        raise book.wrong("a file whose packing is damaged", "an XLSX workbook") from None


def _read(book: _Book, archive: zipfile.ZipFile) -> tuple[list[SheetCells], list[str]]:
    names = archive.namelist()
    if len(names) > _MAX_PARTS or sum(info.file_size for info in archive.infolist()) > MAX_UNPACKED_BYTES:
        found = f"{len(names):,} parts, {sum(i.file_size for i in archive.infolist()) // 1_000_000:,} MB unpacked"
        raise book.wrong(found, f"at most {_MAX_PARTS:,} parts and {MAX_UNPACKED_BYTES // 1_000_000} MB are read")
    if "xl/workbook.xml" not in names:
        raise book.wrong("no workbook in the file", "an XLSX workbook is needed (not XLS, XLSB or ODS)")
    targets: dict[str, str] = {}
    sheets: list[tuple[str, str]] = []
    early_days = 0

    def relation(name: str, attributes: dict[str, str]) -> None:
        if name.rpartition(":")[2] == "Relationship" and attributes.get("TargetMode") != "External":
            targets[attributes.get("Id", "")] = attributes.get("Target", "")

    def listed(name: str, attributes: dict[str, str]) -> None:
        nonlocal early_days
        if name.rpartition(":")[2] == "sheet":
            link = next((value for key, value in attributes.items() if key.rpartition(":")[2] == "id"), "")
            sheets.append((attributes.get("name", ""), link))
        elif name.rpartition(":")[2] == "workbookPr" and attributes.get("date1904") in ("1", "true"):
            early_days = 1462

    if "xl/_rels/workbook.xml.rels" in names:
        book.parse(archive, "xl/_rels/workbook.xml.rels", relation)
    book.parse(archive, "xl/workbook.xml", listed)
    strings = _strings(book, archive) if "xl/sharedStrings.xml" in names else []
    dates = _date_styles(book, archive) if "xl/styles.xml" in names else set()
    if len(sheets) > MAX_TABLES:
        raise book.wrong(f"{len(sheets):,} sheets", f"at most {MAX_TABLES} are read")
    read: list[SheetCells] = []
    for name, link in sheets:
        target = targets.get(link, "")
        part = target.lstrip("/") if target.startswith("/") else posixpath.normpath(f"xl/{target}")
        if part not in names or not part.startswith("xl/"):
            raise book.wrong(f"no cells of the sheet '{name[:40]}'", "save the workbook again")
        read.append(_sheet(book, archive, part, name, strings, dates, early_days))
    return read, _not_read(names)


def _not_read(names: list[str]) -> list[str]:
    others = []
    if any("vbaProject" in name for name in names):
        others.append("macros; they are not read")
    if any("externalLink" in name for name in names):
        others.append("links to other files; they are not followed")
    if any("embeddings/" in name or "activeX" in name for name in names):
        others.append("embedded objects; they are not opened")
    return others


def _strings(book: _Book, archive: zipfile.ZipFile) -> list[str]:
    texts: list[str] = []
    parts: list[str] = []
    inside, phonetic = False, False

    def start(name: str, _: dict[str, str]) -> None:
        nonlocal inside, phonetic
        match name.rpartition(":")[2]:
            case "si":
                parts.clear()
            case "rPh":
                phonetic = True
            case "t":
                inside = True

    def end(name: str) -> None:
        nonlocal inside, phonetic
        match name.rpartition(":")[2]:
            case "si":
                texts.append(_unescaped(book.joined(parts, "among the shared texts")))
            case "rPh":
                phonetic = False
            case "t":
                inside = False

    def text(data: str) -> None:
        if inside and not phonetic:
            parts.append(data)

    book.parse(archive, "xl/sharedStrings.xml", start, end, text)
    return texts


def _unescaped(text: str) -> str:
    return _ESCAPE.sub(lambda match: chr(int(match[1], 16)), text) if "_x" in text else text


def _date_styles(book: _Book, archive: zipfile.ZipFile) -> set[int]:
    own: set[int] = set()
    formats: list[int] = []
    inside = False

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal inside
        plain = name.rpartition(":")[2]
        if plain == "numFmt":
            code = re.sub(r'"[^"]*"|\[[^\]]*\]|\\.', "", attributes.get("formatCode", "")).lower()
            if "y" in code or ("d" in code and "m" in code):
                own.add(book.whole(attributes.get("numFmtId", "0"), "the number of a format"))
        elif plain == "cellXfs":
            inside = True
        elif plain == "xf" and inside:
            formats.append(book.whole(attributes.get("numFmtId", "0"), "the number of a format"))

    def end(name: str) -> None:
        nonlocal inside
        if name.rpartition(":")[2] == "cellXfs":
            inside = False

    book.parse(archive, "xl/styles.xml", start, end)
    return {place for place, number in enumerate(formats) if number in _DATE_FORMATS or number in own}


def _sheet(
    book: _Book, archive: zipfile.ZipFile, part: str, name: str, strings: list[str], dates: set[int], early: int
) -> SheetCells:
    sheet = SheetCells(name)
    reader = _SheetReader(book, sheet, strings, dates, early)
    book.parse(archive, part, reader.start, reader.end, reader.text)
    return sheet


class _SheetReader:
    def __init__(self, book: _Book, sheet: SheetCells, strings: list[str], dates: set[int], early: int) -> None:
        self.book, self.sheet, self.strings, self.dates, self.early = book, sheet, strings, dates, early
        self.row, self.column, self.kind, self.style = 0, -1, "n", 0
        self.value: list[str] = []
        self.listening, self.phonetic = False, False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Note where a cell is, and what is no plain value."""
        plain = name.rpartition(":")[2]
        if plain == "row":
            self.row = self.book.whole(attributes.get("r", str(self.row + 1)), "the number of a row")
            self.column = -1
            if self.row > MAX_ROWS + 100 or self.row < 1:
                raise self._too_many(f"row {self.row:,}")
        elif plain == "c":
            match = _CELL.match(attributes.get("r", ""))
            self.column = _number(match[1]) if match else self.column + 1
            if match:
                self.row = int(match[2])
            if self.column >= MAX_COLUMNS or not 1 <= self.row <= MAX_ROWS + 100:
                raise self._too_many(f"a cell in row {self.row:,}, column {self.column + 1:,}")
            self.kind, self.value = attributes.get("t", "n"), []
            self.style = self.book.whole(attributes.get("s", "0"), "the style of a cell")
        elif plain in ("v", "t"):
            self.listening = not self.phonetic
        elif plain == "rPh":  # how the text is spoken, which is no part of it
            self.phonetic = True
        elif plain == "f":
            self.sheet.doubt(self.row, "a formula", "its last result is taken; formulas are not run")
        elif plain == "mergeCell":
            place = attributes.get("ref", "")[:20]
            self.sheet.doubt(None, f"merged cells {place}", "part them: one cell, one value")

    def text(self, data: str) -> None:
        """Gather the text of a value."""
        if self.listening:
            self.value.append(data)

    def end(self, name: str) -> None:
        """Keep the value of a cell."""
        plain = name.rpartition(":")[2]
        if plain in ("v", "t"):
            self.listening = False
        elif plain == "rPh":
            self.phonetic = False
        elif plain == "c" and self.value:
            place = f"in row {self.row:,}, column {self.column + 1:,} of the sheet '{self.sheet.name}'"
            value = self._read_value(self.book.joined(self.value, place))
            if value in (None, ""):
                return
            cells = self.sheet.rows.setdefault(self.row, {})
            if self.column in cells:
                raise self.book.wrong(f"two values {place}", "save the workbook again")
            cells[self.column] = value

    def _read_value(self, text: str) -> Any:
        if self.kind == "s":
            place = int(text) if text.isdecimal() and len(text) < 10 else -1
            if not 0 <= place < len(self.strings):
                raise self.book.wrong(f"no text of the number {shown(text)}", "save the workbook again")
            return self.strings[place]
        if self.kind == "b":
            return text == "1"
        if self.kind == "e":
            allowed = "a value is needed: mend the formula, or empty the cell"
            return CellFault(f"the fault {shown(text)}", allowed)
        if self.kind in ("str", "inlineStr", "d"):
            return _unescaped(text)
        try:
            number = float(text)
        except ValueError:
            return text
        return _as_date(number + self.early) if self.style in self.dates else number

    def _too_many(self, found: str) -> InputError:
        allowed = f"at most {MAX_ROWS:,} rows and {MAX_COLUMNS} columns are read"
        return self.book.wrong(f"{found} in the sheet '{self.sheet.name}'", allowed)


def _number(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1


def _as_date(serial: float) -> Any:
    if not 1 <= serial < 2_958_466:
        return serial
    moment = datetime(1899, 12, 30, tzinfo=UTC) + timedelta(days=serial)
    return (
        moment.date().isoformat() if serial.is_integer() else moment.replace(tzinfo=None).isoformat(timespec="seconds")
    )
