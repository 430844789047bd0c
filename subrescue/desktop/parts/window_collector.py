"""Looks for garbage on the window's thread alone, and gives back what memory the window does not use.

Python looks on whatever thread makes the next value. What it finds may be a widget or another object of Qt, whose end
takes a lock of Qt's and then waits for Python's, while the window's thread has Python's and waits for Qt's: for ever.
"""

from __future__ import annotations

import gc

from PySide6.QtCore import QObject, QTimer

from subrescue.desktop.parts.spare_memory import give_back_some
from subrescue.domain.collector import collector_is_held
from subrescue.earth.map_files.on_disk import let_go_of_pages

_EACH_MS = 500
"""What is made in this time is looked through in some milliseconds."""
_GIVES_BACK_EACH, _GIVES_BACK_EACH_IN_HAND = 2, 4
"""So many looks: a second, and two while a hand moves something. Who moves the map all the time has up to 40 MB of gaps
filled within ten seconds."""
_LETS_PAGES_GO_EACH_MS = 200
"""What paints the map looks at some 20 MB of pages in half a second, and seldom at the same."""


class WindowCollector(QObject):
    """Turns Python's own collector off for good and looks for garbage in turns of the window's loop, by Python's rule:
    what was made lately when there is enough of it, all after each eleven times of what was not."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._looks = 0
        gc.disable()
        timer = QTimer(self)
        timer.timeout.connect(self.look)
        timer.start(_EACH_MS)
        pages = QTimer(self)
        pages.timeout.connect(lambda: let_go_of_pages())  # 0.05 ms, and 0.3 ms for who looks at 19 MB again
        pages.start(_LETS_PAGES_GO_EACH_MS)

    def look(self) -> None:
        """Look for garbage where there may be enough, unless somebody keeps the collector at rest.

        Free memory goes back now and then.
        """
        self._looks += 1
        if self._looks % (_GIVES_BACK_EACH_IN_HAND if collector_is_held() else _GIVES_BACK_EACH) == 0:
            give_back_some()
        if collector_is_held():
            return
        counts, limits = gc.get_count(), gc.get_threshold()
        full = [generation for generation in range(3) if 0 < limits[generation] < counts[generation]]
        if full:
            gc.collect(full[-1])
