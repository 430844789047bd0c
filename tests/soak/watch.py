"""What a soak must not hear: exceptions, lines in the log, words of Qt; and how much memory the program holds."""

from __future__ import annotations

import ctypes
import gc
import logging
import sys
import threading
import traceback
from pathlib import Path
from types import TracebackType
from typing import Any

from PySide6.QtCore import QtMsgType, qInstallMessageHandler
from PySide6.QtWidgets import QApplication

# Qt's offscreen platform says these of itself, not of the program.
_OF_THE_PLATFORM = ("This plugin does not support", "QFont::setPointSizeF")
# QTest says these of itself where a list that pops up takes no notice of the pointer over it, or of a click.
_OF_THE_DRIVER = tuple(f'Mouse event "{name}" not accepted' for name in ("MouseMove", "MouseDClick", "MousePress"))


def rss_mb(most: bool = False) -> float:
    """Resident memory of this process in MB (10^6 bytes), or the most that it ever was; Linux alone."""
    name = "VmHWM" if most else "VmRSS"
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith(name):
            return int(line.split()[1]) * 1024 / 1e6
    raise RuntimeError(f"no {name} in /proc/self/status")


def private_mb() -> float:
    """What of that belongs to this process alone: without the pages of libraries and files; 10^6 bytes, Linux alone."""
    kb = [int(line.split()[1]) for line in _rollup() if line.startswith(("Private_Clean", "Private_Dirty"))]
    return sum(kb) * 1024 / 1e6


def _rollup() -> list[str]:
    return Path("/proc/self/smaps_rollup").read_text().splitlines()


class _Figures(ctypes.Structure):
    _fields_ = tuple((f"figure_{number}", ctypes.c_size_t) for number in range(10))


def parts() -> str:
    """What the C library gave out and holds free, in MB; nothing where it is not glibc."""
    ask = getattr(ctypes.CDLL(None), "mallinfo2", None)
    if ask is None:
        return ""
    ask.restype = _Figures
    figures = ask()
    used, free, mapped = (int(figure) / 1e6 for figure in (figures.figure_7, figures.figure_8, figures.figure_4))
    return f" (heaps {used:.0f}, free {free:.0f}, large {mapped:.0f})"


def counted() -> dict[str, int]:
    """Widgets and blocks of memory of Python's own that live now, after a collection of garbage."""
    gc.collect()
    return {"widgets": len(QApplication.allWidgets()), "blocks": sys.getallocatedblocks()}


class Watch(logging.Handler):
    """Collects findings from every door by which trouble comes."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.findings: list[str] = []

    def __enter__(self) -> Watch:
        logging.getLogger().addHandler(self)
        self._hooks = sys.excepthook, threading.excepthook, sys.unraisablehook
        sys.excepthook = self._raised
        threading.excepthook = lambda args: self._raised(args.exc_type, args.exc_value, args.exc_traceback)
        sys.unraisablehook = lambda args: self._raised(args.exc_type, args.exc_value, args.exc_traceback)
        self._qt = qInstallMessageHandler(self._said)
        return self

    def __exit__(self, *_: object) -> None:
        logging.getLogger().removeHandler(self)
        sys.excepthook, threading.excepthook, sys.unraisablehook = self._hooks
        qInstallMessageHandler(self._qt)

    def emit(self, record: logging.LogRecord) -> None:
        """Note a line of the log."""
        words = f"log {record.levelname} {record.name}: {record.getMessage()}"
        if record.exc_info:
            words += "\n" + "".join(traceback.format_exception(*record.exc_info))
        self.findings.append(words)

    def _raised(self, kind: Any, error: BaseException | None, trace: TracebackType | None) -> None:
        self.findings.append("".join(traceback.format_exception(kind, error, trace)))

    def _said(self, kind: QtMsgType, context: Any, words: str) -> None:
        if kind != QtMsgType.QtDebugMsg and not words.startswith(_OF_THE_PLATFORM + _OF_THE_DRIVER):
            self.findings.append(f"Qt: {words}")
