"""Makes small S-57 chart cells by hand (ISO 8211 records, chain-node topology): no library at hand can write them."""

from __future__ import annotations

import struct
from collections.abc import Sequence
from dataclasses import dataclass, field

FT, UT = b"\x1e", b"\x1f"
CLASSES = {"DEPARE": 42, "DRGARE": 46, "LNDARE": 71, "SOUNDG": 129, "UNSARE": 154, "M_COVR": 302, "M_QUAL": 308}
ATTRIBUTES = {"CATCOV": 18, "CATZOC": 72, "DRVAL1": 87, "DRVAL2": 88}
COMF, SOMF = 10_000_000, 10
_DEFINITIONS = (
    ("0001", "0500", "ISO 8211 Record Identifier", "", "(b12)"),
    ("DSID", "1600", "Data set identification field",
     "RCNM!RCID!EXPP!INTU!DSNM!EDTN!UPDN!UADT!ISDT!STED!PRSP!PSDN!PRED!PROF!AGEN!COMT",
     "(b11,b14,2b11,3A,2A(8),R(4),b11,2A,b11,b12,A)"),
    ("DSSI", "1600", "Data set structure information field",
     "DSTR!AALL!NALL!NOMR!NOCR!NOGR!NOLR!NOIN!NOCN!NOED!NOFA", "(3b11,8b14)"),
    ("DSPM", "1600", "Data set parameter field",
     "RCNM!RCID!HDAT!VDAT!SDAT!CSCL!DUNI!HUNI!PUNI!COUN!COMF!SOMF!COMT", "(b11,b14,3b11,b14,4b11,2b14,A)"),
    ("FRID", "1600", "Feature record identifier field", "RCNM!RCID!PRIM!GRUP!OBJL!RVER!RUIN",
     "(b11,b14,2b11,2b12,b11)"),
    ("FOID", "1600", "Feature object identifier field", "AGEN!FIDN!FIDS", "(b12,b14,b12)"),
    ("ATTF", "2600", "Feature record attribute field", "*ATTL!ATVL", "(b12,A)"),
    ("FSPT", "2600", "Feature record to spatial record pointer field", "*NAME!ORNT!USAG!MASK", "(B(40),3b11)"),
    ("VRID", "1600", "Vector record identifier field", "RCNM!RCID!RVER!RUIN", "(b11,b14,b12,b11)"),
    ("VRPT", "2600", "Vector record pointer field", "*NAME!ORNT!USAG!TOPI!MASK", "(B(40),4b11)"),
    ("SG2D", "2600", "2-D coordinate field", "*YCOO!XCOO", "(2b24)"),
    ("SG3D", "2600", "3-D coordinate (sounding array) field", "*YCOO!XCOO!VE3D", "(3b24)"),
)  # fmt: skip


@dataclass
class Area:
    """An area of a class: corners as latitude and longitude, attributes by name."""

    kind: str
    corners: Sequence[tuple[float, float]]
    attributes: dict[str, str] = field(default_factory=dict)


def box(south: float, west: float, north: float, east: float) -> list[tuple[float, float]]:
    return [(south, west), (south, east), (north, east), (north, west)]


def _record(fields: list[tuple[str, bytes]], leader: bytes) -> bytes:
    directory, body = b"", b""
    for tag, content in fields:
        directory += f"{tag:4}{len(content):05}{len(body):05}".encode()
        body += content
    base = 24 + len(directory) + 1
    head = f"{base + len(body):05}".encode() + leader[:7] + f"{base:05}".encode() + leader[7:]
    return head + b"5504" + directory + FT + body


def _data(*fields: tuple[str, bytes]) -> bytes:
    return _record([(tag, content + FT) for tag, content in fields], b" D     " + b"   ")


def _name(kind: int, number: int) -> bytes:
    return struct.pack("<BI", kind, number)


def s57_cell(
    areas: Sequence[Area],
    soundings: Sequence[tuple[float, float, float]] = (),
    *,
    scale: int = 50_000,
    sounding_datum: int = 23,
    depth_unit: int = 1,
    edition: str = "3",
    update: str = "0",
) -> bytes:
    """The bytes of a cell with areas and soundings (latitude, longitude, depth in metres)."""
    pairs = b"".join(tag.encode() for tag in (
        "0001DSID", "DSIDDSSI", "0001DSPM", "0001FRID", "FRIDFOID", "FRIDATTF", "FRIDFSPT", "0001VRID", "VRIDVRPT",
        "VRIDSG2D", "VRIDSG3D"))  # fmt: skip
    control: list[tuple[str, bytes]] = [("0000", b"0000;&   " + UT + pairs + FT)]
    for tag, kind, title, names, form in _DEFINITIONS:
        content = f"{kind};&   {title}".encode() + UT + names.encode() + UT + form.encode() + FT
        control.append((tag, content))
    cell = _record(control, b"3LE1 09" + b" ! ")
    number = iter(range(1, 1_000_000))

    def numbered() -> tuple[str, bytes]:
        return "0001", struct.pack("<H", next(number) % 65536)

    identity = struct.pack("<BIBB", 10, 1, 1, 5) + UT.join(t.encode() for t in ("XX5TEST.000", edition, update)) + UT
    identity += b"20260101" + b"20260101" + b"03.1" + b"\x01" + UT + b"2.0" + UT + b"\x01" + struct.pack("<H", 550) + UT
    counts = struct.pack("<3B8I", 2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0)
    cell += _data(numbered(), ("DSID", identity), ("DSSI", counts))
    cell += _data(numbered(), ("DSPM", struct.pack(
        "<BIBBBIBBBBII", 20, 1, 2, 17, sounding_datum, scale, depth_unit, 1, 1, 1, COMF, SOMF) + UT))  # fmt: skip
    features = b""
    for place, area in enumerate(areas, 1):
        corners = [struct.pack("<ii", round(lat * COMF), round(lon * COMF)) for lat, lon in area.corners]
        cell += _data(numbered(), ("VRID", _name(120, place) + struct.pack("<HB", 1, 1)), ("SG2D", corners[0]))
        ends = b"".join(_name(120, place) + struct.pack("<4B", 255, 255, which, 255) for which in (1, 2))
        edge = _name(130, place) + struct.pack("<HB", 1, 1)
        cell += _data(numbered(), ("VRID", edge), ("VRPT", ends), ("SG2D", b"".join(corners[1:])))
        features += _feature(
            numbered(), place, area.kind, 3, area.attributes, _name(130, place) + struct.pack("<3B", 1, 1, 255)
        )
    if soundings:
        points = b"".join(
            struct.pack("<iii", round(lat * COMF), round(lon * COMF), round(m * SOMF)) for lat, lon, m in soundings
        )
        cell += _data(numbered(), ("VRID", _name(110, 1) + struct.pack("<HB", 1, 1)), ("SG3D", points))
        pointer = _name(110, 1) + struct.pack("<3B", 255, 255, 255)
        features += _feature(numbered(), len(areas) + 1, "SOUNDG", 1, {}, pointer)
    return cell + features


def _feature(
    numbered: tuple[str, bytes], number: int, kind: str, primitive: int, attributes: dict[str, str], pointer: bytes
) -> bytes:
    identity = struct.pack("<BIBBHHB", 100, number, primitive, 2, CLASSES[kind], 1, 1)
    fields = [numbered, ("FRID", identity), ("FOID", struct.pack("<HIH", 550, number, 1))]
    if attributes:
        text = b"".join(struct.pack("<H", ATTRIBUTES[key]) + value.encode() + UT for key, value in attributes.items())
        fields.append(("ATTF", text))
    return _data(*fields, ("FSPT", pointer))
