"""The two worlds that the walks of this folder go through: made once a module, and as new for every test."""

from collections.abc import Iterator
from copy import deepcopy

import pytest
from django.db import transaction
from pytest_django.plugin import DjangoDbBlocker

from sabaq.kernel import clock
from tests.doors.world import World, two_worlds
from tests.factories import NOW


@pytest.fixture(scope="module")
def worlds(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[World]:
    """Give the two worlds in a transaction that holds the module's tests, and is undone after them."""
    with django_db_blocker.unblock(), clock.frozen(NOW), transaction.atomic():
        yield two_worlds()
        transaction.set_rollback(True)


@pytest.fixture
def here(worlds: World, db: None) -> World:
    """Give the first of two worlds; what a test does to it no other test sees."""
    return deepcopy(worlds)
