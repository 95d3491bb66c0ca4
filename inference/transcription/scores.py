"""Notes heard against notes asked for, by mir_eval's rule for onsets."""

from typing import Final, NamedTuple

import numpy as np
from numpy.typing import ArrayLike
from scipy.sparse import csr_array  # type: ignore[import-untyped]
from scipy.sparse.csgraph import maximum_bipartite_matching  # type: ignore[import-untyped]

ONSET_TOLERANCE_S: Final = 0.05


class Score(NamedTuple):
    """How well notes were hit; each 0..1, and all 0 where nothing matches."""

    precision: float
    recall: float
    f1: float


def matched(
    asked_s: ArrayLike, asked_pitch: ArrayLike, heard_s: ArrayLike, heard_pitch: ArrayLike
) -> tuple[np.ndarray, np.ndarray]:
    """Return indices of asked and of heard notes that pair up: as many pairs as there can be.

    A pair has one pitch and onsets no more than ONSET_TOLERANCE_S apart.
    """
    apart = np.abs(np.subtract.outer(np.asarray(asked_s), np.asarray(heard_s)))
    same = np.equal.outer(np.asarray(asked_pitch), np.asarray(heard_pitch))
    hits = csr_array(same & (np.round(apart, 4) <= ONSET_TOLERANCE_S))
    partner = np.asarray(maximum_bipartite_matching(hits, perm_type="column"))
    asked = np.flatnonzero(partner >= 0)
    return asked, partner[asked]


def onset_score(
    asked_s: ArrayLike, asked_pitch: ArrayLike, heard_s: ArrayLike, heard_pitch: ArrayLike
) -> Score:
    """Return precision, recall and F1 of the heard onsets, arrays (notes,) each."""
    asked, heard = np.size(asked_s), np.size(heard_s)
    if not asked or not heard:
        return Score(0.0, 0.0, 0.0)
    pairs = len(matched(asked_s, asked_pitch, heard_s, heard_pitch)[0])
    return Score(pairs / heard, pairs / asked, 2 * pairs / (asked + heard))
