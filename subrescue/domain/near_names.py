"""Texts as they are compared, and which known names one that is typed may have meant: `u212a` for Type 212A."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from difflib import get_close_matches

_DESIGNATION = re.compile(r"\d+[a-z]*")
"""What tells one class or vehicle from the next of its family, in a squeezed name: `212a` of U 212A."""
_LEAST = 3
"""Letters and figures that a part of a name has at least to tell which is meant."""


# Letters that Unicode does not take apart into a plain letter and an accent.
_PLAIN = str.maketrans({
    "ø": "o", "œ": "oe", "æ": "ae", "ß": "ss", "ł": "l", "đ": "d", "ð": "d", "ı": "i", "þ": "th", "ħ": "h", "ŋ": "ng",
    "ŧ": "t", "ĸ": "k", "ə": "a",
})  # fmt: skip


def folded(text: str) -> str:
    """A text without case and accents, in its own script: whoever looks for Orland means Ørland."""
    if text.isascii():
        return text.lower()
    bare = unicodedata.normalize("NFKD", text.casefold().translate(_PLAIN))
    return "".join(c for c in bare if not unicodedata.combining(c))


def squeezed(text: str) -> str:
    """The small letters and figures of a name alone, without accents: blanks and hyphens are put in differently."""
    return "".join(c for c in folded(text) if c.isalnum())


def near_names(name: str, known: Iterable[str], most: int = 3) -> list[str]:
    """The known names all but equal to a name, then those that hold it, are close to it, or bear its designation."""
    wanted = squeezed(name)
    by_form: dict[str, str] = {}
    for one in known:
        by_form.setdefault(squeezed(one), one)
    holding = sorted((form for form in by_form if len(wanted) >= _LEAST and wanted in form), key=len)
    equal, close = (get_close_matches(wanted, by_form, n=most, cutoff=cutoff) for cutoff in (0.8, 0.6))
    parts = [part for part in _DESIGNATION.findall(wanted) if len(part) >= _LEAST]
    alike = (form for form in by_form if any(part in form for part in parts))
    return [by_form[form] for form in dict.fromkeys((*equal, *holding, *close, *alike))][:most]


def fitting(words: str, known: Iterable[str], most: int) -> list[str]:
    """The known names that hold what is typed, whatever its blanks and accents; else those that may be meant."""
    names = list(known)
    return [name for name in names if squeezed(words) in squeezed(name)] or near_names(words, names, most)


def did_you_mean(names: Iterable[str]) -> str:
    """The question that follows what is not known."""
    return f"did you mean {' or '.join(repr(name) for name in names)}?"


def ids_meant(name: str, known: Iterable[tuple[str, str]]) -> list[str]:
    """The ids that are meant by an id or a full name; `known` are both of each.

    First to the letter but for capitals, then whatever blanks, hyphens and accents; an id goes before a name.
    """
    pairs = list(known)
    for form in (str.casefold, squeezed):
        wanted = form(name.strip())
        for place in (0, 1):
            if found := [pair[0] for pair in pairs if form(pair[place]) == wanted]:
                return found
    return []
