"""The tables of a workspace: entries as they stand, and the journal of commands with every field that they changed."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    BigInteger,
    DateTime,
    Dialect,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    Row,
    String,
    Text,
    TypeDecorator,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

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


class Base(DeclarativeBase):
    """All tables of the workspace."""


class WorkspaceRow(Base):
    """The one row that says which workspace this is and how far its journal goes; a writer locks it first."""

    __tablename__ = "workspace"

    id: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    generation: Mapped[str] = mapped_column(String(36))
    made_at: Mapped[datetime] = mapped_column(Instant)
    revision: Mapped[int] = mapped_column(BigInteger)


class EntryRow(Base):
    """An entry as it stands, or as it last stood where it is retired; nothing is ever deleted."""

    __tablename__ = "entries"
    __table_args__ = (Index("entries_by_revision", "revision"),)

    kind: Mapped[str] = mapped_column(String(60), primary_key=True)
    id: Mapped[str] = mapped_column(String(200), primary_key=True)
    made_revision: Mapped[int] = mapped_column(BigInteger)
    made_position: Mapped[int] = mapped_column(Integer)
    revision: Mapped[int] = mapped_column(BigInteger)
    retired: Mapped[bool]
    data: Mapped[dict[str, Any]] = mapped_column(Json, nullable=False)


class CommandRow(Base):
    """One command: who, when, at which desk, why; an undo or redo names the command that it is of.

    `at` is what the clock of the desk said. `stands_from` never goes back: it is the time of an earlier command where
    the clock of this desk was behind, so that every instant of the past has one state.
    """

    __tablename__ = "commands"
    __table_args__ = (Index("commands_by_time", "stands_from"), Index("commands_by_desk", "desk", "revision"))

    revision: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    at: Mapped[datetime] = mapped_column(Instant)
    stands_from: Mapped[datetime] = mapped_column(Instant)
    who: Mapped[str] = mapped_column(String(200))
    desk: Mapped[str] = mapped_column(String(200))
    act: Mapped[str] = mapped_column(String(20))
    of_revision: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("commands.revision"))
    why: Mapped[str] = mapped_column(Text)


class ChangeRow(Base):
    """One field of one entry before and after a command.

    `field` is "" where the whole entry was made (`before` is null) or retired (`after` is null); the evidence of a
    field is a field of its own, `evidence.max_depth_m`.
    """

    __tablename__ = "changes"
    __table_args__ = (
        ForeignKeyConstraint(["kind", "entry_id"], ["entries.kind", "entries.id"]),
        Index("changes_by_entry", "kind", "entry_id", "field", "revision"),
    )

    revision: Mapped[int] = mapped_column(BigInteger, ForeignKey("commands.revision"), primary_key=True)
    position: Mapped[int] = mapped_column(Integer, primary_key=True)
    kind: Mapped[str] = mapped_column(String(60))
    entry_id: Mapped[str] = mapped_column(String(200))
    field: Mapped[str] = mapped_column(String(200))
    before: Mapped[Any] = mapped_column(Json, nullable=True)
    after: Mapped[Any] = mapped_column(Json, nullable=True)
