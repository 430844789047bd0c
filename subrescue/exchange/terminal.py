"""Renders tables for a terminal, a pipe or a text file of a known width."""

from __future__ import annotations

import io
import re
from dataclasses import dataclass

from rich.console import Console, RenderableType

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
        console.print(part, soft_wrap=False)
    lines = (line.rstrip() for line in stream.getvalue().removesuffix("\n").split("\n"))
    text = "\n".join(_harmless(line, screen) for line in lines) + "\n"
    return text if screen.unicode else _ascii(text)


_COLOUR = re.compile("(\x1b\\[[0-9;]*m)")


def _harmless(line: str, screen: Screen) -> str:
    """The line with nothing that works on a terminal but the colours of a screen that shows them."""
    if not screen.colour:
        return spelt_out(line)
    return "".join(part if _COLOUR.fullmatch(part) else spelt_out(part) for part in _COLOUR.split(line))


_PLAIN = {"●": "*", "◆": "+", "■": "#", "○": "?", "°": " ", "±": "+/-", "–": "-", "─": "-", "…": "~", "→": ">"}


def _ascii(text: str) -> str:
    for sign, plain in _PLAIN.items():
        text = text.replace(sign, plain)
    return text.encode("ascii", "replace").decode("ascii")
