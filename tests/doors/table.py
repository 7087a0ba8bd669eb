"""The doors table: every URL, who comes in, and what everybody else finds.

One line a URL. How to add yours:

    page("office:report", EDITION, "organiser evaluator")       a page: GET opens, POST does nothing
    act("office:decide", NOMINATION, "organiser", data={...})   an act: POST is taken, GET is 405
    form("office:nominate", EDITION, "agency-focal-point")      a form: GET and POST

- First the URL's name, then the *object* it is about (below), then the roles that are let in.
  The administrator is let in wherever a member of staff is, unless `alone=True`; `STAFF` is all of these.
- What the others find follows from the *door*: `staff` (default in office: and trainer:) sends somebody who
  is not signed in to the staff sign-in, `learner` to the code page; everybody signed in finds 404. `open`
  lets everybody in.
- `gives=302` says what a GET answers instead of 200; `data` is what is POSTed (a write id is added), and
  `names` an object whose numbers are POSTed too. An insider whose POST finds 404 fails the test.
- An object is a function of `World` (tests/doors/world.py) that gives the URL's arguments. The test asks for
  the same URL about the *other* edition's object too, where only its own people and the administrator come
  in, and about mixed objects (this edition's slug, the other's number), where nobody does.
- `test_every_url.py` fails on a URL without a line, and on a line without a URL.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from tests.doors.article_objects import ARTICLE, NEWS, NEWS_ITEM, NEWS_PHOTO, PHOTO, QUOTE
from tests.doors.attendance_objects import CORRECTION, DAY, GUEST_LINK, LATECOMER, ROOM, SPEAKING
from tests.doors.caption_objects import CAPTION, CAPTIONS, CAPTIONS_IN_MINUTES
from tests.doors.certificate_objects import CERTIFICATE, LOGO, NUMBER, SAMPLE, WORDING
from tests.doors.class_objects import ANNOUNCEMENT, CALL, GRANT, HAND, POLL, QUESTION, RUN, WORD
from tests.doors.pack_objects import PACK, PACK_AID, PACK_TOPIC, PICTURE
from tests.doors.spot_poll_objects import SPOT_POLL
from tests.doors.survey_objects import COMMENT, SURVEY_OF_EDITION
from tests.doors.world import World

PARTICIPANTS = frozenset({"participant", "staff-by-link"})
STAFF = frozenset(
    {
        "organiser",
        "host",
        "agency-focal-point",
        "country-focal-point",
        "trainer",
        "interpreter",
        "evaluator",
        "observer",
        "communication",
        "representative",
        "administrator",
    }
)
# They hold their role in the other edition: about this one's objects they find nothing.
ELSEWHERE = {"participant-elsewhere": "participant", "organiser-elsewhere": "organiser"}
ROLES = ("anonymous", *sorted(PARTICIPANTS), "guest", "room", *sorted(STAFF), *ELSEWHERE)

Object = Callable[[World], dict[str, Any]]


def NOTHING(world: World) -> dict[str, Any]:  # noqa: N802 - reads as a word of the table
    return {}


def EDITION(world: World) -> dict[str, Any]:  # noqa: N802
    return {"slug": world.edition.slug}


def SESSION(world: World) -> dict[str, Any]:  # noqa: N802
    return {"session": world.session.uuid}


def MINUTES(world: World) -> dict[str, Any]:  # noqa: N802
    return {"slug": world.edition.slug, "session": world.session.uuid}


def LESSON(world: World) -> dict[str, Any]:  # noqa: N802
    return {"topic": "first-contact"}


def LESSON_PAGE(world: World) -> dict[str, Any]:  # noqa: N802
    return {"topic": "first-contact", "page": 1}


def AID(world: World) -> dict[str, Any]:  # noqa: N802
    return {"key": "first-line"}


def TEST(world: World) -> dict[str, Any]:  # noqa: N802
    return {"key": "knowledge"}


def SURVEY(world: World) -> dict[str, Any]:  # noqa: N802
    return {"key": "closing"}


def LINK(world: World) -> dict[str, Any]:  # noqa: N802
    return {"token": world.token}


def NOMINATION(world: World) -> dict[str, Any]:  # noqa: N802
    return {"slug": world.edition.slug, "uuid": world.nomination.uuid}


def ENROLMENT(world: World) -> dict[str, Any]:  # noqa: N802
    return {"slug": world.edition.slug, "uuid": world.enrolment.uuid}


def SESSION_OF_EDITION(world: World) -> dict[str, Any]:  # noqa: N802
    return {"slug": world.edition.slug, "uuid": world.session.uuid}


def LETTER(world: World) -> dict[str, Any]:  # noqa: N802
    return {"slug": world.edition.slug, "uuid": world.letter.uuid}


def SHEET(world: World) -> dict[str, Any]:  # noqa: N802
    return {"slug": world.edition.slug, "key": world.agency.key}


def ANNEX(world: World) -> dict[str, Any]:  # noqa: N802
    return {"slug": world.edition.slug, "uuid": world.annex.uuid}


# A course belongs to no edition: whoever has a part in any may look through it.
OF_NO_EDITION = (NOTHING, NEWS, PACK, PACK_TOPIC, PACK_AID)
# Objects of one agency: a focal point of another finds nothing of them in her own edition either.
REACHED = (NOMINATION, ENROLMENT, LETTER, SHEET)


@dataclass(frozen=True)
class Row:
    """One line of the table."""

    name: str
    about: Object
    insiders: frozenset[str]
    door: str
    methods: tuple[str, ...]
    gives: int = 200
    data: Mapping[str, Any] = field(default_factory=dict)
    names: Object | None = None

    def about_to_post(self, world: World) -> "Row":
        """Give the row with all that is POSTed about this world's objects."""
        return replace(self, data={**self.data, **(self.names(world) if self.names else {})})


