"""An aircraft lands on no runway that is known to be too narrow for it; an unknown width is a doubt, as strength is."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from subrescue.domain.reasons import reason
from subrescue.domain.response import Gate, Option
from subrescue.exchange.wording import say
from subrescue.planning.airlift.open_fields import too_narrow
from subrescue.planning.answer.respond import plan
from subrescue.planning.geography.places import Places
from subrescue.store.assumptions import load_assumptions
from subrescue.store.registry import load_registry
from tests.planning.worlds import C17, a_case, registry, rescue_system, small_world

WORLD, NUMBERS = small_world(), load_assumptions()


def code(places: Places, *codes: str) -> set[int]:
    found = {places.field_index(one) for one in codes}
    assert None not in found
    return {one for one in found if one is not None}


def test_runways_known_to_be_narrow_are_left_out_and_those_of_unknown_width_are_not(places: Places) -> None:
    """Ceduna and Balmaceda's neighbour Chaiten are 30 m wide: for a C-17, not for a C-5M; Nome is 150 feet wide."""
    narrow = too_narrow(places, 45.0)
    assert code(places, "YCDU", "SCCY") <= narrow
    assert not code(places, "PAOM", "KNKX", "EGPK") & narrow
    assert not code(places, "YCDU", "SCCY") & too_narrow(places, 27.0)
    assert too_narrow(places, None) == frozenset()
    assert not set(np.flatnonzero(places.field_width_m == 0).tolist()) & narrow


def test_the_registry_knows_the_widths_of_the_heavy_transports() -> None:
    types = load_registry().aircraft_types
    assert {one: types[one].min_runway_width_m for one in ("c-17a", "c-5m", "an-124-100", "a400m")} == {
        "c-17a": 27,
        "c-5m": 45,
        "an-124-100": 45,
        "a400m": None,
    }


def best(**more: Any) -> Option:
    kind = C17.model_copy(update={"min_runway_width_m": more.pop("needed_m", None)})
    whole = registry(systems=[rescue_system()], interventions=[])
    assets = whole.model_copy(update={"aircraft_types": {kind.id: kind}})
    (found,) = plan(a_case(**more), assets, NUMBERS, WORLD, samples=50).options
    return found


def lift_reasons(option: Option) -> set[str]:
    return {why.id for gate in option.gates if gate.gate is Gate.LIFT for why in gate.reasons}


def test_who_needs_a_wider_runway_lands_elsewhere_or_where_the_case_says_so() -> None:
    anywhere = best()
    assert not {"lift.width_unknown", "lift.runway_narrow"} & lift_reasons(anywhere)
    assert anywhere.via.apod is not None
    assert best(needed_m=60).via.apod is None  # all runways of that world are 45 m wide
    offer = {"asset": rescue_system().id, "state": "accepted", "apod": anywhere.via.apod.code}
    # Its home field, where it is to be loaded, is named too.
    settled = best(needed_m=60, offers=[offer, {"asset": "other", "state": "asked", "apod": "EGPK"}])
    assert settled.via.apod == anywhere.via.apod
    assert "lift.runway_narrow" in lift_reasons(settled)


def test_an_unknown_width_is_a_doubt_with_whom_to_ask(places: Places) -> None:
    unknown = next(i for i in np.flatnonzero(places.field_width_m == 0) if places.field_runway_m[i] > 2000.0)
    assert unknown not in too_narrow(places, 45.0)
    why = reason("lift.width_unknown", airfield="XXXX", aircraft="C-5M", needed_m=45.0)
    assert say(why) == "width of the runway at XXXX unknown, C-5M needs 45 m"


@pytest.mark.parametrize("needed_m", [27, 45, 46])
def test_a_runway_that_is_wide_enough_is_no_doubt(needed_m: float) -> None:
    assert "lift.runway_narrow" not in lift_reasons(best(needed_m=needed_m))
