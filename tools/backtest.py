"""Holds the planner against what happened: every check and logic test of tests/data/backtest_cases.json.

Prints computed against actual, in or out of the pass range, the median band width, the logic tests, what was held out
(tools/held_out.py), and to which side each kind of duration errs. Exit code 1 when a logic test fails or fewer than 18
checks are in range. One set of assumptions serves all cases.
"""

from __future__ import annotations

import json
import sys
import tomllib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from subrescue.domain.assets import MovingAsset
from subrescue.domain.case import Case
from subrescue.domain.instants import hours_between
from subrescue.domain.quantities import Assumptions, Band, Pert
from subrescue.domain.registry import Registry
from subrescue.domain.response import Gate, Option, PhaseName, Response, Verdict
from subrescue.domain.samples import SAMPLES
from subrescue.earth.world import World, load_world
from subrescue.planning.answer.respond import plan
from subrescue.planning.basis.asked import asked_at
from subrescue.planning.basis.situation import Situation, situation_of
from subrescue.planning.doubt.durations import band
from subrescue.planning.doubt.schedule import Timetable
from subrescue.planning.ways.asset_chains import best_timetable
from subrescue.store.assumptions import load_assumptions
from subrescue.store.cases import read_case
from subrescue.store.paths import resources_dir
from subrescue.store.registry import load_registry

ROOT = Path(__file__).resolve().parent.parent
DATA = ROOT / "tests" / "data"
LEAST_IN_RANGE = 18

Samples = npt.NDArray[np.floating[Any]]


@dataclass(frozen=True)
class Check:
    """One duration of one case: what happened, what is allowed, what the planner says."""

    case: str
    asset: str
    phase: str
    actual_h: float
    low_h: float
    high_h: float
    computed: Band | None

    @property
    def in_range(self) -> bool:
        """The computed P50 lies in the pass range."""
        return self.computed is not None and self.low_h <= self.computed.p50 <= self.high_h

    @property
    def covered(self) -> bool:
        """What happened lies between the computed P10 and P90."""
        return self.computed is not None and self.computed.p10 <= self.actual_h <= self.computed.p90


@dataclass(frozen=True)
class Logic:
    """One statement about the whole answer, and what was found."""

    id: str
    test: str
    holds: bool
    found: str


@cache
def data() -> tuple[dict[str, Any], dict[str, Any]]:
    """The cases as recorded, and which assets of our cases stand for theirs."""
    cases = json.loads((DATA / "backtest_cases.json").read_text(encoding="utf-8"))
    mapping = tomllib.loads((DATA / "backtest_assets.toml").read_text(encoding="utf-8"))
    return cases, mapping


@cache
def as_shipped() -> tuple[Registry, Assumptions, World]:
    """Registry, assumptions and world as shipped."""
    return load_registry(), load_assumptions(), load_world()


@cache
def case_of(name: str) -> Case:
    """The case that stands for a recorded one."""
    file = f"{data()[1]['cases'][name]}.toml"
    shipped = resources_dir() / "cases" / file
    return read_case(shipped if shipped.exists() else ROOT / "tests" / "cases" / file)


def asset_id(case: str, recorded: str) -> str:
    """Id of our asset for a recorded one."""
    return next(str(a["asset"]) for a in data()[1]["asset"] if a["case"] == case and a["id"] == recorded)


@cache
def response_of(name: str) -> Response:
    """The plan of a recorded case."""
    return plan_of(case_of(name))


def plan_of(case: Case) -> Response:
    """The plan of a case with everything as shipped."""
    return plan(case, *as_shipped(), samples=SAMPLES, paths=False)


@cache
def situation(name: str) -> Situation:
    """What the plan of a recorded case stands on."""
    return situation_of(case_of(name), *as_shipped(), 0, SAMPLES)


def timetable_of(name: str, asset: str) -> Timetable | None:
    """Sampled timetable of one asset's chain."""
    sit = situation(name)
    found = sit.registry.find(asset)
    return best_timetable(found, sit) if isinstance(found, MovingAsset) else None


