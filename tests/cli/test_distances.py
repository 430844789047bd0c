"""The command `distances`: tables in, tables out, bad rows told and the rest answered."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from typer.testing import CliRunner

from subrescue.cli.main import app


def run(*words: str, stdin: bytes | None = None) -> tuple[int, str, str]:
    result = CliRunner().invoke(app, ["distances", *words], prog_name="subrescue", input=stdin)
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result.exit_code, result.stdout, result.stderr


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / "pairs.csv"
    path.write_bytes(
        "\ufeffid,from,to,note\n1,Toulon,44 37N 33 27E,a\n2,Toulon,61.5N 8W,=1+1\n3,Nowhereport,Toulon,c\n".encode()
    )
    return path


def test_rows_are_answered_and_a_bad_one_is_told_with_its_line(table: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.csv"
    code, stdout, stderr = run(str(table), "-o", str(out), "--close", "Босфор")
    assert code == 2
    assert stdout == ""
    with out.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert [row["id"] for row in rows] == ["1", "2", "3"]
    assert rows[0]["status"] == "passages_closed: bosporus"
    assert rows[0]["distance_nm"] == ""
    assert float(rows[1]["distance_nm"]) == pytest.approx(2200, abs=300)
    assert rows[1]["note"] == "'=1+1"
    assert rows[2]["status"].startswith("bad_row: from: found 'Nowhereport'")
    assert "3 rows: 1 with a distance, 1 without a way by sea, 1 that could not be read" in stderr
    assert f"{table}, line 4: from: found 'Nowhereport'" in stderr


def test_what_stands_in_a_cell_does_nothing_on_the_terminal(tmp_path: Path) -> None:
    path = tmp_path / "pairs.csv"
    path.write_text('from,to\n"\x1b[2J\nline 9: fine",Toulon\n', encoding="utf-8")
    code, _, stderr = run(str(path))
    assert code == 2
    assert "\x1b" not in stderr
    assert f"{path}, line 3: from: found " in stderr
    assert not any(line.startswith("line 9") for line in stderr.splitlines())


def test_refusals_alone_are_fine(tmp_path: Path) -> None:
    code, stdout, _ = run("-", stdin=b"lat1;lon1;lat2;lon2\n48,85;2,35;60;-10\n60;-10;61;-12\n")
    assert code == 0
    lines = stdout.splitlines()
    assert lines[1].startswith("48,85;2,35;60;-10;;;start_on_land: ")
    assert lines[2] == "60;-10;61;-12;84,5;;ok"


def test_a_table_is_for_any_ship_and_leaves_out_the_canals_that_few_fit(tmp_path: Path) -> None:
    pair = b"lat1,lon1,lat2,lon2\n37.9,23.6,45.4,12.4\n"
    _, stdout, stderr = run("-", stdin=pair)
    assert "corinth" not in stdout
    assert (
        "left out, as not for every ship or in every season: alderney_race, belle_isle, canso, cape_cod, "
        "central_arctic, chenal_du_four, chesapeake_delaware, corinth, dmitry_laptev, fromveur, "
        "raz_de_sein"
    ) in stderr
    _, stdout, stderr = run("-", "--use", "corinth", stdin=pair)
    assert "corinth" in stdout
    assert "corinth" not in stderr


def test_bytes_that_are_no_utf_8_pass_through(tmp_path: Path) -> None:
    path, out = tmp_path / "latin.csv", tmp_path / "out.csv"
    path.write_bytes(b"lat1,lon1,lat2,lon2,name\n60,-10,61,-12,Malm\xf6\n")
    assert run(str(path), "-o", str(out))[0] == 0
    assert b"Malm\xf6" in out.read_bytes()


def test_a_place_that_is_no_utf_8_is_told_as_such(tmp_path: Path) -> None:
    path = tmp_path / "latin.csv"
    path.write_bytes(b"from,to\nTroms\xf8,Toulon\n")
    code, stdout, stderr = run(str(path))
    assert code == 2
    assert f"{path}, line 2: from: found a byte that is no UTF-8 text (0xf8); save the table as text in UTF-8" in stderr
    assert "bad_row: from: found a byte" in stdout


def test_a_table_in_utf_16_that_is_cut_short_is_refused(tmp_path: Path) -> None:
    path, out = tmp_path / "cut.csv", tmp_path / "out.csv"
    path.write_bytes("from,to\nToulon,Changi\n".encode("utf-16")[:-1])
    code, _, stderr = run(str(path), "-o", str(out))
    assert (code, out.exists()) == (2, False)
    assert "cut.csv: found bytes that are no text in UTF-16-LE; save the table as text in UTF-8" in stderr


@pytest.mark.parametrize(
    "words, found",
    [
        (["nothing-there.csv"], "no such file"),
        (["."], "found a folder; a table of pairs is expected"),
        (["-", "--close", "nowhere"], "the unknown passage 'nowhere'"),
        (["-"], "no header"),
    ],
)
def test_wrong_use_is_told_without_a_traceback(words: list[str], found: str) -> None:
    code, _, stderr = run(*words, stdin=b"")
    assert code == 2
    assert found in stderr
    assert "Traceback" not in stderr


def test_an_output_that_cannot_be_written_leaves_nothing_behind(table: Path, tmp_path: Path) -> None:
    code, _, stderr = run(str(table), "-o", str(tmp_path / "no" / "out.csv"))
    assert code == 2
    assert "cannot be written" in stderr
    assert sorted(path.name for path in tmp_path.iterdir()) == ["pairs.csv"]


def test_a_table_may_be_replaced_by_its_own_answer(table: Path) -> None:
    table.write_text("from,to\nToulon,61.5N 8W\n", encoding="utf-8")
    assert run(str(table), "-o", str(table))[0] == 0
    first = table.read_text(encoding="utf-8")
    assert run(str(table), "-o", str(table))[0] == 0
    assert table.read_text(encoding="utf-8") == first
    assert "distance_nm" in first


def test_a_table_that_is_refused_leaves_the_old_output(tmp_path: Path) -> None:
    out = tmp_path / "out.csv"
    out.write_text("old", encoding="utf-8")
    assert run("-", "-o", str(out), stdin=b"a,b\n1,2\n")[0] == 2
    assert out.read_text(encoding="utf-8") == "old"
