"""How the map builder tells where a port stands by the airfields of its town, and what came of it."""

from __future__ import annotations

import io
import json
import tarfile
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest

from subrescue.domain.position import Position
from subrescue.earth.places.gazetteer import Gazetteer
from subrescue.earth.places.place_tables import Airfield
from subrescue.earth.shape.geodesy import between_nm
from tools.maps_ports import civil_ports
from tools.port_towns import Towns, in_their_towns


def field(iata: str | None, town: str, lat: float, lon: float) -> Airfield:
    return Airfield(
        "XX01",
        None,
        iata,
        f"{town} Airport",
        town,
        "SE",
        Position(lat_deg=lat, lon_deg=lon),
        None,
        (),
        0,
        "test",
        "low",
    )


TOWNS = Towns(
    [field("VBY", "Visby", 57.66, 18.35), field(None, "Åhus", 55.9, 14.3), field("HAD", "Halmstad", 56.7, 12.8)]
)


def row(code: str, name: str, lat: float, lon: float) -> dict[str, object]:
    return {"unlocode": code, "name": name, "aliases": [], "lat": lat, "lon": lon, "source": "a list"}


@pytest.mark.parametrize(
    "code, name, lon, moved",
    [
        ("SEVBY", "Visby", 11.6, True),
        ("SEVBY", "Visby", 18.3, False),  # by its town
        ("SEVBY", "Somewhere", 11.6, False),  # the code alone may be a namesake's
        ("SEXXX", "Visby", 11.6, False),  # so may the name
        ("", "Visby", 11.6, False),
    ],
)
def test_a_port_of_the_code_and_name_of_an_airfield_stands_there(code: str, name: str, lon: float, moved: bool) -> None:
    (found,), counts = in_their_towns([row(code, name, 57.6, lon)], TOWNS)
    assert (found["lat"], found["lon"]) == ((57.66, 18.35) if moved else (57.6, lon))
    assert counts["moved"] == moved
    assert ("airfield" in found["source"]) == moved


class _Coast:
    """A shore along 57 N: the sea lies south of it."""

    def sea_nm(self, lat: npt.ArrayLike, lon: npt.ArrayLike) -> npt.NDArray[np.float64]:
        return np.maximum(np.asarray(lat, float) - 57.0, 0.0) * 60.0

    def off_shore_nm(self, lat: npt.ArrayLike, lon: npt.ArrayLike) -> npt.NDArray[np.float64]:
        return np.abs(np.asarray(lat, float) - 57.0) * 60.0

    def on_lake(self, lat: npt.NDArray[np.float64], lon: npt.NDArray[np.float64]) -> npt.NDArray[np.bool_]:
        raise NotImplementedError

    def on_sea_river(
        self, lat: npt.NDArray[np.float64], lon: npt.NDArray[np.float64], beside_nm: float
    ) -> npt.NDArray[np.bool_]:
        raise NotImplementedError


def _archive(file: Path, member: str, content: object) -> Path:
    text = json.dumps(content).encode()
    with tarfile.open(file, "w:gz") as tar:
        info = tarfile.TarInfo(member)
        info.size = len(text)
        tar.addfile(info, io.BytesIO(text))
    return file


@pytest.mark.parametrize(
    "code, name, one, other, chosen",
    [
        ("SEVBY", "A", (57.0, 11.6), (57.6, 18.3), 1),  # the airfield of the code bears it out, though it is inland
        ("SEXXX", "Ahus", (57.0, 11.6), (55.9, 14.2), 1),  # so does the town's name, though it is out at sea
        ("SEXXX", "A", (57.05, 11.6), (57.5, 18.3), 0),  # none does: the one by the sea
        ("SEXXX", "A", (56.5, 11.6), (57.05, 18.3), 1),  # and not 30 miles out
    ],
)
def test_of_two_lists_the_one_that_an_airfield_bears_out_is_right(
    tmp_path: Path, code: str, name: str, one: tuple[float, float], other: tuple[float, float], chosen: int
) -> None:
    searoute = _archive(
        tmp_path / "a.tgz",
        "searoute/data/ports.geojson",
        {"features": [{"geometry": {"coordinates": one[::-1]}, "properties": {"name": name, "port": code}}]},
    )
    sea_ports = _archive(tmp_path / "b.tgz", "lib/ports.json", {code: {"name": name, "coordinates": other[::-1]}})
    (found,) = civil_ports(searoute, sea_ports, _Coast(), TOWNS)
    assert (found["lat"], found["lon"]) == (one, other)[chosen]


@pytest.mark.parametrize(
    "code, lat_deg, lon_deg",
    [
        ("SEVBY", 57.64, 18.28),
        ("AUGOV", -12.2, 136.7),
        ("BRNVT", -26.9, -48.65),
        ("CNPUT", 25.4, 119.05),
        ("ARSFN", -31.65, -60.7),
        ("NGWAR", 5.52, 5.75),
        ("PHOLO", 14.83, 120.28),
        ("VNMUT", 10.35, 106.36),
    ],
)
def test_ports_that_one_list_has_elsewhere_stand_at_their_towns(code: str, lat_deg: float, lon_deg: float) -> None:
    (port,) = (port for port in Gazetteer().ports if port.unlocode == code)
    assert between_nm(port.position, Position(lat_deg=lat_deg, lon_deg=lon_deg)) < 15


@pytest.mark.parametrize(
    "name, lat_deg, lon_deg",
    [
        ("Phoenix", 29.7, -90.2),
        ("Pittsburgh", 29.2, -89.3),
        ("Fargo", 41.7, -71.2),
        ("Gallup", 40.6, -74.1),
        ("Chattanooga", 32.8, -79.9),
    ],
)
def test_no_inland_town_is_a_seaport(name: str, lat_deg: float, lon_deg: float) -> None:
    found = [port for port in Gazetteer().ports if port.name == name and port.country == "US" and port.is_seaport]
    assert not any(between_nm(port.position, Position(lat_deg=lat_deg, lon_deg=lon_deg)) < 100 for port in found)


def test_a_seaport_under_the_code_of_a_namesake_stands_on() -> None:
    seaports = {(port.name, port.country) for port in Gazetteer().ports if port.is_seaport and port.unlocode is None}
    assert {("Itaqui", "BR"), ("Richmond", "US"), ("St Paul", "US")} <= seaports
