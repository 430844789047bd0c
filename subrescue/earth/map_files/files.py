"""Finds and opens the map files that travel with the program, and their manifest of origins and checksums."""

from __future__ import annotations

import json
import logging
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from subrescue.datafiles import data_dir

MANIFEST = "manifest.json"


def maps_dir() -> Path:
    """Return the folder of the shipped maps, in a source tree or an installed wheel."""
    return data_dir("maps")


def manifest(folder: Path | None = None) -> dict[str, dict[str, Any]]:
    """Return what is known of each map file: origin, licence, date, sha256, bytes; by file name."""
    text = ((folder or maps_dir()) / MANIFEST).read_text(encoding="utf-8")
    files: dict[str, dict[str, Any]] = json.loads(text)["files"]
    return files


def open_arrays(name: str, folder: Path | None = None) -> dict[str, npt.NDArray[Any]]:
    """Read every array of a map file; raises FileNotFoundError where the file is missing."""
    with np.load((folder or maps_dir()) / name, allow_pickle=False) as arrays:
        return {key: arrays[key] for key in arrays.files}


def first_line(error: BaseException) -> str:
    """What a library says of a file that it cannot read, short enough for a message to a person."""
    lines = str(error).strip().splitlines()
    return lines[0][:120] if lines else type(error).__name__


@contextmanager
def quiet_reader() -> Iterator[None]:
    """Keep pyogrio's own remarks out of log and standard error: what matters is raised."""
    log = logging.getLogger("pyogrio")
    level = log.level
    log.setLevel(logging.CRITICAL + 1)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        log.setLevel(level)
