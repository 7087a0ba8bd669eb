"""Latecomers, guests and trial runs against every query that counts."""

from datetime import timedelta

import pytest

from sabaq.classroom.models import Presence
from sabaq.classroom.queries.attendance import attended_minutes, attendees_visible_to
from sabaq.classroom.queries.here import expected_in, guests_here, present_ids
from sabaq.classroom.services.presence import note_guests, note_presence
from sabaq.classroom.services.running import begin_class, end_class
from sabaq.courses.enums import SessionKind
from sabaq.courses.queries import course_days
from sabaq.credentials.enums import CertificateKind
from sabaq.credentials.queries import claims_of
from sabaq.enrolment.access import actor_of_link, open_link
from sabaq.enrolment.enums import EnrolmentState
from sabaq.enrolment.errors import SessionIsOver
from sabaq.enrolment.links import link_token
from sabaq.enrolment.queries import seating_of
from sabaq.enrolment.rules import Officer
from sabaq.enrolment.services import (
    admit_provisionally,
    confirm_latecomers,
    issue_guest_link,
    reissue_guest_link,
    revoke_link,
)
from sabaq.feedback.errors import SeatNotConfirmed
from sabaq.feedback.queries import survey_response
from sabaq.feedback.services import answer_survey
from sabaq.people.enums import Role
from sabaq.reporting.queries import heads_of
from tests.enrolment.actors import organiser_of
from tests.factories import (
    NOW,
    AgencyFactory,
    ContributorFactory,
    EditionFactory,
    EnrolmentFactory,
    SessionFactory,
)

pytestmark = pytest.mark.django_db
MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)


@pytest.fixture
def edition():
    return EditionFactory(attendance_minutes=30)


def held(edition, enrolments, kind=SessionKind.TEACHING):
    """Hold a class of forty minutes in which these participants are all the time."""
    session, by = SessionFactory(edition=edition, kind=kind, topic=""), organiser_of(edition)
    begin_class(session, None, by=by, at=NOW)
    ids = {one.pk for one in enrolments}
    for half_minute in range(81):
        note_presence(session.pk, ids, at=NOW + half_minute * MINUTE / 2)
    end_class(session, by=by, at=NOW + 40 * MINUTE)
    return session


def latecomer(edition):
    by = organiser_of(edition)
    return admit_provisionally(edition, AgencyFactory(), Officer("Гүл Үлгі"), by=by, at=NOW)


def counted(edition):
    """Give who is counted, by every query that counts somebody."""
    after = NOW + 50 * MINUTE
    return {
        "seats": seating_of(edition).taken,
        "heads": len(heads_of([edition])),
        "register": attendees_visible_to(organiser_of(edition), edition).count(),
        "claims": [claim.earned for claim in claims_of(edition, at=after)],
        "survey": survey_response(edition, "closing").asked,
    }


def test_a_latecomer_is_counted_nowhere_until_she_is_confirmed_and_then_with_all_she_attended(
    edition,
):
    her = latecomer(edition).enrolment
    held(edition, [her])
    before = counted(edition)

    confirm_latecomers([her], by=organiser_of(edition), at=NOW + 50 * MINUTE)

    assert before == {"seats": 0, "heads": 0, "register": 0, "claims": [], "survey": 0}
    assert counted(edition) == {
        "seats": 1,
        "heads": 1,
        "register": 1,
        "claims": [CertificateKind.PARTICIPATION],
        "survey": 1,
    }
    [head] = heads_of([edition])
    assert (head.nominated, head.confirmed, len(head.held), len(head.days)) == (True, True, 1, 1)


def test_a_latecomer_is_expected_in_class_and_answers_no_survey_yet(edition):
    her = latecomer(edition).enrolment

    assert list(expected_in(SessionFactory(edition=edition), at=NOW)) == [her]
    with pytest.raises(SeatNotConfirmed):
        answer_survey(her, "closing", {}, by=None)


def test_a_trial_run_is_held_before_the_first_day_and_counts_nowhere(edition):
    enrolment = EnrolmentFactory(edition=edition)
    trial = held(edition, [enrolment], SessionKind.TRIAL)

    assert Presence.objects.filter(session=trial).exists()
    assert attended_minutes(edition) == {}
    assert course_days(edition) == []
    assert [claim.minutes for claim in claims_of(edition)] == [()]
    assert [claim.earned for claim in claims_of(edition)] == [None]
    [head] = heads_of([edition])
    assert (head.held, head.days) == ((), frozenset())


def test_a_guest_is_counted_nowhere_and_shown_apart(edition):
    session = SessionFactory(edition=edition)
    guest = ContributorFactory(edition=edition)
    link = issue_guest_link(guest, session, by=organiser_of(edition), at=NOW)
    note_guests({link.pk}, at=NOW)

    assert list(guests_here(session, at=NOW)) == [guest]
    assert list(guests_here(session, at=NOW + 2 * MINUTE)) == []
    assert len(present_ids(session, at=NOW)) == 0
    assert list(expected_in(session, at=NOW)) == []
    assert attended_minutes(edition) == {}
    assert counted(edition) == {"seats": 0, "heads": 0, "register": 0, "claims": [], "survey": 0}
    actor = actor_of_link(link)
    assert (actor.is_participant, [grant.role for grant in actor.grants]) == (False, [Role.GUEST])


def test_a_guest_sighting_never_touches_a_participants_link(edition):
    her = latecomer(edition)

    note_guests({her.link.pk}, at=NOW)

    her.link.refresh_from_db()
    assert her.link.seen_at is None
    assert her.enrolment.state == EnrolmentState.PROVISIONAL


def test_a_guests_link_dies_a_day_after_the_session_and_at_once_when_it_is_closed(edition):
    session, by = SessionFactory(edition=edition), organiser_of(edition)
    link = issue_guest_link(ContributorFactory(edition=edition), session, by=by, at=NOW)
    token, end = link_token(link.uuid), session.ends_at + DAY

    assert open_link(token, at=end - MINUTE) == link
    assert open_link(token, at=end) is None
    with pytest.raises(SessionIsOver):
        issue_guest_link(link.guest, session, by=by, at=end)
    other = reissue_guest_link(link, by=by, at=NOW)
    assert open_link(token, at=NOW) is None
    revoke_link(other, by=by, at=NOW)
    assert open_link(link_token(other.uuid), at=NOW) is None
