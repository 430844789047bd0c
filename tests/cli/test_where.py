"""`subrescue where` as a user calls it, and what every command asks back about a position."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.calls import run

DEMO = "demo-norwegian-sea"


def test_a_position_is_printed_in_every_notation() -> None:
    code, out, _ = run("where", "69°37.5'N 37°34.2'E")
    assert code == 0
    assert out.splitlines()[:3] == [
        "DD   69.62500, 37.57000",
        "DM   69°37.500'N 037°34.200'E",
        """DMS  69°37'30.0"N 037°34'12.0"E""",
    ]
    assert "at sea" in out


def test_near_the_pole_ups_stands_in_for_utm() -> None:
    _, out, _ = run("where", "85N 180E")
    assert [line[:5].strip() for line in out.splitlines()[:5]] == ["DD", "DM", "DMS", "MGRS", "UPS"]
    assert "UPS  UPS north 2000000 2555457" in out
    _, out, _ = run("where", "60N 3E")
    assert [line[:5].strip() for line in out.splitlines()[:5]] == ["DD", "DM", "DMS", "MGRS", "UTM"]


def test_a_position_is_written_for_other_programs() -> None:
    code, out, _ = run("where", "31UDQ 48 11", "--format", "json")
    assert code == 0
    facts = json.loads(out)
    # The middle of the kilometre is 448500, 5411500 in zone 31.
    assert facts["notations"]["utm"] == "31 north 448500 5411500"
    assert facts["read_as"] == "MGRS, the middle of a square of 1 km"
    assert (facts["on_land"], facts["country"]) == (True, "France")
    assert set(facts["notations"]) == {"dd", "dm", "dms", "mgrs", "utm"}


@pytest.mark.parametrize(
    "words, printed",
    [
        (("--notation", "dm", "--decimals", "1"), "64°30.0'N 007°15.0'W"),
        (("--notation", "dms", "--language", "fr"), "64°30'00,0\"N 007°15'00,0\"W"),
        (("--notation", "dm", "--language", "ru"), "64°30,000' С 007°15,000' З"),
        (("--notation", "mgrs", "--decimals", "-3"), "29WNM 84 53"),
    ],
)
def test_one_notation_alone_is_printed_as_finely_as_asked(words: tuple[str, ...], printed: str) -> None:
    assert run("where", "64.5, -7.25", *words) == (0, f"{printed}\n", "")


@pytest.mark.parametrize(
    "words, why",
    [
        (("--notation", "ups"), "UPS is defined from"),
        (("--decimals", "2"), "allowed with --notation only"),
        (("--notation", "dm", "--decimals", "20"), "allowed for dm: 0 to 7"),
        (("--notation", "osgb"), "osgb"),
    ],
)
def test_a_notation_that_cannot_be_is_wrong_input(words: tuple[str, ...], why: str) -> None:
    code, out, err = run("where", "64.5, -7.25", *words)
    assert (code, out) == (2, "")
    assert why in err


def test_an_ambiguous_position_is_asked_back_with_a_line_for_each_reading() -> None:
    for command in (("where",), ("depth",), ("route", "Bergen")):
        code, out, err = run(*command, "57 N 3 O")
        assert (code, out) == (2, "")
        assert err.splitlines()[0].endswith("found '57 N 3 O'; it can be read as")
        assert err.splitlines()[1:] == [
            "  57°00.000'N 003°00.000'E (O for Ost, east)",
            "  57°00.000'N 003°00.000'W (O for ouest, west)",
            "  write it with the letters N or S and E or W",
        ]
    code, _, err = run("plan", DEMO, "--set", "dissub.fix.position=57 N 3 O")
    assert code == 2
    assert "it can be read as: 57°00.000'N 003°00.000'E (O for Ost, east); or 57" in err


def test_numbers_that_nothing_parts_are_asked_back_by_every_command(tmp_path: Path) -> None:
    text, first = "12 34.5 56.7", "12°34.500'N 056°42.000'E (12°34.5' and 56.7°)"
    for command in (("where",), ("depth",), ("route", "Bergen")):
        code, out, err = run(*command, text)
        assert (code, out) == (2, "")
        assert err.splitlines()[1] == f"  {first}"
    code, _, err = run("plan", DEMO, "--set", f"dissub.fix.position={text}")
    assert code == 2
    assert first in err
    pairs = tmp_path / "pairs.csv"
    pairs.write_text(f"from,to\n{text},Bergen\nBergen,Stavanger\n", encoding="utf-8")
    code, out, err = run("distances", str(pairs))
    assert code == 2
    assert first in err
    assert [line.split(",")[-1] for line in out.splitlines()[2:]] == ["ok"]


@pytest.mark.parametrize("words", [("-7.8", "114.8"), ("--", "-7.8", "114.8"), ("-7.8, 114.8",), ("7.8S", "114.8E")])
def test_southern_positions_need_no_tricks(words: tuple[str, ...]) -> None:
    code, out, _ = run("where", *words)
    assert code == 0
    assert "07°48.000'S 114°48.000'E" in out


def test_a_place_that_means_nothing_or_several_is_wrong_input() -> None:
    code, _, err = run("where", "Atlantis City")
    assert code == 2
    assert "no known place" in err
    code, _, err = run("where", "Cartagena")
    assert code == 2
    assert "cartagena_es" in err
