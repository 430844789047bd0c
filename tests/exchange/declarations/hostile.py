"""Makes the files that nobody should send: each with part of the message that a reader must give."""

from __future__ import annotations

import io
import json
import sqlite3
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

NS = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
HEAD = "kind,id,name,nations,role,speed_kn\n"
GOOD = "ship,xx-one,One,NO,support,12\n"


@dataclass(frozen=True)
class Hostile:
    """A file, and what must be said of it: `refused` as a whole, or `found` at a row; neither where it is defused."""

    name: str
    content: bytes
    refused: str | None = None
    found: str | None = None
    rows: int = 0


def cell(place: str, text: str, kind: str = "inlineStr") -> str:
    if kind == "inlineStr":
        return f'<c r="{place}" t="inlineStr"><is><t>{text}</t></is></c>'
    return f'<c r="{place}" t="{kind}">{text}</c>'


def row(number: int, cells: list[str]) -> str:
    letters = "ABCDEFGHIJ"
    return (
        f'<row r="{number}">' + "".join(cell(f"{letters[i]}{number}", text) for i, text in enumerate(cells)) + "</row>"
    )


HEADINGS = row(1, ["kind", "id", "name", "nations", "role", "speed_kn"])
SHIP = row(2, ["ship", "xx-one", "One", "NO", "support", "12"])


def xlsx(
    rows: str = HEADINGS + SHIP, after: str = "", prolog: str = "", extra: dict[str, bytes] | None = None,
    target: str = "worksheets/sheet1.xml", strings: str | None = None, book: str | None = None, deflate: bool = True,
) -> bytes:  # fmt: skip
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED if deflate else zipfile.ZIP_STORED) as archive:
        archive.writestr(
            "xl/workbook.xml",
            book
            or f'{prolog}<workbook xmlns="{NS}" xmlns:r="{REL}">'
            '<sheets><sheet name="S" sheetId="1" r:id="r1"/></sheets></workbook>',
        )
        archive.writestr(
            "xl/_rels/workbook.xml.rels", f'<Relationships><Relationship Id="r1" Target="{target}"/></Relationships>'
        )
        archive.writestr(
            "xl/worksheets/sheet1.xml",
            f'{prolog}<worksheet xmlns="{NS}"><sheetData>{rows}</sheetData>{after}</worksheet>',
        )
        if strings is not None:
            archive.writestr("xl/sharedStrings.xml", strings)
        for name, content in (extra or {}).items():
            archive.writestr(name, content)
    return stream.getvalue()


BILLION = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>'
SECRET = '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'


