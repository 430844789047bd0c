"""Names as they are compared: without case, accents and marks, Cyrillic in Latin letters, and by their sound."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence

from subrescue.domain.near_names import folded

NAMES_FILE = "place_names.toml"
"""Names of one place in several languages, and of nations."""

# Cyrillic as English maps spell it: the BGN/PCGN way of 1947 for Russian without its exceptions, the usual one for
# Ukrainian, Belarusian, Bulgarian, Serbian and Macedonian letters.
_LATIN = str.maketrans({
    "а": "a", "б": "b", "в": "v", "г": "g", "д": "d", "е": "e", "ж": "zh", "з": "z", "и": "i", "й": "y", "к": "k",
    "л": "l", "м": "m", "н": "n", "о": "o", "п": "p", "р": "r", "с": "s", "т": "t", "у": "u", "ф": "f", "х": "kh",
    "ц": "ts", "ч": "ch", "ш": "sh", "щ": "shch", "ъ": "", "ы": "y", "ь": "", "э": "e", "ю": "yu", "я": "ya",
    "ё": "e", "і": "i", "ї": "yi", "є": "ye", "ґ": "g", "ў": "u", "ђ": "dj", "ј": "j", "љ": "lj", "њ": "nj",
    "ћ": "c", "џ": "dz", "ѓ": "g", "ќ": "k", "ѕ": "dz",
})  # fmt: skip
# Spellings of one sound in the languages of the charts; the same for what is asked and for what is found. In order.
_SOUNDS = tuple((re.compile(pattern), sound) for pattern, sound in (
    (r"shch|sch|sh|zh", "s"), (r"tch|tsch", "c"), (r"ck|q", "k"), (r"kh", "h"), (r"ph", "f"), (r"th", "t"),
    (r"gh", "g"), (r"ou|oo|ue", "u"), (r"oe", "o"), (r"ae", "a"), (r"ie|iy|yi|ij", "i"), (r"ya|ja|ia", "ia"),
    (r"yu|ju|iu", "iu"), (r"ye|je", "e"), (r"x", "ks"), (r"y|j", "i"), (r"w", "v"), (r"(.)\1+", r"\1"),
))  # fmt: skip
# ASCII needs no more than its marks taken out.
_ASCII_MARKS = {code: None if chr(code) in "'`" else " " for code in range(128) if not chr(code).isalnum()}


def fold(text: str) -> str:
    """Bring a name to the form in which names are compared: Latin small letters and figures, one blank between words.

    No case, no accents, no marks; Cyrillic letter by letter. Other scripts stay as they are.
    """
    if text.isascii():
        return " ".join(text.lower().translate(_ASCII_MARKS).split())
    # Put together first: short i, yo and yi are letters of their own in Cyrillic, not i and e with a mark.
    bare = folded(unicodedata.normalize("NFKC", text).casefold().translate(_LATIN))
    return " ".join("".join(c if c.isalnum() else "" if c in "'’`ʼ" else " " for c in bare).split())


def sound_key(word: str) -> str:
    """Bring a folded word to a form that is the same for the usual spellings of one sound: tulon for Toulon."""
    return sound_keys([word])[0]


def sound_keys(words: Sequence[str]) -> list[str]:
    """Do the same for many words without line breaks at once."""
    text = "\n".join(words)
    for pattern, sound in _SOUNDS:
        text = pattern.sub(sound, text)
    return text.split("\n")


def typing_errors(typed: str, word: str, most: int) -> int:
    """Count the letters that are wrong, missing, too many or swapped in `typed` against a word; `most` + 1 for more.

    `typed` may break off anywhere in the word: one who types has not finished. The optimal string alignment
    distance (Damerau 1964, restricted).
    """
    width = min(len(word), len(typed) + most)
    before: list[int] = []
    row = list(range(width + 1))
    for i, letter in enumerate(typed, start=1):
        older, before, row = before, row, [i]
        for j in range(1, width + 1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (letter != word[j - 1]))
            if i > 1 and j > 1 and letter == word[j - 2] and typed[i - 2] == word[j - 1]:
                cost = min(cost, older[j - 2] + 1)
            row.append(cost)
        if min(row) > most:
            return most + 1
    return min(*row, most + 1)


def by_folded_name(groups: Iterable[Sequence[str]]) -> dict[str, list[str]]:
    """The names that mean the same by each of them, folded. groups: as in `NAMES_FILE`."""
    table: dict[str, list[str]] = {}
    for group in groups:
        for name in group:
            table.setdefault(fold(name), []).extend(group)
    return table
