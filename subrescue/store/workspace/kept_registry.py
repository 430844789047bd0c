"""The registry of a workspace kept in memory: of what was read before, only what changed since is read again."""

from __future__ import annotations

from threading import Lock
from typing import Any

from sqlalchemy import Connection, select

from subrescue.domain.registry import Registry
from subrescue.store.registry import KINDS
from subrescue.store.workspace import entries
from subrescue.store.workspace.tables import WorkspaceRow

Mark = tuple[str, int]
"""Generation and revision of a workspace."""


def mark(connection: Connection) -> Mark:
    """Where the workspace is now."""
    row = connection.execute(select(WorkspaceRow.generation, WorkspaceRow.revision)).one()
    return row.generation, row.revision


class KeptRegistry:
    """The registry as it was last asked for; threads take turns."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._mark: Mark | None = None
        self._registry = Registry()

    def now(self, connection: Connection) -> Registry:
        """The registry as a connection sees it; raises InputError where an entry does not fit its model."""
        with self._lock:
            there = mark(connection)
            if self._mark != there:
                self._registry = self._later(connection, there) or entries.registry_of(entries.all_values(connection))
                self._mark = there
            return self._registry

    def _later(self, connection: Connection, there: Mark) -> Registry | None:
        """The kept registry with what changed; None where all must be read: an entry came back to its old place."""
        if self._mark is None or self._mark[0] != there[0] or self._mark[1] > there[1]:
            return None
        changed = entries.changed_since(connection, self._mark[1])
        fresh = entries.values_of({key: data for key, (_, data) in changed.items() if data is not None})
        groups: dict[str, dict[str, Any]] = {}
        for (kind, entry_id), (made_revision, _) in changed.items():
            group = KINDS[kind][0]
            values = groups.setdefault(group, dict(getattr(self._registry, group)))
            value = fresh.get((kind, entry_id))
            if value is None:
                values.pop(entry_id, None)
            elif entry_id not in values and made_revision <= self._mark[1]:
                return None
            else:
                values[entry_id] = value
        return self._registry.model_copy(update=groups)
