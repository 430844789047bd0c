"""Starts the program by `python -m subrescue`, as the command `subrescue` does."""

from subrescue.cli.main import run

if __name__ == "__main__":
    run()
