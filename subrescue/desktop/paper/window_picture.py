"""The whole window as a picture, for a machine without a screen and for people who document a plan."""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from subrescue.domain.errors import InputError, Problem

if TYPE_CHECKING:
    from PySide6.QtGui import QImage

    from subrescue.domain.registry import Registry

LONGEST_WAIT_MS = 120_000


def save_window_picture(
    case_path: Path,
    path: Path,
    width: int = 1600,
    height: int = 1000,
    theme: str = "day",
    *,
    registry: Registry | None = None,
) -> None:
    """Write the window of a case, after its first response, as a PNG picture. Works without a screen.

    Without a registry, the shipped one is planned with. Raises InputError where the case cannot be read, no response
    comes in two minutes, or the picture cannot be written.
    """
    go_without_screen()
    from PySide6.QtCore import QEvent, QEventLoop, QTimer

    from subrescue.desktop.app import application, make_window
    from subrescue.desktop.parts.window_collector import WindowCollector
    from subrescue.desktop.window.preferences import Preferences

    app = application()
    with tempfile.TemporaryDirectory(prefix="subrescue-") as folder:
        window = make_window(case_path, Preferences(Path(folder) / "window.ini"), planned_with=registry)
        WindowCollector(window)
        window.set_theme(theme)
        window.resize(width, height)
        window.reset_layout()
        window.show()
        loop = QEventLoop()

        def end_when_done() -> None:
            desk = window.desk
            answered = desk.response is not None or bool(desk.answer.trouble)
            if answered and (desk.depth_ready or desk.answer.trouble) and not window.map.is_painting:
                loop.quit()

        poll, limit = QTimer(), QTimer()
        poll.timeout.connect(end_when_done)
        poll.start(50)
        limit.setSingleShot(True)
        limit.timeout.connect(loop.quit)
        limit.start(LONGEST_WAIT_MS)
        loop.exec()
        poll.stop()
        limit.stop()
        window.map.fit_scene()
        answered = window.desk.response is not None or bool(window.desk.answer.trouble)
        _settle(window.map)
        image = window.grab().toImage()
        window.close()
        window.deleteLater()
        app.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    if not answered:
        found = f"no response within {LONGEST_WAIT_MS // 1000} s"
        raise InputError(Problem("", found, "a response is needed for the picture", str(case_path)))
    write_png(image, path)


def _settle(map_widget: object) -> None:
    """Let the map paint its base for the view that it shows now."""
    from PySide6.QtCore import QEventLoop, QTimer

    from subrescue.desktop.map.widget import MapWidget

    assert isinstance(map_widget, MapWidget)
    loop = QEventLoop()
    poll = QTimer()
    poll.timeout.connect(lambda: None if map_widget.is_painting else loop.quit())
    poll.start(30)
    loop.exec()
    poll.stop()


def go_without_screen() -> None:
    """Let Qt, which is not begun yet, paint into memory where there is no screen."""
    if sys.platform in ("win32", "darwin") or os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"):
        return
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")


def write_png(image: QImage, path: Path) -> None:
    """Write a picture; the old or the new file is there at any moment. Raises InputError."""
    from PySide6.QtCore import QBuffer, QByteArray, QIODevice

    from subrescue.store.files import write_atomically

    content = QByteArray()
    buffer = QBuffer(content)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload]
    buffer.close()
    write_atomically(path, bytes(content.data()))
