"""The user's own folders for settings and data, or the one folder of a profile that is used instead of both."""

from __future__ import annotations

from pathlib import Path

from subrescue.domain.errors import InputError, Problem
from subrescue.store.files import is_file

_profile: Path | None = None


def config_folder() -> Path:
    """Where settings are kept."""
    if _profile is not None:
        return _profile
    from platformdirs import user_config_path

    return user_config_path("subrescue", appauthor=False)


def data_folder() -> Path:
    """Where the user's workspace is kept."""
    if _profile is not None:
        return _profile
    from platformdirs import user_data_path

    return user_data_path("subrescue", appauthor=False)


def use_profile(folder: Path) -> None:
    """Keep everything in one folder from now on, which is made where it is not there yet.

    Raises InputError where it is no folder or cannot be made or written.
    """
    global _profile
    import tempfile

    allowed = "a folder that may be written, or the name of one to make, is needed"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            pass
    except OSError as error:
        found = "a file" if is_file(folder) else f"a place that cannot be written ({error.strerror})"
        raise InputError(Problem("--profile", found, allowed, str(folder))) from None
    _profile = folder.resolve()
