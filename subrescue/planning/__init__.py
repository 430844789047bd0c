"""Pure computation: from a case, the registry, the assumptions and the world to the response. No files, no clock."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from subrescue.planning.answer.respond import plan

__all__ = ["plan"]


def __getattr__(name: str) -> Any:
    # Late: the planner needs numpy; who wants one light module of it, `basis.giving_up`, need not wait for that.
    if name == "plan":
        from subrescue.planning.answer.respond import plan

        return plan
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
