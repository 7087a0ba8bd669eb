from sabaq.reporting.models.annexes import Annex, Recipient
from sabaq.reporting.models.releases import Release

__all__ = ["Annex", "Recipient", "Release"]
