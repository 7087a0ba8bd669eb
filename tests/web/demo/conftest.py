from collections.abc import Iterator

import pytest
from django.conf import settings
from django.test import Client, override_settings

BEFORE, AFTER = "sabaq.web.demo.phone.SecondScreen", "sabaq.web.demo.bar.DemoBar"


@pytest.fixture
def in_a_demo() -> Iterator[None]:
    """Put together what `sabaq.config.settings` puts together in a demo."""
    with override_settings(
        ROOT_URLCONF="sabaq.config.urls_demo",
        MIDDLEWARE=[BEFORE, *settings.MIDDLEWARE, AFTER],
    ):
        yield


@pytest.fixture
def newcomer(in_a_demo: None) -> Client:
    """Give a browser that sends the tokens of forms, as a real one does, or is refused."""
    return Client(enforce_csrf_checks=True)
