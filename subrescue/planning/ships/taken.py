"""Ships that those who were sent before sail on: who is sent with them needs another."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class TakenShips:
    """Ids of ships: fitted out for another, and sailing with what they carry anyway.

    What lives on one of the second kind sails with her too; one that is fitted out for another leaves it ashore.
    """

    fitted_out: frozenset[str] = frozenset()
    with_their_own: frozenset[str] = frozenset()

    @property
    def all(self) -> frozenset[str]:
        """Ships that take nothing more aboard."""
        return self.fitted_out | self.with_their_own

    def fitting_out(self, ship_id: str) -> TakenShips:
        """These and a ship that is fitted out for another."""
        return TakenShips(self.fitted_out | {ship_id}, self.with_their_own)

    def sailing(self, ship_id: str) -> TakenShips:
        """These and a ship that sails with what she carries."""
        return TakenShips(self.fitted_out, self.with_their_own | {ship_id})


NONE_TAKEN = TakenShips()
