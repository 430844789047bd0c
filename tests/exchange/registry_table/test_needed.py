"""The table of facts that gates need is held to what the planner reads."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

import subrescue.planning
from subrescue.domain.response import Gate
from subrescue.exchange.registry_table.unknown import NEEDED
from subrescue.store.registry import KINDS

ASSUMED = {"base", "airfield_icao", "fix", "seen", "working_hours", "notice_off_hours_h", "status_date"}
"""Facts of place, hours and state: without them another fact or an assumption stands in, and the plan says so."""

NOT_ASKED: dict[str, set[str]] = {
    "rescue_system": {
        "min_depth_m",  # unknown is no limit
        "transfer_under_pressure", "chamber_places", "cycle_h", "cycles_per_charge",  # assumptions stand in
        "fly_away",  # asked by its shipment
        "needs_deck_strength_t_m2",  # few are public; the deck's area and load decide
        "goal_h",  # few owners state one
    },
    "intervention_system": {
        "air_drop", "fly_away", "shipment", "needs_deck_area_m2",
        "elss_pods",  # one sortie of them is counted
        "goal_h",  # few owners state one
    },
    "ship": {
        "length_m", "draught_m", "displacement_t", "range_nm", "chamber_places",  # assumptions stand in
        "berths", "hospital_beds",  # doubted where known to be too few
        "crane_t",  # read where the system has no launch gear, which is asked for
        "ice_class",  # read where there is ice at the datum
        "warship",  # asked where a case closes a strait to warships
        "deck_strength_t_m2", "deck_load_t",  # few are public; the deck's area decides
    },
    "aircraft_fleet": {"count", "sanctioned", "wait_h"},
    "medical_unit": {  # told where they are known; shipment and chambers are read of others
        "fly_away", "receives_under_pressure", "always_manned", "notice_h", "shipment", "chambers",
    },
}  # fmt: skip
"""What the planner reads and nobody is asked for."""


@pytest.fixture(scope="module")
def read() -> set[str]:
    """The names of all attributes that the planner asks for."""
    (folder,) = subrescue.planning.__path__
    trees = [ast.parse(path.read_text("utf-8")) for path in Path(folder).rglob("*.py")]
    return {node.attr for tree in trees for node in ast.walk(tree) if isinstance(node, ast.Attribute)}


@pytest.mark.parametrize("kind", NEEDED)
def test_what_is_asked_for_is_read_by_the_planner_and_may_be_unknown(kind: str, read: set[str]) -> None:
    fields = KINDS[kind][1].model_fields
    for path, gate in NEEDED[kind].items():
        root, _, part = path.partition(".")
        assert fields[root].default is None
        assert {root, part or root} <= read
        assert gate in set(Gate)


@pytest.mark.parametrize("kind", NEEDED)
def test_what_the_planner_reads_and_may_be_unknown_is_asked_for_or_left_out_on_purpose(
    kind: str, read: set[str]
) -> None:
    optional = {name for name, field in KINDS[kind][1].model_fields.items() if field.default is None}
    asked = {path.split(".")[0] for path in NEEDED[kind]}
    described = {"operator", "notes", "imo", "mmsi", "name"}
    assert optional & read - described - ASSUMED == (asked | NOT_ASKED[kind]) & read
