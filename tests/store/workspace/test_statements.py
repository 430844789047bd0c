"""What a source says of a field: the new value is its, and what others said stays in the evidence with their value."""

from __future__ import annotations

from typing import Any

import pytest

from subrescue.domain.errors import InputError
from subrescue.domain.evidence import Confidence, Evidence
from subrescue.store.workspace.statements import stated

LETTER = Evidence(source="S9", confidence=Confidence.LOW, date="2026-11")
SAID = {"source": "S9", "confidence": "low", "date": "2026-11"}
OLD = {"source": "S1", "confidence": "high"}
ENTRY: dict[str, Any] = {
    "id": "nsrs",
    "name": "NSRS",
    "max_depth_m": 610.0,
    "notice_h": {"min": 2.0, "mode": 3.0, "max": 6.0},
    "rescue_seats": ["stanag_1297", "russian"],
    "shipment": {"mass_t": 350.0, "people": 72},
    "base": {"name": "Faslane", "position": {"lat_deg": 56.07, "lon_deg": -4.82}},
    "evidence": {name: [OLD] for name in ("max_depth_m", "notice_h", "rescue_seats", "shipment.mass_t", "base")},
}


@pytest.mark.parametrize(
    ("field", "value", "name", "dissent"),
    [
        ("max_depth_m", 400.0, "max_depth_m", 610.0),
        ("max_depth_m", None, "max_depth_m", 610.0),
        ("notice_h", {"min": 8.0, "mode": 8.0, "max": 8.0}, "notice_h", "2/3/6"),
        ("rescue_seats", ["russian"], "rescue_seats", "stanag_1297, russian"),
        ("shipment.mass_t", 300.0, "shipment.mass_t", 350.0),
        ("base.position", {"lat_deg": 55.0, "lon_deg": -5.0}, "base", '{"lat_deg": 56.07, "lon_deg": -4.82}'),
    ],
)
def test_the_old_value_stays_as_what_the_other_source_states(field: str, value: Any, name: str, dissent: Any) -> None:
    after = stated("rescue_system", "nsrs", ENTRY, {field: value}, LETTER).after
    assert after is not None
    assert after["evidence"] == {**ENTRY["evidence"], name: [SAID, {**OLD, "value": dissent}]}
    place = after
    for part in field.split("."):
        place = place.get(part)
    assert place == value


def test_a_source_that_corrects_itself_states_one_thing() -> None:
    once = stated("rescue_system", "nsrs", ENTRY, {"max_depth_m": 400.0}, LETTER).after or {}
    twice = stated("rescue_system", "nsrs", once, {"max_depth_m": 300.0}, LETTER).after or {}
    assert twice["evidence"]["max_depth_m"] == [SAID, {**OLD, "value": 610.0}]


def test_a_part_that_was_not_known_is_made() -> None:
    before = {name: value for name, value in ENTRY.items() if name != "shipment"}
    after = stated("rescue_system", "nsrs", before, {"shipment.people": 70}, LETTER).after or {}
    assert after["shipment"] == {"people": 70}


def test_a_fact_needs_a_source_and_a_name_needs_none() -> None:
    with pytest.raises(InputError, match="max_depth_m: found a new value without a source"):
        stated("rescue_system", "nsrs", ENTRY, {"max_depth_m": 400.0, "name": "x"}, None)
    after = stated("rescue_system", "nsrs", ENTRY, {"name": "x"}, None).after
    assert after == {**ENTRY, "name": "x"}
    source = {"id": "S1", "title": "A letter"}
    assert stated("source", "S1", source, {"date": "2026"}, None).after == {**source, "date": "2026"}


def test_a_value_that_stands_already_changes_nothing() -> None:
    assert stated("rescue_system", "nsrs", ENTRY, {"max_depth_m": 610}, None).fields() == ()
