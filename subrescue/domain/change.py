"""A change of the registry as plain data: what one command does to one entry, before and after."""

from __future__ import annotations

from typing import Any

from subrescue.domain.base import Model, fact


class EntryChange(Model):
    """One entry of the registry made (`before` is None), altered, or taken out (`after` is None).

    `before` and `after` are whole entries as `model_dump(mode="json", exclude_none=True)` gives them, so that a change
    can be undone, shown field by field and checked against what stands now.
    """

    kind: str = fact("Kind", "Kind of the entry: rescue_system, ship, aircraft_type, source and so on")
    entry_id: str = fact("Entry", "Id of the entry")
    before: dict[str, Any] | None = fact("Before", "The entry as it was; none where it is new", default=None)
    after: dict[str, Any] | None = fact("After", "The entry as it becomes; none where it is taken out", default=None)

    def fields(self) -> tuple[str, ...]:
        """The names of the fields that differ, in the order of their names; evidence counts as a field."""
        before, after = self.before or {}, self.after or {}
        return tuple(sorted(name for name in before.keys() | after.keys() if before.get(name) != after.get(name)))
