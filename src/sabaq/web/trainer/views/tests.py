"""What the group knows, for those who teach it: by objective, in whole tens, never a person."""

from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from sabaq.assessment.enums import Phase
from sabaq.assessment.queries.group import Group, group_of
from sabaq.assessment.rules import GROUP_STEP
from sabaq.courses.packs import Test
from sabaq.courses.queries import LEADING_ROLES, editions_for, pack_of
from sabaq.people.enums import Role
from sabaq.web.requests import Request, found, staff_only


@dataclass(frozen=True)
class Sheet:
    """One test with its group before the course and after it, and the objectives with both side by side."""

    test: Test
    before: Group
    after: Group

    @property
    def rows(self) -> list[tuple[object, object, object]]:
        pairs = zip(self.before.lines, self.after.lines, strict=True)
        return [(one.objective, one.share, other.share) for one, other in pairs]


@staff_only
@require_safe
def tests(request: Request, slug: str) -> HttpResponse:
    """Show each test's group by objective, before the course and after it."""
    doors = editions_for(request.actor, *LEADING_ROLES, Role.EVALUATOR)
    edition = found(doors.select_related("version"), slug=slug)
    sheets = [
        Sheet(test, *(group_of(edition, test.key, phase) for phase in Phase))
        for test in pack_of(edition.version).tests.values()
    ]
    return render(
        request,
        "trainer/tests.html",
        {"edition": edition, "sheets": sheets, "step": GROUP_STEP},
    )
