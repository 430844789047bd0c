"""What is asked of the worker that plans beside the window."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field

from subrescue.desktop.case.quick_answer import AtHand
from subrescue.domain.case import Case


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
