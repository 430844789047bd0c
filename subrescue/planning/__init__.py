"""Pure computation: from a case, the registry, the assumptions and the world to the response. No files, no clock."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from subrescue.planning.answer.respond import plan

__all__ = ["plan"]


def __getattr__(name: str) -> Any:
    # Late: the planner needs numpy, a reader of `subrescue.planning.survival.survival` alone may not.
    if name == "plan":
        from subrescue.planning.answer.respond import plan

        return plan
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
