"""Who works here and at which desk, as the system tells it: the same for the window and for the command line."""

from __future__ import annotations


def user_name() -> str:
    """The name under which the user is logged in, as far as the system tells."""
    import getpass

    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return "unknown"


def desk_name() -> str:
    """This user at this machine, so that undo takes back one's own work, wherever it was given."""
    import platform

    return f"{user_name()}@{platform.node() or 'this machine'}"


def observer_name() -> str:
    """The desk under which this desk's observations stand: no step of undo looks through thousands of them."""
    return f"{desk_name()}, AIS"
