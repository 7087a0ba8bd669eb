"""What a trainer reads of a test: a group by objective, in whole tens, and nobody's name."""

import pytest

from sabaq.assessment.enums import Phase
from sabaq.people.enums import Role
from tests.assessment.sittings import edition_with_a_test, sit
from tests.factories import EnrolmentFactory
from tests.web.office.staff import signed_in

pytestmark = pytest.mark.django_db


def test_a_trainer_reads_the_group_by_objective_and_never_a_person():
    edition = edition_with_a_test()
    trainer = signed_in(edition, Role.TRAINER)
    people = [EnrolmentFactory(edition=edition) for _ in range(10)]
    for one in people[:9]:
        sit(one, Phase.BEFORE, "bba")

    nine = trainer.get(f"/teach/tests/{edition.slug}/").text
    sit(people[9], Phase.BEFORE, "bba")
    ten = trainer.get(f"/teach/tests/{edition.slug}/").text

    assert "Sheets counted: 0 before the course, 0 after it." in nine
    assert "Sheets counted: 10 before the course, 0 after it." in ten
    assert ("65 %" in nine, "65 %" in ten) == (False, True)
    assert "Ask about danger first." in ten
    names = {name for one in people for name in (one.person.native_name, one.person.latin_name)}
    assert [name for name in names if name in ten] == []
