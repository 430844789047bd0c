"""The log of a case tells each change in the words of its field, and is read as text and by a spreadsheet."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from subrescue.domain.case import Case, LogEntry, Offer
from subrescue.domain.position import Position
from subrescue.domain.quantities import Assumption, Pert
from subrescue.domain.sea_clearances import SeaClearance
from subrescue.exchange.case_log import AUTOMATIC, change_words, log_to_csv, log_to_text, matching, said
from subrescue.exchange.elapsed import t_plus
from subrescue.exchange.entry_names import names_by_id
from subrescue.exchange.languages import speaking

ALERT = datetime(2026, 11, 23, 6, 0, tzinfo=UTC)
CASE = Case.model_validate(
    {
        "id": "drill",
        "title": "Drill",
        "kind": "exercise",
        "alert": ALERT,
        "dissub": {"name": "Boat", "fix": {"position": {"lat_deg": 64.5, "lon_deg": 7.5}}},
        "log": [
            {"at": ALERT - timedelta(minutes=70), "text": "Buoy found", "source": "MRCC"},
            {"at": ALERT + timedelta(hours=9, minutes=20), "text": "=Depth: unknown → 255 m", "source": "desk"},
        ],
    }
)
FIT_OUT = Assumption(
    key="fit_out.certified_h",
    title="Fit-out",
    unit="h",
    value=Pert(min=8, mode=12, max=24),
    high=200,
    source="ASSUME",
    confidence="low",
)


@pytest.mark.parametrize(
    ("path", "before", "after", "words"),
    [
        ("dissub.depth_m", 255.125, 300.0, "Depth: 255.125 m → 300 m"),
        ("dissub.depth_m", None, 255.0, "Depth: unknown → 255 m"),
        ("dissub.survivors", 21, None, "Survivors: 21 → unknown"),
        ("dissub.pressure_bar", 1.0, 1.4, "Pressure: 1 bar → 1.4 bar"),
        ("dissub.list_deg", 0.0, 12.5, "List: 0° → 12.5°"),
        ("dissub.fire", None, True, "Fire: unknown → yes"),
        ("dissub.last_proof_of_life", None, ALERT, "Last proof of life: unknown → 2026-11-23 06:00Z"),
        ("closed_passages", ("suez",), ("kiel",), "Closed passages, suez: taken out; Closed passages, kiel: added"),
        (
            "dissub.fix.position",
            Position(lat_deg=64.5, lon_deg=7.5),
            Position(lat_deg=-64.25, lon_deg=-7.5),
            "Position: 64°30.000'N 007°30.000'E → 64°15.000'S 007°30.000'W",
        ),
    ],
)
def test_a_change_is_told_by_the_title_of_its_field_before_and_after(
    path: str, before: object, after: object, words: str
) -> None:
    assert change_words(path, before, after) == words


def test_an_assumption_is_told_with_its_unit_and_the_standard_value_that_it_left() -> None:
    known = {FIT_OUT.key: FIT_OUT}
    changed = Pert(min=8, mode=20, max=24)
    words = change_words("assumptions.fit_out.certified_h", None, changed, known)
    assert words == "Fit-out: 8/12/24 h (standard) → 8/20/24 h"
    assert change_words("assumptions.gone.h", changed, None) == "gone.h: 8/20/24 → standard"


def test_of_offers_only_what_changed_is_told_by_the_name_of_the_asset() -> None:
    asked, offered = Offer(asset="gb-nsrs", state="asked"), Offer(asset="gb-nsrs", state="offered", ship="no-ship")
    other = Offer(asset="it-srv", state="asked")
    words = change_words("offers", (asked, other), (offered, other), names={"gb-nsrs": "NSRS"})
    assert words == "Offers, NSRS, State: asked → offered; Offers, NSRS, Ship: unknown → no-ship"
    assert change_words("offers", (), (other,)) == "Offers, it-srv: Asset it-srv, State asked"


def test_a_list_that_names_no_single_change_says_no_more_than_that_it_changed() -> None:
    assert change_words("closed_passages", ("suez", "kiel"), ("kiel", "suez")) == "Closed passages: changed"


@pytest.mark.parametrize("path", ["title", "summary", "annotations", "range_rings", "log", "sources"])
def test_what_no_plan_feels_leaves_no_line(path: str) -> None:
    assert change_words(path, (), ("x",)) is None


def test_time_since_the_alert_runs_on_past_a_day_and_has_a_sign_before_it() -> None:
    assert t_plus(ALERT + timedelta(hours=49, minutes=5, seconds=59), ALERT) == "T+49:05"
    assert t_plus(ALERT + timedelta(seconds=61), ALERT) == "T+00:01"
    assert t_plus(ALERT - timedelta(minutes=70), ALERT) == "T-01:10"
    assert t_plus(ALERT, ALERT) == "T+00:00"


def test_the_log_is_searched_by_words_in_any_case_and_lines_of_the_desk_can_be_left_out() -> None:
    assert [entry.text for entry in matching(CASE.log, "büoy mrcc")] == ["Buoy found"]
    assert matching(CASE.log, "buoy depth") == ()
    assert [entry.source for entry in matching(CASE.log, automatic=False)] == ["MRCC"]


def test_as_csv_a_line_is_no_formula_and_tells_exercise_from_real() -> None:
    header, first, second = log_to_csv(CASE).splitlines()
    assert header == "banner,case,at_utc,t_plus_h,text,source,confidence"
    assert first == "EXERCISE,drill,2026-11-23T04:50:00Z,-1.17,Buoy found,MRCC,"
    assert second == "EXERCISE,drill,2026-11-23T15:20:00Z,9.33,'=Depth: unknown → 255 m,desk,"


def test_as_text_an_entry_of_several_lines_stays_one_line() -> None:
    entry = LogEntry(at=ALERT, text="Asked\nNorway")
    lines = log_to_text(CASE.model_copy(update={"log": (entry,)})).splitlines()
    assert lines == [
        "EXERCISE  Drill",
        "Alert 2026-11-23 06:00Z",
        "",
        "2026-11-23 06:00:00Z  T+00:00  Asked Norway",
    ]


@pytest.mark.parametrize(
    ("written", "russian"),
    [
        ("Depth: 255.125 m → 300 m", "Глубина: 255,125 м → 300 м"),
        ("List: 0° → 12.5°; Fire: unknown → yes", "Крен: 0° → 12,5°; Пожар: неизвестно → да"),
        ("Position: 64°30.000'N 007°30.000'E → unknown", "Место: 64°30,000' с.ш. 007°30,000' в.д. → неизвестно"),
        ("Closed passages, suez: taken out", "Закрытые проходы, Суэцкий канал: снято"),
        ("Last proof of life: unknown → 2026-11-23 06:00Z", "Последний признак жизни: неизвестно → 2026-11-23 06:00Z"),
        ("Fit-out: 8/12/24 h (standard) → 6/8/10.5 h", "Fit-out: 8/12/24 ч (обычно) → 6/8/10,5 ч"),
        ("no change at all", "no change at all"),
    ],
)
def test_what_the_program_wrote_is_read_in_the_language_that_is_spoken(written: str, russian: str) -> None:
    entry = LogEntry(at=ALERT, text=written, source=AUTOMATIC)
    assert said(entry) == written
    with speaking("ru"):
        assert said(entry) == russian
        by_hand = entry.model_copy(update={"source": "MRCC"})
        assert said(by_hand) == written
        assert matching((entry,), russian.split(":")[0].casefold()) == (entry,)


def test_a_share_that_was_changed_is_told_without_its_unit_of_one() -> None:
    share = FIT_OUT.model_copy(update={"key": "accept.put_off", "title": "Help put off", "unit": "1"})
    before, after = Pert(min=0.2, mode=0.2, max=0.2), Pert(min=0.5, mode=0.5, max=0.5)
    words = change_words("assumptions.accept.put_off", before, after, {share.key: share})
    assert words == "Help put off: 0.2 → 0.5"


def test_a_passage_is_told_by_its_name_in_the_language_that_is_spoken() -> None:
    with speaking("en"):
        words = change_words("closed_passages", (), ("kiel",), names=names_by_id(None))
    assert words == "Closed passages, Kiel Canal: added"
    with speaking("ru"):
        told = [
            said(LogEntry(at=ALERT, text=line, source=AUTOMATIC)) for line in (words, "Closed passages, kiel: added")
        ]
    assert told[0] == told[1]
    assert told[0] == "Закрытые проходы, Кильский канал: добавлено"


def test_the_parts_of_an_entry_that_came_are_told_in_the_language_too() -> None:
    word = SeaClearance(nation="TR", passages=("bosporus", "dardanelles"), refused=True)
    with speaking("en"):
        words = change_words("sea_clearances", (), (word,), names=names_by_id(None))
    assert words is not None
    line = LogEntry(at=ALERT, text=words, source=AUTOMATIC)
    told = {"fr": ("Nation TR", "Bosphore", "Refusé oui"), "ru": ("Страна TR", "Босфор", "Отказано да")}
    for language, parts in told.items():
        with speaking(language):
            assert all(part in said(line) for part in parts), said(line)
    # A name that begins like a title of ours stays whole.
    named = LogEntry(at=ALERT, text="Offers, NSRS, Ship: unknown → Ship Repairer", source=AUTOMATIC)
    with speaking("ru"):
        assert "Ship Repairer" in said(named)
