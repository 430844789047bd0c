"""The first format: entries as they stand, and the journal with a row for each command and each field changed."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Make the tables in an empty database."""
    op.create_table(
        "workspace",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("generation", sa.String(36), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revision", sa.BigInteger, nullable=False),
    )
    op.create_table(
        "entries",
        sa.Column("kind", sa.String(60), primary_key=True),
        sa.Column("id", sa.String(200), primary_key=True),
        sa.Column("made_revision", sa.BigInteger, nullable=False),
        sa.Column("made_position", sa.Integer, nullable=False),
        sa.Column("revision", sa.BigInteger, nullable=False),
        sa.Column("retired", sa.Boolean, nullable=False),
        sa.Column("data", sa.Text, nullable=False),
    )
    op.create_table(
        "commands",
        sa.Column("revision", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("who", sa.String(200), nullable=False),
        sa.Column("desk", sa.String(200), nullable=False),
        sa.Column("act", sa.String(20), nullable=False),
        sa.Column("of_revision", sa.BigInteger, sa.ForeignKey("commands.revision")),
        sa.Column("why", sa.Text, nullable=False),
    )
    op.create_index("commands_by_time", "commands", ["at"])
    op.create_index("commands_by_desk", "commands", ["desk", "revision"])
    op.create_table(
        "changes",
        sa.Column("revision", sa.BigInteger, sa.ForeignKey("commands.revision"), primary_key=True),
        sa.Column("position", sa.Integer, primary_key=True),
        sa.Column("kind", sa.String(60), nullable=False),
        sa.Column("entry_id", sa.String(200), nullable=False),
        sa.Column("field", sa.String(200), nullable=False),
        sa.Column("before", sa.Text),
        sa.Column("after", sa.Text),
        sa.ForeignKeyConstraint(["kind", "entry_id"], ["entries.kind", "entries.id"]),
    )
    op.create_index("changes_by_entry", "changes", ["kind", "entry_id", "field", "revision"])
