"""Where survivors can be treated, in lines of words, for terminal, paper and window alike."""

from __future__ import annotations

from subrescue.domain.treatment import Treatment, TreatmentPlace
from subrescue.exchange import numbers
from subrescue.exchange.languages import semicolon
from subrescue.exchange.wording import say, text


def treatment_lines(treatment: Treatment | None) -> list[str]:
    """What holds for all, then the medical units, a line each; none without units."""
    if treatment is None:
        return []
    return [*map(say, treatment.reasons), *(_unit(place, treatment.ship) for place in treatment.places)]


def _unit(place: TreatmentPlace, ship: str | None) -> str:
    values = {
        "name": place.name,
        "nations": " ".join(place.nations),
        "place": place.place.name,
        "ways": ", ".join((_flight(place), _by_sea(place, ship))),
        "known": semicolon().join((_known(place), *map(say, place.reasons))),
    }
    return text("table.treatment_unit", values)


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
