"""`make run`: the window where there is a screen, a table and a picture where there is none."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
DEMONSTRATION = "resources/cases/demo-norwegian-sea.toml"

pytestmark = pytest.mark.skipif(
    shutil.which("make") is None or not sys.platform.startswith("linux"), reason="needs make, and Linux's screens"
)


@pytest.fixture
def make_run(tmp_path: Path) -> Path:
    """A ready virtual environment whose `subrescue` tells what it was asked."""
    binaries = tmp_path / "bin"
    binaries.mkdir()
    program = binaries / "subrescue"
    program.write_text('#!/bin/sh\necho "subrescue $*"\n', "utf-8")
    program.chmod(0o755)
    (tmp_path / ".ready-run").touch()
    return tmp_path


def said(venv: Path, *arguments: str, **screen: str) -> list[str]:
    """Run make with that environment on that screen; return the lines it printed."""
    bare = {name: value for name, value in os.environ.items() if name not in ("DISPLAY", "WAYLAND_DISPLAY")}
    clean = {name: value for name, value in bare.items() if not name.startswith("MAKE")}
    command = ["make", "--no-print-directory", f"VENV={venv}", *arguments]
    run = subprocess.run(command, cwd=ROOT, env=clean | screen, capture_output=True, text=True, check=True)
    return run.stdout.splitlines()


@pytest.mark.parametrize("screen", [{"DISPLAY": ":0"}, {"WAYLAND_DISPLAY": "wayland-0"}])
def test_on_a_screen_the_window_opens_with_the_demonstration(make_run: Path, screen: dict[str, str]) -> None:
    assert said(make_run, "run", **screen) == [f"subrescue open {DEMONSTRATION}"]


def test_without_a_screen_the_table_is_printed_and_the_window_becomes_a_picture(make_run: Path) -> None:
    assert said(make_run, "run") == [
        f"subrescue plan {DEMONSTRATION}",
        f"subrescue picture {DEMONSTRATION} --window -o subrescue-window.png",
        f"There is no screen here: the window is in the picture {ROOT}/subrescue-window.png",
    ]


def test_make_run_takes_another_case(make_run: Path) -> None:
    assert said(make_run, "run", "CASE=my.toml", DISPLAY=":0") == ["subrescue open my.toml"]


def test_a_second_set_up_does_nothing(make_run: Path) -> None:
    (make_run / ".ready-dev").touch()
    assert said(make_run, "setup") == ["make: Nothing to be done for 'setup'."]


def test_make_test_runs_every_check(make_run: Path) -> None:
    (make_run / ".ready-dev").touch()
    steps = [line.split("/bin/")[1] for line in said(make_run, "-n", "test") if "/bin/" in line]
    assert {*steps[:-1]} == {"ruff check .", "ruff format --check --quiet .", "lint-imports", "mypy"}
    assert steps[-1] == "python -m pytest -n 2"


@pytest.mark.parametrize("fails", ["", "ruff", "lint-imports", "mypy"])
def test_the_tests_run_where_every_check_before_them_has_passed(make_run: Path, fails: str) -> None:
    (make_run / ".ready-dev").touch()
    for name in ("ruff", "lint-imports", "mypy", "python"):
        program = make_run / "bin" / name
        program.write_text(f'#!/bin/sh\necho "{name} ran"\ntest "{fails}" != {name}\n', "utf-8")
        program.chmod(0o755)
    command = ["make", f"VENV={make_run}", "test"]
    clean = {name: value for name, value in os.environ.items() if not name.startswith("MAKE")}
    run = subprocess.run(command, cwd=ROOT, env=clean, capture_output=True, text=True, check=False)
    assert ("python ran" in run.stdout, run.returncode != 0) == (not fails, bool(fails))
