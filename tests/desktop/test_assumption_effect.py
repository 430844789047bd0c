"""What a changed assumption does to the option on top is said where it is changed, and not of anything else."""

from __future__ import annotations

from typing import Any

from subrescue.desktop.assumptions.effect import AssumptionEffectFeature, effect_words
from subrescue.desktop.main_window import MainWindow
from subrescue.domain.quantities import Pert
from tests.desktop.driving import MakeWindow
from tests.desktop.samples import CASE, response

SLOWER = CASE.model_copy(update={"assumptions": {"fit_out.certified_h": Pert(min=9, mode=20, max=30)}})
DEEPER = CASE.model_copy(update={"dissub": CASE.dissub.model_copy(update={"depth_m": 355.125})})


def later(case: Any = SLOWER) -> Any:
    """The response in which the first rescue of NSRS comes ten hours later."""
    return response(DEEPER).model_copy(update={"case_id": case.id})


def test_the_hours_before_and_after_are_told() -> None:
    words = effect_words((CASE, response()), (SLOWER, later()))
    assert words == "NSRS: first rescue after 66 h, before the change 56 h"


def test_a_change_too_small_to_be_told_is_none() -> None:
    assert effect_words((CASE, response()), (SLOWER, response())) == "NSRS: first rescue still after 56 h"


def test_nothing_is_said_of_a_change_of_anything_else() -> None:
    both = DEEPER.model_copy(update={"assumptions": SLOWER.assumptions})
    assert effect_words((CASE, response()), (DEEPER, later())) == ""
    assert effect_words((CASE, response()), (both, later())) == ""
    assert effect_words((CASE, response()), (CASE, response())) == ""


def line(window: MainWindow) -> str:
    feature = next(one for one in window.features if isinstance(one, AssumptionEffectFeature))
    return feature.line.text() if not feature.line.isHidden() else ""


def test_the_line_stands_above_the_table_until_something_else_changes(make_window: MakeWindow, qtbot: Any) -> None:
    window = make_window()
    assert line(window) == ""
    window.assumptions.edited.emit("fit_out.certified_h", Pert(min=9, mode=20, max=30))
    qtbot.wait_until(lambda: line(window) == "NSRS: first rescue still after 56 h", timeout=5_000)
    window.desk.edit("dissub.depth_m", 300.0)
    qtbot.wait_until(lambda: line(window) == "", timeout=5_000)
