"""Subrescue: which national assets can reach a distressed submarine, and in what time.

The interface for Python scripts, with the same core as the window and the command line:

    >>> import subrescue
    >>> case = subrescue.read_case("kursk-2000")                          # a path, or the name of a shipped case
    >>> response = subrescue.plan(case, subrescue.load_registry(), subrescue.load_assumptions(), subrescue.load_world())
    >>> [(option.name, option.verdict) for option in response.options]

Hours of a response count from `case.alert`. What is not known is None. Input that cannot be used raises InputError,
which names every fault. Everything here is loaded when it is first used.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path

    from subrescue.domain.case import Case
    from subrescue.domain.errors import InputError, Problem
    from subrescue.domain.position import Fix, Position
    from subrescue.domain.quantities import Assumptions, Band, Pert
    from subrescue.domain.registry import Registry
    from subrescue.domain.response import Option, Response, Verdict
    from subrescue.earth.coordinates import format_position, parse_position
    from subrescue.earth.sea_pairs import sea_pairs
    from subrescue.earth.world import World, load_world
    from subrescue.exchange.case_toml import case_to_toml
    from subrescue.exchange.response_json import response_to_dict
    from subrescue.planning.respond import plan
    from subrescue.store.assumptions import load_assumptions
    from subrescue.store.checks import check_case
    from subrescue.store.registry import load_registry

_HOME = {
    "Assumptions": "subrescue.domain.quantities",
    "Band": "subrescue.domain.quantities",
    "Case": "subrescue.domain.case",
    "Fix": "subrescue.domain.position",
    "InputError": "subrescue.domain.errors",
    "Option": "subrescue.domain.response",
    "Pert": "subrescue.domain.quantities",
    "Position": "subrescue.domain.position",
    "Problem": "subrescue.domain.errors",
    "Registry": "subrescue.domain.registry",
    "Response": "subrescue.domain.response",
    "Verdict": "subrescue.domain.response",
    "World": "subrescue.earth.world",
    "case_to_toml": "subrescue.exchange.case_toml",
    "check_case": "subrescue.store.checks",
    "format_position": "subrescue.earth.coordinates",
    "load_assumptions": "subrescue.store.assumptions",
    "load_registry": "subrescue.store.registry",
    "load_world": "subrescue.earth.world",
    "parse_position": "subrescue.earth.coordinates",
    "plan": "subrescue.planning.respond",
    "response_to_dict": "subrescue.exchange.response_json",
    "sea_pairs": "subrescue.earth.sea_pairs",
}

__all__ = [  # noqa: RUF022 - in the order in which a script uses them
    "read_case",
    "load_registry",
    "load_assumptions",
    "load_world",
    "plan",
    "check_case",
    "response_to_dict",
    "case_to_toml",
    "parse_position",
    "format_position",
    "sea_pairs",
    "Case",
    "Registry",
    "Assumptions",
    "World",
    "Response",
    "Option",
    "Verdict",
    "Position",
    "Fix",
    "Pert",
    "Band",
    "InputError",
    "Problem",
]


def read_case(case: str | Path) -> Case:
    """Read a case file by its path, or a shipped case by its name; raises InputError naming file, line and field."""
    from subrescue.store import cases

    return cases.read_case(cases.find_case(str(case)))


def __getattr__(name: str) -> Any:
    """Load a part of the interface when it is first asked for."""
    if name == "__version__":
        from importlib.metadata import PackageNotFoundError, version

        try:
            return version("subrescue")
        except PackageNotFoundError:
            return "(a source tree that is not installed)"
    if name not in _HOME:
        raise AttributeError(f"module 'subrescue' has no attribute {name!r}")
    from importlib import import_module

    value = getattr(import_module(_HOME[name]), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted([*globals(), *__all__])
