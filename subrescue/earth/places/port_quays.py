"""What is known of ports' quays: `port_quays.toml`, beside the naval bases and our own table of ports."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from enum import IntEnum
from pathlib import Path

import numpy as np
import numpy.typing as npt

from subrescue.earth.map_files.files import maps_dir

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

    A naval base, and any port of our own table, has an id that is not its UN/LOCODE; it is there for its quays. All are
    unknown where the folder has no table.
    """
    path = (folder or maps_dir()) / FILE
    table = tomllib.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    liner, small = set(str(table.get("liner", "")).split()), {row["port"] for row in table.get("too_small", ())}
    found = np.zeros(len(ids), np.int8)
    for number, (port, code, others) in enumerate(zip(ids, codes, aliases, strict=True)):
        if port in small:
            found[number] = Quay.TOO_SMALL
        elif port.removesuffix("_port") != code.lower() or not liner.isdisjoint((code, *others.split("\t"))):
            found[number] = Quay.SUITS
    return found
