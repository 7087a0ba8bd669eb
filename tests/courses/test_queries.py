from datetime import date

import pytest

from sabaq.courses.models import Edition
from sabaq.courses.queries import by_nearness
from tests.factories import NOW, EditionFactory

pytestmark = pytest.mark.django_db


def test_editions_come_in_the_order_in_which_the_office_needs_them(django_assert_num_queries):
    today = NOW.date()
    for slug, begins, ends in [
        ("last-year", -400, -399),
        ("last-month", -30, -29),
        ("in-a-year", 365, 366),
        ("in-spring", 90, 91),
        ("today", 0, 1),
        ("since-yesterday", -1, 0),
    ]:
        EditionFactory(
            slug=slug,
            starts_on=date.fromordinal(today.toordinal() + begins),
            ends_on=date.fromordinal(today.toordinal() + ends),
        )

    with django_assert_num_queries(1):
        listed = by_nearness(Edition.objects.all(), at=NOW)

    assert [edition.slug for edition in listed] == [
        "since-yesterday",
        "today",
        "in-spring",
        "in-a-year",
        "last-month",
        "last-year",
    ]
