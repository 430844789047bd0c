"""Signs that nobody sees and that change how the rest is shown: refused where text comes in, spelt out where told.

A hostile file could with them clear a terminal or write its title (ESC), turn `no-go` round (marks of direction that
override), or break one line of a table into two.
"""

from __future__ import annotations

import re
import unicodedata

# C0 and C1 controls but for tab and ends of lines, line and paragraph separators, embeddings, overrides and isolates of
# direction (Unicode Standard Annex 9), halves of signs that are no text and that no file takes. The marks LRM, RLM and
# ALM stay: they turn nothing round.
_UNSEEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
_UNSEEN_OR_BREAK = re.compile(f"{_UNSEEN.pattern[:-1]}\t\r\n]")


def unseen(text: str, *, one_line: bool = False) -> str | None:
    """The first such sign of a text, as `U+001B` with its name where it has one; None where there is none.

    In one line tabs and ends of lines count as well.
    """
    found = (_UNSEEN_OR_BREAK if one_line else _UNSEEN).search(text)
    if found is None:
        return None
    name = _NAMES.get(found[0]) or unicodedata.name(found[0], "")
    return f"U+{ord(found[0]):04X}" + (f" ({name.lower()})" if name else "")


def spelt_out(text: str, *, one_line: bool = False) -> str:
    r"""The text with each such sign as `\u001b`, so that it is seen and does nothing."""
    return (_UNSEEN_OR_BREAK if one_line else _UNSEEN).sub(lambda found: f"\\u{ord(found[0]):04x}", text)


_NAMES = {"\x1b": "escape", "\x07": "bell", "\x00": "null", "\n": "end of line", "\r": "end of line", "\t": "tab"}
