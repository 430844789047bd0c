"""What the map has to show of a case, as plain frozen values: no Qt, no planner, nothing that paints."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from subrescue.domain.position import Position
from subrescue.domain.response import Verdict

AssetKind = Literal["rescue_system", "intervention_system", "ship", "aircraft_fleet"]
LegKind = Literal["air", "road", "sea", "link"]
PlaceRole = Literal["apoe", "stop", "apod", "spod"]


@dataclass(frozen=True)
class MapAsset:
    """An asset where it is kept or lies; several at one place are spread when painted, their positions stay true.

    verdict is None for an asset that is in no option (a fleet, one that was not asked). str(detail) goes into the
    tooltip, and is made where that is shown.
    """

    id: str
    name: str
    position: Position
    kind: AssetKind
    verdict: Verdict | None = None
    selected: bool = False
    detail: object = ""


@dataclass(frozen=True)
class MapLeg:
    """One leg of the chosen chain: along great circles by air, along the points given by road and by sea.

    kind "link" is no way: it joins a place that the chart has ashore to the water where the leg by sea begins or ends.
    points: at least two, in the order of travel. label is painted at the middle: "C-17  1,412 NM".
    """

    kind: LegKind
    points: tuple[Position, ...]
    label: str = ""


@dataclass(frozen=True)
class MapPlace:
    """A place that the chosen chain goes through; it is labelled at every zoom."""

    name: str
    position: Position
    role: PlaceRole


@dataclass(frozen=True)
class MapNote:
    """A mark of the user on the map."""

    text: str
    position: Position


@dataclass(frozen=True)
class MapScene:
    """All that the map shows of a case besides the earth itself.

    dissub: None where there is no casualty to show. error_radius_nm: None where it is not known: no ring.
    centre: middle of the azimuthal projection where it shall not be the DISSUB. title and lines make the title
    block of a picture; the widget shows none. exercise paints the watermark on screen and on paper.
    """

    dissub: Position | None = None
    error_radius_nm: float | None = None
    label: str = "DISSUB"
    assets: tuple[MapAsset, ...] = ()
    legs: tuple[MapLeg, ...] = ()
    places: tuple[MapPlace, ...] = ()
    notes: tuple[MapNote, ...] = ()
    exercise: bool = False
    title: str = ""
    lines: tuple[str, ...] = field(default=())
    centre: Position | None = None
