"""How long a start takes, in a process of its own: to the coarse map, to the map with depth, to the first response."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import time
from pathlib import Path

RUNS = 3
MOST_S = {"coarse map": 3.0, "whole map": 8.0, "first response": 25.0}
"""Bounds against a start that has become another: about three times what a quiet machine of two cores takes."""

_CHILD = """
import sys, time
began = float(sys.argv[1])

def tell(what):
    print(f"{what}\\t{time.time() - began:.3f}", flush=True)

from pathlib import Path
from subrescue.store.user_folders import use_profile
use_profile(Path(sys.argv[2]))
import subrescue.cli.main
from subrescue.desktop import app as starting
make = starting.make_window

def watched(*args, **more):
    window = make(*args, **more)
    window.resize(1920, 1080)
    window.reset_layout()
    window.map.first_painted.connect(lambda: tell("coarse map"))
    seen = set()

    def base():
        if window.map.canvas.base.has_depth and "base" not in seen:
            seen.add("base")
            tell("whole map")

    def answer():
        if window.desk.response is not None and "answer" not in seen:
            seen.add("answer")
            tell("first response")
        if seen == {"base", "answer"}:
            window.close()

    window.map.base_painted.connect(base)
    window.map.base_painted.connect(answer)
    window.desk.response_changed.connect(answer)
    return window

starting.make_window = watched
starting.greet = lambda window: None
raise SystemExit(starting.run_window(None))
"""


def start(profile: Path) -> dict[str, float]:
    """Start the program once; seconds from the start of the process by what stands on the screen."""
    environment = dict(os.environ, QT_QPA_PLATFORM="offscreen")
    run = subprocess.run(
        [sys.executable, "-c", _CHILD, repr(time.time()), str(profile)],
        env=environment, capture_output=True, text=True, timeout=300, check=False,
    )  # fmt: skip
    assert run.returncode == 0, run.stderr
    return {what: float(seconds) for what, seconds in (line.split("\t") for line in run.stdout.splitlines())}


def test_a_start_paints_the_map_before_it_plans(tmp_path: Path) -> None:
    start(tmp_path / "warm")  # compiled files and the font cache of a machine that has run the program once
    runs = [start(tmp_path / f"profile-{number}") for number in range(RUNS)]
    for what, most_s in MOST_S.items():
        median_s = statistics.median(run[what] for run in runs)
        print(f"{what}: {median_s:.2f} s")
        assert median_s < most_s
    assert all(run["coarse map"] < run["whole map"] and run["coarse map"] < run["first response"] for run in runs)
