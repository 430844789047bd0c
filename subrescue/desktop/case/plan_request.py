"""What is asked of the worker that plans beside the window."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field

from subrescue.desktop.case.quick_answer import AtHand
from subrescue.domain.case import Case


@dataclass(frozen=True, eq=False)
class PlanRequest:
    """A case that is to be planned, and how far that has come."""

    case: Case
    samples: int
    preview: bool
    chosen: str | None = None
    at_hand: AtHand | None = None
    asked_s: float = 0.0
    moves: bool = False
    """The hand moves: it was elsewhere a moment ago."""
    is_due: threading.Event = field(default_factory=threading.Event)
    """Set where it is worked out even if the hand moves on."""
    estimated: threading.Event = field(default_factory=threading.Event)
    """Set once it has been told of by an estimate."""
    guessed: threading.Event = field(default_factory=threading.Event)
    """Set once an estimate has been looked for, whether there is one or not."""
    unwanted: threading.Event = field(default_factory=threading.Event)
    """Set where it is to be given up while it is worked on."""
    shown: threading.Event = field(default_factory=threading.Event)
    """Set once its options at hand have been told of."""
    overtaken: threading.Event = field(default_factory=threading.Event)
    """Set once a later one has been told of, by an estimate."""

    def anew(self) -> PlanRequest:
        """The same, of which nothing has been done."""
        return PlanRequest(self.case, self.samples, self.preview, self.chosen, self.at_hand, self.asked_s, self.moves)
