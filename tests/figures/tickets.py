"""Gives a ticket to `/live/` for each participant of the demo's class, as her class page holds it; good for ten minutes.

Run as `python -m tests.figures.tickets` in the demo's environment; prints them as JSON.
"""

import json
import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sabaq.config.settings")

import django

django.setup()

from sabaq.courses.models import Session  # noqa: E402
from sabaq.enrolment.models import Enrolment  # noqa: E402
from sabaq.kernel import clock  # noqa: E402
from sabaq.ops.demo.courses import NOW  # noqa: E402
from sabaq.ops.demo.today import TAUGHT_NOW  # noqa: E402
from sabaq.web.live.tickets import Ticket, write_ticket  # noqa: E402


def main() -> None:
    session = Session.objects.get(edition__slug=NOW.slug, key=TAUGHT_NOW)
    ids = Enrolment.objects.filter(edition=session.edition_id).values_list("id", flat=True)
    tickets = [Ticket(session.pk, session.uuid, enrolment_id=pk) for pk in ids]
    print(json.dumps([write_ticket(one, at=clock.now()) for one in tickets]))


if __name__ == "__main__":
    main()
