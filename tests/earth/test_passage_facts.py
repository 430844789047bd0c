"""Passages as data: every one has its names, controllers and sources, and is found by what people call it."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from subrescue.domain.errors import InputError
from subrescue.domain.evidence import Confidence
from subrescue.earth.map_files.files import maps_dir
from subrescue.earth.passages.passage_names import find_passages
from subrescue.earth.passages.passages import FILE, Passage, load_passages
from subrescue.exchange.wording import catalogue
from tools import passage_facts

PASSAGES = load_passages()


def the(passage_id: str) -> Passage:
    return next(passage for passage in PASSAGES if passage.id == passage_id)


@pytest.mark.parametrize("passage", PASSAGES, ids=lambda passage: passage.id)
def test_a_passage_has_its_names_who_controls_it_and_a_source_for_each_fact(passage: Passage) -> None:
    facts = passage.facts
    assert set(facts.names) == {"en", "fr", "ru"}
    assert facts.nations or passage.id == "central_arctic"  # high seas
    stated = {
        name for name in (*passage_facts._NUMBERS, *passage_facts._OTHERS) if getattr(facts, name) not in (None, ())
    }
    assert stated == set(facts.sources)
    assert all(f"passage_note.{note}" in catalogue() for note in facts.notes)


@pytest.mark.parametrize("passage_id", [name for name in passage_facts._content() if name != "source"])
def test_a_fact_of_the_list_is_of_its_form(passage_id: str) -> None:
    assert passage_facts.properties_of(passage_id)["names"]["ru"]


def test_the_suez_canal_takes_what_its_rules_say() -> None:
    """Rules of Navigation 2020, Article 52: 400 m long, 254 ft 3 in wide, 68 m high, 66 ft deep."""
    facts = the("suez").facts
    assert facts.length_max_m == 400
    assert facts.beam_max_m == pytest.approx(254.25 * 0.3048, abs=0.05)
    assert facts.draught_max_m == pytest.approx(66 * 0.3048, abs=0.05)
    assert facts.air_draught_max_m == 68
    assert facts.sources["beam_max_m"].confidence is Confidence.HIGH
    assert "Suez Canal Authority" in str(facts.sources["beam_max_m"])


def test_what_is_not_known_of_a_passage_is_none() -> None:
    assert the("gibraltar").facts.draught_max_m is None
    assert the("gibraltar").facts.transit_h is None


@pytest.mark.parametrize(
    "text, passage_id",
    [
        ("suez", "suez"),
        ("Suez Canal", "suez"),
        ("Босфор", "bosporus"),
        ("босфор", "bosporus"),
        ("Pas de Calais", "dover"),
        ("Па-де-Кале", "dover"),
        ("détroit de Béring", "bering"),
        ("Detroit de Bering", "bering"),
        ("Øresund", "the_sound"),
        ("Oresund", "the_sound"),
        ("Кильский", "kiel"),
        ("Hormuz", "hormuz"),
        ("Bab-el-Mandeb", "bab_el_mandeb"),
    ],
)
def test_a_passage_is_found_by_its_names_in_three_languages(text: str, passage_id: str) -> None:
    assert find_passages([text], PASSAGES, "--close") == {passage_id}


def test_several_names_stand_in_one_text() -> None:
    assert find_passages(["suez, Босфор", "kiel"], PASSAGES, "--close") == {"suez", "bosporus", "kiel"}


@pytest.mark.parametrize("text, words", [("k", "several"), ("Bosfor", "did you mean 'bosporus'"), ("xyz", "known are")])
def test_a_name_that_is_none_is_refused_with_what_comes_near(text: str, words: str) -> None:
    with pytest.raises(InputError, match=words):
        find_passages([text], PASSAGES, "--close")


def test_merging_facts_leaves_lines_and_gates_and_the_map_as_they_are(tmp_path: Path) -> None:
    for name in (FILE, "manifest.json"):
        shutil.copy(maps_dir() / name, tmp_path / name)
    assert passage_facts.merge(tmp_path) == len(PASSAGES)
    assert (tmp_path / FILE).read_bytes() == (maps_dir() / FILE).read_bytes()
    assert (tmp_path / "manifest.json").read_bytes() == (maps_dir() / "manifest.json").read_bytes()


def test_merging_again_after_the_map_was_built_anew_brings_the_facts_back(tmp_path: Path) -> None:
    shutil.copy(maps_dir() / "manifest.json", tmp_path / "manifest.json")
    content = json.loads((maps_dir() / FILE).read_text(encoding="utf-8"))
    for feature in content["features"]:
        kept = ("id", "name", "kind", "length_nm", "gate")
        feature["properties"] = {name: feature["properties"][name] for name in kept}
    (tmp_path / FILE).write_text(json.dumps(content), encoding="utf-8")
    passage_facts.merge(tmp_path)
    assert (tmp_path / FILE).read_bytes() == (maps_dir() / FILE).read_bytes()


@pytest.mark.parametrize(
    "fact",
    [
        {"draught_max_m": [0, "MEM", "low"]},
        {"draught_max_m": [5, "NOBODY", "low"]},
        {"draught_max_m": [5, "MEM", "sure"]},
        {"draught_max_m": 5},
        {"depth_m": [5, "MEM", "low"]},
        {"transit_h": [[5, 4, 6], "MEM", "low"]},
        {"ice_months": [[13], "MEM", "low"]},
        {"nations": [["Egypt"], "MEM", "low"]},
        {"names": {"en": "Suez"}},
    ],
)
def test_a_fact_that_cannot_be_is_refused_when_the_map_is_written(
    fact: dict[str, object], monkeypatch: pytest.MonkeyPatch
) -> None:
    content = passage_facts._content()
    monkeypatch.setattr(passage_facts, "_content", lambda: {**content, "suez": {**content["suez"], **fact}})
    with pytest.raises(ValueError, match="suez"):
        passage_facts.properties_of("suez")
