"""Finds the line of every key and list item of a valid TOML text, so that an error can name it."""

from __future__ import annotations

import re
from bisect import bisect_right

Loc = tuple[str | int, ...]
"""A path into the data: keys of tables and places in lists, counted from 0."""

_KEY = re.compile(r"""\s*(?:"((?:[^"\\\n]|\\.)*)"|'([^'\n]*)'|([A-Za-z0-9_-]+))[ \t]*(\.?)""")
_BLANK = re.compile(r"(?:\s+|#[^\n]*)*")
_STRING = re.compile(
    r'"""(?:[^\\]|\\.)*?"{3,5}|\'\'\'.*?\'{3,5}|"(?:[^"\\\n]|\\.)*"|\'[^\'\n]*\'',
    re.DOTALL,
)
_PLAIN = re.compile(r"[^,\]}#\n]+")


def key_lines(text: str) -> dict[Loc, int]:
    """Map every path of a valid TOML text to the line, counted from 1, on which it begins."""
    return _Scanner(text.replace("\r\n", "\n")).scan()


def line_of(lines: dict[Loc, int], loc: Loc) -> int | None:
    """The line of a path, or of the nearest table or list that holds it; None where nothing of it is in the text."""
    for end in range(len(loc), 0, -1):
        if loc[:end] in lines:
            return lines[loc[:end]]
    return None


class _Scanner:
    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.lines: dict[Loc, int] = {}
        self.list_lengths: dict[Loc, int] = {}
        self.line_starts = [0, *(match.end() for match in re.finditer("\n", text))]

    def scan(self) -> dict[Loc, int]:
        table: Loc = ()
        while self._skip_blank() < len(self.text):
            if self.text.startswith("[", self.at):
                table = self._header()
            else:
                self._pair(table)
        return self.lines

    def _skip_blank(self) -> int:
        match = _BLANK.match(self.text, self.at)
        self.at = match.end() if match else self.at
        return self.at

    def _note(self, loc: Loc) -> None:
        """Note where a path begins, and the tables above it that have no line of their own."""
        line = bisect_right(self.line_starts, self.at)
        for end in range(1, len(loc) + 1):
            self.lines.setdefault(loc[:end], line)

    def _key(self) -> tuple[str, ...]:
        parts: list[str] = []
        dot = "."
        while dot and (match := _KEY.match(self.text, self.at)):
            double, single, bare, dot = match.groups()
            parts.append(next(part for part in (double, single, bare) if part is not None))
            self.at = match.end()
        return tuple(parts)

    def _header(self) -> Loc:
        """Read `[a.b]` or `[[a.b]]`; a name that is a list of tables means its last one."""
        many = self.text.startswith("[[", self.at)
        start = self.at
        self.at += 2 if many else 1
        parts = self._key()
        loc: Loc = ()
        for number, part in enumerate(parts):
            loc = (*loc, part)
            if many and number == len(parts) - 1:
                self.list_lengths[loc] = self.list_lengths.get(loc, 0) + 1
            if loc in self.list_lengths:
                loc = (*loc, self.list_lengths[loc] - 1)
        end = self.at
        self.at = start
        self._note(loc)
        self.at = self.text.index("]]" if many else "]", end) + (2 if many else 1)
        return loc

    def _pair(self, table: Loc) -> None:
        """Read `key = value`."""
        start = self.at
        loc: Loc = (*table, *self._key())
        after = self.at
        self.at = start
        self._note(loc)
        self.at = self.text.index("=", after) + 1
        self._value(loc)

    def _value(self, loc: Loc) -> None:
        self._skip_blank()
        if self.text.startswith("[", self.at):
            self._list(loc)
        elif self.text.startswith("{", self.at):
            self._inline_table(loc)
        else:
            match = _STRING.match(self.text, self.at) or _PLAIN.match(self.text, self.at)
            self.at = match.end() if match else len(self.text)

    def _list(self, loc: Loc) -> None:
        self.at += 1
        count = 0
        while self._skip_blank() < len(self.text) and self.text[self.at] != "]":
            if self.text[self.at] == ",":
                self.at += 1
                continue
            self._note((*loc, count))
            self._value((*loc, count))
            count += 1
        self.at += 1

    def _inline_table(self, loc: Loc) -> None:
        self.at += 1
        while self._skip_blank() < len(self.text) and self.text[self.at] != "}":
            if self.text[self.at] == ",":
                self.at += 1
                continue
            self._pair(loc)
        self.at += 1
