"""The road between two places, for people and for programs: how far, how long, by which factor it is estimated."""

from __future__ import annotations

from subrescue.domain.quantities import Pert
from subrescue.exchange import numbers
from subrescue.exchange.json_text import json_text
from subrescue.planning.geography.road_estimate import RoadEstimate


def road_to_json(found: RoadEstimate, ends: tuple[str, str], source: str) -> str:
    """The road for programs. ends: the names of its places; source: the title of where the factor comes from."""
    factor = found.factor
    return json_text(
        {
            "from": ends[0],
            "to": ends[1],
            "geodesic_nm": numbers.tenth(found.geodesic_nm),
            "road_km": _tenths(found.road_km),
            "hours": _tenths(found.hours),
            "over_links": found.over_links,
            "round_bays": round(found.round_bays, 2),
            "detour_factor": {**factor.value.model_dump(), "source": source, "confidence": factor.confidence},
        }
    )


def road_text(found: RoadEstimate, ends: tuple[str, str], source: str) -> str:
    """The road for people, with what `road_to_json` has."""
    factor, km, hours = found.factor, found.road_km, found.hours
    value = factor.value
    lines = [
        " to ".join(ends),
        f"Geodesic  {numbers.miles(found.geodesic_nm)}",
        f"Road      about {km.mode:,.0f} km ({km.min:,.0f} to {km.max:,.0f})",
        f"Convoy    about {numbers.hours(hours.mode)} h ({numbers.hours(hours.min)} to {numbers.hours(hours.max)}), "
        "with loading",
        f"Factor    {value.mode:g} ({value.min:g} to {value.max:g}), confidence {factor.confidence}; {source}",
        f"          {factor.help}" if factor.help else "",
        f"Round water that the geodesic crosses: {found.round_bays:.2f} times as far" if found.round_bays > 1.0 else "",
        "Over a bridge, tunnel or causeway between islands" if found.over_links else "",
    ]
    return "\n".join(line for line in lines if line) + "\n"


def _tenths(value: Pert) -> dict[str, float | None]:
    return {name: numbers.tenth(part) for name, part in value.model_dump().items()}
