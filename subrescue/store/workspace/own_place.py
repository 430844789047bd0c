"""Where the user's own workspace lies; asked before anything heavy is loaded."""

from __future__ import annotations

from pathlib import Path

from subrescue.store.user_folders import data_folder

FILE = "workspace.sqlite"
DEFAULT = "default"
"""The word for the workspace in the user's data folder."""


def default_path() -> Path:
    """The file of the default workspace, in the user's data folder."""
    return data_folder() / FILE
