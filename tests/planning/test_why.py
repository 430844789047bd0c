"""Why an option takes as long as it does, held against chains that can be worked out by hand."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from subrescue.domain.assets import MovingAsset
from subrescue.domain.difference import span_h
from subrescue.domain.explanation import Explanation
from subrescue.domain.quantities import Band, Pert
from subrescue.domain.response import Gate, Option, PhaseName, Verdict
from subrescue.exchange import numbers
from subrescue.exchange.pair_words import _span
from subrescue.planning.answer.phase_weights import phase_weights
from subrescue.planning.answer.respond import plan
from subrescue.planning.basis.situation import Situation
from subrescue.planning.doubt.durations import Draws, length
from subrescue.planning.doubt.schedule import Step, slacks, timetable
from subrescue.planning.questions import why as questions
from subrescue.planning.questions.why import _sentences, why
from subrescue.store.assumptions import load_assumptions
from tests.planning.test_usual_sea import sea
from tests.planning.worlds import a_case, registry, small_world

NUMBERS = load_assumptions()
WORLD = small_world()


def step(phase: PhaseName, hours: float | list[float], after: tuple[int, ...] = ()) -> Step:
    return Step(phase, Pert.model_validate(hours), phase.value, after)


# Two branches that meet: recall 3 + road 2 = 5 against a wait of 9; then 4 of loading.
MEETING = [
    step(PhaseName.RECALL, 3),
    step(PhaseName.ROAD_TO_APOE, 2, (0,)),
    step(PhaseName.WAIT_FOR_AIRCRAFT, 9),
    step(PhaseName.LOAD_AIRCRAFT, 4, (1, 2)),
]


def test_slack_is_what_the_other_branch_leaves() -> None:
    assert slacks(MEETING) == [4.0, 4.0, 0.0, 0.0]


def test_an_hour_less_is_an_hour_on_the_critical_path_and_nothing_off_it() -> None:
    weights = phase_weights(MEETING, Draws(0, 200))
    assert [one.gain_h for one in weights] == [0.0, 0.0, 1.0, 1.0]
    assert [one.critical_share for one in weights] == [0.0, 0.0, 1.0, 1.0]


def test_two_equal_branches_share_the_draws() -> None:
    steps = [
        step(PhaseName.RECALL, [0, 10, 20]),
        step(PhaseName.WAIT_FOR_AIRCRAFT, [0, 10, 20]),
        step(PhaseName.LOAD_AIRCRAFT, 4, (0, 1)),
    ]
    weights = phase_weights(steps, Draws(0, 4000))
    assert weights[0].critical_share == pytest.approx(0.5, abs=0.03)
    assert weights[0].critical_share + weights[1].critical_share == pytest.approx(1.0)
    # Half the draws wait for it, so an hour less is about half an hour.
    assert weights[0].gain_h == pytest.approx(0.5, abs=0.1)


def test_the_wait_for_the_sea_is_a_phase_of_its_own_and_no_work_to_be_shortened() -> None:
    """What limits stands in the table: at a wind of 18 kn a limit of 0.5 m is passed four times in five."""
    survey = replace(step(PhaseName.SURVEY, 6, (0,)), weather=sea(None, limit_m=0.5))
    notice, wait, work = phase_weights([step(PhaseName.NOTICE, 5), survey], Draws(0, 400))
    assert [one.phase for one in (notice, wait, work)] == [
        PhaseName.NOTICE,
        PhaseName.WEATHER_WAIT,
        PhaseName.SURVEY,
    ]
    assert wait.length_h.p90 > wait.length_h.p50 > 0.0
    assert wait.gain_h == pytest.approx(1.0, abs=0.05)
    assert wait.doubt_h > 0.0
    hour, decides = _sentences((notice, wait, work), [])
    assert hour.values["phase"] == "survey"
    assert decides.values["phase"] == "weather_wait"


def test_a_wait_that_likely_is_none_has_the_doubt_of_all_that_it_may_become() -> None:
    """At a wind of 18 kn a limit of 2.6 m is passed less than one time in three: half the draws do not wait at all."""
    survey = replace(step(PhaseName.SURVEY, 6, (0,)), weather=sea(None, limit_m=2.6))
    phases = phase_weights([step(PhaseName.NOTICE, 5), survey], Draws(0, 400))
    wait = phases[1]
    assert (wait.length_h.p10, wait.length_h.p50) == (0.0, 0.0)
    assert wait.length_h.p90 > 10.0
    assert (wait.gain_h, wait.doubt_h) == (0.0, wait.length_h.p90)
    _, decides = _sentences(phases, [])
    assert decides.values == {"phase": "weather_wait", "hours": wait.doubt_h}


def test_compare_and_why_tell_one_wait_by_one_length() -> None:
    survey = replace(step(PhaseName.SURVEY, 6, (0,)), weather=sea(None, limit_m=2.6))
    steps, luck = [step(PhaseName.NOTICE, 5), survey], Draws(0, 400)
    told = phase_weights(steps, luck)[1].length_h
    span = next(one for one in timetable(steps, luck).spans() if one.phase is PhaseName.WEATHER_WAIT)
    assert span.length_h == told
    assert span_h(span) == 0.0  # it was the hours between the medians of its ends
    assert f"{numbers.band(told)} h, until" in _span(span)


def test_a_phase_is_never_shortened_below_nothing() -> None:
    weights = phase_weights([step(PhaseName.ALERT, 0.25), step(PhaseName.NOTICE, 5, (0,))], Draws(0, 50))
    assert [one.gain_h for one in weights] == [0.25, 1.0]


def test_what_takes_no_time_and_only_holds_others_together_is_no_phase_to_be_told() -> None:
    joined = [*MEETING[:3], step(PhaseName.OVERFLIGHT, 0, (1, 2)), step(PhaseName.LOAD_AIRCRAFT, 4, (3,))]
    weights = phase_weights(joined, Draws(0, 50))
    assert PhaseName.OVERFLIGHT not in {one.phase for one in weights}
    assert [one.gain_h for one in weights] == [0.0, 0.0, 1.0, 1.0]


def test_phases_that_come_twice_are_counted() -> None:
    weights = phase_weights([step(PhaseName.FIT_OUT, 5), step(PhaseName.FIT_OUT, 5, (0,))], Draws(0, 50))
    assert [one.number for one in weights] == [1, 2]


HOURS = st.floats(0.5, 50)


@settings(deadline=None)
@given(st.lists(st.tuples(HOURS, HOURS, HOURS), min_size=2, max_size=7), st.randoms(use_true_random=False))
def test_no_slack_is_negative_and_gain_is_between_nothing_and_an_hour(rows: list[Any], chance: Any) -> None:
    steps = []
    for place, row in enumerate(rows):
        low, mode, high = sorted(row)
        after = tuple(sorted({chance.randrange(place) for _ in range(2)})) if place else ()
        steps.append(Step(PhaseName.NOTICE, Pert(min=low, mode=mode, max=high), f"cause {place}", after))
    weights = phase_weights(steps, Draws(1, 200))
    assert all(one.slack_h >= 0 for one in weights)
    assert all(-1e-9 <= one.gain_h <= 1 + 1e-9 for one in weights)
    assert weights[-1].slack_h == 0
    assert weights[-1].critical_share == 1


@pytest.fixture(scope="module")
def own() -> Explanation:
    found = why(a_case(), registry(), NUMBERS, WORLD, "own", samples=400)
    assert found is not None
    return found


def test_the_hour_explained_is_that_of_the_plan(own: Explanation) -> None:
    response = plan(a_case(), registry(), NUMBERS, WORLD, samples=400)
    option = next(one for one in response.options if one.asset_id == "own")
    assert own.first_h == option.time_to_first_rescue_h
    assert own.chance == option.probability_in_time


def test_the_plan_itself_tells_slack_and_what_is_felt(own: Explanation) -> None:
    response = plan(a_case(), registry(), NUMBERS, WORLD, samples=400)
    for asset in ("own", "nsrs"):
        found = next(one for one in response.options if one.asset_id == asset)
        chain = [span for span in found.phases if span.phase is not PhaseName.CYCLES]
        assert [span.slack_h == 0.0 for span in chain if span.critical] == [True] * sum(span.critical for span in chain)
        assert all(span.slack_h is not None and span.critical_share is not None for span in chain)
        assert chain[-1].critical_share == 1.0
    told = [(span.slack_h, span.critical_share) for span in response.options[0].phases[:-1]]
    assert response.options[0].asset_id == "own"
    assert told == [(one.slack_h, one.critical_share) for one in own.phases]


def test_every_phase_of_a_single_file_is_critical(own: Explanation) -> None:
    assert [one.phase for one in own.phases] == [
        PhaseName.ALERT,
        PhaseName.ACCEPT,
        PhaseName.NOTICE,
        PhaseName.TRANSIT,
        PhaseName.SURVEY,
        PhaseName.FIRST_DIVE,
    ]
    assert all(one.slack_h == pytest.approx(0.0) and one.critical_share == 1.0 for one in own.phases)
    assert own.phases[-1].gain_h == pytest.approx(1.0)


def test_an_hour_of_survey_is_an_hour_of_rescue(own: Explanation) -> None:
    survey = next(one for one in own.assumptions if one.key == "scene.survey_h")
    # scene.survey_h is [2, 5, 12]: the slope of the end over the survey's hours is one.
    assert survey.rate_h == pytest.approx(1.0, abs=0.02)
    assert survey.at_low_h is not None
    assert survey.at_high_h is not None
    assert survey.at_low_h < own.first_h.p50 < survey.at_high_h


def test_only_assumptions_that_move_something_are_told(own: Explanation) -> None:
    assert all(one.swing_h > 0 or one.swing_chance > 0 for one in own.assumptions)
    assert not [one for one in own.assumptions if one.key.startswith(("airlift.", "limit."))]


def test_every_assumption_that_moves_the_hour_is_told_whatever_was_planned_before() -> None:
    before = plan(a_case(), registry(), NUMBERS, WORLD, samples=400)  # what it keeps must hide nothing
    found = why(a_case(), registry(), NUMBERS, WORLD, "nsrs", samples=400)
    assert found is not None
    told = {one.key: one for one in found.assumptions}
    assert {"airlift.load_h", "airlift.offload_h", "ship.harbour_h"} <= told.keys()
    first = {option.asset_id: option.time_to_first_rescue_h for option in before.options}["nsrs"]
    assert first == found.first_h
    for key, item in NUMBERS.items.items():
        late = NUMBERS.replaced({key: Pert.exactly(length(item.value).p90)})
        options = plan(a_case(), registry(), late, WORLD, samples=400).options
        moved = next(option.time_to_first_rescue_h for option in options if option.asset_id == "nsrs")
        if moved is not None and abs(moved.p50 - found.first_h.p50) > 0.05:
            assert key in told, f"{key} moves the first rescue from {found.first_h.p50} to {moved.p50} h"


def test_the_longest_phase_and_the_widest_assumption_are_said(own: Explanation) -> None:
    said = {why.id: why.values for why in own.sentences}
    longest = max(own.phases, key=lambda one: (round(one.gain_h, 1), one.length_h.p50))
    assert said["why.hour"]["phase"] == longest.phase.value
    widest = max(own.phases, key=lambda one: one.doubt_h)
    assert said["why.decides"]["phase"] == widest.phase.value


def test_the_chance_at_the_p10_of_an_assumption_is_said_before_that_at_its_p90(own: Explanation) -> None:
    """The less of the two is mostly the later one: hours that last longer leave less of a chance."""
    first = own.assumptions[0]
    assert first.chance_at_low is not None
    assert first.chance_at_high is not None
    said = {why.id: why.values for why in _sentences((), [first.model_copy(update={"chance_at_low": 0.3})])}
    assert said["why.assumption_chance"]["low"] == 0.3
    assert said["why.assumption_chance"]["high"] == first.chance_at_high


def test_an_unknown_fact_says_whether_it_could_forbid_and_what_it_would_leave() -> None:
    found = why(a_case(dissub={"rescue_seat": None}), registry(), NUMBERS, WORLD, "own", samples=200)
    assert found is not None
    first = found.unknowns[0]
    assert (first.gate, first.forbids) == (Gate.SEAT, True)
    assert first.verdict_if_good is Verdict.GREEN


def test_stores_that_nobody_has_told_of_could_forbid_what_comes_late() -> None:
    late = a_case(dissub={"survival_override": None}, assumptions={"survival.prior_h": [24, 40, 90]})
    found = why(late, registry(), NUMBERS, WORLD, "nsrs", samples=300)
    assert found is not None
    stores = next(one for one in found.unknowns if one.gate is Gate.TIME)
    assert (stores.reason.id, stores.forbids) == ("time.by_prior", True)


def test_a_missing_loader_costs_hours() -> None:
    found = why(a_case(), registry(), NUMBERS, WORLD, "nsrs", samples=200)
    assert found is not None
    loader = next(one for one in found.unknowns if one.reason.id == "lift.loader_unknown")
    assert not loader.forbids
    assert loader.hours is not None
    assert loader.hours >= 0


def test_a_missing_loader_never_gains_hours(monkeypatch: pytest.MonkeyPatch) -> None:
    """The way that is taken without it may be sooner by its P50 than the one that was chosen by medians."""
    planned = questions.option_of

    def sooner(asset: MovingAsset, sit: Situation, *more: Any) -> Option:
        found = planned(asset, sit, *more)
        bare = any(fact.has_loader is False for fact in sit.fields.values())
        at_once = {"time_to_first_rescue_h": Band(p10=1.0, p50=1.0, p90=1.0)}
        return found.model_copy(update=at_once) if bare else found

    monkeypatch.setattr(questions, "option_of", sooner)
    found = why(a_case(), registry(), NUMBERS, WORLD, "nsrs", samples=200)
    assert found is not None
    loader = next(one for one in found.unknowns if one.reason.id == "lift.loader_unknown")
    assert loader.hours == 0.0


def test_an_asset_without_a_way_has_nothing_to_explain() -> None:
    assert why(a_case(closed_passages=["all"]), registry(), NUMBERS, WORLD, "own", samples=50) is None


def test_an_asset_that_is_not_in_the_plan_is_refused() -> None:
    with pytest.raises(KeyError):
        why(a_case(), registry(), NUMBERS, WORLD, "nobody", samples=50)


def test_the_same_question_has_the_same_answer(own: Explanation) -> None:
    assert why(a_case(), registry(), NUMBERS, WORLD, "own", samples=400) == own
    assert np.isfinite([one.gain_h for one in own.phases]).all()
