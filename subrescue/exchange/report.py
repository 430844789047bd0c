"""The response as a report for paper: title block, what holds for the case, and tables of text, ready to be laid out.

The words are those of the command line, in the language that the report is asked for in.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from rich.text import Text

from subrescue.domain.case import Case, CaseKind
from subrescue.domain.errors import Problem
from subrescue.domain.evidence import Source
from subrescue.domain.quantities import Assumptions, Pert
from subrescue.domain.registry import Registry
from subrescue.domain.response import Option, Response, Verdict
from subrescue.exchange import numbers
from subrescue.exchange.airlift_plan import as_told, items_line, timetable_rows
from subrescue.exchange.airlift_plan import headings as sortie_headings
from subrescue.exchange.case_log import said
from subrescue.exchange.declarations.headings import word
from subrescue.exchange.elapsed import t_plus
from subrescue.exchange.exports.marks import MARKING, ORIGINATOR
from subrescue.exchange.exports.product import checked_text
from subrescue.exchange.languages import colon, marked, speaking, spoken, told
from subrescue.exchange.problem_words import told_doubt
from subrescue.exchange.questions import of_assets, of_the_dissub
from subrescue.exchange.response_json import banner_words
from subrescue.exchange.response_table import Ranked, by_prospect, heading_parts, phase_rows, verdict_text, why_line
from subrescue.exchange.scene_words import shared_lines
from subrescue.exchange.treatment_words import treatment_rows
from subrescue.exchange.via import option_line
from subrescue.exchange.wording import label, say, say_all, source_name, text


@dataclass(frozen=True)
class ReportWishes:
    """What is asked of a report; `as_of` is when it is made. `with_log` puts the log of the case at its end."""

    as_of: datetime
    language: str = "en"
    marking: str = MARKING
    originator: str = ORIGINATOR
    with_log: bool = False

    @property
    def as_of_text(self) -> str:
        """The as-of time in UTC: 2026-11-26 00:33Z."""
        return self.as_of.astimezone(UTC).strftime("%Y-%m-%d %H:%MZ")


@dataclass(frozen=True)
class ReportTable:
    """A table of text: columns with their relative widths, `right` those that stand at the right.

    `verdicts` are those of the rows, for the colour of the first word; empty where the rows have none.
    """

    title: str
    headings: tuple[str, ...]
    widths: tuple[float, ...]
    rows: tuple[tuple[str, ...], ...]
    right: frozenset[int] = frozenset()
    verdicts: tuple[Verdict, ...] = ()


@dataclass(frozen=True)
class Report:
    """A whole report in plain words.

    Every page bears `marking`, `title`, `identity`, which says what case a loose sheet is of, `foot` and, for an
    exercise, `watermark`.
    """

    language: str
    title: str
    identity: str
    marking: str
    originator: str
    foot: str
    watermark: str | None
    block: tuple[tuple[str, str], ...]
    lines: tuple[str, ...]
    tables: tuple[ReportTable, ...]
    sources: ReportTable | None
    map_title: str
    map_caption: str
    timeline_title: str
    note: str

    def page_words(self, number: int, count: int) -> str:
        """Which page of how many, as it stands at the foot of each."""
        return word("page", self.language).format(page=number, pages=count)


def report_of(
    response: Response,
    case: Case,
    registry: Registry,
    assumptions: Assumptions,
    wishes: ReportWishes,
    chosen: Option | None = None,
    doubts: Iterable[Problem] = (),
) -> Report:
    """The report on a response; `chosen` is the option whose way the map and the tables of phases and sorties show.

    `doubts` are what contradicts itself in the case: who reads the paper has no window that says so.

    Raises InputError for a marking or originator that cannot stand on a product, KeyError for an unknown language.
    """
    marking = checked_text("marking", wishes.marking)
    originator = checked_text("originator", wishes.originator)
    language = wishes.language
    with speaking(language):
        exercise = case.kind is CaseKind.EXERCISE
        watermark = word("exercise", language) if exercise else None
        bare = _without_tables(response)
        return Report(
            language=language,
            title=f"{watermark} - {case.title}" if watermark else case.title,
            identity=f"{case.dissub.name}, {_datum(case)}; {text('report.alert')}{colon()}{_alert(case)}",
            marking=marking,
            originator=originator,
            foot=f"{originator}   {wishes.as_of_text}",
            watermark=watermark,
            block=tuple(_block(case, registry, marking, originator, wishes)),
            lines=(
                *heading_lines(bare, case, registry.of_the_day(case)),
                *(f"! {told_doubt(doubt)}" for doubt in doubts),
            ),
            tables=tuple(_tables(response, case, assumptions, wishes, chosen)),
            sources=_source_table(_sources(response, case, registry)),
            map_title=text("report.map"),
            map_caption=f"{chosen.name}{colon()}{option_line(chosen)}" if chosen is not None else "",
            timeline_title=text("report.timeline"),
            note=text("table.footer", {"banner": banner_words(case)}),
        )


def _without_tables(response: Response) -> Response:
    """The response without what has a table of its own on paper: orders, what is had in turn, medical units."""
    treated = response.treatment
    return response.model_copy(
        update={
            "first_orders": (),
            "together": tuple(sent.model_copy(update={"held": ()}) for sent in response.together),
            "treatment": None if treated is None else treated.model_copy(update={"places": ()}),
        }
    )


def heading_lines(response: Response, case: Case, registry: Registry | None = None) -> tuple[str, ...]:
    """What holds for the whole case, as it stands above the table of the command line, without its title."""
    parts = heading_parts(response, case, registry)
    return tuple(part.plain for part in parts[1:] if isinstance(part, Text))


def _block(
    case: Case, registry: Registry, marking: str, originator: str, wishes: ReportWishes
) -> Iterator[tuple[str, str]]:
    import subrescue

    yield word("marking", wishes.language), marking
    yield text("report.case"), f"{case.title} ({case.id}), {banner_words(case)}"
    yield text("report.datum"), _datum(case)
    yield text("report.alert"), _alert(case)
    yield word("as_of", wishes.language), wishes.as_of_text
    yield word("originator", wishes.language), originator
    version = f"Subrescue {subrescue.__version__}"
    assets = sum(1 for _ in registry.of_the_day(case).assets())
    yield text("report.made_with"), text("report.version", {"version": version, "assets": assets})


def _datum(case: Case) -> str:
    fix = case.dissub.fix
    error = f" ± {numbers.miles(fix.error_radius_nm)}" if fix.error_radius_nm is not None else ""
    return f"{numbers.position(fix.position)}{error}, {numbers.metres(case.dissub.depth_m)}"


def _alert(case: Case) -> str:
    return case.alert.strftime("%Y-%m-%d %H:%MZ")


def _tables(
    response: Response, case: Case, assumptions: Assumptions, wishes: ReportWishes, chosen: Option | None
) -> Iterator[ReportTable]:
    able, late, nearly, without_way, unable = by_prospect(response)
    if response.first_orders:
        yield _orders(response, case)
    if able:
        yield _able(able)
    if chosen is not None and chosen.phases:
        yield from _way(chosen, case)
    if shared := shared_lines(response.together):
        yield ReportTable(text("table.shared"), (text("report.in_turn"),), (10.0,), tuple((line,) for line in shared))
    if response.treatment is not None and response.treatment.places:
        heads = tuple(text(f"report.{head}") for head in ("unit", "by_air", "by_sea", "known"))
        rows = tuple(treatment_rows(response.treatment))
        yield ReportTable(text("report.treatment"), heads, (3.0, 2.0, 2.6, 3.4), rows)
    asked = _asked(response, case)
    if asked:
        yield ReportTable(text("report.ask"), (text("report.about"), text("report.unknown")), (2.0, 8.0), tuple(asked))
    if late:
        yield _unable("table.too_late", late)
    if nearly:
        yield _unable("table.unable", nearly)
    if without_way:
        yield _unable("table.without_way", without_way)
    if unable:
        yield _unable("table.unable", unable)
    if case.assumptions:
        yield _changed(case, assumptions)
    if wishes.with_log and case.log:
        yield _log(case)


def _way(option: Option, case: Case) -> Iterator[ReportTable]:
    """The phases of the chosen option, and who flies what and when where it has an airlift: the sheets to act on."""
    headings = (text("details.hours"), "", text("why.phase"), text("report.where"))
    title = f"{option.name}{colon()}{text('details.phases')}"
    yield ReportTable(title, headings, (1.1, 0.25, 2.6, 6.0), tuple(phase_rows(option)), frozenset({0}))
    lift = as_told(option)
    if lift is not None and lift.timetable:
        rows = tuple(timetable_rows(lift, case.alert))
        yield ReportTable(items_line(lift), sortie_headings(), (0.7, 2.6, 1.7, 1.6, 0.9, 0.9, 0.9, 0.9), rows)
    if option.people_out:
        dives = tuple(
            (str(dive.dive), str(dive.people), str(dive.total), numbers.band(dive.out_h),
             numbers.share(dive.probability_in_time))
            for dive in option.people_out
        )  # fmt: skip
        heads = tuple(text(f"report.{head}") for head in ("dive", "dive_people", "dive_total", "dive_hours"))
        title = f"{option.name}{colon()}{text('report.people_out')}"
        yield ReportTable(title, (*heads, text("table.in_time")), (1, 1.4, 1.4, 2.2, 1.2), dives, frozenset(range(5)))


def _orders(response: Response, case: Case) -> ReportTable:
    """What to order now, with a place to write in who did so when: the sheet to work through."""
    rows = []
    for number, one in enumerate(response.first_orders, start=1):
        at = case.alert + timedelta(hours=one.due_h) if one.due_h is not None else None
        by = (f"{at:%Y-%m-%d %H:%MZ}", t_plus(at, case.alert)) if at is not None else (text("report.at_once"), "")
        rows.append((str(number), *by, say(one.order), ", ".join(one.served), ""))
    heads = ("#", text("report.begin_by"), "T+", *(text(f"report.{head}") for head in ("order", "for", "ordered")))
    return ReportTable(text("report.orders"), heads, (0.35, 1.45, 0.8, 4.6, 2.6, 1.7), tuple(rows), frozenset({0}))


def _asked(response: Response, case: Case) -> list[tuple[str, str]]:
    """What is to be asked of the DISSUB and of each asset that may come, so that the paper can be worked through.

    What is asked of several in the same words, a forecast for all, stands there once.
    """
    of_boat = of_the_dissub(response)
    rows = [(case.dissub.name, "\n".join(of_boat))] if of_boat else []
    asked = [(option.name, what) for option, what in of_assets(response) if option.may_come]
    times = Counter(words for _, what in asked for words in what)
    of_several = [words for words, count in times.items() if count > 1]
    rows += [(", ".join(name for name, what in asked if words in what), words) for words in of_several]
    own = [(name, [words for words in what if times[words] == 1]) for name, what in asked]
    return rows + [(name, "\n".join(what)) for name, what in own if what]


def _source_table(sources: list[Source]) -> ReportTable | None:
    if not sources:
        return None
    headings = (text("report.source"), text("report.title"), text("report.date"), text("report.address"))
    rows = tuple((source.id, source.title, source.date or "", source.url or "") for source in sources)
    return ReportTable(word("sources", spoken()), headings, (1.5, 4.3, 0.8, 2.8), rows)


def _able(options: Ranked) -> ReportTable:
    heads = ("verdict", "asset", "how", "ttfi", "ttfr", "tlr", "in_time", "why")
    rows = []
    for rank, option in options:
        chance = option.probability_in_time
        rows.append(
            (
                str(rank),
                verdict_text(option.verdict).plain,
                f"{option.name} [{' '.join(option.nations)}]",
                option_line(option),
                numbers.band(option.time_to_intervention_h),
                numbers.band(option.time_to_first_rescue_h),
                numbers.band(option.time_to_last_rescue_h),
                numbers.share(chance) if chance is not None else "-",
                why_line(option),
            )
        )
    return ReportTable(
        text("report.response", {"count": len(options)}),
        ("#", *(text(f"table.{head}") for head in heads)),
        (0.35, 1.4, 1.6, 2.05, 1.05, 1.05, 1.05, 0.8, 2.3),
        tuple(rows),
        frozenset({0, 4, 5, 6, 7}),
        tuple(option.verdict for _, option in options),
    )


def _unable(heading: str, options: Ranked) -> ReportTable:
    """Those that cannot with what forbids it, or those of which no way is known with what is unknown."""
    rows = []
    for rank, option in options:
        first = option.first_h
        rows.append(
            (
                str(rank),
                verdict_text(option.verdict).plain,
                f"{option.name} [{' '.join(option.nations)}]",
                label("mode", option.mode) if option.mode is not None else "-",
                numbers.median(first) if first is not None else "-",
                "\n".join(_forbidden(option)) or why_line(option),
            )
        )
    heads = ("verdict", "asset", "mode", "first", "why")
    return ReportTable(
        text(heading, {"count": len(options)}),
        ("#", *(text(f"table.{head}") for head in heads)),
        (0.35, 1.3, 1.9, 0.9, 0.95, 5.6),
        tuple(rows),
        frozenset({0, 4}),
        tuple(option.verdict for _, option in options),
    )


def _forbidden(option: Option) -> Iterator[str]:
    """Every gate that forbids an option with all its reasons, a line a gate."""
    for gate in option.gates:
        if gate.verdict is Verdict.RED:
            reasons = say_all(gate.reasons)
            yield f"{label('gate', gate.gate)}{colon()}{reasons}" if reasons else label("gate", gate.gate)


def _changed(case: Case, assumptions: Assumptions) -> ReportTable:
    """The planning numbers that the case changes, each beside the standard one."""
    rows = []
    for key, value in sorted(case.assumptions.items()):
        known = assumptions.items.get(key)
        title, unit = (told(known.title), told(numbers.unit_sign(known.unit))) if known is not None else (key, "")
        standard = f"{_pert(known.value)} {unit}".rstrip() if known is not None else "-"
        source = source_name(known.source) if known is not None else "-"
        rows.append((title, f"{_pert(value)} {unit}".rstrip(), standard, source))
    headings = (text("why.assumption_name"), text("report.here"), text("report.standard"), text("report.source"))
    return ReportTable(text("report.assumptions"), headings, (3.5, 1.4, 1.4, 2.0), tuple(rows))


def _pert(value: Pert) -> str:
    parts = [value.mode] if value.min == value.max else [value.min, value.mode, value.max]
    return " / ".join(marked(f"{part:,.12g}") for part in parts)


def _log(case: Case) -> ReportTable:
    rows = tuple(
        (f"{entry.at:%Y-%m-%d %H:%M:%SZ}", t_plus(entry.at, case.alert), " ".join(said(entry).split()),
         entry.source or "")
        for entry in case.log
    )  # fmt: skip
    headings = ("UTC", "T+", text("report.entry"), text("report.source"))
    return ReportTable(text("report.log"), headings, (1.7, 1.1, 6.0, 1.2), rows)


def _sources(response: Response, case: Case, registry: Registry) -> list[Source]:
    """The documents of the case and of every asset in the response, by id."""
    asked = {option.asset_id for option in response.options}
    day = registry.of_the_day(case)
    used = {
        fact.source
        for asset in day.assets()
        if asset.id in asked
        for facts in asset.evidence.values()
        for fact in facts
    }
    known = {**day.sources, **{source.id: source for source in case.sources}}
    wanted: Iterable[str] = used | {source.id for source in case.sources}
    return [known[name] for name in sorted(wanted) if name in known]
