"""Names that are typed otherwise than the registry writes them are found, or asked for."""

from __future__ import annotations

import pytest

from subrescue.domain.near_names import folded, ids_meant, near_names
from subrescue.store.registry import load_registry

CLASSES = [(boat.id, boat.name) for boat in load_registry().submarine_classes.values()]
SYSTEMS = [(system.id, system.name) for system in load_registry().rescue_systems.values()]


def test_texts_are_compared_without_case_and_accents_and_in_their_own_script() -> None:
    assert folded("Ørland, BODØ; Łódź; Straße; Ångström") == "orland, bodo; lodz; strasse; angstrom"
    assert folded("Артём") == "артем"


@pytest.mark.parametrize("typed", ["type-212a", "Type 212A", "type212a", "TYPE 212 A", " Type-212A "])
def test_a_name_is_the_same_with_other_blanks_and_hyphens(typed: str) -> None:
    assert ids_meant(typed, CLASSES) == ["type-212a"]


@pytest.mark.parametrize("typed", ["u212a", "U-212 A", "212a"])
def test_a_designation_finds_the_classes_that_bear_it(typed: str) -> None:
    assert ids_meant(typed, CLASSES) == []
    assert {"type-212a", "todaro-212a"} <= set(near_names(typed, [one for one, _ in CLASSES]))


def test_what_holds_the_name_is_named_first_and_a_stranger_not_at_all() -> None:
    first, second, *_ = near_names("dsar650l", [one for pair in SYSTEMS for one in pair])
    assert {first, second} == {"DSRV West (DSAR-650L)", "DSRV East (DSAR-650L)"}
    assert near_names("nsrss", ["nsrs-sodermanland", "nsrs"])[0] == "nsrs"
    assert near_names("zzz", [one for one, _ in CLASSES]) == []
    assert near_names("a1", ["sodermanland-a17", "gotland-a19"]) == []


def test_an_id_goes_before_a_name_and_names_that_several_bear_are_all_told() -> None:
    known = [("ula", "Ula (Type 210)"), ("xx-one", "ULA"), ("xx-two", "Twin"), ("xx-three", "Twin")]
    assert ids_meant("Ula", known) == ["ula"]
    assert ids_meant("t-win", known) == ["xx-two", "xx-three"]
    assert ids_meant("", known) == []
