"""Small numbers betray people: which counts of a published table must be hidden.

Head counts under `THRESHOLD` are hidden (domain: evaluation), and with them enough others that nobody
can find the hidden ones by subtraction from the published total. See docs/invariants/suppression.md.
"""

from collections.abc import Mapping

THRESHOLD = 5


def suppress(counts: Mapping[str, int], *, threshold: int = THRESHOLD) -> dict[str, int | None]:
    """Give `counts` with None for each hidden one; their total may be published beside them.

    Zero is shown: it counts nobody. Hidden counts are at least two, and together at least `threshold`,
    so the total neither determines one nor narrows them below the threshold.
    """
    hidden = {key for key, count in counts.items() if 0 < count < threshold}
    open_keys = sorted(
        (key for key in counts if counts[key] >= threshold), key=lambda k: (counts[k], k)
    )
    while hidden and open_keys and (len(hidden) == 1 or sum(counts[k] for k in hidden) < threshold):
        hidden.add(open_keys.pop(0))
    return {key: None if key in hidden else count for key, count in counts.items()}


def share(part: int | None, whole: int | None) -> int | None:
    """Give `part` of `whole` as a whole percent (half up), or None where either is hidden or empty."""
    if part is None or not whole:
        return None
    return (200 * part + whole) // (2 * whole)