def duration_h(table: Timetable, phase: str, told_h: float) -> Samples | None:
    """Samples of a recorded duration, by the definitions of the recorded cases; None where the chain has none."""
    told = np.full(len(table.end_h[-1]), told_h)
    airborne, landed = _first(table, PhaseName.FLIGHT), table.end_of(PhaseName.FLIGHT)
    sailed = table.end_of(PhaseName.FIT_OUT, PhaseName.NOTICE)
    scene = table.end_of(PhaseName.TRANSIT)
    dive = table.end_of(PhaseName.SURVEY, PhaseName.INTERVENTION)
    ends: dict[str, tuple[Samples | None, Samples | None]] = {
        "alert_to_airborne": (told, airborne),
        "flight": (airborne, landed),
        "alert_to_apod": (told, landed),
        "landing_to_sailed": (landed, table.end_of(PhaseName.FIT_OUT)),
        "ship_mobilise": (_first(table, PhaseName.PREPARE_SHIP, PhaseName.FIT_OUT), table.end_of(PhaseName.FIT_OUT)),
        "alert_to_sailed": (told, table.end_of(PhaseName.FIT_OUT)),
        "alert_to_sailed_own_ship": (told, sailed),
        "transit": (_first(table, PhaseName.TRANSIT), scene),
        "onscene_to_first_dive": (scene, dive),
        "first_dive_to_rescue": (dive, table.end_of(PhaseName.FIRST_DIVE)),
        "alert_to_onscene": (told, scene),
        "alert_to_first_dive": (told, dive),
        "alert_to_rescue": (told, table.end_of(PhaseName.FIRST_DIVE)),
    }
    start, end = ends[phase]
    return None if start is None or end is None else end - start


def _first(table: Timetable, *phases: PhaseName) -> Samples | None:
    for index, step in enumerate(table.steps):
        if step.phase in phases:
            return np.asarray(table.start_h[index])
    return None


def told_to_go_h(case: Case, asset: str) -> float:
    """Hours from the alert of the case until the asset was told to go."""
    offer = next((o for o in case.offers if o.asset == asset), None)
    return 0.0 if offer is None or offer.told_to_go is None else max(hours_between(case.alert, offer.told_to_go), 0.0)


def checks() -> list[Check]:
    """Every check, computed."""
    found = []
    for row in data()[0]["backtest_checks"]:
        ours = asset_id(row["case"], row["asset"])
        table = timetable_of(row["case"], ours)
        hours = None if table is None else duration_h(table, row["phase"], told_to_go_h(case_of(row["case"]), ours))
        found.append(
            Check(
                row["case"],
                row["asset"],
                row["phase"],
                row["actual_h"],
                row["pass_low_h"],
                row["pass_high_h"],
                None if hours is None else band(hours),
            )
        )
    return found


def why_out(check: Check) -> str:
    """The recorded reason for which a check lies out of range."""
    here = (check.case, check.asset, check.phase)
    known = {(row["case"], row["id"], row["phase"]): str(row["why"]) for row in data()[1]["out_of_range"]}
    return known.get(here, "no reason recorded")


def option(response: Response, asset: str) -> Option:
    """The option of one asset in a response."""
    return next(o for o in response.options if o.asset_id == asset)


def on_scene_h(found: Option) -> float:
    """Median hours from the alert at which the option is on scene; inf where it never is."""
    return next((p.end_h.p50 for p in found.phases if p.phase is PhaseName.TRANSIT), float("inf"))


def reasons(found: Option, gate: Gate) -> set[str]:
    """Message ids of one gate of an option."""
    return {why.id for result in found.gates if result.gate is gate for why in result.reasons}


def red(found: Option, gate: Gate) -> bool:
    """The gate forbids the option."""
    return any(result.gate is gate and result.verdict is Verdict.RED for result in found.gates)


def _as28_order() -> tuple[bool, str]:
    response = response_of("AS28-2005")
    names = ("UK-SCORPIO45", "US-SUPERSCORPIO", "SHELL-SAKHALIN", "JP-CHIYODA")
    hours = [on_scene_h(option(response, asset_id("AS28-2005", name))) for name in names]
    ahead = hours[1] - hours[0]
    holds = hours == sorted(hours) and 8.0 <= ahead <= 16.0
    return holds, ", ".join(
        f"{n} {h:.1f} h" for n, h in zip(names, hours, strict=True)
    ) + f"; UK ahead by {ahead:.1f} h"


