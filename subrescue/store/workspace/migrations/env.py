"""Alembic runs this: it takes the connection, with the transaction on it, that the program hands over."""

from __future__ import annotations

from alembic import context

from subrescue.store.workspace.tables import FORMAT_TABLE, METADATA

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=METADATA,
    version_table=FORMAT_TABLE,
)
context.run_migrations()
