"""Adds 64 officers to the demo's edition, each with her way in and her test before the course begun.

Run as `python -m tests.figures.load_stage` in the demo's environment; prints their ways in as JSON.
"""

import json
import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sabaq.config.settings")

import django

django.setup()

from django.urls import reverse  # noqa: E402

from sabaq.assessment.enums import Phase  # noqa: E402
from sabaq.assessment.services import begin_attempt  # noqa: E402
from sabaq.courses.models import Edition  # noqa: E402
from sabaq.enrolment.access import actor_of_link  # noqa: E402
from sabaq.enrolment.links import link_token  # noqa: E402
from sabaq.kernel import clock  # noqa: E402
from sabaq.ops.demo.courses import NOW  # noqa: E402
from tests.factories import AccessLinkFactory, EnrolmentFactory  # noqa: E402

OFFICERS = 64


def main() -> None:
    edition = Edition.objects.get(slug=NOW.slug)
    links = []
    for _ in range(OFFICERS):
        enrolment = EnrolmentFactory(edition=edition, notice_version=edition.notice_version)
        link = AccessLinkFactory(enrolment=enrolment, created_at=clock.now())
        begin_attempt(
            enrolment, "knowledge", phase=Phase.BEFORE, by=actor_of_link(link), at=clock.now()
        )
        links.append(reverse("public:link", args=[link_token(link.uuid)]))
    print(json.dumps(links))


if __name__ == "__main__":
    main()
