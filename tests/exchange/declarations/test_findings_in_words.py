"""Every fault and doubt of a wrong declaration is told in French and Russian, none of it in English."""

from __future__ import annotations

from pathlib import Path

import pytest

from subrescue.exchange.declarations.difference import compare
from subrescue.exchange.declarations.reading import read_declaration
from subrescue.exchange.finding_texts import FINDINGS
from subrescue.exchange.languages import speaking
from subrescue.exchange.problem_words import told_part
from subrescue.store.registry import load_registry

WRONG = (
    "kind,id,name,nations,role,speed_kn,length_m,colour,name\n"
    "ship,xx-one,One,XX,tug,fast,-3,red,,beyond\n"
    "ship,XX Two,Two,xyz,support,99,10,,\n"
    "ship,,Three,NO,,,,,\n"
    "whale,xx-four,Four,NO,,,,,\n"
    "ship,nsrs,Five,NO,support,10,50,,\n"
    "ship,xx-one,Six,NO,,,,,\n"
)


@pytest.mark.parametrize("code", ["fr", "ru"])
def test_no_finding_is_told_in_english(tmp_path: Path, code: str) -> None:
    path = tmp_path / "wrong.csv"
    path.write_text(WRONG, encoding="utf-8")
    found = compare(load_registry(), read_declaration(path)).findings
    assert len(found) > 8
    with speaking(code):
        words = [told_part(words) for finding in found for words in (finding.found, finding.allowed)]
    english = {"the", "is", "are", "allowed", "needed", "known", "a", "in", "to", "or", "with"}
    assert [line for line in words if english & set(line.replace("'", " ").split())] == []


def test_each_text_is_found_by_its_own_words() -> None:
    with speaking("fr"):
        assert [text for text in FINDINGS if "{" not in text and told_part(text) == text] == []
