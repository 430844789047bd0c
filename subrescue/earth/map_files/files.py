"""Finds and opens the map files that travel with the program, and their manifest of origins and checksums."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from subrescue.datafiles import data_dir

MANIFEST = "manifest.json"


def maps_dir() -> Path:
    """Return the folder of the shipped maps, in a source tree or an installed wheel."""
    return data_dir("maps")


def manifest() -> dict[str, dict[str, Any]]:
    """Return what is known of each map file: origin, licence, date, sha256, bytes; by file name."""
    text = (maps_dir() / MANIFEST).read_text(encoding="utf-8")
    files: dict[str, dict[str, Any]] = json.loads(text)["files"]
    return files


def open_arrays(name: str, folder: Path | None = None) -> dict[str, npt.NDArray[Any]]:
    """Read every array of a map file; raises FileNotFoundError where the file is missing.

    A large array is unpacked in place: `map_arrays.read_arrays`, quicker where there are many, takes its room twice.
    """
    with np.load((folder or maps_dir()) / name, allow_pickle=False) as arrays:
        return {key: arrays[key] for key in arrays.files}
