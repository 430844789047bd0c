"""How fast a workspace of 5,000 assets and 200,000 journal rows is; and the long proofs of it.

SUBRESCUE_PROOF_SECONDS bounds the time of each proof with killed desks (600 where it is not set); how many rounds there
were is printed.
"""

from __future__ import annotations

import os
import random
import statistics
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import insert, update

from subrescue.domain.assets import Ship, ShipRole
from subrescue.domain.evidence import Confidence, Evidence
from subrescue.domain.registry import Registry
from subrescue.store.registry import load_registry
from subrescue.store.workspace.opening import open_workspace
from subrescue.store.workspace.tables import CHANGES, COMMANDS, ENTRIES, WORKSPACE, EntryRow
from subrescue.store.workspace.workspace import Workspace
from tests import postgres
from tests.store.workspace import storm
from tests.store.workspace.samples import MORNING, command, setting, small_registry, stamp
from tests.store.workspace.test_desks import interleaved

SHIPS = 5_000
ROWS = 200_000
ROUNDS = 100
EDITS = 250  # by each of two desks, two commands each: 1,000 in all
SECONDS = float(os.environ.get("SUBRESCUE_PROOF_SECONDS", "600"))


def many_assets() -> Registry:
    """The shipped registry, and ships as full of facts as a real one until there are 5,000 assets."""
    shipped = load_registry()
    missing = SHIPS - sum(1 for _ in shipped.assets())
    model = max(shipped.ships.values(), key=lambda ship: len(ship.model_dump_json()))
    said = (Evidence(source="MEM", confidence=Confidence.LOW),)
    ships = {
        f"x-{number:04d}": Ship.model_validate(
            {
                **model.model_dump(),
                "id": f"x-{number:04d}",
                "name": f"Vessel {number}",
                "role": ShipRole.VESSEL_OF_OPPORTUNITY,
                "evidence": model.evidence | {"speed_kn": said},
            }
        )
        for number in range(missing)
    }
    return shipped.model_copy(update={"ships": shipped.ships | ships})


def fill_journal(workspace: Workspace) -> None:
    """A year's work: the speed of one ship after another, by four desks; written in bulk, as the rows stand."""
    first, speed = workspace.revision() + 1, {}
    keys = [f"x-{number:04d}" for number in range(4_000)]
    data = {name: workspace.entry("ship", name) or {} for name in keys}
    commands: list[dict[str, Any]] = []
    changes: list[dict[str, Any]] = []
    for number in range(ROWS):
        name = keys[number % len(keys)]
        before = speed.get(name, data[name].get("speed_kn"))
        speed[name] = after = 10.0 + number % 17
        revision, at = first + number, MORNING + timedelta(minutes=number)
        who = {"who": "Anna", "desk": f"desk {number % 4}", "act": "edit", "why": "a letter", "of_revision": None}
        commands.append({**who, "revision": revision, "at": at, "stands_from": at})
        row = {"revision": revision, "position": 0, "kind": "ship", "entry_id": name, "field": "speed_kn"}
        changes.append({**row, "before": before, "after": after})
    last = {name: first + number for number in range(ROWS) for name in [keys[number % len(keys)]]}
    with workspace.writing() as connection:
        connection.execute(insert(COMMANDS), commands)
        connection.execute(insert(CHANGES), changes)
        for name in keys:
            state = {"data": {**data[name], "speed_kn": speed[name]}, "revision": last[name]}
            connection.execute(update(ENTRIES).where(EntryRow.kind == "ship", EntryRow.id == name).values(**state))
        connection.execute(update(WORKSPACE).values(revision=first + ROWS - 1))


