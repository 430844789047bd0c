"""Short remarks beside fields of the casualty form: the chart's depth, the facts of a submarine class."""

from __future__ import annotations

from typing import TYPE_CHECKING

from subrescue.desktop.parts.words import later, tr
from subrescue.domain.submarines import SubmarineClass
from subrescue.earth.depth.depth_answers import SourceKind
from subrescue.exchange import depth_words, numbers
from subrescue.exchange.wording import label, unknown

if TYPE_CHECKING:
    from subrescue.desktop.casualty.depth_data import DepthOfPlace
    from subrescue.earth.depth.depth_answers import DepthEstimate

_NAMES = (later("ETOPO5, 5 arc minutes (NOAA)"),)
"""What the catalogues know of the names of sources; those of the user's own stay as they are."""


def depth_hint(estimate: DepthEstimate | None) -> str:
    """What the chart says of the depth at the datum; never more than it knows."""
    if estimate is None:
        return tr("Chart: no sea here")
    if estimate.depth_m is None and estimate.basis.value == "depth_area":
        return tr("Chart: {depth}", depth=depth_words.figure(estimate))
    if estimate.depth_m is None or estimate.high_m is None:
        return tr("Chart: too narrow for the depth grid")
    return tr("Chart: about {depth} ({low:,.0f}-{high:,.0f} m)", depth=numbers.metres(estimate.depth_m),
              low=estimate.low_m, high=estimate.high_m)  # fmt: skip


def pointer_depth(estimate: DepthEstimate | None) -> str:
    """What the chart says at the pointer, which may be over land."""
    return depth_hint(estimate) if estimate is not None else tr("Chart: land")


def depth_source_hint(place: DepthOfPlace) -> str:
    """Which source answered, then slope and shore, each in a line; loaded data that were silent, and why."""
    estimate, shore = place.answer.estimate, place.shore
    found = []
    if estimate is not None:
        is_chart = estimate.source.kind is SourceKind.CHART
        name = depth_words.source(estimate.source) if is_chart else tr(estimate.source.name)
        found.append(tr("By {source}", source=name))
        if is_chart:
            found.append(tr("Below {datum}", datum=depth_words.datum(estimate.source)))
    found += [depth_words.no_answer(passed) for passed in place.answer.passed if passed.source.path is not None]
    near = f"{label('shore_of', shore.seen_from).lower()} {numbers.miles(shore.distance_nm)}"
    if shore.bearing_deg is not None:
        near = tr("{near} at {course}", near=near, course=depth_words.course(shore.bearing_deg))
    if estimate is not None and place.slope is not None:
        near = tr("smoothed slope {slope:.1f}°", slope=place.slope.slope_deg) + f" · {near}"
    return "\n".join([*found, near[0].upper() + near[1:]])


def depth_tip(place: DepthOfPlace) -> str:
    """Everything of the place, a line each."""
    return "\n".join(depth_words.lines(place.answer, place.slope, place.shore))


def depth_doubt(depth_m: float | None, estimate: DepthEstimate | None) -> str:
    """A warning where the depth entered lies outside the band of the chart, else nothing."""
    if depth_m is None or estimate is None or estimate.high_m is None:
        return ""
    if estimate.low_m <= depth_m <= estimate.high_m:
        return ""
    return tr("{depth} lies outside the chart's band of {low:,.0f}-{high:,.0f} m: check position and depth",
              depth=numbers.metres(depth_m), low=estimate.low_m, high=estimate.high_m)  # fmt: skip


def class_facts(boat: SubmarineClass | None) -> str:
    """Crew, seat, escape and collapse depth of a class in one line; unknown where not public."""
    if boat is None:
        return ""
    seats = f"{boat.rescue_seats_count} × " if boat.rescue_seats_count else ""
    seat = label("fits", boat.rescue_seat)
    return tr("Crew {crew} · seat {seat} · escape to {escape} · collapse {collapse}",
              crew=boat.crew if boat.crew is not None else unknown(), seat=f"{seats}{seat}",
              escape=numbers.metres(boat.escape_depth_m), collapse=numbers.metres(boat.collapse_depth_m))  # fmt: skip
