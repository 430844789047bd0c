"""How long an offer takes to be accepted hangs on what the two nations have agreed, and the response says so."""

from __future__ import annotations

import pytest

from subrescue.domain.quantities import Pert
from subrescue.domain.registry import Registry
from subrescue.domain.response import Gate, PhaseName
from subrescue.exchange.wording import say
from subrescue.planning.answer.respond import plan
from subrescue.planning.basis.relations import ACCEPT_KEYS, Relation, put_off, relation
from subrescue.planning.doubt.durations import Draws, length_with
from subrescue.store.assumptions import load_assumptions
from subrescue.store.registry import load_registry
from tests.planning.worlds import a_case, registry, rov, small_world

NUMBERS = load_assumptions()
TODAY = "2026-11-01T12:00:00Z"


@pytest.fixture(scope="module")
def shipped() -> Registry:
    return load_registry()


@pytest.mark.parametrize(
    ("helper", "owner", "alert", "stands"),
    [
        ("GB", "DE", TODAY, Relation.AGREED),  # both in NATO
        ("US", "NL", TODAY, Relation.AGREED),  # the framework with Russia, which rests, binds them too: it is not meant
        ("SG", "ID", "2021-04-20T22:00:00Z", Relation.AGREED),  # of 2012: Nanggala
        ("SG", "MY", "2021-04-20T22:00:00Z", Relation.NONE),  # of 2025, not yet signed
        ("GB", "RU", "2000-08-14T00:00:00Z", Relation.NONE),  # Kursk
        ("GB", "RU", "2005-08-05T08:00:00Z", Relation.AGREED),  # AS-28: the framework of 2003
        ("GB", "RU", TODAY, Relation.SUSPENDED),
        ("US", "AR", "2017-11-17T00:00:00Z", Relation.NONE),  # San Juan
        ("US", "IN", "2010-01-01T00:00:00Z", Relation.AGREED),
        ("US", "IN", TODAY, Relation.NONE),  # ended for good
        ("CN", "TW", TODAY, Relation.AT_ODDS),
        ("IN", "PK", TODAY, Relation.AT_ODDS),
        ("JP", "TW", TODAY, Relation.NONE),
        ("AU", "RU", TODAY, Relation.SUSPENDED),  # no agreement ever bound them, and no nation would be slower
        ("RU", "KR", TODAY, Relation.SUSPENDED),
        ("AU", "RU", "2010-01-01T00:00:00Z", Relation.NONE),
        ("IN", "RU", TODAY, Relation.NONE),
    ],
)
def test_what_two_nations_have_agreed_is_that_of_the_day_of_the_alert(
    shipped: Registry, helper: str, owner: str, alert: str, stands: Relation
) -> None:
    case = a_case(dissub={"nation": owner}, alert=alert)
    assert relation(shipped.agreements_with((helper,), owner), case, (helper,))[0] is stands


def accepted_in(assets: Registry, owner: str) -> tuple[Pert | None, float, list[str]]:
    """The assumption behind the acceptance of the British ROV, its median hours, and what permission says."""
    response = plan(a_case(dissub={"nation": owner}), assets, NUMBERS, small_world(), samples=200)
    option = next(one for one in response.options if one.asset_id == "rov")
    step = next(span for span in option.phases if span.phase is PhaseName.ACCEPT)
    gate = next(one for one in option.gates if one.gate is Gate.PERMISSION)
    assert step.assumption is not None
    return NUMBERS[step.assumption], step.length_h.p50, [say(why) for why in gate.reasons]


def test_an_ally_is_accepted_sooner_than_a_stranger_and_both_say_why(shipped: Registry) -> None:
    assets = registry().model_copy(update={"agreements": shipped.agreements})
    agreed, soon_h, why_soon = accepted_in(assets, "NO")
    none, late_h, why_late = accepted_in(assets, "AR")
    rests, last_h, why_last = accepted_in(assets, "RU")
    assert (agreed, none, rests) == tuple(
        NUMBERS[ACCEPT_KEYS[one]] for one in (Relation.AGREED, Relation.NONE, Relation.SUSPENDED)
    )
    assert soon_h < late_h < last_h
    assert why_soon[1].startswith("bound by agreement: ")
    assert why_soon[2] == "acceptance is planned at 6 h (0.5 to 24 h)"
    assert why_late[1:] == [
        "no agreement on submarine rescue with AR is known",
        "acceptance is planned at 8 h (0.5 to 24 h)",
        "with 20 % chance the owner puts help off for 24 to 120 h more",
    ]
    assert why_last[1].startswith("agreement suspended since 2014-04: ")
    assert why_last[2] == "acceptance is planned at 58 h (6 to 168 h)"


def test_without_a_flag_nobody_is_said_to_lack_an_agreement() -> None:
    response = plan(a_case(dissub={"nation": None}), registry(), NUMBERS, small_world(), samples=50)
    option = next(one for one in response.options if one.asset_id == "rov")
    gate = next(one for one in option.gates if one.gate is Gate.PERMISSION)
    told = ["permission.not_asked", "permission.accept_takes", "permission.may_be_put_off"]
    assert [why.id for why in gate.reasons] == told


def test_without_an_agreement_most_are_accepted_within_the_day_and_one_in_five_is_put_off_for_days() -> None:
    """Kursk 2000 took 96 h; San Juan 2017 and Nanggala 2021 took hours."""
    rare = put_off(Relation.NONE, NUMBERS)
    assert rare is not None
    told = length_with(NUMBERS["alert.accept_h"], rare)
    assert told.p50 < 12.0
    assert told.p90 > 72.0
    hours = Draws(0, 10_000).draw(NUMBERS["alert.accept_h"], "alert.accept_h") + Draws(0, 10_000).strike(rare)
    assert float((hours <= 24.0).mean()) == pytest.approx(0.8, abs=0.01)
    assert [put_off(one, NUMBERS) for one in Relation if one is not Relation.NONE] == [None] * 3


def test_who_puts_off_one_puts_off_all() -> None:
    """It is the owner who is slow: two strangers wait in the same draws."""
    assets = registry(systems=[], interventions=[rov(), rov(id="other")])
    response = plan(a_case(dissub={"nation": "AR"}), assets, NUMBERS, small_world(), samples=500)
    accepted = [span.end_h for one in response.options for span in one.phases if span.phase is PhaseName.ACCEPT]
    assert len(accepted) == 2
    assert accepted[0] == accepted[1]
    assert accepted[0].p90 > 48.0
