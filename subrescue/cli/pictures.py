"""The window, and pictures of it or of its map: the only commands that need Qt."""

from __future__ import annotations

import os
import re
import sys
import tempfile
from pathlib import Path

from subrescue.cli import console, desk
from subrescue.domain.errors import InputError, Problem

_LARGEST = 8192
_DEBIAN_LIBRARIES = (
    "apt-get install -y libegl1 libgl1 libglib2.0-0 libxkbcommon0 libdbus-1-3 libfontconfig1 libxcb-cursor0"
)


def window(case: Path | None) -> int:
    """Show the window and return its exit code; raises CannotError where there is no screen or no Qt."""
    headless = sys.platform.startswith("linux") and not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))
    if headless and not os.environ.get("QT_QPA_PLATFORM"):
        name = str(case) if case is not None else "CASE"
        raise console.CannotError(
            f"there is no screen here: `subrescue plan {name}` prints the response, "
            f"`subrescue picture {name} --window -o window.png` draws the window into a picture"
        )
    try:
        from subrescue.desktop.app import run_window
    except ImportError as error:
        raise no_qt(error) from None
    return run_window(case)


def picture(name: str, output: Path, whole_window: bool, size: str) -> None:
    """Draw the map of a case, or the whole window, into a PNG file; raises InputError and CannotError."""
    from subrescue.cli.option_groups import Wishes
    from subrescue.cli.what_ifs import Desk, checked_case
    from subrescue.earth.world import load_world
    from subrescue.store.assumptions import load_assumptions
    from subrescue.store.cases import find_case

    width, height = _pixels(size)
    if output.suffix.lower() != ".png":
        raise InputError(Problem("--output", f"'{output}'", "the name of a picture ends in .png"))
    registry = desk.registry()
    case, _, _ = checked_case(name, Wishes(), Desk(registry, load_assumptions(), load_world()))
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    try:
        from subrescue.desktop.paper.picture import save_map_picture
        from subrescue.desktop.paper.window_picture import save_window_picture
    except ImportError as error:
        raise no_qt(error) from None
    with tempfile.TemporaryDirectory(prefix="subrescue-") as folder, console.stopped_at_once():
        drawn = Path(folder) / "picture.png"
        if whole_window:
            save_window_picture(find_case(name), drawn, width, height, registry=registry)
        else:
            save_map_picture(case, drawn, width, height, registry)
        content = drawn.read_bytes()
    from subrescue.store.files import write_atomically

    write_atomically(output, content)


def _pixels(size: str) -> tuple[int, int]:
    match = re.fullmatch(r"(\d{1,5})[xX](\d{1,5})", size)
    if match is None or not all(200 <= int(side) <= _LARGEST for side in match.groups()):
        raise InputError(Problem("--size", f"'{size}'", f"WIDTHxHEIGHT, each 200 to {_LARGEST} pixels: 1600x1000"))
    return int(match[1]), int(match[2])


def no_qt(error: ImportError) -> console.CannotError:
    """What to say where a library that Qt needs is missing."""
    hint = f"; on Debian and Ubuntu: {_DEBIAN_LIBRARIES}" if sys.platform.startswith("linux") else ""
    return console.CannotError(f"the window cannot start, a library of the system is missing: {error}{hint}")
