"""What the figures of a report cost in processor time, in a database made for it and thrown away.

Run as `python -m tests.figures.many_editions` with DATA_DIR an empty folder. Prints JSON: line, seconds, reach.
"""

import json
import os
import time
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sabaq.config.settings")

import django

django.setup()

from django.core.management import call_command  # noqa: E402

from sabaq.adapters.docx.writer import WordWriter  # noqa: E402
from sabaq.adapters.pdf.printer import TypstPrinter  # noqa: E402
from sabaq.classroom.enums import ClassState  # noqa: E402
from sabaq.classroom.models import LiveClass, Presence  # noqa: E402
from sabaq.courses.enums import SessionKind  # noqa: E402
from sabaq.courses.models import Course, CourseVersion, Edition, Session  # noqa: E402
from sabaq.credentials.models import Certificate  # noqa: E402
from sabaq.enrolment.enums import NominationState  # noqa: E402
from sabaq.enrolment.models import Enrolment, Nomination  # noqa: E402
from sabaq.ops import garbage  # noqa: E402
from sabaq.people.enums import AgencyKind, Country, RankBand, Sex  # noqa: E402
from sabaq.people.models import Agency, Person  # noqa: E402
from sabaq.programmes.models import Donor, Programme, Project  # noqa: E402
from sabaq.reporting.reports import Report, edition_report, report_over  # noqa: E402
from sabaq.reporting.sheets import report_sheet  # noqa: E402
from sabaq.reporting.workbook import workbook  # noqa: E402

NOW = datetime(2027, 2, 4, 4, 0, tzinfo=UTC)
PROGRAMME, OFFICERS, SINGLE = 200, 60, 64
# Two days of two sessions each; every third officer lost the line once in each.
SESSIONS = [timedelta(days=day, hours=hour) for day in (0, 1) for hour in (0, 3)]
LENGTH = timedelta(hours=2)


def main() -> None:
    call_command("migrate", verbosity=0)
    projects = make_projects()
    make_editions(PROGRAMME, OFFICERS, projects)
    make_editions(1, SINGLE, projects[:2])
    everything = list(Edition.objects.order_by("pk"))
    programme, single = everything[:-1], everything[-1]
    edition_report(single, at=NOW)
    # As in the web server, where reports are made: Python looks for garbage less often there.
    garbage.settle()
    print(
        json.dumps(
            [
                *costs_of_one(single),
                (
                    f"figures of {PROGRAMME} editions x {OFFICERS}",
                    cpu_of(lambda: report_over(programme, at=NOW)),
                    "<= 3",
                ),
            ]
        )
    )


def costs_of_one(edition: Edition) -> list[tuple[str, float, str]]:
    """Measure the figures, and figures and paper together, the second time each: a server does it often."""

    def made() -> Report:
        return edition_report(edition, at=NOW)

    def printed() -> bytes:
        return TypstPrinter().report(report_sheet(made(), language="en"))

    def written() -> bytes:
        return WordWriter().report(report_sheet(made(), language="en"))

    acts = {
        "figures": made,
        "XLSX": lambda: workbook(made(), language="en"),
        "PDF with its charts": printed,
        "DOCX with its charts": written,
    }
    for act in acts.values():
        act()
    return [(f"report of {SINGLE}: {what}", cpu_of(act), "<= 0.5") for what, act in acts.items()]


def cpu_of(act: Callable[[], object]) -> float:
    before = time.process_time()
    act()
    return time.process_time() - before


def make_projects() -> list[Project]:
    donor = Donor.objects.create(key="donor", name="Donor")
    top = Programme.objects.create(key="top", name="Programme")
    return [
        Project.objects.create(code=f"p{n}", name=f"Project {n}", programme=top, donor=donor)
        for n in range(8)
    ]


