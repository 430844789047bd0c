"""What the map shows of a case and its response: casualty, assets where they lie, legs of the chosen option."""

from __future__ import annotations

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
from subrescue.domain.assets import AssetBase, Ship
from subrescue.domain.case import Case, CaseKind
from subrescue.domain.position import Position
from subrescue.domain.registry import Registry
from subrescue.domain.response import Option, PhaseSpan, Place, Response
from subrescue.exchange import numbers
from subrescue.exchange.via import CARRIED_BY, option_line
from subrescue.exchange.wording import label


def scene_of(case: Case, response: Response | None, registry: Registry | None, selected: str | None = None) -> MapScene:
    """The scene of a case; without response or registry it shows the casualty alone."""
    dissub = case.dissub
    options = {option.asset_id: option for option in response.options} if response is not None else {}
    chosen = options.get(selected) if selected is not None else None
    return MapScene(
        dissub=dissub.fix.position,
        error_radius_nm=dissub.fix.error_radius_nm,
        label=dissub.name,
        assets=_assets(case, registry, options, selected),
        legs=tuple(leg for span in chosen.phases if (leg := _leg(span)) is not None) if chosen else (),
        places=_places(chosen) if chosen else (),
        notes=tuple(MapNote(note.text, note.position) for note in case.annotations),
        exercise=case.kind is CaseKind.EXERCISE,
        title=case.title,
        lines=_lines(case, response, chosen),
    )


def _assets(
    case: Case, registry: Registry | None, options: dict[str, Option], selected: str | None
) -> tuple[MapAsset, ...]:
    if registry is None:
        return ()
    ships_now = {known.ship: known.position for known in case.ships if known.position is not None}
    shown = []
    for asset in registry.of_the_day(case).assets():
        if asset.id not in options and asset.id not in ships_now:
            continue
        place = ships_now.get(asset.id) or _place(asset)
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
                detail=_detail(option) if option else "",
            )
        )
    return tuple(shown)


def _kind(asset: AssetBase) -> AssetKind | None:
    name = getattr(asset, "kind", None)
    return next((kind for kind in get_args(AssetKind) if kind == name), None)


def _place(asset: AssetBase) -> Position | None:
    if isinstance(asset, Ship) and asset.fix is not None:
        return asset.fix.position
    return asset.base.position if asset.base is not None else None


def _detail(option: Option) -> str:
    reach = option.time_to_first_rescue_h
    name = "TTFR"
    if reach is None:
        reach, name = option.time_to_intervention_h, "TTFI"
    when = f"{name} {numbers.band(reach)} h" if reach is not None else ""
    return "\n".join(part for part in (label("verdict", option.verdict), option_line(option), when) if part)


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
        f"{dissub.name}, {numbers.position(dissub.fix.position)}, depth {numbers.metres(dissub.depth_m)}",
        f"Alert {case.alert.strftime('%Y-%m-%d %H:%MZ')}",
    ]
    if response is not None and response.survival.p50_h is not None:
        window = response.survival
        p50, p10, p90 = numbers.window(window)
        none_left = window.p90_h == 0.0
        lines.append("No survival time left at the alert" if none_left else f"Survival {p50} h (P10 {p10}, P90 {p90})")
    if chosen is not None:
        lines.append(f"{chosen.name}: {option_line(chosen)}")
    return tuple(lines)
