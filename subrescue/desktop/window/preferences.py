"""What the window remembers between two runs: last case, theme, notation, projection, size. Losing it loses no work."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QByteArray, QSettings

from subrescue.store.user_folders import config_folder


class Preferences:
    """A small file in the user's own folder."""

    def __init__(self, path: Path | None = None) -> None:
        path = path or config_folder() / "window.ini"
        self.folder = path.parent
        self._settings = QSettings(str(path), QSettings.Format.IniFormat)

    def text(self, key: str, default: str, allowed: tuple[str, ...] = ()) -> str:
        """A remembered word; the default where there is none or it is not one of those allowed."""
        value = str(self._settings.value(key, default))
        return value if not allowed or value in allowed else default

    def set_text(self, key: str, value: str) -> None:
        """Remember a word."""
        self._settings.setValue(key, value)

    def texts(self, key: str) -> list[str]:
        """A remembered list of words; empty where there is none or it cannot be read."""
        try:
            values = json.loads(self.text(key, "[]"))
        except ValueError:
            return []
        return [str(value) for value in values] if isinstance(values, list) else []

    def set_texts(self, key: str, values: Sequence[str]) -> None:
        """Remember a list of words."""
        self.set_text(key, json.dumps(list(values)))

    @property
    def last_case(self) -> Path | None:
        """The case file that was open last."""
        value = self.text("last_case", "")
        return Path(value) if value else None

    def bytes(self, key: str) -> QByteArray | None:
        """A remembered layout."""
        value = self._settings.value(key)
        return value if isinstance(value, QByteArray) else None

    def set_bytes(self, key: str, value: QByteArray) -> None:
        """Remember a layout."""
        self._settings.setValue(key, value)

    def save(self) -> None:
        """Write what is remembered."""
        self._settings.sync()
