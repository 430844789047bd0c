"""What the worker that plans beside the window is asked for: from the window's thread in, on the worker's out."""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from subrescue.desktop.case.quick_answer import AtHand
from subrescue.domain.case import Case
from subrescue.planning.basis.giving_up import GivenUpError

if TYPE_CHECKING:
    from subrescue.desktop.case.plan_service import Resources

_REST_S = 0.09
"""The hand rests so long after its last move; what is asked for sooner after another comes from a hand that moves."""
_PLAN_AFTER_S = 1.0
"""While the hand moves on, what is told of is estimated; so long after the last plan one is made all the same."""

Change = Callable[["Resources"], "Resources"]


@dataclass(eq=False)
class PlanRequest:
    """A case that is to be planned, and how far that has come; `replace` makes one of which nothing has been done."""

    case: Case
    samples: int
    preview: bool
    chosen: str | None = None
    at_hand: AtHand | None = None
    asked_s: float = 0.0
    moves: bool = False
    """The hand moves: it was elsewhere a moment ago."""
    is_held: bool = False
    """Nothing is done of it until it is let go: beside a window that paints, both take twice their time."""
    is_due: bool = field(default=False, init=False)
    """It is worked out even if the hand moves on."""
    estimated: bool = field(default=False, init=False)
    """It has been told of by an estimate."""
    guessed: threading.Event = field(default_factory=threading.Event, init=False)
    """Set once an estimate has been looked for, whether there is one or not; the window waits for that."""
    unwanted: bool = field(default=False, init=False)
    """It is to be given up while it is worked on."""
    shown: bool = field(default=False, init=False)
    """Its options at hand have been told of."""
    overtaken: bool = field(default=False, init=False)
    """A later one has been told of, by an estimate."""


class PlanRequests:
    """The latest case that is asked for, changes of the resources in their order, and the end.

    What is asked for next, and a change, has what is being worked on given up at its next step; a preview gives way to
    another only once its options at hand have been told of.
    """

    def __init__(self) -> None:
        self._wake = threading.Condition()
        self._next: PlanRequest | None = None
        self._now: PlanRequest | None = None
        self._changes: deque[Change] = deque()
        self._moved_s = self._planned_s = -1e9  # when the last preview was asked for; the last plan of a moving hand
        self.are_over = False

    def ask(
        self,
        case: Case,
        samples: int,
        *,
        preview: bool,
        chosen: str | None,
        at_hand: AtHand | None,
        is_held: bool = False,
    ) -> None:
        """Ask for the response to a case; a request that waits is replaced. is_held: until it is let go."""
        now_s = time.monotonic()
        with self._wake:
            moves = preview and now_s - self._moved_s < _REST_S
            if not moves:
                self._planned_s = now_s
            self._moved_s = now_s if preview else -1e9
            self._next = PlanRequest(case, samples, preview, chosen, at_hand, now_s, moves, is_held)
            now = self._now
            if now is not None and not (preview and now.preview and not now.shown):
                now.unwanted = True
            self._wake.notify()

    def change(self, change: Change) -> None:
        """Have the resources changed, before anything else is planned; what is being planned is begun anew then."""
        with self._wake:
            self._changes.append(change)
            if self._now is not None:
                self._now.unwanted = True
                # Nobody asks again where the change is refused.
                self._next = self._next or replace(self._now)
            self._wake.notify()

    def end(self) -> None:
        """Have nothing more done."""
        with self._wake:
            self.are_over = True
            self._next = None
            self._changes.clear()
            if self._now is not None:
                self._now.unwanted = True
            self._wake.notify()

    def let_go(self) -> None:
        """Have the request that waits begun."""
        with self._wake:
            if self._next is not None:
                self._next.is_held = False
                self._wake.notify()

    @property
    def latest(self) -> PlanRequest | None:
        """The request that waits, else the one that is worked on."""
        return self._next or self._now

    @property
    def waiting(self) -> PlanRequest | None:
        """The request that waits while another is worked on."""
        return self._next if self._next is not None and not self._next.is_held else None

    def wait(self, most_s: float | None) -> bool:
        """Wait until there is something to do; false where so long there was not."""
        with self._wake:
            return self._wake.wait_for(self._are_there, most_s)

    def take(self) -> PlanRequest | Change | None:
        """What is to be done next, changes first; None at the end."""
        with self._wake:
            if self.are_over:
                return None
            if self._changes:
                return self._changes.popleft()
            self._now, self._next = self._next, None
            return self._now

    def finish(self) -> bool:
        """Call the request that was taken done; says whether no other waits."""
        with self._wake:
            self._now = None
            return self._next is None

    def wait_for_rest(self, request: PlanRequest) -> None:
        """Wait until the hand rests, or a plan is due. Raises GivenUpError where it moves on before."""

        def is_over() -> bool:
            return self._next is not None or self._are_there() or request.unwanted

        with self._wake:
            due_s = self._planned_s + _PLAN_AFTER_S
            self._wake.wait_for(is_over, min(request.asked_s + _REST_S, due_s) - time.monotonic())
            if time.monotonic() >= due_s:
                request.is_due = True
            elif is_over():
                raise GivenUpError

    def show(self, request: PlanRequest) -> None:
        """Note that the options at hand have been told of: a newer request may end this one from here on."""
        with self._wake:
            self._planned_s = time.monotonic()
            request.shown = True
            if self._next is not None:
                request.unwanted = True

    def _are_there(self) -> bool:
        return self.waiting is not None or bool(self._changes) or self.are_over
