"""Readiness by day and hour: the working hours in which a short notice holds."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Self

from pydantic import Field, model_validator

from subrescue.domain.base import Model, quantity


class Weekday(StrEnum):
    """A day of the week."""

    MONDAY = "mon"
    TUESDAY = "tue"
    WEDNESDAY = "wed"
    THURSDAY = "thu"
    FRIDAY = "fri"
    SATURDAY = "sat"
    SUNDAY = "sun"


class WorkingHours(Model):
    """Days and hours of a place, by a fixed offset from UTC: summer time moves them by an hour, which it leaves out."""

    days: tuple[Weekday, ...] = Field(title="Days", description="mon, tue, wed, thu, fri, sat, sun")
    from_h: float = quantity("From", "h", "Hour of the day by local time at which they begin", ge=0, le=24, default=...)
    until_h: float = quantity("Until", "h", "Hour of the day by local time at which they end", ge=0, le=24, default=...)
    utc_offset_h: float = quantity("Offset", "h", "Local time less UTC, east positive", ge=-12, le=14, default=...)

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if not self.days:
            raise ValueError("days need one day at least")
        if not self.from_h < self.until_h:
            raise ValueError(f"from_h < until_h does not hold: {self.from_h:g}, {self.until_h:g}")
        return self

    def covers(self, at: datetime) -> bool:
        """Whether an aware instant lies in the working hours; their end is no longer in them."""
        local = at.astimezone(UTC) + timedelta(hours=self.utc_offset_h)
        hour = local.hour + local.minute / 60 + local.second / 3600
        return list(Weekday)[local.weekday()] in self.days and self.from_h <= hour < self.until_h
