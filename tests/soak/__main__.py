"""Soaks the window: `python -m tests.soak [ACTIONS] [SEED] [--real] [--hour] [--only=ACT,ACT]`; ends with 1 at the
first finding.

Plans come at once from the last real response, so that the window is what is worn; each 500 actions one is worked out
for another sea of the world, for what a planner keeps of places counts too; `--real` plans each time. `--hour` looks
about mostly, as somebody does in an hour; without it every act is as likely as it may break something. `--only` does
nothing but acts of these names, to see which of them memory grows with. A line of figures follows each 250 actions:
resident memory, what of it is the program's alone, what the C library gave out from its heaps and in large blocks, and
what it holds free. The last actions before a finding are printed; the same seed goes the same way.
"""

from __future__ import annotations

import faulthandler
import gc
import os
import sys
import tempfile
import time
import traceback
from collections import deque
from pathlib import Path

_STUCK_S = 120
_WATCHED = 10
"""So many actions together may take no longer: to watch each alone took a fiftieth of a soak."""
_SIZE_EACH = 250
_PLAN_EACH = 500
"""One plan is worked out for a place far away each so many actions: forty in twenty thousand."""


def main(actions: int, seed: int, real: bool, as_an_hour: bool, only: frozenset[str] = frozenset()) -> int:
    """Do `actions` things to a window; return the exit code."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from subrescue.store.user_folders import use_profile
    from tests.soak.driver import Soak
    from tests.soak.growth import MOST_GROWTH_MB, WARM_UP_ACTIONS, grown_mb
    from tests.soak.stage import Echo, close, let_live, set_up_before, stage
    from tests.soak.watch import Watch, counted, parts, private_mb, rss_mb

    faulthandler.enable()
    done: deque[str] = deque(maxlen=25)
    began = time.monotonic()
    held: list[float] = []
    alone: list[float] = []
    with (
        tempfile.TemporaryDirectory(prefix="subrescue-soak-") as name,
        Watch() as watch,
    ):
        set_up_before(Path(name) / "profile")
        use_profile(Path(name) / "profile")
        echo = Echo(always=real)
        soak = Soak(stage(Path(name), echo), seed, Path(name), as_an_hour, only)
        soak.answer_dialogs()
        gc.collect()
        gc.freeze()  # as the program does once it stands: else looking for garbage takes a quarter of a soak
        print(f"the window stands after {time.monotonic() - began:.0f} s: {rss_mb():.0f} MB{parts()}", flush=True)
        try:
            for number in range(1, actions + 1):
                if number % _WATCHED == 1:
                    faulthandler.dump_traceback_later(_STUCK_S, exit=True)
                try:
                    done.append(soak.step())
                except Exception:  # noqa: BLE001 - told with the acts before it, as any other finding
                    watch.findings.append(traceback.format_exc())
                let_live(1 if number % 10 else 30)
                if watch.findings:
                    print(f"seed {seed}, action {number}:", *done, "found:", *watch.findings, sep="\n  ")
                    return 1
                if number % _PLAN_EACH == 0 and not only:
                    faulthandler.cancel_dump_traceback_later()
                    done.append(soak.plan_elsewhere(echo))
                    faulthandler.dump_traceback_later(_STUCK_S, exit=True)
                if number % _SIZE_EACH == 0 or number == actions:
                    held.append(rss_mb())
                    alone.append(private_mb())
                    counts = " ".join(f"{count} {what}" for what, count in counted().items())
                    size = f"{held[-1]:.0f} MB, {alone[-1]:.0f} its own{parts()}"
                    print(f"{number} actions {time.monotonic() - began:.0f} s: {size}, {counts}", flush=True)
                    grown = grown_mb(held[WARM_UP_ACTIONS // _SIZE_EACH :])
                    if grown > MOST_GROWTH_MB:
                        print(f"after the first {WARM_UP_ACTIONS} actions memory has grown by {grown:.0f} MB")
                        return 1
        finally:
            close(soak.window)  # a Python that ends while windows stand may crash in Qt
        faulthandler.cancel_dump_traceback_later()
        if watch.findings:
            print("at the end found:", *watch.findings, sep="\n  ")
            return 1
        most = f"at most {max(held):.0f} MB, {max(alone):.0f} its own; within a plan {rss_mb(most=True):.0f}"
        print(f"{actions} actions, seed {seed}: nothing found, {most}")
    return 0


if __name__ == "__main__":
    numbers = [int(word) for word in sys.argv[1:] if not word.startswith("-")]
    chosen = numbers + [20_000, 1][len(numbers) :]
    named = [name for word in sys.argv if word.startswith("--only=") for name in word.partition("=")[2].split(",")]
    sys.exit(main(chosen[0], chosen[1], "--real" in sys.argv, "--hour" in sys.argv, frozenset(named)))
