"""Numbers with their doubt: planning values as (min, mode, max) and results as P10, P50, P90."""

from __future__ import annotations

from collections.abc import Iterable
from math import floor, isfinite, log10
from typing import Annotated, Any, Self

from pydantic import AfterValidator, Field, model_validator

from subrescue.domain.base import Model
from subrescue.domain.errors import InputError, Problem
from subrescue.domain.near_names import did_you_mean, near_names

LONGEST_H = 10_000.0
"""Most hours that a notice, a wait or a clearance may take: over a year, so that times stay on the calendar."""


class Pert(Model):
    """A PERT-distributed quantity: smallest, most likely and largest value; its unit stands in the name of the field.

    Accepts a single number (known exactly) or a list of three where a model is read from text.
    """

    min: float = Field(title="Smallest", allow_inf_nan=False)
    mode: float = Field(title="Most likely", allow_inf_nan=False)
    max: float = Field(title="Largest", allow_inf_nan=False)

    @model_validator(mode="before")
    @classmethod
    def _from_list_or_number(cls, data: Any) -> Any:
        if isinstance(data, bool):
            raise ValueError("give one number, or three: [min, mode, max]")
        if isinstance(data, int | float):
            return {"min": data, "mode": data, "max": data}
        if isinstance(data, list | tuple):
            if len(data) != 3:
                raise ValueError(f"give three numbers [min, mode, max], not {len(data)}")
            return {"min": data[0], "mode": data[1], "max": data[2]}
        return data

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if not self.min <= self.mode <= self.max:
            raise ValueError(f"min <= mode <= max does not hold: {self.min:g}, {self.mode:g}, {self.max:g}")
        return self

    @property
    def mean(self) -> float:
        """Mean of the PERT distribution, (min + 4 mode + max) / 6 (Malcolm et al. 1959)."""
        return (self.min + 4.0 * self.mode + self.max) / 6.0

    @classmethod
    def exactly(cls, value: float) -> Self:
        """A quantity that is known: all three values equal."""
        if type(value) is float and isfinite(value):
            return cls.of_checked(min=value, mode=value, max=value)
        return cls(min=value, mode=value, max=value)


def _hours(value: Pert) -> Pert:
    if value.min < 0 or value.max > LONGEST_H:
        raise ValueError(f"found {_written(value)}; allowed is 0 to {LONGEST_H:g} h")
    return value


Hours = Annotated[Pert, AfterValidator(_hours)]
"""A time that something takes, in hours: never below nothing, and at most LONGEST_H."""


def _lasting(value: Pert) -> Pert:
    if value.min <= 0 or value.max > LONGEST_H:
        raise ValueError(f"found {_written(value)}; allowed is above 0, at most {LONGEST_H:g} h")
    return value


Lasting = Annotated[Pert, AfterValidator(_lasting)]
"""A time that something takes and that is never nothing, in hours: a dive cycle."""


def _share(value: Pert) -> Pert:
    if value.min <= 0 or value.max > 1:
        raise ValueError(f"found {_written(value)}; allowed is above 0, at most 1")
    return value


Share = Annotated[Pert, AfterValidator(_share)]
"""A part of a whole: above 0, at most 1."""


def _written(value: Pert) -> str:
    return f"{value.min:g}" if value.min == value.max else f"{value.min:g} to {value.max:g}"


class Band(Model):
    """P10, P50 and P90 of a result, in the unit that the field's name states."""

    p10: float = Field(title="P10", description="One in ten is less")
    p50: float = Field(title="P50", description="The median")
    p90: float = Field(title="P90", description="One in ten is more")

    @property
    def step(self) -> float:
        """The `told_step` of its median; its doubt is half of the way from P10 to P90.

        Where the median would then be told as its own P10 or P90, the doubt is that to the nearer of both: 50 (50-130)
        reads as if nothing could be sooner.
        """
        step, sides = told_step(self.p50, (self.p90 - self.p10) / 2.0), (self.p50 - self.p10, self.p90 - self.p50)
        told = [floor(value / step + 0.5) for value in (self.p10, self.p50, self.p90)]
        return step if told[0] < told[1] < told[2] else min(step, max(told_step(self.p50, min(sides)), 1.0))


def told_step(value: float, doubt: float) -> float:
    """The step to which hours are told, 0.1, 1, 10 or 100: whole above 10, else a tenth, and no finer than their doubt.

    By the rule of the Particle Data Group (Review of Particle Physics, introduction, "Rounding"): of the three leading
    figures of the doubt, 100 to 354 keep two figures, 355 to 949 one.
    """
    least = 1.0 if abs(value) >= 9.95 else 0.1
    if doubt < 0.1:  # whole hours and tenths are fine enough, and a doubt next to nothing has no digits
        return least
    digits = floor(log10(doubt))
    # 3.545 and not 3.55: 354 of three figures is the last that keeps two.
    keeps_two = doubt / 10.0**digits < 3.545
    return float(max(least, 10.0 ** (digits - 1 if keeps_two else digits)))


class Assumption(Model):
    """A planning number that a user may change, with its unit, source and allowed range."""

    key: str = Field(
        title="Key",
        description="Stable name, such as fit_out.certified_h",
        pattern=r"^[a-z0-9_]+(\.[a-z0-9_]+)*$",
    )
    title: str = Field(title="Title")
    unit: str = Field(title="Unit", description="h, kn, nm, m, t, 1 for a factor ...")
    value: Pert = Field(title="Value", description="Smallest, most likely, largest")
    source: str = Field(title="Source", description="Where the value comes from; a source id or 'planning assumption'")
    confidence: str = Field(title="Confidence", pattern="^(high|medium|low)$")
    low: float = Field(default=0.0, title="Lowest allowed")
    high: float = Field(title="Highest allowed")
    help: str = Field(default="", title="Help", description="What it covers and what it does not")

    @property
    def allowed(self) -> str:
        """The range as errors name it, with its unit; a factor has none."""
        return f"{self.low:g} to {self.high:g}" + ("" if self.unit == "1" else f" {self.unit}")

    @model_validator(mode="after")
    def _in_range(self) -> Self:
        if not (self.low <= self.value.min and self.value.max <= self.high):
            raise ValueError(
                f"{self.key}: found {self.value.min:g} to {self.value.max:g} {self.unit}; "
                f"allowed is {self.low:g} to {self.high:g}"
            )
        return self


class Assumptions(Model):
    """All planning numbers by key."""

    items: dict[str, Assumption] = Field(title="Assumptions")

    def __getitem__(self, key: str) -> Pert:
        """The value of the assumption `key`; KeyError when there is none."""
        return self.items[key].value

    def replaced(self, changes: dict[str, Pert]) -> Assumptions:
        """These assumptions with the values of `changes`.

        Raises InputError with every key that there is none of and every value out of its range.
        """
        items = dict(self.items)
        problems: list[Problem] = []
        for key, value in changes.items():
            field = f"assumptions.{key}"
            if key not in items:
                problems.append(Problem(field, "an assumption of an unknown name", _names_near(key, items)))
                continue
            old = items[key]
            if old.low <= value.min and value.max <= old.high:
                items[key] = Assumption.model_validate({**old.model_dump(), "value": value.model_dump()})
                continue
            problems.append(Problem(field, _written(value), f"allowed is {old.allowed}"))
        if problems:
            raise InputError(problems)
        return Assumptions(items=items)


def _names_near(key: str, names: Iterable[str]) -> str:
    near = near_names(key, names)
    return did_you_mean(near) if near else "load_assumptions().items has the names"
