"""Where survivors can be treated, in lines of words, for terminal, paper and window alike."""

from __future__ import annotations

from subrescue.domain.treatment import Treatment, TreatmentPlace
from subrescue.exchange import numbers
from subrescue.exchange.languages import semicolon
from subrescue.exchange.wording import say, text


def treatment_lines(treatment: Treatment | None) -> list[str]:
    """What holds for all, then under a heading the medical units, a line each; none without units."""
    if treatment is None:
        return []
    told = [say(why) for why in treatment.reasons]
    units = [text("table.treatment"), *(f"  {_unit(row)}" for row in treatment_rows(treatment))]
    return [*told, *units] if treatment.places else told


def treatment_rows(treatment: Treatment) -> list[tuple[str, str, str, str]]:
    """Of each medical unit its name and place, the ways there by air and by sea, and what is known of it."""
    return [
        (
            f"{place.name} ({' '.join(place.nations)}), {place.place.name}",
            _flight(place),
            _by_sea(place, treatment.ship),
            semicolon().join((_known(place), *map(say, place.reasons))),
        )
        for place in treatment.places
    ]


def _unit(row: tuple[str, str, str, str]) -> str:
    name, by_air, by_sea, known = row
    return text("table.treatment_unit", {"name": name, "ways": f"{by_air}, {by_sea}", "known": known})


def _flight(place: TreatmentPlace) -> str:
    miles = numbers.miles(place.distance_nm)
    if place.flight_h is None:
        return text("table.treatment_no_flight", {"miles": miles})
    return text("table.treatment_flight", {"miles": miles, "hours": numbers.band(place.flight_h)})


def _by_sea(place: TreatmentPlace, ship: str | None) -> str:
    if place.port is None or place.sea_h is None:
        return text("table.treatment_no_sea")
    values = {"hours": numbers.band(place.sea_h), "port": place.port.name}
    return (
        text("table.treatment_sea", values) if ship is None else text("table.treatment_ship", {**values, "ship": ship})
    )


def _known(place: TreatmentPlace) -> str:
    """Its places in chambers and its beds, as far as they are known."""
    if place.chamber_places is None and place.beds is None:
        return text("table.treatment_unknown")
    chambers = "table.treatment_chambers_unknown" if place.chamber_places is None else "table.treatment_chambers"
    beds = "table.treatment_beds_unknown" if place.beds is None else "table.treatment_beds"
    return f"{text(chambers, {'places': place.chamber_places})}, {text(beds, {'beds': place.beds})}"
