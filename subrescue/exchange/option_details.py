"""Shows one option of a response in full on a terminal: every gate, every phase, its people, its alternatives."""

from __future__ import annotations

from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from subrescue.domain.case import Case
from subrescue.domain.response import Option
from subrescue.exchange import numbers
from subrescue.exchange.response_json import banner_words
from subrescue.exchange.response_table import case_title, chain_parts, verdict_text
from subrescue.exchange.scene_words import people_out_lines
from subrescue.exchange.terminal import Screen, plain_table, rendered
from subrescue.exchange.via import option_line
from subrescue.exchange.wording import label, say, text


def option_details(option: Option, rank: int, case: Case, screen: Screen) -> str:
    """One option as text for a terminal of this width, with its `rank` in the response, counted from 1."""
    parts: list[RenderableType] = [case_title(case), Text("")]
    parts += _title(option, rank)
    parts += [Text(""), _gates(option), Text("")]
    if option.phases:
        parts += [Text(text("details.phases"), style="bold"), *chain_parts(option, case.alert), Text("")]
    if option.people_out:
        parts += _block("table.people_out", people_out_lines(option))
    second = option.chamber_ship
    if second is not None:
        arrives = numbers.hours(second.arrives_h)
        values = {"ship": second.ship, "places": second.places, "needed": second.needed, "hours": arrives}
        parts += [Text(text("details.chambers", values)), Text("")]
    if option.alternatives:
        parts += [_alternatives(option), Text("")]
    if option.unknowns:
        parts += _block("details.ask", [say(why) for why in option.unknowns])
    if option.notes:
        parts += _block("details.notes", [say(why) for why in option.notes])
    parts.append(Text(text("table.footer", {"banner": banner_words(case)}), style="dim"))
    return rendered(parts, screen)


def _title(option: Option, rank: int) -> list[RenderableType]:
    name = Text(f"{rank}. {option.name} [{' '.join(option.nations)}]: ", style="bold")
    lines: list[RenderableType] = [name.append_text(verdict_text(option.verdict)), Text(option_line(option))]
    times = [
        f"{heading} {numbers.band(hours)}"
        for heading, hours in (
            (text("table.ttfi"), option.time_to_intervention_h),
            (text("table.ttfr"), option.time_to_first_rescue_h),
            (text("table.tlr"), option.time_to_last_rescue_h),
        )
        if hours is not None
    ]
    if option.probability_in_time is not None:
        times.append(f"{text('table.in_time')} {numbers.share(option.probability_in_time)}")
    if times:
        lines.append(Text("; ".join(times)))
    if option.limiting_factor is not None:
        lines.append(Text(text("why.limit", {"limit": say(option.limiting_factor)})))
    return lines


def _gates(option: Option) -> Table:
    """Every gate in its order, each reason with what would change it in a line of its own."""
    table = plain_table()
    table.add_column(text("details.gate"), no_wrap=True)
    table.add_column(text("table.verdict"), no_wrap=True)
    table.add_column(text("table.why"), ratio=1)
    for gate in option.gates:
        table.add_row(label("gate", gate.gate), verdict_text(gate.verdict), "\n".join(say(why) for why in gate.reasons))
    return table


def _alternatives(option: Option) -> Table:
    """The other ways, with the hours that each takes and costs."""
    table = plain_table()
    table.add_column(text("details.alternative"), ratio=1)
    table.add_column(text("table.verdict"), no_wrap=True)
    table.add_column(text("details.hours"), justify="right", no_wrap=True)
    table.add_column(text("details.costs"), justify="right", no_wrap=True)
    for other in option.alternatives:
        costs = ("+" if other.costs_h >= 0 else "") + numbers.hours(other.costs_h)
        table.add_row(option_line(other), verdict_text(other.verdict), numbers.hours(option.hours_by(other)), costs)
    return table


def _block(heading: str, lines: list[str]) -> list[RenderableType]:
    return [Text(text(heading), style="bold"), *(Text(f"  {line}") for line in lines), Text("")]
