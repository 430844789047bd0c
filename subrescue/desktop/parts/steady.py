"""Keeps what has the keys where it is in a form, while lines above it come and go."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import QEvent, QPoint
from PySide6.QtWidgets import QApplication, QScrollArea


@contextmanager
def steady(area: QScrollArea) -> Iterator[None]:
    """Move the form, once its lines are others, so that what has the keys in it is as high as before."""
    held, body, seen = QApplication.focusWidget(), area.widget(), area.viewport()
    if held is None or body is None or not body.isAncestorOf(held) or held.visibleRegion().isEmpty():
        yield
        return
    before = held.mapTo(seen, QPoint(0, 0)).y()
    yield
    QApplication.sendEvent(body, QEvent(QEvent.Type.LayoutRequest))  # at once, not with the next turn of the loop
    moved = held.mapTo(seen, QPoint(0, 0)).y() - before
    if moved:
        bar = area.verticalScrollBar()
        bar.setValue(bar.value() + moved)
