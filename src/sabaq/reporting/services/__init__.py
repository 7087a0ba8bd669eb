from sabaq.reporting.services.annexes import issue_annex
from sabaq.reporting.services.releases import publish_figures

__all__ = ["issue_annex", "publish_figures"]
