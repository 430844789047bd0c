"""Files that nobody should send are refused or defused, each with a message that says what was found."""

from __future__ import annotations

import os
import sqlite3
import threading
import time
from pathlib import Path

import pytest

from subrescue.domain.errors import InputError
from subrescue.exchange.declarations import xlsx_reading
from subrescue.exchange.declarations.difference import compare
from subrescue.exchange.declarations.reading import read_declaration
from subrescue.exchange.declarations.sheets import Sheet
from subrescue.exchange.declarations.templates import tables
from subrescue.exchange.declarations.xlsx_reading import read_xlsx
from subrescue.store.registry import load_registry
from tests.exchange.declarations import hostile

CORPUS = hostile.corpus()


def test_the_corpus_is_large_enough() -> None:
    assert len({one.name for one in CORPUS}) + len(hostile.SQL) >= 80


@pytest.mark.parametrize("one", CORPUS, ids=lambda one: one.name)
def test_a_hostile_file_is_refused_or_defused(one: hostile.Hostile, tmp_path: Path) -> None:
    path = tmp_path / one.name
    path.write_bytes(one.content)
    begun = time.monotonic()
    if one.refused is not None:
        with pytest.raises(InputError) as refusal:
            read_declaration(path)
        assert one.refused in str(refusal.value)
        assert one.name in str(refusal.value)
        return
    difference = compare(load_registry(), read_declaration(path))
    said = "\n".join(map(str, difference.findings))
    assert (one.found or "") in said
    assert one.found is not None or not [f for f in difference.findings if not f.warning] or one.rows == 0
    assert sum(row.row is not None for row in difference.rows) == one.rows
    assert time.monotonic() - begun < 10


@pytest.mark.parametrize("name", hostile.SQL)
def test_a_hostile_geopackage_runs_nothing(name: str, tmp_path: Path) -> None:
    sql, refused, found = hostile.SQL[name]
    path = tmp_path / name
    hostile.write_geopackage(path, sql)
    before = path.read_bytes()
    if refused is not None:
        with pytest.raises(InputError, match=refused):
            read_declaration(path)
    else:
        declaration = read_declaration(path)
        findings = compare(load_registry(), declaration).findings
        assert (found or "") in "\n".join(map(str, findings))
        assert [row.entry_id for row in declaration.rows] == ["xx-one"]
    assert path.read_bytes() == before


def test_a_folder_and_a_missing_file_are_no_declarations(tmp_path: Path) -> None:
    (tmp_path / "x.csv").mkdir()
    with pytest.raises(InputError, match="a folder"):
        read_declaration(tmp_path / "x.csv")
    with pytest.raises(InputError, match="no such file"):
        read_declaration(tmp_path / "y.csv")


@pytest.mark.parametrize("shared", [False, True])
def test_how_a_text_is_spoken_is_no_part_of_it(shared: bool) -> None:
    spoken = '<t>千早</t><rPh sb="0" eb="2"><t>チハヤ</t></rPh>'
    if shared:
        rows = '<row r="1"><c r="A1" t="s"><v>0</v></c></row>'
        content = hostile.xlsx(rows, strings=f"<sst><si>{spoken}</si></sst>")
    else:
        content = hostile.xlsx(f'<row r="1"><c r="A1" t="inlineStr"><is>{spoken}</is></c></row>')
    (sheet,), _ = read_xlsx(content, "spoken.xlsx")
    assert sheet.rows == {1: {0: "千早"}}


def test_a_workbook_of_more_tags_than_entries_need_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xlsx_reading, "_MAX_TAGS", 100)
    assert read_xlsx(hostile.xlsx(hostile.HEADINGS), "small.xlsx")
    with pytest.raises(InputError, match=r"large.xlsx: found more than 100 tags"):
        read_xlsx(hostile.xlsx(hostile.HEADINGS + '<row r="2">' + "<f/>" * 100 + "</row>"), "large.xlsx")


def test_a_geopackage_whose_changes_still_stand_beside_it_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "open.gpkg"
    hostile.write_geopackage(path, "")
    base = sqlite3.connect(path)
    base.execute("PRAGMA journal_mode=WAL")  # as QGIS keeps a layer that is open in it
    base.execute("CREATE TABLE edited(id TEXT)")
    base.commit()
    with pytest.raises(InputError, match=r"changes in open\.gpkg-wal that are not in the file yet"):
        read_declaration(path)
    base.close()
    assert [row.entry_id for row in read_declaration(path).rows] == ["xx-one"]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
@pytest.mark.parametrize("suffix", [".xlsx", ".gpkg", ".csv"])
def test_a_declaration_is_read_from_a_pipe_once(suffix: str, tmp_path: Path) -> None:
    ship = {"kind": "ship", "name": "One", "nations": "NO", "role": "support"}
    ships = [{**ship, "id": f"xx-{number}"} for number in range(4000)]
    content = tables([Sheet("ship", tuple(ships))], suffix, "en", ["Ships"])
    assert len(content) > 65_536  # more than a pipe holds: who writes waits until it is read
    pipe = tmp_path / f"pipe{suffix}"
    os.mkfifo(pipe)
    end = os.open(pipe, os.O_RDWR)  # for reading too, so that opening waits for nobody

    def write() -> None:
        with os.fdopen(end, "wb") as stream:
            stream.write(content)

    writer = threading.Thread(target=write)
    writer.start()
    assert len(read_declaration(pipe).rows) == len(ships)
    writer.join()
