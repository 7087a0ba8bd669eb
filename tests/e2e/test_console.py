"""The console over a reload: nothing that was written or pressed is lost."""

import re

import pytest
from playwright.sync_api import expect

from tests.e2e.test_class import klass as klass

pytestmark = [pytest.mark.e2e, pytest.mark.slow]


def test_a_poll_half_written_and_one_not_yet_sent_survive_a_reload_of_the_console(klass):
    trainer = klass.trainer()
    trainer.locator("#write-poll summary").click()
    trainer.locator("#poll-language").select_option("ru")
    trainer.locator("#poll-question").fill("Что помогает?")
    trainer.locator("#poll-word").check()

    trainer.reload()
    expect(trainer.locator("#poll-question")).to_have_value("Что помогает?")
    expect(trainer.locator("#poll-language")).to_have_value("ru")
    expect(trainer.locator("#poll-word")).to_be_checked()
    trainer.route(re.compile("/polls/write/$"), lambda route: route.abort())
    trainer.locator("#poll-keep").click()
    expect(trainer.locator("#line")).to_contain_text("Not sent")
    trainer.reload()
    trainer.unroute_all()

    expect(trainer.get_by_role("heading", name="Что помогает?")).to_have_count(1)
    expect(trainer.locator("#poll-question")).to_have_value("")
