"""What is done to enrolments, one verb a function; a module a topic."""

from sabaq.enrolment.services.decisions import (
    confirm_nominations,
    decline_nominations,
    reserve_nominations,
    withdraw_enrolment,
)
from sabaq.enrolment.services.imports import import_nominations
from sabaq.enrolment.services.latecomers import (
    admit_provisionally,
    confirm_latecomers,
    decline_latecomers,
    replace_latecomer_link,
)
from sabaq.enrolment.services.lessons import mark_lesson_read, note_page_read
from sabaq.enrolment.services.letters import (
    hand_over_letters,
    queue_letter,
    queue_word_of_move,
    replace_link,
    send_again,
    send_letter,
)
from sabaq.enrolment.services.links import (
    enter_by_link,
    issue_guest_link,
    issue_link,
    issue_room_link,
    keep_guest_links,
    reissue_guest_link,
    reissue_link,
    revoke_link,
)
from sabaq.enrolment.services.nominations import (
    correct_nomination,
    nominate_officer,
    withdraw_nomination,
)
from sabaq.enrolment.services.opening import confirm_profile, read_notice, set_consents
from sabaq.enrolment.services.rooms import close_room, make_room, reopen_room

__all__ = [
    "admit_provisionally",
    "close_room",
    "confirm_latecomers",
    "confirm_nominations",
    "confirm_profile",
    "correct_nomination",
    "decline_latecomers",
    "decline_nominations",
    "enter_by_link",
    "hand_over_letters",
    "import_nominations",
    "issue_guest_link",
    "issue_link",
    "issue_room_link",
    "keep_guest_links",
    "make_room",
    "mark_lesson_read",
    "nominate_officer",
    "note_page_read",
    "queue_letter",
    "queue_word_of_move",
    "read_notice",
    "reissue_guest_link",
    "reissue_link",
    "reopen_room",
    "replace_latecomer_link",
    "replace_link",
    "reserve_nominations",
    "revoke_link",
    "send_again",
    "send_letter",
    "set_consents",
    "withdraw_enrolment",
    "withdraw_nomination",
]
