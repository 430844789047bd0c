"""Compartments, escape, stores, people out and what is sent in lines of words, for terminal and window alike."""

from __future__ import annotations

from subrescue.domain.first_order import FirstOrder
from subrescue.domain.quantities import Band
from subrescue.domain.response import (
    CompartmentWindow,
    EscapeAdvice,
    Option,
    SurfaceSurvival,
    SurvivalWindow,
)
from subrescue.domain.sent import Held, HeldKind, Sent
from subrescue.domain.store_pair import StorePair
from subrescue.exchange import numbers
from subrescue.exchange.languages import semicolon, told
from subrescue.exchange.wording import label, say, text, unknown

_LIMITS_SHOWN = 4
_PAIRS_SHOWN = 3
_WORTH_TELLING_H = 1.0


def compartment_lines(window: SurvivalWindow) -> list[str]:
    """One line a compartment, the worst first; none where the boat is one and nothing beside the window is known."""
    if len(window.compartments) == 1 and len(window.compartments[0].limits) < 2:
        return []
    return [_compartment(space) for space in window.compartments]


def _compartment(space: CompartmentWindow) -> str:
    known = Band(p10=space.p10_h, p50=space.p50_h, p90=space.p90_h)
    limits = ", ".join(
        told("{what} {hours} h", what=label("limiting", limit.name), hours=numbers.as_fine(limit.p50_h, known))
        for limit in space.limits[:_LIMITS_SHOWN]
        if limit.p50_h is not None
    )
    values = {
        "name": space.name,
        "people": unknown() if space.people is None else space.people,
        "p50": numbers.as_fine(space.p50_h, known),
        "p10": numbers.as_fine(space.p10_h, known),
        "p90": numbers.as_fine(space.p90_h, known),
        "limits": limits or label("limiting", space.limiting),
    }
    line = text("table.compartment", values)
    if space.decompression_h is not None:
        line += text("table.decompression", {"hours": numbers.hours(space.decompression_h.p50)})
    return line


def escape_lines(advice: EscapeAdvice) -> list[str]:
    """What waits above whoever escapes; none where escape is out of the question."""
    lines = []
    if advice.all_out_h is not None:
        lines.append(text("table.all_out", {"hours": numbers.band(advice.all_out_h)}))
    lives = ", ".join(_lives(one) for one in advice.surface)
    if lives:
        lines.append(text("table.on_surface", {"lives": lives}))
    if advice.help is not None and advice.help_h is not None:
        chance = advice.probability_help_first
        values = {"name": advice.help, "hours": numbers.band(advice.help_h), "share": numbers.share(chance)}
        lines.append(text("table.first_help", values))
    return lines


def _lives(one: SurfaceSurvival) -> str:
    line = text("table.lives", {"gear": one.gear, "hours": numbers.band(one.lives_h)})
    if one.probability_until_help is not None:
        line += text("table.until_help", {"share": numbers.share(one.probability_until_help)})
    return line


def sent_lines(together: tuple[Sent, ...]) -> list[str]:
    """What is sent together, a line each; none where there is only one."""
    if len(together) < 2:
        return []
    vehicles = [one.asset_id for one in together if one.rescues and one.goes]
    return [_sent(one, is_first=one.asset_id == vehicles[0] if vehicles else True) for one in together]


def shared_lines(together: tuple[Sent, ...]) -> list[str]:
    """Who has what when, a line for each fleet, ramp and port that several of those sent together have."""
    lines = []
    found: dict[tuple[HeldKind, str], dict[str, list[Held]]] = {}
    for one in together:
        for held in one.held:
            found.setdefault((held.kind, held.of), {}).setdefault(one.name, []).append(held)
    for kind in HeldKind:
        for (its, _), by_name in found.items():
            if its is kind and len(by_name) > 1:
                uses = sorted((_use(name, held) for name, held in by_name.items()), key=lambda use: use[0])
                name = next(iter(by_name.values()))[0].name
                values = {"name": name, "uses": ", ".join(words for _, words in uses)}
                lines.append(text(f"table.shared_{kind.value}", values))
    return lines


def _use(name: str, held: list[Held]) -> tuple[float, str]:
    """Since when one has it, and that in words with how many and until when."""
    from_h, until_h = min(one.from_h for one in held), max(one.until_h for one in held)
    count = len({one.number for one in held})
    values = {"name": name, "count": count, "from_h": numbers.hours(from_h), "until_h": numbers.hours(until_h)}
    is_aircraft = held[0].kind is HeldKind.AIRCRAFT
    return from_h, text("table.shared_aircraft_use" if is_aircraft else "table.shared_use", values)


