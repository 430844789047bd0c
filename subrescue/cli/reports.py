"""Plans a case and writes the report on it as PDF; Qt paints it without a screen."""

from __future__ import annotations

import os
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from subrescue.cli import console
from subrescue.cli.option_groups import Draws, Wishes
from subrescue.cli.pictures import no_qt
from subrescue.cli.planning import exit_code
from subrescue.cli.what_ifs import Desk, asset_of_plan, checked_case
from subrescue.domain.errors import InputError, Problem
from subrescue.exchange.exports.marks import in_language
from subrescue.exchange.exports.product import checked_text
from subrescue.exchange.report import ReportWishes


@dataclass(frozen=True)
class Asked:
    """What the report is to look like; `as_of` is the time that stands on it."""

    paper: str
    language: str
    marking: str
    originator: str
    log: bool
    asset: str | None
    as_of: datetime


def refuse_ending(output: Path) -> None:
    """Raise InputError for a name that does not end in .pdf, before anything is worked out."""
    if output.suffix.lower() != ".pdf":
        raise InputError(Problem("--output", f"'{output}'", "the name of a report ends in .pdf"))


def report(name: str, stands_on: Desk, wishes: Wishes, draws: Draws, asked: Asked, output: Path) -> int:
    """Write the report on a case; returns the exit code: 1 where no asset can.

    Raises InputError for a wrong case, change, marking, originator, asset or file.
    """
    marks = {"marking": asked.marking, "originator": asked.originator}
    for option, text in marks.items():
        checked_text(f"--{option}", text)
    case, _, _ = checked_case(name, wishes, stands_on)
    from subrescue.planning.answer.respond import plan

    registry, assumptions, world = stands_on.registry, stands_on.assumptions, stands_on.world
    chosen = asset_of_plan(asked.asset, case, registry, "--asset") if asked.asset is not None else None
    response = plan(case, registry, assumptions, world, seed=draws.seed, samples=draws.samples)
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    try:
        from subrescue.desktop.paper.output import to_pdf
        from subrescue.desktop.paper.pages import ReportJob, lay_out
        from subrescue.desktop.paper.picture import ensure_application
    except ImportError as error:
        raise no_qt(error) from None
    from subrescue.desktop.case.derived import first_that_can
    from subrescue.desktop.case.plan_service import Resources
    from subrescue.desktop.paper.frame import Paper
    from subrescue.desktop.paper.letters import bring_letters
    from subrescue.store.files import write_atomically

    application = ensure_application()
    bring_letters()
    marking, originator = (in_language(words, asked.language) for words in marks.values())
    said = ReportWishes(asked.as_of, asked.language, marking, originator, asked.log)
    job = ReportJob(
        case, response, Resources(registry, assumptions, world), chosen or first_that_can(response), said,
        Paper(asked.paper),
    )  # fmt: skip
    with console.stopped_at_once():
        content = to_pdf(lay_out(job, lambda *_: None), lambda *_: None)
    write_atomically(output, content)
    del application
    return exit_code(response)
