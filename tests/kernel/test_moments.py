from datetime import UTC, datetime, timedelta

import pytest

from sabaq.classroom.models import Presence
from sabaq.kernel.moments import as_moment, moments
from tests.factories import EnrolmentFactory, SessionFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("microsecond", [0, 1, 120_000])
def test_a_moment_read_in_bulk_is_the_one_that_was_kept(microsecond):
    at = datetime(2027, 2, 4, 23, 59, 59, microsecond, tzinfo=UTC)
    enrolment = EnrolmentFactory()
    session = SessionFactory(edition=enrolment.edition)
    Presence.objects.create(
        session=session, enrolment=enrolment, from_at=at, until_at=at + timedelta(hours=2)
    )

    [(first, last)] = Presence.objects.values_list(*moments("from_at", "until_at"))

    assert (as_moment(first), as_moment(last)) == (at, at + timedelta(hours=2))
    assert as_moment(first).utcoffset() == timedelta(0)