@pytest.fixture(scope="module")
def databases() -> Iterator[Callable[[str], str]]:
    if postgres.left_out():
        pytest.skip(f"PostgreSQL is left out: {postgres.WITHOUT} is set")
    with postgres.server() as made:
        yield made


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def full_place(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> str:
    if request.param == "sqlite":
        place = str(tmp_path_factory.mktemp("full") / "workspace.sqlite")
    else:
        place = request.getfixturevalue("databases")("full")
    with open_workspace(place, now=MORNING, registry=many_assets) as workspace:
        fill_journal(workspace)
        with workspace.writing() as connection:
            connection.exec_driver_sql("ANALYZE")  # as a server does by itself after a while
    return place


def median_ms(act: Callable[[int], object], rounds: int = 15) -> tuple[float, float]:
    """The median times of an act in ms, by the clock and by this process's processor; it is told its number."""
    taken = []
    for number in range(rounds):
        start, start_cpu = time.perf_counter(), time.process_time()
        act(number)
        taken.append(((time.perf_counter() - start) * 1000, (time.process_time() - start_cpu) * 1000))
    clock, processor = zip(*taken, strict=True)
    return statistics.median(clock), statistics.median(processor)


def test_a_full_workspace_is_quick(full_place: str, record_property: Callable[[str, object], None]) -> None:
    def opening(_: int) -> None:
        with open_workspace(full_place, now=MORNING, make=False) as workspace:
            workspace.revision()

    measured = {"open": median_ms(opening, 7)}
    with open_workspace(full_place, now=MORNING, make=False) as workspace:
        measured["open to all 5,000 assets"] = median_ms(lambda _: workspace.registry(), 1)
        assert sum(1 for _ in workspace.registry().assets()) == SHIPS
        edits = iter(range(10_000))
        at = MORNING + timedelta(minutes=ROWS)

        def edit(_: int) -> None:
            changed = setting(workspace, ("ship", "x-0007"), speed_kn=1 + next(edits) / 100)
            workspace.apply(command(changed, at=at, desk="bench"))

        def edit_and_registry(number: int) -> None:
            edit(number)
            workspace.registry()

        measured["edit"] = median_ms(edit)
        measured["edit, and the registry again"] = median_ms(edit_and_registry)
        measured["undo"] = median_ms(lambda _: workspace.undo(stamp(at, desk="bench")))
        measured["redo"] = median_ms(lambda _: workspace.redo(stamp(at, desk="bench")))
        measured["poll without news"] = median_ms(lambda _: workspace.mark())
        measured["history of a field"] = median_ms(lambda _: workspace.history("x-0007", "speed_kn"))
        measured["as of an hour ago"] = median_ms(lambda _: workspace.registry_as_of(at - timedelta(hours=1)), 3)
        measured["as of the first day"] = median_ms(lambda _: workspace.registry_as_of(MORNING), 3)
    kind = "PostgreSQL" if "://" in full_place else "SQLite"
    print(f"{'':<44}{'clock':>9}    {'processor':>9}")
    for name, (clock, processor) in measured.items():
        record_property(f"{kind}: {name}", f"{clock:.1f} ms, {processor:.1f} ms of this process's processor")
        print(f"{kind:<12}{name:<32}{clock:9.1f} ms {processor:9.1f} ms")


def killed_again_and_again(place: str, folder: Path, chance: random.Random) -> None:
    """Kill a desk a hundred times, or as often as the time allows."""
    open_workspace(place, now=MORNING, registry=small_registry).close()
    until, rounds = time.monotonic() + SECONDS, 0
    with storm.desks() as program:
        while rounds < ROUNDS and time.monotonic() < until:
            storm.killed_at_a_random_moment(program, place, folder / f"notes-{rounds}", chance)
            rounds += 1
    print(f"killed {rounds} times")
    assert rounds > 0


def test_a_desk_killed_a_hundred_times_never_leaves_a_half_done_command(tmp_path: Path) -> None:
    killed_again_and_again(str(tmp_path / "workspace.sqlite"), tmp_path, random.Random(7))


def test_a_desk_killed_a_hundred_times_on_a_server_leaves_no_half_done_command(
    databases: Callable[[str], str], tmp_path: Path
) -> None:
    killed_again_and_again(databases("storm"), tmp_path, random.Random(8))


def test_of_a_thousand_interleaved_edits_on_a_server_none_is_lost(databases: Callable[[str], str]) -> None:
    place = databases("desks")
    open_workspace(place, now=MORNING, registry=small_registry).close()
    interleaved(place, EDITS)


def test_of_a_thousand_interleaved_edits_of_a_file_none_is_lost(tmp_path: Path) -> None:
    place = str(tmp_path / "workspace.sqlite")
    open_workspace(place, now=MORNING, registry=small_registry).close()
    interleaved(place, EDITS)
