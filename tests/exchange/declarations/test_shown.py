"""A difference is told in the language of the window: titles, yes and no, and the names of the domain."""

from __future__ import annotations

import pytest

from subrescue.exchange.declarations import shown
from subrescue.exchange.languages import speaking


@pytest.mark.parametrize(
    ("language", "title", "status", "yes"),
    [
        ("en", "Greatest depth [m]", "active", "yes"),
        ("fr", "Immersion maximale [m]", "en service", "oui"),
        ("ru", "Наибольшая глубина [m]", "в строю", "да"),
    ],
)
def test_a_fact_is_told_in_the_language_that_is_spoken(language: str, title: str, status: str, yes: str) -> None:
    with speaking(language):
        assert shown.title("rescue_system", "max_depth_m") == title
        assert shown.value("active", "status") == status
        assert shown.value(True, "lock_out") == yes
        assert shown.value("Anteo", "name") == "Anteo"
