"""Times the results of a test of 64 participants. Run as `python -m tests.figures.time_results` in the demo's environment.

Prints JSON: what -> milliseconds of processor time of this process. What it stores it takes back.
"""

import json
import os
import random
import time
from datetime import timedelta

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sabaq.config.settings")

import django

django.setup()

from django.db import transaction  # noqa: E402

from sabaq.assessment.enums import Phase  # noqa: E402
from sabaq.assessment.models import Answer, Attempt  # noqa: E402
from sabaq.assessment.queries.results import test_results  # noqa: E402
from sabaq.courses.models import Edition  # noqa: E402
from sabaq.courses.queries import pack_of  # noqa: E402
from sabaq.kernel import clock  # noqa: E402
from sabaq.ops.demo.courses import NOW  # noqa: E402
from tests.factories import EditionFactory, EnrolmentFactory  # noqa: E402

PARTICIPANTS, ROUNDS = 64, 10


def main() -> None:
    with transaction.atomic():
        edition, test = seeded()
        at = clock.now()
        first = milliseconds(lambda: test_results(edition, test, at=at))
        found = test_results(edition, test, at=at)
        assert found.is_shown
        again = milliseconds(lambda: [test_results(edition, test, at=at) for _ in range(ROUNDS)])
        transaction.set_rollback(True)
    items = sum(len(form.items) for form in found.forms)
    of = f"results of {found.matched} with {items} items"
    print(
        json.dumps({f"{of}, the first, with loading SciPy": first, f"{of}, again": again / ROUNDS})
    )


def seeded() -> tuple[Edition, str]:
    """Give an edition of the demo's course whose test is closed, and sat twice by everybody."""
    version = Edition.objects.select_related("version").get(slug=NOW.slug).version
    test = next(iter(pack_of(version).tests.values()))
    now = clock.now()
    closed = {
        "opens_at": (now - timedelta(days=3)).isoformat(),
        "closes_at": (now - timedelta(days=2)).isoformat(),
    }
    stated = {"key": test.key, "forms": False, "before": {}, "after": closed}
    edition = EditionFactory(version=version, tests=[stated])
    chance = random.Random(64)
    for _ in range(PARTICIPANTS):
        enrolment = EnrolmentFactory(edition=edition)
        for phase, knows in ((Phase.BEFORE, 0.5), (Phase.AFTER, 0.7)):
            given = {
                item.key: item.correct
                if chance.random() < knows
                else chance.choice(item.options).key
                for item in test.items
            }
            attempt = Attempt.objects.create(
                enrolment=enrolment,
                version=version,
                test=test.key,
                phase=phase,
                seed=1,
                begun_at=now,
                handed_in_at=now,
                correct=sum(given[item.key] == item.correct for item in test.items),
                total=len(test.items),
            )
            Answer.objects.bulk_create(
                Answer(attempt=attempt, item=item, option=option, answered_at=now)
                for item, option in given.items()
            )
    return edition, test.key


def milliseconds(act: object) -> float:
    before = time.process_time()
    act()  # type: ignore[operator]
    return (time.process_time() - before) * 1000


if __name__ == "__main__":
    main()
