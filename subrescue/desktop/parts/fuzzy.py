"""Finds entries by parts of their words, in any order and with letters left out; the best fit comes first."""

from __future__ import annotations

from collections.abc import Sequence

from subrescue.domain.near_names import folded

_WHOLE, _FIRST_WORD, _START, _WORD, _INSIDE, _LETTERS = 100.0, 80.0, 60.0, 45.0, 25.0, 8.0


def fit(query: str, texts: Sequence[str]) -> float | None:
    """How well texts fit a query, the first text counting most; None where a word of the query is in none of them.

    Letters with others between them ("exgj" for Export GeoJSON) are looked for in the first text alone, so that long
    explanations do not fit everything.
    """
    total = 0.0
    for word in folded(query).split():
        scores = [_fit(word, folded(text)) / (1 + place) for place, text in enumerate(texts)]
        if texts and not any(scores):
            scores.append(_letters(word, folded(texts[0])))
        best = max(scores, default=0.0)
        if best == 0.0:
            return None
        total += best
    return total


def _fit(word: str, text: str) -> float:
    if word == text:
        return _WHOLE
    if text.startswith(word):
        return _START if text[len(word)].isalnum() else _FIRST_WORD
    at = text.find(word)
    while at > 0:
        if not text[at - 1].isalnum():
            return _WORD
        at = text.find(word, at + 1)
    return _INSIDE if word in text else 0.0


def _letters(word: str, text: str) -> float:
    """Points for letters in their order, the more the closer together they stand; 0 where one is missing."""
    first = at = text.find(word[0])
    for letter in word[1:]:
        if at < 0:
            return 0.0
        at = text.find(letter, at + 1)
    return _LETTERS * len(word) / (at - first + 1) if at >= 0 else 0.0
