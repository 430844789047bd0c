"""Puts the facts of `tools/passage_facts.toml` into `maps/passages.geojson`, and leaves lines and gates as they are.

    python -m tools.passage_facts [--maps DIR]

Facts of passages that the map does not have are kept for later. `properties_of` serves the builder of the map as well.
"""

from __future__ import annotations

import argparse
import json
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from subrescue.earth.passages.passage_facts import LANGUAGES
from subrescue.earth.passages.passages import FILE
from tools.maps_common import update_manifest

FACTS_FILE = Path(__file__).resolve().parent / "passage_facts.toml"

# Facts that are [value, source, confidence]; the limits that a number must keep.
_NUMBERS = {
    "draught_max_m": (0.5, 60.0),
    "beam_max_m": (2.0, 150.0),
    "length_max_m": (10.0, 700.0),
    "air_draught_max_m": (2.0, 150.0),
    "controlled_nm": (0.1, 600.0),
    "speed_limit_kn": (1.0, 60.0),
    "ice_speed_kn": (0.5, 40.0),
}
_OTHERS = ("transit_h", "ice_months", "nations", "refusable", "any_ship", "notes")
_PLAIN = ("names", "aliases")


@cache
def _content() -> dict[str, Any]:
    return tomllib.loads(FACTS_FILE.read_text(encoding="utf-8"))


def properties_of(passage_id: str) -> dict[str, Any]:
    """The properties to merge into the feature of a passage; empty where there are no facts.

    Raises ValueError for a fact that is not of its form, has no source of the list, or is out of range.
    """
    entry: dict[str, Any] = _content().get(passage_id, {})
    merged: dict[str, Any] = {}
    sources: dict[str, Any] = {}
    for name, fact in entry.items():
        where = f"{FACTS_FILE.name}: {passage_id}.{name}"
        if name in _PLAIN:
            merged[name] = fact
            continue
        if name not in _NUMBERS and name not in _OTHERS:
            raise ValueError(f"{where}: no fact is called so")
        if not isinstance(fact, list) or len(fact) != 3:
            raise ValueError(f"{where}: found {fact!r}; [value, source, confidence] is needed")
        value, source, confidence = fact
        _check(where, name, value)
        if source not in _content()["source"]:
            raise ValueError(f"{where}: found the unknown source {source!r}")
        if confidence not in ("high", "medium", "low"):
            raise ValueError(f"{where}: found the confidence {confidence!r}; high, medium or low is needed")
        merged[name] = value
        sources[name] = {**_content()["source"][source], "confidence": confidence}
    if entry and set(entry.get("names", {})) != set(LANGUAGES):
        raise ValueError(f"{FACTS_FILE.name}: {passage_id}.names: a name is needed in {', '.join(LANGUAGES)}")
    if sources:
        merged["sources"] = sources
    return merged


def _check(where: str, name: str, value: Any) -> None:
    low, high = _NUMBERS.get(name, (0.0, 0.0))
    match name:
        case "transit_h":
            sound = len(value) == 3 and 0 < value[0] <= value[1] <= value[2] <= 1000
        case "ice_months":
            sound = bool(value) and all(month in range(1, 13) for month in value)
        case "nations":
            sound = bool(value) and all(len(code) == 2 and code.isupper() for code in value)
        case "refusable" | "any_ship":
            sound = isinstance(value, bool)
        case "notes":
            sound = bool(value) and all(isinstance(note, str) for note in value)
        case _:
            sound = low <= value <= high
    if not sound:
        raise ValueError(f"{where}: found {value!r}, which cannot be")


def merge(folder: Path) -> int:
    """Write the facts into the map of a folder and its manifest; returns how many passages have facts."""
    path = folder / FILE
    content = json.loads(path.read_text(encoding="utf-8"))
    own = {*_NUMBERS, *_OTHERS, *_PLAIN, "sources"}
    known = 0
    for feature in content["features"]:
        kept = {name: value for name, value in feature["properties"].items() if name not in own}
        facts = properties_of(kept["id"])
        known += bool(facts)
        feature["properties"] = {**kept, **facts}
    rows = ",\n".join(json.dumps(feature, ensure_ascii=False) for feature in content["features"])
    path.write_text('{"type": "FeatureCollection", "features": [\n' + rows + "\n]}\n", encoding="utf-8")
    entry = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))["files"][FILE]
    update_manifest(folder, {FILE: {name: entry[name] for name in ("origin", "licence", "date")}})
    return known


def main() -> None:
    """Read the command line and merge."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--maps", type=Path, default=FACTS_FILE.parent.parent / "maps")
    print(f"facts of {merge(parser.parse_args().maps)} passages written")


if __name__ == "__main__":
    main()
