"""The journal's readings: histories, past states, undo and redo across restarts, and laws for any commands."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import datetime, timedelta
from itertools import count
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from subrescue.domain.change import EntryChange
from subrescue.domain.errors import InputError
from subrescue.domain.registry import Registry
from subrescue.store.workspace import integrity
from subrescue.store.workspace.command import Act
from subrescue.store.workspace.errors import StaleWriteError
from subrescue.store.workspace.merge import merge
from subrescue.store.workspace.workspace import Workspace
from tests.store.workspace.samples import (
    MORNING,
    SHIP,
    VEHICLE,
    command,
    minutes,
    new_ship,
    retiring,
    setting,
    small_registry,
    stamp,
)

S2 = {"source": "S2", "confidence": "low"}


def test_who_said_400_m_when_and_what_was_it_before(workspace: Workspace) -> None:
    seen = {"evidence": {"max_depth_m": [S2]}}
    workspace.apply(command(setting(workspace, VEHICLE, max_depth_m=400.0, **seen), at=minutes(7), who="Bo"))
    workspace.apply(command(setting(workspace, VEHICLE, cycles_per_charge=3), at=minutes(8)))
    told = workspace.history("nsrs", "max_depth_m")
    assert [(row.who, row.at, row.field, row.before, row.after) for row in told] == [
        ("subrescue", MORNING, "max_depth_m", None, 610.0),
        ("subrescue", MORNING, "evidence.max_depth_m", None, [{"source": "S1", "confidence": "high"}]),
        ("Bo", minutes(7), "max_depth_m", 610.0, 400.0),
        ("Bo", minutes(7), "evidence.max_depth_m", [{"source": "S1", "confidence": "high"}], [S2]),
    ]


def test_the_history_of_an_asset_has_every_field_and_its_making(workspace: Workspace) -> None:
    workspace.apply(command(setting(workspace, SHIP, speed_kn=None, crane_t=5.0), at=minutes(1)))
    made, *fields = workspace.history("no-bergen")
    assert (made.act, made.field, made.before, made.after["speed_kn"]) == (Act.SEED, "", None, 20.0)
    assert [(row.field, row.before, row.after) for row in fields] == [("speed_kn", 20.0, None), ("crane_t", None, 5.0)]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("no-berge",), "id: found the unknown id 'no-berge'; did you mean 'no-bergen'?"),
        (("nsrs", "max_depth"), "field: found the unknown field 'max_depth'; did you mean 'max_depth_m'"),
    ],
)
def test_a_history_of_what_is_not_there_is_refused(workspace: Workspace, words: Sequence[str], said: str) -> None:
    with pytest.raises(InputError) as refused:
        workspace.history(*words)
    assert str(refused.value).startswith(said)


def test_the_registry_as_of_an_instant_counts_what_was_done_at_this_instant(workspace: Workspace) -> None:
    for minute, speed in ((10, 11.0), (20, 12.0)):
        workspace.apply(command(setting(workspace, SHIP, speed_kn=speed), at=minutes(minute)))
    asked = [minutes(9.99), minutes(10), minutes(19), minutes(20), minutes(9999)]
    speeds = [workspace.registry_as_of(at).ships["no-bergen"].speed_kn for at in asked]
    assert speeds == [20.0, 11.0, 11.0, 12.0, 12.0]
    assert workspace.registry_as_of(minutes(-1)) == Registry()


def test_undo_and_redo_outlive_a_restart(opened: Callable[[], Workspace]) -> None:
    first = opened()
    for speed in (11.0, 12.0):
        first.apply(command(setting(first, SHIP, speed_kn=speed)))
    first.close()
    second = opened()
    waiting = second.undoable("north")
    assert waiting is not None
    assert waiting.revision == 3
    undone = second.undo(stamp(minutes(5), who="Bo", why="mistyped"))
    assert undone is not None
    assert (undone.revision, undone.act, undone.of_revision, undone.who) == (4, Act.UNDO, 3, "Bo")
    second.close()
    third = opened()
    assert third.registry().ships["no-bergen"].speed_kn == 11.0
    assert third.redo(stamp()) is not None
    assert third.registry().ships["no-bergen"].speed_kn == 12.0
    assert third.redo(stamp()) is None


def test_an_undo_takes_back_what_this_desk_did_and_leaves_the_others(opened: Callable[[], Workspace]) -> None:
    north, south = opened(), opened()
    north.apply(command(setting(north, SHIP, speed_kn=11.0)))
    south.apply(command(setting(south, SHIP, crane_t=5.0), desk="south"))
    north.undo(stamp())
    ship = south.registry().ships["no-bergen"]
    assert (ship.speed_kn, ship.crane_t) == (20.0, 5.0)
    assert north.undo(stamp()) is None
    assert north.undoable("north") is None


def test_an_undo_of_a_fact_that_another_desk_changed_since_is_refused(opened: Callable[[], Workspace]) -> None:
    north, south = opened(), opened()
    north.apply(command(setting(north, SHIP, speed_kn=11.0)))
    south.apply(command(setting(south, SHIP, speed_kn=12.0), desk="south", who="Bo"))
    with pytest.raises(StaleWriteError, match=r"found 12 by Bo .* where it was 11 and shall be 20"):
        north.undo(stamp())
    assert north.registry().ships["no-bergen"].speed_kn == 12.0


def test_an_undo_that_was_refused_is_settled_or_passed_over(opened: Callable[[], Workspace]) -> None:
    north, south = opened(), opened()
    north.apply(command(setting(north, SHIP, crane_t=5.0)))
    north.apply(command(setting(north, SHIP, speed_kn=11.0, beam_m=9.0)))
    south.apply(command(setting(south, SHIP, speed_kn=12.0), desk="south"))
    with pytest.raises(StaleWriteError) as refused:
        north.undo(stamp())
    (stale,) = refused.value.stale
    settled = merge(stale.base, stale.mine, stale.theirs, {"speed_kn": "theirs"})
    assert settled.conflicts == ()
    change = EntryChange(kind=stale.kind, entry_id=stale.entry_id, before=stale.theirs, after=settled.entry)
    done = north.undo(stamp(), [change])
    assert done is not None
    assert (done.act, done.of_revision) == (Act.UNDO, 3)
    ship = north.registry().ships["no-bergen"]
    assert (ship.speed_kn, ship.beam_m, ship.crane_t) == (12.0, None, 5.0)
    south.apply(command(setting(south, SHIP, crane_t=6.0), desk="south"))
    with pytest.raises(StaleWriteError):
        north.undo(stamp())
    passed = north.undo(stamp(), ())
    assert passed is not None
    assert (passed.changes, passed.of_revision) == ((), 2)
    assert north.undo(stamp()) is None
    assert north.registry().ships["no-bergen"].crane_t == 6.0


def test_an_edit_ends_what_could_be_done_again(workspace: Workspace) -> None:
    workspace.apply(command(setting(workspace, SHIP, speed_kn=11.0)))
    workspace.undo(stamp())
    assert workspace.redoable("north") is not None
    workspace.apply(command(setting(workspace, SHIP, crane_t=5.0)))
    assert workspace.redoable("north") is None
    assert workspace.redo(stamp()) is None


def test_an_undo_that_would_make_the_registry_invalid_is_refused(opened: Callable[[], Workspace]) -> None:
    north, south = opened(), opened()
    north.apply(command(new_ship("pl-piast")))
    south.apply(command(setting(south, VEHICLE, home_ships=["pl-piast"]), desk="south"))
    with pytest.raises(InputError, match="an entry that others name: nsrs; change those first"):
        north.undo(stamp())


# Laws

_examples = count(1)

OPERATIONS = st.lists(
    st.one_of(
        st.tuples(st.just("set"), st.sampled_from(["speed_kn", "crane_t"]), st.sampled_from([None, 5.0, 6.0])),
        st.tuples(st.just("evidence"), st.sampled_from(["speed_kn", "crane_t"]), st.sampled_from(["S1", "S2"])),
        st.tuples(st.just("make"), st.sampled_from(["pl-a", "pl-b"]), st.just(None)),
        st.tuples(st.just("retire"), st.sampled_from(["pl-a", "pl-b"]), st.just(None)),
        st.tuples(st.sampled_from(["undo", "redo"]), st.just(""), st.just(None)),
    ),
    max_size=9,
)
DESKS = st.lists(st.booleans(), min_size=9, max_size=9)
LAW = settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])


def _changes(workspace: Workspace, operation: tuple[str, str, Any]) -> tuple[EntryChange, ...]:
    what, name, value = operation
    if what == "set":
        return (setting(workspace, SHIP, **{name: value}),)
    if what == "evidence":
        entry = workspace.entry(*SHIP) or {}
        return (setting(workspace, SHIP, evidence={**entry["evidence"], name: [{**S2, "source": value}]}),)
    there = workspace.entry("ship", name) is not None
    if what == "make":
        return () if there else (new_ship(name, speed_kn=7.0),)
    return (retiring(workspace, ("ship", name)),) if there else ()


def _act(workspace: Workspace, operation: tuple[str, str, Any], desk: str, at: datetime) -> None:
    if operation[0] in ("undo", "redo"):
        with suppress(StaleWriteError):  # the other desk's work is kept
            (workspace.undo if operation[0] == "undo" else workspace.redo)(stamp(at, desk=desk))
    else:
        workspace.apply(command(*_changes(workspace, operation), at=at, desk=desk))


@LAW
@given(operations=OPERATIONS)
def test_whatever_was_done_undoing_all_is_the_start_and_redoing_all_the_end(
    workspace: Workspace, operations: list[tuple[str, str, Any]]
) -> None:
    desk = f"desk {next(_examples)}"
    start = workspace.registry()
    for operation in operations:
        _act(workspace, operation, desk, MORNING)
        asked = (workspace.undoable(desk) is not None, workspace.redoable(desk) is not None)
        assert workspace.can_step(desk) == asked
    while workspace.redo(stamp(desk=desk)):
        pass
    end = workspace.registry()
    while workspace.undo(stamp(desk=desk)):
        pass
    assert workspace.registry() == start
    while workspace.redo(stamp(desk=desk)):
        pass
    assert workspace.registry() == end


@LAW
@given(operations=OPERATIONS, desks=DESKS)
def test_the_registry_as_of_any_instant_is_the_journal_replayed_to_it(
    workspace: Workspace, operations: list[tuple[str, str, Any]], desks: list[bool]
) -> None:
    example = next(_examples)
    clock = (workspace.info().last_at or MORNING) + timedelta(minutes=1)
    stood = {clock: workspace.registry()}
    for number, (operation, north) in enumerate(zip(operations, desks, strict=False), 1):
        at = clock + timedelta(seconds=number)
        _act(workspace, operation, f"{'north' if north else 'south'} {example}", at)
        stood[at] = workspace.registry()
    for at, registry in stood.items():
        assert workspace.registry_as_of(at) == registry
    with workspace.reading() as connection:
        assert integrity.faults(connection) == []


def test_the_small_registry_is_what_the_tests_start_from(workspace: Workspace) -> None:
    assert workspace.registry() == small_registry()
