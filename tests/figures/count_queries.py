"""Counts what the demo's pages ask the database. Run as `python -m tests.figures.count_queries` in its environment.

Prints JSON: page and who asked -> queries, and how many there may be.
"""

import json
import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sabaq.config.settings")

import django

django.setup()

from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402

from sabaq.enrolment.access import cookie_for  # noqa: E402
from sabaq.enrolment.models import AccessLink  # noqa: E402
from sabaq.kernel import clock  # noqa: E402
from sabaq.ops.demo.courses import NOW  # noqa: E402
from sabaq.ops.demo.today import TAUGHT_NOW  # noqa: E402
from sabaq.people.enums import Role  # noqa: E402
from sabaq.people.models import Account  # noqa: E402
from tests.figures.limits import OFFICE_PAGE, OTHER_PARTICIPANT_PAGE, TODAY  # noqa: E402

OFFICE = ("", "nominations/", "participants/", "outbox/", "report/", "certificates/", "trail/")


def main() -> None:
    links = AccessLink.objects.filter(
        enrolment__edition__slug=NOW.slug, enrolment__profile_confirmed_at__isnull=False
    )
    link = links.select_related("enrolment__edition").order_by("id")[0]
    assert link.enrolment is not None
    session = link.enrolment.edition.sessions.get(key=TAUGHT_NOW)
    participant, organiser = (
        Client(headers={"host": "localhost"}),
        Client(headers={"host": "localhost"}),
    )
    participant.cookies["sabaq_p"] = cookie_for(link, at=clock.now())
    organiser.force_login(
        Account.objects.get(appointments__edition__slug=NOW.slug, appointments__role=Role.ORGANISER)
    )
    own = ["/me/", f"/lesson/{session.topic}/", f"/slides/{session.topic}/", "/test/knowledge/"]
    own += ["/survey/opening/", "/certificate/", "/privacy/"]
    room = count(participant, f"/class/{session.uuid}/")
    print(
        json.dumps(
            {
                "/today/": (count(participant, "/today/"), TODAY),
                **{path: (count(participant, path), OTHER_PARTICIPANT_PAGE) for path in own},
                "/class/…/": (room, OTHER_PARTICIPANT_PAGE),
                **{
                    f"/office/…/{page}": (
                        count(organiser, f"/office/{NOW.slug}/{page}"),
                        OFFICE_PAGE,
                    )
                    for page in OFFICE
                },
            }
        )
    )


def count(client: Client, path: str) -> int:
    client.get(path)
    with CaptureQueriesContext(connection) as asked:
        answer = client.get(path)
    assert answer.status_code == 200, (path, answer.status_code)
    return len(asked)


if __name__ == "__main__":
    main()
