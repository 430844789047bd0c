"""Declarations and products on the command line: exit codes, messages, and a round trip."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from subrescue.cli.main import app


def run(*words: str) -> tuple[int, str, str]:
    result = CliRunner().invoke(app, ["assets", *words])
    return result.exit_code, result.stdout, result.stderr


def test_an_export_checked_and_compared_makes_no_difference(tmp_path: Path) -> None:
    path = str(tmp_path / "gb.xlsx")
    assert run("export", "-o", path, "--nation", "gb", "--language", "ru")[0] == 0
    assert run("check", path) == (0, "gb.xlsx: 41 rows can be read, 0 faults\n", "")
    assert run("diff", path) == (0, "0 new, 0 changed, 0 missing, 41 unchanged\n", "")


def test_a_template_is_written_and_holds_nothing(tmp_path: Path) -> None:
    path = str(tmp_path / "ship.csv")
    assert run("template", "ship", "-o", path)[0] == 0
    assert run("check", path)[1] == "ship.csv: 0 rows can be read, 0 faults\n"


def test_a_wrong_row_is_told_with_row_and_field(tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_text("kind,id,name,nations,role,speed_kn\nship,a,A,NO,support,900\n", encoding="utf-8")
    code, _, said = run("check", str(path))
    assert (code, said) == (2, "x.csv, row 2: speed_kn: found 900; allowed is above 0 to 60 kn\n")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["export", "-o", "x.docx"], "allowed are .xlsx"),
        (["export", "-o", "x.csv", "--nation", "zz"], "--nation: found 'zz', of which nothing is listed"),
        (["export", "-o", "x.csv", "--status", "activ"], "--status: found 'activ'; did you mean 'active'?"),
        (["template", "ship", "-o", "x.docx"], "x.docx: --output: found the ending '.docx'; allowed are .xlsx"),
        (["export", "-o", "x.csv", "--as-of", "2026-11-01"], "a time with its zone is needed"),
        (["export", "-o", "x.csv", "--marking", " "], "--marking"),
        (["check", "none.csv"], "no such file"),
        (["diff", "none.pdf"], "read are .xlsx"),
    ],
)
def test_wrong_use_ends_with_2_and_a_message(words: list[str], said: str) -> None:
    code, _, told = run(*words)
    assert code == 2
    assert said in told
