"""The pages of a report, made from plain values on any thread: tables, the map and the timeline across, the sources."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from subrescue.desktop.paper.flow import Flow
from subrescue.desktop.paper.frame import Frame, Paper
from subrescue.desktop.paper.letters import Letters
from subrescue.desktop.paper.map_page import MapLook, MapOf, map_page
from subrescue.desktop.paper.marks import Page
from subrescue.desktop.parts.themes import DAY
from subrescue.desktop.parts.words import product_in
from subrescue.domain.response import Verdict
from subrescue.exchange.report import Report, ReportWishes, report_of
from subrescue.store.checks import check_case

if TYPE_CHECKING:
    from subrescue.desktop.case.plan_service import Resources
    from subrescue.domain.case import Case
    from subrescue.domain.response import Response

Tick = Callable[[int, int], None]
STEPS = 6
"""Steps of which progress is told: words, tables, map, timeline, painting."""


@dataclass(frozen=True)
class ReportJob:
    """All that a report is made from; frozen values, so that a worker may read them while the window goes on."""

    case: Case
    response: Response
    resources: Resources
    selected: str | None
    wishes: ReportWishes
    paper: Paper = Paper.A4
    look: MapLook = field(default_factory=MapLook)


@dataclass(frozen=True)
class Bound:
    """A report laid out: its pages with what stands about them."""

    report: Report
    frame: Frame
    pages: tuple[Page, ...]
    title: str
    language: str


def lay_out(job: ReportJob, tick: Tick) -> Bound:
    """Lay the pages out in the language of the report. `letters.bring_letters` has to have been called before.

    `tick` may raise StoppedError to end the work. Raises InputError for a marking or originator that cannot stand on a
    product.
    """
    case, response, known = job.case, job.response, job.resources
    letters = Letters()
    with product_in(job.wishes.language):
        tick(0, STEPS)
        chosen = next((option for option in response.options if option.asset_id == job.selected), None)
        doubts = check_case(case, known.registry, known.world, known.assumptions)  # what forbids it has no response
        report = report_of(response, case, known.registry, known.assumptions, job.wishes, chosen, doubts)
        tick(1, STEPS)
        pages = _tables(report, job.paper, letters)
        tick(2, STEPS)
        if known.world is not None:
            from subrescue.desktop.map.case_scene import scene_of

            scene = scene_of(case, response, known.registry, job.selected, known.assumptions)
            shown = MapOf(scene, known.world, case.range_rings, job.look)
            pages.append(map_page(report, shown, job.paper, letters, lambda: tick(2, STEPS)))
        tick(3, STEPS)
        pages += _timeline(job, report, letters)
        if report.sources is not None:
            at_end = Flow(job.paper, letters)
            at_end.table(report.sources)
            pages += at_end.pages
        frame = Frame(report, job.paper, letters)
        for number, page in enumerate(pages, start=1):
            frame.put(page, number, len(pages))
        tick(4, STEPS)
    return Bound(report, frame, tuple(pages), report.title, job.wishes.language)


def _tables(report: Report, paper: Paper, letters: Letters) -> list[Page]:
    flow = Flow(paper, letters)
    flow.lines(report.title, "title")
    flow.gap(4)
    flow.pairs(report.block)
    flow.gap(6)
    for line in report.lines:
        flow.lines(line)
    flow.gap(4)
    flow.lines(report.note, "cell", DAY.quiet)  # what the heads of the tables mean, before they are read
    for table in report.tables:
        flow.gap(10)
        flow.table(table)
    return flow.pages


def _timeline(job: ReportJob, report: Report, letters: Letters) -> list[Page]:
    from subrescue.desktop.paper.timeline_pages import TimelinePages
    from subrescue.desktop.timeline.layout import timeline

    # One that cannot come would stretch the axis by weeks; the table has it with its reasons.
    options = tuple(o for o in job.response.options if o.verdict is not Verdict.RED or o.asset_id == job.selected)
    laid_out = timeline(job.response.model_copy(update={"options": options}), most=len(options))
    return TimelinePages(laid_out, job.case.alert, report.timeline_title, job.paper, letters).pages()
