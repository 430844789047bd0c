"""`route` for a ship: too large for a canal, slowed by the sea, with what each closure would cost."""

from __future__ import annotations

import json
import re

import pytest
from typer.testing import CliRunner

from subrescue.cli.main import app

NORTH_SEA, BALTIC = "55N 7E", "54.8N 11.5E"


def run(*words: str) -> tuple[int, str, str]:
    result = CliRunner().invoke(app, ["route", *words], prog_name="subrescue")
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result.exit_code, result.stdout, result.stderr


def test_a_ship_too_large_for_the_kiel_canal_goes_round_skagen() -> None:
    code, text, _ = run(NORTH_SEA, BALTIC, "--draught", "12", "--beam", "40")
    assert code == 0
    closed = "Closed   Kiel Canal [kiel]: draught 12 m, Kiel Canal takes 9.5 m; beam 40 m, Kiel Canal takes 32.5 m"
    assert closed in text
    assert "[kiel]" not in text.replace(closed, "")
    assert "[great_belt]" in text


def test_a_ship_of_unknown_height_gets_a_doubt_and_no_closure() -> None:
    _, text, _ = run(NORTH_SEA, BALTIC, "--draught", "5")
    assert "[kiel]" in text
    assert "Doubt    beam unknown, Kiel Canal takes 32.5 m" in text


def test_hours_are_itemised_with_factor_and_source() -> None:
    code, text, _ = run(
        NORTH_SEA,
        BALTIC,
        "--speed",
        "12",
        "--wave-m",
        "3",
        "--wave-from",
        "180",
        "--format",
        "json",
        "--at",
        "2026-01-10T00:00Z",
        "--explain",
    )
    assert code == 0
    data = json.loads(text)
    assert [item["what"] for item in data["items"]] == ["open_water", "kiel", "open_water"]
    assert data["items"][1]["hours"] == {"min": 7.0, "mode": 8.5, "max": 14.0}
    assert data["items"][0]["factor"] > 1
    assert "Aertssen" in data["items"][0]["source"]
    assert sum(item["nm"] for item in data["items"]) == pytest.approx(data["distance_nm"], abs=0.3)
    assert data["hours"]["mode"] == pytest.approx(sum(item["hours"]["mode"] for item in data["items"]), abs=0.2)
    assert data["if_closed"][0]["closed"] == "kiel"
    assert data["if_closed"][0]["costs_nm"] > 100
    assert data["best_other_way"]["closed"] == "kiel"


def test_a_ship_of_the_registry_brings_her_size_and_speed() -> None:
    code, text, _ = run(NORTH_SEA, BALTIC, "--ship", "no-kv-sortland")
    if code == 2:
        pytest.fail(text)
    assert "kn in calm water" in text


def test_all_ways_too_small_is_no_route_with_the_reason() -> None:
    code, text, stderr = run("Toulon", "Sevastopol", "--air-draught", "60")
    assert (code, text) == (1, "")
    assert "height 60 m above the water, Bosporus takes 58 m" in stderr


@pytest.mark.parametrize(
    "words, found",
    [
        (["--draught", "-1"], "--draught: found -1"),
        (["--air-draught", "0"], "--air-draught: found 0"),
        (["--speed", "0"], "--speed: found 0"),
        (["--speed", "10", "--wave-m", "99"], "--wave-m: found 99"),
        (["--speed", "10", "--wave-from", "10"], "--wave-m is needed too"),
        (["--speed", "10", "--wave-m", "2", "--wave-from", "400"], "--wave-from: found 400"),
        (["--wave-m", "2"], "--wave-m: found no speed"),
        (["--speed", "10", "--at", "January"], "--at: found 'January'"),
        (["--ship", "nobody"], "--ship: found the unknown ship 'nobody'"),
        (["--close", "Bosfor"], "did you mean 'bosporus'"),
    ],
)
def test_wrong_use_is_told(words: list[str], found: str) -> None:
    code, _, stderr = run(NORTH_SEA, BALTIC, *words)
    assert code == 2
    assert found in stderr
    assert "Traceback" not in stderr


PIRAEUS, VENICE = "37.9N 23.6E", "45.4N 12.4E"


def test_a_closed_sea_that_ships_sail_is_named_where_it_has_no_way_out() -> None:
    code, _, err = run("Baku", "Istanbul")
    assert (code, err.count("Baku lies in a basin that the maps do not join to the sea")) == (1, 1)


