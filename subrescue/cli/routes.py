"""The command `route`: the shortest way by sea between two places, for a ship of a known size and speed if need be."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from subrescue.cli import console, desk
from subrescue.cli.places import NamedPosition, read_place_at_sea
from subrescue.cli.route_leave import leave_on
from subrescue.cli.route_report import Answer, LeftOut, as_geojson, as_json, as_text, named
from subrescue.domain.assets import Ship
from subrescue.domain.errors import InputError, Problem
from subrescue.domain.near_names import ids_meant
from subrescue.domain.position import Position
from subrescue.domain.reasons import reason
from subrescue.earth.passages.frozen import always_frozen, is_in_the_pack
from subrescue.earth.passages.leave import straits_asked
from subrescue.earth.passages.passage_names import find_passages
from subrescue.earth.passages.passage_time import Voyage, time_on_the_way
from subrescue.earth.passages.passages import load_passages
from subrescue.earth.passages.ship_fit import Fit, ShipLimits, left_out, passages_too_small
from subrescue.earth.passages.speed_loss import Sea
from subrescue.earth.router.access import why_dry
from subrescue.earth.router.route_choices import choices
from subrescue.earth.router.router import NoRoute, SeaRoute, SeaRouter
from subrescue.earth.sea_and_sky.freezing import freezing_nm
from subrescue.earth.world import load_world
from subrescue.exchange import numbers
from subrescue.exchange.wording import say_all
from subrescue.store.instant_text import parse_instant
from subrescue.store.validation import nearest

if TYPE_CHECKING:
    from subrescue.cli.route_commands import Asked


def route(start: str, end: str, asked: Asked, form: str, output: Path | None) -> None:
    """Write a sea route; raises InputError for a place, passage or ship not known, CannotError for no route."""
    world = load_world()
    first, last = read_place_at_sea(start, world, "FROM"), read_place_at_sea(end, world, "TO")
    passages = load_passages()
    closed = find_passages(asked.close or (), passages, "--close")
    ship = None if asked.ship is None else _ship(asked.ship)
    limits = _limits(asked, ship)
    fit = passages_too_small(limits, passages)
    voyage = _voyage(asked, ship, limits.length_m)
    left = left_out(passages, limits, _month(asked)) - find_passages(asked.use or (), passages, "--use")
    ends = (first.position, last.position)
    if any(is_in_the_pack(end.lat_deg) for end in ends):
        left -= always_frozen(passages)
    all_closed = closed | fit.closed | left
    try:
        found = world.router.route(*ends, closed=all_closed)
    except NoRoute as error:
        raise console.CannotError(_why_not(error, first, last, fit)) from None
    time = None
    if voyage is not None:
        time = time_on_the_way(found.points, found.distance_nm, found.passages, passages, voyage)
    ice = None
    at = _at(asked)
    if (icy_nm := freezing_nm(found.points, at, world.climate)) >= 1:
        ice = reason("passage.may_freeze" if at is not None else "passage.may_always_freeze", nm=icy_nm)
    explained = choices(world.router, ends, found, all_closed, voyage) if asked.explain else None
    shorter = _shorter_by(world.router, ends, found, all_closed, left - closed - fit.closed)
    leave = leave_on(world.router, ends, found, all_closed, ship, voyage, explain=asked.explain)
    answer = Answer(first, last, found, closed, fit, ship, voyage, time, ice, explained, shorter, leave,
                    straits_asked(ship, found.passages, at))  # fmt: skip
    console.emit({"json": as_json, "geojson": as_geojson, "text": as_text}[form](answer), output)


def _shorter_by(
    router: SeaRouter, ends: tuple[Position, Position], found: SeaRoute, closed: frozenset[str], left: frozenset[str]
) -> LeftOut | None:
    """What the way would be by the passages that were left out because no ship is known; None where it is the same."""
    if not left:
        return None
    other = router.route(*ends, closed=closed - left)
    names = tuple(name for name in dict.fromkeys(other.passages) if name in left)
    return LeftOut(names, found.distance_nm - other.distance_nm) if names else None


def _ship(ship_id: str) -> Ship:
    ships = desk.registry().ships
    meant = ids_meant(ship_id, ((ship.id, ship.name) for ship in ships.values()))
    found = ships[meant[0]] if len(meant) == 1 else None
    if found is None:
        hint = f"{nearest(ship_id.lower(), list(ships))}; `subrescue assets list --kind ship` prints all"
        raise InputError(Problem("--ship", f"the unknown ship '{ship_id}'", hint))
    return found


def _limits(asked: Asked, ship: Ship | None) -> ShipLimits:
    """The size of the ship: what the options say, else what the registry knows."""
    sizes: dict[str, float | None] = {}
    for side in ("draught_m", "beam_m", "length_m", "air_draught_m"):
        given: float | None = getattr(asked, side)
        if given is not None and not 0 < given < 1000:
            option = "--" + side.removesuffix("_m").replace("_", "-")
            raise InputError(Problem(option, f"{given:g}", "above 0 and below 1000 metres is allowed"))
        sizes[side] = given if given is not None or ship is None else getattr(ship, side)
    return ShipLimits(**sizes)


def _voyage(asked: Asked, ship: Ship | None, length_m: float | None) -> Voyage | None:
    """Speed, sea and month; None where no speed is given or known."""
    problems = []
    if asked.speed_kn is not None and not 0 < asked.speed_kn <= 100:
        problems.append(Problem("--speed", f"{asked.speed_kn:g}", "above 0 and at most 100 kn is allowed"))
    if asked.wave_m is not None and not 0 <= asked.wave_m <= 30:
        problems.append(Problem("--wave-m", f"{asked.wave_m:g}", "0 to 30 metres is allowed"))
    if asked.wave_from_deg is not None and not 0 <= asked.wave_from_deg <= 360:
        problems.append(Problem("--wave-from", f"{asked.wave_from_deg:g}", "0 to 360 degrees is allowed"))
    if asked.wave_from_deg is not None and asked.wave_m is None:
        problems.append(Problem("--wave-from", "a direction without a height", "--wave-m is needed too"))
    speed_kn = asked.speed_kn if asked.speed_kn is not None or ship is None else ship.speed_kn
    if asked.wave_m is not None and speed_kn is None:
        problems.append(Problem("--wave-m", "no speed", "--speed, or a --ship of known speed, is needed for the hours"))
    month = _month(asked)
    if problems:
        raise InputError(problems)
    if speed_kn is None:
        return None
    sea = None if asked.wave_m is None else Sea(asked.wave_m, asked.wave_from_deg)
    return Voyage(speed_kn, length_m, sea, month)


def _at(asked: Asked) -> datetime | None:
    return None if asked.at is None else parse_instant(asked.at, "--at")


def _month(asked: Asked) -> int | None:
    at = _at(asked)
    return None if at is None else at.month


def _why_not(error: NoRoute, first: NamedPosition, last: NamedPosition, fit: Fit) -> str:
    """The reason in words, with what would open a way."""
    no_route = f"no route from {first} to {last}"
    if error.passages:
        shut = ", ".join(named(error.passages))
        small = [say_all(fit.too_small[name]) for name in error.passages if name in fit.too_small]
        return f"{no_route} while closed: {shut}" + (f"; the ship is too large: {'; '.join(small)}" if small else "")
    if error.position is None:
        return f"{no_route}: {error}"
    faulty = next((place for place in (first, last) if place.position == error.position), None)
    name = faulty.name if faulty is not None else None
    why = why_dry(error.reason, error.position.lat_deg)
    if name and error.reason == "on_land":  # Astrakhan is a port, if on a river that the chart draws as land
        why = "lies inland, or up a river that the chart does not have"
    dry = f"{no_route}: {name or numbers.position(error.position)} {why}"
    if error.nearest is None or error.nearest_nm is None:
        return dry
    water = f"{numbers.miles(error.nearest_nm)} away, at {numbers.position(error.nearest)}"
    return f"{dry}; the nearest navigable water is {water}"
