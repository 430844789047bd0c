"""Makes the search over all places ready beside the window, the first time that somebody looks for a place."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

if TYPE_CHECKING:
    from subrescue.desktop.plan_service import Resources
    from subrescue.earth.place_search import FoundPlace, PlaceSearch

_PATIENCE_S = 10.0


class PlaceFinder(QObject):
    """The search of a set of resources; `ready` tells when it can be used."""

    ready = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._search: PlaceSearch | None = None
        self._resources: Resources | None = None
        self._thread: threading.Thread | None = None

    @property
    def is_ready(self) -> bool:
        """Whether places can be searched at once."""
        return self._search is not None

    def prepare(self, resources: Resources | None) -> None:
        """Begin to read the places of these resources; a second call for the same does nothing."""
        if resources is None or resources.world is None or resources is self._resources:
            return
        self.stop()
        self._resources, self._search = resources, None
        self._thread = threading.Thread(target=self._read, args=(resources,), name="places", daemon=True)
        self._thread.start()

    def find(self, text: str, limit: int) -> list[FoundPlace]:
        """The places that fit a text, the best first; none before the search is ready."""
        return self._search.search(text, limit=limit) if self._search is not None else []

    def stop(self) -> None:
        """Wait for the thread: for a window that closes."""
        if self._thread is not None:
            self._thread.join(_PATIENCE_S)
            self._thread = None

    def _read(self, resources: Resources) -> None:
        from subrescue.store.place_search import place_search

        assert resources.world is not None  # prepare lets no other through
        self._search = place_search(resources.world, resources.registry)
        self.ready.emit()
