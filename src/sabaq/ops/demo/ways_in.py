"""By which links the demo's bots come in: their process knows nothing of the database."""

import json
from pathlib import Path

from django.urls import reverse

from sabaq.enrolment.links import link_token
from sabaq.enrolment.models import AccessLink
from sabaq.ops.demo.courses import NOW
from sabaq.people.enums import Language

# What they write in; who reads another language writes Russian.
WRITTEN = {Language.ENGLISH, Language.RUSSIAN, Language.UZBEK}


def write_ways_in(file: Path) -> None:
    """Write the links of those who have opened theirs, without those kept for whoever tries the demo."""
    links = AccessLink.objects.filter(
        enrolment__edition=NOW.edition,
        enrolment__profile_confirmed_at__isnull=False,
        revoked_at__isnull=True,
    )
    kept: set[str] = set()
    ways_in = []
    for link in links.select_related("enrolment__person").order_by("id"):
        assert link.enrolment is not None  # noqa: S101 - asked for above
        language = link.enrolment.person.language
        if language not in kept:
            # The demo bar makes a newcomer the first who reads her language: no bot acts for her.
            kept.add(language)
            continue
        writes = language if language in WRITTEN else Language.RUSSIAN
        path = reverse("public:link", args=[link_token(link.uuid)])
        ways_in.append({"link": path, "language": writes})
    file.touch(mode=0o600)
    file.write_text(json.dumps(ways_in), "utf-8")
