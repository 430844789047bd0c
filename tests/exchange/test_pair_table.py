"""Tables of pairs: read row by row in the ways that spreadsheets write them, and written so that nothing runs."""

from __future__ import annotations

import io

import pytest

from subrescue.domain.errors import InputError, Problem
from subrescue.domain.position import Position
from subrescue.exchange.pair_table import PairReader, PairRow, PairWriter, chunks
from subrescue.store.files import encoding_of


def place(text: str, field: str) -> Position:
    """Names of two places, and no other notation."""
    known = {"A": Position(lat_deg=1, lon_deg=2), "B": Position(lat_deg=3, lon_deg=4)}
    if text in known:
        return known[text]
    raise InputError(Problem(field, f"'{text}'", "A or B"))


def read(text: str) -> tuple[PairReader, list[PairRow]]:
    reader = PairReader(io.StringIO(text, newline=""), "pairs.csv", place)
    return reader, list(reader)


def test_degrees_and_names_are_read_each_at_its_end() -> None:
    _, rows = read("id,lat1,lon1,to\n7,10.5,-20.25,B\n")
    assert rows == [
        PairRow(2, ["7", "10.5", "-20.25", "B"], Position(lat_deg=10.5, lon_deg=-20.25), Position(lat_deg=3, lon_deg=4))
    ]


@pytest.mark.parametrize("head", ["LAT1;LON1;Lat2;lon2", " lat1 ; lon1 ;lat2;lon2"])
def test_a_semicolon_table_may_have_a_decimal_comma(head: str) -> None:
    reader, rows = read(f"{head}\n54,5;-3,25;10;20\n")
    assert rows[0].start == Position(lat_deg=54.5, lon_deg=-3.25)
    assert reader.decimal_comma


def test_both_signs_of_the_date_line_are_one_meridian() -> None:
    _, rows = read("lat1,lon1,lat2,lon2\n0,180,0,-180\n")
    assert rows[0].start == rows[0].end == Position(lat_deg=0, lon_deg=-180)


@pytest.mark.parametrize(
    "row, words",
    [
        ("A", "found 1 cells; the header has 2"),
        ("A,B,C", "found 3 cells; the header has 2"),
        ("A,", "to: found an empty cell"),
        ("A,Z", "to: found 'Z'; A or B"),
    ],
)
def test_a_bad_row_says_what_was_found_and_spoils_no_other(row: str, words: str) -> None:
    _, rows = read(f"from,to\n{row}\nA,B\n")
    assert words in rows[0].status
    assert (rows[0].line, rows[1].line) == (2, 3)
    assert not rows[1].problems


@pytest.mark.parametrize("cells, words", [("91,0,0,0", "lat1: found 91"), ("0,200,0,0", "lon1: found 200; -180 to")])
def test_degrees_off_the_globe_are_bad(cells: str, words: str) -> None:
    _, rows = read(f"lat1,lon1,lat2,lon2\n{cells}\n")
    assert words in (rows[0].status)


def test_a_cell_beyond_all_measure_is_a_bad_row() -> None:
    _, rows = read("from,to\nA," + "x" * 200_000 + "\nA,B\n")
    assert rows[0].problems
    assert not rows[-1].problems


def test_empty_lines_are_passed_over() -> None:
    _, rows = read("from,to\n\nA,B\n,\n")
    assert [row.line for row in rows] == [3]


@pytest.mark.parametrize(
    "text, words",
    [
        ("", "no header"),
        ("\n", "no header"),
        ("a,b\n1,2\n", "the columns a, b"),
        ("from,from,to\n", "the column from twice"),
        ("fr\0om,to\n", "a binary file"),
        ("\udc89PNG\n\x1a\n", "a file that is no text in UTF-8; a table as text"),
        ("fr\udcf8m,t\udcf8\n", "a file that is no text in UTF-8; a table as text"),
        ("from," + "x" * 200_000 + ",to\n", "what cannot be parted into cells"),
        ("x" * 1_000_000, "a line of 1,000,000 characters or more"),
        ("lat1,lon1,lat2\n", "columns lat1, lon1, lat2, lon2, or from, to, are needed"),
    ],
)
def test_a_table_without_the_columns_is_refused_as_a_whole(text: str, words: str) -> None:
    with pytest.raises(InputError, match=words) as refused:
        read(text)
    assert refused.value.problems[0].file == "pairs.csv"


