"""What is known of earlier draws is what the draws themselves say."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from subrescue.domain.quantities import Pert
from subrescue.domain.response import PhaseName
from subrescue.planning.doubt.durations import Draws, Rare, bands
from subrescue.planning.doubt.schedule import Step, critical_shares, timetable
from subrescue.planning.doubt.weather import Windows


def pert(low: float, mode: float, high: float) -> Pert:
    return Pert(min=low, mode=mode, max=high)


def steps(sea_h: Pert) -> list[Step]:
    """Told to go, two waits for it, both to end before the ship sails, and the survey."""
    return [
        Step(PhaseName.ALERT, pert(0.5, 1.0, 3.0), "alert", ()),
        Step(PhaseName.RECALL, pert(2.0, 4.0, 9.0), "recall:a", (0,)),
        Step(PhaseName.SHIP_CHARTER, pert(1.0, 5.0, 8.0), "ship:a", (0,)),
        Step(PhaseName.FIT_OUT, pert(3.0, 4.0, 6.0), "fit_out", (1, 2)),
        Step(PhaseName.TRANSIT, sea_h, "sea", (3,)),
        Step(PhaseName.SURVEY, pert(1.0, 2.0, 5.0), "survey", (4,)),
    ]


def test_bands_of_a_chain_whose_passage_changed_are_those_of_its_own_draws() -> None:
    for hours in (10.0, 11.0, 10.0):
        for seed in (0, 1):
            plan = timetable(steps(pert(hours, hours + 3.0, hours + 9.0)), Draws(seed, 500))
            assert plan.end_bands == bands(plan.end_h)
            assert [span.start_h for span in plan.spans()] == bands(np.array(plan.start_h))


def test_bands_differ_where_only_the_weather_or_the_luck_does() -> None:
    plain = steps(pert(5.0, 6.0, 9.0))
    late = Windows(spans=((100.0, np.inf),), ends_h=100.0, limit=2.0, unit="m", assumed=False)
    waiting = [*plain[:-1], replace(plain[-1], weather=late)]
    other = [replace(plain[0], cause="other"), *plain[1:]]
    often, seldom = (Rare(chance, pert(20.0, 30.0, 50.0), "bound") for chance in (0.5, 0.2))
    bound = [[plain[0], replace(plain[1], rare=rare), *plain[2:]] for rare in (often, seldom)]
    draws = Draws(0, 500)
    for chain in (plain, waiting, other, *bound):
        plan = timetable(chain, draws)
        assert plan.end_bands == bands(plan.end_h)
    assert timetable(waiting, draws).end_bands[-1].p10 > timetable(plain, draws).end_bands[-1].p90


def test_of_three_that_end_together_the_first_is_waited_for() -> None:
    end_h = np.array([[5.0, 1.0, 2.0, 3.0], [5.0, 4.0, 2.0, 1.0], [5.0, 4.0, 9.0, 3.0], [9.0, 9.0, 9.0, 9.0]])
    after = [(), (), (), (0, 1, 2)]
    chain = [Step(PhaseName.RECALL, Pert.exactly(1.0), str(number), before) for number, before in enumerate(after)]
    # Draws 1 and 4: the first; draw 2: the second, as late as the third; draw 3: the third.
    assert critical_shares(chain, end_h) == [0.5, 0.25, 0.25, 1.0]
