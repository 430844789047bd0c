"""What the window says, in the language that the user chose: `tr` for a text, `trn` for one with a number in it.

Widgets ask when they are made; another language makes the windows anew on the same desk. A table of texts (actions,
columns, panels) keeps the English words, marked with `later`, and whoever shows it asks `tr`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime
from typing import Any

from subrescue.exchange.languages import Phrases, catalogue, localised, speak, speaking

_language = "en"
# Of work that makes a product in a language of its own; the window's where it says none.
_OF_PRODUCT: ContextVar[str | None] = ContextVar("of_product", default=None)


def language() -> str:
    """Code of the language that is spoken now."""
    return _OF_PRODUCT.get() or _language


@contextmanager
def product_in(code: str) -> Iterator[None]:
    """Put all words of this thread, those of widgets too, into the language of a product for a while.

    Raises KeyError for a language that there is not.
    """
    with speaking(code):
        token = _OF_PRODUCT.set(code)
        try:
            yield
        finally:
            _OF_PRODUCT.reset(token)


def set_language(code: str) -> None:
    """Speak another language from now on, reasons and numbers of the core too. Raises KeyError for an unknown one."""
    global _language
    speak(code)
    _language = code


def tr(text: str, /, **values: Any) -> str:
    """A text in the user's language, values filled in: `tr("{count} of {total} shown", count=3, total=12)`."""
    spoken = language()
    found = catalogue(spoken).gettext(text) if text else text
    return Phrases(spoken).vformat(found, (), values) if values else found


def trn(one: str, many: str, count: int, /, **values: Any) -> str:
    """A text by number, in the plural form of the language: `trn("{count} option", "{count} options", n)`."""
    spoken = language()
    found = catalogue(spoken).ngettext(one, many, count)
    return Phrases(spoken).vformat(found, (), {"count": count, **values})


def later(text: str) -> str:
    """Mark a text of a table for the catalogues; it stays English until it is shown through `tr`."""
    return text


def number(value: float, spec: str = ",.0f") -> str:
    """A number in the marks of the user's language: `number(1234.5, ",.1f")` is "1 234,5" in French."""
    return localised(format(value, spec), language())


_LOOSE = re.compile(r"(?<=\d) (?=(?:h|m|NM|kn|nd|%|ч|м|миль|мили|миля|уз)\b|%)")


def held(text: str) -> str:
    """A text of which no line is broken between a number and its unit."""
    return _LOOSE.sub("\u00a0", text)


_MONTHS = (
    later("Jan"), later("Feb"), later("Mar"), later("Apr"), later("May"), later("Jun"),
    later("Jul"), later("Aug"), later("Sep"), later("Oct"), later("Nov"), later("Dec"),
)  # fmt: skip


def moment(when: datetime) -> str:
    """Day, month and time in UTC, short: "23 Nov 18:00Z"; of another zone with its difference: "23 Nov 19:00+0100"."""
    zone = "Z" if not when.utcoffset() else f"{when:%z}"
    return f"{when.day:02} {tr(_MONTHS[when.month - 1])} {when:%H:%M}{zone}"
