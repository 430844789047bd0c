"""Commands whose output nobody takes: a closed pipe, a full disk, a stream that is not there."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from pathlib import Path

import pytest

from subrescue.__main__ import run as start
from subrescue.cli.what_ifs import with_doubts
from subrescue.domain.errors import Problem
from tests.cli.calls import run

FULL = Path("/dev/full")
PLACE = ("where", "64N 7E")
TABLE = b"from,to\nToulon,Changi\n"

pytestmark = pytest.mark.skipif(not FULL.exists(), reason="streams are redirected as a Unix shell does")


def called(redirected: str, *words: str) -> tuple[int, str]:
    """Exit code and standard error of a command in a shell that redirects its streams."""
    command = [sys.executable, "-m", "subrescue", *words]
    shell = ["sh", "-c", f'{{ "$@"; echo $? >&3; }} {redirected}', "sh", *command]
    usual = {name: value for name, value in os.environ.items() if name != "PYTHONUNBUFFERED"}  # else nothing is left
    whole = ["sh", "-c", '"$@" 3>&1', "sh", *shell]
    done = subprocess.run(whole, input=TABLE, capture_output=True, check=False, env=usual)
    return int(done.stdout), done.stderr.decode("utf-8", "replace")


@pytest.mark.parametrize("words", [PLACE, ("distances", "-")])
def test_a_full_disk_behind_standard_output_is_told(words: tuple[str, ...]) -> None:
    code, told = called(f"> {FULL}", *words)
    assert code == 2
    fault = "standard output: found a place that cannot be written (No space left on device)"
    assert told == f"{fault}; make room there, or send it elsewhere\n"


@pytest.mark.parametrize("command", [PLACE, ("assets", "list", "--kind", "mate")])
def test_a_standard_output_that_is_closed_is_told(command: tuple[str, ...]) -> None:
    assert called(">&-", *command) == (2, "standard output: found a closed stream; a place to write to is needed\n")


@pytest.mark.parametrize("words", [("where", "nowhere"), ("where",), ("where", "--at"), ("nothing",)])
def test_what_nobody_can_be_told_changes_no_exit_code(words: tuple[str, ...]) -> None:
    assert called(f"2> {FULL}", *words) == (2, "")


def test_ctrl_c_within_the_work_of_qt_ends_the_program_at_once() -> None:
    program = (
        "import os, signal\nfrom subrescue.cli import console\n"
        "with console.stopped_at_once():\n    os.kill(os.getpid(), signal.SIGINT)\n    print('went on')\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (130, b"", b"")


def test_ctrl_c_while_the_commands_are_read_ends_the_program_without_a_traceback() -> None:
    program = (
        "import os, signal, sys, time\n"
        "signal.signal(signal.SIGINT, signal.default_int_handler)\n"  # a shell's background jobs ignore it
        "class Typer:\n    def __getattr__(self, name):\n"
        "        os.kill(os.getpid(), signal.SIGINT)\n        time.sleep(9)\n"
        "sys.modules['typer'] = Typer()\nfrom subrescue.__main__ import run\nrun()\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (130, b"", b"")


def test_ctrl_c_while_the_commands_are_put_together_is_no_traceback_either(monkeypatch: pytest.MonkeyPatch) -> None:
    def stopped(**_: str) -> None:
        raise KeyboardInterrupt

    monkeypatch.setenv("OPENBLAS_NUM_THREADS", "1")
    monkeypatch.setattr("subrescue.cli.main.app", stopped)
    monkeypatch.setattr("sys.stdout", io.StringIO())
    monkeypatch.setattr("sys.stderr", io.StringIO())
    with pytest.raises(SystemExit) as ended:
        start()
    assert ended.value.code == 130


@pytest.mark.parametrize(("set_before", "used"), [(None, "1"), ("4", "4")])
def test_products_keep_to_one_thread_unless_the_user_says_otherwise(set_before: str | None, used: str) -> None:
    program = (
        "import os, sys\nfrom subrescue.__main__ import run\n"
        "assert 'numpy' not in sys.modules\nsys.argv = ['subrescue', '--version']\n"
        "try:\n    run()\nfinally:\n    print(os.environ['OPENBLAS_NUM_THREADS'])\n"
    )
    usual = {name: value for name, value in os.environ.items() if name != "OPENBLAS_NUM_THREADS"}
    given = {} if set_before is None else {"OPENBLAS_NUM_THREADS": set_before}
    done = subprocess.run([sys.executable, "-c", program], env=usual | given, capture_output=True, check=True)
    assert done.stdout.split()[-1] == used.encode()


@pytest.mark.parametrize("words", [PLACE, ("distances", "-")])
def test_a_reader_that_has_had_enough_is_no_fault(words: tuple[str, ...]) -> None:
    code, told = called("| true", *words)
    assert code == 0
    assert "Traceback" not in told
    assert "Exception" not in told


def test_what_is_piped_to_a_program_has_no_byte_order_mark() -> None:
    assert run("assets", "list", "--nation", "se", "--format", "csv")[1].startswith("kind,id,")


def test_a_text_in_a_file_has_the_doubts_of_its_case_on_top_and_on_a_screen_stderr_has_them(tmp_path: Path) -> None:
    doubt = Problem("dissub.depth_m", "5 m", "the chart has about 300 m here")
    told = "warning: dissub.depth_m: found 5 m; the chart has about 300 m here\nplan\n"
    assert with_doubts("plan\n", [doubt], tmp_path / "plan.txt") == told
    assert with_doubts("plan\n", [doubt], None) == "plan\n"


def test_a_table_that_is_to_come_from_a_closed_stream_is_told() -> None:
    assert called("<&-", "distances", "-") == (2, "stdin: found a closed stream; a table of pairs is expected\n")


@pytest.mark.skipif(not Path("/proc/self/mem").exists(), reason="a file that opens and cannot be read")
def test_a_table_that_cannot_be_read_is_no_fault_of_where_the_answer_goes() -> None:
    code, told = called("", "distances", "/proc/self/mem")
    assert (code, told[:59]) == (2, "/proc/self/mem: found a file that cannot be read (Input/out")


@pytest.mark.parametrize(
    ("words", "sign"),
    [
        (("places", "show", "NOTOS", "-f", "json"), "ø"),
        (("places", "search", "Tromsø", "-f", "csv"), "ø"),
        (("where", "64N 7E", "-f", "json"), "°"),
    ],
)
def test_what_programs_read_is_utf_8_whatever_letters_the_terminal_has(words: tuple[str, ...], sign: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "subrescue", *words],
        capture_output=True,
        check=True,
        env={**os.environ, "PYTHONIOENCODING": "latin-1"},
    )
    assert sign in done.stdout.decode("utf-8")


def test_a_position_for_people_can_be_typed_back_in_letters_without_its_signs() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "subrescue", "where", "64N 7E", "--notation", "dm"],
        capture_output=True,
        check=True,
        env={**os.environ, "PYTHONIOENCODING": "ascii"},
    )
    assert done.stdout == b"64 00.000'N 007 00.000'E\n"
