"""Our own table of naval bases is read strictly: every fault is told by line, row and field."""

from __future__ import annotations

from pathlib import Path

import pytest

from subrescue.domain.errors import InputError
from subrescue.domain.evidence import Confidence
from subrescue.domain.position import Position
from subrescue.earth.places.naval_bases import (
    COLUMNS,
    BaseKind,
    BaseRole,
    BaseWater,
    load_naval_bases,
    read_naval_bases,
)

HEADER = ",".join(COLUMNS)
ROW = (
    "den_helder,Den Helder naval base,Nieuwe Haven;Ден-Хелдер,NL,NL,naval_base,submarine_base;rescue_berth,52.961,"
    "4.785,0.7,sea,high,from memory,2026-11,"
)


def table(*rows: str) -> str:
    return "\n".join((HEADER, *rows)) + "\n"


def changed(field: str, text: str) -> str:
    cells = ROW.split(",")
    cells[COLUMNS.index(field)] = text
    return ",".join(cells)


def test_a_row_becomes_a_base_with_its_names_roles_error_and_source() -> None:
    (base,) = read_naval_bases(table(ROW), "bases.csv")
    assert base.id == "den_helder"
    assert base.aliases == ("Nieuwe Haven", "Ден-Хелдер")
    assert base.nations == ("NL",)
    assert base.kind is BaseKind.NAVAL_BASE
    assert base.roles == (BaseRole.SUBMARINE_BASE, BaseRole.RESCUE_BERTH)
    assert base.position == Position(lat_deg=52.961, lon_deg=4.785)
    assert base.error_km == 0.7
    assert base.water is BaseWater.SEA
    assert base.confidence is Confidence.HIGH
    assert (base.source, base.date, base.note) == ("from memory", "2026-11", None)


def test_a_table_from_a_spreadsheet_with_a_byte_order_mark_is_read(tmp_path: Path) -> None:
    (tmp_path / "naval_bases.csv").write_text(table(ROW), encoding="utf-8-sig")
    assert [base.id for base in load_naval_bases(tmp_path)] == ["den_helder"]


@pytest.mark.parametrize(
    "field, text",
    [
        ("id", "Den Helder"),
        ("id", ""),
        ("name", ""),
        ("aliases", "Nieuwe Haven;;"),
        ("country", "nl"),
        ("nations", ""),
        ("nations", "NL;Belgium"),
        ("kind", "base"),
        ("roles", ""),
        ("roles", "submarines"),
        ("lat_deg", "91"),
        ("lat_deg", "52 57N"),
        ("lon_deg", ""),
        ("lon_deg", "nan"),
        ("error_km", "0"),
        ("error_km", ""),
        ("error_km", "50"),
        ("water", "ocean"),
        ("confidence", "sure"),
        ("source", ""),
        ("source", "  "),
        ("date", "November 2026"),
        ("date", ""),
    ],
)
def test_a_wrong_cell_is_told_by_line_row_and_field(field: str, text: str) -> None:
    with pytest.raises(InputError) as refused:
        read_naval_bases(table(ROW.replace("den_helder", "first"), changed(field, text)), "bases.csv")
    (problem,) = refused.value.problems
    assert (problem.file, problem.line) == ("bases.csv", 3)
    assert problem.field == f"{'' if field == 'id' and not text else text if field == 'id' else 'den_helder'}.{field}"
    assert problem.found == repr(text)
    assert problem.allowed


def test_all_faults_of_a_table_are_told_at_once() -> None:
    with pytest.raises(InputError) as refused:
        read_naval_bases(table(changed("water", "ocean"), "too,short", ROW, ROW), "bases.csv")
    assert [(problem.line, problem.field) for problem in refused.value.problems] == [
        (2, "den_helder.water"),
        (3, "too"),
        (5, "den_helder.id"),
    ]


def test_other_columns_are_refused_by_name() -> None:
    with pytest.raises(InputError, match="found latitude; needed are") as refused:
        read_naval_bases(HEADER + ",latitude\n", "bases.csv")
    assert refused.value.problems[0].line == 1
    with pytest.raises(InputError, match="another order"):
        read_naval_bases(",".join(reversed(COLUMNS)) + "\n", "bases.csv")
    with pytest.raises(InputError, match="needed are"):
        read_naval_bases("", "bases.csv")
