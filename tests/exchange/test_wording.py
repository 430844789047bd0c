"""Every message has its words, and what is not known is called unknown."""

from __future__ import annotations

import ast
import re
import string
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import subrescue
from subrescue.domain.quantities import Band
from subrescue.domain.reasons import reason
from subrescue.domain.response import Gate, Mode, PhaseName, Verdict
from subrescue.exchange import numbers
from subrescue.exchange.languages import speaking, told
from subrescue.exchange.wording import catalogue, label, say, say_all, text

PACKAGE = Path(subrescue.__file__).parent
CATALOGUE = PACKAGE.parent / "resources" / "languages" / "ru.po"


def _literal_ids() -> set[tuple[str, str]]:
    """Ids of `reason("...")` and `text("...")` in the source, with the module that says them."""
    found = set()
    for path in PACKAGE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.args):
                continue
            if node.func.id in ("reason", "text"):
                pieces = {
                    piece for part in ast.walk(node.args[0]) if isinstance(part, ast.JoinedStr) for piece in part.values
                }
                for part in set(ast.walk(node.args[0])) - pieces:
                    if isinstance(part, ast.Constant) and isinstance(part.value, str) and "." in part.value:
                        found.add((part.value, str(path.relative_to(PACKAGE))))
    return found


def test_every_message_in_the_code_has_a_text() -> None:
    missing = sorted((name, path) for name, path in _literal_ids() if name not in catalogue())
    assert not missing


def test_every_name_of_the_domain_has_a_word() -> None:
    for group, names in (("verdict", Verdict), ("gate", Gate), ("phase", PhaseName), ("mode", Mode)):
        assert not [name for name in names if f"{group}.{name.value}" not in catalogue()]


def test_every_text_is_a_format_that_can_be_filled() -> None:
    for words in catalogue().values():
        for _, name, spec, _ in string.Formatter().parse(words):
            assert name is None or name.isidentifier()
            assert spec in (None, "share") or format(1.0, spec)


def test_a_reason_is_said_with_its_values_and_its_remedy() -> None:
    remedy = reason("depth.would_reach", limit_m=610)
    why = reason("depth.too_deep", remedy=remedy, depth_m=1907.4, limit_m=610)
    assert say(why) == "DISSUB at 1,907 m, limit 610 m; would reach a DISSUB above 610 m"


def test_a_remedy_that_reasons_share_is_said_once() -> None:
    ask = reason("find.wave_height")
    window = reason("sea.window", limit=2.0, unit="m")
    words = say_all([reason("sea.unknown", remedy=ask), window, reason("sea.wind_unknown", remedy=ask)])
    assert words == (
        "wave height at the datum is unknown; a window in the forecast below 2 m is there on arrival; "
        "wind at the datum is unknown; take a forecast and enter it"
    )


@pytest.mark.parametrize(
    ("chance", "words"), [(0.625, "63 %"), (0.045, "5 %"), (0.0004, "<1 %"), (0.9996, ">99 %"), (None, "unknown")]
)
def test_a_chance_is_said_as_tables_have_it(chance: float | None, words: str) -> None:
    assert say(reason("time.in_time", chance=chance)) == f"{words} chance to be in time"


@pytest.mark.parametrize(
    ("miles", "words"),
    [(0.3, "0,3 мили"), (11, "11 миль"), (21, "21 миля"), (104, "104 мили"), (1112, "1\u00a0112 миль")],
)
def test_russian_miles_agree_with_their_figure(miles: float, words: str) -> None:
    with speaking("ru"):
        assert numbers.miles(miles) == words


def test_an_unknown_value_is_said_to_be_unknown() -> None:
    assert say(reason("depth.within", depth_m=None, limit_m=610)) == "DISSUB at unknown m, limit 610 m"


@pytest.mark.expects_log
def test_a_message_without_text_still_shows_its_id_and_values() -> None:
    assert text("nothing.like_this", {"depth_m": 3, "x": None}) == "nothing.like_this (depth_m 3, x unknown)"


def test_names_of_the_domain_are_said_by_their_words() -> None:
    assert say(reason("limit.phase", phase="wait_for_aircraft", hours=27.6)) == "wait for aircraft, about 28 h"
    words = say(reason("seat.no_match", seat="stanag_1297", fits="russian, own"))
    assert words == "seat is STANAG 1297; the skirt fits: Russian, own"


def test_a_name_without_a_word_is_spelt_out() -> None:
    assert label("limiting", "thin_air") == "thin air"
    assert label("mode", None) == "unknown"


