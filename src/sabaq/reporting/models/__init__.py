from sabaq.reporting.models.annexes import Annex, Recipient

__all__ = ["Annex", "Recipient"]
