"""Puts reasons and names of the domain into words. The texts stand in `resources/messages/`, by message id.

They are English unless a window speaks another language (`languages.speak`): files and terminals never do.
"""

from __future__ import annotations

import logging
import string
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from enum import Enum
from functools import cache
from typing import Any

from subrescue.domain.reasons import Reason
from subrescue.exchange.languages import marked, semicolon, told
from subrescue.store.paths import resources_dir

_log = logging.getLogger(__name__)

UNKNOWN = "unknown"


def unknown() -> str:
    """What stands where a value is not known, in the language that is spoken."""
    return told("unknown")


@cache
def catalogue(language: str = "en") -> Mapping[str, str]:
    """All texts of a language by message id."""
    text = (resources_dir() / "messages" / f"{language}.toml").read_text(encoding="utf-8")
    texts: dict[str, str] = tomllib.loads(text)
    return texts


def say(reason: Reason) -> str:
    """A reason in words, with its remedy: "DISSUB at 907 m, limit 610 m; would reach a DISSUB above 610 m"."""
    words = text(reason.id, reason.values)
    return f"{words}{semicolon()}{say(reason.remedy)}" if reason.remedy is not None else words


def say_all(reasons: Iterable[Reason]) -> str:
    """Several reasons in words, in their order; a remedy that several share is said once, after the last of them."""
    told = tuple(reasons)
    return semicolon().join(
        text(one.id, one.values) if one.remedy in [later.remedy for later in told[n:]] else say(one)
        for n, one in enumerate(told, 1)
    )


def label(group: str, name: str | Enum | None) -> str:
    """The word for a name of the domain: `label("phase", PhaseName.FIT_OUT)` is "fit-out"."""
    if name is None:
        return unknown()
    key = str(name.value if isinstance(name, Enum) else name)
    words = catalogue().get(f"{group}.{key}")
    return told(words) if words is not None else key.replace("_", " ")


def source_name(source_id: str) -> str:
    """What the source of a planning number is called: its id, in words where it is no document but ours."""
    words = catalogue().get(f"source.{source_id}")
    return told(words) if words is not None else source_id


def text(message_id: str, values: Mapping[str, Any] | None = None) -> str:
    """A text of the catalogue with its values filled in. One that is missing is logged, its id and values shown."""
    values = values or {}
    words = catalogue().get(message_id)
    if words is None:
        _log.warning("no text for the message %s", message_id)
        shown = ", ".join(f"{name} {_FORMATTER.format_field(value, '')}" for name, value in values.items())
        return f"{message_id} ({shown})" if shown else message_id
    return _FORMATTER.vformat(told(words), (), _Values(values, message_id))


class _Values(dict[str, Any]):
    def __init__(self, values: Mapping[str, Any], message_id: str) -> None:
        super().__init__(values)
        self._message_id = message_id

    def __missing__(self, name: str) -> None:
        _log.warning("the message %s has no value %s", self._message_id, name)


class _Formatter(string.Formatter):
    """Prints what is not known as `unknown`, whatever the format of the number, and names of the domain by their word.

    A value is such a name where its field is called as a group of the catalogue: `{phase}` of `fit_out` is "fit-out".
    Several names stand with commas between them. `{chance:share}` is a probability, written as tables have it.
    """

    def get_value(self, key: int | str, args: Sequence[Any], kwargs: Mapping[str, Any]) -> Any:
        value = super().get_value(key, args, kwargs)
        if not isinstance(value, str):
            return value
        if key in _NAMED:
            return told(value)
        return ", ".join(self._word(f"{key}.{part}", part) for part in value.split(", "))

    def _word(self, message_id: str, part: str) -> str:
        words = catalogue().get(message_id)
        return told(words) if words is not None else part

    def format_field(self, value: Any, format_spec: str) -> str:
        if value is None:
            return unknown()
        if isinstance(value, bool):
            return told("yes") if value else told("no")
        if isinstance(value, str):
            return value
        if format_spec == "share":
            from subrescue.exchange.numbers import share  # late: it takes the word for unknown from here

            return share(float(value))
        formatted: str = super().format_field(value, format_spec)
        return marked(formatted) if isinstance(value, (int, float)) else formatted


_NAMED = frozenset({"agreement", "title"})
"""Fields that hold a name of the registry or of an assumption which the catalogues translate; others are proper."""

_FORMATTER = _Formatter()
