"""What is usual at the datum, beside the fields of the environment: estimates with their source, to be taken over."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from subrescue.desktop.casualty.fields import described
from subrescue.desktop.parts.flow_row import WrappedLabel
from subrescue.desktop.parts.words import tr
from subrescue.exchange.conditions import (
    CLIMATE_NOTE,
    clock,
    degrees,
    night_words,
    sun_words,
    temperature_words,
    wind_words,
)

if TYPE_CHECKING:
    from datetime import datetime

    from subrescue.domain.case import Case
    from subrescue.earth.sea_and_sky.climate import Estimate
    from subrescue.earth.sea_and_sky.conditions import Conditions
    from subrescue.earth.world import World

WIND, SURFACE, BOTTOM = (
    "environment.wind_kn",
    "environment.water_temperature_c",
    "environment.bottom_temperature_c",
)
USUAL_PATHS = (WIND, SURFACE, BOTTOM)
"""Fields of the case that an estimate can fill."""


@dataclass(frozen=True)
class Usual:
    """An estimate for a field of the case: short words, all that is known of it for a tooltip, the value to take."""

    words: str
    tip: str
    value: float


def conditions_of(case: Case, world: World) -> Conditions | None:
    """Return the conditions at the datum of a case when help was asked for; None where its year is out of reach."""
    from subrescue.domain.errors import InputError
    from subrescue.earth.sea_and_sky.conditions import conditions_at

    try:
        return conditions_at(case.dissub.fix.position, case.alert, world, case.dissub.depth_m)
    except InputError:
        return None


def usual_values(found: Conditions) -> dict[str, Usual]:
    """Return for each field of the case that has one its estimate; wind in whole knots, degrees to a tenth."""
    usual: dict[str, Usual] = {}
    if found.wind is not None:
        speed = found.wind.speed_kn
        words = tr("{speed:.0f} kn ({low:.0f}-{high:.0f})", speed=speed.value, low=speed.low, high=speed.high)
        usual[WIND] = Usual(words, _tip(wind_words(found.wind), speed.source), float(round(speed.value)))
    bottom = found.water_at_depth_c if found.depth_m is not None else found.sea_bed_c
    for path, estimate in ((SURFACE, found.sea_surface_c), (BOTTOM, bottom)):
        if estimate is not None:
            usual[path] = Usual(
                _short(estimate), _tip(temperature_words(estimate), estimate.source), round(estimate.value, 1) + 0.0
            )
    if bottom is not None:
        at = tr("At {depth_m:,.0f} m: ", depth_m=bottom.depth_m)
        if found.depth_m is None:
            at = tr("At {depth_m:,.0f} m, the depth by the chart: ", depth_m=bottom.depth_m)
        usual[BOTTOM] = Usual(usual[BOTTOM].words, at + usual[BOTTOM].tip, usual[BOTTOM].value)
    return usual


def _short(estimate: Estimate) -> str:
    return tr("{value} °C ({low} to {high})", value=degrees(estimate.value), low=degrees(estimate.low),
              high=degrees(estimate.high))  # fmt: skip


def _tip(words: str, source: str) -> str:
    return f"{words}\n{tr(CLIMATE_NOTE).capitalize()}\n" + tr("Source: {source}", source=source)


def light_words(found: Conditions) -> str:
    """Return sunrise, sunset and civil twilight of the day, or that there are none."""
    day = found.day

    def pair(begin: datetime | None, end: datetime | None) -> str:
        times = [clock(time) if time is not None else "–" for time in (begin, end)]
        return tr("{begin} to {end}", begin=times[0], end=times[1])

    words = [] if day.polar_day or day.polar_night else [tr("Sun {times}", times=pair(day.sun.begin, day.sun.end))]
    if day.civil.begin is not None or day.civil.end is not None:
        words.append(tr("civil twilight {times}", times=pair(day.civil.begin, day.civil.end)))
    if night := night_words(day):
        words.append(night.removeprefix(tr("none: ")))
    text = " · ".join(words)
    return text[:1].upper() + text[1:]


def air_words(found: Conditions) -> str:
    """Return the usual temperature of the air; nothing where it is not known."""
    return tr("Usual air {degrees}", degrees=_short(found.air_c)) if found.air_c is not None else ""


def light_tip(found: Conditions) -> str:
    """Return where the sun stands at the time of the case, for a tooltip."""
    return tr("At {at}: sun {where}", at=f"{found.at:%Y-%m-%d %H:%MZ}", where=sun_words(found.sun))


def air_tip(found: Conditions) -> str:
    """Return band and source of the air's temperature, for a tooltip."""
    return _tip(temperature_words(found.air_c), found.air_c.source) if found.air_c is not None else ""


class UsualRow(QWidget):
    """The estimate for one field; `taken` carries its value when the user takes it over into the case."""

    taken = Signal(object)

    def __init__(self, path: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._usual: Usual | None = None
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        self.label = WrappedLabel()
        self.label.setProperty("role", "quiet")
        self.button = QPushButton()
        self.button.setText(tr("Use"))
        self.button.setAccessibleName(tr("Use the usual value of {title}", title=described(path).title))
        self.button.clicked.connect(self._take)
        row.addWidget(self.label, 1)
        row.addWidget(self.button)
        self.hide()

    def show_usual(self, usual: Usual | None, value: object) -> None:
        """Show an estimate, or nothing; it cannot be taken where the case holds its value already."""
        self._usual = usual
        self.setVisible(usual is not None)
        if usual is None:
            return
        self.label.setText(tr("Usual {words}", words=usual.words))
        for widget in (self.label, self.button):
            widget.setToolTip(usual.tip)
        self.button.setEnabled(value != usual.value)

    def _take(self) -> None:
        if self._usual is not None:
            self.taken.emit(self._usual.value)
