"""Which causes of luck hang together: weather for all that is done at sea, aircraft for all waits, nations' decisions.

Whoever names the same cause has the same luck. Causes of one family share a part of it: their normal scores have the
family's correlation (a Gaussian copula with one factor; Li 2000, J Fixed Income 9(4), uses the same for lives), and
causes of different families, or of none, have nothing in common.
"""

from __future__ import annotations

from dataclasses import dataclass

from subrescue.domain.quantities import Assumptions

_FAMILIES = {
    "sea": "weather",
    "rough": "weather",
    "rough_now": "weather",
    "survey": "weather",
    "first_dive": "weather",
    "intervention": "weather",
    "cycle": "weather",
    "wait": "aircraft",
    "bound": "aircraft",
    "tanker": "aircraft",
    "alert.accept_h": "decision",
    "alert.own_nation_accept_h": "decision",
    "put_off": "decision",
    "clearance": "decision",
    "overflight": "decision",
}
"""Family by the cause, or by what stands before its colon: `wait:gb-c17` is of the aircraft."""

SHARES = {
    "weather": "doubt.weather_share",
    "aircraft": "doubt.aircraft_share",
    "decision": "doubt.decision_share",
}
"""The assumption that holds the correlation within each family."""


@dataclass(frozen=True)
class Shares:
    """Correlations within the families, by name; families that are not named share nothing."""

    by_family: tuple[tuple[str, float], ...] = ()

    def of(self, cause: str) -> tuple[str, float] | None:
        """The family of a cause and its correlation; None for a cause that stands alone."""
        family = family_of(cause)
        share = dict(self.by_family).get(family or "", 0.0)
        return None if family is None or share <= 0.0 else (family, share)


def family_of(cause: str) -> str | None:
    """The family of a cause, or None."""
    return _FAMILIES.get(cause) or _FAMILIES.get(cause.partition(":")[0])


def shares_of(assumptions: Assumptions) -> Shares:
    """The correlations as the assumptions have them."""
    return Shares(tuple((family, assumptions[key].mode) for family, key in SHARES.items()))
