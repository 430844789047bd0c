"""What has to be ordered, asked or called for now, and by when."""

from __future__ import annotations

from math import floor

from pydantic import Field

from subrescue.domain.base import Model
from subrescue.domain.reasons import Reason


class FirstOrder(Model):
    """Something to be ordered, asked or called for now, and the options that wait for it."""

    order: Reason = Field(title="Order", description="What is to be done, and by whom")
    options: tuple[str, ...] = Field(title="For", description="Names of the options that it serves, best first")
    latest_h: float | None = Field(
        default=None,
        title="At the latest",
        description="Hours from the alert, by the medians, after which it moves the best of them; null where unknown",
        json_schema_extra={"unit": "h"},
    )

    @property
    def due_h(self) -> int | None:
        """Whole hours from the alert by which it has to begin, as they are told; None at once."""
        return None if self.latest_h is None or self.latest_h < 1.0 else floor(self.latest_h)

    @property
    def served(self) -> tuple[str, ...]:
        """Names of the options that wait for it, but for the one that the order itself names."""
        return () if self.options == (self.order.values.get("asset"),) else self.options
