"""Which figures of a report may be shown: `protect` over all tables that are published together.

Pure: exact counts in, hidden cells out. See docs/invariants/suppression.md.
"""

from sabaq.reporting.suppression.cells import (
    NO_DIMENSION,
    TOTAL,
    Cell,
    Marginals,
    Protection,
    Published,
    Reason,
    total_of,
)
from sabaq.reporting.suppression.engine import protect

__all__ = [
    "NO_DIMENSION",
    "TOTAL",
    "Cell",
    "Marginals",
    "Protection",
    "Published",
    "Reason",
    "protect",
    "total_of",
]
