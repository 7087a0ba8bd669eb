"""Small numbers betray people. What is hidden of published tables: `reporting.suppression`."""

THRESHOLD = 5


def share(part: int | None, whole: int | None) -> int | None:
    """Give `part` of `whole` as a whole percent (half up), or None where either is hidden or empty."""
    if part is None or not whole:
        return None
    return (200 * part + whole) // (2 * whole)
