"""Lets a screen reader say what changed without being asked."""

from __future__ import annotations

from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QWidget


def announce(of: QWidget, words: str, *, urgent: bool = False) -> None:
    """Let a screen reader say words at once, an urgent one before all else. Nothing happens where none listens."""
    if words and QAccessible.isActive():
        event = QAccessibleAnnouncementEvent(of, words)
        polite = QAccessible.AnnouncementPoliteness
        event.setPoliteness(polite.Assertive if urgent else polite.Polite)
        QAccessible.updateAccessibility(event)
