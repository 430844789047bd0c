"""The search over all places of a world and the berths of a registry's ships, made once and kept."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from functools import lru_cache
from typing import TYPE_CHECKING

from subrescue.earth.place_search import Berth, PlaceSearch

if TYPE_CHECKING:
    from subrescue.domain.registry import Registry
    from subrescue.earth.world import World

_lock = threading.Lock()


def place_search(world: World, registry: Registry | None = None) -> PlaceSearch:
    """The search over a world's places and, with a registry, its ships' berths. One thread makes it; all may use it."""
    with _lock:
        return _made(world, _Berths(registry))


class _Berths:
    """The berths of a registry, told apart by the registry they are of: a registry is no key by itself."""

    def __init__(self, registry: Registry | None) -> None:
        self.registry = registry

    def __hash__(self) -> int:
        return id(self.registry)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Berths) and other.registry is self.registry


@lru_cache(maxsize=4)
def _made(world: World, berths: _Berths) -> PlaceSearch:
    from subrescue.earth.passages import load_passages

    nations = [(country.iso, country.name) for country in world.land.countries.all]
    return PlaceSearch(world.gazetteer, load_passages(), tuple(_berths(berths.registry)), nations)


def _berths(registry: Registry | None) -> Iterator[Berth]:
    for ship in registry.ships.values() if registry is not None else ():
        if ship.base is not None:
            nation = ship.nations[0] if ship.nations else None
            yield Berth(ship.id, ship.name, ship.base.name, nation, ship.base.position)
