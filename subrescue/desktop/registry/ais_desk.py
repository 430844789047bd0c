"""Listens to AIS beside the window: one run at a time on a thread of its own, which journals what it hears."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from subrescue.domain.errors import InputError, Problem

if TYPE_CHECKING:
    from subrescue.exchange.ais.listening import Listener, Progress
    from subrescue.exchange.ais.sources import Source
    from subrescue.store.workspace.command import Stamp
    from subrescue.store.workspace.workspace import Workspace

_log = logging.getLogger(__name__)
_PATIENCE_S = 3.0


class AisDesk(QObject):
    """Starts and stops runs. What they journal comes back as any other change of the registry does."""

    progressed = Signal(object)
    """Progress of the run."""
    ended = Signal(object, str)
    """Tally of the run that ended, and what went wrong in words, if anything."""

    def __init__(self, clock: Callable[[], datetime], stamp: Callable[[], Stamp]) -> None:
        super().__init__()
        self._clock = clock
        self._stamp = stamp
        self._stop = threading.Event()
        self._thread: threading.Thread | None = None
        self.source: Source | None = None
        self.progress: Progress | None = None
        self.progressed.connect(self._keep)
        self.ended.connect(self._forget)

    @property
    def is_listening(self) -> bool:
        """Whether a run is on."""
        return self.source is not None

    def start(self, workspace: Workspace | None, words: str, recorded_at: datetime | None = None) -> None:
        """Listen to the source that the words name. Raises InputError where they name none or a run is on."""
        from subrescue.exchange.ais.sources import source_of

        if workspace is None:
            raise InputError(Problem("registry", "a registry that is not open yet", "wait until it is"))
        if self.is_listening:
            raise InputError(Problem("source", f"a run that is on: {self.source}", "stop it first"))
        source = source_of(words)
        self.source, self.progress = source, None
        self._stop = threading.Event()
        self._thread = threading.Thread(
            target=self._run, args=(workspace, source, recorded_at, self._stop), name="ais", daemon=True
        )
        self._thread.start()

    def stop(self) -> None:
        """End the run; `ended` comes when it has."""
        self._stop.set()

    def close(self) -> None:
        """End the run and wait for it, before the workspace is closed."""
        self._stop.set()
        if self._thread is not None:
            self._thread.join(_PATIENCE_S)
            self._thread = None

    def _run(self, workspace: Workspace, source: Source, recorded_at: datetime | None, stop: threading.Event) -> None:
        from subrescue.exchange.ais.listening import Listener, Terms

        listener: Listener | None = None
        trouble = ""
        try:
            listener = Listener(
                workspace,
                source,
                clock=self._clock,
                stamp=self._stamp,
                terms=Terms(recorded_at=recorded_at, patient=source.is_live),
                told=self.progressed.emit,
            )
            listener.run(stop)
        except InputError as error:
            trouble = str(error)
        except Exception as error:  # noqa: BLE001 - the window outlives a fault of the listener; logged and shown
            _log.exception("listening to %s failed", source)
            trouble = f"{type(error).__name__}: {error}"
        self.ended.emit(listener.tally if listener is not None else None, trouble)

    def _keep(self, progress: Progress) -> None:
        self.progress = progress

    def _forget(self, *_: object) -> None:
        if self._thread is not None:
            self._thread.join(_PATIENCE_S)
        self._thread = self.source = None
