"""How much memory plans keep for the next one: `python -m tests.planning.kept_bytes LAT,LON ...` prints bytes after
plans of the demonstration at these places, one after another, once a desk has let go what it lets go after each."""

from __future__ import annotations

import gc
import sys
import types
from collections.abc import Iterable, Iterator
from functools import _lru_cache_wrapper
from typing import Any

import numpy as np

from subrescue.domain.collector import collector_at_rest
from subrescue.domain.position import Position
from subrescue.earth.router.kept import Kept
from subrescue.earth.world import load_world
from subrescue.planning.airlift.airlift import let_go_of_flights
from subrescue.planning.airlift.landings import let_go_of_bounds
from subrescue.planning.answer.respond import plan
from subrescue.planning.basis.ground import Firsts
from subrescue.planning.geography.field_detours import let_go_of_ways
from subrescue.planning.geography.places import let_go_of_legs
from subrescue.store.assumptions import load_assumptions
from subrescue.store.cases import read_case
from subrescue.store.paths import resources_dir
from subrescue.store.registry import load_registry

_OF_THE_PROGRAM = (type, types.ModuleType, types.FunctionType, types.BuiltinFunctionType, types.MethodType)


def bytes_of(roots: Iterable[object], seen: set[int]) -> int:
    """Bytes of all that is reached from these and was not seen before: values and arrays."""
    stack, total = list(roots), 0
    while stack:
        found = stack.pop()
        if id(found) in seen or isinstance(found, _OF_THE_PROGRAM):
            continue
        seen.add(id(found))
        total += sys.getsizeof(found)  # an array's own numbers with it
        if isinstance(found, np.ndarray) and found.base is not None:
            stack.append(found.base)
        stack.extend(gc.get_referents(found))
    return total


def keepers() -> Iterator[Any]:
    """All in planner and earth that keeps results between plans."""
    for name, module in list(sys.modules.items()):
        if name.startswith(("subrescue.planning", "subrescue.earth")):
            for value in vars(module).values():
                if isinstance(value, _lru_cache_wrapper) and value.__module__ == name:
                    yield from gc.get_referents(value)
                elif isinstance(value, Kept | Firsts):
                    yield value


def main(places: list[Position]) -> None:
    """Plan at each place and print what is kept then."""
    case = read_case(resources_dir() / "cases" / "demo-norwegian-sea.toml")
    registry, numbers, world = load_registry(), load_assumptions(), load_world()
    for place in places:
        fix = case.dissub.fix.model_copy(update={"position": place})
        moved = case.model_copy(update={"dissub": case.dissub.model_copy(update={"fix": fix})})
        plan(moved, registry, numbers, world)
        let_go_of_legs(world)
        let_go_of_flights()
        let_go_of_bounds()
        let_go_of_ways()
        with collector_at_rest():
            known: set[int] = set()
            bytes_of([case, registry, numbers, world], known)
            print(bytes_of(list(keepers()), known), flush=True)


if __name__ == "__main__":
    main([Position(lat_deg=float(lat), lon_deg=float(lon)) for lat, lon in (word.split(",") for word in sys.argv[1:])])
