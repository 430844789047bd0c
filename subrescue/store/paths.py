"""Where the shipped resources lie."""

from __future__ import annotations

from pathlib import Path

from subrescue.datafiles import data_dir


def resources_dir() -> Path:
    """Return the folder of the shipped resources, in a source tree or an installed wheel."""
    return data_dir("resources")