def make_editions(count: int, officers: int, projects: list[Project]) -> None:
    """Make editions, each with its nominations, seats, presence and certificates, by bulk."""
    serial = Edition.objects.count()
    course, _ = Course.objects.get_or_create(slug="course")
    version, _ = CourseVersion.objects.get_or_create(
        course=course, version="1", defaults={"digest": "0" * 64, "imported_at": NOW}
    )
    editions = Edition.objects.bulk_create(
        Edition(
            slug=f"edition-{serial + n}", version=version, title="T", zone="Asia/Tashkent",
            starts_on=date(2027, 2, 4), ends_on=date(2027, 2, 5), seats=64, hours=8,
            contact_name="N", contact_function="F", contact_office="O", notice="N",
            contact_email="course@office.example", attendance_minutes=120,
        )
        for n in range(count)
    )  # fmt: skip
    through = Edition.projects.through
    through.objects.bulk_create(
        through(edition=edition, project=project)
        for n, edition in enumerate(editions)
        for project in {projects[n % len(projects)], projects[n // 3 % len(projects)]}
    )
    sessions = Session.objects.bulk_create(
        Session(
            edition=edition, key=f"s{n}", kind=SessionKind.TEACHING, title="S",
            starts_at=NOW + after, ends_at=NOW + after + LENGTH,
        )
        for edition in editions
        for n, after in enumerate(SESSIONS)
    )  # fmt: skip
    LiveClass.objects.bulk_create(
        LiveClass(
            session=session, state=ClassState.ENDED, started_at=session.starts_at,
            ended_at=session.ends_at,
        )
        for session in sessions
    )  # fmt: skip
    fill(editions, sessions, officers)


def fill(editions: list[Edition], sessions: list[Session], officers: int) -> None:
    serial = Person.objects.count()
    agencies = agencies_of_all()
    people = Person.objects.bulk_create(
        Person(
            native_name=f"N {serial + n}", name_key=f"n {serial + n}", agency=agencies[n % 35],
            sex=(Sex.MALE, Sex.FEMALE, Sex.FEMALE, Sex.MALE, Sex.UNDISCLOSED)[n % 13 % 5],
            country=agencies[n % 35].country, rank_band=RankBand.values[n % 7 % 4],
        )
        for n in range(len(editions) * officers)
    )  # fmt: skip
    edition_of = [edition for edition in editions for _ in range(officers)]
    nominations = Nomination.objects.bulk_create(
        Nomination(
            edition=edition, nominee=person, agency=person.agency, name_key=person.name_key,
            state=NominationState.CONFIRMED, nominated_at=NOW, decided_at=NOW,
        )
        for edition, person in zip(edition_of, people, strict=True)
    )  # fmt: skip
    enrolments = Enrolment.objects.bulk_create(
        Enrolment(
            edition=nomination.edition, person=nomination.nominee, nomination=nomination,
            enrolled_at=NOW, profile_confirmed_at=NOW,
        )
        for nomination in nominations
    )  # fmt: skip
    of_edition: dict[int, list[Session]] = {}
    for session in sessions:
        of_edition.setdefault(session.edition_id, []).append(session)
    Presence.objects.bulk_create(
        Presence(session=session, enrolment=enrolment, from_at=start, until_at=end)
        for n, enrolment in enumerate(enrolments)
        for session in of_edition[enrolment.edition_id]
        for start, end in stretches(session, n)
    )
    Certificate.objects.bulk_create(
        Certificate(enrolment=one, number=f"C-{one.pk}", native_name="N", latin_name="N", issued_at=NOW, printed={})
        for one in enrolments
        if one.pk % 5
    )  # fmt: skip


def stretches(session: Session, n: int) -> list[tuple[datetime, datetime]]:
    """Give when somebody was there: one stretch, or two with a gap; every eleventh came to no class."""
    if n % 11 == 0:
        return []
    if n % 3:
        return [(session.starts_at, session.ends_at)]
    middle = session.starts_at + LENGTH / 2
    return [(session.starts_at, middle - timedelta(minutes=3)), (middle, session.ends_at)]


def agencies_of_all() -> list[Agency]:
    if not Agency.objects.exists():
        Agency.objects.bulk_create(
            Agency(key=f"{country}-{kind}".lower(), name="A", country=country, kind=kind)
            for country in Country.values
            for kind in AgencyKind.values
        )
    return list(Agency.objects.order_by("pk"))


if __name__ == "__main__":
    main()
