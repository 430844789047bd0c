"""A desk that edits without a pause until it is killed; it notes in a file what the workspace acknowledged.

Run as a program it reads lines `PLACE<tab>NOTES` and starts a desk for each, so that a hundred of them take no
hundred starts of Python; it answers with the number of the process.
"""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from subrescue.store.workspace import integrity, journal
from subrescue.store.workspace.command import Act
from subrescue.store.workspace.opening import open_workspace
from tests.store.workspace.samples import MORNING, SHIP, VEHICLE, command, new_ship, setting, stamp

LONG = 100
"""Entries that a long command makes."""


def storm(place: str, notes: Path) -> None:
    """Edit, undo, and make many entries at once, for ever."""
    chance = random.Random(os.getpid())
    handle = os.open(notes, os.O_WRONLY | os.O_APPEND | os.O_CREAT)
    with open_workspace(place, now=MORNING, make=False) as workspace:
        while True:
            kind = chance.random()
            if kind < 0.2:
                ships = [new_ship(f"s-{chance.getrandbits(48):012x}-{number}") for number in range(LONG)]
                done = workspace.apply(command(*ships, who="long"))
            elif kind < 0.3:
                undone = workspace.undo(stamp())
                if undone is None:
                    continue
                done = undone
            else:
                # Never a value that stands already: such a command would leave no row.
                value = round(chance.uniform(1, 60), 6)
                both = (setting(workspace, SHIP, speed_kn=value), setting(workspace, VEHICLE, max_depth_m=value * 10))
                done = workspace.apply(command(*both, who="two"))
            # One write: the line is there or not, whenever the process is killed.
            os.write(handle, f"{done.revision}\t{done.act.value}\t{len(done.changes)}\n".encode())


@contextmanager
def desks() -> Iterator[subprocess.Popen[str]]:
    """The program that starts desks."""
    words = [sys.executable, "-c", "from tests.store.workspace.storm import main; main()"]
    root = Path(__file__).parents[3]
    with subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=root) as program:
        try:
            yield program
        finally:
            assert program.stdin is not None
            program.stdin.close()


def main() -> None:
    """Start desks as they are asked for."""
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    for line in sys.stdin:
        place, notes = line.rstrip("\n").split("\t")
        child = os.fork()
        if child == 0:
            storm(place, Path(notes))
        print(child, flush=True)


def killed_at_a_random_moment(program: subprocess.Popen[str], place: str, notes: Path, chance: random.Random) -> None:
    """Let a desk storm, kill it, and hold the workspace against what was acknowledged."""
    assert program.stdin is not None
    assert program.stdout is not None
    print(place, notes, sep="\t", file=program.stdin, flush=True)
    child = int(program.stdout.readline())
    before = notes.stat().st_size if notes.exists() else 0
    until = time.monotonic() + 30
    while (notes.stat().st_size if notes.exists() else 0) == before:
        assert time.monotonic() < until, "the desk does nothing"
        time.sleep(0.002)
    time.sleep(chance.uniform(0, 0.2))
    os.kill(child, signal.SIGKILL)
    while Path(f"/proc/{child}").exists():
        time.sleep(0.002)
    check(place, notes)


def check(place: str, notes: Path) -> None:
    """The workspace opens, is whole, has all that was acknowledged, and each command whole or not at all."""
    with open_workspace(place, now=MORNING, make=False) as workspace, workspace.reading() as connection:
        assert integrity.faults(connection) == []
        rows = [row for row in journal.export(connection) if row.act is not Act.SEED]
    entries = Counter(revision for revision, *_ in {(row.revision, row.kind, row.entry_id) for row in rows})
    kept = {row.revision: (row.act, entries[row.revision], row.who) for row in rows}
    acknowledged = [line.split("\t") for line in notes.read_text("utf-8").splitlines()]
    assert acknowledged
    for revision, act, count in acknowledged:
        assert kept[int(revision)][:2] == (Act(act), int(count))
    for act, count, who in kept.values():
        if act is Act.EDIT and who == "long":
            assert count == LONG
        if act is Act.EDIT and who == "two":
            assert count <= 2
