"""Tab walks through what can be seen: a panel that lies behind another's tab keeps its place in the order of Qt."""

from __future__ import annotations

from PySide6.QtWidgets import QDockWidget, QMainWindow, QWidget

_MOST_STEPS = 200
"""More than the stops of all panels together, for a window of which nothing is seen."""


class TabWalk(QMainWindow):
    """A main window in which Tab passes by the panels that lie behind others, where nobody would see the keys."""

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Go to the next that is seen."""
        for _ in range(_MOST_STEPS):
            if not super().focusNextPrevChild(forward):
                return False
            if not _is_behind(self.focusWidget()):
                break
        return True


def _is_behind(widget: QWidget | None) -> bool:
    while widget is not None and not isinstance(widget, QDockWidget):
        widget = widget.parentWidget()
    return widget is not None and widget.visibleRegion().isEmpty()