def in_xlsx() -> Iterator[Hostile]:
    formula = row(2, ["ship", "xx-one"]).removesuffix("</row>")
    for name, text in (
        ("formula", "<f>1+1</f><v>2</v>"),
        ("formula-dde", "<f>cmd|' /C calc'!A0</f><v>0</v>"),
        ("formula-hyperlink", '<f>HYPERLINK("http://example.org")</f><v>x</v>'),
        ("formula-external", "<f>[1]S!$A$1</f><v>3</v>"),
        ("formula-webservice", '<f>WEBSERVICE("http://example.org")</f><v>3</v>'),
    ):
        cells = cell("C2", text, "str") + cell("D2", "NO") + cell("E2", "support") + "</row>"
        yield Hostile(f"{name}.xlsx", xlsx(HEADINGS + formula + cells), found="a formula", rows=1)
    yield Hostile("macros.xlsx", xlsx(extra={"xl/vbaProject.bin": b"MZ"}), found="macros", rows=1)
    yield Hostile(
        "links.xlsx", xlsx(extra={"xl/externalLinks/externalLink1.xml": b"<x/>"}), found="links to other", rows=1
    )
    yield Hostile("ole.xlsx", xlsx(extra={"xl/embeddings/oleObject1.bin": b"MZ"}), found="embedded objects", rows=1)
    yield Hostile("activex.xlsx", xlsx(extra={"xl/activeX/activeX1.bin": b"MZ"}), found="embedded objects", rows=1)
    yield Hostile("macros.xlsm", xlsx(), refused="kind '.xlsm'")
    yield Hostile("old.xls", b"\xd0\xcf\x11\xe0" * 200, refused="kind '.xls'")
    yield Hostile(
        "merged.xlsx",
        xlsx(after='<mergeCells><mergeCell ref="A1:C1"/></mergeCells>'),
        found="merged cells A1:C1",
        rows=1,
    )
    yield Hostile("billion-laughs.xlsx", xlsx(prolog=BILLION), refused="XML entities are refused")
    yield Hostile("secret-entity.xlsx", xlsx(prolog=SECRET), refused="XML entities are refused")
    yield Hostile(
        "entity-in-strings.xlsx", xlsx(strings=f"{BILLION}<sst><si><t>&b;</t></si></sst>"), refused="entities"
    )
    yield Hostile("zip-bomb.xlsx", xlsx(extra={"xl/media/x.bin": b"\0" * 210_000_000}), refused="MB unpacked")
    yield Hostile("many-parts.xlsx", xlsx(extra={f"xl/x{i}": b"" for i in range(2100)}), refused="parts")
    yield Hostile(
        "million-rows.xlsx",
        xlsx(HEADINGS + '<row r="1000000"><c r="A1000000"><v>1</v></c></row>'),
        refused="row 1,000,000",
    )
    many = "".join(f'<row r="{n}"><c r="A{n}"><v>1</v></c></row>' for n in range(2, 20_200))
    yield Hostile("many-rows.xlsx", xlsx(HEADINGS + many), refused="at most 20,000 rows")
    yield Hostile(
        "far-column.xlsx", xlsx(HEADINGS + '<row r="2"><c r="XFD2"><v>1</v></c></row>'), refused="column 16,384"
    )
    yield Hostile("no-workbook.xlsx", zip_of({"mimetype": b"x"}), refused="no workbook")
    yield Hostile("binary-book.xlsx", zip_of({"xl/workbook.bin": b"x"}), refused="no workbook")
    yield Hostile("not-zip.xlsx", b"hello, not a zip" * 30, refused="cannot be unpacked")
    yield Hostile("cut.xlsx", xlsx()[:-60], refused="cannot be unpacked")
    yield Hostile("html.xlsx", b"<html><table><tr><td>1</td></tr></table></html>", refused="cannot be unpacked")
    yield Hostile("empty.xlsx", b"", refused="an empty file")
    yield Hostile("bad-xml.xlsx", xlsx(HEADINGS + "<row><c></row>"), refused="XML that cannot be read")
    yield Hostile("path-up.xlsx", xlsx(target="../../../../etc/passwd"), refused="no cells of the sheet 'S'")
    yield Hostile("path-absolute.xlsx", xlsx(target="/etc/passwd"), refused="no cells of the sheet 'S'")
    yield Hostile("names-up.xlsx", xlsx(extra={"../../evil.sh": b"rm"}), rows=1)
    strange_string = '<row r="2"><c r="A2" t="s"><v>99999999</v></c></row>'
    yield Hostile("string-number.xlsx", xlsx(HEADINGS + strange_string), refused="no text of the number '99999999'")
    begun = row(2, ["ship", "xx-one"]).removesuffix("</row>")
    rest = cell("D2", "NO") + cell("E2", "support") + "</row>"
    lost_name = xlsx(HEADINGS + begun + cell("C2", "<v>#REF!</v>", "e") + rest)
    yield Hostile("lost-name.xlsx", lost_name, found="row 2: name: found the fault '#REF!'")
    lost_kind = HEADINGS + SHIP.replace(cell("A2", "ship"), cell("A2", "<v>#N/A</v>", "e"))
    yield Hostile("lost-kind.xlsx", xlsx(lost_kind), found="row 2: kind: found the fault '#N/A'")
    yield Hostile("row-twice.xlsx", xlsx(HEADINGS + SHIP + SHIP), refused="two values in row 2, column 1")
    sheets = '<sheet name="S" sheetId="1" r:id="r1"/>'
    two = f'<workbook xmlns="{NS}" xmlns:r="{REL}"><sheets>{{}}</sheets></workbook>'
    lost_sheet = two.format(sheets + '<sheet name="Lost" sheetId="2" r:id="r2"/>')
    yield Hostile("lost-sheet.xlsx", xlsx(book=lost_sheet), refused="no cells of the sheet 'Lost'")
    yield Hostile("many-sheets.xlsx", xlsx(book=two.format(sheets * 101)), refused="101 sheets")
    formulas = '<row r="3">' + "<f/>" * 3000 + "</row>"
    yield Hostile("formulas.xlsx", xlsx(HEADINGS + SHIP + formulas), found="2,900 more formulas", rows=1)
    yield Hostile("password.xlsx", b"\xd0\xcf\x11\xe0" * 200, refused="a workbook with a password")
    yield Hostile("negative-row.xlsx", xlsx(HEADINGS + '<row r="-5"><c r="A1"><v>1</v></c></row>'), refused="row -5")
    yield Hostile("word-row.xlsx", xlsx(HEADINGS + '<row r="five"/>'), refused="cannot be unpacked")
    yield Hostile(
        "text-nan.xlsx", xlsx(HEADINGS + row(2, ["ship", "xx-a", "A", "NO", "support", "NaN"])), found="speed_kn"
    )
    yield Hostile(
        "number-huge.xlsx", xlsx(HEADINGS + row(2, ["ship", "xx-a", "A", "NO", "support", "1e999"])), found="speed_kn"
    )
    # 40 MB in one cell, which took minutes while it was put together piece by piece.
    long = "a&#10;" * 5_000_000
    yield Hostile("long-cell.xlsx", xlsx(HEADINGS + row(2, ["ship", long])), refused="characters in row 2, column 2")
    yield Hostile("long-string.xlsx", xlsx(strings=f"<sst><si><t>{long}</t></si></sst>"), refused="characters among")
    strange = '<?xml version="1.0" encoding="UTY-8"?>'
    yield Hostile("strange-encoding.xlsx", xlsx(prolog=strange), refused="cannot be unpacked")
    yield Hostile("headings-only.xlsx", xlsx(row(1, ["Name", "Nation"])), found="no row of field names")


