"""What an officer takes of a declaration: as proposed, but for what was ticked, one tick at a time or many at once."""

from hypothesis import given
from hypothesis import strategies as st

from subrescue.exchange.declarations.choice import Choice

KEYS = [("ship", "a"), ("ship", "b"), ("rescue_system", "c")]
FIELDS = {KEYS[0]: ("speed_kn", "length_m"), KEYS[1]: ("speed_kn",), KEYS[2]: ()}
CHOICE = Choice(FIELDS, {KEYS[0]: frozenset({"speed_kn"})})
ticks = st.dictionaries(
    st.tuples(st.sampled_from(KEYS), st.sampled_from(["speed_kn", "length_m", "name"])), st.booleans(), max_size=9
)


def test_a_tick_takes_a_field_and_an_entry_without_any_is_not_taken() -> None:
    taken = CHOICE.ticked(CHOICE.proposed, {(KEYS[0], "speed_kn"): False, (KEYS[1], "speed_kn"): True})
    assert taken == {KEYS[1]: frozenset({"speed_kn"})}


def test_a_tick_of_a_field_that_there_is_not_takes_nothing() -> None:
    assert CHOICE.ticked({}, {(KEYS[2], "name"): True, (("ship", "z"), "name"): True}) == {}


@given(ticks)
def test_ticks_at_once_give_what_they_give_one_by_one(marks: dict) -> None:
    one_by_one = CHOICE.proposed
    for what, on in marks.items():
        one_by_one = CHOICE.ticked(one_by_one, {what: on})
    assert CHOICE.ticked(CHOICE.proposed, marks) == one_by_one
    for (key, field), on in marks.items():
        assert (field in one_by_one.get(key, ())) == (on and field in FIELDS[key])