def _as28_loader() -> tuple[bool, str]:
    response = response_of("AS28-2005")
    ids = [asset_id("AS28-2005", name) for name in ("UK-SCORPIO45", "US-SUPERSCORPIO")]
    warned = ["lift.loader_missing" in reasons(option(response, one), Gate.LIFT) for one in ids]
    return all(warned), f"K-loader named for UK {warned[0]}, US {warned[1]}"


def _as28_intervention() -> tuple[bool, str]:
    response = response_of("AS28-2005")
    rescue = [o for o in response.options if o.kind == "rescue_system"]
    first = response.options[0]
    holds = all(red(o, Gate.SEAT) for o in rescue) and first.kind == "intervention_system"
    return (
        holds,
        f"first: {first.name}; mating red by seat for {sum(red(o, Gate.SEAT) for o in rescue)} of {len(rescue)}",
    )


def _kursk_first() -> tuple[bool, str]:
    response = response_of("KURSK-2000")
    own = on_scene_h(option(response, asset_id("KURSK-2000", "RU-RUDNITSKY")))
    lr5 = asset_id("KURSK-2000", "UK-LR5")
    others = [on_scene_h(o) for o in response.options if on_scene_h(o) > own]
    sooner = counterfactual_kursk()
    answer = plan_of(sooner)
    early = on_scene_h(option(answer, lr5)) - told_to_go_h(sooner, lr5)
    holds = len(others) == len(response.options) - 1 and min(others) - own > 48.0 and 66.0 <= early <= 100.0
    own_early = on_scene_h(option(answer, asset_id("KURSK-2000", "RU-RUDNITSKY")))
    holds = holds and on_scene_h(option(answer, lr5)) - own_early > 48.0
    return holds, f"Rudnitsky {own:.1f} h, next {min(others):.1f} h; asked at once LR5 takes {early:.1f} h"


def counterfactual_kursk() -> Case:
    """Kursk with help asked for at 19:30Z on 12 August, LR5 at its 12 h notice."""
    case = asked_at(case_of("KURSK-2000"), datetime.fromisoformat("2000-08-12T19:30:00+00:00"))
    lr5 = asset_id("KURSK-2000", "UK-LR5")
    at_notice = {"notice_h": Pert.exactly(12.0)}
    return case.model_copy(
        update={"offers": tuple(o.model_copy(update=at_notice) if o.asset == lr5 else o for o in case.offers)}
    )


def _too_deep(name: str) -> tuple[bool, str]:
    response = response_of(name)
    rescue = [o for o in response.options if o.kind == "rescue_system"]
    ids = {f.id for f in response.findings}
    holds = bool(rescue) and all(red(o, Gate.DEPTH) for o in rescue) and "finding.no_feasible_rescue" in ids
    return holds, f"{len(rescue)} rescue systems, all red by depth; findings {', '.join(sorted(ids))}"


def _san_juan_ship() -> tuple[bool, str]:
    response = response_of("SANJUAN-2017")
    ship = {PhaseName.SHIP_CHARTER, PhaseName.SHIP_TO_PORT}
    air = {
        PhaseName.WAIT_FOR_AIRCRAFT,
        PhaseName.LOAD_AIRCRAFT,
        PhaseName.FLIGHT,
        PhaseName.OFFLOAD,
        PhaseName.FURTHER_SORTIES,
    }
    paths = [set(option(response, asset_id("SANJUAN-2017", name)).critical_path) for name in ("US-SRC", "US-PRM")]
    return all(path & ship and not path & air for path in paths), "; ".join(
        ", ".join(sorted(phase.value for phase in path)) for path in paths
    )


def _nanggala() -> tuple[bool, str]:
    response = response_of("NANGGALA-2021")
    holds, found = _too_deep("NANGGALA-2021")
    named = [o for o in response.options if o.asset_id in ("sg-dsar-6", "my-mega-bakti-irov", "in-dsrv-east")]
    rov_only = "finding.rov_only" in {f.id for f in response.findings}
    return holds and len(named) == 3 and all(red(o, Gate.DEPTH) for o in named) and rov_only, found


