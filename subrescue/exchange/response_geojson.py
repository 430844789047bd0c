"""Writes a response as GeoJSON for other maps: the datum, its error, where assets start, the legs of their chains."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from subrescue.domain.case import Case
from subrescue.domain.errors import Problem
from subrescue.domain.position import Position
from subrescue.domain.response import Mode, Option, PhaseSpan, Response
from subrescue.exchange import geojson_geometry as geometry
from subrescue.exchange.json_text import json_text
from subrescue.exchange.numbers import tenth
from subrescue.exchange.response_format import DoubtOut
from subrescue.exchange.response_json import banner
from subrescue.exchange.via import CARRIED_BY, carried_by, gaps_nm
from subrescue.exchange.wording import label, say


def response_to_geojson(response: Response, case: Case, doubts: Iterable[Problem] = ()) -> str:
    """The response as GeoJSON text (RFC 7946)."""
    return json_text(response_to_features(response, case, doubts), indent=1)


def response_to_features(response: Response, case: Case, doubts: Iterable[Problem] = ()) -> dict[str, Any]:
    """The response as a FeatureCollection: features have a `role` of datum, error, asset or leg.

    `doubts` are what is doubtful in the case itself.
    """
    features = _datum(case)
    for rank, option in enumerate(response.options, start=1):
        features += _chain(option, rank)
    return {
        "type": "FeatureCollection",
        "banner": banner(case),
        "case": case.id,
        "title": case.title,
        "alert": case.alert.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "doubts": [DoubtOut.of(one).model_dump() for one in doubts],
        "features": [
            {**feature, "properties": {"banner": banner(case), **feature["properties"]}} for feature in features
        ],
    }


def _feature(shape: dict[str, Any], **properties: Any) -> dict[str, Any]:
    return {"type": "Feature", "geometry": shape, "properties": properties}


def _datum(case: Case) -> list[dict[str, Any]]:
    from subrescue.earth.shape.geodesy import circle_points

    dissub = case.dissub
    position, radius_nm = dissub.fix.position, dissub.fix.error_radius_nm
    features = [
        _feature(
            geometry.point(position),
            role="datum",
            name=dissub.name,
            nation=dissub.nation,
            depth_m=dissub.depth_m,
            error_radius_nm=radius_nm,
        )
    ]
    if radius_nm:
        points = [(float(lat), float(lon)) for lat, lon in circle_points(position, radius_nm, 90)]
        features.append(_feature(geometry.ring(points), role="error", name=dissub.name, error_radius_nm=radius_nm))
    return features


def _chain(option: Option, rank: int) -> list[dict[str, Any]]:
    start = next((phase.origin for phase in option.phases if phase.origin is not None), None)
    first = option.first_h
    common = {"rank": rank, "asset_id": option.asset_id, "asset": option.name, "verdict": option.verdict.value}
    features = []
    if start is not None:
        features.append(
            _feature(
                geometry.point(start.position),
                role="asset",
                **common,
                place=start.name,
                nations=list(option.nations),
                kind=option.kind,
                mode=option.mode.value if isinstance(option.mode, Mode) else None,
                first_h_p50=tenth(first.p50) if first else None,
                limiting_factor=say(option.limiting_factor) if option.limiting_factor else None,
            )
        )
    return features + [_leg(phase, common) for phase in option.phases if _has_path(phase)]


def _has_path(phase: PhaseSpan) -> bool:
    """Whether a phase goes anywhere: a ship that lies at the port already draws no line."""
    return len(set(_positions(phase))) > 1


def _positions(phase: PhaseSpan) -> tuple[Position, ...]:
    if len(phase.path) > 1:
        return phase.path
    if phase.phase in CARRIED_BY and phase.origin is not None and phase.destination is not None:
        return (phase.origin.position, phase.destination.position)
    return ()


def _leg(phase: PhaseSpan, common: dict[str, Any]) -> dict[str, Any]:
    start_gap_nm, end_gap_nm = gaps_nm(phase)
    return _feature(
        geometry.line([(position.lat_deg, position.lon_deg) for position in _positions(phase)]),
        role="leg",
        **common,
        phase=phase.phase.value,
        label=label("phase", phase.phase),
        by=CARRIED_BY.get(phase.phase),
        carrier=carried_by(phase.carrier) or None,
        start_h_p50=tenth(phase.start_h.p50),
        end_h_p50=tenth(phase.end_h.p50),
        distance_nm=tenth(phase.distance_nm),
        start_gap_nm=tenth(start_gap_nm),
        end_gap_nm=tenth(end_gap_nm),
        **{
            "from": phase.origin.name if phase.origin else None,
            "to": phase.destination.name if phase.destination else None,
        },
    )
