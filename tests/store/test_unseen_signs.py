"""A file cannot work on the terminal, turn words round or break lines by signs that nobody sees."""

from __future__ import annotations

import csv
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.text import Text

from subrescue.domain.errors import InputError, Problem
from subrescue.domain.unseen import spelt_out, unseen
from subrescue.exchange.delimited import to_csv
from subrescue.exchange.terminal import Screen, rendered
from subrescue.store.cases import case_from_tables
from subrescue.store.registry import load_registry
from subrescue.store.validation import Origin

ESC = "\x1b"
OVERRIDE = "\u202e"


def problems(title: str = "Drill", summary: str = "", **dissub: Any) -> list[str]:
    tables = {
        "id": "drill-1",
        "title": title,
        "summary": summary,
        "kind": "exercise",
        "alert": datetime(2026, 3, 1, 9, tzinfo=UTC),
        "dissub": {"name": "S-1", "fix": {"position": "60 N 003 E"}, **dissub},
    }
    try:
        case_from_tables(tables, Origin())
    except InputError as error:
        return [str(problem) for problem in error.problems]
    return []


def test_escape_in_a_title_is_refused_and_the_error_itself_is_harmless() -> None:
    assert problems(title=f"Drill{ESC}[2J") == [
        r"title: found the sign U+001B (escape) in 'Drill\u001b[2J'; text without signs that nobody sees is needed"
    ]


def test_marks_that_turn_words_round_are_refused() -> None:
    (line,) = problems(name=f"{OVERRIDE}og-on")
    assert line.startswith("dissub.name: found the sign U+202E (right-to-left override)")


def test_a_name_stands_in_one_line_and_a_summary_in_many() -> None:
    (line,) = problems(name="S-1\nno-go")
    assert line.startswith("dissub.name: found the sign U+000A (end of line)")
    assert problems(summary="One line.\n\tAnother.") == []


@pytest.mark.parametrize("name", ["Šiauliai", "潜水艦", "Подводная лодка", "غواصة \u200f1", "ARA San Juan (S-42)"])
def test_names_in_any_language_are_fine(name: str) -> None:
    assert problems(name=name) == []


def test_a_registry_is_held_to_the_same(tmp_path: Path) -> None:
    text = '[[ship]]\nid = "a"\nname = "A\\u001b]0;mine\\u0007"\nnations = ["NO"]\nrole = "rescue_ship"\n'
    (tmp_path / "mine.toml").write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=r"mine.toml, line 3: ship\[a\].name: found the sign U\+001B \(escape\)"):
        load_registry(tmp_path)


def test_names_of_files_and_fields_do_nothing_in_an_error() -> None:
    problem = Problem(f"key{ESC}[31m", "nothing\nbut this", "allowed", file=f"a{ESC}.toml")
    assert str(problem) == r"a\u001b.toml: key\u001b[31m: found nothing\u000abut this; allowed"


@given(st.text())
def test_what_is_spelt_out_holds_no_such_sign(text: str) -> None:
    assert unseen(spelt_out(text)) is None
    assert unseen(spelt_out(text, one_line=True), one_line=True) is None


@pytest.mark.parametrize("colour", [True, False])
def test_whatever_comes_to_a_table_works_on_no_terminal(colour: bool) -> None:
    shown = rendered([Text(f"Ship {ESC}]0;mine\a{OVERRIDE}", "bold red")], Screen(colour=colour))
    assert f"{ESC}]" not in shown
    assert OVERRIDE not in shown
    assert r"\u202e" in shown
    assert (f"{ESC}[1;31m" in shown) == colour


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@A1", "\t=1", "\r=1", " =1", "＝1"])
def test_a_cell_of_text_is_never_a_formula_and_numbers_stay_numbers(text: str) -> None:
    (row,) = list(csv.reader(to_csv(["name", "depth"], [(text, -5.5)]).splitlines(keepends=True)))[1:]
    assert row == [f"'{text}", "-5.5"]
