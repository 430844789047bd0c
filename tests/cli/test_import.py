"""`assets import` as a liaison officer calls it: one command that one undo takes back, by row and field, or nothing."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from tests.cli.calls import run

pytestmark = pytest.mark.usefixtures("small_workspace")


@pytest.fixture
def declared(tmp_path: Path) -> Path:
    """The nation's table: its rescue vehicle now dives to 400 m, under another name."""
    file = tmp_path / "declared.csv"
    assert run("assets", "export", "-o", str(file), "--kind", "rescue_system", "--workspace", "default")[0] == 0
    with file.open(encoding="utf-8-sig", newline="") as opened:
        rows = list(csv.reader(opened))
    names = next(row for row in rows if row[:2] == ["kind", "id"])
    vehicle = next(row for row in rows if len(row) > 1 and row[1] == "nsrs")
    vehicle[names.index("max_depth_m")] = "400"
    vehicle[names.index("name")] = "Rescue system of 2026"
    with file.open("w", encoding="utf-8", newline="") as opened:
        csv.writer(opened).writerows(rows)
    return file


def vehicle() -> dict[str, object]:
    code, out, said = run("assets", "show", "nsrs", "--format", "json", "--workspace", "default")
    assert code == 0, said
    return dict(json.loads(out))


def imported(file: Path, *words: str) -> tuple[int, str, str]:
    return run("assets", "import", str(file), "--source", "DECL26", "--source-title", "Declaration 2026", *words)


def test_an_import_is_one_command_with_its_source_and_one_undo_takes_it_back(declared: Path) -> None:
    before = vehicle()
    code, out, said = imported(declared, "--conflicts", "--date", "2026-11-20", "--why", "yearly")
    assert code == 0, said
    assert out.startswith("1 entry changed by command 2 in")  # the source is no entry of the file
    after = vehicle()
    assert (after["max_depth_m"], after["name"]) == (400, "Rescue system of 2026")
    code, out, _ = run("assets", "history", "nsrs", "--field", "max_depth_m", "--format", "json")
    newest = [row for row in json.loads(out) if row["field"] == "evidence.max_depth_m"][-1]
    assert newest["why"] == "yearly"
    assert newest["after"][0]["source"] == "DECL26"
    assert run("assets", "undo")[0] == 0
    assert vehicle() == before


def test_what_another_source_says_otherwise_is_left_unless_asked_for(declared: Path) -> None:
    before = vehicle()["max_depth_m"]
    assert imported(declared)[0] == 0
    assert vehicle()["max_depth_m"] == before != 400


def test_a_rejected_field_stays_and_the_others_are_taken(declared: Path) -> None:
    before = vehicle()["name"]
    assert imported(declared, "--conflicts", "--reject", "nsrs:name")[0] == 0
    assert (vehicle()["max_depth_m"], vehicle()["name"]) == (400, before)


def test_an_accepted_field_alone_is_taken_though_others_differ(declared: Path) -> None:
    before = vehicle()["max_depth_m"]
    assert imported(declared, "--accept", "nsrs:name")[0] == 0
    assert (vehicle()["max_depth_m"], vehicle()["name"]) == (before, "Rescue system of 2026")


def test_a_file_with_a_fault_changes_nothing_and_names_row_and_field(declared: Path) -> None:
    before = vehicle()
    declared.write_text(declared.read_text(encoding="utf-8").replace(",400,", ",deep,"), encoding="utf-8")
    code, _, said = imported(declared, "--conflicts")
    assert code == 2
    assert "max_depth_m" in said
    assert "'deep'" in said
    assert "nothing was imported" in said
    assert vehicle() == before
    assert run("assets", "history", "nsrs")[1].count("Declaration") == 0


@pytest.mark.parametrize(
    "words, named",
    [
        (("--accept", "nobody"), "--accept"),
        (("--reject", "nsrs:colour"), "--reject"),
    ],
)
def test_a_name_that_does_not_differ_is_refused(declared: Path, words: tuple[str, str], named: str) -> None:
    code, _, said = imported(declared, *words)
    assert code == 2
    assert said.startswith(named)


def test_an_unknown_source_wants_its_title(declared: Path) -> None:
    code, _, said = run("assets", "import", str(declared), "--source", "DECL26")
    assert code == 2
    assert "--source-title" in said
