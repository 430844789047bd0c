"""No process that works for another outlives it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
_ASKS_FOR_A_WORKER = """
import os, sys
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from subrescue.earth.router.workers import end_with_parent
if __name__ == "__main__":
    pool = ProcessPoolExecutor(1, get_context("spawn"), end_with_parent)
    pool.submit(os.getpid).result()
    print("at work", flush=True)
    os.kill(os.getpid(), 9)
"""


def test_workers_end_with_a_program_that_is_killed(tmp_path: Path) -> None:
    script = tmp_path / "asks.py"
    script.write_text(_ASKS_FOR_A_WORKER, encoding="utf-8")
    # The worker has the output too: it ends where nobody is left to write.
    asked = subprocess.run([sys.executable, str(script)], cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)},
                           capture_output=True, timeout=60, check=False)  # fmt: skip
    assert asked.stdout == b"at work\n"
