"""Subrescue: which national assets can reach a distressed submarine, and in what time.

The interface for Python scripts, with the same core as the window and the command line:

    >>> import subrescue
    >>> case = subrescue.read_case("kursk-2000")                          # a path, or the name of a shipped case
    >>> response = subrescue.plan(case, subrescue.load_registry(), subrescue.load_assumptions(), subrescue.load_world())
    >>> [(option.name, option.verdict) for option in response.options]

Places, by one search for the command line and the window too; what is near a point; roads:

    >>> world = subrescue.load_world()
    >>> places = subrescue.place_search(world, subrescue.load_registry())
    >>> [(place.kind, place.id, place.position) for place in places.search("Североморск")]
    >>> subrescue.nearest_airfields(world.gazetteer, place.position, subrescue.RunwayNeed(length_m=1500, paved=True))
    >>> subrescue.nearest_ports(world.gazetteer, place.position, "naval_base")
    >>> subrescue.road_between(here, there, world.land, subrescue.load_assumptions())     # a RoadEstimate or a Reason

A what-if gives a second case, a second response, and what differs:

    >>> names = subrescue.Names(case, registry, assumptions, world)
    >>> what_if = subrescue.read_what_if(["dissub.depth_m=300", "without lr5", "close suez", "accept nsrs=6h"], names)
    >>> other = subrescue.applied(case, what_if, names)
    >>> found = subrescue.difference(response, subrescue.plan(other, registry, assumptions, world), what_if)
    >>> [(one.rank_before, one.rank_after, one.first_later_h) for one in found.options if one.changed]

Why an option takes as long as it does, and which assumptions and unknown facts matter most:

    >>> reasons = subrescue.why(case, registry, assumptions, world, "nsrs")
    >>> [(phase.phase, phase.slack_h, phase.gain_h) for phase in reasons.phases]

A workspace keeps the registry with a journal of every change:

    >>> with subrescue.open_workspace(now=datetime.now(UTC)) as workspace:        # your own one; or a file, or a URL
    ...     before = workspace.entry("ship", "no-kv-bergen")
    ...     change = subrescue.EntryChange(
    ...         kind="ship", entry_id="no-kv-bergen", before=before, after=before | {"crane_t": 20.0}
    ...     )
    ...     workspace.apply(subrescue.Command(who="Anna", at=datetime.now(UTC), desk="north", changes=(change,)))
    ...     registry = workspace.registry()

Hours of a response count from `case.alert`. What is not known is None. Input that cannot be used raises InputError,
which names every fault. Everything here is loaded when it is first used.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path

    from subrescue.domain.case import Case
    from subrescue.domain.change import EntryChange
    from subrescue.domain.difference import Difference, OptionDifference
    from subrescue.domain.errors import InputError, Problem
    from subrescue.domain.explanation import Explanation
    from subrescue.domain.position import Fix, Position
    from subrescue.domain.quantities import Assumptions, Band, Pert
    from subrescue.domain.reasons import Reason
    from subrescue.domain.registry import Registry
    from subrescue.domain.response import Option, Response, Verdict
    from subrescue.domain.what_if import WhatIf
    from subrescue.earth.places.near import Near, RunwayNeed, nearest_airfields, nearest_ports
    from subrescue.earth.places.place_search import FoundPlace, PlaceSearch
    from subrescue.earth.places.place_tables import Airfield, Port, Runway
    from subrescue.earth.positions.coordinates import AmbiguousPosition, format_position, parse_position, read_position
    from subrescue.earth.router.sea_pairs import sea_pairs
    from subrescue.earth.sea_and_sky.conditions import Conditions, conditions_at
    from subrescue.earth.sea_and_sky.sun import next_sun_events, sun_day, sun_position
    from subrescue.earth.world import World, load_world
    from subrescue.exchange.case_toml import case_to_toml
    from subrescue.exchange.difference_json import difference_to_dict
    from subrescue.exchange.explanation_json import explanation_to_dict
    from subrescue.exchange.response_json import response_to_dict
    from subrescue.planning.answer.respond import plan
    from subrescue.planning.geography.road_estimate import RoadEstimate, road_between
    from subrescue.planning.questions.difference import difference, option_difference
    from subrescue.planning.questions.why import why
    from subrescue.store.assumptions import load_assumptions
    from subrescue.store.checks import check_case
    from subrescue.store.place_search import place_search
    from subrescue.store.registry import load_registry
    from subrescue.store.what_if import Names, applied, read_what_if
    from subrescue.store.workspace.command import Command
    from subrescue.store.workspace.errors import StaleWriteError
    from subrescue.store.workspace.opening import open_workspace
    from subrescue.store.workspace.workspace import Workspace

_HOME = {
    "Airfield": "subrescue.earth.places.place_tables",
    "AmbiguousPosition": "subrescue.earth.positions.coordinates",
    "Assumptions": "subrescue.domain.quantities",
    "Band": "subrescue.domain.quantities",
    "Case": "subrescue.domain.case",
    "Command": "subrescue.store.workspace.command",
    "Conditions": "subrescue.earth.sea_and_sky.conditions",
    "Difference": "subrescue.domain.difference",
    "EntryChange": "subrescue.domain.change",
    "Explanation": "subrescue.domain.explanation",
    "Fix": "subrescue.domain.position",
    "FoundPlace": "subrescue.earth.places.place_search",
    "InputError": "subrescue.domain.errors",
    "Names": "subrescue.store.what_if",
    "Near": "subrescue.earth.places.near",
    "OptionDifference": "subrescue.domain.difference",
    "Option": "subrescue.domain.response",
    "Pert": "subrescue.domain.quantities",
    "PlaceSearch": "subrescue.earth.places.place_search",
    "Port": "subrescue.earth.places.place_tables",
    "Position": "subrescue.domain.position",
    "Problem": "subrescue.domain.errors",
    "Reason": "subrescue.domain.reasons",
    "Registry": "subrescue.domain.registry",
    "Response": "subrescue.domain.response",
    "RoadEstimate": "subrescue.planning.geography.road_estimate",
    "Runway": "subrescue.earth.places.place_tables",
    "RunwayNeed": "subrescue.earth.places.near",
    "Verdict": "subrescue.domain.response",
    "StaleWriteError": "subrescue.store.workspace.errors",
    "WhatIf": "subrescue.domain.what_if",
    "Workspace": "subrescue.store.workspace.workspace",
    "World": "subrescue.earth.world",
    "applied": "subrescue.store.what_if",
    "case_to_toml": "subrescue.exchange.case_toml",
    "check_case": "subrescue.store.checks",
    "conditions_at": "subrescue.earth.sea_and_sky.conditions",
    "difference": "subrescue.planning.questions.difference",
    "difference_to_dict": "subrescue.exchange.difference_json",
    "explanation_to_dict": "subrescue.exchange.explanation_json",
    "format_position": "subrescue.earth.positions.coordinates",
    "load_assumptions": "subrescue.store.assumptions",
    "load_registry": "subrescue.store.registry",
    "load_world": "subrescue.earth.world",
    "nearest_airfields": "subrescue.earth.places.near",
    "nearest_ports": "subrescue.earth.places.near",
    "next_sun_events": "subrescue.earth.sea_and_sky.sun",
    "open_workspace": "subrescue.store.workspace.opening",
    "option_difference": "subrescue.planning.questions.difference",
    "parse_position": "subrescue.earth.positions.coordinates",
    "place_search": "subrescue.store.place_search",
    "plan": "subrescue.planning.answer.respond",
    "read_position": "subrescue.earth.positions.coordinates",
    "read_what_if": "subrescue.store.what_if",
    "response_to_dict": "subrescue.exchange.response_json",
    "road_between": "subrescue.planning.geography.road_estimate",
    "sea_pairs": "subrescue.earth.router.sea_pairs",
    "sun_day": "subrescue.earth.sea_and_sky.sun",
    "sun_position": "subrescue.earth.sea_and_sky.sun",
    "why": "subrescue.planning.questions.why",
}

__all__ = [  # noqa: RUF022 - in the order in which a script uses them
    "read_case",
    "load_registry",
    "load_assumptions",
    "load_world",
    "plan",
    "read_what_if",
    "applied",
    "difference",
    "option_difference",
    "difference_to_dict",
    "why",
    "explanation_to_dict",
    "check_case",
    "response_to_dict",
    "case_to_toml",
    "parse_position",
    "read_position",
    "format_position",
    "conditions_at",
    "sun_position",
    "sun_day",
    "next_sun_events",
    "place_search",
    "nearest_airfields",
    "nearest_ports",
    "road_between",
    "sea_pairs",
    "open_workspace",
    "Workspace",
    "Command",
    "EntryChange",
    "StaleWriteError",
    "Case",
    "Registry",
    "Assumptions",
    "World",
    "Response",
    "Option",
    "Verdict",
    "WhatIf",
    "Names",
    "Difference",
    "OptionDifference",
    "Explanation",
    "Position",
    "Fix",
    "Pert",
    "Band",
    "Conditions",
    "InputError",
    "AmbiguousPosition",
    "Problem",
    "PlaceSearch",
    "FoundPlace",
    "Airfield",
    "Runway",
    "RunwayNeed",
    "Port",
    "Near",
    "RoadEstimate",
    "Reason",
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