def sent_brief(one: Sent) -> str:
    """When and by which way one goes that is sent, or that it does not, and what the others cost it."""
    if one.first_h is None:
        return text("table.brief_no_way")
    if not one.goes:
        return text("table.brief_not", {"hours": numbers.median(one.first_h)})
    brief = text("table.brief", {"hours": numbers.band(one.first_h), "way": _sent_by(one)})
    if one.later_h < _WORTH_TELLING_H or not one.reasons:
        return brief
    why = ", ".join(say(reason) for reason in one.reasons)
    return text("table.brief_later", {"brief": brief, "hours": numbers.hours(one.later_h), "why": why})


def _sent(one: Sent, *, is_first: bool) -> str:
    why = ", ".join(say(reason) for reason in one.reasons)
    if one.first_h is None:
        return text("table.sent_no_way", {"name": one.name, "why": why})
    if not one.goes:
        return text("table.sent_not", {"name": one.name, "hours": numbers.median(one.first_h), "why": why})
    parts = [text("table.sent", {"name": one.name, "hours": numbers.band(one.first_h), "way": _sent_by(one)})]
    if one.reasons and one.later_h >= _WORTH_TELLING_H:  # the luck is the same: better known than the hours themselves
        parts.append(text("table.sent_later", {"hours": numbers.hours(one.later_h), "why": why}))
    elif one.reasons:
        parts.append(text("table.sent_otherwise", {"why": why}))
    if one.probability_in_time is not None:
        parts.append(text("table.sent_chance", {"share": numbers.share(one.probability_in_time)}))
    if one.probability_any is not None and not is_first:
        parts.append(text("table.sent_any", {"share": numbers.share(one.probability_any)}))
        if one.rescued_any is not None:
            parts.append(text("table.sent_people", {"people": one.rescued_any}))
    return semicolon().join(parts)


def _sent_by(one: Sent) -> str:
    """The ship, where it goes aboard, and who flies it there."""
    if one.spod is None:
        return text("table.sent_own", {"ship": one.ship}) if one.ship is not None else text("table.sent_dropped")
    values = {"ship": one.ship, "port": one.spod.name}
    by = text("table.sent_by_ship" if one.ship is not None else "table.sent_by_charter", values)
    if one.apod is None:
        return by
    flown = {"fleets": " + ".join(one.fleets), "field": one.apod.code or one.apod.name}
    return f"{by}, {text('table.sent_flown', flown)}"


def due(order: FirstOrder) -> str:
    """By which hour from the alert an order has to begin, or that it has to at once."""
    if order.due_h is None:
        return text("report.at_once")
    return text("table.by_hours", {"hours": numbers.hours(float(order.due_h))})


def order_lines(orders: tuple[FirstOrder, ...]) -> list[str]:
    """What has to be ordered now, a line each: by which hour from the alert where it may wait an hour, and for whom."""
    lines = []
    for one in orders:
        line = say(one.order)
        if one.served:
            line = text("table.order", {"order": line, "options": ", ".join(one.served)})
        if one.due_h is not None:
            line = text("table.order_by", {"order": line, "hours": numbers.hours(float(one.due_h))})
        lines.append(line)
    return lines


def pair_lines(pairs: tuple[StorePair, ...]) -> list[str]:
    """Who brings how many pods when, what they buy, and who comes in time by them: one line for each that brings."""
    brought: dict[str, list[StorePair]] = {}
    for pair in pairs:
        brought.setdefault(pair.first_id, []).append(pair)
    return [line for gains in brought.values() if (line := _brought(gains)) is not None]


def _brought(gains: list[StorePair]) -> str | None:
    """The line of one that brings stores; None where no gain is large enough for the figures that are told."""
    first, told_gains = gains[0], [words for pair in gains if (words := _gain(pair)) is not None]
    if not told_gains:
        return None
    values = {
        "first": first.first,
        "pods": first.pods,
        "assumed": text("table.pods_assumed") if first.pods_assumed else "",
        "posted": numbers.median(first.posted_h),
        "bought": numbers.hours(first.bought_h) if first.bought_h >= 0.05 else f"<{numbers.hours(0.1)}",
        "gains": semicolon().join(told_gains[:_PAIRS_SHOWN]),
    }
    return text("table.pair", values)


def _gain(pair: StorePair) -> str | None:
    """The chance of the first survivor, or where that is sure anyway the number that is expected out."""
    before, after, words = numbers.share(pair.probability_before), numbers.share(pair.probability_after), "table.gain"
    if before == after and pair.rescued_before is not None and pair.rescued_after is not None:
        before, after, words = f"{pair.rescued_before:.0f}", f"{pair.rescued_after:.0f}", "table.gain_people"
    return text(words, {"name": pair.second, "before": before, "after": after}) if before != after else None


def people_out_lines(option: Option) -> list[str]:
    """People out against time: one line a dive."""
    return [
        text(
            "table.dive",
            {
                "dive": dive.dive,
                "total": dive.total,
                "hours": numbers.band(dive.out_h),
                "share": numbers.share(dive.probability_in_time),
            },
        )
        for dive in option.people_out
    ]
