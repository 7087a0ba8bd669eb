"""Walks the demo's own addresses: every one x every role; an unlisted one fails."""

from dataclasses import replace

import pytest
from django.conf import settings
from django.test import override_settings
from django.urls import get_resolver

from sabaq.people.enums import Role
from tests.doors.live_table import DEMO
from tests.doors.table import ROLES
from tests.doors.test_every_url import asked, check, names_of, outcome, path_to
from tests.factories import AppointmentFactory
from tests.web.demo.conftest import AFTER, BEFORE

URLS = "sabaq.config.urls_demo"


def test_every_url_that_a_demo_adds_has_one_line_in_the_table_and_every_line_a_url():
    sabaq = set(names_of(get_resolver("sabaq.config.urls")))
    demo = set(names_of(get_resolver(URLS)))

    assert sabaq < demo
    assert sorted(row.name for row in DEMO) == sorted(demo - sabaq)


@pytest.fixture
def demo(here):
    """Give the first world as a demo's, with somebody to play the parts that are tried."""
    here.edition.slug = settings.DEMO_EDITION
    here.edition.save(update_fields=["slug"])
    AppointmentFactory(edition=here.edition, role=Role.TRAINER)
    with override_settings(ROOT_URLCONF=URLS, MIDDLEWARE=[BEFORE, *settings.MIDDLEWARE, AFTER]):
        yield here


@pytest.mark.parametrize("row", DEMO, ids=lambda row: row.name)
def test_in_a_demo_its_addresses_are_open_to_every_role(demo, row):
    wrong = []
    for role in ROLES:
        wrong += check(row, demo.client(role), role, path_to(row, demo), is_insider=True)

    assert wrong == []


def test_nobody_becomes_a_participant_of_an_edition_that_is_not_the_demos(demo):
    [row] = [row for row in DEMO if row.name == "demo:be"]

    for role in ROLES:
        client = demo.client(role)
        for world, expected in ((demo.other, "404"), (demo, "302")):
            somebody = replace(row, data={"who": str(world.enrolment.uuid)})
            response = asked(client, somebody, "POST", path_to(row, demo))
            assert (role, outcome(response)) == (role, expected)
