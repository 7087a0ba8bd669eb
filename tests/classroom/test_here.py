"""Who of the enrolled is here, was here, and has not come."""

from datetime import timedelta

import pytest

from sabaq.classroom.queries.here import expected_in
from sabaq.classroom.services.presence import note_presence
from sabaq.enrolment.enums import EnrolmentState
from tests.factories import NOW, EnrolmentFactory, SessionFactory

pytestmark = pytest.mark.django_db


def test_the_expected_are_here_or_were_here_or_have_not_come(django_assert_num_queries):
    session = SessionFactory()
    here, gone, absent = EnrolmentFactory.create_batch(3, edition=session.edition)
    EnrolmentFactory(edition=session.edition, state=EnrolmentState.WITHDRAWN)
    EnrolmentFactory()
    note_presence(session.pk, {gone.pk}, at=NOW - timedelta(minutes=2))
    note_presence(session.pk, {here.pk}, at=NOW)

    with django_assert_num_queries(1):
        rows = {one.pk: (one.is_here, one.was_here) for one in expected_in(session, at=NOW)}

    assert rows == {here.pk: (True, True), gone.pk: (False, True), absent.pk: (False, False)}