def _pacocha() -> tuple[bool, str]:
    response = response_of("PACOCHA-1988")
    escape = response.escape
    first = response.findings[0].id if response.findings else "none"
    holds = escape is not None and escape.verdict in (Verdict.GREEN, Verdict.AMBER) and first == "finding.escape_first"
    return holds, f"escape {escape.verdict if escape else None}, first finding {first}"


def _thresher_minerve() -> tuple[bool, str]:
    a, b = _too_deep("THRESHER-1963"), _too_deep("MINERVE-1968")
    return a[0] and b[0], f"Thresher: {a[1]}; Minerve: {b[1]}"


def _losharik() -> tuple[bool, str]:
    response = response_of("LOSHARIK-2019")
    return not response.options, f"{len(response.options)} options, {', '.join(f.id for f in response.findings)}"


LOGIC: dict[str, Callable[[], tuple[bool, str]]] = {
    "L1": _as28_order,
    "L2": _as28_loader,
    "L3": _as28_intervention,
    "L4": _kursk_first,
    "L5": lambda: _too_deep("SANJUAN-2017"),
    "L6": _san_juan_ship,
    "L7": _nanggala,
    "L10": _pacocha,
    "L11": _thresher_minerve,
    "L12": _losharik,
}


def logic_tests() -> list[Logic]:
    """Every logic test, tried."""
    return [Logic(row["id"], row["test"], *LOGIC[row["id"]]()) for row in data()[0]["backtest_logic_tests"]]


def median_width(found: Sequence[Check]) -> float:
    """How wide the bands from P10 to P90 are, as shares of what happened: the median."""
    widths = [(c.computed.p90 - c.computed.p10) / c.actual_h for c in found if c.computed is not None]
    return float(np.median(widths))


def main() -> int:
    """Print the whole comparison; 0 when it holds."""
    all_checks, all_logic = checks(), logic_tests()
    print(f"{'case':14} {'asset':16} {'phase':25} {'actual':>7} {'allowed':>11} {'P10':>6} {'P50':>6} {'P90':>6}")
    for c in all_checks:
        shown = (
            "     -      -      -"
            if c.computed is None
            else (f"{c.computed.p10:6.1f} {c.computed.p50:6.1f} {c.computed.p90:6.1f}")
        )
        mark = "in" if c.in_range else "OUT"
        print(f"{c.case:14} {c.asset:16} {c.phase:25} {c.actual_h:7.2f} {c.low_h:5.1f}-{c.high_h:5.1f} {shown}  {mark}")
    inside = sum(c.in_range for c in all_checks)
    covered = sum(c.covered for c in all_checks)
    for c in all_checks:
        if not c.in_range:
            print(f"out of range: {c.case} {c.asset} {c.phase}: {why_out(c)}")
    print(f"\n{inside} of {len(all_checks)} in range; what happened lies in P10-P90 for {covered}", end="; ")
    print(f"median band width {100 * median_width(all_checks):.0f} % of what happened\n")
    for test in all_logic:
        print(f"{test.id:4} {'holds' if test.holds else 'FAILS'}  {test.test}\n           found: {test.found}")
    from tools import held_out  # it reads this module

    others = held_out.checks()
    print(f"\n{held_out.report(others)}")
    # Lines that missed are those for which nothing was chosen: only all of them together are no choice.
    both, inside_both = len(all_checks) + len(others), covered + sum(one.covered for one in others)
    print(f"of all {both} durations, whatever was chosen with them, {inside_both} lie in P10-P90")
    unseen = [one for one in others if one.fitted is None]
    print(f"\nof those that nothing was chosen with: {held_out.by_phase(unseen)}")
    print(f"\nof all {both}: {held_out.by_phase([*all_checks, *others])}")
    failed = [test.id for test in all_logic if not test.holds]
    return 1 if failed or inside < LEAST_IN_RANGE else 0


if __name__ == "__main__":
    sys.exit(main())
