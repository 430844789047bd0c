"""How nations stand to each other, with dates: who is at war, at odds, or lets whom in only for a submarine of its own.

A case of 1995 or 2012 gets what held then. Days are from memory where no source is named, with medium confidence; where
a war or a breach has no clear first day the year stands. A rule without an end holds to this day (2026).
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from functools import cache
from typing import NamedTuple


class Stance(NamedTuple):
    """Nations of one side and of the other, by ISO code, and the days (or years) from and until which it holds."""

    one: frozenset[str]
    others: frozenset[str]
    since: str = ""
    until: str = ""


def _codes(text: str) -> frozenset[str]:
    return frozenset(text.split())


def _stances(*rows: tuple[str, ...]) -> tuple[Stance, ...]:
    return tuple(Stance(_codes(row[0]), _codes(row[1]), *row[2:]) for row in rows)


# Airspace that authorities warn all aircraft off: special regulations 77 to 117 of the US FAA and conflict zone
# bulletins of the EU's EASA as they stood in 2025, from the war that each is about. Nothing is planned through their
# airfields and ports either.
_WAR = _stances(
    ("AF", "", "1979-12-27", "2001-12-22"),
    ("AF", "", "2021-08-15"),
    # Bands hold the capital and the roads from it; aircraft were hit, and the FAA forbids its own to land there
    # (devdiscourse.com, 12 December 2024 and 4 March 2026: to 3 September 2026; six fields in the north excepted).
    ("HT", "", "2024-11-12"),
    ("IQ", "", "1990-08-02", "2003-05-01"),
    ("KP", "", "1950-06-25"),
    ("LY", "", "2011-02-17"),
    ("ML", "", "2022-08-15"),  # the last French troops left
    ("SD", "", "2023-04-15"),
    ("SO", "", "1991-01-26"),
    ("SS", "", "2013-12-15"),
    ("SY", "", "2011-03-15"),
    ("UA", "", "2022-02-24"),
    ("YE", "", "2015-03-26"),
)

# Russia's list of unfriendly nations (government order 430-r of 5 March 2022), the members of the EU written out: since
# then their airspace is closed to Russian aircraft, or Russia's to theirs, or both (from memory, high confidence).
# Before, until the end of the Soviet Union, NATO and its allies in the Pacific: no foreign help was taken for K-278.
_LISTED = _stances(
    ("AU BE CA DE DK ES FR GB GR IS IT JP KR LU NL NO NZ PT TR TW US", "", "1947", "1991-12-26"),
    (
        "AL AT AU BE BG CA CH CY CZ DE DK EE ES FI FR GB GR HR HU IE IS IT JP KR LT LU LV ME MK MT NL NO NZ PL PT RO "
        "SE SG SI SK TW UA US",
        "",
        "2022-02-28",
    ),
)
WESTERN = _LISTED[-1].one
"""The nations that Russia lists now, whatever the year: what is said of western aircraft is said of theirs."""

# Nations in which state aircraft of those that Russia lists now are not known to be given fuel on their way, those
# whose governments of force turned western troops out or are under embargo (planning assumption); and Mongolia, to
# which all ways lead over Russia or China.
_NOT_ON_THE_WAY = _stances(
    ("BF", "", "2023-01"),
    ("BY", "", "2020-08"),
    ("CF", "", "2021"),
    ("CN", "", "1949-10"),
    ("CU", "", "1961-01"),
    ("ER", "", "2009-12"),
    ("HK", "", "1997-07"),
    ("IR", "", "1979-11-04"),
    ("MM", "", "1988-09", "2011-03"),
    ("MM", "", "2021-02"),
    ("MN", "", "2022-02-28"),
    ("MN", "", "", "1991-12-26"),
    ("MO", "", "1999-12-20"),
    ("NE", "", "2023-07-26"),
    ("VE", "", "2019-01-23"),
)

# Nations that let nobody unload a rescue system for the other: without relations and with laws against dealings with
# Israel, and the others that never had relations with it or had none then; airspace closed between India and Pakistan,
# Algeria and Morocco without relations; the two shores of the Strait of Taiwan; North Korea and those that never knew
# it; the United States and Iran; Argentina and Britain from the war to their joint statement of Madrid; Libya with
# Britain and America while relations were broken off; Russia and Ukraine; and Turkey with its ports and airspace closed
# to Israel's ships and state aircraft (H. Fidan, 29 August 2025, by TASS).
_AT_ODDS = _stances(
    ("IL", "DZ IQ KW LB LY PK SY YE"),
    ("IL", "AF BD BN ID KM MY OM QA SA SO TN"),
    ("IL", "EG", "", "1979-03-26"),
    ("IL", "JO", "", "1994-10-26"),
    ("IL", "AE BH", "", "2020-09-15"),
    ("IL", "SD", "", "2021-01-06"),
    ("IL", "IR", "1979-02"),
    ("IL", "TR", "2025-08-29"),
    ("IN", "PK"),
    ("DZ", "MA", "1976-03", "1988-05"),
    ("DZ", "MA", "2021-08-24"),
    ("TW", "CN", "1949-10"),
    ("TW", "HK", "1997-07"),
    ("TW", "MO", "1999-12-20"),
    ("KP", "JP KR US"),
    ("IR", "US", "1979-11-04"),
    ("GB", "AR", "1982-04-02", "1990-02-15"),
    ("RU", "UA", "2014-02-27"),
    ("LY", "GB", "1984-04-22", "1999-07-07"),
    ("LY", "US", "1981-05", "2006-05"),
)

# State aircraft of the first that the second takes for a submarine of its own alone. Britain's were let in by Argentina
# for the San Juan (2017), and for little else since 1982. India and China: armed on their border since 1962; an Indian
# C-17 with relief for Wuhan waited days for leave in February 2020.
_FOR_THEIR_OWN_ALONE = _stances(("GB", "AR", "1982-04-02"), ("IN", "CN", "1962-10"), ("CN", "IN", "1962-10"))

# Nations that let no western aircraft land even for a boat of their own, unless the case says so:
# what is flown to North Korea is flown by its neighbours to the north (planning assumption; Ukraine, whose An-124 the
# charters are, broke off relations in July 2022).
_KEPT_OUT_OF = frozenset({"KP"})


def _holds(stance: Stance, day: str) -> bool:
    return stance.since <= day and (not stance.until or day < stance.until)


def _day(at: datetime) -> str:
    return at.date().isoformat()


@cache
def _first(stances: tuple[Stance, ...], day: str) -> frozenset[str]:
    """The nations of the first sides of what holds on a day."""
    return frozenset().union(*(stance.one for stance in stances if _holds(stance, day)))


def at_war(at: datetime) -> frozenset[str]:
    """The nations, by ISO code, whose airspace all aircraft are warned off on that day."""
    return _first(_WAR, _day(at))


def listed_by_russia(at: datetime) -> frozenset[str]:
    """The nations that Russia holds unfriendly on that day, and held so until 1991; none between."""
    return _first(_LISTED, _day(at))


def not_on_the_way(at: datetime) -> frozenset[str]:
    """The nations that are not known to fuel western state aircraft on their way on that day."""
    return _first(_NOT_ON_THE_WAY, _day(at))


def at_odds_with(nation: str | None, at: datetime) -> frozenset[str]:
    """The nations that would not help a submarine of this one through their airfields on that day, nor it theirs."""
    return _other_side(_AT_ODDS, nation, _day(at))


@cache
def _other_side(stances: tuple[Stance, ...], nation: str | None, day: str) -> frozenset[str]:
    found: set[str] = set()
    for stance in stances:
        if _holds(stance, day) and nation in stance.one | stance.others:
            found |= stance.others if nation in stance.one else stance.one
    return frozenset(found)


def for_their_own_alone(nations: Iterable[str], at: datetime) -> frozenset[str]:
    """The nations that take aircraft of these for a submarine of their own alone."""
    day, visitors = _day(at), set(nations)
    rows = [row for row in _FOR_THEIR_OWN_ALONE if _holds(row, day) and not visitors.isdisjoint(row.one)]
    return frozenset().union(*(row.others for row in rows))


def kept_out_of(nations: Iterable[str]) -> frozenset[str]:
    """The nations that let aircraft of these not even in for a submarine of their own: North Korea, the west's."""
    return frozenset() if WESTERN.isdisjoint(nations) else _KEPT_OUT_OF