def _row(name: str, about: Object, roles: Any, methods: tuple[str, ...], **more: Any) -> Row:
    insiders = frozenset(roles.split() if isinstance(roles, str) else roles)
    if insiders & STAFF and not more.pop("alone", False):
        insiders |= {"administrator"}
    app = name.split(":", maxsplit=1)[0]
    door = more.pop("door", {"public": "open", "learner": "learner"}.get(app, "staff"))
    return Row(name, about, frozenset(ROLES) if door == "open" else insiders, door, methods, **more)


def page(name: str, about: Object = NOTHING, roles: Any = (), **more: Any) -> Row:
    return _row(name, about, roles, ("GET",), **more)


def act(name: str, about: Object = NOTHING, roles: Any = (), **more: Any) -> Row:
    return _row(name, about, roles, ("POST",), **more)


def form(name: str, about: Object = NOTHING, roles: Any = (), **more: Any) -> Row:
    return _row(name, about, roles, ("GET", "POST"), **more)


PAPERS = "organiser"
REPORT = "organiser evaluator observer"
WRITING = "organiser communication"
ARTICLES = f"{WRITING} representative"
TEACHING = "organiser host trainer"
IN_BOOTH = f"{TEACHING} interpreter"
IN_CLASS = f"{TEACHING} interpreter guest {' '.join(PARTICIPANTS)}"
ATTENDANCE = "organiser host evaluator agency-focal-point country-focal-point"
NOMINATING = "organiser agency-focal-point country-focal-point"

