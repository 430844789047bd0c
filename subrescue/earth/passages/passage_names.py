"""Finds passages by what people call them: id or name, in English, French or Russian, with or without accents."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from subrescue.domain.errors import InputError, Problem
from subrescue.domain.near_names import did_you_mean, folded, near_names
from subrescue.earth.passages.passages import Passage

_HINTED = 30
"""So many unknown names are compared with the known ones: more are no slips, and each takes its time."""

# What a name may leave out: "Kiel" or "Kiel Canal", "Bering" or "détroit de Béring".
_GENERIC = {
    "canal", "strait", "straits", "channel", "sound", "passage", "detroit", "passe", "bouches",
    "de", "du", "des", "d", "la", "le", "l", "of", "the", "пролив", "канал",
}  # fmt: skip


def find_passages(texts: Iterable[str], passages: Sequence[Passage], field: str) -> frozenset[str]:
    """The ids meant by texts such as `suez,kiel`, `Босфор` or `Pas de Calais`: an id, a name, or the start of only one.

    Raises InputError for every name that is unknown or begins several, with the names that come near.
    """
    found: set[str] = set()
    problems = []
    for name in dict.fromkeys(part.strip() for text in texts for part in text.split(",") if part.strip()):
        matches = _matches(name, passages)
        if len(matches) == 1:
            found.update(matches)
        elif matches:
            problems.append(Problem(field, f"'{name}', which begins several", f"one of {', '.join(matches)}"))
        else:
            near = _near(name, passages) if len(problems) < _HINTED else _known(passages)
            problems.append(Problem(field, f"the unknown passage '{name}'", near))
    if problems:
        raise InputError(problems)
    return frozenset(found)


def passages_like(text: str, passages: Sequence[Passage]) -> list[str]:
    """The ids of passages that a text may mean: those that it begins, else those of a name near it; perhaps none."""
    by_name = {name: passage.id for passage in passages for name in _names(passage)}
    close = [by_name[name] for name in near_names(text, by_name, most=5)]
    return list(dict.fromkeys(_matches(text, passages) or close))


def _matches(text: str, passages: Sequence[Passage]) -> list[str]:
    """Ids that the text names: by the whole of a name, by a name without its `strait` or `canal`, or by its start."""
    for form in (_folded, _core):
        wanted = form(text)
        if wanted:
            exact = [p.id for p in passages if any(form(name) == wanted for name in _names(p))]
            if exact:
                return exact
    wanted = _folded(text)
    if not wanted:
        return []
    return [p.id for p in passages if any(_begins(name, wanted) for name in _names(p))]


def _begins(name: str, wanted: str) -> bool:
    return _folded(name).startswith(wanted) or _core(name).startswith(wanted)


def _names(passage: Passage) -> Iterator[str]:
    yield passage.id
    yield passage.name
    yield from passage.facts.names.values()
    yield from passage.facts.aliases


@lru_cache(maxsize=4096)  # a few names for each passage of the map, and what users type
def _folded(text: str) -> str:
    """Small letters without accents; whatever is no letter or digit is a space."""
    return " ".join("".join(c if c.isalnum() else " " for c in folded(text)).split())


def _core(text: str) -> str:
    return " ".join(word for word in _folded(text).split() if word not in _GENERIC)


def _near(text: str, passages: Sequence[Passage]) -> str:
    close = passages_like(text, passages)
    if close:
        return did_you_mean(close)
    return _known(passages)


def _known(passages: Sequence[Passage]) -> str:
    return "known are " + ", ".join(passage.id for passage in passages)