def written(text: str, distance_nm: float | None = 12.34, status: str = "ok") -> list[str]:
    reader, rows = read(text)
    out = io.StringIO(newline="")
    writer = PairWriter(out, reader.layout)
    for row in rows:
        writer.write(row, distance_nm, "suez,kiel", row.status or status, reader.decimal_comma)
    return out.getvalue().splitlines()


def test_other_columns_are_kept_and_the_answer_is_added() -> None:
    assert written("Note,FROM,to\nhere,A,B\n") == [
        "Note,FROM,to,distance_nm,via,status",
        'here,A,B,12.3,"suez,kiel",ok',
    ]


def test_a_table_that_was_answered_before_is_answered_anew() -> None:
    again = written("from,to,distance_nm,via,status\nA,B,99,old,old\n")
    assert again == ["from,to,distance_nm,via,status", 'A,B,12.3,"suez,kiel",ok']


def test_what_is_not_known_is_an_empty_cell() -> None:
    assert written("from,to\nA,B\n", None, "outside_chart")[1] == 'A,B,,"suez,kiel",outside_chart'


def test_the_decimal_sign_of_the_table_is_that_of_the_answer() -> None:
    assert written("lat1;lon1;lat2;lon2\n1,5;2;3;4\n")[1] == "1,5;2;3;4;12,3;suez,kiel;ok"


def test_a_formula_is_neutralised_and_a_negative_number_is_not() -> None:
    row = written('note,more,x,from,to\n=HYPERLINK("http"),@a,-7.5,A,B\n')[1]
    assert row.startswith(("\"'=HYPERLINK(", "'=HYPERLINK("))
    assert ",'@a,-7.5,A,B," in row


def test_a_row_that_is_too_long_keeps_the_columns_of_the_answer_in_place() -> None:
    lines = written("from,to\nA,B,C,D,E,F,G\n")
    assert lines[1].count(",") >= 4
    assert "found 7 cells" in lines[1]


def test_line_ends_stay_those_of_the_table() -> None:
    reader, _ = read("from,to\r\nA,B\r\n")
    assert reader.layout.line_end == "\r\n"


def test_rows_come_in_parts_and_none_is_lost() -> None:
    rows = [PairRow(k, []) for k in range(7)]
    parts = list(chunks(rows, 3))
    assert [len(part) for part in parts] == [3, 3, 1]
    assert [row.line for part in parts for row in part] == list(range(7))


@pytest.mark.parametrize(
    "start, encoding",
    [(b"\xef\xbb\xbffro", "utf-8-sig"), (b"\xff\xfef\0", "utf-16"), (b"from", "utf-8-sig")],
)
def test_the_mark_of_a_file_tells_its_encoding(start: bytes, encoding: str) -> None:
    assert encoding_of(start) == encoding


def test_on_a_terminal_signs_that_would_work_are_spelt_out_and_a_file_keeps_them() -> None:
    reader, rows = read("from,to,note\nA,B,\x1b[2J\n")
    for on_terminal, shown in ((True, "\\u001b[2J"), (False, "\x1b[2J")):
        stream = io.StringIO()
        PairWriter(stream, reader.layout, on_terminal).write(rows[0], 7.0, "", "ok", False)
        assert stream.getvalue().splitlines()[1] == f"A,B,{shown},7.0,,ok"


def test_a_table_that_stops_being_readable_is_named_as_such() -> None:
    class Lost(io.RawIOBase):
        def readable(self) -> bool:
            return True

        def readinto(self, _: object) -> int:
            raise OSError(5, "Input/output error")  # as of a network drive that is gone

    with pytest.raises(InputError, match=r"pairs\.csv: found what cannot be read \(Input/output error\)"):
        PairReader(io.TextIOWrapper(io.BufferedReader(Lost())), "pairs.csv", place)
