"""What the hand holds: fields of the case that a drag or a lever moves, which is no edit until it is let go."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from subrescue.desktop.case.session import value_at
from subrescue.domain.case import Case


class InHand:
    """The fields under the hand, each with the value that it was taken up from.

    What was begun on one case, or from a value that holds no longer, is never let go into another.
    """

    def __init__(self) -> None:
        self.given_up: list[Callable[[str], object]] = []
        """Told the path of a field: whoever moves it shows the value of the case again."""
        self._held: dict[str, Any] = {}

    def take(self, path: str, case: Case) -> None:
        """Note that a field is moved, the first time."""
        if path not in self._held:
            self._held[path] = value_at(case, path)

    def let_go(self, path: str) -> None:
        """Note that it is moved no more: it was let go, or taken back."""
        self._held.pop(path, None)

    def forget(self) -> None:
        """Hold nothing, and tell nobody any more."""
        self._held.clear()
        self.given_up.clear()

    def give_up(self) -> bool:
        """Have all that is held left as it was; says whether anything was held."""
        return self._give_up(list(self._held))

    def follow(self, case: Case) -> None:
        """Give up what has been changed under the hand."""
        self._give_up([path for path, value in self._held.items() if value_at(case, path) != value])

    def _give_up(self, paths: list[str]) -> bool:
        for path in paths:
            self._held.pop(path, None)
            for tell in tuple(self.given_up):
                tell(path)
        return bool(paths)
