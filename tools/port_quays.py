"""Prints the ports with liner services for `maps/port_quays.toml`: python -m tools.port_quays searoute-1.6.0.tar.gz."""

from __future__ import annotations

import json
import sys
import tarfile
import textwrap
from pathlib import Path

MEMBER = "searoute/data/ports.geojson"


def liner_ports(archive: Path) -> list[str]:
    """UN/LOCODEs of the ports that its list marks as served (t = 1), in order."""
    with tarfile.open(archive) as packed:
        member = next(name for name in packed.getnames() if name.endswith(MEMBER))
        text = packed.extractfile(member)
        assert text is not None
        features = json.load(text)["features"]
    return sorted(one["properties"]["port"] for one in features if one["properties"].get("t"))


if __name__ == "__main__":
    print(textwrap.fill(" ".join(liner_ports(Path(sys.argv[1]))), width=110))
