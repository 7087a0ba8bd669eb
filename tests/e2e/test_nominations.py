"""Two organisers decide about one edition, each in her own browser."""

from typing import TYPE_CHECKING

import pytest
from django.test import Client

from sabaq.people.enums import Country, Role
from tests.factories import (
    AgencyFactory,
    AppointmentFactory,
    CountrySeatsFactory,
    EditionFactory,
    NominationFactory,
    PersonFactory,
)

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]
HALF_A_MINUTE = 30_000


@pytest.fixture
def nominated(transactional_db: None):
    edition = EditionFactory(seats=10)
    CountrySeatsFactory(edition=edition, country=Country.KAZAKHSTAN, seats=5)
    agency = AgencyFactory(country=Country.KAZAKHSTAN)
    for sex in ("female", "male"):
        NominationFactory(edition=edition, nominee=PersonFactory(agency=agency, sex=sex))
    return edition


def organiser(chromium: "Browser", url: str, edition, *, scripts: bool = True) -> "Page":
    account = AppointmentFactory(edition=edition, role=Role.ORGANISER).account
    client = Client()
    client.force_login(account)
    context = chromium.new_context(java_script_enabled=scripts)
    context.add_cookies(
        [{"name": name, "value": one.value, "url": url} for name, one in client.cookies.items()]
    )
    page = context.new_page()
    page.set_default_timeout(20_000)
    if scripts:
        page.clock.install()
    page.goto(f"{url}/office/{edition.slug}/nominations/")
    return page


def confirmed(page: "Page") -> tuple[str, str]:
    """Give what stands above the list of how many are confirmed and of women, and in the country's row."""
    figures = page.locator(".kpi dd")
    row = page.locator("tbody tr", has=page.get_by_role("rowheader", name="Kazakhstan"))
    return (
        " ".join(f"{figures.nth(2).inner_text()} {figures.nth(3).inner_text()}".split()),
        row.first.locator("td").nth(2).inner_text(),
    )


def test_what_one_organiser_confirms_the_other_sees_without_doing_anything(
    chromium: "Browser", live_server, nominated
) -> None:
    from playwright.sync_api import expect

    waiting = organiser(chromium, live_server.url, nominated)
    # Without scripts the page decides as well, and shows the figures of its loading.
    deciding = organiser(chromium, live_server.url, nominated, scripts=False)
    try:
        waiting.locator("[name=nomination]").first.check()
        before = confirmed(waiting)
        deciding.locator("tr", has_text="Female").locator("[name=nomination]").check()
        deciding.get_by_role("button", name="Confirm").click()
        deciding.wait_for_load_state()

        waiting.clock.fast_forward(HALF_A_MINUTE)
        expect(waiting.locator(".kpi dd").nth(2)).to_contain_text("1 / 10")

        assert before == ("0 / 10 – aim 50 %", "0")
        assert confirmed(waiting) == confirmed(deciding) == ("1 / 10 100 % aim 50 %", "1")
        # What she was about to decide is as she left it.
        assert waiting.locator("[name=nomination]").first.is_checked()
    finally:
        waiting.context.close()
        deciding.context.close()
