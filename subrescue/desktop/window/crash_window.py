"""Shows an error that nobody foresaw: it is written to a file, can be read and copied, and the program goes on."""

from __future__ import annotations

import sys
import threading
from collections import Counter
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QHBoxLayout,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from subrescue.desktop.parts.boxes import fixed_font, make_room
from subrescue.desktop.parts.clock import utc_now
from subrescue.desktop.parts.plain_text import PlainLabel
from subrescue.desktop.parts.words import tr, trn
from subrescue.desktop.window.crash_report import report_text, write_report

_MOST_REPORTS = 20  # of different errors in one run; a fault that strikes at every paint must not fill the disk


class CrashWindow(QDialog):
    """One report to read, copy and close; it waits for nobody."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Unforeseen error"))
        make_room(self, 760, 460)
        self.words = PlainLabel()
        self.words.setWordWrap(True)
        self.words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.text = QPlainTextEdit()
        self.text.setReadOnly(True)
        self.text.setTabChangesFocus(True)
        self.text.setAccessibleName(tr("Report"))
        self.copy_button = QPushButton(tr("Copy"))
        self.copy_button.clicked.connect(lambda: QApplication.clipboard().setText(self.text.toPlainText()))
        self.close_button = QPushButton(tr("Close"))
        self.close_button.clicked.connect(self.hide)
        self.close_button.setDefault(True)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(self.copy_button)
        buttons.addWidget(self.close_button)
        layout = QVBoxLayout(self)
        layout.addWidget(self.words)
        layout.addWidget(self.text, 1)
        layout.addLayout(buttons)

    def show_report(self, text: str, path: Path | None, count: int) -> None:
        """Show a report, where it lies, and how often the error came."""
        self.text.setFont(fixed_font())
        where = (
            tr("The report below was written to {path}. Nothing was sent.", path=path)
            if path is not None
            else tr("The report below could not be written to a file. Nothing was sent.")
        )
        often = trn("It came {count} time.", "It came {count} times.", count)
        said = tr("An error came that the program did not foresee. Your work is kept and the program goes on.")
        self.words.setText(f"{said} {often}\n{where}")
        if self.text.toPlainText() != text:
            self.text.setPlainText(text)
        self.show()


class CrashReporter(QObject):
    """Catches what no other part caught, in any thread, from `install` to `uninstall`."""

    _caught = Signal(str, object, int)

    def __init__(self, folder: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._folder = folder
        self._seen: Counter[str] = Counter()
        self._reports: dict[str, tuple[str, Path | None]] = {}
        self._lock = threading.Lock()
        self.window: CrashWindow | None = None
        self._caught.connect(self._show)
        self._before = (sys.excepthook, threading.excepthook)

    def install(self) -> None:
        """Take the place of Python's own hooks."""
        self._before = (sys.excepthook, threading.excepthook)
        sys.excepthook = self.catch
        threading.excepthook = self._catch_in_thread

    def uninstall(self) -> None:
        """Give Python's hooks their place back."""
        sys.excepthook, threading.excepthook = self._before

    def _catch_in_thread(self, args: threading.ExceptHookArgs) -> None:
        if args.exc_value is not None and not issubclass(args.exc_type, SystemExit):
            self.catch(args.exc_type, args.exc_value, args.exc_traceback)

    def catch(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        """Write the report of an error, once for each place in the program, and show it."""
        if issubclass(kind, KeyboardInterrupt):
            self._before[0](kind, error, trace)
            return
        key = _key(kind, trace)
        with self._lock:
            self._seen[key] += 1
            count = self._seen[key]
            if key not in self._reports:
                if len(self._reports) >= _MOST_REPORTS:
                    return
                when = utc_now()
                text = report_text(kind, error, trace, when, Path.home())
                self._reports[key] = (text, write_report(self._folder, text, when))
            text, path = self._reports[key]
        if count == 1 and sys.stderr is not None:  # a program without a console has none
            where = f"; report in {path}" if path is not None else ""
            sys.stderr.write(f"subrescue: unforeseen error ({kind.__name__}){where}\n")
        self._caught.emit(text, path, count)

    def _show(self, text: str, path: Path | None, count: int) -> None:
        if self.window is None:
            self.window = CrashWindow()  # of no window: another language makes those anew
        if count == 1 or self.window.isVisible():
            self.window.show_report(text, path, count)


def _key(kind: type[BaseException], trace: TracebackType | None) -> str:
    """Type of an error and the lines that it came through."""
    places = [kind.__qualname__]
    while trace is not None:
        places.append(f"{trace.tb_frame.f_code.co_filename}:{trace.tb_lineno}")
        trace = trace.tb_next
    return "\n".join(places)
