"""5,000 assets: an XLSX export in under 2 seconds, an import with its difference in under 3, of processor time."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from time import process_time

import pytest

from subrescue.domain.registry import Registry
from subrescue.exchange.declarations.difference import compare
from subrescue.exchange.declarations.reading import read_declaration
from subrescue.exchange.exports.files import to_file
from subrescue.exchange.exports.product import Selection, product
from subrescue.store.registry import load_registry

pytestmark = pytest.mark.benchmark


def many(count: int) -> Registry:
    """The shipped registry with so many rescue systems and ships, made from its own."""
    registry = load_registry()
    own = [*registry.rescue_systems.values(), *registry.ships.values()]
    made = [own[n % len(own)].model_copy(update={"id": f"{own[n % len(own)].id}-{n}"}) for n in range(count)]
    systems = {one.id: one for one in made if one.kind == "rescue_system"}
    return registry.model_copy(
        update={"rescue_systems": systems, "ships": {one.id: one for one in made if one.kind == "ship"}}
    )


def test_5000_assets_are_written_and_read_in_time(tmp_path: Path) -> None:
    registry = many(5000)
    at = datetime(2026, 11, 26, tzinfo=UTC)
    chosen = Selection(("rescue_system", "ship"))
    begun = process_time()
    made = product(registry, chosen, language="en", marking="NONE", originator="Bench", as_of=at, exercise=False)
    content = to_file(made, ".xlsx")
    written = process_time() - begun
    path = tmp_path / "x.xlsx"
    path.write_bytes(content)
    begun = process_time()
    difference = compare(registry, read_declaration(path))
    read = process_time() - begun
    print(f"export {written:.2f} s, import {read:.2f} s")
    assert difference.is_empty
    assert written < 2.0
    assert read < 3.0
