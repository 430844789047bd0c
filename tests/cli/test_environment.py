"""The command `environment` tells sun, sea, air and wind with bands and sources, and wrong input plainly."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

import subrescue
from subrescue.cli.main import app

AT = ("--at", "2026-11-23T06:00Z")


def run(*words: str) -> tuple[int, str, str]:
    result = CliRunner().invoke(app, ["environment", *words], prog_name="subrescue")
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result.exit_code, result.stdout, result.stderr


def line(text: str, title: str) -> str:
    return next(row for row in text.splitlines() if row.startswith(title))[len(title) :].strip()


def test_at_sea_all_is_told_with_bands_and_sources() -> None:
    code, out, err = run("64.5", "7.5", *AT, "--depth", "255")
    assert (code, err) == (0, "")
    assert line(out, "Sun ") == "13.7° under the horizon, bearing 109°: astronomical twilight"
    # By hand: declination -20.4 makes half a day of 2:47.8 about 11:16 (12h - 7.5/15 h - 13.8 min of equation of time).
    assert (line(out, "Sunrise"), line(out, "Sunset")) == ("08:28Z", "14:04Z")
    assert line(out, "Civil twilight") == "begins 07:21Z, ends 15:11Z"
    assert line(out, "Next").startswith("begin of nautical twilight 2026-11-23 06:17Z, ")
    assert line(out, "Sea surface") == "8.2 °C, 6.9 to 9.5"
    assert line(out, "Water at 255 m") == "7.2 °C, 5.6 to 8.2"
    assert line(out, "Sea bed").endswith("about 252 m by the chart, 165 to 429")
    assert line(out, "Wind") == "18 kn, 7 to 31, from all sides, a little more from SW (229°)"
    assert "no observation and no forecast" in out
    assert "COADS" in out
    assert "Levitus" in out


def test_json_has_units_in_its_names_and_null_for_what_is_not_known(tmp_path: Path) -> None:
    target = tmp_path / "e.json"
    code, out, _ = run("43N", "34E", *AT, "--format", "json", "-o", str(target))
    assert (code, out) == (0, "")
    data = json.loads(target.read_text("utf-8"))
    assert data["at"] == "2026-11-23T06:00:00Z"
    assert data["on_land"] is False
    assert data["depth_m"] is None
    assert data["water_at_depth_c"] is None
    assert data["sea_bed_c"] is None  # the source has no Black Sea
    sea = data["sea_surface_c"]
    assert sea["low"] <= sea["value"] <= sea["high"]
    assert sea["source"].startswith("COADS")
    assert set(data["wind_from_deg"]) == {"value", "half_width", "steadiness", "source"}
    assert len(data["sun"]["next"]) == 8
    assert data["sun"]["day"]["sun"]["begins"] == ["2026-11-23T04:46:01Z"]  # by hand 4:44 before 09:30


def test_python_and_the_command_line_give_the_same_numbers() -> None:
    _, out, _ = run("64.5", "7.5", *AT, "--depth", "255", "--format", "json")
    case = subrescue.read_case("demo-norwegian-sea")
    found = subrescue.conditions_at(subrescue.parse_position("64.5, 7.5"), case.alert, subrescue.load_world(), 255)
    data = json.loads(out)
    assert found.water_at_depth_c is not None
    assert data["water_at_depth_c"]["value"] == round(found.water_at_depth_c.value, 1)
    assert data["sun"]["altitude_deg"] == round(found.sun.altitude_deg, 2)


def test_on_land_the_sun_is_told_and_the_sea_refused() -> None:
    code, out, err = run("48.85", "2.35", *AT)
    assert code == 1
    assert line(out, "Sunrise") == "07:12Z"
    assert line(out, "Sea") == "none: the place is on land"
    assert "Wind" not in out
    assert "on land, so that only the sun is told; the nearest navigable water is" in err


@pytest.mark.parametrize(
    "when, title, words",
    [
        ("2026-12-21T10:00Z", "Night", "the sun does not rise (polar night), at most civil twilight"),
        ("2026-12-21T10:00Z", "Sunset", "none: the sun is down all day"),
        ("2026-06-21T10:00Z", "Night", "none: the sun does not set (polar day)"),
        ("2026-06-21T10:00Z", "Civil twilight", "no end: the sun does not sink so low"),
    ],
)
def test_the_polar_night_and_day_are_said(when: str, title: str, words: str) -> None:
    code, out, _ = run("71N", "20E", "--at", when)
    assert code == 0
    assert line(out, title) == words


def test_nautical_twilight_all_night_is_said() -> None:
    _, out, _ = run("56N", "3E", "--at", "2026-06-21T23:00Z")
    assert line(out, "Night") == "nautical twilight all night"


def test_in_a_fjord_the_sea_bed_is_unknown_with_the_reason() -> None:
    _, out, _ = run("60.2", "6.0", *AT, "--depth", "10999")
    assert line(out, "Sea bed") == "unknown: the water is narrower than the chart resolves"
    assert line(out, "Water at 10,999 m") == "unknown: the source has no data so deep within 120 NM"


def test_without_a_time_it_is_now() -> None:
    code, out, _ = run("64.5", "7.5")
    assert code == 0
    assert line(out, "Time").endswith("Z")


@pytest.mark.parametrize(
    "words, message",
    [
        (("64.5", "7.5", "--at", "2026-11-23"), "--at: found '2026-11-23', without a zone"),
        (("64.5", "7.5", "--at", "yesterday"), "--at: found 'yesterday'"),
        (
            ("64.5", "7.5", "--at", "1850-01-01T00:00Z"),
            "--at: found the year 1850; the sun is worked out for the years",
        ),
        (("64.5", "7.5", "--depth", "-5"), "found '-5'; a number of metres from 0 to 11,000 is needed"),
        (("64.5", "7.5", "--depth", "nan"), "found 'nan'; a number of metres from 0 to 11,000 is needed"),
        (("64.5", "7.5", "--depth", "deep"), "Invalid value for '--depth'"),
        (("95", "7.5"), "POSITION: found"),
        (("Atlantis",), "POSITION: found 'Atlantis', which is no known place"),
        (("64.5", "7.5", "--format", "csv"), "'csv' is not one of 'text', 'json'"),
    ],
)
def test_wrong_input_is_told_with_what_is_allowed(words: tuple[str, ...], message: str) -> None:
    code, out, err = run(*words)
    assert (code, out) == (2, "")
    assert message in err
    assert "Traceback" not in err
