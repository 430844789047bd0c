"""Makes the search over all places ready beside the window when somebody looks for a place, and lets it go later."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from subrescue.desktop.parts.background import Background
from subrescue.domain.errors import InputError

if TYPE_CHECKING:
    from subrescue.desktop.case.plan_service import Resources
    from subrescue.earth.places.place_search import FoundPlace, PlaceSearch

_KEPT_MS = 120_000
"""So long the search is kept after the last box that looks for places was closed."""


class PlaceFinder(QObject):
    """The search of a set of resources; `ready` tells when it can be used."""

    ready = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._search: PlaceSearch | None = None
        self._resources: Resources | None = None
        self._background = Background(self)
        self._boxes: set[QObject] = set()
        self._resting = QTimer(self)
        self._resting.setSingleShot(True)
        self._resting.timeout.connect(self._let_go)

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
        self._background.run(lambda _: _search_of(resources), self._take, _fail)

    def find(self, text: str, limit: int) -> list[FoundPlace]:
        """The places that fit a text, the best first; none before the search is ready."""
        return self._search.search(text, limit=limit) if self._search is not None else []

    def look(self, box: QObject, looks: bool) -> None:
        """Say whether a box looks for places: some time after the last one has closed the search is let go."""
        if looks:
            self._boxes.add(box)
            self._resting.stop()
        else:
            self._boxes.discard(box)
            if not self._boxes:
                self._resting.start(_KEPT_MS)

    def _let_go(self) -> None:
        from subrescue.store.place_search import forget_place_search

        self.stop()
        if self._resources is not None and self._resources.world is not None:
            forget_place_search(self._resources.world)
        self._search = self._resources = None

    def stop(self) -> None:
        """Wait for the thread: for a window that closes."""
        self._resting.stop()
        self._background.stop()

    def _take(self, search: PlaceSearch) -> None:
        self._search = search
        self.ready.emit()


def _search_of(resources: Resources) -> PlaceSearch:
    from subrescue.store.place_search import place_search

    assert resources.world is not None  # prepare lets no other through
    return place_search(resources.world, resources.registry)


def _fail(error: InputError) -> None:
    raise error  # a fault of the program: the window of faults tells of it
