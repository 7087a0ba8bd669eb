"""Browsers in which somebody has just signed in."""

from django.test import Client

from sabaq.courses.models import Edition
from sabaq.enrolment.access import cookie_for
from sabaq.enrolment.models import Enrolment
from sabaq.people.enums import Role
from tests.factories import NOW, AccessLinkFactory, AppointmentFactory


def participant_browser(enrolment: Enrolment, **options: object) -> Client:
    """Give a browser signed in by a personal link at `NOW`."""
    link = enrolment.links.filter(revoked_at=None).first() or AccessLinkFactory(enrolment=enrolment)
    client = Client(**options)
    client.cookies["sabaq_p"] = cookie_for(link, at=NOW)
    return client


def staff_browser(edition: Edition, role: Role) -> Client:
    """Give a browser in which a member of staff of `edition` is signed in."""
    client = Client()
    client.force_login(AppointmentFactory(edition=edition, role=role).account)
    return client
