"""The page to begin with: who can sign in how, and what to click first. Printed on the terminal."""

from django.urls import reverse

from sabaq.courses.models import Appointment
from sabaq.enrolment.links import link_code, link_token, show_code
from sabaq.enrolment.models import AccessLink
from sabaq.kernel import clock
from sabaq.ops.demo.steps import ADMINISTRATOR, EDITION, PASSWORD
from sabaq.people.enums import Language, Role

# One reader of each language that the pages speak, and one whose language they do not.
PARTICIPANTS = (Language.RUSSIAN, Language.ENGLISH, Language.UZBEK)
SHOWN_ROLES = (
    Role.ORGANISER, Role.FOCAL_POINT, Role.TRAINER, Role.INTERPRETER, Role.HOST, Role.EVALUATOR,
    Role.OBSERVER, Role.COMMUNICATION, Role.REPRESENTATIVE,
)  # fmt: skip


def begin_here() -> str:
    """Give the text; `{address}` stands for the server's address, known only once it runs."""
    return "\n".join(
        [
            "",
            f"It is {clock.now():%d %B %Y, %H:%M} UTC in the demo: the first day of its course.",
            "",
            f"Staff sign in at {{address}}{reverse('account_login')} with the password {PASSWORD}",
            *(f"  {who:<22}{email}" for who, email in staff()),
            "",
            "Participants open their personal link, or type its code at {address}"
            + reverse("public:code"),
            *(f"  {who:<22}{way_in}" for who, way_in in participants()),
            "",
            "Begin as the organiser: open the edition of February, decide on the officers that are still",
            "open, and print the invitations. Then open a participant's link in a private window.",
            "Focal points nominate for the edition of May.",
            "",
        ]
    )


def staff() -> list[tuple[str, str]]:
    """Give one account for each role."""
    held = (
        Appointment.objects.filter(edition__slug=EDITION).select_related("account").order_by("id")
    )
    first: dict[str, str] = {}
    for appointment in held:
        first.setdefault(appointment.role, appointment.account.email)
    shown = [(str(role.label), first[role]) for role in SHOWN_ROLES if role in first]
    return [*shown, (str(Role.ADMINISTRATOR.label), ADMINISTRATOR)]


def participants() -> list[tuple[str, str]]:
    """Give a participant's way in for some languages."""
    found = []
    for language in PARTICIPANTS:
        link = (
            AccessLink.objects.filter(
                enrolment__edition__slug=EDITION,
                enrolment__person__language=language,
                revoked_at__isnull=True,
            )
            .order_by("id")
            .first()
        )
        if link is not None:
            path = reverse("public:link", args=[link_token(link.uuid)])
            code = show_code(link_code(link.uuid))
            found.append((f"reads {language.label}", f"{{address}}{path}  or {code}"))
    return found
