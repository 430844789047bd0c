"""`assets list` and `assets show` take the mate matrix, agreements, points of contact and medical units."""

from __future__ import annotations

import csv
import io

import pytest
from typer.testing import CliRunner

from subrescue.cli.main import app


def run(*words: str) -> tuple[int, str, str]:
    result = CliRunner().invoke(app, ["assets", *words], prog_name="subrescue")
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result.exit_code, result.stdout, result.stderr


@pytest.mark.parametrize(
    ("kind", "nation", "entry", "status"),
    [
        ("mate", "us", "us-prm-falcon-collins", "demonstrated"),  # the boat is Australian, the vehicle American
        ("mate", "au", "us-prm-falcon-collins", "demonstrated"),
        ("agreement", "ru", "nato-ru-2003", "suspended"),
        ("point_of_contact", "no", "no-jrcc-north", "rescue_coordination_centre"),
        ("medical_unit", "gb", "gb-recompression-chambers", "active"),
    ],
)
def test_the_newer_kinds_are_listed_by_nation_and_shown(kind: str, nation: str, entry: str, status: str) -> None:
    code, out, _ = run("list", "--kind", kind, "--nation", nation, "--format", "csv")
    assert code == 0
    row = next(row for row in csv.DictReader(io.StringIO(out)) if row["id"] == entry)
    assert row["status"] == status
    assert row["sources"]
    code, out, _ = run("list", "--kind", kind, "--nation", nation)
    assert (code, entry in out) == (0, True)
    assert status not in out or "_" not in status  # words for people
    code, out, _ = run("show", entry)
    assert code == 0
    assert "unknown" in out


def test_a_nation_of_which_a_newer_kind_knows_nothing_is_wrong_input() -> None:
    code, out, err = run("list", "--kind", "agreement", "--nation", "kp")
    assert (code, out) == (2, "")
    assert "'kp', of which nothing is listed" in err


def test_an_entry_is_shown_in_words_and_units_and_its_csv_keeps_the_ids() -> None:
    shown = " ".join(run("show", "nsrs", "--workspace", "shipped")[1].split())
    angle, seats, mass = "Mating angle 60° ", "STANAG 1297, Russian", "Mass 350 t,"
    for words in ("Notice 2 / 3 / 6 h ", "free-swimming vehicle", angle, seats, mass):
        assert words in shown
    assert not {"mass_t", "free_srv", "stanag_1297"} & set(shown.split())
    table = run("show", "nsrs", "--workspace", "shipped", "--format", "csv")[1]
    assert ",vehicle_type,Vehicle type,free_srv," in table
    assert ",notice_h,Notice,2 / 3 / 6,h," in table