def zip_of(parts: dict[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return stream.getvalue()


def in_csv() -> Iterator[Hostile]:
    def text(name: str, body: str, **said: object) -> Hostile:
        return Hostile(f"{name}.csv", body.encode(), **said)  # type: ignore[arg-type]

    yield Hostile("latin1.csv", (HEAD + "ship,xx-one,Gr\xe9ce,NO,support,1\n").encode("latin-1"), refused="UTF-8")
    yield Hostile("cp1251.csv", (HEAD + "ship,xx-one,Коммуна,RU,support,1\n").encode("cp1251"), refused="UTF-8")
    yield Hostile("utf16.csv", (HEAD + GOOD).encode("utf-16-le"), refused="binary")
    yield Hostile("utf16-mark.csv", (HEAD + GOOD).encode("utf-16"), rows=1)
    yield Hostile("nul.csv", (HEAD + GOOD).encode() + b"\0", refused="binary")
    yield text("blank", " \n\n ", refused="an empty file")
    yield text("million", HEAD + "ship,xx,X,NO,support,1\n" * 25_000, refused="at most 20,000 rows")
    yield text("wide", HEAD + "," * 5000 + "\n", refused="columns")
    yield text("lone-returns", "# Ships\rof NO\n" + HEAD + GOOD, rows=1)
    yield text("macintosh", (HEAD + GOOD).replace("\n", "\r"), rows=1)
    yield text("open-quote", HEAD + 'ship,"xx-one,One\n', refused="quotes must be closed")
    yield text(
        "long-cell", HEAD + "ship,xx-one," + "x" * 2_000_000 + ",NO,support,1\n", refused="CSV that cannot be read"
    )
    yield text("cmd-name", HEAD + "ship,xx-one,=cmd|' /C calc'!A0,NO,support,1\n", rows=1)
    yield text("at-name", HEAD + "ship,xx-one,@SUM(A1),NO,support,1\n", rows=1)
    yield text("cmd-id", HEAD + "ship,=cmd|x,One,NO,support,1\n", found="lower-case letters")
    yield text("path-id", HEAD + "ship,../../etc/passwd,One,NO,support,1\n", found="lower-case letters")
    yield text("twice", HEAD + GOOD + GOOD, found="a second time", rows=1)
    yield text("no-id", HEAD + "ship,,One,NO,support,1\n", found="this field is required")
    yield text("no-kind", HEAD + ",xx-one,One,NO,support,1\n", found="kind")
    yield text("strange-kind", HEAD + "shipp,xx-one,One,NO,support,1\n", found="did you mean 'ship'")
    yield text("comma-number", HEAD + 'ship,xx-one,One,NO,support,"1,5"\n', found="speed_kn")
    yield text("too-fast", HEAD + "ship,xx-one,One,NO,support,900\n", found="0 to 60 kn")
    yield text("bad-role", HEAD + "ship,xx-one,One,NO,suport,1\n", found="did you mean 'support'")
    yield text("strange-column", HEAD.strip() + ",speed\n" + GOOD.strip() + ",3\n", found="unknown field", rows=1)
    yield text("column-twice", HEAD.strip() + ",name\n" + GOOD.strip() + ",Two\n", found="this column twice", rows=1)
    yield text("beyond", HEAD + GOOD.strip() + ",7\n", found="column without name", rows=1)
    yield text(
        "deep-json", "kind,id,name,nations,role,carries\nship,xx-a,A,NO,support," + "[" * 9000 + "\n", found="carries"
    )
    yield text("steering", HEAD + "ship,xx-one,\x1b[2J\x07One,NO,support,1\n", found="the sign U+001B (escape)")
    yield text("html", "<script>alert(1)</script>\n", found="no row of field names")


def in_json() -> Iterator[Hostile]:
    good = {"kind": "ship", "id": "xx-one", "name": "One", "nations": "NO", "role": "support"}

    def one(name: str, properties: object, **said: object) -> Hostile:
        data = {
            "type": "FeatureCollection",
            "features": [{"type": "Feature", "geometry": None, "properties": properties}],
        }
        return Hostile(f"{name}.geojson", json.dumps(data).encode(), **said)  # type: ignore[arg-type]

    yield Hostile("deep.geojson", b"[" * 200_000, refused="JSON")
    yield Hostile("no-json.geojson", b"kind,id", refused="no JSON")
    yield Hostile("a-list.geojson", b"[1, 2]", refused="no list of features")
    yield Hostile("cut.geojson", b'{"type": "FeatureCollection", "features": [', refused="no JSON")
    yield Hostile("many.geojson", json.dumps({"features": [0] * 20_001}).encode(), refused="more than 20,000")
    yield Hostile("huge-number.geojson", b'{"features": [' + b"9" * 5000 + b"]}", refused="JSON")
    yield one("no-properties", 5, refused="without properties")
    yield one("object-as-name", {**good, "name": {"a": 1}}, rows=1)
    yield one("list-as-kind", {**good, "kind": ["ship"]}, found="kind")
    yield one("nan", {**good, "speed_kn": float("nan")}, rows=1)
    yield one("infinity", {**good, "speed_kn": float("inf")}, found="speed_kn")
    yield one("huge-name", {**good, "name": 10**400}, rows=1)
    yield one("huge-speed", {**good, "speed_kn": 10**400}, found="speed_kn")
    yield one("bool-number", {**good, "speed_kn": True}, found="speed_kn")
    yield one("lone-surrogate", {**good, "name": "\ud800"}, found="U+D800")
    yield one("proto", {**good, "__proto__": {"x": 1}}, found="unknown field", rows=1)


def in_other() -> Iterator[Hostile]:
    kml = f"<?xml version='1.0'?>{BILLION}<kml>&b;</kml>".encode()
    yield Hostile("laughs.kml", kml, refused="kind '.kml'")
    yield Hostile("packed.kmz", zip_of({"doc.kml": kml}), refused="kind '.kmz'")
    yield Hostile("script.py", b"print(1)", refused="kind '.py'")
    yield Hostile("no-base.gpkg", b"SQLite format 3\0" + b"\xff" * 900, refused="cannot be read")
    yield Hostile("text.gpkg", b"hello" * 300, refused="cannot be read")
    yield Hostile("small.gpkg", b"SQLite format 3\0", refused="cannot be read")


ENTER = "INSERT INTO gpkg_contents VALUES"
NO_TABLE = "no plain table"
SQL = {
    "no-contents.gpkg": ("CREATE TABLE ship(id TEXT)", "cannot be read", None),
    "trigger.gpkg": ("CREATE TRIGGER evil AFTER INSERT ON ship BEGIN DELETE FROM ship; END", None, "trigger 'evil'"),
    "view.gpkg": (
        f"CREATE VIEW v AS SELECT load_extension('x') AS id; {ENTER}('v','attributes','v')",
        None,
        NO_TABLE,
    ),
    "quoted.gpkg": (ENTER + "('x\"; DROP TABLE ship; --','attributes','x')", None, NO_TABLE),
    "no-kind.gpkg": (
        f"CREATE TABLE vessels(name TEXT); {ENTER}('vessels','attributes','vessels')",
        None,
        "the layer 'vessels'",
    ),
    "many-layers.gpkg": (
        ";".join(f"CREATE TABLE t{n}(kind TEXT); {ENTER}('t{n}','attributes','t{n}')" for n in range(101)),
        "more than 100 layers",
        None,
    ),
    "endless-column.gpkg": (
        "ALTER TABLE ship ADD COLUMN long TEXT GENERATED ALWAYS AS (hex(zeroblob(99000000))) VIRTUAL",
        None,
        "the column 'long' of 'ship', which is computed",
    ),
    "bytes-as-name.gpkg": ("UPDATE ship SET name = x'00ff'", None, "row 1: name: found 2 bytes that are no text"),
    "latin-1-name.gpkg": ("UPDATE ship SET name = CAST(x'47E9' AS TEXT)", None, "row 1: name: found the sign U+DCE9"),
    "word-as-number.gpkg": ("UPDATE ship SET speed_kn = 'fast'", None, "row 1: speed_kn: found 'fast'"),
    "endless-view.gpkg": (
        "CREATE VIEW w AS WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x+1 FROM c) SELECT x FROM c;"
        + ENTER
        + "('w','attributes','w')",
        None,
        NO_TABLE,
    ),
}
"""GeoPackages made by SQL: what is in them, what they are refused with, what is found."""


def write_geopackage(path: Path, sql: str) -> None:
    from subrescue.exchange.declarations.layers import to_geopackage
    from subrescue.exchange.declarations.sheets import Sheet

    if not path.name.startswith("no-contents"):
        ship = {"kind": "ship", "id": "xx-one", "name": "One", "nations": "NO", "role": "support"}
        path.write_bytes(to_geopackage([Sheet("ship", (ship,))]))
        sql = sql.replace("gpkg_contents VALUES", "gpkg_contents(table_name, data_type, identifier) VALUES")
    base = sqlite3.connect(path)
    if sql.startswith("UPDATE"):  # a program for maps knows the functions that the format's own triggers call
        for (name,) in base.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            base.execute(f"DROP TRIGGER {name}")
    base.executescript(sql)
    base.close()


def corpus() -> list[Hostile]:
    """All of them that are made in memory."""
    return [*in_xlsx(), *in_csv(), *in_json(), *in_other()]
