"""`assets add` makes one entry, each fact with its source, and says what is still unknown."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from subrescue.domain.evidence import Confidence, Evidence
from subrescue.store.workspace.opening import open_workspace
from tests.cli.calls import run
from tests.store.workspace.samples import MORNING

pytestmark = pytest.mark.usefixtures("small_workspace")

WORDS = ("--set", "id=no-harald", "--set", "name=KV Harald", "--set", "nations=NO", "--set", "role=mother_ship")
SHIP = """
[[ship]]
id = "no-harald"
name = "KV Harald"
nations = ["NO"]
role = "mother_ship"
speed_kn = 17
base = { name = "Bergen", position = { lat_deg = 60.4, lon_deg = 5.3 } }
[ship.evidence]
speed_kn = [{ source = "S1", confidence = "high" }]
"""


def made() -> dict[str, object]:
    with open_workspace(now=MORNING) as workspace:
        return workspace.entry("ship", "no-harald") or {}


def test_an_entry_of_words_has_its_source_and_can_be_taken_back() -> None:
    code, out, said = run(
        "assets", "add", "ship", *WORDS, "--set", "speed_kn=17", "--set", "notice_h=2/3/6", "--source", "S2",
        "--confidence", "low", "--why", "letter", "--who", "Anna",
    )  # fmt: skip
    assert (code, said) == (0, "")
    first, needed, ask, besides, last = out.splitlines()
    assert first == "new ship no-harald: KV Harald"
    assert needed == "unknown, and a gate needs it: deck_area_m2 (ship), dp_class (ship)"
    assert ask == "ask: NO"  # the small registry knows no office
    assert besides.startswith("unknown besides: operator, ")
    assert "speed_kn" not in besides
    assert last == "command 2 of the journal; `subrescue assets undo` takes it back"
    with open_workspace(now=MORNING) as workspace:
        ship = workspace.registry().ships["no-harald"]
        assert workspace.history("no-harald")[0].why == "letter"
    assert (ship.speed_kn, ship.notice_h and ship.notice_h.mode, ship.deck_area_m2) == (17.0, 3.0, None)
    assert ship.evidence["speed_kn"] == (Evidence(source="S2", confidence=Confidence.LOW),)
    assert run("assets", "undo")[0] == 0
    assert made() == {}
    assert run("assets", "add", "ship", *WORDS)[0] == 0  # what was taken back may be made anew


def test_an_entry_of_a_file_keeps_its_evidence_and_takes_the_named_source_for_the_rest(tmp_path: Path) -> None:
    path = tmp_path / "ship.toml"
    path.write_text(SHIP)
    code, _, said = run("assets", "add", "ship", "--file", str(path))
    assert (code, "base: found a new value without a source" in said) == (2, True)
    assert run("assets", "add", "ship", "--file", str(path), "--set", "beam_m=9", "--source", "S2")[0] == 0
    evidence = made()["evidence"]
    assert isinstance(evidence, dict)
    sources = {field: [item["source"] for item in items] for field, items in evidence.items()}
    assert sources == {
        "speed_kn": ["S1"], "base": ["S2"], "beam_m": ["S2"], "name": ["S2"], "nations": ["S2"], "role": ["S2"],
    }  # fmt: skip


def test_a_shipment_has_a_source_for_each_part(tmp_path: Path) -> None:
    path = tmp_path / "x.json"
    shipment = {"mass_t": 30, "lorries": 4}
    entry = {"id": "x", "name": "X", "nations": ["NO"], "vehicle_type": "free_srv", "shipment": shipment}
    evidence = {"shipment.mass_t": [{"source": "S1", "confidence": "high"}]}
    path.write_text(json.dumps({**entry, "evidence": evidence}))
    assert run("assets", "add", "rescue_system", "--file", str(path), "--source", "S2")[0] == 0
    with open_workspace(now=MORNING) as workspace:
        found = workspace.registry().rescue_systems["x"]
    assert found.shipment is not None
    assert (found.shipment.mass_t, found.shipment.lorries) == (30, 4)
    said = {field: [item.source for item in items] for field, items in found.evidence.items()}
    assert (said["shipment.mass_t"], said["shipment.lorries"]) == (["S1"], ["S2"])


def test_a_source_is_made_without_a_source() -> None:
    assert run("assets", "add", "source", "--set", "id=S9", "--set", "title=Letter of the navy")[0] == 0
    assert run("assets", "add", "ship", *WORDS, "--set", "speed_kn=17", "--source", "S9")[0] == 0


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("ship", *WORDS, "--set", "id=no-bergen"), "found 'no-bergen', which is the id of a ship already"),
        (("ship", *WORDS, "--set", "id=nsrs"), "found the id 'nsrs' a second time"),
        (("ship", *WORDS, "--set", "id=No Harald"), "id: found 'No Harald'"),
        (("ship", "--set", "name=x"), "id: found nothing; this field is required"),
        (("ship", *WORDS, "--set", "speed=3"), "found the unknown field 'speed'; did you mean 'speed_kn'"),
        (("ship", *WORDS, "--set", "speed_kn=-3", "--source", "S1"), "speed_kn: found -3"),
        (("ship", *WORDS, "--set", "speed_kn=17"), "speed_kn: found a new value without a source"),
        (("ship", *WORDS, "--set", "speed_kn=17", "--source", "S7"), "found the unknown source 'S7'"),
        (("ship", *WORDS, "--set", "certified_for=lr5", "--source", "S1"), "the unknown system 'lr5'"),
        (("shipp", *WORDS), "'shipp'"),
        (("ship", "--file", "none.toml"), "none.toml: found no such file"),
        (("ship", "--file", "two.toml"), "two.toml: found 2 entries; one entry is needed"),
        (("ship", "--file", "list.json"), "list.json: found no table of fields; the fields of one ship are needed"),
        (("ship", "--file", "bad.json"), "bad.json, line 2: found text that is no JSON"),
        (("ship", "--file", "wrong.toml"), "wrong.toml, line 6: role: found"),
    ],
)
def test_wrong_input_is_refused_and_nothing_is_made(
    words: tuple[str, ...], said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "two.toml").write_text(SHIP + SHIP)
    (tmp_path / "list.json").write_text("[1]")
    (tmp_path / "bad.json").write_text("{\n x")
    (tmp_path / "wrong.toml").write_text(SHIP.replace("mother_ship", "submarine"))
    code, out, error = run("assets", "add", *words)
    assert (code, out) == (2, "")
    assert said in error
    with open_workspace(now=MORNING) as workspace:
        assert workspace.revision() == 1
