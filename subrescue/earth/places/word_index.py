"""Finds words that are typed: whole, not to the end, by their sound, or with a typing error; as costs of entries."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from subrescue.earth.map_files.map_arrays import Texts
from subrescue.earth.map_files.on_disk import on_disk, parts_on_disk
from subrescue.earth.places.names import sound_key, sound_keys, typing_errors

FloatArray = npt.NDArray[np.float32]
IntArray = npt.NDArray[np.int32]

# What a match costs: the whole word nothing; a beginning the more the more letters are missing; then sound and errors.
_PREFIX, _PREFIX_LETTER, _PREFIX_MOST = 0.15, 0.02, 0.4
_SOUND = 0.6
_ERROR = 0.8
# So many letters must be left of a sound, and be typed before an error is forgiven, and before a second one is.
_SOUND_FROM, _ONE_ERROR_FROM, _TWO_ERRORS_FROM = 3, 4, 8
# Letters and figures by which likely words are chosen before errors are counted.
_LETTERS = 36


@dataclass(frozen=True)
class _Postings:
    """Texts in order, each once, and their occurrences in that order: entry, what a match there costs more, length."""

    texts: Sequence[str]
    first: IntArray
    entry: IntArray
    penalty: FloatArray
    length: npt.NDArray[np.int16]

    def within(self, beginning: str) -> slice:
        """The occurrences of texts that begin so."""
        low, high = bisect_left(self.texts, beginning), bisect_left(self.texts, beginning + "\U0010ffff")
        return slice(int(self.first[low]), int(self.first[high]))


class WordIndex:
    """Words of entries; an entry is a number below `count`. Built once, then only read."""

    def __init__(self, words: Sequence[str], entries: Sequence[int], penalties: Sequence[float], count: int) -> None:
        """Take one word an occurrence with its entry and what a match there costs more."""
        self.count = count
        entry, penalty = np.asarray(entries, dtype=np.int32), np.asarray(penalties, dtype=np.float32)
        self._words = _postings(words, entry, penalty)
        each = sorted(set(words))
        key_of = dict(zip(each, sound_keys(each), strict=True))
        self._keys = _postings([key_of[word] for word in words], entry, penalty)
        self._letters = on_disk(_letter_counts(self._keys.texts))
        self._key_length = on_disk(np.array([len(key) for key in self._keys.texts]))
        self._initial = on_disk(np.array([key[:1] for key in self._keys.texts]))

    def costs(self, typed: str, enough: int) -> FloatArray:
        """What it costs each entry to match a folded word, inf where it does not.

        Typing errors are looked for only where no word is as typed and fewer than `enough` entries match otherwise.
        """
        cost = np.full(self.count, np.inf, dtype=np.float32)
        self._lower(cost, self._words, typed, 0.0)
        as_typed = bool((cost < _PREFIX).any())
        key = sound_key(typed)
        if len(key) >= _SOUND_FROM:
            self._lower(cost, self._keys, key, _SOUND)
        if not as_typed and np.count_nonzero(np.isfinite(cost)) < enough:
            letters = min(len(typed), len(key))
            most = (letters >= _ONE_ERROR_FROM) + (letters >= _TWO_ERRORS_FROM)
            # A second error is thought of only where one does not explain it.
            any(self._forgive(cost, key, errors) for errors in range(1, most + 1))
        return cost

    def _lower(self, cost: FloatArray, postings: _Postings, typed: str, price: float) -> None:
        part = postings.within(typed)
        missing = postings.length[part] - len(typed)
        beginning = np.minimum(_PREFIX + _PREFIX_LETTER * missing, _PREFIX_MOST)
        prices = postings.penalty[part] + np.where(missing > 0, beginning, 0.0) + price
        np.minimum.at(cost, postings.entry[part], prices.astype(np.float32))

    def _forgive(self, cost: FloatArray, key: str, errors: int) -> bool:
        """Lower the cost of entries whose word differs by so many typing errors; tell whether there are any."""
        keys = self._keys
        lacking = np.maximum(_letter_counts([key])[0] - self._letters, 0).sum(axis=1)
        likely = (lacking <= errors) & (self._key_length >= len(key) - errors) & np.isin(self._initial, list(key[:2]))
        found = False
        for number in np.flatnonzero(likely):
            if typing_errors(key, keys.texts[int(number)], errors) == errors:
                unended = _PREFIX if self._key_length[number] > len(key) + errors else 0.0
                part = slice(keys.first[number], keys.first[number + 1])
                prices = keys.penalty[part] + np.float32(_SOUND + _ERROR * errors + unended)
                np.minimum.at(cost, keys.entry[part], prices)
                found = True
        return found


def _postings(texts: Sequence[str], entry: IntArray, penalty: FloatArray) -> _Postings:
    ordered = sorted(set(texts))
    number = {text: place for place, text in enumerate(ordered)}
    which = np.fromiter((number[text] for text in texts), np.int32, len(texts))
    order = np.argsort(which, kind="stable")
    first = np.concatenate(([0], np.cumsum(np.bincount(which, minlength=len(ordered))))).astype(np.int32)
    length = np.array([len(text) for text in ordered], dtype=np.int16)
    return parts_on_disk(_Postings(Texts(ordered), first, entry[order], penalty[order], length[which[order]]))


def _letter_counts(words: Sequence[str]) -> npt.NDArray[np.int8]:
    """How often each letter and figure stands in each word, (n, 36); other signs are not counted."""
    codes = np.frombuffer("\n".join(words).encode("utf-32-le"), dtype=np.uint32).astype(np.int64)
    word = np.cumsum(codes == ord("\n"))
    letter = np.where((codes >= ord("a")) & (codes <= ord("z")), codes - ord("a"), -1)
    letter = np.where((codes >= ord("0")) & (codes <= ord("9")), codes - ord("0") + 26, letter)
    known = letter >= 0
    counts = np.bincount(word[known] * _LETTERS + letter[known], minlength=len(words) * _LETTERS)
    return np.minimum(counts, 100).astype(np.int8).reshape(len(words), _LETTERS)
