"""Staff at the door, signed in, and what they do there."""

from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from sabaq.courses.models import Edition
from sabaq.enrolment.models import Enrolment
from sabaq.enrolment.services.decisions import confirm_nominations
from sabaq.people.enums import Role
from tests.factories import (
    NOW,
    AccountFactory,
    AppointmentFactory,
    NominationFactory,
    PersonFactory,
)


def signed_in(edition: Edition, role: Role, **reach: object) -> Client:
    """Give a browser of somebody who holds `role` in this edition."""
    account = AccountFactory()
    AppointmentFactory(edition=edition, account=account, role=role, **reach)
    client = Client(headers={"accept-language": "en"})
    client.force_login(account)
    return client


def page(client: Client, name: str, edition: Edition, /, *args: object, **query: object) -> str:
    """Open one of the office's pages and give its HTML."""
    response = client.get(reverse(f"office:{name}", args=[edition.slug, *args]), query)
    assert response.status_code == 200
    return response.content.decode()


def post(
    client: Client, name: str, edition: Edition, /, *args: object, **data: object
) -> HttpResponse:
    """Send a form of the office and follow where it leads."""
    url = reverse(f"office:{name}", args=[edition.slug, *args])
    return client.post(url, data, follow=True)


def confirmed(edition: Edition, **person: object) -> Enrolment:
    """Give somebody a seat, with link and letter, as a confirmation does."""
    nomination = NominationFactory(edition=edition, nominee=PersonFactory(**person))
    [enrolment] = confirm_nominations([nomination], by=None, at=NOW)
    return enrolment
