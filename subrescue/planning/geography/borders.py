"""Between which nations no convoy goes by road: over a closed border, or across water that no road goes round."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

# Nations, alone or together, over whose land borders no convoy with rescue gear is planned: no foreign one is let in,
# nor theirs out (planning assumption; the border of North Korea is closed to all).
_BEHIND_CLOSED_BORDERS = (("RU", "BY"), ("KP",), ("IR",))
# Two nations with no crossing between them for anybody: armistice lines of 1949 and 1974, since 1994, since 2025; no
# lorries since the fighting at Ras Doumeira (2008), and since 2023 Haiti's but for trade (from memory).
_CLOSED_BORDERS = (("IL", "LB"), ("IL", "SY"), ("DZ", "MA"), ("IN", "PK"), ("DJ", "ER"), ("DO", "HT"))
# Nations on one landmass, and between their coasts narrow water that no road within reach goes round: the Strait of
# Gibraltar, the Gulf of Finland, the Baltic, the North Sea, the Gulf of Bahrain, the Red Sea, the Adriatic.
_ACROSS_WATER = (
    ("ES", "MA"), ("GI", "MA"), ("PT", "MA"), ("FI", "EE"), ("FI", "LV"), ("SE", "DE"), ("SE", "PL"), ("DK", "PL"),
    ("DK", "NL"), ("DK", "NO"), ("BH", "QA"), ("EG", "SA"), ("EG", "JO"), ("SD", "SA"), ("ER", "SA"), ("ER", "YE"),
    ("DJ", "YE"), ("IT", "AL"), ("IT", "ME"), ("SE", "EE"), ("SE", "LV"), ("SE", "LT"),
)  # fmt: skip


def across_a_closed_border(here: npt.NDArray[np.str_], there: npt.NDArray[np.str_]) -> npt.NDArray[np.bool_]:
    """(n,) whether a road between two countries, by their codes, crosses a border that no convoy crosses."""
    closed = np.zeros(np.broadcast_shapes(here.shape, there.shape), bool)
    for behind in _BEHIND_CLOSED_BORDERS:
        closed |= np.isin(here, behind) != np.isin(there, behind)
    return np.asarray(closed | _between(_CLOSED_BORDERS, here, there))


def across_narrow_water(here: npt.NDArray[np.str_], there: npt.NDArray[np.str_]) -> npt.NDArray[np.bool_]:
    """(n,) whether water lies between two countries, by their codes, that no road within reach goes round."""
    return _between(_ACROSS_WATER, here, there)


def _between(
    pairs: tuple[tuple[str, str], ...], here: npt.NDArray[np.str_], there: npt.NDArray[np.str_]
) -> npt.NDArray[np.bool_]:
    found = np.zeros(np.broadcast_shapes(here.shape, there.shape), bool)
    for one, other in pairs:
        found |= ((here == one) & (there == other)) | ((here == other) & (there == one))
    return found
