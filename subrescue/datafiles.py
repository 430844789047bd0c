"""Finds the data that travels with the program, `resources/` and `maps/`, in a source tree and in a wheel."""

from __future__ import annotations

from pathlib import Path
from typing import Literal


def data_dir(name: Literal["maps", "resources"]) -> Path:
    """Return the folder of the shipped data.

    An installed wheel carries it as `subrescue/_data/<name>`; a source tree has it beside the package.

    Raises FileNotFoundError where neither exists: the installation is broken.
    """
    package = Path(__file__).resolve().parent
    for candidate in (package / "_data" / name, package.parent / name):
        if candidate.is_dir():
            return candidate
    raise FileNotFoundError(
        f"the folder '{name}' that belongs to subrescue is missing: looked in {package / '_data' / name} "
        f"and {package.parent / name}; install the program again"
    )
