"""Loading a whole edition from its file: programme tree, agencies, staff, timetable and call, all or nothing."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from sabaq.courses.editions.changes import Changes
from sabaq.courses.editions.checks import check, check_tests, check_topics
from sabaq.courses.editions.parsing import Draft, read_draft, whole
from sabaq.courses.editions.plan import EditionPlan
from sabaq.courses.editions.problems import EditionFileRefused, Problem
from sabaq.courses.models import CourseVersion, Edition
from sabaq.courses.services.editions import Ground, save_edition
from sabaq.enrolment.enums import EnrolmentState, NominationState
from sabaq.enrolment.models import Call, Enrolment, Nomination
from sabaq.kernel.audit import Signatory
from sabaq.kernel.rows import put, recorded
from sabaq.people.models import Account, Agency
from sabaq.people.services import account_of, save_agency
from sabaq.programmes.models import Donor, Programme, Project
from sabaq.programmes.services import save_donor, save_programme, save_project

# Gives the course version of a pack and a version name, imported if need be, or None.
FindVersion = Callable[[str, str], CourseVersion | None]
# Gives the tests of a course version, and of each whether it has two forms.
TestsOf = Callable[[CourseVersion], dict[str, bool]]
# Gives the topic keys of a course version.
TopicsOf = Callable[[CourseVersion], list[str]]


@dataclass(frozen=True)
class Loaded:
    """An edition after its file was loaded, and what that changed."""

    edition: Edition
    changes: Changes


@transaction.atomic
def load_edition(
    text: str,
    *,
    find_version: FindVersion,
    topics_of: TopicsOf,
    tests_of: TestsOf,
    by: Signatory | None,
    at: datetime,
) -> Loaded:
    """Load the edition that `text` describes; loading it twice changes nothing.

    Raises `EditionFileRefused` with every problem of the file, and then nothing at all is kept, a pack
    imported on the way included. Enrolments are never removed.
    """
    draft = read_draft(text, interface=[code for code, _name in settings.LANGUAGES])
    check(draft)
    version = _version(draft, find_version)
    if version is not None:
        check_topics(draft, topics_of(version))
        check_tests(draft, tests_of(version))
    plan = whole(draft)
    if version is None:
        raise AssertionError("a version that is missing is a problem")
    changes = Changes()
    ground = _lay_ground(plan, version, changes, by=by, at=at)
    edition = save_edition(plan, ground, changes, by=by, at=at)
    _refuse_to_unseat(plan, edition)
    _save_call(plan, edition, changes, by=by, at=at)
    return Loaded(edition, changes)


def _version(draft: Draft, find_version: FindVersion) -> CourseVersion | None:
    if draft.head is None:
        return None
    version = find_version(draft.head.pack, draft.head.version)
    if version is None:
        draft.problems.add(
            ("edition", "version"),
            _(
                "Version “%(version)s” of the pack “%(pack)s” is neither imported nor in the packs folder."
            ),
            version=draft.head.version,
            pack=draft.head.pack,
        )
    return version


def _lay_ground(
    plan: EditionPlan,
    version: CourseVersion,
    changes: Changes,
    *,
    by: Signatory | None,
    at: datetime,
) -> Ground:
    agencies: dict[str, Agency] = {}
    accounts: dict[str, Account] = {}
    projects = _grow_tree(plan, changes, by=by, at=at)
    for row in plan.agencies:
        agency = save_agency(
            row.key, name=row.name, country=row.country, kind=row.kind, by=by, at=at
        )
        changes.note_put(agency, row.key)
        agencies[row.key] = agency.row
    for staff in plan.staff:
        account = account_of(staff.key, name=staff.name, language=staff.language, by=by, at=at)
        changes.note_put(account, staff.key)
        accounts[staff.key] = account.row
    return Ground(version, projects, agencies, accounts)


def _grow_tree(
    plan: EditionPlan, changes: Changes, *, by: Signatory | None, at: datetime
) -> dict[str, Project]:
    donors: dict[str, Donor] = {}
    programmes: dict[str, Programme] = {}
    projects: dict[str, Project] = {}
    for row in plan.donors:
        donor = save_donor(row.key, name=row.name, by=by, at=at)
        changes.note_put(donor, row.key)
        donors[row.key] = donor.row
    waiting = list(plan.programmes)
    while waiting:  # a parent may stand below its sub-programmes in the file; there are no circles
        node = next(one for one in waiting if not one.parent or one.parent in programmes)
        waiting.remove(node)
        parent = programmes.get(node.parent)
        programme = save_programme(node.key, name=node.name, parent=parent, by=by, at=at)
        changes.note_put(programme, node.key)
        programmes[node.key] = programme.row
    for leaf in plan.projects:
        project = save_project(
            leaf.key,
            name=leaf.name,
            programme=programmes[leaf.programme],
            donor=donors[leaf.donor],
            by=by,
            at=at,
        )
        changes.note_put(project, leaf.key)
        projects[leaf.key] = project.row
    return projects


def _refuse_to_unseat(plan: EditionPlan, edition: Edition) -> None:
    """Raise where fewer seats are planned than are taken, or a country goes that has nominated."""
    problems = []
    taken = Enrolment.objects.filter(edition=edition, state=EnrolmentState.ACTIVE).count()
    if taken > plan.head.seats + plan.head.overbooking:
        path: tuple[str | int, ...] = ("edition", "seats")
        message = _("%(taken)s seats are taken already: the edition cannot have fewer.")
        problems.append(Problem(path, plan.lines.of(path), message, {"taken": taken}))
    gone = (
        Nomination.objects.filter(edition=edition)
        .exclude(state=NominationState.WITHDRAWN)
        .exclude(agency__country__in=[row.key for row in plan.countries])
        .order_by()
        .values_list("agency__country", flat=True)
        .distinct()
    )
    for country in sorted(gone):
        message = _("“%(country)s” has nominated officers: keep it, with 0 seats if need be.")
        problems.append(
            Problem(("countries",), plan.lines.of(("countries",)), message, {"country": country})
        )
    if problems:
        raise EditionFileRefused(problems)


def _save_call(
    plan: EditionPlan, edition: Edition, changes: Changes, *, by: Signatory | None, at: datetime
) -> None:
    values = {
        "opens_at": plan.call.opens_at,
        "closes_at": plan.call.closes_at,
        "text": plan.call.text,
    }
    call = recorded(put(Call.objects.all(), {"edition": edition}, values), by=by, at=at)
    changes.note_put(call, edition.slug)
