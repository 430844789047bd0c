"""The best options sent together: no ship sails with two of them, and no aircraft flies for two at a time.

They are taken by rank, those first that the case counts on. Each has its best way with what those before it leave, so
that sending one more makes none of the others later; but where one of these loses nothing that is told by its next best
way, it leaves its ship or aircraft to the later one, and where another order brings more people out in time, or the
first of them sooner, it is taken (`best_order`). What the authority has to order follows from these ways.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from math import inf

import numpy as np
import numpy.typing as npt

from subrescue.domain.response import Mode, Option, Verdict
from subrescue.domain.sent import Sent
from subrescue.planning.answer.asked_first import may_be_sooner
from subrescue.planning.answer.best_order import best_order
from subrescue.planning.answer.left_over import LeftOver, Ways
from subrescue.planning.answer.one_sent import OneSent
from subrescue.planning.answer.one_timetable import Part, one_timetable
from subrescue.planning.answer.options import option_and_done
from subrescue.planning.answer.ranks import is_as_likely
from subrescue.planning.answer.shared_ships import counted_on
from subrescue.planning.basis.giving_up import go_on
from subrescue.planning.basis.moving_assets import moving_assets_of
from subrescue.planning.basis.situation import Situation
from subrescue.planning.dives.lives import Lives
from subrescue.planning.dives.people_out import Done

_BEST = 3
"""So many of the first in rank are sent."""

_SOONER_H = 6.0
"""Help at the hull that is there so much before the first rescue goes ahead."""

_TRIED = 8
"""Where the first such help has no ship or aircraft left, so many are looked at."""


def _best_together(ranked: Sequence[Option]) -> list[Option]:
    """What is sent: the first three that can or may come, and the vehicle that may be sooner than all that can."""
    best = [option for option in ranked if option.may_come][:_BEST]
    sooner = may_be_sooner(ranked)
    if sooner is not None and sooner[0] not in best:
        best.insert(0, sooner[0])
    return best


def _ahead(ranked: Sequence[Option], best: Sequence[Option]) -> list[Option]:
    """Help at the hull that is there well before all of the best, the first in rank first; none that is among them."""
    late_h = _ahead_h(best)
    helps = [one for one in ranked if one.may_come and one.kind != "rescue_system" and one.mode is not Mode.AIR_DROP]
    ahead = [one for one in helps if one.first_h is not None and one.first_h.p50 < late_h]
    return [] if ahead and ahead[0] in best else ahead[:_TRIED]


def _ahead_h(best: Sequence[Option]) -> float:
    return min((one.first_h.p50 for one in best if one.first_h is not None), default=0.0) - _SOONER_H


class Sending:
    """Options that are sent one after the other, each by its best way with what those before it leave.

    lives: who lives aboard how long; without it no chances are told. brief: as for `option_and_done`.
    """

    def __init__(self, lives: Lives | None, sit: Situation, *, brief: bool = False) -> None:
        self._lives, self._sit, self._brief = lives, sit, brief
        self._assets = {asset.id: asset for asset in moving_assets_of(sit.registry, sit.case)}
        self._sent: list[OneSent] = []
        self._counted_on = 0

    def commit(self, ranked: Sequence[Option], done: dict[str, Done]) -> list[Option]:
        """Send all that the case counts on, whatever a gate says of it: it takes its ship and aircraft all the same.

        Returns the options with those of what is sent, and changes what they achieve in `done`. Of several that were
        told to go in the same hour the first in rank goes first.
        """
        counted = [option for option in ranked if counted_on(option, self._sit) and option.first_h is not None]
        found = {option.asset_id: option for option in ranked}
        for alone in sorted(counted, key=self._told):
            one = self._send(alone, done.get(alone.asset_id))
            if one.option is not alone:
                found[alone.asset_id] = one.option.model_copy(update={"notes": (*one.option.notes, *one.why)})
                if one.done is not None:
                    done[alone.asset_id] = one.done
        self._counted_on = len(self._sent)
        return list(found.values())

    def _told(self, option: Option) -> datetime:
        offer = self._sit.offers.get(option.asset_id)
        told = offer.told_to_go if offer is not None else None
        return told if told is not None else datetime.max.replace(tzinfo=UTC)

    def best(self, ranked: Sequence[Option], done: Mapping[str, Done]) -> tuple[tuple[Sent, ...], list[Option]]:
        """What is sent, the best of the others after what was sent before, and the options that follow from it."""
        gone = {one.option.asset_id for one in self._sent}
        best = _best_together(ranked)
        asked = [alone for alone in best if alone.asset_id not in gone]
        for alone in asked:
            if self._send(alone, done.get(alone.asset_id)).why:
                self._make_room()
        self._reorder(done)
        asked += self._sent_ahead(_ahead(ranked, best), _ahead_h(best), done)
        by_rank = {alone.asset_id: place for place, alone in enumerate(asked)}
        self._sent.sort(key=lambda one: by_rank.get(one.option.asset_id, -1))
        told, in_time, saved = list[Sent](), None, None
        parts = one_timetable([(one.option, one.chain if one.takes else None) for one in self._sent], self._sit)
        for one, part in zip(self._sent, parts, strict=True):
            if not one.option.may_come and not one.alone.may_come:
                continue
            does = one.done if one.option.may_come else None
            if self._lives is not None and does is not None and does.first_h is not None:
                own = does.first_h < self._lives.last_end_h
                in_time = own if in_time is None else in_time | own
            if does is not None and does.saved is not None:
                saved = does.saved if saved is None else np.maximum(saved, does.saved)
            told.append(_told_of(one, part, in_time, saved))
        return tuple(told), [one.option for one in self._sent if one.option.may_come]

    def _sent_ahead(self, helps: Sequence[Option], late_h: float, done: Mapping[str, Done]) -> list[Option]:
        """Send the first of those that help at the hull that comes before these hours with what is left; none of those
        that the case sends anyway."""
        gone = {one.option.asset_id for one in self._sent}
        before = list(self._sent)
        for alone in helps:
            if alone.asset_id in gone:
                break
            if self._send(alone, done.get(alone.asset_id)).why:
                self._make_room()
            option = next(one.option for one in self._sent if one.alone is alone)
            if option.may_come and option.first_h is not None and option.first_h.p50 < late_h:
                return [alone]
            self._sent = list(before)
        return []

    def _send(self, alone: Option, does: Done | None) -> OneSent:
        one = self._after(alone, does, self._sent[-1].leaves if self._sent else LeftOver())
        self._sent.append(one)
        return one

    def _after(self, alone: Option, does: Done | None, left: LeftOver) -> OneSent:
        go_on()
        ways = left.ways(self._assets[alone.asset_id], alone, self._sit, brief=self._brief)
        return self._one(alone, does, left, ways)

    def _reorder(self, done: Mapping[str, Done]) -> None:
        """Send what the case does not count on in another order where that brings more people out in time together,
        or the first of them sooner. In brief the order at hand stays: trying others may take a fifth of a plan."""
        asked = self._sent[self._counted_on :]
        if not self._brief and len(asked) > 1 and any(one.why for one in asked):

            def sent(alone: Option, left: LeftOver) -> OneSent:
                return self._after(alone, done.get(alone.asset_id), left)

            found = best_order(asked, sent, self._lives)
            self._sent[self._counted_on :] = asked if found is None else found

    def _one(self, alone: Option, does: Done | None, left: LeftOver, ways: Ways) -> OneSent:
        """One that is sent by the best of these ways with what is left; does: what it achieves alone."""
        asset, option, done, leaves, chains = self._assets[alone.asset_id], alone, does, left, ways.chains
        why = ways.why
        away = left.ships.fitted_out
        if ways.moved or (does is not None and not away.isdisjoint(does.chambers)):
            option, done = option_and_done(asset, self._sit, self._lives, brief=self._brief, chains=chains, away=away)
            # By the draws it may be later though by the medians it is not.
            why = why or (ways.beside if option.first_h != alone.first_h else ())
        takes = option.first_h is not None and (option.may_come or counted_on(option, self._sit))
        if takes:
            leaves = left.after(asset, chains[0], self._sit, () if done is None else done.chambers)
        return OneSent(option, alone, why, done, does, left, leaves, takes, chains[0] if chains else None)

    def _make_room(self) -> None:
        """Let the one that was sent last go before another whose ship or aircraft it has not, where that loses nothing
        by its next best way: what it loses is less than the step to which its hours are told."""
        last = self._sent[-1]
        for at in reversed(range(self._counted_on, len(self._sent) - 1)):
            before = self._sent[at:-1]
            if _holds(before[0].option, last.alone):
                other = self._tried([last, *before], before[0].left)
                if other is not None:
                    self._sent[at:] = other
                    return

    def _tried(self, order: Sequence[OneSent], left: LeftOver) -> list[OneSent] | None:
        """These sent in another order, the first of them sooner than it was; None where that is worth less than what
        the others lose, or where one of them loses anything that is told."""
        gains, *others = order
        most_h = gains.hours - gains.told_step_h if gains.option.may_come else inf
        begun = left
        for one, limit_h in ((gains, most_h), *((one, one.hours + one.told_step_h) for one in others)):
            asset = self._assets[one.option.asset_id]
            there = left.ways(asset, one.alone, self._sit, brief=self._brief)
            chains = there.chains
            if not chains or chains[0].verdict is Verdict.RED or not chains[0].hours < limit_h:
                return None
            left = left.after(asset, chains[0], self._sit)
        found = list[OneSent]()
        for one in order:
            found.append(self._after(one.alone, one.done_alone, found[-1].leaves if found else begun))
        lost_h = [_lost_h(was, now) for was, now in zip(order, found, strict=True)]
        spared = all(_loses_nothing(was, now) for was, now in zip(others, found[1:], strict=True))
        return found if spared and lost_h[0] < -gains.told_step_h and sum(lost_h) < 0.0 else None


def _holds(one: Option, other: Option) -> bool:
    """Whether one goes with a ship or an aircraft fleet with which another would go alone."""
    fleets = [
        {share.fleet_id for share in way.airlift.fleets} if way.airlift is not None else set() for way in (one, other)
    ]
    return (one.via.ship_id is not None and one.via.ship_id == other.via.ship_id) or not fleets[0].isdisjoint(fleets[1])


def _lost_h(was: OneSent, now: OneSent) -> float:
    """Median hours by which one is later than it was; without end where only the one or the other way it comes."""
    before, after = ((one.option.first_h if one.option.may_come else None) for one in (was, now))
    if before is None or after is None:
        return 0.0 if before is after else inf if after is None else -inf
    return after.p50 - before.p50


def _loses_nothing(was: OneSent, now: OneSent) -> bool:
    """Whether all that is told of one is still so: its hours to the step of their doubt, its chance to a percent."""
    return _lost_h(was, now) < was.told_step_h and is_as_likely(now.option, was.option)


def _told_of(
    one: OneSent, part: Part, in_time: npt.NDArray[np.bool_] | None, saved: npt.NDArray[np.int16] | None
) -> Sent:
    """What is told of one; in_time: (samples,) whether it or a rescue before it is, and saved the most that one of
    them brings out alive."""
    option, before = one.option, one.alone.first_h
    rescues, band, via = option.kind == "rescue_system", option.first_h, option.via
    return Sent(
        asset_id=option.asset_id,
        name=option.name,
        goes=option.may_come and band is not None,
        rescues=rescues,
        fleets=tuple(share.fleet for share in option.airlift.fleets) if option.airlift is not None else (),
        apod=via.apod,
        spod=via.spod,
        ship_id=via.ship_id,
        ship=via.ship,
        chambers=one.done.chambers if one.done is not None else (),
        first_h=band,
        later_h=0.0 if band is None or before is None else max(band.p50 - before.p50, 0.0),
        reasons=one.why,
        timetable=part.timetable,
        held=part.held,
        probability_in_time=option.probability_in_time,
        probability_any=float(in_time.mean()) if rescues and in_time is not None else None,
        rescued_any=float(saved.mean()) if rescues and saved is not None else None,
    )
