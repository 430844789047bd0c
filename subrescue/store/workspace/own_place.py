"""Where the user's own workspace lies; asked before anything heavy is loaded."""

from __future__ import annotations

from pathlib import Path

FILE = "workspace.sqlite"
DEFAULT = "default"
"""The word for the workspace in the user's data folder."""


def default_path() -> Path:
    """The file of the default workspace, in the user's data folder."""
    from platformdirs import user_data_path

    return user_data_path("subrescue", appauthor=False) / FILE
