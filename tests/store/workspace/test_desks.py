"""Several desks on one workspace, and desks that are killed: nothing is lost, and nothing is half done."""

from __future__ import annotations

import random
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from subrescue.domain.change import EntryChange
from subrescue.store.workspace import integrity
from subrescue.store.workspace.errors import StaleWriteError
from subrescue.store.workspace.opening import open_workspace
from subrescue.store.workspace.workspace import Workspace
from tests.store.workspace import storm
from tests.store.workspace.samples import MORNING, SHIP, command, setting


def interleaved(place: str, edits: int) -> None:
    """Two desks count up the same fact and one of their own, each so many times, each by its own connection."""
    start = threading.Barrier(2)
    refused = {"north": 0, "south": 0}
    failures: list[BaseException] = []
    ends = {}

    def desk(name: str, own: str) -> None:
        try:
            with open_workspace(place, now=MORNING, make=False) as workspace:
                start.wait()
                for number in range(1, edits + 1):
                    while True:
                        before = workspace.entry(*SHIP) or {}
                        after = {**before, "displacement_t": before.get("displacement_t", 0.0) + 1}
                        counted = EntryChange(kind="ship", entry_id="no-bergen", before=before, after=after)
                        try:
                            workspace.apply(command(counted, desk=name))
                            break
                        except StaleWriteError:
                            refused[name] += 1
                    workspace.apply(command(setting(workspace, SHIP, **{own: float(number)}), desk=name), merging=True)
                    workspace.registry()  # what is kept in memory is brought up to date on the way
                start.wait()  # both are done
                ends[name] = workspace.registry()
        except BaseException as error:
            failures.append(error)
            start.abort()
            raise

    threads = [threading.Thread(target=desk, args=words) for words in (("north", "crane_t"), ("south", "deck_load_t"))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    with open_workspace(place, now=MORNING, make=False) as workspace:
        ship = workspace.registry().ships["no-bergen"]
        assert ends["north"] == ends["south"] == workspace.registry()
        assert (ship.displacement_t, ship.crane_t, ship.deck_load_t) == (2 * edits, edits, edits)
        assert workspace.revision() == 1 + 4 * edits
        with workspace.reading() as connection:
            assert integrity.faults(connection) == []


def test_no_edit_of_two_desks_is_lost_and_both_end_equal(place: str) -> None:
    interleaved(place, 15)


def test_desks_that_start_together_make_one_workspace(empty_place: str) -> None:
    made: list[str] = []

    def desk() -> None:
        with open_workspace(empty_place, now=MORNING) as workspace:
            made.append(workspace.info().generation)

    threads = [threading.Thread(target=desk) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(made) == 3
    assert len(set(made)) == 1


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="kills processes as Linux does")
def test_a_desk_that_is_killed_leaves_the_workspace_before_or_after_its_command(place: str, tmp_path: Path) -> None:
    chance = random.Random(5)
    with storm.desks() as program:
        for _ in range(3 if "://" in place else 5):
            storm.killed_at_a_random_moment(program, place, tmp_path / "notes", chance)


def test_a_commit_returns_when_it_is_on_the_disk(workspace: Workspace) -> None:
    with workspace.writing() as connection:
        if connection.dialect.name == "sqlite":
            asked = ("journal_mode", "synchronous", "foreign_keys")
            assert [connection.exec_driver_sql(f"PRAGMA {name}").scalar() for name in asked] == ["wal", 2, 1]
        else:
            assert connection.exec_driver_sql("SHOW synchronous_commit").scalar() == "on"


def test_a_reader_is_not_held_up_by_a_writer(opened: Callable[[], Workspace]) -> None:
    north, south = opened(), opened()
    with north.writing():
        assert south.registry().ships["no-bergen"].speed_kn == 20.0
