"""Depth, slope and shore of a place for people and for machines: the same lines in a terminal and beside a field."""

from __future__ import annotations

from typing import Any

from subrescue.earth.depth.depth_answers import (
    Basis,
    DepthAnswer,
    DepthDatum,
    DepthEstimate,
    NoAnswer,
    Slope,
    SourceFacts,
    SourceKind,
)
from subrescue.earth.shape.shore import NearestShore
from subrescue.exchange import numbers
from subrescue.exchange.languages import told
from subrescue.exchange.wording import label, text


def figure(estimate: DepthEstimate) -> str:
    """The depth with its band: "about 142 m, 87 m to 282 m"; what is not known is not there."""
    low, high = numbers.metres(estimate.low_m), numbers.metres(estimate.high_m)
    if estimate.depth_m is not None:
        return text("depth_figure.about", {"depth": numbers.metres(estimate.depth_m), "low": low, "high": high})
    if estimate.basis is not Basis.DEPTH_AREA:
        return text("depth_figure.narrow")
    if estimate.high_m is None:
        return text("depth_figure.deeper", {"low": low})
    return text("depth_figure.range", {"low": low, "high": high})


def source(facts: SourceFacts) -> str:
    """A source by its name, how fine it is, and whether a chart is up to date."""
    if facts.kind is SourceKind.CHART:
        count = facts.updates_beside
        updates = text("depth_source.chart_updates" if count else "depth_source.chart_no_updates", {"count": count})
        values = {"name": facts.name, "scale": facts.scale, "edition": facts.edition, "updates": updates}
        return text("depth_source.chart", values)
    cell = metres_or_km(facts.resolution_m)
    return text(f"depth_source.{facts.kind.value}", {"name": facts.name, "cell": cell})


def datum(facts: SourceFacts) -> str:
    """What the depths of a source count from; for a chart which low water."""
    if facts.datum is DepthDatum.SEA_LEVEL:
        return text("depth_datum.sea_level")
    code = "none" if facts.datum_code is None else str(facts.datum_code)
    return text("depth_datum.chart_datum", {"datum": label("verdat", code)})


def no_answer(passed: NoAnswer) -> str:
    """A source that said nothing, and why."""
    return f"{passed.source.name}: {label('silence', passed.why)}"


def slope(found: Slope | None) -> str:
    """Slope and direction of the sea floor, with the stretch that it is the mean of."""
    if found is None:
        return text("slope.unknown")
    over = metres_or_km(found.over_m)
    if found.downhill_deg is None or round(found.slope_deg, 1) == 0:
        return text("slope.level", {"over": over})
    return text("slope.down", {"slope": found.slope_deg, "course": course(found.downhill_deg), "over": over})


def shore(found: NearestShore) -> str:
    """Distance, true course and place of the nearest shore."""
    if found.bearing_deg is None:
        return text("shore.on_it")
    place = numbers.position(found.position)
    return text("shore.away", {"miles": numbers.miles(found.distance_nm), "course": course(found.bearing_deg),
                               "place": place})  # fmt: skip


def course(degrees: float) -> str:
    """A true course in three figures: 007°."""
    return f"{round(degrees) % 360:03}°"


def metres_or_km(metres: float) -> str:
    """A length in metres, in kilometres from ten of them on."""
    if metres < 995:
        return numbers.metres(metres)
    kilometres = metres / 1000
    if metres >= 9_950:
        return told("{kilometres:,.0f} km", kilometres=kilometres)
    return told("{kilometres:.1f} km", kilometres=kilometres)


def lines(answer: DepthAnswer, found_slope: Slope | None, found_shore: NearestShore) -> list[str]:
    """Everything of a place, a line each: depth, datum, slope, shore, source, and the sources before it."""
    estimate = answer.estimate
    rows: list[tuple[str, str]] = []
    if estimate is not None:
        rows += [(told("Depth"), figure(estimate)), (told("Below"), datum(estimate.source))]
        rows.append((told("Slope"), slope(found_slope)))
    rows.append((label("shore_of", found_shore.seen_from), shore(found_shore)))
    if estimate is not None:
        rows.append((told("Source"), source(estimate.source)))
        if found_slope is not None and found_slope.source != estimate.source:
            rows.append(("", told("slope by {source}", source=source(found_slope.source))))
    rows += [(told("Passed") if number == 0 else "", no_answer(passed)) for number, passed in enumerate(answer.passed)]
    return [f"{title:10}{words}" for title, words in rows]


def to_dict(answer: DepthAnswer, found_slope: Slope | None, found_shore: NearestShore) -> dict[str, Any]:
    """The answer for machines: metres, degrees, nautical miles; null is not known."""
    estimate = answer.estimate
    return {
        "depth_m": estimate.depth_m if estimate is not None else None,
        "low_m": estimate.low_m if estimate is not None else None,
        "high_m": estimate.high_m if estimate is not None else None,
        "basis": estimate.basis.value if estimate is not None else None,
        "source": _source_dict(estimate.source) if estimate is not None else None,
        "passed": [{"source": passed.source.name, "why": passed.why.value} for passed in answer.passed],
        "slope": None if found_slope is None else {
            "slope_deg": round(found_slope.slope_deg, 3),
            "downhill_deg": None if found_slope.downhill_deg is None else round(found_slope.downhill_deg, 1),
            "mean_over_m": round(found_slope.over_m),
            "source": found_slope.source.name,
        },
        "shore": {
            "seen_from": found_shore.seen_from,
            "distance_nm": round(found_shore.distance_nm, 3),
            "bearing_deg": None if found_shore.bearing_deg is None else round(found_shore.bearing_deg, 1),
            "lat_deg": round(found_shore.position.lat_deg, 5),
            "lon_deg": round(found_shore.position.lon_deg, 5),
        },
    }  # fmt: skip


def _source_dict(facts: SourceFacts) -> dict[str, Any]:
    return {
        "name": facts.name,
        "kind": facts.kind.value,
        "resolution_m": round(facts.resolution_m, 1),
        "datum": facts.datum.value,
        "sounding_datum_code": facts.datum_code,
        "scale": facts.scale,
        "edition": facts.edition,
        "updates_applied": False if facts.kind is SourceKind.CHART else None,
    }
