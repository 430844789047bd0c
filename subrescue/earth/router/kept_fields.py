"""Keeps the last fields of a router, and the grid that they are found from as long as fields are looked for."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from subrescue.earth.router.graph import SeaGraph
from subrescue.earth.router.kept import Kept
from subrescue.earth.router.last_ways import LastWays
from subrescue.earth.router.sea_field import Local, SeaField, field_of
from subrescue.earth.router.sea_grid import SeaGrid
from subrescue.earth.router.tree import Tree

Place = tuple[int, int]
"""Latitude and longitude as the router rounds them."""
_FIELDS = 16
"""A megabyte each."""


class KeptFields:
    """Fields by the place where they begin and the passages that are closed. Safe to use from several threads."""

    def __init__(self, graph: SeaGraph, folder: Path | None) -> None:
        self._graph, self._folder = graph, folder
        self._lock = threading.Lock()
        self._users = 0
        self.forget()

    def forget(self) -> None:
        """Let everything go: for who does not look at fields any more."""
        self._fields: Kept[tuple[Place, frozenset[str]], SeaField] = Kept(_FIELDS)
        self._forget_grid()

    def _forget_grid(self) -> None:
        self._grid, self._last = SeaGrid(self._graph, self._folder), LastWays()

    @contextmanager
    def looked_for(self) -> Iterator[None]:
        """After it what fields are found from is let go, 35 MB: the next new one reads it again in a third of a second.
        Where it lies on disk it stays until all is forgotten.

        While it is inside another of its kind, in any thread, both use the same.
        """
        with self._lock:
            self._users += 1
        try:
            yield
        finally:
            with self._lock:
                self._users -= 1
                if not self._users and self._grid.lies_on_disk:
                    self._last = LastWays()
                elif not self._users:
                    self._forget_grid()

    def get(self, here: Place, closed: frozenset[str]) -> SeaField | None:
        """The field of a place where it is kept."""
        return self._fields.get((here, closed))

    def find(self, here: Place, tree: Tree, closed: frozenset[str], local: Local) -> SeaField:
        """The field of a place by the tree that grows there; kept."""
        grid, last = self._grid, self._last
        return self._fields.put((here, closed), field_of(self._graph, grid, tree, closed, local, last))
