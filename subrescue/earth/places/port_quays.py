"""What is known of ports' quays: `port_quays.toml`, beside the naval bases and our own table of ports."""

from __future__ import annotations

import csv
import tomllib
from collections.abc import Sequence
from enum import IntEnum
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from subrescue.earth.map_files.files import maps_dir
from subrescue.earth.places.naval_bases import FILE as BASES_FILE

FILE = "port_quays.toml"


class Quay(IntEnum):
    """Whether a ship of about 100 m can be fitted out there with a rescue system."""

    UNKNOWN = 0
    SUITS = 1
    TOO_SMALL = 2


def quays(
    ids: Sequence[str], codes: Sequence[str], aliases: Sequence[str], folder: Path | None = None
) -> npt.NDArray[np.int8]:
    """(ports,) `Quay` of ports by their ids, UN/LOCODEs and other names, those parted by tabs.

    A naval base, and any port of our own table of bases, is there for its quays. Of the ports that no list has nothing
    is known. All are unknown where the folder has no table.
    """
    bases = _ids_of_bases((folder or maps_dir()) / BASES_FILE)
    small = {row["port"] for row in _table(folder).get("too_small", ())}
    found = np.zeros(len(ids), np.int8)
    for number, (port, called_at) in enumerate(zip(ids, with_liners(codes, aliases, folder), strict=True)):
        if port in small:
            found[number] = Quay.TOO_SMALL
        elif port in bases or called_at:
            found[number] = Quay.SUITS
    return found


def with_liners(codes: Sequence[str], aliases: Sequence[str], folder: Path | None = None) -> npt.NDArray[np.bool_]:
    """(ports,) whether liners call, by UN/LOCODEs and other names; a base has those of the harbour that it lies in."""
    liner = set(str(_table(folder).get("liner", "")).split())
    called = [not liner.isdisjoint((code, *others.split("\t"))) for code, others in zip(codes, aliases, strict=True)]
    return np.array(called, bool)


def _table(folder: Path | None) -> dict[str, Any]:
    path = (folder or maps_dir()) / FILE
    return tomllib.loads(path.read_text(encoding="utf-8")) if path.exists() else {}


def _ids_of_bases(path: Path) -> set[str]:
    if not path.exists():
        return set()
    with path.open(encoding="utf-8", newline="") as stream:
        return {row["id"] for row in csv.DictReader(stream)}
