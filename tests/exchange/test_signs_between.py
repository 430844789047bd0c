"""French has a space before colon and semicolon, at which no line is broken; the other languages have none."""

from __future__ import annotations

import pytest

from subrescue.domain.response import Mode, Option, Verdict, Via
from subrescue.exchange.languages import colon, semicolon, speaking
from subrescue.exchange.via import option_line


@pytest.mark.parametrize(
    ("language", "signs"), [("en", (": ", "; ")), ("fr", ("\u00a0: ", "\u00a0; ")), ("ru", (": ", "; "))]
)
def test_each_language_has_its_spaces(language: str, signs: tuple[str, str]) -> None:
    with speaking(language):
        assert (colon(), semicolon()) == signs


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("en", "own ship: Mikhail Rudnitsky"),
        ("fr", "propre navire\u00a0: Mikhail Rudnitsky"),
        ("ru", "своё судно: Mikhail Rudnitsky"),
    ],
)
def test_the_way_of_an_option_is_written_as_its_language_asks(language: str, line: str) -> None:
    way = Via(ship="Mikhail Rudnitsky")
    option = Option(
        asset_id="as34", name="AS-34", nations=("RU",), kind="rescue_system", verdict=Verdict.AMBER,
        mode=Mode.OWN_SHIP, via=way,
    )  # fmt: skip
    with speaking(language):
        assert option_line(option) == line
