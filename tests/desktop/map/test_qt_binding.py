"""The Qt binding itself: what would end the program after some minutes of painting."""

from __future__ import annotations

import sys

from PySide6.QtCore import QObject, QRect


def test_calls_without_a_result_do_not_wear_none_out() -> None:
    # PySide6 6.12.0 on Python 3.11 loses one reference to None a call, and Python aborts at zero.
    thing, box = QObject(), QRect()
    before = sys.getrefcount(None)
    for _ in range(500):
        thing.setObjectName("map")
        box.translate(1, 1)
    assert sys.getrefcount(None) > before - 100
