"""The search over all places of a world and the berths of a registry's ships, made once and kept with the world."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from subrescue.earth.places.place_search import Berth, PlaceSearch

if TYPE_CHECKING:
    from subrescue.domain.registry import Registry
    from subrescue.earth.world import World

_lock = threading.Lock()
# The last search of each world with the registry that it was made for; it goes when the world goes.
_kept: WeakKeyDictionary[World, tuple[Registry | None, PlaceSearch]] = WeakKeyDictionary()


def place_search(world: World, registry: Registry | None = None) -> PlaceSearch:
    """The search over a world's places and, with a registry, its ships' berths. One thread makes it; all may use it."""
    with _lock:
        kept = _kept.get(world)
        if kept is None or kept[0] is not registry:
            kept = (registry, _made(world, registry))
            _kept[world] = kept
        return kept[1]


def forget_place_search(world: World) -> None:
    """Let the search of a world go: some MB, made anew in a second. Who still holds it may go on searching."""
    with _lock:
        _kept.pop(world, None)


def _made(world: World, registry: Registry | None) -> PlaceSearch:
    from subrescue.earth.passages.passages import load_passages

    nations = [(country.iso, country.name) for country in world.land.countries.all]
    return PlaceSearch(world.gazetteer, load_passages(), tuple(_berths(registry)), nations)


def _berths(registry: Registry | None) -> Iterator[Berth]:
    for ship in registry.ships.values() if registry is not None else ():
        if ship.base is not None:
            nation = ship.nations[0] if ship.nations else None
            yield Berth(ship.id, ship.name, ship.base.name, nation, ship.base.position)
