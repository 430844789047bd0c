"""Holds what a case says of ports against the gazetteer: unknown names, a port twice, a new one beside a known one."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from subrescue.domain.case import Case
from subrescue.domain.case_ports import PortFact, QuayAnswer
from subrescue.domain.errors import InputError
from subrescue.store.contradictions import Finding
from subrescue.store.validation import nearest

if TYPE_CHECKING:
    from subrescue.earth.places.place_tables import Port
    from subrescue.earth.world import World

# A port of the case this near to one of the same name in the gazetteer is likely to be that one.
_SAME_PORT_NM = 30.0
# So many unknown ports are compared with the names of all ports, which takes some 0.3 s of CPU each.
_HINTED = 5
# What a case must say of a port, or it says nothing.
_FACTS = ("closed", "fit_out", "quay_length_m", "depth_alongside_m", "crane_t", "ro_ro", "fit_out_h")


def port_facts(case: Case, world: World) -> Iterator[Finding]:
    """Ports that nobody knows, one port under two names, and facts that contradict each other."""
    before: dict[str, str] = {}
    known: list[str] = []
    for number, fact in enumerate(case.ports):
        yield from _against_itself(number, fact)
        if fact.position is not None:
            yield from _beside_a_known_one(number, fact, world)
            continue
        try:
            port = world.gazetteer.find_port(fact.port)
        except InputError as error:
            for problem in error.problems:
                yield ("ports", number, "port"), problem.found, problem.allowed, False
            continue
        if port is None:
            known = known or _names(world)
            near = f"{nearest(fact.port, known)}; " if number < _HINTED else ""
            allowed = f"{near}a port that the gazetteer does not know needs a position"
            yield ("ports", number, "port"), f"the unknown port '{fact.port}'", allowed, False
        elif before.setdefault(port.id, fact.port) != fact.port:
            found = f"'{fact.port}', the port that stands there as '{before[port.id]}'"
            yield ("ports", number, "port"), found, "one entry for each is needed: put what is known into one", False


def _names(world: World) -> list[str]:
    ports = world.gazetteer.ports
    return [one for number in range(len(ports)) for one in ports.names(number) if one]


def _beside_a_known_one(number: int, fact: PortFact, world: World) -> Iterator[Finding]:
    from subrescue.earth.shape.geodesy import between_nm

    port = _named(fact.port, world)
    if port is None or fact.position is None:
        return
    here, there = fact.position, port.position
    nm = between_nm(here, there)
    if nm <= _SAME_PORT_NM:
        found = f"a position {nm:.0f} NM from the port '{port.id}'"
        allowed = "without it the facts are of that port; with it they make a new one"
        yield ("ports", number, "position"), found, allowed, True


def entry_of(port: Port, case: Case, world: World) -> PortFact | None:
    """What a case says of a port of the gazetteer, under whatever name; None where it says nothing."""
    return next((fact for fact in case.ports if fact.position is None and _named(fact.port, world) == port), None)


def _named(name: str, world: World) -> Port | None:
    try:
        return world.gazetteer.find_port(name)
    except InputError:
        return None


def _against_itself(number: int, fact: PortFact) -> Iterator[Finding]:
    if fact.fit_out is QuayAnswer.NO and fact.fit_out_h is not None:
        allowed = "no ship is fitted out where the answer is no: give one of the two"
        yield ("ports", number, "fit_out_h"), "hours of a fit-out beside fit_out = 'no'", allowed, True
    if fact.position is None and all(getattr(fact, name) is None for name in _FACTS):
        allowed = f"name what is known: {', '.join(_FACTS)}"
        yield ("ports", number, "port"), f"'{fact.port}' and nothing known of it", allowed, True
