"""A case that cannot be used is refused with the file, the line and the field, and exit code 2."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from subrescue.cli.main import app

BROKEN = Path(__file__).resolve().parent.parent / "cases" / "broken"
FINDINGS = {
    "binary": "a binary file",
    "compartments-above-aboard": "dissub.compartments: found 25 people in compartments; at most the 21 people aboard",
    "dissub-on-mountain": "line 16: dissub.fix.position: found 46°33.000'N 007°58.800'E, which is on land",
    "empty": "an empty file",
    "forecast-out-of-order": "environment.forecast: found 2026-11-23T06:00Z as entry 2; it must be later than",
    "latitude-95": "line 16: dissub.fix.position.lat_deg: found 95; allowed is -90 to 90",
    "misspelt-field": "did you mean 'wave_height_m'?",
    "not-toml": "line 18: found text that is no TOML",
    "port-inland": "line 20: offers[nsrs].spod: found the port 'Madrid' at 40°25.000'N 003°42.200'W, which is on land",
    "survivors-above-aboard": "line 13: dissub.survivors: found 30; at most the 21 people aboard",
    "time-without-zone": "line 5: alert: found 2026-11-23T06:00:00; a time needs a zone",
    "unknown-asset": "line 19: offers[nautilus].asset: found the unknown asset 'nautilus'",
    "unknown-class": "line 10: dissub.class_id: found the unknown class of submarines 'nautilus-1870'",
}


def test_every_broken_file_is_tried() -> None:
    assert {path.stem for path in BROKEN.iterdir()} == set(FINDINGS)


@pytest.mark.parametrize("name", FINDINGS)
def test_a_broken_case_is_refused_with_its_file_and_exit_code_2(name: str) -> None:
    path = BROKEN / f"{name}.toml"
    result = CliRunner().invoke(app, ["plan", str(path)])
    assert result.exit_code == 2
    assert result.stdout == ""
    assert str(path) in result.stderr
    assert FINDINGS[name] in result.stderr
    assert "Traceback" not in result.stderr
