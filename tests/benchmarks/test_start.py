"""How long a start takes, in a process of its own: to the first map, to the map in the window, to the map with depth,
to the first response. On a quiet machine of two cores the first map is to stand there in less than 1.2 s."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import time
from pathlib import Path

RUNS = 5
MOST_CPU_S = {"first map": 2.0, "map in the window": 4.5}
"""Bounds on the time of the window's thread, about twice what it takes (0.9 s and 2.2 s, with other work beside it)."""
STEPS = ("first map", "map in the window", "whole map", "first response")

_CHILD = """
import sys, time
began = float(sys.argv[1])
told = set()

def tell(what):
    if what not in told:
        told.add(what)
        print(f"{what}\\t{time.time() - began:.3f}\\t{time.thread_time():.3f}", flush=True)

from pathlib import Path
from subrescue.store.user_folders import use_profile
use_profile(Path(sys.argv[2]))
import subrescue.cli.main
from subrescue.desktop import app as starting
make, application = starting.make_window, starting.application

def first():
    app = application()
    from subrescue.desktop.window.first_map import FirstMap
    paint = FirstMap.paintEvent

    def painted(self, event):
        paint(self, event)
        tell("first map")

    FirstMap.paintEvent = painted
    return app

def watched(*args, **more):
    window = make(*args, **more)
    window.resize(1920, 1080)
    window.reset_layout()
    window.map.first_painted.connect(lambda: tell("map in the window"))

    def look():
        base = window.map.canvas.base
        if base is not None and base.has_depth:
            tell("whole map")
        if window.desk.response is not None:
            tell("first response")
        if {"whole map", "first response"} <= told:
            window.close()

    window.map.base_painted.connect(look)
    window.desk.response_changed.connect(look)
    return window

starting.application, starting.make_window = first, watched
starting.greet = lambda window: None
raise SystemExit(starting.run_window(None))
"""


def start(profile: Path) -> dict[str, tuple[float, float]]:
    """Start the program once: by what stands on the screen, seconds since the process began and of its main thread."""
    environment = dict(os.environ, QT_QPA_PLATFORM="offscreen", PYTHONPYCACHEPREFIX=str(profile.parent / "compiled"))
    environment.pop("PYTHONDONTWRITEBYTECODE", None)  # an installed program is compiled
    run = subprocess.run(
        [sys.executable, "-c", _CHILD, repr(time.time()), str(profile)],
        env=environment, capture_output=True, text=True, timeout=300, check=False,
    )  # fmt: skip
    assert run.returncode == 0, run.stderr
    lines = [line.split("\t") for line in run.stdout.splitlines()]
    return {what: (float(passed_s), float(cpu_s)) for what, passed_s, cpu_s in lines}


def test_a_start_paints_the_map_before_it_plans(tmp_path: Path) -> None:
    start(tmp_path / "warm")  # compiled files and the font cache of a machine that has run the program once
    runs = [start(tmp_path / f"profile-{number}") for number in range(RUNS)]
    for what in STEPS:
        passed_s, cpu_s = (sorted(run[what][part] for run in runs) for part in (0, 1))
        print(f"{what}: median {statistics.median(passed_s):.2f} s, longest {passed_s[-1]:.2f} s; "
              f"the window's thread {statistics.median(cpu_s):.2f} s")  # fmt: skip
        assert statistics.median(cpu_s) < MOST_CPU_S.get(what, 300.0)
    for run in runs:
        passed_s = [run[what][0] for what in STEPS]
        assert passed_s[:3] == sorted(passed_s[:3])
        assert passed_s[1] < passed_s[3]
