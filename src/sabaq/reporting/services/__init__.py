from sabaq.reporting.services.annexes import issue_annex

__all__ = ["issue_annex"]
