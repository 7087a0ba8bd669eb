import pytest
from django.test import Client

from sabaq.courses.models import Edition
from sabaq.courses.tree import programme_tree
from tests.factories import (
    AccountFactory,
    AppointmentFactory,
    EditionFactory,
    ProgrammeFactory,
    ProjectFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def edition() -> Edition:
    """An edition in two projects of one sub-programme."""
    region = ProgrammeFactory(key="region")
    sub = ProgrammeFactory(key="sub", parent=region, name={"en": "Sub-programme"})
    edition = EditionFactory(title={"en": "Shared course"})
    edition.projects.add(
        ProjectFactory(code="imt", programme=sub, name={"en": "Mobile teams"}),
        ProjectFactory(code="blo", programme=sub, name={"en": "Liaison offices"}),
    )
    return edition


def test_an_edition_in_two_projects_shows_twice_and_counts_once(edition):
    tree = programme_tree(Edition.objects.all())

    (region,) = tree.programmes
    (sub,) = region.sub_programmes
    assert [(node.project.code, node.editions) for node in sub.projects] == [
        ("blo", [edition]),
        ("imt", [edition]),
    ]
    assert (tree.count, region.count, sub.count) == (1, 1, 1)


def test_branches_without_a_visible_edition_are_left_out_unless_asked_for(edition):
    ProjectFactory(code="other")

    assert [node.programme.key for node in programme_tree(Edition.objects.all()).programmes] == [
        "region"
    ]
    assert len(programme_tree(Edition.objects.all(), whole=True).programmes) == 2


def test_the_tree_takes_the_same_queries_for_more_editions(edition, django_assert_num_queries):
    with django_assert_num_queries(4):
        programme_tree(Edition.objects.all())
    for _ in range(5):
        EditionFactory().projects.add(*edition.projects.all())

    with django_assert_num_queries(4):
        tree = programme_tree(Edition.objects.all())

    assert tree.count == 6


def test_the_page_shows_the_readers_editions_under_their_projects(edition):
    foreign = EditionFactory(title={"en": "A foreign course"})
    foreign.projects.add(ProjectFactory(name={"en": "A foreign project"}))
    account = AccountFactory()
    AppointmentFactory(edition=edition, account=account)
    client = Client()
    client.force_login(account)

    page = client.get("/office/programmes/").content.decode()

    assert page.count(f'href="/office/{edition.slug}/"') == 2
    assert "1 edition in all; an edition in several projects is counted once." in page
    assert "A foreign" not in page
