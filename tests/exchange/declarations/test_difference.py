"""A declaration beside the registry: new, changed, missing, in conflict; and what follows from what is accepted."""

from __future__ import annotations

from pathlib import Path

import pytest

from subrescue.domain.assets import Ship
from subrescue.domain.errors import InputError
from subrescue.domain.evidence import Confidence, Evidence, Source
from subrescue.domain.quantities import Pert
from subrescue.domain.registry import Registry
from subrescue.exchange.declarations.changes import Acceptance, accepted, import_changes
from subrescue.exchange.declarations.difference import DeclarationDifference, RowState, compare
from subrescue.exchange.declarations.reading import read_declaration

BOOK = Source(id="BOOK", title="A book", date="2019")
DECLARED = Source(id="NO-2026", title="Declaration of Norway", date="2026-11")
OLD = Ship(
    id="no-old", name="Old", nations=("NO",), role="support", speed_kn=14, length_m=80,
    evidence={"speed_kn": (Evidence(source="BOOK", confidence=Confidence.LOW),)},
)  # fmt: skip
GONE = Ship(id="no-gone", name="Gone", nations=("NO",), role="support", status="active")
OTHER = Ship(id="se-other", name="Other", nations=("SE",), role="support")
REGISTRY = Registry(ships={ship.id: ship for ship in (OLD, GONE, OTHER)}, sources={"BOOK": BOOK})
HEAD = "kind,id,name,nations,role,speed_kn,length_m\n"


def declared(folder: Path, text: str, source: str | None = None) -> DeclarationDifference:
    path = folder / "norway.csv"
    path.write_text(text, encoding="utf-8")
    return compare(REGISTRY, read_declaration(path), source)


@pytest.fixture
def difference(tmp_path: Path) -> DeclarationDifference:
    rows = "ship,no-old,Old,NO,support,16,80\nship,no-new,New,NO,support,,\n"
    return declared(tmp_path, HEAD + rows)


def test_rows_are_new_changed_or_missing(difference: DeclarationDifference) -> None:
    states = {row.entry_id: row.state for row in difference.rows}
    assert states == {"no-old": RowState.CHANGED, "no-new": RowState.NEW, "no-gone": RowState.MISSING}


def test_what_nations_share_makes_nothing_missing_of_those_that_do_not_declare(tmp_path: Path) -> None:
    rows = "ship,no-old,Old,NO,support,14,80\nship,no-shared,Shared,NO; SE,support,,\n"
    missing = declared(tmp_path, HEAD + rows).of(RowState.MISSING)
    assert [row.entry_id for row in missing] == ["no-gone"]


def test_a_changed_field_says_which_other_sources_state_the_old_value(difference: DeclarationDifference) -> None:
    (field,) = difference.of(RowState.CHANGED)[0].fields
    assert (field.field, field.before, field.after, field.conflicts) == ("speed_kn", 14.0, 16.0, ("BOOK",))


def test_a_source_is_in_no_conflict_with_itself(tmp_path: Path) -> None:
    (row,) = declared(tmp_path, HEAD + "ship,no-old,Old,NO,support,16,80\n", "BOOK").of(RowState.CHANGED)
    assert row.fields[0].conflicts == ()


def test_an_accepted_field_carries_its_source_and_keeps_what_others_stated(difference: DeclarationDifference) -> None:
    choice = [Acceptance("ship", "no-old", ("speed_kn",))]
    source, change = import_changes(REGISTRY, difference, choice, DECLARED, "2026-11-26")
    assert (source.kind, source.entry_id, source.before) == ("source", "NO-2026", None)
    assert change.fields() == ("evidence", "speed_kn")
    assert change.before == OLD.model_dump(mode="json", exclude_none=True)
    assert change.after is not None
    assert change.after["speed_kn"] == 16.0
    assert change.after["evidence"]["speed_kn"] == [
        {"source": "NO-2026", "confidence": "medium", "date": "2026-11-26"},
        {"source": "BOOK", "confidence": "low", "value": 14.0},
    ]


def test_others_keep_a_doubtful_number_as_an_edit_by_hand_writes_it(tmp_path: Path) -> None:
    said = {"notice_h": Pert(min=6, mode=8, max=12), "evidence": {"notice_h": OLD.evidence["speed_kn"]}}
    old = OLD.model_copy(update=said)
    registry = REGISTRY.model_copy(update={"ships": {old.id: old}})
    path = tmp_path / "notice.csv"
    path.write_text("kind,id,name,notice_h.min,notice_h.mode,notice_h.max\nship,no-old,Old,2,4,6\n", encoding="utf-8")
    difference = compare(registry, read_declaration(path))
    change = import_changes(registry, difference, [Acceptance("ship", "no-old", ("notice_h",))], DECLARED)[-1]
    assert change.after is not None
    assert change.after["evidence"]["notice_h"][1] == {"source": "BOOK", "confidence": "low", "value": "6/8/12"}