def test_a_route_for_no_ship_in_particular_leaves_out_a_canal_that_few_fit_and_says_what_it_would_save() -> None:
    code, text, _ = run(PIRAEUS, VENICE)
    assert code == 0
    assert "corinth" not in next(line for line in text.splitlines() if line.startswith("Through"))
    assert re.search(r"^Left out Corinth Canal \[corinth\]: 13\d NM less by it", text, re.MULTILINE)
    data = json.loads(run(PIRAEUS, VENICE, "--format", "json")[1])
    assert data["left_out"] == ["corinth"]
    assert data["distance_nm"] == pytest.approx(856, rel=0.015)  # NGA Pub. 151, south of Greece


@pytest.mark.parametrize("words", [("--use", "Corinth Canal"), ("--draught", "5")])
def test_a_canal_that_few_fit_is_used_where_it_is_named_or_a_size_of_the_ship_is_known(words: tuple[str, ...]) -> None:
    code, text, _ = run(PIRAEUS, VENICE, *words)
    assert code == 0
    assert "Through  Corinth Canal [corinth]" in text
    assert "Doubt    beam unknown, Corinth Canal takes 18.3 m" in text
    assert "Left out" not in text


def test_what_is_left_out_and_what_is_closed_are_told_apart() -> None:
    _, text, _ = run(PIRAEUS, VENICE, "--close", "corinth")
    assert "Closed   Corinth Canal [corinth]" in text
    assert "Left out" not in text


def test_ice_leaves_out_belle_isle_but_in_the_months_that_are_free_of_it() -> None:
    halifax, reykjavik = "44.6N 63.5W", "64.2N 22W"
    assert "Left out Strait of Belle Isle [belle_isle]" in run(halifax, reykjavik)[1]
    winter = run(halifax, reykjavik, "--speed", "12", "--at", "2026-02-10T00:00Z")[1]
    assert "Left out Strait of Belle Isle [belle_isle]" in winter
    summer = run(halifax, reykjavik, "--at", "2026-08-10T00:00Z")[1]  # the season asks for no speed
    assert "Through  Strait of Belle Isle [belle_isle]" in summer


@pytest.mark.parametrize(
    ("start", "end", "at", "icy"),
    [
        ("Churchill", "Reykjavik", "2026-01-15", True),
        ("Kemi", "Stockholm", "2026-02-15", True),
        ("Kemi", "Stockholm", "2026-08-15", False),
        ("Murmansk", "Tromso", "2026-02-15", False),  # the one Arctic coast that the Gulf Stream keeps open
        ("Toulon", "Changi", "2026-02-15", False),
    ],
)
def test_where_the_sea_may_freeze_the_hours_say_that_they_know_no_ice(start: str, end: str, at: str, icy: bool) -> None:
    _, text, _ = run(start, end, *(["--speed", "12"] if start == "Kemi" else []), "--at", f"{at}T00:00Z")
    assert ("may be near freezing" in text) is icy
    if icy:
        nm, whole = (
            float(found[1].replace(",", ""))
            for found in (re.search(r"on ([\d,]+) NM of the way", text), re.search(r"Distance ([\d,]+) NM", text))
            if found
        )
        assert 0.5 * whole < nm <= whole


def test_over_the_pole_leads_a_way_only_where_it_is_named_and_says_that_ice_may_lie_there_always() -> None:
    _, text, _ = run("Gravelines", "Reihoku")
    assert "Left out Central Arctic Ocean" in text
    assert "Through  Vilkitsky Strait" in text
    assert "Suez Canal [suez]" in run("Gravelines", "Reihoku", "--at", "2026-07-01T00:00Z")[1]
    _, text, _ = run("Gravelines", "Reihoku", "--use", "central_arctic")
    assert "Through  Central Arctic Ocean" in text
    assert "at any time of year: ice may lie there, few ships get through" in text
    assert "near freezing" not in run("Kemi", "Stockholm")[1]  # in winter alone


def test_from_the_pole_the_way_leads_straight_out_of_the_pack_it_begins_in() -> None:
    for ends in (("90N 0E", "Tromso"), ("Tromso", "85N 100E")):
        _, text, _ = run(*ends)
        assert "Through  Central Arctic Ocean" in text
        assert "Left out" not in text
    assert "Through  Vilkitsky Strait" in run("84N 140E", "Tromso")[1]  # a short way out, and a long one over the pole


def test_a_port_up_a_river_that_the_chart_lacks_is_not_told_to_be_on_land() -> None:
    code, _, err = run("Khatanga", "Murmansk")
    assert code == 1
    assert "Khatanga lies inland, or up a river that the chart does not have; the nearest navigable water is 71" in err
