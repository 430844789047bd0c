"""What is written down of an error that nobody foresaw: a text that a person can read before it is given to anybody."""

from __future__ import annotations

import platform
import sys
import traceback
from datetime import datetime
from pathlib import Path
from types import TracebackType

from subrescue.desktop.parts.words import tr
from subrescue.domain.errors import InputError
from subrescue.store.files import write_atomically

MOST_FILES = 20
"""Reports that are kept; older ones are removed."""


def report_text(
    kind: type[BaseException], error: BaseException, trace: TracebackType | None, when: datetime, home: Path
) -> str:
    """The report: time, versions and the places in the program. The user's home folder is written as `~`."""
    import PySide6
    from PySide6.QtGui import QGuiApplication

    import subrescue

    app = QGuiApplication.instance()
    screen = app.platformName() if isinstance(app, QGuiApplication) else "none"
    lines = [
        tr("Subrescue came upon an error that it did not foresee, and went on."),
        tr("This text was sent to nobody. It holds no part of a case, unless the error itself names one."),
        "",
        f"Time      {when.isoformat(timespec='seconds')}",
        f"Subrescue {subrescue.__version__}",
        f"Python    {sys.version.split()[0]}, PySide6 {PySide6.__version__} ({screen})",
        f"System    {platform.platform()}",
        "",
        "".join(traceback.format_exception(kind, error, trace)),
    ]
    text = "\n".join(lines)
    return text.replace(str(home), "~") if home != home.parent else text


def write_report(folder: Path, text: str, when: datetime) -> Path | None:
    """Write a report and remove the oldest of too many; None where the folder cannot be written."""
    path = folder / f"crash-{when.strftime('%Y%m%dT%H%M%S-%f')}.txt"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        write_atomically(path, text)
        for old in sorted(folder.glob("crash-*.txt"))[:-MOST_FILES]:
            old.unlink(missing_ok=True)
    except (OSError, InputError):
        return None
    return path
