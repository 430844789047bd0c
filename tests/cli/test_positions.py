"""`assets positions` as a user calls it: a file replayed, what was heard told, wrong input named, ages shown."""

from __future__ import annotations

import json
import socket
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from subrescue.cli.positions import duration
from subrescue.domain.errors import InputError
from tests.cli.calls import run
from tests.exchange.ais.stream import BERGEN, STRANGER, joined, sentence, tagged

pytestmark = pytest.mark.usefixtures("small_workspace")


@pytest.fixture
def recorded(tmp_path: Path) -> str:
    """A file, made: Bergen and a stranger 14 minutes ago, and a broken line."""
    assert run("assets", "set", "no-bergen", f"mmsi={BERGEN}", "--source", "S1")[0] == 0
    at = datetime.now(UTC) - timedelta(minutes=14, seconds=30)
    lines = [tagged(sentence(), at), tagged(sentence(mmsi=STRANGER), at), sentence()[:-1] + b"Z"]
    path = tmp_path / "made.nmea"
    path.write_bytes(joined(lines))
    return str(path)


def test_a_file_moves_the_ship_and_what_was_heard_is_told(recorded: str) -> None:
    code, out, said = run("assets", "positions", recorded, "--unknown")
    assert (code, said) == (0, "")
    assert out.splitlines()[:2] == [
        f"{recorded}; lines: 3, AIS sentences among them: 3",
        "ships of the registry seen: 1, positions journalled: 1",
    ]
    assert "  no-bergen  KV Bergen: 60°00.000'N 005°00.000'E;" in out
    assert "AIS, 14 min ago; 12.3 kn; 090°; made.nmea; journalled: 1" in out
    assert "          1  bad checksum" in out
    assert f"  {STRANGER}  " in out
    shown = run("assets", "show", "no-bergen", "--workspace", "default")[1]
    assert "AIS, 14 min ago" in " ".join(shown.split())
    history = run("assets", "history", "no-bergen", "--field", "seen")[1]
    assert "observed" in history
    assert "60°00.000'N" in history
    code, _, said = run("assets", "undo")
    assert code == 0  # of the MMSI: what was observed is no step
    assert json.loads(run("assets", "show", "no-bergen", "--workspace", "default", "-f", "json")[1])["mmsi"] is None


@pytest.mark.parametrize("name", ["missing.nmea", ".", "letter.nmea", "strangers.nmea"])
def test_a_source_of_no_ship_of_the_registry_makes_no_workspace(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "letter.nmea").write_text("Dear sirs,\n")
    (tmp_path / "strangers.nmea").write_bytes(joined([tagged(sentence(mmsi=STRANGER), datetime.now(UTC))]))
    fresh = tmp_path / "of-another-user"
    monkeypatch.setattr("subrescue.store.workspace.own_place.data_folder", lambda: fresh)
    code, out, error = run("assets", "positions", str(tmp_path / name))
    if name == "strangers.nmea":
        assert (code, error) == (1, "")
    else:
        assert (code, out) == (2, "")
        assert "source: found" in error
    assert not fresh.exists()


def test_json_counts_every_line_by_what_became_of_it(recorded: str) -> None:
    code, out, _ = run("assets", "positions", recorded, "--dry-run", "--format", "json")
    told = json.loads(out)
    assert code == 0
    assert sum(told["fates"].values()) == told["lines"] == 3
    assert (told["dry_run"], told["ships"]["no-bergen"]["journalled"]) == (True, 1)
    assert [stranger["mmsi"] for stranger in told["unknown"]] == [STRANGER]
    assert json.loads(run("assets", "show", "no-bergen", "--workspace", "default", "-f", "json")[1])["seen"] is None


def test_no_ship_of_the_registry_is_exit_code_1_and_says_why(recorded: str, tmp_path: Path) -> None:
    other = tmp_path / "other.nmea"
    other.write_bytes(joined([tagged(sentence(mmsi=STRANGER), datetime.now(UTC))]))
    code, out, _ = run("assets", "positions", str(other))
    assert code == 1
    assert "no ship of the registry was heard" in out
    run("assets", "undo")
    code, out, _ = run("assets", "positions", recorded)
    assert code == 1
    assert "no ship of the registry has an MMSI" in out


def test_a_port_is_listened_on_for_a_while_and_what_hears_nothing_makes_no_workspace(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fresh = tmp_path / "of-another-user"
    monkeypatch.setattr("subrescue.store.workspace.own_place.data_folder", lambda: fresh)
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    code, out, _ = run("assets", "positions", f"udp://127.0.0.1:{port}", "--for", "1s")
    assert code == 1
    assert out.startswith(f"udp://127.0.0.1:{port}; lines: 0,")
    assert not fresh.exists()


def test_a_server_that_does_not_answer_is_told_while_it_is_called_again() -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as free:
        free.bind(("127.0.0.1", 0))
        address = f"tcp://127.0.0.1:{free.getsockname()[1]}"
    code, _, told = run("assets", "positions", address, "--for", "1s")
    assert code == 1
    assert f"{address} is lost (Connection refused), again in 1 s" in told


@pytest.mark.parametrize(
    "words, said",
    [
        (["none.nmea"], "none.nmea: source: found no such file; a file, tcp://HOST:PORT or udp://"),
        (["tcp://host"], "source: found 'tcp://host', without a port; a port from 1 to 65535 is needed"),
        (["x", "--for", "soon"], "--for: found 'soon'; a span of time is needed: 90s, 10m or 1h30m"),
        (["x", "--recorded-at", "noon"], "--recorded-at: found 'noon'; a time with its zone is needed"),
        (["x", "--recorded-at", "2999-01-01T00:00Z"], "which is still to come; a past time is needed"),
        (["udp://:1", "--recorded-at", "2020-01-01T00:00Z"], "a time for a live source; it is for files"),
        (["x", "--moved", "-1"], "Invalid value for '--moved'"),
    ],
)
def test_wrong_input_is_exit_code_2_and_says_what_is_allowed(words: list[str], said: str) -> None:
    code, _, error = run("assets", "positions", *words)
    assert code == 2
    assert said in " ".join(error.split())


@pytest.mark.parametrize("words, seconds", [("90s", 90), ("10m", 600), ("1h30m", 5400), ("2h", 7200)])
def test_a_span_of_time_is_read(words: str, seconds: int) -> None:
    assert duration(words) == timedelta(seconds=seconds)


@pytest.mark.parametrize("words", ["", "10", "m", "1m1h", "-5m", "0s", "1.5h"])
def test_what_is_no_span_of_time_is_refused(words: str) -> None:
    with pytest.raises(InputError, match="--for"):
        duration(words)
