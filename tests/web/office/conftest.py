import pytest
from django.test import Client

from sabaq.courses.models import Edition
from sabaq.people.enums import Role
from sabaq.people.models import Agency
from tests.factories import AgencyFactory, CallFactory
from tests.web.office.staff import signed_in


@pytest.fixture
def edition(db: None) -> Edition:
    return CallFactory().edition


@pytest.fixture
def agency(db: None) -> Agency:
    return AgencyFactory()


@pytest.fixture
def organiser(edition: Edition) -> Client:
    return signed_in(edition, Role.ORGANISER)


@pytest.fixture
def focal_point(edition: Edition, agency: Agency) -> Client:
    return signed_in(edition, Role.FOCAL_POINT, agency=agency)
