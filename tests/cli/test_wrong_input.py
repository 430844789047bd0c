"""What nobody can plan with is refused on the command line: field, found, allowed, exit code 2, nothing written."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.calls import run

CASE = """id = "x"
title = "T"
kind = "exercise"
alert = 2026-11-23T06:00:00Z
[dissub]
name = "S"
depth_m = 150
[dissub.fix]
position = "57°50.0'N 009°00.0'E"
"""
DIGITS = "9" * 5000
SETTINGS = {
    "dissub.depth_m=nan": "--set: dissub.depth_m: found nan; allowed is 0 to 11000 m",
    "dissub.list_deg=120": "--set: dissub.list_deg: found 120; allowed is 0 to 90",
    "dissub.stores.lioh_kg=-4": "--set: dissub.stores.lioh_kg: found -4; allowed is 0 to 100000 kg",
    "clearances.NO.lead_h=-4": "--set: clearances[NO].lead_h: found -4; allowed is 0 to 10000 h",
    "clearances.NO.overflight_h=-1/2/3": "--set: clearances[NO].overflight_h: found -1 to 3; allowed is 0 to 10000 h",
    "clearances.NO.aircraft_of=US,Norge": (
        "--set: clearances[NO].aircraft_of[2]: found 'Norge'; two capital letters are needed: NO"
    ),
    "clearances.Norway.refused=true": (
        "--set: clearances[Norway].nation: found 'Norway'; two capital letters are needed: NO"
    ),
    "clearances.NO.holds_from=2026-12-02T06:00": (
        "clearances[NO].holds_from: found '2026-12-02T06:00'; a time needs a zone"
    ),
    "clearances.NO.holds_until=300600Z": "clearances[NO].holds_until: found '300600Z'; a time with its zone is needed",
    "clearances.NO.holds_form=2026-12-02T06:00Z": (
        "found the unknown key 'clearances.NO.holds_form'; did you mean 'clearances.NO.holds_from'"
    ),
    "airfields.ENVA.closed_daily=21-05": (
        "airfields[ENVA].closed_daily: found '21-05'; hours of the day in UTC are needed: 2100-0500Z"
    ),
    "airfields.ENVA.closed_daily=0500-0500z": (
        "airfields[ENVA].closed_daily: found '0500-0500Z'; it begins when it ends"
    ),
    "clearances.NO.fleets=gb-c71": "clearances[NO].fleets[1]: found the unknown fleet 'gb-c71'",
    "clearances.NO.airfields=XXXX": "clearances[NO].airfields[1]: found the unknown airfield 'XXXX'",
    "sea_clearances.RU.ports=Nowhere-on-Sea": "sea_clearances[RU].ports[1]: found the unknown port 'Nowhere-on-Sea'",
    "clearances.NO#3.refused=true": "--set: found 'clearances.NO#3'; a number from 1 to 1 is needed",
    "sea_clearances.RU#x.refused=true": "--set: found 'sea_clearances.RU#x'; a number from 1 to 1 is needed",
    "sea_clearances.RU.lead_h=-4": "--set: sea_clearances[RU].lead_h: found -4; allowed is 0 to 10000 h",
    "sea_clearances.RU.ice_speed_kn=0": (
        "--set: sea_clearances[RU].ice_speed_kn: found 0; allowed is above 0, at most 30 kn"
    ),
    "sea_clearances.RU.passages=bosphorous": "sea_clearances[RU].passages[1]: found the unknown passage 'bosphorous'",
    "sea_clearances.RU.ships=no-kv-bergan": "sea_clearances[RU].ships[1]: found the unknown ship 'no-kv-bergan'",
    "offers.nsrs.notice_h=1e9": "--set: offers[nsrs].notice_h: found 1e+09; allowed is 0 to 10000 h",
    "ships.no-kv-bergen.available_after_h=-3": (
        "--set: ships[no-kv-bergen].available_after_h: found -3; allowed is 0 to 10000 h"
    ),
    "airfields.ENVA.loader_delay_h=-2": "--set: airfields[ENVA].loader_delay_h: found -2; allowed is 0 to 10000 h",
    "alert=9999-12-31T23:59:59Z": "alert: found 9999-12-31T23:59Z; a year from 1901 to 2099 is needed",
    "alert=0001-01-01T00:00:00Z": "alert: found 0001-01-01T00:00Z; a year from 1901 to 2099 is needed",
}
CHANGES = {
    ("--accept", "nsrs=1e300h"): "--accept: found '1e300' hours; at most 10,000 hours from the alert are allowed",
    ("--accept", f"nsrs={DIGITS}h"): "--accept: found a number of 5000 digits; at most 10,000 hours from the alert",
    ("--accept", "nsrs=-6h"): "--accept: found '-6h'; hours from the alert, 6h, or a time with its zone",
    ("--at", "0001-01-01T00:00+05:00"): "--at: found '0001-01-01T00:00+05:00'; a time of the years 1 to 9999 in UTC",
    ("--as-of", "9999-12-31T23:59-05:00"): "--as-of: found '9999-12-31T23:59-05:00'; a time of the years 1 to 9999",
    ("--set", f"fit_out.certified_h={DIGITS}"): "one number or smallest/most likely/largest in h is needed",
    ("--set", f"dissub.depth_m={DIGITS}"): "--set: dissub.depth_m: found '99999",
    ("--set", "dissub.depth_m=" + "[" * 3000): "--set: dissub.depth_m: found '[[[[[",
}
FILES = {
    "seconds": (CASE.replace("2026-11-23T06:00:00Z", '"1795413600"'), "line 4: alert: found '1795413600'; a time with"),
    "before-the-calendar": (CASE.replace("2026-11-23T06:00:00Z", "0001-01-01T00:00:00+05:00"), "line 4: alert: found "),
    "digits": (CASE.replace("150", DIGITS), "found a whole number of thousands of digits; a few digits are enough"),
    "text-in-three": (
        CASE + "[assumptions]\nfit_out.certified_h = ['8', 9, true]\n",
        "line 11: assumptions.fit_out.certified_h[1]: found '8'; a number is needed",
    ),
    "twice": (
        CASE + "[[offers]]\nasset = 'nsrs'\n[[offers]]\nasset = 'nsrs'\nstate = 'declined'\n",
        "line 13: offers[nsrs].asset: found 'nsrs', which stands twice; one entry for each is needed",
    ),
}


@pytest.mark.parametrize("setting", SETTINGS)
def test_a_setting_that_cannot_be_used_is_refused_with_its_field(setting: str, tmp_path: Path) -> None:
    output = tmp_path / "plan.json"
    code, out, err = run("plan", "demo-skagerrak", "--set", setting, "-f", "json", "-o", str(output))
    assert (code, out) == (2, "")
    assert SETTINGS[setting] in err
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: f"{change[0]} {change[1][:30]}")
def test_a_change_that_no_calendar_and_no_number_holds_is_refused(change: tuple[str, str]) -> None:
    code, out, err = run("plan", "demo-skagerrak", *change)
    assert (code, out) == (2, "")
    assert CHANGES[change] in err


@pytest.mark.parametrize("name", FILES)
def test_a_case_file_with_such_a_value_is_refused_with_its_line(name: str, tmp_path: Path) -> None:
    text, told = FILES[name]
    path = tmp_path / f"{name}.toml"
    path.write_text(text, encoding="utf-8")
    code, out, err = run("plan", str(path))
    assert (code, out) == (2, "")
    assert str(path) in err
    assert told in err


def test_a_name_too_long_for_a_file_is_no_case() -> None:
    code, _, err = run("plan", "x" * 5000)
    assert code == 2
    assert "which is neither a file nor a shipped case" in err
    assert len(err) < 400


LONG = "x" * 300


@pytest.mark.parametrize(
    "words",
    [
        ("compare", "demo-skagerrak", LONG),
        ("assets", "list", "--workspace", LONG),
        ("assets", "list", "--workspace", "~nobody-of-this-name/x"),
        ("assets", "positions", f"{LONG}:12"),
        ("assets", "positions", "~nobody-of-this-name/x:9"),
        ("workspace", "restore", LONG),
        ("where", "60N 5E", "-o", "loop"),
        ("distances", "/dev/zero"),
    ],
    ids=lambda words: " ".join(word[:9] for word in words),
)
def test_a_name_that_the_system_does_not_take_is_told(
    words: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("loop").symlink_to("loop")
    code, out, err = run(*words)
    assert (code, out) == (2, "")
    assert "found " in err


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("route", "a", "b", "--speed", "fast"), "'--speed': found 'fast'; a number of knots is needed"),
        (("route", "a", "b", "--wave-m", "nan"), "'--wave-m': found 'nan'; a number of metres is needed"),
        (("where", "x", "--decimals", "1_0"), "'--decimals': found '1_0'; a whole number is needed"),
        (("places", "search", "x", "-n", "501"), "found '501'; a whole number from 1 to 500 is needed"),
        (("plan", "x", "--samples", "5"), "'--samples': found '5'; a whole number from 100 to 100,000 is needed"),
        (("plan", "x", "--seed", "\x1b[2J"), "'--seed': found '\\u001b[2J'; a whole number from 0 is needed"),
    ],
)
def test_an_option_of_a_number_names_what_was_found_and_what_is_allowed(words: tuple[str, ...], told: str) -> None:
    code, out, err = run(*words)
    assert (code, out) == (2, "")
    assert told in " ".join(err.replace("│", " ").split())


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("depth", "-7.8", "114.8", "--sorce", "x"), "option: found '--sorce', which this command does not have"),
        (("route", "Toulon", "--sped=12"), "option: found '--sped', which this command does not have"),
        (("where", "32VNM9990", "--notation", "dm", "--decimals", "9"), "--decimals: found 9; allowed for dm: 0 to 7"),
        (("where", "89N 0E", "--notation", "utm"), "TEXT: found latitude 89.00000; UTM is defined from 80 S to 84 N"),
    ],
)
def test_an_option_is_named_as_it_is_typed(words: tuple[str, ...], told: str) -> None:
    code, out, err = run(*words)
    assert (code, out) == (2, "")
    assert told in err


def test_a_long_text_that_is_no_place_is_told_shortened() -> None:
    code, _, err = run("where", "x" * 10_000)
    assert code == 2
    assert len(err) < 300


@pytest.mark.parametrize(
    ("lines", "told"),
    [
        ("close suez\nset dpth=3\n", "line 2: set: found the unknown key 'dpth'"),
        ("set dissub.depth_m=-5\n", ": dissub.depth_m: found -5; allowed is 0 to 11000 m"),
    ],
)
def test_a_fault_in_a_file_of_changes_is_told_with_the_file(lines: str, told: str, tmp_path: Path) -> None:
    path = tmp_path / "changes.txt"
    path.write_text(lines, encoding="utf-8")
    code, _, err = run("plan", "demo-skagerrak", "--what-if", str(path))
    assert code == 2
    assert str(path) in err
    assert told in err


@pytest.mark.parametrize("command", [("plan",), ("compare",), ("why", "nsrs"), ("report",), ("picture",)], ids=" ".join)
def test_a_place_that_cannot_be_written_is_told_before_the_work(
    command: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def work(*_: object, **__: object) -> None:
        raise AssertionError("planned for nothing")

    monkeypatch.setattr("subrescue.planning.answer.respond.plan", work)
    output = tmp_path / "nowhere" / "made.pdf"
    code, out, err = run(command[0], "demo-skagerrak", *command[1:], "-o", str(output))
    assert (code, out) == (2, "")
    assert err == (
        f"{output}: found a place that cannot be written (No such file or directory); a folder that exists is needed\n"
    )


def test_a_file_of_more_changes_than_a_person_makes_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "changes.txt"
    path.write_text("# closed\n" + "close suez\n" * 2001, encoding="utf-8")
    code, out, err = run("plan", "demo-skagerrak", "--what-if", str(path))
    assert (code, out) == (2, "")
    assert err == f"{path}: what if: found 2,001 changes; a what-if of at most 2,000 is allowed\n"
