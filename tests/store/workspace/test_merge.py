"""Merging two changes of one entry: what one side touched is taken, a value goes with its evidence, the rest waits."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from subrescue.store.workspace.fields import differences, with_field
from subrescue.store.workspace.merge import Side, merge

BASE: dict[str, Any] = {
    "id": "a",
    "depth_m": 400,
    "mass_t": 30,
    "evidence": {"depth_m": ["S1"], "shipment.mass_t": ["S1"]},
}

NAMES = st.sampled_from(["depth_m", "mass_t", "people"])
VALUES = st.sampled_from([0, 1, True, "1", None])
ENTRIES = st.builds(
    lambda fields, evidence: {"id": "a", **fields, "evidence": evidence},
    st.dictionaries(NAMES, VALUES.filter(lambda value: value is not None)),
    st.dictionaries(NAMES, st.lists(st.sampled_from(["S1", "S2"]), min_size=1, max_size=2)),
)
SOMETIMES = st.one_of(st.none(), ENTRIES)
ENOUGH = settings(max_examples=50)


def test_facts_that_one_side_touched_are_taken_from_it() -> None:
    mine = {**BASE, "depth_m": 500, "evidence": {**BASE["evidence"], "depth_m": ["S2"]}}
    theirs = {key: value for key, value in BASE.items() if key != "mass_t"} | {"people": 70}
    merged = merge(BASE, mine, theirs)
    assert merged.conflicts == ()
    assert merged.entry == {
        "id": "a",
        "depth_m": 500,
        "people": 70,
        "evidence": {"depth_m": ["S2"], "shipment.mass_t": ["S1"]},
    }


def test_a_value_is_never_joined_with_the_evidence_of_another() -> None:
    mine = {**BASE, "depth_m": 500}
    theirs = {**BASE, "evidence": {**BASE["evidence"], "depth_m": ["S1", "S3"]}}
    merged = merge(BASE, mine, theirs)
    (conflict,) = merged.conflicts
    assert (conflict.field, conflict.base, conflict.mine, conflict.theirs) == ("depth_m", 400, 500, 400)
    assert conflict.mine_evidence == {"evidence.depth_m": ["S1"]}
    assert conflict.theirs_evidence == {"evidence.depth_m": ["S1", "S3"]}
    assert merged.entry == theirs


@pytest.mark.parametrize(("side", "depth_m"), [("mine", 500), ("theirs", 300)])
def test_a_conflict_is_settled_by_choosing_a_side(side: Side, depth_m: int) -> None:
    mine, theirs = {**BASE, "depth_m": 500}, {**BASE, "depth_m": 300, "people": 70}
    assert merge(BASE, mine, theirs).conflicts != ()
    settled = merge(BASE, mine, theirs, {"depth_m": side})
    assert settled.conflicts == ()
    assert settled.entry == {**BASE, "depth_m": depth_m, "people": 70}


def test_an_entry_retired_here_and_changed_there_is_a_conflict() -> None:
    changed = {**BASE, "depth_m": 500}
    assert [view.field for view in merge(BASE, None, changed).conflicts] == [""]
    assert merge(BASE, None, BASE).entry is None
    assert merge(BASE, BASE, None).conflicts == ()
    assert merge(BASE, None, changed, {"": "mine"}).entry is None
    assert merge(BASE, changed, None, {"": "mine"}).entry == changed


@ENOUGH
@given(base=SOMETIMES, mine=SOMETIMES)
def test_where_only_one_side_changed_its_state_is_the_merged_one(base: Any, mine: Any) -> None:
    for merged in (merge(base, mine, base), merge(base, base, mine), merge(base, mine, mine)):
        assert merged.conflicts == ()
        assert differences(merged.entry, mine) == []


@ENOUGH
@given(base=SOMETIMES, mine=SOMETIMES, theirs=SOMETIMES)
def test_a_merge_does_not_depend_on_who_was_first(base: Any, mine: Any, theirs: Any) -> None:
    one, other = merge(base, mine, theirs), merge(base, theirs, mine)
    assert {view.field for view in one.conflicts} == {view.field for view in other.conflicts}
    if not one.conflicts:
        assert differences(one.entry, other.entry) == []


@ENOUGH
@given(before=SOMETIMES, after=SOMETIMES)
def test_the_differences_turn_one_state_into_the_other_and_back(before: Any, after: Any) -> None:
    changed, back = before, after
    for field, old, new in differences(before, after):
        changed, back = with_field(changed, field, new), with_field(back, field, old)
    assert differences(changed, after) == []
    assert differences(back, before) == []
