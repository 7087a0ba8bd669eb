"""Staff at the door, signed in."""

from django.test import Client

from sabaq.courses.models import Edition
from sabaq.people.enums import Role
from tests.factories import AccountFactory, AppointmentFactory


def signed_in(edition: Edition, role: Role, **reach: object) -> Client:
    """Give a browser of somebody who holds `role` in this edition."""
    account = AccountFactory()
    AppointmentFactory(edition=edition, account=account, role=role, **reach)
    client = Client(headers={"accept-language": "en"})
    client.force_login(account)
    return client
