from sabaq.credentials.services.designing import (
    DesignDraft,
    SignatoryDraft,
    accept_picture,
    add_logo,
    remove_logo,
    save_design,
    save_wording,
)
from sabaq.credentials.services.issuing import (
    Refusal,
    issue_certificate,
    issue_earned_certificates,
    reissue_certificate,
    withdraw_certificate,
)

__all__ = [
    "DesignDraft",
    "Refusal",
    "SignatoryDraft",
    "accept_picture",
    "add_logo",
    "issue_certificate",
    "issue_earned_certificates",
    "reissue_certificate",
    "remove_logo",
    "save_design",
    "save_wording",
    "withdraw_certificate",
]