TABLE = [
    # For everybody. The start page leads whoever is signed in to her own pages.
    page("public:home", door="home"),
    act("public:set_language", data={"language": "ru"}),
    form("public:code", data={"code": "0000-0000"}),
    page("public:still_here", gives=204),
    form("public:link", LINK, data={"answer": "other"}),
    act("public:leave"),
    page("public:privacy"),
    page("public:check"),
    form("public:check_number", NUMBER, data={"name": "Gul Ulgi"}),
    page("public:picture", PICTURE),
    page("public:news_home", gives=302),
    page("public:news", NEWS),
    page("public:news_feed", NEWS),
    page("public:news_item", NEWS_ITEM),
    page("public:news_anywhere", EDITION, gives=302),
    page("public:news_photo", NEWS_PHOTO),
    page("public:style"),  # in demo mode only
    # Participants: their own pages, told apart by who is signed in.
    page("learner:today", NOTHING, PARTICIPANTS),
    form("learner:welcome", NOTHING, PARTICIPANTS, gives=302),  # done already
    form("learner:me", NOTHING, PARTICIPANTS),
    page("learner:calendar", NOTHING, PARTICIPANTS),
    form("learner:lesson", LESSON, PARTICIPANTS),
    form("learner:lesson_page", LESSON_PAGE, PARTICIPANTS),
    page("learner:lesson_whole", LESSON, PARTICIPANTS),
    page("learner:exercise", LESSON, PARTICIPANTS),
    page("learner:aids", NOTHING, PARTICIPANTS),
    page("learner:aid", AID, PARTICIPANTS),
    page("learner:glossary", NOTHING, PARTICIPANTS),
    page("learner:glossary_whole", NOTHING, PARTICIPANTS),
    page("learner:slides", LESSON, PARTICIPANTS),
    form("learner:test", TEST, PARTICIPANTS, data={"a-one": "b"}),
    act("learner:answer", TEST, PARTICIPANTS, data={"item": "one", "option": "b"}),
    act("learner:hand_in", TEST, PARTICIPANTS),
    form("learner:survey", SURVEY, PARTICIPANTS, data={"q-relevant": "4"}),
    form("learner:commitment", NOTHING, PARTICIPANTS, data={"deed": "Ask first."}),
    page("learner:certificate", NOTHING, PARTICIPANTS),
    page("learner:certificate_pdf", NOTHING, PARTICIPANTS),
    # The class: the room, and the parts of its page that the page itself asks for.
    page("classroom:room", SESSION, IN_CLASS, door="learner"),
    page("classroom:now", SESSION, IN_CLASS, door="hidden"),
    page("classroom:ticket", SESSION, IN_CLASS, door="hidden"),
    page("classroom:deck", SESSION, IN_CLASS, door="hidden"),
    act("classroom:hand", SESSION, PARTICIPANTS, door="hidden", data={"hand": "up"}),
    act("classroom:floor_language", SESSION, IN_BOOTH, door="hidden", data={"language": "en"}),
    act("classroom:give_floor_back", SESSION, PARTICIPANTS, door="hidden"),
    act("classroom:booth", SESSION, "interpreter", door="hidden", alone=True, data={"act": "ask"}),
    form("classroom:help", SESSION, PARTICIPANTS, door="hidden", data={"trouble": "other"}),
    page("classroom:captions", CAPTIONS, IN_CLASS, door="hidden"),
    act("classroom:say_caption", SESSION, IN_BOOTH, door="hidden", data={"text": "Ask first."}),
    page("classroom:step_out", SESSION, PARTICIPANTS, door="hidden"),
    form("classroom:vote", RUN, PARTICIPANTS, door="hidden", data={"option": "x"}),
    act("classroom:translate_poll", POLL, IN_BOOTH, door="hidden", data={"language": "ru"}),
    act(
        *("classroom:translate_announcement", ANNOUNCEMENT, IN_BOOTH),
        door="hidden",
        data={"language": "ru", "text": "Вернёмся в 11:30"},
    ),
    # The screen of a room: nobody else has one, and it opens nothing else.
    page("classroom:hall", NOTHING, "room", door="learner"),
    page("classroom:hall_now", SESSION, "room", door="hidden"),
    page("classroom:hall_ticket", SESSION, "room", door="hidden"),
    page("classroom:hall_captions", CAPTIONS, "room", door="hidden"),
    form("classroom:ask", SESSION, PARTICIPANTS, door="hidden", data={"text": "Why?"}),
    act("classroom:support", QUESTION, PARTICIPANTS, door="hidden", data={"wanted": "1"}),
    act("classroom:take_back", QUESTION, PARTICIPANTS, door="hidden"),
    form("classroom:translate_question", QUESTION, f"{TEACHING} interpreter", door="staff"),
    # Trainers.
    page("trainer:sessions", NOTHING, STAFF),
    page("trainer:console", SESSION, TEACHING),
    page("trainer:desk", SESSION, TEACHING),
    act("trainer:question", QUESTION, TEACHING, data={"act": "answer"}),
    page("trainer:screen", SESSION, TEACHING),
    page("trainer:screen_now", SESSION, TEACHING),
    page("trainer:screen_ticket", SESSION, TEACHING),
    act("trainer:send_five_minutes", SESSION, TEACHING),
    act("trainer:see_five_minutes", SESSION, TEACHING, data={"since": "2027-02-04T08:20:00Z"}),
    act("trainer:call_hand", HAND, TEACHING),
    act("trainer:lower_hand", HAND, TEACHING),
    act("trainer:grant_floor", HAND, TEACHING),
    act("trainer:take_floor", GRANT, TEACHING),
    act("trainer:announce", SESSION, TEACHING, data={"text-en": "Back at 11:30"}),
    act("trainer:withdraw_announcement", ANNOUNCEMENT, TEACHING),
    act("trainer:remove_announcement", ANNOUNCEMENT, TEACHING),
    form("trainer:caption", CAPTION, TEACHING),
    act("trainer:begin", SESSION, TEACHING),
    act("trainer:end", SESSION, TEACHING),
    act("trainer:show_slide", SESSION, TEACHING, data={"slide": "x"}),
    act("trainer:answer_help", CALL, TEACHING),
    act("trainer:open_poll", POLL, TEACHING),
    act("trainer:close_poll", POLL, TEACHING),
    act("trainer:show_results", POLL, TEACHING),
    act("trainer:discard_poll", POLL, TEACHING),
    act("trainer:remove_poll", SPOT_POLL, TEACHING),
    act("trainer:write_poll", SESSION, TEACHING, data={"kind": "single"}),
    act("trainer:remove_word", WORD, TEACHING),
    # The office.
    page("office:editions", NOTHING, STAFF),
    page("office:programmes", NOTHING, STAFF),
    page("office:reports", NOTHING, STAFF),
    page("office:reports_xlsx", NOTHING, STAFF),
    page("office:reports_pdf", NOTHING, STAFF),
    page("office:reports_docx", NOTHING, STAFF),
    page("office:packs", NOTHING, STAFF),
    page("office:pack", PACK, STAFF),
    page("office:pack_lesson", PACK_TOPIC, STAFF),
    page("office:pack_slides", PACK_TOPIC, STAFF),
    page("office:pack_exercise", PACK_TOPIC, STAFF),
    page("office:pack_items", PACK_TOPIC, "organiser trainer"),
    page("office:pack_aid", PACK_AID, STAFF),
    page("office:pack_surveys", PACK, STAFF),
    page("office:pack_cards", PACK, STAFF),
    page("office:pack_glossary", PACK, STAFF),
    page("office:edition", EDITION, STAFF),
    page("office:certificates", EDITION, PAPERS),
    act("office:certificates_issue", EDITION, PAPERS),
    page("office:certificates_preview", EDITION, PAPERS, gives=302),  # nobody has earned one
    page("office:certificates_of_agency", SHEET, PAPERS),
    page("office:certificates_zip", SHEET, PAPERS),
    form("office:certificate_design", EDITION, PAPERS),
    act("office:certificate_logo", EDITION, PAPERS),
    page("office:certificate_logo_picture", LOGO, PAPERS),
    act("office:certificate_logo_remove", LOGO, PAPERS),
    form("office:certificate_wording", WORDING, PAPERS),
    page("office:certificate_sample", SAMPLE, PAPERS),
    form("office:certificate_reissue", CERTIFICATE, PAPERS),
    page("office:certificate_pdf", CERTIFICATE, PAPERS),
    act("office:certificate_withdraw", CERTIFICATE, PAPERS),
    page("office:nominations", EDITION, NOMINATING),
    act("office:decide", EDITION, "organiser", data={"act": "confirm"}),
    form("office:nomination", NOMINATION, NOMINATING, data={"native_name": "Гүл Үлгі"}),
    act("office:nomination_withdraw", NOMINATION, NOMINATING),
    form("office:nominate", EDITION, NOMINATING),
    form("office:nominate_file", EDITION, NOMINATING),
    page("office:nominate_template", EDITION, NOMINATING),
    page("office:participants", EDITION, "organiser"),
    act("office:link_reissue", ENROLMENT, "organiser"),
    act("office:link_revoke", ENROLMENT, "organiser"),
    act("office:participant_withdraw", ENROLMENT, "organiser"),
    page("office:outbox", EDITION, NOMINATING),
    act("office:letters_handed_over", EDITION, NOMINATING),
    act("office:letter_send", LETTER, NOMINATING),
    page("office:access_sheets", EDITION, NOMINATING),
    page("office:access_sheet", SHEET, NOMINATING),
    page("office:attendance", EDITION, ATTENDANCE),
    page("office:attendance_of", ENROLMENT, ATTENDANCE),
    act("office:attendance_correct", ENROLMENT, "organiser host"),
    act("office:correction_undo", CORRECTION, "organiser host", data={"reason": "R"}),
    page("office:register_pdf", DAY, ATTENDANCE),
    page("office:register_xlsx", DAY, ATTENDANCE),
    form("office:rooms", EDITION, "organiser", data={"name": "Hall"}),
    page("office:room_sheet", ROOM, "organiser"),
    act("office:room_close", ROOM, "organiser"),
    act("office:room_open", ROOM, "organiser"),
    form("office:room_marks", SESSION_OF_EDITION, "organiser host"),
    page("office:classes", EDITION, TEACHING),
    page("office:minutes", MINUTES, TEACHING),
    page("office:class_captions", CAPTIONS_IN_MINUTES, TEACHING),
    page("office:class_log", MINUTES, "organiser"),
    form("office:latecomers", EDITION, "organiser host"),
    act("office:latecomers_decide", EDITION, "organiser", data={"act": "confirm"}),
    page("office:latecomer", LATECOMER, "organiser host"),
    page("office:latecomer_slip", LATECOMER, "organiser host"),
    act("office:latecomer_link", LATECOMER, "organiser host"),
    page("office:guests", EDITION, "organiser host"),
    act("office:guest_issue", EDITION, "organiser host", names=SPEAKING),
    page("office:guest", GUEST_LINK, "organiser host"),
    act("office:guest_revoke", GUEST_LINK, "organiser host"),
    act("office:guest_reissue", GUEST_LINK, "organiser host"),
    form("office:session_move", SESSION_OF_EDITION, "organiser host"),
    page("office:trail", EDITION, "organiser"),
    page("office:results", EDITION, "organiser evaluator"),
    page("office:results_xlsx", EDITION, "organiser evaluator"),
    page("office:survey", EDITION, "organiser evaluator"),
    act("office:survey_close", SURVEY_OF_EDITION, "organiser evaluator"),
    # The M&E officer alone: not even an administrator reads what was written.
    page("office:comments", EDITION, "evaluator", alone=True),
    act("office:comment", COMMENT, "evaluator", alone=True),
    act("office:comment_take_back", COMMENT, "evaluator", alone=True),
    page("office:tests", EDITION, "organiser evaluator"),
    act("office:test_extend", EDITION, "organiser", data={"which": "after:knowledge"}),
    page("trainer:tests", EDITION, f"{TEACHING} evaluator"),
    page("office:commitments", EDITION, "organiser evaluator"),
    page("office:report", EDITION, REPORT),
    page("office:report_xlsx", EDITION, REPORT),
    page("office:report_pdf", EDITION, REPORT),
    page("office:report_docx", EDITION, REPORT),
    form("office:figures_publish", EDITION, "organiser evaluator", data={"number": "1"}),
    act("office:annex_issue", EDITION, "organiser evaluator"),
    page("office:annex_pdf", ANNEX, "organiser evaluator"),
    page("office:article", ARTICLE, ARTICLES),
    act("office:article_draft", ARTICLE, WRITING),
    form("office:article_edit", ARTICLE, WRITING),
    page("office:article_markdown", ARTICLE, ARTICLES),
    page("office:article_docx", ARTICLE, ARTICLES),
    act("office:article_step", EDITION, ARTICLES, data={"step": "handed-on"}),
    act("office:article_donor_needed", EDITION, WRITING, data={"needed": "yes"}),
    form("office:article_donor", EDITION, WRITING),
    act("office:article_publish", EDITION, WRITING),
    act("office:article_withdraw", EDITION, WRITING),
    form("office:quote_add", EDITION, WRITING),
    form("office:quote", QUOTE, WRITING),
    act("office:quote_approve", QUOTE, WRITING),
    act("office:quote_take_back", QUOTE, WRITING),
    act("office:quote_remove", QUOTE, WRITING),
    form("office:article_photo", EDITION, WRITING),
    act("office:article_photo_remove", EDITION, WRITING),
    page("office:article_photo_file", PHOTO, ARTICLES),
    # Staff sign-in (allauth): open to whoever is not signed in; the rest is for the account itself.
    form("account_login", door="sign-in"),
    form("account_request_login_code", door="sign-in"),
    form("account_confirm_login_code", door="open", gives=302),  # no code was asked for
    page("account_inactive", door="open"),
    form("account_logout", NOTHING, STAFF, door="account"),
    form("account_change_password", NOTHING, STAFF, door="account"),
    form("account_set_password", NOTHING, STAFF, door="account"),
    form("account_reauthenticate", NOTHING, STAFF, door="account"),
    # Machines.
    page("api:health", door="open"),
    page("api:metrics", door="open"),  # of this machine only: tests/doors/test_secrets.py
]
