"""The table of naval bases has what the registry needs, each base at its water and in its country."""

from __future__ import annotations

from functools import cache

import pytest

from subrescue.domain.evidence import Confidence
from subrescue.domain.position import Position
from subrescue.earth.places.gazetteer import Gazetteer
from subrescue.earth.places.naval_bases import BaseKind, BaseRole, BaseWater, NavalBase, load_naval_bases
from subrescue.earth.shape.countries import Countries
from subrescue.earth.shape.land import Land
from subrescue.store.registry import load_registry
from tools import check_bases
from tools.check_bases import WITHIN_KM, Coast
from tools.port_rules import are_like_named

land = cache(Land)
coast = cache(Coast)
bases = cache(load_naval_bases)


def base(ident: str, **changes: object) -> NavalBase:
    """Return a base of the table, changed."""
    (row,) = [row for row in bases() if row.id == ident]
    return row.model_copy(update=changes)


def test_the_table_has_at_least_190_bases_of_sixty_nations() -> None:
    assert len(bases()) >= 190
    assert len({nation for row in bases() for nation in row.nations}) >= 60


def test_the_ports_of_the_gazetteer_were_built_from_this_table() -> None:
    ports = Gazetteer().ports
    for row in bases():
        port = ports[ports.number_of[row.id]]
        assert (port.name, port.country) == (row.name, row.country)
        assert port.aliases[: len(row.aliases)] == row.aliases
        # what follows are the codes of other listed ports that it covers, and the names of those that sound the same
        own = {"name": row.name, "country": row.country}
        others = [one for one in port.aliases[len(row.aliases) :] if not (len(one) == 5 and one.isupper())]
        assert [one for one in others if not are_like_named(own, {**own, "name": one})] == []
        assert check_bases.apart_km(port.position, row.position) < 0.002
        assert port.is_naval_base == (row.kind is BaseKind.NAVAL_BASE)
        assert (port.source, port.confidence) == (f"{row.source} ({row.date})", str(row.confidence))


def test_every_nation_that_sails_a_submarine_has_a_submarine_base() -> None:
    assert list(check_bases.nations_without_base(bases(), load_registry())) == []


def test_every_berth_of_the_registry_is_within_a_kilometre_of_a_rescue_berth_of_the_table() -> None:
    assert list(check_bases.berths_without_base(bases(), load_registry())) == []


def test_no_place_and_no_name_stands_twice() -> None:
    assert list(check_bases.twins(bases())) == []


def test_every_base_lies_at_the_water_as_its_row_says() -> None:
    assert list(check_bases.off_the_water(bases(), land(), coast())) == []


def test_every_base_lies_in_its_country() -> None:
    assert list(check_bases.in_another_country(bases(), Countries())) == []


def test_high_confidence_means_within_a_kilometre_and_low_confidence_has_a_wider_error() -> None:
    assert list(check_bases.surer_than_near(bases())) == []
    assert all(row.error_km > WITHIN_KM for row in bases() if row.confidence is Confidence.LOW)
    assert sum(row.error_km <= WITHIN_KM for row in bases()) >= 150


@pytest.mark.parametrize(
    "place",
    [
        "faslane",
        "greenock",
        "glasgow_king_george_v",
        "bergen_port",
        "stavanger",
        "trondheim",
        "aberdeen",
        "stord",
        "kirkenes",
        "puerto_belgrano",
        "comodoro_rivadavia",
        "san_diego_port",
        "pearl_harbor",
        "henderson_wa",
        "changi",
        "den_helder",
        "sortland",
        "taranto",
        "souda",
        "aksaz",
        "rota",
        "petropavlovsk",
    ],
)
def test_the_usual_ports_of_mobilisation_are_there(place: str) -> None:
    assert {BaseRole.MOBILISATION_PORT, BaseRole.RESCUE_BERTH} & set(base(place).roles)


def test_the_naval_port_of_gdynia_lies_where_the_decree_draws_it() -> None:
    # Dz.U. 2020 item 304: the bounds begin at 54 32 18.7 N 18 33 44.7 E and run west to 18 32 22.5 E.
    first = Position(lat_deg=54 + 32 / 60 + 18.6999 / 3600, lon_deg=18 + 33 / 60 + 44.7459 / 3600)
    assert check_bases.apart_km(base("gdynia").position, first) < WITHIN_KM


def test_a_nation_without_a_base_is_told_with_its_classes() -> None:
    without = [row for row in bases() if "SG" not in row.nations]
    (problem,) = check_bases.nations_without_base(without, load_registry())
    assert problem.field == "SG"
    assert "invincible" in problem.allowed or "218" in problem.allowed


def test_a_berth_without_a_base_is_told_with_the_nearest() -> None:
    without = [row for row in bases() if row.id != "karlskrona"]
    found = list(check_bases.berths_without_base(without, load_registry()))
    assert {problem.field for problem in found} == {"se-belos", "se-urf", "se-belos-rov"}
    assert "gdynia" in found[0].found


def test_two_rows_at_one_place_or_of_one_name_are_told() -> None:
    twin = base("rota", id="other", name="Other", aliases=())
    assert [problem.field for problem in check_bases.twins([base("rota"), twin])] == ["other"]
    namesake = base("faslane", aliases=("Röta",))
    assert ["rota" in problem.found for problem in check_bases.twins([base("rota"), namesake])] == [True]


def test_a_base_inland_out_at_sea_or_flagged_wrongly_is_told() -> None:
    moved = base("rota", position=Position(lat_deg=37.39, lon_deg=-5.99))  # Seville
    (problem,) = check_bases.off_the_water([moved], land(), coast())
    assert "inland" in problem.found
    moved = base("rota", position=Position(lat_deg=36.5, lon_deg=-6.6))
    (problem,) = check_bases.off_the_water([moved], land(), coast())
    assert "off the shore" in problem.found
    (problem,) = check_bases.off_the_water([base("rota", water=BaseWater.INLET)], land(), coast())
    assert "makes it sea" in problem.allowed


def test_a_base_in_another_country_is_told() -> None:
    (problem,) = check_bases.in_another_country([base("rota", country="PT")], Countries())
    assert (problem.field, problem.found, problem.allowed) == ("rota", "the land of ES", "the row says PT")


def test_the_distance_to_the_coast_is_that_of_the_sampled_shore_or_a_little_less() -> None:
    # Land samples the shore every 0.02 degrees, so it may be up to 0.6 nm too long.
    for ident in ("rota", "den_helder", "stirling", "honolulu", "comodoro_rivadavia"):
        place = base(ident).position
        sampled_km = land().distance_to_shore_nm(place.lat_deg, place.lon_deg) * 1.852
        assert sampled_km - 0.6 * 1.852 <= coast().distance_km(place) <= sampled_km + 0.02
    # Null Island lies over 90 km from any coast.
    assert coast().distance_km(Position(lat_deg=0.0, lon_deg=0.0)) == float("inf")


def test_the_tool_says_that_nothing_is_wrong(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(check_bases, "problems", lambda *_: [])
    assert check_bases.main() == 0
    assert capsys.readouterr().out.startswith(f"{len(bases())} bases of ")
