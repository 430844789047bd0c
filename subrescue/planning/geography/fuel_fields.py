"""At which airfields a passing transport is refuelled: where airliners or an air force are, or far out at sea.

Nothing in the map tells of fuel, a crew or leave at the other fields with a long runway.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from subrescue.earth.places.airspace import sovereign_of
from subrescue.earth.shape.sphere import EARTH_RADIUS_NM

# Full of fuel a transport takes off from such a field.
STOP_RUNWAY_M = 2400.0
# Runway needs hold near sea level: with fuel for a long leg nobody plans to take off from a field in the mountains.
HIGH_M = 1500
# A transport goes on to a field that serves it well, of the same sovereign, if it lies so near: 70 minutes of flight
# (planning assumption; Hao to Tahiti, Saipan to Guam).
_REFUELLED_BESIDE_NM = 520.0
# On a landmass with so many fields that serve transports well none of the others is needed: its legs are 4,000 miles
# (planning assumption). C-17s were to refuel at Faya-Largeau in the Sahara, at Sharurah and at Cold Bay.
_SERVED_LANDMASS = 10
# These are known for it though the list has them neither as large nor, by their names, as bases: Lajes, Gander, Goose
# Bay, Khabarovsk, Magadan (from memory, high confidence).
_KNOWN_STOPS = ("LPLA", "CYQX", "CYYR", "UHHH", "UHMM")
# Midway: a wildlife refuge, open to aircraft in distress (from memory, high confidence).
_NO_FUEL = ("PMDY",)

Bools = npt.NDArray[np.bool_]
FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.int64]


def fuel_fields(
    codes: npt.NDArray[np.str_],
    elevation_m: FloatArray,
    firm_runway_m: FloatArray,
    country: npt.NDArray[np.str_],
    landmass: IntArray,
    towards: FloatArray,
    served: Bools,
) -> IntArray:
    """The fields, by their numbers, that are fuel stops; all arguments (fields,), `towards` (fields, 3) unit vectors.

    At least 2,400 m of firm runway, not high up, none in Antarctica; `firm_runway_m` is 0 where nobody may be
    refuelled, `elevation_m` 0 where unknown. `served`: whether airliners or an air force are there.
    """
    long_enough = (firm_runway_m >= STOP_RUNWAY_M) & ~(elevation_m > HIGH_M) & (country != "AQ")
    stops = np.flatnonzero(long_enough & ~np.isin(codes, _NO_FUEL))
    served_well = served[stops] | np.isin(codes[stops], _KNOWN_STOPS)
    sovereign = np.array([sovereign_of(code) for code in country[stops].tolist()])
    doubtful = np.flatnonzero(~served_well)
    left_out = _on_a_served_landmass(landmass[stops], served_well)[doubtful]
    left_out |= _near_a_better(towards[stops], sovereign, served_well, doubtful)
    return np.asarray(np.delete(stops, doubtful[left_out]), np.int64)


def _on_a_served_landmass(landmass: IntArray, served_well: Bools) -> Bools:
    """(stops,) whether each lies on a landmass with many that serve transports well; one that is unknown is none."""
    on_land, count = np.unique(landmass[served_well & (landmass >= 0)], return_counts=True)
    return np.isin(landmass, on_land[count >= _SERVED_LANDMASS])


def _near_a_better(
    towards: FloatArray, sovereign: npt.NDArray[np.str_], served_well: Bools, doubtful: IntArray
) -> Bools:
    """(doubtful,) whether a stop of the same sovereign that serves transports well lies near by."""
    better = np.flatnonzero(served_well)
    near = towards[doubtful] @ towards[better].T >= np.cos(_REFUELLED_BESIDE_NM / EARTH_RADIUS_NM)
    near &= sovereign[doubtful][:, None] == sovereign[better][None, :]
    return np.asarray(near.any(axis=1))
