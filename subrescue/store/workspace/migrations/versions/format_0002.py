"""The second format: a command knows from when what it did stands, also where the clock of its desk was behind."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Fill the new column with the latest time up to each command; look up past states by it, and what is new."""
    # SQLite adds a column that is never empty only with a default; every row gets its own value below.
    zone = "+00" if op.get_bind().dialect.name == "postgresql" else ""
    column = sa.Column(
        "stands_from", sa.DateTime(timezone=True), nullable=False, server_default=f"1970-01-01 00:00:00.000000{zone}"
    )
    op.add_column("commands", column)
    op.execute(
        "UPDATE commands SET stands_from = latest.at FROM"
        " (SELECT revision, max(at) OVER (ORDER BY revision) AS at FROM commands) AS latest"
        " WHERE latest.revision = commands.revision"
    )
    op.drop_index("commands_by_time", "commands")
    op.create_index("commands_by_time", "commands", ["stands_from"])
    op.create_index("entries_by_revision", "entries", ["revision"])
