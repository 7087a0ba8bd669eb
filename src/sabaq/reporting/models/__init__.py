from sabaq.reporting.models.annexes import Annex

__all__ = ["Annex"]
