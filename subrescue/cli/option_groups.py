"""Options that several commands take together, each group as one value: changes to a case, draws, a workspace."""

import functools
import inspect
from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields, is_dataclass
from pathlib import Path
from typing import Annotated, Any, TypeVar

import typer

from subrescue.cli.options import AsOfOption, UrlOption, WorkspaceOption, number
from subrescue.domain.samples import SAMPLES

R = TypeVar("R")


@dataclass(frozen=True)
class Wishes:
    """What is changed of a case before it is planned, as it was typed; None where an option was not given."""

    file: Annotated[
        Path | None,
        typer.Option(
            "--what-if", metavar="FILE", help="A text file of changes, one a line: close suez, without lr5 ..."
        ),
    ] = None
    at: Annotated[
        str | None,
        typer.Option("--at", metavar="TIME", help="Plan as if help was asked for then: 2026-11-23T14:07Z."),
    ] = None
    settings: Annotated[
        list[str] | None,
        typer.Option(
            "--set",
            metavar="KEY=VALUE",
            help="Change a field of the case (dissub.depth_m=200) or an assumption (ship.charter_h=6/12/24); "
            "may be repeated.",
        ),
    ] = None
    without: Annotated[
        list[str] | None,
        typer.Option(
            "--without",
            metavar="ASSET",
            help="Leave out an asset, ship or fleet (lr5), or a nation's own (RU); repeatable.",
        ),
    ] = None
    close: Annotated[
        list[str] | None,
        typer.Option("--close", metavar="PLACE", help="Close an airfield (ENVA), passage (suez) or port; repeatable."),
    ] = None
    open: Annotated[
        list[str] | None,
        typer.Option(
            "--open", metavar="PLACE", help="Open an airfield, passage or port that the case closes; repeatable."
        ),
    ] = None
    move: Annotated[
        list[str] | None,
        typer.Option("--move", metavar="SHIP=POSITION", help="Have a ship somewhere else; repeatable."),
    ] = None
    accept: Annotated[
        list[str] | None,
        typer.Option(
            "--accept",
            metavar="ASSET=WHEN",
            help="Accept an asset and tell it to go, hours after the alert (gb-nsrs=6h) or at a time; repeatable.",
        ),
    ] = None

    def parts(self) -> list[tuple[str, str, str]]:
        """Act, text and option of each change but those of the file, in the order in which they are made."""
        groups: tuple[tuple[str, str, Sequence[str] | None], ...] = (
            ("set", "--set", self.settings),
            ("ask", "--at", None if self.at is None else (self.at,)),
            ("without", "--without", self.without),
            ("close", "--close", self.close),
            ("open", "--open", self.open),
            ("move", "--move", self.move),
            ("accept", "--accept", self.accept),
        )
        return [(act, text, option) for act, option, texts in groups for text in texts or ()]


@dataclass(frozen=True)
class Draws:
    """Seed and number of the draws behind every P10, P50 and P90."""

    seed: Annotated[
        int,
        number("--seed", whole=True, least=0, metavar="N", help="Seed of the draws behind every P10, P50 and P90."),
    ] = 0
    samples: Annotated[
        int,
        number("--samples", whole=True, least=100, most=100_000, metavar="N",
               help="Draws behind every P10, P50 and P90: 100 to 100,000."),
    ] = SAMPLES  # fmt: skip


@dataclass(frozen=True)
class Where:
    """The registry that a command reads: of which workspace, and as it stood when."""

    workspace: WorkspaceOption = None
    url: UrlOption = None
    as_of: AsOfOption = None


@dataclass(frozen=True)
class Hand:
    """Whose hand changes which workspace, and why."""

    why: Annotated[str | None, typer.Option("--why", metavar="TEXT", help="The reason, for the journal.")] = None
    who: Annotated[str | None, typer.Option("--who", metavar="NAME", help="Who says so; else the user's name.")] = None
    workspace: WorkspaceOption = None
    url: UrlOption = None


def grouped(command: Callable[..., R]) -> Callable[..., R]:
    """Let a command take groups of options as values: a parameter of one of these classes is asked by its fields."""
    asked = inspect.signature(command, eval_str=True).parameters
    groups: dict[str, Any] = {name: one.annotation for name, one in asked.items() if is_dataclass(one.annotation)}

    @functools.wraps(command)
    def wrapper(**given: Any) -> R:
        for name, group in groups.items():
            given[name] = group(**{field.name: given.pop(field.name) for field in fields(group)})
        return command(**given)

    options = [option for name, one in asked.items() for option in _options(groups.get(name), one)]
    wrapper.__signature__ = inspect.Signature(options)  # type: ignore[attr-defined]  # what inspect and typer read
    wrapper.__annotations__ = {option.name: option.annotation for option in options}
    return wrapper


def _options(group: Any, one: inspect.Parameter) -> list[inspect.Parameter]:
    named = inspect.Parameter.KEYWORD_ONLY
    if group is None:
        return [one.replace(kind=named)]
    return [
        inspect.Parameter(field.name, named, default=field.default, annotation=field.type) for field in fields(group)
    ]
