"""Builds the map files from the unpacked packages: `python -m tools.build_maps --magics DIR ...`. Same in, same out.

Get the packages with their ordinary clients: Debian libmagics++-data 4.13 and ferret-datasets 7.6 (apt-get download,
dpkg -x), PyPI avwx-engine 1.9.10 (wheel) and searoute 1.6.0 (source archive), npm world-atlas 2.0.2 and sea-ports 0.0.9
(npm pack). The router's files are built after these, by `tools.build_router`; `make maps` does both.
"""

from __future__ import annotations

import argparse
from pathlib import Path
from tempfile import TemporaryDirectory

from subrescue.earth.shape.land import Land
from tools import (
    maps_airfields,
    maps_airspace,
    maps_climate,
    maps_countries,
    maps_depth,
    maps_land,
    maps_names,
    maps_ports,
)
from tools.maps_common import update_manifest
from tools.port_waters import Waters

SEA_RIVERS = Path(__file__).with_name("sea_rivers.toml")
OWN_TABLES = (
    "NOTICE.txt",
    "fixed_links.toml",
    "naval_bases.csv",
    "more_airfields.toml",
    "place_names.toml",
    "port_quays.toml",
    "sea_names.toml",
)


def build(options: argparse.Namespace) -> None:
    """Write every map file and the manifest."""
    out: Path = options.out
    out.mkdir(parents=True, exist_ok=True)
    entries = {
        name: {"origin": "own table, sources in it", "licence": "Apache-2.0", "date": "2026-11-23"}
        for name in OWN_TABLES
    }
    print("land and borders")
    entries |= maps_land.build(options.magics, out / "fixed_links.toml", options.fairways, out)
    print("depth")
    entries |= maps_depth.build(options.ferret, out)
    print("climate")
    entries |= maps_climate.build(options.ferret, out)
    land = Land(out)
    print("airfields and ports")
    entries |= maps_airfields.build(options.stations, out / "more_airfields.toml", land, out)
    with TemporaryDirectory() as uncut:
        maps_land.write_uncut(options.magics, out / "fixed_links.toml", Path(uncut))
        rivers = options.magics / "10m" / "ne_10m_rivers_lake_centerlines.shp"
        waters = Waters(Path(uncut), rivers, SEA_RIVERS, options.fairways)
        entries |= maps_ports.build(options.searoute, options.sea_ports, out, waters, land, out)
    print("countries")
    entries |= maps_countries.build(options.world_atlas, out)
    entries |= maps_airspace.build(out)
    entries |= maps_names.build(out)
    update_manifest(out, entries)
    total = sum((out / name).stat().st_size for name in entries)
    print(f"{len(entries)} files, {total / 1e6:.1f} MB")


def main() -> None:
    """Read the command line and build."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--magics", type=Path, required=True, help="usr/share/magics of libmagics++-data")
    parser.add_argument("--ferret", type=Path, required=True, help="usr/share/ferret-vis/data of ferret-datasets")
    parser.add_argument("--stations", type=Path, required=True, help="avwx-engine's wheel, or its stations.json")
    parser.add_argument("--world-atlas", type=Path, required=True, help="world-atlas-2.0.2.tgz")
    parser.add_argument("--searoute", type=Path, required=True, help="searoute-1.6.0.tar.gz")
    parser.add_argument("--sea-ports", type=Path, required=True, help="sea-ports-0.0.9.tgz")
    parser.add_argument("--fairways", type=Path, default=Path(__file__).resolve().parent / "fairways.toml")
    parser.add_argument("--out", type=Path, default=Path(__file__).resolve().parent.parent / "maps")
    build(parser.parse_args())


if __name__ == "__main__":
    main()
