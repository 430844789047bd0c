"""What is known of ports' quays: `port_quays.toml`, beside the naval bases and our own table of ports."""

from __future__ import annotations

import csv
import tomllib
from collections.abc import Sequence
from enum import IntEnum
from pathlib import Path

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
    path = (folder or maps_dir()) / FILE
    bases = _ids_of_bases((folder or maps_dir()) / BASES_FILE)
    table = tomllib.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    liner, small = set(str(table.get("liner", "")).split()), {row["port"] for row in table.get("too_small", ())}
    found = np.zeros(len(ids), np.int8)
    for number, (port, code, others) in enumerate(zip(ids, codes, aliases, strict=True)):
        if port in small:
            found[number] = Quay.TOO_SMALL
        elif port in bases or not liner.isdisjoint((code, *others.split("\t"))):
            found[number] = Quay.SUITS
    return found


def _ids_of_bases(path: Path) -> set[str]:
    if not path.exists():
        return set()
    with path.open(encoding="utf-8", newline="") as stream:
        return {row["id"] for row in csv.DictReader(stream)}
