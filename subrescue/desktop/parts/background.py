"""Long work beside a window: a thread for each, with progress and cancel; results are handed back to the GUI.

What has an end runs here, pictures of the map in `map.picture_thread`, where the newest wish alone counts. Threads of
their own have the loops that last as long as the window, the planner (`case.plan_service`) and the look-out for other
desks (`registry.desk`), and AIS (`registry.ais_desk`), which may listen for days.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, Signal

from subrescue.domain.errors import InputError, Problem
from subrescue.exchange.wording import text

_log = logging.getLogger(__name__)
_PATIENCE_S = 2.0

Tick = Callable[[int, int], None]
"""Tells how much is done of how much; work that was cancelled ends there."""


class StoppedError(Exception):
    """The work was cancelled; nobody waits for it any more."""


class Job:
    """One piece of work that runs; once cancelled, nothing is heard of it."""

    def __init__(self, done: Callable[[Any], None], failed: Callable[[InputError], None], told: Tick | None) -> None:
        self.done, self.failed, self.told = done, failed, told
        self.cancelled = False
        self.ended = False

    def cancel(self) -> None:
        """Let it end at its next tick; what it did until then goes nowhere."""
        self.cancelled = True


class Background(QObject):
    """Runs jobs; what they bring back is called on the GUI's thread. `stop` ends them all."""

    _event = Signal(object, object, object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._threads: list[tuple[Job, threading.Thread]] = []
        self._ended = False
        self._event.connect(self._take)

    @property
    def is_busy(self) -> bool:
        """Whether any job runs."""
        return any(not (job.ended or job.cancelled) for job, _ in self._threads)

    def run(
        self,
        act: Callable[[Tick], Any],
        done: Callable[[Any], None],
        failed: Callable[[InputError], None],
        told: Tick | None = None,
    ) -> Job:
        """Begin a job. It ends with one call of `done` or `failed`, or with none where it is cancelled."""
        self._ended = False
        job = Job(done, failed, told)
        thread = threading.Thread(target=self._work, args=(job, act), name="background", daemon=True)
        self._threads = [(one, its) for one, its in self._threads if its.is_alive()]
        self._threads.append((job, thread))
        thread.start()
        return job

    def stop(self) -> None:
        """Cancel all jobs and wait a little for their ends."""
        for job, _ in self._threads:
            job.cancel()
        for _, thread in self._threads:
            thread.join(_PATIENCE_S)
        self._threads = []
        self._ended = True

    def _work(self, job: Job, act: Callable[[Tick], Any]) -> None:
        def tick(done: int, of: int) -> None:
            if job.cancelled:
                raise StoppedError
            self._send(job, "told", (done, of))

        try:
            result = act(tick)
        except StoppedError:
            return
        except InputError as error:
            self._tell(job, "failed", error)
        except Exception as error:  # noqa: BLE001 - the window outlives a fault of long work; logged and shown
            _log.exception("work beside the window failed")
            found = f"a fault of the program ({type(error).__name__}: {error})"
            self._tell(job, "failed", InputError(Problem("", found, text("background.fault"))))
        else:
            self._tell(job, "done", result)

    def _tell(self, job: Job, what: str, value: object) -> None:
        if not job.cancelled:
            self._send(job, what, value)

    def _send(self, job: Job, what: str, value: object) -> None:
        if not self._ended:  # the window may be gone
            self._event.emit(job, what, value)

    def _take(self, job: Job, what: str, value: Any) -> None:
        if job.cancelled:
            return
        if what == "told":
            if job.told is not None:
                job.told(*value)
            return
        job.ended = True
        (job.done if what == "done" else job.failed)(value)
