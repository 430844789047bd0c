"""Tells a leak from what a window and its planner fill once: by sizes of the memory, taken every so many actions."""

from __future__ import annotations

MOST_GROWTH_MB = 100.0
"""By which memory may grow once all that is kept has been filled: in twenty thousand actions 5 MB in each thousand."""
WARM_UP_ACTIONS = 5000
"""So long the planner and the map fill what they keep: ten places far away, and the seas about them."""
_TOGETHER = 12
_THIRD = _TOGETHER // 3


def grown_mb(sizes_mb: list[float]) -> float:
    """By how much the last sizes after the warm-up are more than the first; 0 while there are not enough of both.

    The fifth least of twelve stands for all: single sizes rise by 150 MB while a window is large and fall again, and
    one that was taken just after memory was given back lies as far below the others.
    """
    if len(sizes_mb) < 2 * _TOGETHER:
        return 0.0
    first, last = sorted(sizes_mb[:_TOGETHER]), sorted(sizes_mb[-_TOGETHER:])
    return last[_THIRD] - first[_THIRD]
