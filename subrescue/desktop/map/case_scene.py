"""What the map shows of a case and its response: casualty, assets where they lie, legs of the chosen option."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import get_args

from subrescue.desktop.map.scene import (
    AssetKind,
    MapAsset,
    MapLeg,
    MapNote,
    MapPlace,
    MapScene,
    PlaceRole,
)
from subrescue.desktop.parts.words import tr
from subrescue.domain.airlift import Place
from subrescue.domain.assets import AssetBase, Ship
from subrescue.domain.case import Case, CaseKind
from subrescue.domain.quantities import Assumptions
from subrescue.domain.registry import Registry
from subrescue.domain.response import Option, PhaseSpan, Response
from subrescue.exchange import numbers
from subrescue.exchange.languages import colon
from subrescue.exchange.via import CARRIED_BY, SHOWN_GAP_NM, gaps_nm, option_line
from subrescue.exchange.wording import label
from subrescue.planning.basis.ship_places import USEFUL, Known, ShipPlace, place_of_ship


def scene_of(
    case: Case,
    response: Response | None,
    registry: Registry | None,
    selected: str | None = None,
    assumptions: Assumptions | None = None,
) -> MapScene:
    """The scene of a case; without response or registry it shows the casualty alone.

    Ships that were seen stand where they were seen, as in the plan; the assumptions say for how long that holds.
    """
    dissub = case.dissub
    options = {option.asset_id: option for option in response.options} if response is not None else {}
    chosen = options.get(selected) if selected is not None else None
    return MapScene(
        dissub=dissub.fix.position,
        error_radius_nm=dissub.fix.error_radius_nm,
        label=dissub.name,
        assets=_assets(case, registry, options, selected, _useful_h(case, assumptions)),
        legs=legs_of(chosen),
        places=_places(chosen) if chosen else (),
        notes=tuple(MapNote(note.text, note.position) for note in case.annotations),
        exercise=case.kind is CaseKind.EXERCISE,
        title=case.title,
        lines=_lines(case, response, chosen),
    )


def legs_of(option: Option | None) -> tuple[MapLeg, ...]:
    """The legs of an option; none of none."""
    return tuple(leg for span in option.phases for leg in _legs(span)) if option is not None else ()


def _assets(
    case: Case, registry: Registry | None, options: dict[str, Option], selected: str | None, useful_h: float
) -> tuple[MapAsset, ...]:
    if registry is None:
        return ()
    case_ships = {known.ship: known for known in case.ships}
    shown = []
    for asset in registry.of_the_day(case).assets():
        at = place_of_ship(asset, case_ships.get(asset.id), case.alert, useful_h) if isinstance(asset, Ship) else None
        if asset.id not in options and (at is None or at.known not in (Known.CASE, Known.SEEN)):
            continue
        place = at.position if at is not None else asset.base.position if asset.base is not None else None
        kind = _kind(asset)
        if place is None or kind is None:
            continue
        option = options.get(asset.id)
        shown.append(
            MapAsset(
                id=asset.id,
                name=asset.name,
                position=place,
                kind=kind,
                verdict=option.verdict if option else None,
                selected=asset.id == selected,
                detail=AssetDetail(option, _seen(at)),
            )
        )
    return tuple(shown)


def _useful_h(case: Case, assumptions: Assumptions | None) -> float:
    own = case.assumptions.get(USEFUL)
    if own is not None:
        return own.mode
    known = assumptions.items.get(USEFUL) if assumptions is not None else None
    return math.inf if known is None else known.value.mode


def _kind(asset: AssetBase) -> AssetKind | None:
    name = getattr(asset, "kind", None)
    return next((kind for kind in get_args(AssetKind) if kind == name), None)


def _seen(place: ShipPlace | None) -> str:
    """When and how a ship was seen, where it is shown for that."""
    if place is None or place.known is not Known.SEEN or place.at is None:
        return ""
    return f"{place.source}, {place.at:%Y-%m-%d %H:%MZ}"


@dataclass(frozen=True, eq=False)
class AssetDetail:
    """What the tooltip says of an asset below its name, put together where it is asked for: for all assets at every
    step of a drag it took longer than all else of a scene.

    The same of the same option: two plans are not looked through for whether they say the same.
    """

    option: Option | None
    seen: str

    def __str__(self) -> str:
        return "\n".join(part for part in (_words(self.option) if self.option is not None else "", self.seen) if part)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, AssetDetail) and self.option is other.option and self.seen == other.seen

    def __hash__(self) -> int:
        return hash((id(self.option), self.seen))


def _words(option: Option) -> str:
    reach = option.time_to_first_rescue_h
    name = "TTFR"
    if reach is None:
        reach, name = option.time_to_intervention_h, "TTFI"
    when = f"{name} " + tr("{hours} h", hours=numbers.band(reach)) if reach is not None else ""
    return "\n".join(part for part in (label("verdict", option.verdict), option_line(option), when) if part)


def _legs(span: PhaseSpan) -> Iterator[MapLeg]:
    """The leg of a phase after the links of its places to it; none of a phase that goes nowhere."""
    leg = _leg(span)
    if leg is None:
        return
    for gap_nm, place, end in zip(gaps_nm(span), (span.origin, span.destination), (0, -1), strict=True):
        if gap_nm > SHOWN_GAP_NM and place is not None:
            yield MapLeg("link", (place.position, leg.points[end]))
    yield leg


def _leg(span: PhaseSpan) -> MapLeg | None:
    kind = CARRIED_BY.get(span.phase)
    points = span.path
    if kind is None:
        return None
    if len(points) < 2 and span.origin is not None and span.destination is not None:
        points = (span.origin.position, span.destination.position)
    if len(points) < 2 or all(point == points[0] for point in points):
        return None
    distance = numbers.miles(span.distance_nm) if span.distance_nm else ""
    carrier = (span.carrier or "") if kind != "road" else ""
    return MapLeg(kind, points, "  ".join(part for part in (carrier, distance) if part))


def _places(option: Option) -> tuple[MapPlace, ...]:
    via = option.via
    roles: list[tuple[PlaceRole, Place | None]] = [("apoe", via.apoe), ("apod", via.apod), ("spod", via.spod)]
    roles += [("stop", stop) for stop in via.stops]
    return tuple(
        MapPlace(f"{place.name} {place.code}" if place.code else place.name, place.position, role)
        for role, place in roles
        if place is not None
    )


def _lines(case: Case, response: Response | None, chosen: Option | None) -> tuple[str, ...]:
    dissub = case.dissub
    lines = [
        f"{dissub.name}, {numbers.position(dissub.fix.position)}, "
        + tr("depth {depth}", depth=numbers.metres(dissub.depth_m)),
        tr("Alert {at}", at=case.alert.strftime("%Y-%m-%d %H:%MZ")),
    ]
    if response is not None and response.survival.p50_h is not None:
        window = response.survival
        p50, p10, p90 = numbers.window(window)
        none_left = window.p90_h == 0.0
        left = tr("Survival {p50} h (P10 {p10}, P90 {p90})", p50=p50, p10=p10, p90=p90)
        lines.append(tr("No survival time left at the alert") if none_left else left)
    if chosen is not None:
        lines.append(f"{chosen.name}{colon()}{option_line(chosen)}")
    return tuple(lines)
