"""Stages and events that the back-test does not check, held against the plan: tests/data/held_out.toml.

`make backtest` prints them after its own checks. A line that an assumption was chosen with counts for nothing here.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from statistics import median
from typing import Any

from subrescue.domain.assets import MovingAsset
from subrescue.domain.case import Case
from subrescue.domain.quantities import Band
from subrescue.domain.samples import SAMPLES
from subrescue.planning.basis.situation import Situation, situation_of
from subrescue.planning.doubt.durations import band
from subrescue.planning.doubt.schedule import Timetable
from subrescue.planning.ways.asset_chains import best_timetable
from subrescue.store.cases import read_case
from subrescue.store.paths import resources_dir
from tools import backtest

DATA = backtest.DATA / "held_out.toml"
FOLDERS = (resources_dir() / "cases", backtest.ROOT / "tests" / "cases", backtest.ROOT / "tests" / "cases" / "unseen")


@dataclass(frozen=True)
class HeldOut:
    """One duration that happened, and what the plan says of it."""

    case: str
    asset: str
    phase: str
    actual_h: float
    uncert_h: float
    confidence: str
    fitted: str | None
    why: str | None
    computed: Band | None

    @property
    def covered(self) -> bool:
        """What happened lies between P10 and P90."""
        return self.computed is not None and self.computed.p10 <= self.actual_h <= self.computed.p90

    @property
    def within_doubt(self) -> bool:
        """It may have: what happened, with the doubt of the record, meets P10 to P90."""
        return (
            self.computed is not None
            and self.computed.p10 - self.uncert_h <= self.actual_h <= self.computed.p90 + self.uncert_h
        )


@cache
def rows() -> tuple[dict[str, Any], ...]:
    """The lines as recorded."""
    return tuple(tomllib.loads(DATA.read_text(encoding="utf-8"))["check"])


@cache
def case_of(name: str) -> Case:
    """A shipped case, or one of the tests."""
    return read_case(next(path for folder in FOLDERS if (path := folder / f"{name}.toml").exists()))


@cache
def situation(name: str) -> Situation:
    """What the plan of a case stands on."""
    return situation_of(case_of(name), *backtest.as_shipped(), 0, SAMPLES)


@cache
def timetable_of(name: str, asset: str) -> Timetable | None:
    """Sampled timetable of one asset's chain."""
    sit = situation(name)
    found = sit.registry.find(asset)
    return best_timetable(found, sit) if isinstance(found, MovingAsset) else None


def checks() -> list[HeldOut]:
    """Every line, computed."""
    found = []
    for row in rows():
        table = timetable_of(row["case"], row["asset"])
        told_h = backtest.told_to_go_h(case_of(row["case"]), row["asset"])
        hours = None if table is None else backtest.duration_h(table, row["phase"], told_h)
        found.append(
            HeldOut(
                row["case"],
                row["asset"],
                row["phase"],
                row["actual_h"],
                row["uncert_h"],
                row["confidence"],
                row.get("fitted"),
                row.get("why"),
                None if hours is None else band(hours),
            )
        )
    return found


def by_phase(lines: Iterable[HeldOut | backtest.Check]) -> str:
    """For each kind of duration what happened over the P50, least to most: over 1 it took longer than the plan says."""
    shares: dict[str, list[float]] = {}
    for one in lines:
        if one.computed is not None:
            shares.setdefault(one.phase, []).append(one.actual_h / one.computed.p50)
    told = [f"{'what happened / P50':25} {'n':>3} {'median':>7}"]
    for phase, found in sorted(shares.items()):
        told.append(f"{phase:25} {len(found):3} {median(found):7.2f}  " + " ".join(f"{x:.2f}" for x in sorted(found)))
    return "\n".join(told)


def report(found: list[HeldOut]) -> str:
    """The lines as a table, and how many lie in the band."""
    lines = [f"{'held out':24} {'asset':22} {'phase':24} {'actual':>7} {'+-':>4} {'P10':>6} {'P50':>6} {'P90':>6}"]
    for one in found:
        bands = (
            "     -      -      -"
            if one.computed is None
            else f"{one.computed.p10:6.1f} {one.computed.p50:6.1f} {one.computed.p90:6.1f}"
        )
        mark = "in" if one.covered else "in, by its doubt" if one.within_doubt else "OUT"
        by = f"  (chosen with it: {one.fitted})" if one.fitted else ""
        lines.append(
            f"{one.case:24} {one.asset:22} {one.phase:24} {one.actual_h:7.1f} {one.uncert_h:4.1f} {bands}  {mark}{by}"
        )
    lines += [f"outside: {one.case} {one.asset} {one.phase}: {one.why}" for one in found if not one.within_doubt]
    unseen = [one for one in found if one.fitted is None]
    inside, doubtful = sum(one.covered for one in unseen), sum(one.within_doubt for one in unseen)
    lines.append(f"of {len(unseen)} held out {inside} lie in P10-P90, {doubtful} with the doubt of the record")
    late = sum(one.computed is not None and one.actual_h > one.computed.p90 for one in found)
    soon = sum(one.computed is not None and one.actual_h < one.computed.p10 for one in found)
    lines.append(f"of all {len(found)} lines here {late} took longer than their P90 and {soon} less than their P10")
    return "\n".join(lines)
