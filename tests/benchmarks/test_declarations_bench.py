"""How long 5,000 assets take to an XLSX file (limit: 2 s), and back with the difference (limit: 3 s).

Beside the time of the clock the processor's is printed, which a busy machine blurs less.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from pytest_benchmark.fixture import BenchmarkFixture

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


@pytest.fixture(scope="module")
def registry() -> Registry:
    return many(5000)


def table(registry: Registry) -> bytes:
    made = product(
        registry,
        Selection(("rescue_system", "ship")),
        language="en",
        marking="NONE",
        originator="Bench",
        as_of=datetime(2026, 11, 26, tzinfo=UTC),
        exercise=False,
    )
    return to_file(made, ".xlsx")


def processor_s(act: Callable[[], object]) -> float:
    """The processor's time of an act, in s."""
    begun = time.process_time()
    act()
    return time.process_time() - begun


def test_xlsx_export_of_5000_assets(benchmark: BenchmarkFixture, registry: Registry) -> None:
    assert benchmark.pedantic(table, args=(registry,), rounds=3)
    print(f"\nexport: {processor_s(lambda: table(registry)):.2f} s of the processor")


def test_import_of_5000_assets_with_its_difference(
    benchmark: BenchmarkFixture, registry: Registry, tmp_path: Path
) -> None:
    path = tmp_path / "x.xlsx"
    path.write_bytes(table(registry))
    found = benchmark.pedantic(lambda: compare(registry, read_declaration(path)), rounds=3)
    assert found.is_empty
    print(f"\nimport: {processor_s(lambda: compare(registry, read_declaration(path))):.2f} s of the processor")
