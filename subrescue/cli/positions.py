"""The command `assets positions`: AIS sentences in, last positions of the registry's ships into the journal."""

from __future__ import annotations

import re
from collections.abc import Callable
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from datetime import timedelta
from threading import Event
from typing import TYPE_CHECKING

from subrescue.cli import console, desk
from subrescue.cli.option_groups import Hand
from subrescue.domain.errors import InputError, Problem
from subrescue.exchange.ais.report import as_json, as_text
from subrescue.exchange.json_text import json_text
from subrescue.store.instant_text import parse_instant
from subrescue.store.validation import Origin, validated

if TYPE_CHECKING:
    from subrescue.domain.registry import Registry
    from subrescue.exchange.ais.listening import Progress
    from subrescue.exchange.ais.tally import Tally
    from subrescue.store.workspace.workspace import Workspace

_DURATION = re.compile(r"(?:(\d{1,6})h)?(?:(\d{1,6})m)?(?:(\d{1,6})s)?")


def duration(words: str) -> timedelta:
    """`90s`, `10m`, `1h30m` as a span of time. Raises InputError."""
    found = _DURATION.fullmatch(words.strip())
    parts = [int(part or 0) for part in found.groups()] if found is not None else [0]
    if found is None or not any(parts):
        raise InputError(Problem("--for", f"'{words}'", "a span of time is needed: 90s, 10m or 1h30m"))
    return timedelta(hours=parts[0], minutes=parts[1], seconds=parts[2])


def _teller() -> Callable[[Progress], None]:
    """Tells on stderr how the connection stands, and what keeps a run from journalling, whenever that is another."""
    last = ""

    def tell(progress: Progress) -> None:
        nonlocal last
        words = "; ".join(part for part in (progress.state, progress.trouble) if part)
        if words and words != last:
            console.complain(words)
        last = words

    return tell


@dataclass(frozen=True)
class Asked:
    """What is listened to, how long, from when a file is, and what is done with it.

    limits: a ship is journalled again after so many nm or minutes. unknown: ships that the registry does not hold are
    listed.
    """

    source: str
    span: str | None
    recorded_at: str | None
    limits: tuple[float, float]
    dry_run: bool
    unknown: bool


def positions(asked: Asked, hand: Hand, form: str) -> int:
    """Listen, journal and tell; the exit code: 1 where no ship of the registry was heard. Raises InputError."""
    from subrescue.exchange.ais.listening import Listener, Terms
    from subrescue.exchange.ais.sources import source_of
    from subrescue.store.workspace.observing import KeepRule
    from subrescue.store.workspace.person import observer_name

    where, dry_run, unknown = source_of(asked.source), asked.dry_run, asked.unknown
    workspace, url = hand.workspace, hand.url
    lasts = duration(asked.span) if asked.span is not None else None
    at = parse_instant(asked.recorded_at, "--recorded-at") if asked.recorded_at is not None else None
    if at is not None and where.is_live:
        raise InputError(Problem("--recorded-at", "a time for a live source", "it is for files without times"))
    if at is not None and at > desk.now():
        found = f"'{asked.recorded_at}', which is still to come"
        raise InputError(Problem("--recorded-at", found, "a past time is needed"))
    moved_nm, after_min = asked.limits
    rule = validated(KeepRule, {"moved_nm": moved_nm, "after_min": after_min}, Origin())
    terms = Terms(rule=rule, recorded_at=at, dry_run=dry_run, patient=where.is_live and lasts is not None)
    stop = Event()

    def listen(opened: Workspace, made: Callable[[], Workspace] | None = None) -> tuple[Tally, Registry]:
        listener = Listener(
            opened,
            where,
            clock=desk.now,
            stamp=lambda: desk.stamp(hand.who, hand.why).model_copy(update={"desk": observer_name()}),
            terms=terms,
            told=_teller(),
            made=made,
        )
        with suppress(KeyboardInterrupt):  # the user has heard enough: what was heard is journalled and told
            listener.run(stop, desk.now() + lasts if lasts is not None else None)
        return listener.tally, listener.workspace.registry()

    with ExitStack() as stack:

        def own() -> Workspace:
            return stack.enter_context(desk.opened(workspace, url))

        if desk.is_still_to_make(workspace, url):
            tally, registry = listen(stack.enter_context(desk.throwaway()), own)
        else:
            tally, registry = listen(own())
    console.emit_in(
        form,
        None,
        lambda _: as_text(tally, registry, str(where), desk.now(), dry_run=dry_run, unknown=unknown),
        json=lambda: json_text(as_json(tally, str(where), dry_run)),
    )
    return console.FINE if tally.heard else console.CANNOT
