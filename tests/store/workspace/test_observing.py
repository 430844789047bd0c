"""Where ships were seen is journalled beside the edits: no step of undo, no conflict, in history and past states."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest

from subrescue.domain.position import Position
from subrescue.domain.sighting import Sighting
from subrescue.store.workspace import integrity
from subrescue.store.workspace.command import Act
from subrescue.store.workspace.errors import StaleWriteError
from subrescue.store.workspace.observing import KeepRule
from subrescue.store.workspace.workspace import Workspace
from tests.store.workspace.samples import SHIP, command, minutes, new_ship, retiring, setting, stamp

BERGEN = SHIP[1]


def seen(at: datetime, lat: float = 60.0) -> Sighting:
    return Sighting(position=Position(lat_deg=lat, lon_deg=5.0), at=at, source="AIS", speed_kn=12.0)


def observe(workspace: Workspace, minute: float, lat: float = 60.0, desk: str = "north") -> bool:
    at = minutes(minute)
    return bool(workspace.observe(stamp(at, desk=desk, why=""), {BERGEN: seen(at, lat)}).changes)


def place(workspace: Workspace) -> float | None:
    found = workspace.registry().ships[BERGEN].seen
    return None if found is None else found.position.lat_deg


def whole(workspace: Workspace) -> bool:
    with workspace.reading() as connection:
        return integrity.faults(connection) == []


def test_a_sighting_is_a_row_of_its_own_kind_in_history_and_past_states(workspace: Workspace) -> None:
    assert place(workspace) is None
    assert observe(workspace, 10)
    assert observe(workspace, 20, 60.5)
    assert place(workspace) == 60.5
    rows = workspace.history(BERGEN, "seen")
    assert [(row.act, row.at, row.field) for row in rows] == [
        (Act.OBSERVATION, minutes(10), "seen"),
        (Act.OBSERVATION, minutes(20), "seen"),
    ]
    assert rows[-1].after["at"] == "2026-11-23T08:20:00Z"
    then = [workspace.registry_as_of(minutes(minute)).ships[BERGEN].seen for minute in (9, 10, 19)]
    assert [None if one is None else one.position.lat_deg for one in then] == [None, 60.0, 60.0]
    assert whole(workspace)


def test_undo_takes_back_the_edit_and_leaves_the_ship_where_she_was_seen(workspace: Workspace) -> None:
    workspace.apply(command(setting(workspace, SHIP, speed_kn=21), at=minutes(1)))
    assert observe(workspace, 10)
    undone = workspace.undo(stamp(minutes(11)))
    assert undone is not None
    assert undone.of_revision == 2
    assert observe(workspace, 20, 60.5)
    assert workspace.registry().ships[BERGEN].speed_kn == 20
    assert workspace.redo(stamp(minutes(21))) is not None  # an observation ends no redo
    ship = workspace.registry().ships[BERGEN]
    assert (ship.speed_kn, place(workspace)) == (21, 60.5)
    assert whole(workspace)


def test_nothing_that_was_observed_can_be_undone(workspace: Workspace) -> None:
    assert observe(workspace, 10)
    assert workspace.undoable("north") is None
    assert workspace.undo(stamp(minutes(11))) is None


def test_no_edit_is_stale_for_what_was_observed_meanwhile(opened: Callable[[], Workspace]) -> None:
    one, other = opened(), opened()
    edit = setting(one, SHIP, speed_kn=22)
    assert observe(other, 10)
    one.apply(command(edit, at=minutes(11)))  # not merging
    assert (one.registry().ships[BERGEN].speed_kn, place(one)) == (22, 60.0)
    stale = setting(one, SHIP, speed_kn=23)
    other.apply(command(setting(other, SHIP, speed_kn=24), at=minutes(12), desk="south"))
    assert observe(other, 20, 60.5)
    with pytest.raises(StaleWriteError) as refused:
        one.apply(command(stale, at=minutes(13)))
    assert [view.field for view in refused.value.stale[0].fields()] == ["speed_kn"]


def test_an_edit_or_a_declaration_says_nothing_of_where_a_ship_was_seen(workspace: Workspace) -> None:
    assert observe(workspace, 10)
    forged = seen(minutes(12), 10.0).model_dump(mode="json", exclude_none=True)
    done = workspace.apply(command(setting(workspace, SHIP, seen=forged, speed_kn=21), at=minutes(12)))
    assert (place(workspace), workspace.registry().ships[BERGEN].speed_kn) == (60.0, 21)
    assert list(done.changes[0].fields()) == ["speed_kn"]
    workspace.apply(command(setting(workspace, SHIP, seen=None, speed_kn=22), at=minutes(13)))
    assert place(workspace) == 60.0
    workspace.apply(command(new_ship("pl-piast", seen=forged), at=minutes(14)))
    assert workspace.registry().ships["pl-piast"].seen is None


def test_a_ship_that_gets_another_mmsi_was_not_seen_there(workspace: Workspace) -> None:
    workspace.apply(command(setting(workspace, SHIP, mmsi=257999001), at=minutes(1)))
    assert observe(workspace, 10)
    stale = setting(workspace, SHIP, name="KV B")
    workspace.apply(command(setting(workspace, SHIP, mmsi=257999002), at=minutes(11), desk="south"))
    assert place(workspace) is None
    workspace.apply(command(stale, at=minutes(12)), merging=True)
    ship = workspace.registry().ships[BERGEN]
    assert (ship.mmsi, ship.name, ship.seen) == (257999002, "KV B", None)


def test_a_retired_ship_is_not_observed_and_comes_back_with_what_was_known(workspace: Workspace) -> None:
    assert observe(workspace, 10)
    vehicle: Any = setting(workspace, ("rescue_system", "nsrs"), ship_classes_certified=[])
    workspace.apply(command(vehicle, retiring(workspace, SHIP), at=minutes(11)))
    assert not observe(workspace, 20, 60.5)
    assert workspace.observe(stamp(minutes(20)), {"nobody": seen(minutes(20))}).changes == ()
    assert workspace.undo(stamp(minutes(21))) is not None
    assert place(workspace) == 60.0
    assert whole(workspace)


def test_two_desks_that_hear_one_transmitter_write_one_row(opened: Callable[[], Workspace]) -> None:
    one, other = opened(), opened()
    assert observe(one, 10, desk="north")
    assert not observe(other, 10.1, desk="south")
    assert not observe(other, 9, desk="south")  # older
    assert one.revision() == other.revision() == 2


def test_the_rule_is_distance_or_time_and_never_too_often() -> None:
    rule = KeepRule()
    first = seen(minutes(0))
    # 2 NM north of 60 N are 2 / 60.17 of a degree: a minute of latitude is 1855 m there.
    near, far = 60 + 1.9 / 60, 60 + 2.1 / 60
    assert [rule.keeps(seen(minutes(minute), lat), first) for minute, lat in ((10, near), (10, far), (4, far))] == [
        False,
        True,
        False,
    ]
    assert [rule.keeps(seen(minutes(minute)), first) for minute in (59, 60, -120)] == [False, True, False]
    assert rule.keeps(first, None)
