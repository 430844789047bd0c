"""`--set` and `--at` change a case as its file would, and refuse what a file would not take."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from subrescue.domain.case import Case, CaseKind, Dissub, Offer, OfferState
from subrescue.domain.errors import InputError
from subrescue.domain.position import Fix, Position
from subrescue.domain.quantities import Pert
from subrescue.planning.basis.asked import asked_at
from subrescue.store.assumptions import load_assumptions
from subrescue.store.case_settings import changed, field_names
from subrescue.store.instant_text import parse_instant

TOLD = datetime(2026, 3, 1, 10, tzinfo=UTC)
CASE = Case(
    id="drill-1",
    title="Drill",
    kind=CaseKind.EXERCISE,
    alert=datetime(2026, 3, 1, 9, tzinfo=UTC),
    dissub=Dissub(name="S-1", fix=Fix(position=Position(lat_deg=60.5, lon_deg=2.25)), depth_m=120),
    offers=(Offer(asset="nsrs", told_to_go=TOLD),),
)


def set_(*settings: str) -> Case:
    return changed(CASE, settings, load_assumptions())


def refusal(*settings: str) -> str:
    with pytest.raises(InputError) as caught:
        set_(*settings)
    return str(caught.value)


def test_fields_of_the_case_are_set_by_their_dotted_names() -> None:
    case = set_("dissub.depth_m=200", "environment.wave_height_m=3", "environment.ice=false", "dissub.name=S-2")
    assert case.dissub.depth_m == 200
    assert case.environment.wave_height_m == 3
    assert case.environment.ice is False
    assert case.dissub.name == "S-2"


def test_a_position_is_set_in_any_notation() -> None:
    position = set_("""dissub.fix.position=69°37'N 37°34'E""").dissub.fix.position
    assert position.lat_deg == pytest.approx(69 + 37 / 60)
    assert position.lon_deg == pytest.approx(37 + 34 / 60)


def test_a_value_can_be_made_unknown_again() -> None:
    assert set_("dissub.depth_m=unknown").dissub.depth_m is None


def test_an_assumption_may_be_named_as_in_a_case_file() -> None:
    assert set_("assumptions.fit_out.certified_h=6/8/12") == set_("fit_out.certified_h=6/8/12")
    assert "did you mean 'fit_out.certified_h'" in refusal("assumptions.certified_h=6")


def test_an_offer_without_a_field_is_told_its_fields() -> None:
    assert "name one of its fields: offers.nsrs.state, offers.nsrs.told_to_go" in refusal("offers.nsrs=accepted")


def test_lists_are_set_by_commas() -> None:
    assert set_("closed_passages=suez,kiel").closed_passages == ("suez", "kiel")
    assert set_("closed_passages=").closed_passages == ()


def test_offers_are_reached_by_the_name_of_their_asset() -> None:
    offers = set_("offers.nsrs.state=accepted", "offers.se-urf.told_to_go=2026-03-01T12:00Z").offers
    assert [(offer.asset, offer.state) for offer in offers] == [
        ("nsrs", OfferState.ACCEPTED),
        ("se-urf", OfferState.NOT_ASKED),
    ]
    assert offers[0].told_to_go == TOLD
    assert offers[1].told_to_go == datetime(2026, 3, 1, 12, tzinfo=UTC)


@pytest.mark.parametrize("value", ["8/12/18", "[8, 12, 18]", "8,12,18"])
def test_assumptions_are_set_by_their_keys(value: str) -> None:
    assert set_(f"fit_out.certified_h={value}").assumptions == {"fit_out.certified_h": Pert(min=8, mode=12, max=18)}


def test_one_number_is_known_exactly() -> None:
    assert set_("fit_out.certified_h=12").assumptions["fit_out.certified_h"] == Pert.exactly(12)


def test_an_unknown_key_is_offered_the_nearest_names() -> None:
    assert refusal("depth_m=200") == "--set: found the unknown key 'depth_m'; did you mean 'dissub.depth_m'?"
    assert "did you mean 'dissub.depth_m' or" in refusal("depth=200")
    assert "did you mean 'fit_out.certified_h'" in refusal("fit_out.certifed_h=8")
    assert "did you mean 'environment.wave_height_m'" in refusal("environment.wave_hight_m=3")


def test_a_value_out_of_range_says_what_is_allowed() -> None:
    assert refusal("dissub.depth_m=-3") == "--set: dissub.depth_m: found -3; allowed is 0 to 11000 m"
    assert refusal("dissub.depth_m=200m") == "--set: dissub.depth_m: found '200m'; allowed is 0 to 11000 m"
    assert "found 'yes'; allowed are true and false" in refusal("environment.ice=yes")
    assert "found 8 to 5" in refusal("fit_out.certified_h=8/5") or "give three numbers" in refusal(
        "fit_out.certified_h=8/5"
    )


def test_kind_and_id_never_change() -> None:
    assert "exercise and real never mix" in refusal("kind=real")
    assert "the id of a case does not change" in refusal("id=other")


def test_what_is_no_pair_is_refused_together_with_all_else() -> None:
    lines = refusal("depth", "kind=real", "x=1").splitlines()
    assert len(lines) == 3
    assert lines[0] == "--set: found 'depth'; KEY=VALUE is needed: dissub.depth_m=200"


def test_every_name_that_is_offered_can_be_set() -> None:
    for name in field_names():
        with pytest.raises(InputError) as caught:
            set_(f"{name}=[[]]", "no.such.key=1")
        assert all("no.such.key" in str(p) or name not in str(p) for p in caught.value.problems)


def test_help_can_be_asked_for_at_another_time() -> None:
    moved = asked_at(CASE, parse_instant("2026-03-02T09:00+03:00", "--at"))
    assert moved.alert == datetime(2026, 3, 2, 6, tzinfo=UTC)
    assert moved.offers == CASE.offers


@pytest.mark.parametrize("text", ["2026-03-02T09:00", "2026-03-02", "yesterday", ""])
def test_a_time_without_zone_is_refused(text: str) -> None:
    with pytest.raises(InputError, match="a time with its zone is needed"):
        parse_instant(text, "--at")


def test_a_nation_that_says_several_things_is_set_by_the_number_of_each() -> None:
    case = set_("sea_clearances.RU.lead_h=24", "sea_clearances.RU#2.refused=true", "sea_clearances.RU#2.warships=true")
    assert [(one.nation, one.refused) for one in case.sea_clearances] == [("RU", None), ("RU", True)]
    again = changed(case, ["sea_clearances.RU#1.lead_h=48", "sea_clearances.TR.refused=true"], load_assumptions())
    assert again.sea_clearances[0].lead_h == Pert.exactly(48)
    assert [one.nation for one in again.sea_clearances] == ["RU", "RU", "TR"]


def test_the_name_alone_of_one_of_several_is_refused() -> None:
    case = set_("sea_clearances.RU.lead_h=24", "sea_clearances.RU#2.refused=true")
    with pytest.raises(InputError) as caught:
        changed(case, ["sea_clearances.RU.lead_h=48"], load_assumptions())
    assert str(caught.value) == (
        "--set: found 'sea_clearances.RU', which stands 2 times; say which: sea_clearances.RU#1 to "
        "sea_clearances.RU#2; #3 makes a new one"
    )
