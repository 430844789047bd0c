"""What a case names by id - assets, classes of submarines, canals and straits - by the names that people say."""

from __future__ import annotations

from functools import cache

from subrescue.domain.registry import Registry
from subrescue.earth.passages.passages import Passage, load_passages
from subrescue.exchange.languages import spoken


def names_by_id(registry: Registry | None) -> dict[str, str]:
    """Names by id in the language that is spoken. registry: that of the day; None where none is known yet."""
    names = dict(_passages(spoken()))
    if registry is not None:
        names |= {one.id: one.name for one in registry.submarine_classes.values()}
        names |= {asset.id: asset.name for asset in registry.assets()}
    return names


def passage_name(passage: Passage) -> str:
    """The name of a passage in the language that is spoken, the English one where it has none in it."""
    return _in(spoken(), passage)


def told_passage(name: str) -> str:
    """A passage by its id or its English name, in the language that is spoken; what names none stays as it is."""
    return _told(spoken()).get(name, name)


def _in(language: str, passage: Passage) -> str:
    return passage.facts.names.get(language, passage.name)


@cache
def _passages(language: str) -> dict[str, str]:
    return {one.id: _in(language, one) for one in load_passages()}


@cache
def _told(language: str) -> dict[str, str]:
    return _passages(language) | {one.name: _in(language, one) for one in load_passages()}
