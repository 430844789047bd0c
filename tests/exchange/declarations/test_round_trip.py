"""What is written to a file and read back makes no difference, for every kind of entry and every kind of file."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from subrescue.domain.registry import Registry
from subrescue.exchange.declarations.columns import columns_of, from_cells, to_cells
from subrescue.exchange.declarations.csv_table import to_csv
from subrescue.exchange.declarations.difference import RowState, compare
from subrescue.exchange.declarations.headings import LANGUAGES, guidance, heading
from subrescue.exchange.declarations.reading import read_declaration
from subrescue.exchange.declarations.sheets import sheet
from subrescue.exchange.declarations.templates import SUFFIXES, tables, template
from subrescue.exchange.delimited import guarded, guarded_as_text, unguarded
from subrescue.store.registry import KINDS, load_registry
from subrescue.store.workspace.fields import OBSERVED
from tests.exchange.declarations.entries import SIGNS, entries

FEW = settings(max_examples=3, deadline=None, suppress_health_check=list(HealthCheck))


def reread(registry: Registry, kind: str, entry: Any, suffix: str, language: str) -> Any:
    with TemporaryDirectory() as folder:
        path = Path(folder) / f"x{suffix}"
        path.write_bytes(tables([sheet(kind, [entry])], suffix, language, ["marking: NONE"]))
        return compare(registry, read_declaration(path))


@pytest.mark.parametrize("kind", KINDS)
@settings(max_examples=10, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_an_entry_as_cells_is_the_same_entry_but_for_what_was_observed_of_it(kind: str, data: st.DataObject) -> None:
    entry = data.draw(entries(kind))
    if kind in OBSERVED:
        entry = entry.model_copy(update={OBSERVED[kind]: None})
    dumped = entry.model_dump(mode="json", exclude_none=True)
    assert KINDS[kind][1].model_validate(from_cells(kind, to_cells(kind, dumped))) == entry


@pytest.mark.parametrize("suffix", SUFFIXES)
@pytest.mark.parametrize("kind", KINDS)
@FEW
@given(data=st.data())
def test_an_entry_written_and_read_back_makes_no_difference(kind: str, suffix: str, data: st.DataObject) -> None:
    entry = data.draw(entries(kind))
    language = data.draw(st.sampled_from(LANGUAGES))
    difference = reread(Registry(**{KINDS[kind][0]: {entry.id: entry}}), kind, entry, suffix, language)
    assert [row.state for row in difference.rows] == [RowState.UNCHANGED]
    assert not difference.findings


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_the_whole_registry_written_in_russian_makes_no_difference(suffix: str, tmp_path: Path) -> None:
    registry = load_registry()
    path = tmp_path / f"all{suffix}"
    path.write_bytes(tables([sheet(kind, getattr(registry, KINDS[kind][0]).values()) for kind in KINDS], suffix, "ru"))
    difference = compare(registry, read_declaration(path))
    assert difference.is_empty
    assert not difference.findings
    assert len(difference.rows) == sum(len(getattr(registry, group)) for group, _ in KINDS.values())


@pytest.mark.parametrize("suffix", SUFFIXES)
@pytest.mark.parametrize("kind", KINDS)
def test_a_template_holds_no_entry_and_reads_back(kind: str, suffix: str, tmp_path: Path) -> None:
    path = tmp_path / f"t{suffix}"
    path.write_bytes(template(kind, suffix, "fr"))
    declaration = read_declaration(path)
    assert not declaration.rows
    assert [finding.found for finding in declaration.findings] == ["no row with an entry"]


@pytest.mark.parametrize(
    ("language", "lines"),
    [
        ("en", ["nations | Nations | ISO 3166 codes of the nations that declare it, two letters | one or several",
                "operator | Operator | Who operates it | text is needed"]),
        ("fr", ["operator | Exploitant | Qui l'exploite | il faut un texte",
                "max_depth_m | Immersion maximale [m] | ", "| admis\u00a0: plus de 0 à 12000 m"]),
        ("ru", ["operator | Принадлежность | ", " | нужен текст"]),
    ],
)  # fmt: skip
def test_a_template_tells_in_its_language_what_stands_in_a_cell(language: str, lines: list[str]) -> None:
    text = template("rescue_system", ".csv", language).decode()
    for line in lines:
        assert line in text
    assert "in quotes" not in text  # which holds for the registry's own files


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("language", ["fr", "ru"])
def test_a_template_has_no_word_of_help_in_another_language(kind: str, language: str) -> None:
    for column in columns_of(kind)[1:]:
        helped, allowed = guidance(column, language)
        assert helped != column.help or not helped
        assert allowed != column.allowed or "is needed" not in allowed


@pytest.mark.parametrize("kind", KINDS)
def test_every_column_has_a_heading_in_every_language(kind: str) -> None:
    for column in columns_of(kind):
        assert "_" not in heading(kind, column, "fr") + heading(kind, column, "ru")
        assert heading(kind, column, "ru").split(" [")[0].upper() != column.name.upper() or column.name == "mmsi"


ADVERSE = "''\"  =+-@|%＝＋－＠\t\r\n\x0b\x0c\x1c\x85\u2028\xa0;,#[_x041a"


@given(st.text(ADVERSE + SIGNS))
def test_a_guard_against_formulas_comes_off_again(text: str) -> None:
    assert unguarded(guarded(text)) == unguarded(guarded_as_text(text)) == text
    assert not guarded(text).lstrip(" ").startswith(("=", "+", "-", "@", "\n"))


@pytest.mark.parametrize("suffix", SUFFIXES)
@settings(max_examples=5, deadline=None)
@given(drawn=st.lists(st.text(ADVERSE, min_size=1, max_size=4), max_size=20))
def test_every_text_comes_back_from_every_kind_of_file_but_for_blanks_around_it(suffix: str, drawn: list[str]) -> None:
    named = ("'|", "'=1", "''=", "' -1", "'\t=", "＝1", "a\x0bb", "a\u2028b", "a\r\nb", "'#", "_x0041_")
    entry = next(iter(load_registry().rescue_systems.values()))
    said = [text for text in (*named, *drawn) if text.strip()]
    given_out = [entry.model_copy(update={"id": f"n{number}", "notes": text}) for number, text in enumerate(said)]
    with TemporaryDirectory() as folder:
        path = Path(folder) / f"x{suffix}"
        path.write_bytes(tables([sheet("rescue_system", given_out)], suffix))
        rows = read_declaration(path).rows
    assert [row.cells["notes"] for row in rows] == [text.strip() for text in said]


@pytest.mark.parametrize("delimiter", [";", "\t"])
def test_a_table_that_a_spreadsheet_saved_with_another_separator_reads_the_same(delimiter: str, tmp_path: Path) -> None:
    registry = load_registry()
    for kind, (group, _) in KINDS.items():
        written = to_csv([sheet(kind, getattr(registry, group).values())], "fr", ["One, two, three"])
        lines = csv.reader(io.StringIO(written.decode("utf-8-sig"), newline=""))
        stream = io.StringIO(newline="")
        csv.writer(stream, delimiter=delimiter).writerows(lines)
        path = tmp_path / f"{kind}.csv"
        path.write_text(stream.getvalue(), encoding="utf-8-sig", newline="")
        declaration = read_declaration(path)
        assert len(declaration.rows) == len(getattr(registry, group))
        assert compare(registry, declaration).is_empty