def test_hours_are_never_finer_than_known() -> None:
    assert [numbers.hours(h) for h in (0, 0.26, 9.94, 9.96, 26.5, 120.4, None)] == [
        "0.0",
        "0.3",
        "9.9",
        "10",
        "27",
        "120",
        "unknown",
    ]
    assert [numbers.share(p) for p in (0.0, 0.001, 0.876, 0.999, 1.0, None)] == [
        "0 %",
        "<1 %",
        "88 %",
        ">99 %",
        "100 %",
        "unknown",
    ]
    assert numbers.miles(9.93) == "9.9 NM"
    assert numbers.miles(1234.5) == "1,235 NM"


@pytest.mark.parametrize(
    ("band", "words"),
    [
        ((76.2, 87.4, 99.1), "87 (76-99)"),
        # Half of the width is 45 h: one figure of doubt, so tens.
        ((90.0, 128.0, 180.0), "130 (90-180)"),
        # 35.4 h keeps two figures, 35.5 h keeps one.
        ((100.0, 121.0, 170.8), "121 (100-171)"),
        ((100.0, 121.0, 171.0), "120 (100-170)"),
        # 5.8 h: one figure, although the hours are below 10.
        ((4.5, 8.7, 16.1), "9 (5-16)"),
        ((2.42, 3.31, 4.33), "3.3 (2.4-4.3)"),
        ((5.0, 5.0, 5.0), "5.0 (5.0-5.0)"),
        ((1.71, 1.72, 1.73), "1.7 (1.7-1.7)"),
        ((26.3, 26.4, 26.5), "26 (26-27)"),
        ((500.0, 880.0, 1300.0), "900 (500-1300)"),
        # To tens the median would be its own P10: the nearer side tells how fine it is.
        ((45.2, 47.4, 131.0), "47 (45-131)"),
        ((42.0, 47.4, 131.0), "50 (40-130)"),
        ((47.0, 47.0, 131.0), "47 (47-131)"),
        # A number keeps its first figure.
        ((2.0, 4.0, 190.0), "4 (2-190)"),
        ((0.0, 0.4, 190.0), "0.4 (0-190)"),
        ((0.0, 0.0, 190.0), "0 (0-190)"),
        ((-0.03, -0.02, 0.0), "0.0 (0.0-0.0)"),
    ],
)
def test_a_band_is_told_no_finer_than_its_width_allows(band: tuple[float, float, float], words: str) -> None:
    found = Band(p10=band[0], p50=band[1], p90=band[2])
    assert numbers.band(found) == words
    assert numbers.median(found) == words.split()[0]
    assert numbers.spread(found) == words.split("(")[1].rstrip(")")


def test_an_instant_is_told_to_the_minute_only_where_it_is_known_so() -> None:
    alert = datetime(2026, 11, 23, 6, tzinfo=UTC)
    assert numbers.instant(alert, Band(p10=4.3, p50=4.5, p90=4.8)) == "23 10:30Z"
    assert numbers.instant(alert, Band(p10=76.0, p50=87.6, p90=99.0)) == "26 22Z"


@given(st.floats(0, 2000), st.floats(0, 500), st.floats(0, 500), st.floats(1, 10))
def test_a_wider_band_is_never_told_finer(middle: float, below: float, above: float, factor: float) -> None:
    narrow = Band(p10=middle - below, p50=middle, p90=middle + above)
    wide = Band(p10=middle - factor * below, p50=middle, p90=middle + factor * above)
    assert wide.step >= narrow.step


@given(st.lists(st.floats(0, 3000) | st.floats(0, 10), min_size=3, max_size=3).map(sorted))
def test_a_band_stays_in_order_and_only_next_to_nothing_is_told_as_nothing(hours: list[float]) -> None:
    found = Band(p10=hours[0], p50=hours[1], p90=hours[2])
    p50, p10, p90 = map(float, re.findall(r"[\d.]+", numbers.band(found)))
    assert p10 <= p50 <= p90
    assert [told == 0.0 for told in (p10, p50, p90)] == [value <= 0.05 for value in hours]


@pytest.mark.parametrize("language", ["en", "fr", "ru"])
def test_a_share_and_a_factor_have_no_unit_and_nothing_said_stays_nothing(language: str) -> None:
    with speaking(language):
        assert told(numbers.unit_sign("1")) == ""
        assert told("") == ""  # a catalogue answers the empty text with its own head
    assert (numbers.unit_sign("m3/kg"), numbers.unit_sign("nm"), numbers.unit_sign("kn")) == ("m³/kg", "NM", "kn")


def test_russian_has_its_own_word_for_nautical_miles() -> None:
    entries = re.findall(r'^msgstr(?:\[\d\])? "(.*)"$', CATALOGUE.read_text(encoding="utf-8"), re.MULTILINE)
    assert len(entries) > 2_000
    assert [words for words in entries if re.search(r"\bNM\b", words)] == []
