"""Tells a run over AIS sentences: ships seen, strangers, and what became of every line, as text and as JSON."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from subrescue.domain.registry import Registry
from subrescue.exchange.ais.tally import Fate, Stranger, Tally
from subrescue.exchange.sightings import sighting_words
from subrescue.exchange.wording import UNKNOWN, label, text


def as_text(
    tally: Tally, registry: Registry, source: str, now: datetime, *, dry_run: bool = False, unknown: bool = False
) -> str:
    """The run for a person; with `unknown`, the ships that the registry does not hold one by one."""
    values: dict[str, Any] = {"source": source, "sentences": tally.sentences, "lines": tally.lines}
    lines = [text("ais.sentences", values)]
    rows = sum(tally.journalled.values())
    if tally.heard:
        name = "ais.ships_dry" if dry_run else "ais.ships"
        lines.append(text(name, {"count": len(tally.ships), "rows": rows}))
    elif not any(ship.mmsi is not None for ship in registry.ships.values()):
        lines.append(text("ais.none_has_mmsi"))
    else:
        lines.append(text("ais.none"))
    widest = max((len(ship_id) for ship_id in tally.ships), default=0)
    for ship_id, seen in sorted(tally.ships.items()):
        ship = registry.ships.get(ship_id)
        count = text("ais.rows", {"count": tally.journalled[ship_id]})
        lines.append(f"  {ship_id:<{widest}}  {ship.name if ship else ''}: {sighting_words(seen, now)}; {count}")
    rest = [fate for fate in Fate if fate is not Fate.SEEN and tally.fates[fate]]
    if rest:
        lines.append(text("ais.fates"))
        lines += [f"  {tally.fates[fate]:>9,}  {label('fate', fate)}" for fate in rest]
    lines += _strangers(tally, registry, unknown)
    return "\n".join(lines) + "\n"


def _perhaps(stranger: Stranger, registry: Registry) -> list[str]:
    """Ships of the registry without an MMSI that a stranger may be, as she says: by IMO number, or else by name."""
    lacking = [ship for ship in registry.ships.values() if ship.mmsi is None]
    by_imo = [ship.id for ship in lacking if stranger.imo is not None and ship.imo == stranger.imo]
    name = (stranger.name or "").casefold()
    by_name = [ship.id for ship in lacking if name and ship.name.casefold() == name]
    return by_imo or by_name


def _strangers(tally: Tally, registry: Registry, listed: bool) -> list[str]:
    if not tally.strangers:
        return []
    if not listed:
        return [text("ais.strangers", {"count": len(tally.strangers)})]
    lines = [text("ais.strangers_listed")]
    for stranger in strangers_of(tally):
        last = f"{stranger.last:%Y-%m-%d %H:%MZ}" if stranger.last is not None else UNKNOWN
        parts = [f"  {stranger.mmsi:09d}", last, text("ais.reports", {"count": stranger.reports})]
        parts += [stranger.name] if stranger.name else []
        parts += [text("ais.imo", {"imo": str(stranger.imo)})] if stranger.imo else []
        parts += [text("ais.perhaps", {"id": ship_id}) for ship_id in _perhaps(stranger, registry)]
        lines.append("  ".join(parts))
    if tally.strangers_not_listed:
        lines.append("  " + text("ais.strangers_more", {"count": tally.strangers_not_listed}))
    return lines


def strangers_of(tally: Tally) -> list[Stranger]:
    """The ships that the registry does not hold, those heard most often first."""
    return sorted(tally.strangers.values(), key=lambda stranger: (-stranger.reports, stranger.mmsi))


def as_json(tally: Tally, source: str, dry_run: bool) -> dict[str, Any]:
    """The run for a program: every count by name, ships with their last position, strangers."""
    return {
        "source": source,
        "dry_run": dry_run,
        "lines": tally.lines,
        "sentences": tally.sentences,
        "fates": {fate.value: tally.fates[fate] for fate in Fate},
        "ships": {
            ship_id: {**seen.model_dump(mode="json"), "journalled": tally.journalled[ship_id]}
            for ship_id, seen in sorted(tally.ships.items())
        },
        "unknown": [
            {
                "mmsi": stranger.mmsi,
                "name": stranger.name,
                "imo": stranger.imo,
                "reports": stranger.reports,
                "last": stranger.last.strftime("%Y-%m-%dT%H:%M:%SZ") if stranger.last is not None else None,
            }
            for stranger in strangers_of(tally)
        ],
        "unknown_not_listed": tally.strangers_not_listed,
    }
