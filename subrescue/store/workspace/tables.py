"""The tables of a workspace: entries as they stand, and the journal of commands with every field that they changed."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    DateTime,
    Dialect,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    MetaData,
    Row,
    String,
    Table,
    Text,
    TypedColumns,
    TypeDecorator,
)

AnyRow = Row[*tuple[Any, ...]]
"""A row of any query; its columns are read by name."""

FORMAT_TABLE = "workspace_format"
"""Where alembic keeps the number of the format."""


class Instant(TypeDecorator[datetime]):
    """An aware instant, in UTC; SQLite, which knows no zones, keeps it as UTC text."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """UTC, without its zone for SQLite."""
        if value is None:
            return None
        utc = value.astimezone(UTC)
        return utc.replace(tzinfo=None) if dialect.name == "sqlite" else utc

    def process_result_value(self, value: datetime | None, _: Dialect) -> datetime | None:
        """UTC, aware."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Json(TypeDecorator[Any]):
    """A value as JSON text; None is NULL. As text, as SQLite would turn a column of type JSON with 20.0 in it to 20."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Any, _: Dialect) -> str | None:
        """JSON text, without blanks."""
        return None if value is None else json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)

    def process_result_value(self, value: str | None, _: Dialect) -> Any:
        """The value."""
        return None if value is None else json.loads(value)


METADATA = MetaData()
"""All tables of the workspace. Without the mapper of objects, which nothing here needs and takes 6 MB."""


class _WorkspaceRow(TypedColumns):
    """The one row that says which workspace this is and how far its journal goes; a writer locks it first."""

    id = Column(Integer, primary_key=True, autoincrement=False)
    generation = Column(String(36), nullable=False)
    made_at = Column(Instant, nullable=False)
    revision = Column(BigInteger, nullable=False)


WORKSPACE = Table("workspace", METADATA, _WorkspaceRow)
WorkspaceRow = WORKSPACE.c


class _EntryRow(TypedColumns):
    """An entry as it stands, or as it last stood where it is retired; nothing is ever deleted."""

    kind = Column(String(60), primary_key=True)
    id = Column(String(200), primary_key=True)
    made_revision = Column(BigInteger, nullable=False)
    made_position = Column(Integer, nullable=False)
    revision = Column(BigInteger, nullable=False)
    retired = Column(Boolean, nullable=False)
    data: Column[dict[str, Any]] = Column(Json, nullable=False)


ENTRIES = Table(
    "entries",
    METADATA,
    _EntryRow,
    Index("entries_by_revision", "revision"),
)
EntryRow = ENTRIES.c


class _CommandRow(TypedColumns):
    """One command: who, when, at which desk, why; an undo or redo names the command that it is of.

    `at` is what the clock of the desk said. `stands_from` never goes back: it is the time of an earlier command where
    the clock of this desk was behind, so that every instant of the past has one state.
    """

    revision = Column(BigInteger, primary_key=True, autoincrement=False)
    at = Column(Instant, nullable=False)
    stands_from = Column(Instant, nullable=False)
    who = Column(String(200), nullable=False)
    desk = Column(String(200), nullable=False)
    act = Column(String(20), nullable=False)
    of_revision = Column(BigInteger, ForeignKey("commands.revision"), nullable=True)
    why = Column(Text, nullable=False)


COMMANDS = Table(
    "commands",
    METADATA,
    _CommandRow,
    Index("commands_by_time", "stands_from"),
    Index("commands_by_desk", "desk", "revision"),
)
CommandRow = COMMANDS.c


class _ChangeRow(TypedColumns):
    """One field of one entry before and after a command.

    `field` is "" where the whole entry was made (`before` is null) or retired (`after` is null); the evidence of a
    field is a field of its own, `evidence.max_depth_m`.
    """

    revision = Column(BigInteger, ForeignKey("commands.revision"), primary_key=True)
    position = Column(Integer, primary_key=True)
    kind = Column(String(60), nullable=False)
    entry_id = Column(String(200), nullable=False)
    field = Column(String(200), nullable=False)
    before: Column[Any] = Column(Json, nullable=True)
    after: Column[Any] = Column(Json, nullable=True)


CHANGES = Table(
    "changes",
    METADATA,
    _ChangeRow,
    ForeignKeyConstraint(["kind", "entry_id"], ["entries.kind", "entries.id"]),
    Index("changes_by_entry", "kind", "entry_id", "field", "revision"),
)
ChangeRow = CHANGES.c
