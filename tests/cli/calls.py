"""Commands called as a user calls them."""

from __future__ import annotations

from typer.testing import CliRunner

from subrescue.cli.main import app


def run(*words: str) -> tuple[int, str, str]:
    """Exit code, standard output and standard error; a traceback fails the test."""
    result = CliRunner().invoke(app, list(words), prog_name="subrescue")
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result.exit_code, result.stdout, result.stderr
