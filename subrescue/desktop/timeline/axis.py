"""The axis of the timeline: which hours it shows, and how an hour is written in UTC, T+ or local time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo
from typing import Literal

from subrescue.desktop.parts.words import moment
from subrescue.exchange.elapsed import t_plus

Scale = Literal["t_plus", "utc", "local"]
SCALES: tuple[Scale, ...] = ("t_plus", "utc", "local")

LEAST_H = 6.0
"""The shortest part of the axis that is shown: marks stand an hour apart, and no phase is known to minutes."""


@dataclass(frozen=True)
class Shown:
    """The hours from the alert between which the axis is shown."""

    from_h: float
    to_h: float

    @property
    def hours(self) -> float:
        """How many hours are shown."""
        return self.to_h - self.from_h

    def zoomed(self, factor: float, at_h: float, end_h: float) -> Shown:
        """Fewer hours by a factor above 1, more by one below; the hour `at_h` stays where it is, the ends 0 and
        `end_h` hold. Raises ValueError for a factor that is not above 0."""
        if not factor > 0:
            raise ValueError(f"factor: found {factor}; more than 0 is allowed")
        hours = min(max(self.hours / factor, min(LEAST_H, end_h)), end_h)
        share = (at_h - self.from_h) / self.hours
        return Shown(0.0, hours).moved(at_h - share * hours, end_h)

    def moved(self, by_h: float, end_h: float) -> Shown:
        """As many hours, later by some, as far as the ends 0 and `end_h` allow."""
        start = min(max(self.from_h + by_h, 0.0), max(end_h - self.hours, 0.0))
        return Shown(start, start + self.hours)


def written(hour: float, alert: datetime, scale: Scale, zone: tzinfo | None = None) -> tuple[str, str]:
    """A mark of the axis in two lines, the one that the scale names first.

    The other line is T+, or UTC where T+ is first. `zone` is that of local time, None that of this machine.
    """
    at = alert + timedelta(hours=hour)
    since, utc = f"T+{hour:g}", moment(at)
    if scale == "t_plus":
        return since, utc
    return (utc, since) if scale == "utc" else (_local(at, zone), since)


def reading(hour: float, alert: datetime, scale: Scale, zone: tzinfo | None = None) -> str:
    """The hour under cursor or pointer in one line: T+ as clock and log have it, and UTC or local time."""
    at = alert + timedelta(hours=hour)
    return f"{t_plus(at, alert)}  {_local(at, zone) if scale == 'local' else moment(at)}"


def _local(at: datetime, zone: tzinfo | None) -> str:
    """Local time with its difference to UTC, for UTC stands elsewhere on the same screen: 24 Nov 07:00+0100."""
    here = at.astimezone(zone)
    return f"{moment(here)[: -len('Z')]}+0000" if not here.utcoffset() else moment(here)
