"""A newer program offers what it knows to a workspace filled from an older one, and forces nothing."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from subrescue.domain.assets import Ship, ShipRole
from subrescue.domain.evidence import Confidence, Evidence, Source
from subrescue.domain.registry import Registry
from subrescue.store.workspace.command import Command
from subrescue.store.workspace.offers import FROM_PROGRAM, Offer, OfferCounts, OfferState, counts, taken
from subrescue.store.workspace.workspace import Workspace
from tests.store.workspace.samples import (
    MORNING,
    SHIP,
    VEHICLE,
    command,
    new_ship,
    retiring,
    setting,
    small_registry,
    stamp,
)


def shipped(**ship: Any) -> Registry:
    """The small registry of a later program: these facts of its ship are other ones."""
    small = small_registry()
    old = small.ships["no-bergen"]
    return small.model_copy(update={"ships": {old.id: old.model_copy(update=ship)}})


def take(workspace: Workspace, registry: Registry, *, conflicts: bool = False) -> None:
    """Take all offers, as the command does."""
    changes = taken(workspace.offers(registry), conflicts=conflicts)
    if changes:
        workspace.apply(Command(who="Anna", at=MORNING, desk="north", why=f"{FROM_PROGRAM}: new", changes=changes))


def only(found: Iterable[Offer]) -> Offer:
    (one,) = found
    return one


def speed(workspace: Workspace) -> float | None:
    return workspace.registry().ships["no-bergen"].speed_kn


def test_a_workspace_of_this_program_is_offered_nothing(workspace: Workspace) -> None:
    assert workspace.offers(small_registry()) == ()
    workspace.apply(command(setting(workspace, SHIP, speed_kn=11.0), new_ship("pl-piast")))
    assert workspace.offers(small_registry()) == ()  # edits are no news of the program


def test_a_new_entry_comes_with_the_source_that_it_names(workspace: Workspace) -> None:
    said = (Evidence(source="S9", confidence=Confidence.HIGH),)
    ship = Ship(id="pl-piast", name="Piast", nations=("PL",), role=ShipRole.RESCUE_SHIP, evidence={"role": said})
    small = small_registry()
    newer = small.model_copy(
        update={
            "ships": {**small.ships, ship.id: ship},
            "sources": {**small.sources, "S9": Source(id="S9", title="Document S9")},
        }
    )
    found = workspace.offers(newer)
    assert counts(found) == OfferCounts(new=2, changed=0, conflicts=0)
    changes = taken(found, among=[("ship", "pl-piast")])
    assert [(change.kind, change.entry_id) for change in changes] == [("source", "S9"), ("ship", "pl-piast")]
    take(workspace, newer)
    assert workspace.registry() == newer
    assert workspace.offers(newer) == ()


def test_a_changed_fact_is_offered_beside_what_was_edited_here(workspace: Workspace) -> None:
    workspace.apply(command(setting(workspace, SHIP, crane_t=5.0)))
    one = only(workspace.offers(shipped(speed_kn=22.0)))
    assert (one.state, one.fields()) == (OfferState.CHANGED, [("speed_kn", 20.0, 22.0)])
    take(workspace, shipped(speed_kn=22.0))
    ship = workspace.registry().ships["no-bergen"]
    assert (ship.speed_kn, ship.crane_t) == (22.0, 5.0)


def test_what_was_edited_here_too_is_a_conflict_and_stays_unless_asked_for(workspace: Workspace) -> None:
    workspace.apply(command(setting(workspace, SHIP, speed_kn=11.0)))
    newer = shipped(speed_kn=22.0, beam_m=9.0)
    one = only(workspace.offers(newer))
    assert one.state is OfferState.CONFLICT
    assert [(view.field, view.base, view.mine, view.theirs) for view in one.conflicts] == [
        ("speed_kn", 20.0, 22.0, 11.0)
    ]
    take(workspace, newer)
    assert speed(workspace) == 11.0
    assert workspace.registry().ships["no-bergen"].beam_m == 9.0
    assert only(workspace.offers(newer)).state is OfferState.CONFLICT  # still, for it is not settled
    take(workspace, newer, conflicts=True)
    assert speed(workspace) == 22.0
    assert workspace.offers(newer) == ()


def test_what_was_taken_is_the_ground_of_the_next_offer(workspace: Workspace) -> None:
    take(workspace, shipped(speed_kn=22.0))
    one = only(workspace.offers(shipped(speed_kn=23.0)))
    assert (one.state, one.fields()) == (OfferState.CHANGED, [("speed_kn", 22.0, 23.0)])


def test_an_offer_that_was_taken_back_is_not_made_again_until_there_is_more(workspace: Workspace) -> None:
    newer = shipped(speed_kn=22.0)
    take(workspace, newer)
    assert workspace.undo(stamp()) is not None
    assert speed(workspace) == 20.0
    assert workspace.offers(newer) == ()
    assert only(workspace.offers(shipped(speed_kn=23.0))).state is OfferState.CONFLICT


def test_what_was_retired_here_is_offered_only_as_a_conflict(workspace: Workspace) -> None:
    workspace.apply(command(setting(workspace, VEHICLE, ship_classes_certified=[]), retiring(workspace, SHIP)))
    one = only(workspace.offers(shipped(speed_kn=22.0)))
    assert (one.state, one.before, one.after) == (OfferState.CONFLICT, None, None)
    assert taken([one]) == ()
    (back,) = taken([one], conflicts=True)
    assert back.after is not None
    assert back.after["speed_kn"] == 22.0


def test_an_entry_made_here_under_the_same_id_is_a_conflict(workspace: Workspace) -> None:
    workspace.apply(command(new_ship("pl-piast", speed_kn=7.0)))
    small = small_registry()
    theirs = Ship(id="pl-piast", name="ORP Piast", nations=("PL",), role=ShipRole.RESCUE_SHIP, speed_kn=16.0)
    newer = small.model_copy(update={"ships": {**small.ships, theirs.id: theirs}})
    one = only(workspace.offers(newer))
    assert one.state is OfferState.CONFLICT
    assert "speed_kn" in [view.field for view in one.conflicts]
    take(workspace, newer, conflicts=True)
    assert workspace.registry().ships["pl-piast"] == theirs
