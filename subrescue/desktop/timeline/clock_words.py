"""What the clock of the banner says: time since the alert, and hours left of the survival window."""

from __future__ import annotations

from datetime import datetime

from subrescue.desktop.parts.words import tr
from subrescue.domain.quantities import Band
from subrescue.domain.response import SurvivalWindow
from subrescue.exchange import numbers
from subrescue.exchange.elapsed import t_plus

HISTORY_H = 30 * 24.0
"""From this many hours before or after the alert on the case is no watch that runs but one to study: no submarine's
stores last a month, and the clock of the machine says nothing about it."""


def runs(alert: datetime, now: datetime | None) -> bool:
    """Whether the time of now belongs to the case."""
    return now is not None and abs((now - alert).total_seconds()) < HISTORY_H * 3600.0


def since_alert(alert: datetime, now: datetime | None) -> str:
    """T+09:20, or T- before the alert; of a case to study the instant of the alert."""
    if now is None or not runs(alert, now):
        return tr("Alert {alert:%Y-%m-%d %H:%MZ}", alert=alert)
    return t_plus(now, alert)


def survival_left(window: SurvivalWindow, alert: datetime, now: datetime | None, limiting: str) -> str:
    """Hours from now to P50 of the survival window with P10 to P90, no finer than the window is known.

    Without a time of now that belongs to the case hours count from the alert, and the words say no "left".
    """
    p10, p50, p90 = window.p10_h, window.p50_h, window.p90_h
    if p50 is None or p90 == 0.0:
        return tr("Survival: {limiting}", limiting=limiting)
    if now is None or not runs(alert, now) or p10 is None or p90 is None:
        told_p50, told_p10, told_p90 = numbers.window(window)
        return tr("Survival P50 {p50} h ({p10}-{p90})", p50=told_p50, p10=told_p10, p90=told_p90)
    passed_h = (now - alert).total_seconds() / 3600.0
    left = Band(p10=p10 - passed_h, p50=p50 - passed_h, p90=p90 - passed_h)
    if left.p90 <= 0.0:
        return tr("Survival P90 passed {ago} h ago", ago=numbers.as_fine(-left.p90, left))
    if left.p50 <= 0.0:
        ago, until = (numbers.as_fine(hours, left) for hours in (-left.p50, left.p90))
        return tr("Survival P50 passed {ago} h ago, P90 in {p90} h", ago=ago, p90=until)
    told_p50 = numbers.median(left)
    told_p10, told_p90 = (numbers.as_fine(max(hours, 0.0), left) for hours in (left.p10, left.p90))
    return tr("Survival P50 {p50} h left ({p10}-{p90})", p50=told_p50, p10=told_p10, p90=told_p90)
