"""Time since the alert as watch officers write it: T+09:20, and T-01:10 before it."""

from __future__ import annotations

from datetime import datetime


def t_plus(at: datetime, alert: datetime) -> str:
    """Hours and minutes from the alert to an instant, whole ones that have passed.

    Hours run on past a day: T+49:05. Both instants need a zone; raises TypeError where one alone has it.
    """
    passed_s = int(abs((at - alert).total_seconds()))
    sign = "-" if at < alert else "+"
    return f"T{sign}{passed_s // 3600:02}:{passed_s % 3600 // 60:02}"
