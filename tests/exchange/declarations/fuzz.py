"""Feeds spoilt files to the readers for a number of seconds: `python -m tests.exchange.declarations.fuzz 600 SEED`.

Anything but a declaration or an InputError ends it with the file kept; what takes over ten seconds counts as a fault.
"""

from __future__ import annotations

import io
import random
import sys
import tempfile
import time
import zipfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from subrescue.domain.errors import InputError
from subrescue.exchange.declarations.difference import compare
from subrescue.exchange.declarations.reading import read_declaration
from subrescue.exchange.declarations.sheets import sheet
from subrescue.exchange.declarations.templates import tables
from subrescue.store.registry import load_registry
from tests.exchange.declarations import hostile

WORDS = [
    b"<!DOCTYPE x>",
    b"&a;",
    b"=cmd|",
    b"\xff\xfe",
    b"[[[[",
    b"1e999",
    b"\0",
    b"ship",
    b'"',
    b"../",
    b'r="-1"',
    b"{}",
]


def spoilt(content: bytes, chance: random.Random) -> bytes:
    """A file with some bytes changed, cut out, doubled or put in."""
    data = bytearray(content)
    for _ in range(chance.randint(1, 8)):
        place = chance.randrange(len(data) or 1)
        act = chance.randrange(4)
        if act == 0 and data:
            data[place] = chance.randrange(256)
        elif act == 1:
            del data[place : place + chance.randint(1, 50)]
        elif act == 2:
            data[place:place] = data[place : place + chance.randint(1, 200)]
        else:
            data[place:place] = chance.choice(WORDS)
    return bytes(data)


def repacked(content: bytes, chance: random.Random) -> bytes:
    """A workbook with one part spoilt inside the packing."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    name = chance.choice(sorted(parts))
    return hostile.zip_of({**parts, name: spoilt(parts[name], chance)})


def main(seconds: float, seed: int) -> int:
    """Run; the number of faults."""
    chance = random.Random(seed)
    registry = load_registry()
    small = registry.model_copy(update={"ships": dict(list(registry.ships.items())[:3]), "mates": {}})
    seeds = [
        (suffix, tables([sheet("ship", small.ships.values()), sheet("source", small.sources.values())], suffix))
        for suffix in (".xlsx", ".csv", ".geojson", ".gpkg")
    ]
    seeds += [(Path(one.name).suffix, one.content) for one in hostile.corpus() if len(one.content) < 100_000]
    count = refused = faults = 0
    end = time.monotonic() + seconds
    with tempfile.TemporaryDirectory() as folder, ThreadPoolExecutor(1) as pool:
        while time.monotonic() < end:
            suffix, content = chance.choice(seeds[:4] if chance.random() < 0.6 else seeds)
            inside = suffix == ".xlsx" and zipfile.is_zipfile(io.BytesIO(content)) and chance.random() < 0.7
            made = repacked(content, chance) if inside else spoilt(content, chance)
            path = Path(folder) / f"x{suffix}"
            path.write_bytes(made)
            begun = time.monotonic()
            count += 1
            error = pool.submit(lambda path=path: compare(registry, read_declaration(path))).exception()
            if isinstance(error, InputError):
                refused += 1
            elif error is not None:
                faults += 1
                kept = Path(tempfile.gettempdir()) / f"fuzz-fault-{seed}-{faults}{suffix}"
                kept.write_bytes(made)
                print(f"FAULT {type(error).__name__}: {str(error)[:200]} in {kept}", flush=True)
            if time.monotonic() - begun > 10:
                faults += 1
                print(f"SLOW {time.monotonic() - begun:.1f} s", flush=True)
    print(f"{count} files, {refused} refused, {faults} faults", flush=True)
    return faults


if __name__ == "__main__":
    sys.exit(min(main(float(sys.argv[1]), int(sys.argv[2])), 1))
