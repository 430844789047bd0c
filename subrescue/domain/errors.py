"""The few errors that a user's input can cause, each saying where, what was found and what is allowed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from subrescue.domain.unseen import spelt_out

_MOST_TOLD = 100
"""Faults that a person may still read through."""
_LONGEST = 300
"""Characters of what was found, or of a field's name: more is the user's own text once more."""


@dataclass(frozen=True)
class Problem:
    """One thing wrong with an input: the field, what was found there and what is allowed; file and line where known.

    A warning is doubtful and does not forbid the input.
    """

    field: str
    found: str
    allowed: str
    file: str | None = None
    line: int | None = None
    warning: bool = False

    def __str__(self) -> str:
        place = ""
        if self.file is not None:
            place = self.file if self.line is None else f"{self.file}, line {self.line}"
            place += ": "
        name = f"{_cut(self.field)}: " if self.field else ""
        # Names of files and fields and what was found are the user's: nothing in them works on a terminal.
        return spelt_out(f"{place}{name}found {_cut(self.found)}; {self.allowed}", one_line=True)


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 3]}..."


def _told(problems: tuple[Problem, ...]) -> tuple[str, ...]:
    told = tuple(str(problem) for problem in problems[:_MOST_TOLD])
    more = len(problems) - len(told)
    return (*told, f"and {more:,} more faults") if more else told


class InputError(ValueError):
    """Input that cannot be used; `problems` lists every fault found, `str()` tells the first hundred, one a line."""

    def __init__(self, problems: Sequence[Problem] | Problem) -> None:
        self.problems: tuple[Problem, ...] = (problems,) if isinstance(problems, Problem) else tuple(problems)
        super().__init__("\n".join(_told(self.problems)))

    def lines(self) -> tuple[str, ...]:
        """The error as lines for a terminal: one fault each, and how many more there are than can be read."""
        return _told(self.problems)
