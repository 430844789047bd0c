"""The third format: ships know where they were last seen, and the journal holds observations beside edits.

Both stand in columns that are there already. The number is what keeps an older program, which knows neither, from
opening the workspace and misreading it.
"""

from __future__ import annotations

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Nothing to alter."""
