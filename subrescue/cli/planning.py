"""The command `plan`: case in, response out."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

from subrescue.cli import console
from subrescue.cli.depth_sources import Positive, world_with
from subrescue.cli.option_groups import Draws, Wishes
from subrescue.cli.what_ifs import Desk, asset_of_plan, checked_case, with_doubts
from subrescue.domain.case import Case
from subrescue.domain.errors import Problem
from subrescue.domain.registry import Registry
from subrescue.domain.response import Response, Verdict
from subrescue.exchange.wording import say
from subrescue.store.assumptions import load_assumptions


def desk_of(registry: Registry, depth_sources: list[str], positive: Positive | None) -> Desk:
    """What cases are planned with: this registry, the shipped assumptions, and the earth with these depths."""
    return Desk(registry, load_assumptions(), world_with(depth_sources, positive, "--depth-source"))


def plan(name: str, desk: Desk, wishes: Wishes, draws: Draws, form: str, output: Path | None) -> int:
    """Write the response to a case with the assets of a registry; returns the exit code: 1 where no asset can."""
    case, _, doubts = checked_case(name, wishes, desk)
    from subrescue.planning.answer.respond import plan as plan_response

    response = plan_response(case, desk.registry, desk.assumptions, desk.world, seed=draws.seed, samples=draws.samples)
    text = written(response, case, doubts, form, output)
    console.emit(text, output, form)
    return exit_code(response)


def exit_code(response: Response) -> int:
    """That of a response: whether any of its assets can or may come."""
    return console.FINE if any(option.may_come for option in response.options) else console.CANNOT


def details(name: str, asset: str, desk: Desk, wishes: Wishes, draws: Draws, output: Path | None) -> int:
    """Write one asset of the response in full; returns the exit code: 1 where it cannot.

    Raises InputError for an asset that the plan does not hold, with the names that come near.
    """
    case, _, doubts = checked_case(name, wishes, desk)
    from subrescue.planning.answer.respond import plan as plan_response

    wanted = asset_of_plan(asset, case, desk.registry, "--details")
    response = plan_response(case, desk.registry, desk.assumptions, desk.world, seed=draws.seed, samples=draws.samples)
    from subrescue.exchange.option_details import option_details

    for rank, option in enumerate(response.options, start=1):
        if option.asset_id == wanted:
            text = option_details(option, rank, case, console.screen(output))
            console.emit(with_doubts(text, doubts, output), output)
            return console.CANNOT if option.verdict is Verdict.RED else console.FINE
    raise console.CannotError("; ".join(say(finding) for finding in response.findings))


def written(response: Response, case: Case, doubts: Collection[Problem], form: str, output: Path | None) -> str:
    """The response as text in this format, with what is doubtful in its case: who reads a file has no stderr."""
    if form == "json":
        from subrescue.exchange.response_json import response_to_json

        return response_to_json(response, case, doubts)
    if form == "csv":
        from subrescue.exchange.response_csv import response_to_csv

        return response_to_csv(response, case, doubts)
    if form == "geojson":
        from subrescue.exchange.response_geojson import response_to_geojson

        return response_to_geojson(response, case, doubts)
    from subrescue.exchange.response_table import response_table

    return with_doubts(response_table(response, case, console.screen(output)), doubts, output)
