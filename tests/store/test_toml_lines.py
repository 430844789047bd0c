"""The line of every key is found, however the file is written."""

from __future__ import annotations

import tomllib
from typing import Any

import tomli_w
from hypothesis import given
from hypothesis import strategies as st

from subrescue.store.toml_lines import Loc, key_lines, line_of

TEXT = (
    '''# a comment with [brackets] and key = "value"
title = "a # that is no comment"   # one that is
numbers = [
    1,   # one
    2,
    [3, 4],
]
[dissub.fix]
position = { lat_deg = 69.6, lon_deg = 37.5 }
"quoted.key" = """
[not a table]
no = "key" ""x"" """
after = 1
[[offers]]
asset = 'a'
[offers.notice]
h = 1979-05-27T07:32:00Z
[[offers]]
asset.id = 'it'''
    + "'"
    + """s' # odd
"""
)


def test_tables_lists_inline_tables_and_long_strings_are_followed() -> None:
    text = TEXT.replace("'it's'", '"its"')
    tomllib.loads(text)
    lines = key_lines(text)
    assert lines[("title",)] == 2
    assert lines[("numbers",)] == 3
    assert lines[("numbers", 0)] == 4
    assert lines[("numbers", 1)] == 5
    assert lines[("numbers", 2, 1)] == 6
    assert lines[("dissub", "fix")] == 8
    assert lines[("dissub", "fix", "position", "lon_deg")] == 9
    assert lines[("dissub", "fix", "quoted.key")] == 10
    assert lines[("dissub", "fix", "after")] == 13
    assert lines[("offers", 0, "asset")] == 15
    assert lines[("offers", 0, "notice", "h")] == 17
    assert lines[("offers", 1)] == 18
    assert lines[("offers", 1, "asset", "id")] == 19


def test_a_field_that_is_not_there_has_the_line_of_its_table() -> None:
    lines = key_lines("a = 1\n\n[dissub]\nname = 'x'\n")
    assert line_of(lines, ("dissub", "fix", "position")) == 3
    assert line_of(lines, ("environment",)) is None


def test_windows_line_ends_count_as_one_line() -> None:
    assert key_lines("a = 1\r\n\r\nb = 2\r\n")[("b",)] == 3


_plain = st.one_of(st.booleans(), st.integers(-9, 9), st.text(max_size=6), st.floats(allow_nan=False, width=32))
_values = st.recursive(
    _plain,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=3),
    max_leaves=12,
)


def _paths(data: Any, loc: Loc = ()) -> set[Loc]:
    items = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    found = {loc} if loc else set()
    for key, value in items:
        found |= _paths(value, (*loc, key))
    return found


@given(st.dictionaries(st.text("abc. \"'", max_size=4), _values, max_size=4))
def test_every_path_of_any_file_has_a_line(data: dict[str, Any]) -> None:
    text = tomli_w.dumps(data)
    parsed = tomllib.loads(text)
    lines = key_lines(text)
    missing = {loc for loc in _paths(parsed) if loc not in lines}
    assert not {loc for loc in missing if all(isinstance(key, int) or key.isalpha() for key in loc)}
    assert set(lines.values()) <= set(range(1, text.count("\n") + 2))
