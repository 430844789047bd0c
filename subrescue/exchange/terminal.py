"""Renders tables for a terminal, a pipe or a text file of a known width."""

from __future__ import annotations

import io
import re
from dataclasses import dataclass

from rich import box
from rich.console import Console, RenderableType
from rich.table import Table
from rich.text import Text

from subrescue.domain.unseen import spelt_out

WIDEST = 200
NARROWEST = 80
PIPED = 132
"""Columns where nobody says how many there are: a wide line printer's."""


@dataclass(frozen=True)
class Screen:
    """What the text is written to: its width in columns, and whether it shows colour and signs beyond ASCII."""

    width: int = PIPED
    colour: bool = False
    unicode: bool = True


def plain_table(*, gap: int = 1, expand: bool = True) -> Table:
    """A table with a line below its headings and no other, `gap` blanks between its columns."""
    return Table(box=box.SIMPLE_HEAD, show_edge=False, pad_edge=False, padding=(0, gap, 0, 0), expand=expand)


def rendered(parts: list[RenderableType], screen: Screen) -> str:
    """The parts as text, one below the other; no line ends in blanks."""
    stream = io.StringIO()
    console = Console(
        file=stream,
        width=min(max(screen.width, NARROWEST), WIDEST),
        force_terminal=screen.colour,
        color_system="standard" if screen.colour else None,
        no_color=not screen.colour,
        legacy_windows=False,
        highlight=False,
        emoji=False,
        markup=False,
        safe_box=not screen.unicode,
    )
    for part in parts:
        console.print(_held(part), soft_wrap=False)
    written = stream.getvalue().translate(_LET_GO).removesuffix("\n")
    lines = (line.rstrip() for line in written.split("\n"))
    text = "\n".join(_harmless(line, screen) for line in lines) + "\n"
    return text if screen.unicode else in_letters_of("ascii", text)


# Rich breaks lines at spaces that hold words together, too: signs for private use stand for them while it works.
_HELD = {0xA0: 0xE000, 0x202F: 0xE001}
_LET_GO = {sign: space for space, sign in _HELD.items()}


def _held(part: RenderableType) -> RenderableType:
    """The part with no space in it that looks like one between words to Rich, but holds them together."""
    if isinstance(part, str):
        return part.translate(_HELD)
    if isinstance(part, Text):
        part.plain = part.plain.translate(_HELD)
    elif isinstance(part, Table):
        for column in part.columns:
            column.header = _held(column.header)
            column._cells[:] = [_held(cell) for cell in column._cells]
    return part


_COLOUR = re.compile("(\x1b\\[[0-9;]*m)")


def _harmless(line: str, screen: Screen) -> str:
    """The line with nothing that works on a terminal but the colours of a screen that shows them."""
    if not screen.colour:
        return spelt_out(line)
    return "".join(part if _COLOUR.fullmatch(part) else spelt_out(part) for part in _COLOUR.split(line))


_PLAIN = {"●": "*", "◆": "+", "■": "#", "○": "?", "°": " ", "±": "+/-", "–": "-", "─": "-", "…": "~", "→": ">"}


def in_letters_of(encoding: str, text: str) -> str:
    """The text with a plain sign, or a question mark, for each that an encoding does not have."""
    try:
        text.encode(encoding)
    except UnicodeEncodeError:
        signs = (sign if _has(encoding, sign) else _PLAIN.get(sign, "?") for sign in text)
        return "".join(signs)
    return text


def _has(encoding: str, sign: str) -> bool:
    try:
        sign.encode(encoding)
    except UnicodeEncodeError:
        return False
    return True
