"""Sets a stage in a real server's database: one edition with a class, a trainer and two participants.

Run as `python -m tests.e2e.scene` in the server's environment; prints what a test needs as JSON.
"""

import json
import os
from functools import cache

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sabaq.config.settings")

import django

django.setup()

from django.conf import settings  # noqa: E402
from django.contrib.auth.hashers import make_password  # noqa: E402
from django.utils.timezone import timedelta  # noqa: E402

from sabaq.courses.models import CourseVersion, Edition, Session  # noqa: E402
from sabaq.courses.packs.paths import read_folder  # noqa: E402
from sabaq.courses.services.packs import import_pack  # noqa: E402
from sabaq.enrolment.links import link_token  # noqa: E402
from sabaq.kernel import clock  # noqa: E402
from sabaq.people.enums import Role  # noqa: E402
from tests import factories  # noqa: E402

PASSWORD = "a-long-password-for-tests"
# Whoever comes, and the language of each.
COMERS = {"Anna Ulgi": "en", "Барно Үлгі": "ru", "Clara Ulgi": "en"}


def main() -> None:
    edition, session = course()
    print(
        json.dumps(
            {
                "edition": edition.slug,
                "session": str(session.uuid),
                "trainer": staff_of(edition, Role.TRAINER, Role.ORGANISER),
                "interpreter": staff_of(edition, Role.INTERPRETER),
                "partner": staff_of(edition, Role.INTERPRETER),
                "host": staff_of(edition, Role.HOST),
                "password": PASSWORD,
                "links": [link_of(edition, language, name) for name, language in COMERS.items()],
                "names": list(COMERS),
            }
        )
    )


def course() -> tuple[Edition, Session]:
    """Set up an edition of the bundled course that begins today, and its session of now."""
    at = clock.now()
    _count_on()
    edition = factories.EditionFactory(
        version=CourseVersion.objects.first() or bundled(),
        starts_on=at.date(),
        ends_on=at.date() + timedelta(days=1),
    )
    return edition, factories.SessionFactory(
        edition=edition,
        starts_at=at - timedelta(minutes=5),
        ends_at=at + timedelta(minutes=45),
    )


def bundled() -> CourseVersion:
    """Import the bundled course: seconds, which the scenes in one database spend once."""
    files = read_folder(settings.PACKS_DIR / "gender-human-rights")
    return import_pack(files, by=None, at=clock.now())


def staff_of(edition: Edition, *roles: Role) -> str:
    """Appoint somebody to these roles; give the e-mail address."""
    account = factories.AccountFactory(password=hashed())
    for role in roles:
        factories.AppointmentFactory(edition=edition, account=account, role=role)
    return account.email


@cache
def hashed() -> str:
    """Give the hash of the password that they share; a hash is made to be slow."""
    return make_password(PASSWORD)


def link_of(edition: Edition, language: str, name: str) -> str:
    """Enrol somebody who has been through the first opening; give the path of the personal link."""
    at = clock.now()
    enrolment = factories.EnrolmentFactory(
        edition=edition,
        person=factories.PersonFactory(language=language, native_name=name, display_name=name),
        profile_confirmed_at=at,
        notice_version=edition.notice_version,
        notice_read_at=at,
        photo_agreed=False,
        voice_agreed=False,
        listing_agreed=False,
    )
    link = factories.AccessLinkFactory(
        enrolment=enrolment, created_at=at, expires_at=at + timedelta(days=30)
    )
    return f"/i/{link_token(link.uuid)}/"


def _count_on() -> None:
    """Go on with the factories' numbers where the last scene in this database has ended."""
    number = 100 * Edition.objects.count()
    for made in (factories.EditionFactory, factories.AgencyFactory, factories.AccountFactory):
        made.reset_sequence(number)


if __name__ == "__main__":
    main()
