"""What is known of a canal or strait beside its line: names, what fits through, how long it takes, who rules it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from subrescue.domain.evidence import Confidence
from subrescue.domain.quantities import Pert

LANGUAGES = ("en", "fr", "ru")


@dataclass(frozen=True)
class FactSource:
    """Where a fact comes from: the title of a document, or `from memory`, with its date, and how sure it is."""

    title: str
    confidence: Confidence
    date: str | None = None
    url: str | None = None

    def __str__(self) -> str:
        return f"{self.title}{f' ({self.date})' if self.date else ''}, {self.confidence.value} confidence"


@dataclass(frozen=True)
class PassageFacts:
    """Facts of one passage; None is not known, and where nothing limits a ship there is no limit to know.

    names: by language, `en`, `fr`, `ru`. draught_max_m, beam_max_m, length_max_m, air_draught_max_m: the largest ship
    of ordinary transit. controlled_nm: the miles over which `transit_h` (waiting included) or else `speed_limit_kn`
    holds, and `ice_speed_kn` in the months `ice_months`, 1 to 12. nations: ISO 3166 codes of who controls it.
    refusable: they can turn a ship away. any_ship: false where a ship of unknown size, or at no named time of the year,
    is not sent through: many do not fit or ice closes it for months, and a wider way leads round. notes: ids that
    `resources/messages` words. sources: by name of the fact.
    """

    names: Mapping[str, str] = field(default_factory=dict)
    aliases: tuple[str, ...] = ()
    draught_max_m: float | None = None
    beam_max_m: float | None = None
    length_max_m: float | None = None
    air_draught_max_m: float | None = None
    controlled_nm: float | None = None
    transit_h: Pert | None = None
    speed_limit_kn: float | None = None
    ice_months: tuple[int, ...] = ()
    ice_speed_kn: float | None = None
    nations: tuple[str, ...] = ()
    refusable: bool | None = None
    any_ship: bool | None = None
    notes: tuple[str, ...] = ()
    sources: Mapping[str, FactSource] = field(default_factory=dict)


def facts_from(properties: Mapping[str, Any]) -> PassageFacts:
    """Facts from the properties of a feature of `passages.geojson`; those that it does not have are not known."""
    transit = properties.get("transit_h")
    return PassageFacts(
        names=dict(properties.get("names", {})),
        aliases=tuple(properties.get("aliases", ())),
        draught_max_m=properties.get("draught_max_m"),
        beam_max_m=properties.get("beam_max_m"),
        length_max_m=properties.get("length_max_m"),
        air_draught_max_m=properties.get("air_draught_max_m"),
        controlled_nm=properties.get("controlled_nm"),
        transit_h=None if transit is None else Pert(min=transit[0], mode=transit[1], max=transit[2]),
        speed_limit_kn=properties.get("speed_limit_kn"),
        ice_months=tuple(properties.get("ice_months", ())),
        ice_speed_kn=properties.get("ice_speed_kn"),
        nations=tuple(properties.get("nations", ())),
        refusable=properties.get("refusable"),
        any_ship=properties.get("any_ship"),
        notes=tuple(properties.get("notes", ())),
        sources={
            name: FactSource(source["title"], Confidence(source["confidence"]), source.get("date"), source.get("url"))
            for name, source in properties.get("sources", {}).items()
        },
    )
