"""The command `plan`: case in, response out."""

from __future__ import annotations

from pathlib import Path

from subrescue.cli import console
from subrescue.cli.depths import Positive, world_with
from subrescue.domain.case import Case
from subrescue.domain.quantities import Assumptions
from subrescue.domain.registry import Registry
from subrescue.domain.response import Response, Verdict
from subrescue.earth.world import World
from subrescue.store import case_settings
from subrescue.store.assumptions import load_assumptions
from subrescue.store.cases import find_case, read_case
from subrescue.store.checks import check_case, refuse


def checked_case(
    name: str, registry: Registry, assumptions: Assumptions, world: World, at: str | None, settings: list[str]
) -> Case:
    """Read a case, apply the changes and hold it against registry and earth; doubts go to stderr.

    Raises InputError with every fault that forbids it.
    """
    path = find_case(name)
    case = read_case(path)
    changed = case_settings.changed(case, settings, assumptions)
    if at is not None:
        changed = case_settings.with_alert_at(changed, at)
    # Lines are those of the file, which a changed case no longer is.
    console.warn(refuse(check_case(changed, registry, world, assumptions, path=path if changed == case else None)))
    return changed


def plan(
    name: str,
    registry: Registry,
    form: str,
    output: Path | None,
    at: str | None,
    settings: list[str],
    depth_sources: list[str],
    positive: Positive | None,
) -> int:
    """Write the response to a case with the assets of a registry; returns the exit code: 1 where no asset can."""
    assumptions = load_assumptions()
    world = world_with(depth_sources, positive, "--depth-source")
    case = checked_case(name, registry, assumptions, world, at, settings)
    from subrescue.planning.respond import plan as plan_response

    response = plan_response(case, registry, assumptions, world)
    console.emit(written(response, case, form, output), output)
    return console.FINE if any(option.verdict is not Verdict.RED for option in response.options) else console.CANNOT


def written(response: Response, case: Case, form: str, output: Path | None) -> str:
    """The response as text in this format."""
    if form == "json":
        from subrescue.exchange.response_json import response_to_json

        return response_to_json(response, case)
    if form == "csv":
        from subrescue.exchange.response_csv import response_to_csv

        return response_to_csv(response, case)
    if form == "geojson":
        from subrescue.exchange.response_geojson import response_to_geojson

        return response_to_geojson(response, case)
    from subrescue.exchange.response_table import response_table

    return response_table(response, case, console.screen(output))