def test_conflicts_and_missing_entries_wait_for_an_officer(difference: DeclarationDifference) -> None:
    assert accepted(difference) == (Acceptance("ship", "no-new"),)
    everything = accepted(difference, conflicts=True, missing=True)
    assert {one.entry_id for one in everything} == {"no-old", "no-new", "no-gone"}


def test_a_missing_ship_is_retired_and_never_taken_out(difference: DeclarationDifference) -> None:
    changes = import_changes(REGISTRY, difference, [Acceptance("ship", "no-gone")], DECLARED)
    assert changes[-1].after is not None
    assert changes[-1].after["status"] == "withdrawn"


def test_a_new_row_has_evidence_for_each_known_field(difference: DeclarationDifference) -> None:
    changes = import_changes(REGISTRY, difference, accepted(difference), DECLARED)
    new = Ship.model_validate(changes[-1].after)
    assert {"nations", "role"} <= set(new.evidence) <= {"nations", "role", "status", "kind"}
    assert new.speed_kn is None


def test_nothing_accepted_changes_nothing(difference: DeclarationDifference) -> None:
    assert import_changes(REGISTRY, difference, [], DECLARED) == ()


def test_an_acceptance_of_what_does_not_differ_is_refused(difference: DeclarationDifference) -> None:
    with pytest.raises(InputError, match="does not differ"):
        import_changes(REGISTRY, difference, [Acceptance("ship", "no-old", ("name",))], DECLARED)
    with pytest.raises(InputError, match="no such row"):
        import_changes(REGISTRY, difference, [Acceptance("ship", "xx-none")], DECLARED)


def test_a_column_that_is_not_in_the_file_changes_nothing(tmp_path: Path) -> None:
    rows = declared(tmp_path, "kind,id,name\nship,no-old,Old\nship,no-gone,Gone\n").rows
    assert {row.state for row in rows} == {RowState.UNCHANGED}


def test_an_empty_cell_makes_a_value_unknown_only_on_request(tmp_path: Path) -> None:
    found = declared(tmp_path, HEAD + "ship,no-old,Old,NO,support,14,\n")
    (field,) = found.of(RowState.CHANGED)[0].fields
    assert field.cleared
    assert accepted(found) == ()
    assert accepted(found, cleared=True) == (Acceptance("ship", "no-old", ("length_m",)),)


def test_all_findings_come_at_once_by_row_and_field(tmp_path: Path) -> None:
    rows = "ship,no-old,Old,NO,suport,900,x\nshipp,a,A,NO,support,1,1\nship,no-gone,Gone,NO,support,1,1\n"
    found = declared(tmp_path, HEAD + rows)
    assert [(one.row, one.field) for one in found.findings] == [
        (3, "kind"),
        (2, "length_m"),
        (2, "role"),
        (2, "speed_kn"),
    ]
    assert str(found.findings[-1]) == "norway.csv, row 2: speed_kn: found 900; allowed is above 0 to 60 kn"
    assert [row.entry_id for row in found.rows] == ["no-gone"]


def test_a_column_that_the_kind_does_not_have_is_told_once(tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    rows = "".join(f"ship,xx-{n},S,NO,support,grey\n" for n in range(1, 73))
    path.write_text(f"kind,id,name,nations,role,colour\n{rows}", encoding="utf-8")
    declaration = read_declaration(path)
    (finding,) = declaration.findings
    assert (finding.row, finding.field, finding.found) == (2, "colour", "the unknown field with 'grey'")
    assert finding.allowed.endswith("; 71 more rows have it")
    assert len(declaration.rows) == 72


def test_a_name_that_leads_nowhere_is_a_finding(tmp_path: Path) -> None:
    text = "kind,id,name,nations,aircraft_type\naircraft_fleet,no-x,X,NO,c-99\n"
    (finding,) = declared(tmp_path, text).findings
    assert (finding.field, finding.found) == ("aircraft_type", "the unknown id 'c-99'")
    ship = HEAD.replace("\n", ",certified_for\n") + "ship,no-new,New,NO,support,14,70,nsss\n"
    (finding,) = declared(tmp_path, ship).findings
    assert (finding.field, finding.found) == ("certified_for", "the unknown id 'nsss'")


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("16,5", "did you mean 16.5?"),
        ("1 200", "did you mean 1200?"),
        ("1,200", "a number alone is needed, with a point and without its unit: 6.5"),
        ("25 km/h", "a number alone is needed, with a point and without its unit: 6.5"),
        ("n/a", "leave it empty where it is not known"),
    ],
)
def test_text_where_a_number_belongs_says_what_to_write(tmp_path: Path, text: str, hint: str) -> None:
    found = declared(tmp_path, HEAD.replace("speed_kn", "civilian;speed_kn").replace(",", ";")
                     + f"ship;no-new;New;NO;support;vielleicht;{text};80\n")  # fmt: skip
    said = [(one.field, one.allowed) for one in found.findings]
    assert said == [
        ("civilian", "yes or no; empty when it is not known"),
        ("speed_kn", f"allowed is above 0 to 60 kn; {hint}"),
    ]
