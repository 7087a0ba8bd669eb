"""What is done to enrolments, one verb a function; a module a topic."""

from sabaq.enrolment.services.links import (
    enter_by_link,
    issue_guest_link,
    issue_link,
    reissue_link,
    revoke_link,
)
from sabaq.enrolment.services.opening import confirm_profile, read_notice, set_consents

__all__ = [
    "confirm_profile",
    "enter_by_link",
    "issue_guest_link",
    "issue_link",
    "read_notice",
    "reissue_link",
    "revoke_link",
    "set_consents",
]
