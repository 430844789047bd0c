"""The size of letters that the user chose: what is painted by hand follows it as labels and tables do by themselves."""

from __future__ import annotations

from subrescue.desktop.window.preferences import Preferences

SIZES = tuple(range(80, 201, 10))
"""Sizes of letters that can be chosen, in per cent of the usual."""


def letter_size(preferences: Preferences) -> int:
    """The size of letters that is remembered, in per cent of the usual; 100 where there is none."""
    return int(preferences.text("letter_size", "100", tuple(map(str, SIZES))))
