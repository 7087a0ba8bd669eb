"""What is seen when something goes wrong, in a real browser: error pages, forms that are sent back, the way by code.

Each is brought about as it would be: a token that is not ours, an upload without end, a replay with other
content. Judged as every page is (`test_every_page.py`).
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest
from django.core import mail
from django.test import Client

from sabaq.assessment.enums import Phase
from sabaq.assessment.services import begin_attempt
from sabaq.classroom.queries.polls import poll_of
from sabaq.classroom.services.polls import open_poll
from sabaq.classroom.services.running import begin_class
from sabaq.courses.models import Edition, Session
from sabaq.courses.services.packs import import_pack
from sabaq.enrolment.access import cookie_for
from sabaq.enrolment.links import link_token
from sabaq.enrolment.models import AccessLink
from sabaq.enrolment.services.links import revoke_link
from sabaq.feedback.services import close_survey
from sabaq.kernel import clock
from sabaq.people.actors import acting
from sabaq.people.enums import Role
from sabaq.people.models import Account
from sabaq.web.classroom.stage import deck_of
from tests import factories
from tests.e2e.looking import Looker

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = [pytest.mark.e2e, pytest.mark.slow, pytest.mark.django_db(transaction=True)]
PASSWORD = "a-long-password-for-tests"
TRAINER = acting("Trainer", account_id=7)


@dataclass
class World:
    """An edition that begins today, with one participant in a class where a poll is open."""

    edition: Edition
    session: Session
    link: AccessLink

    def participant(self) -> dict[str, str]:
        return {"name": "sabaq_p", "value": cookie_for(self.link, at=clock.now())}

    def staff(self, account: Account) -> dict[str, str]:
        client = Client()
        client.force_login(account)
        return {"name": "sabaq_s", "value": client.cookies["sabaq_s"].value}

    def holder(self, role: Role, **reach: object) -> dict[str, str]:
        appointed = factories.AppointmentFactory(edition=self.edition, role=role, **reach)
        return self.staff(appointed.account)


@pytest.fixture
def world(transactional_db: None, pack_files: Mapping[str, bytes]) -> World:
    at = clock.now()
    edition = factories.EditionFactory(
        version=import_pack(pack_files, by=None, at=at),
        starts_on=at.date(),
        ends_on=at.date() + timedelta(days=1),
        tests=[
            {
                "key": "knowledge",
                "before": {"closes_at": (at + timedelta(hours=1)).isoformat()},
            }
        ],
    )
    session = factories.SessionFactory(
        edition=edition, starts_at=at - timedelta(minutes=5), ends_at=at + timedelta(minutes=45)
    )
    begin_class(session, deck_of(session), by=TRAINER, at=at)
    open_poll(session, poll_of(session, "who-stays"), by=TRAINER, at=at)
    return World(edition, session, link_of(edition, opened=True))


def link_of(edition: Edition, *, opened: bool) -> AccessLink:
    at = clock.now()
    return factories.AccessLinkFactory(
        enrolment=factories.EnrolmentFactory(edition=edition, fresh=not opened),
        created_at=at,
        expires_at=at + timedelta(days=30),
    )


@pytest.fixture(params=["en", "ru"])
def looker(
    request: pytest.FixtureRequest, chromium: "Browser", live_server, tmp_path: Path
) -> Iterator[Looker]:
    return Looker(chromium, live_server.url, request.param, tmp_path)


def set_hidden(page: "Page", name: str, value: str, *, form: str = "main form") -> None:
    """Change a hidden field as no reader could."""
    field = page.locator(f"{form} input[name={name}]").first
    field.evaluate("(field, value) => { field.value = value }", value)


def press(page: "Page", form: str, value: str) -> None:
    """Send with the form what pressing its button would."""
    page.locator(form).evaluate(
        """(form, value) => {
            const pressed = document.createElement("input");
            Object.assign(pressed, { type: "hidden", name: "hand", value });
            form.append(pressed);
        }""",
        value,
    )


@pytest.mark.urls("tests.e2e.faulty_urls")
def test_every_error_page_is_fit_to_be_read(looker: Looker, world: World, settings) -> None:
    settings.RATE_LIMIT_FACTOR = 1
    room, ballot = f"/class/{world.session.uuid}/", "[data-part=mine] form"
    hand = "[data-part=hands] form"

    with looker.browser() as page:
        for fault in (403, 422, 500):
            looker.open(page, "nobody", f"error {fault}", f"/fails/{fault}/", status=fault)
        page.goto("/code/")
        set_hidden(page, "csrfmiddlewaretoken", "x" * 64)
        looker.send(page, "nobody", "error 403 csrf", status=403)
        # The count begins anew now and then, which may be just here.
        codes = ({"code": f"0000{number:04}"} for number in range(100))
        assert any(Client().post("/code/", code).status_code == 429 for code in codes)
        page.goto("/code/")
        page.locator("main form input[name=code]").fill("00009999")
        looker.send(page, "nobody", "error 429", status=429)
    with looker.browser(world.participant()) as page:
        page.goto(room)
        page.locator(f"{ballot} input[type=radio]").nth(0).check()
        set_hidden(page, "write_id", "damaged", form=ballot)
        looker.send(page, "participant", "error 400", form=ballot, status=400)
        page.goto(room)
        sent = page.locator(f"{hand} input[name=write_id]").input_value()
        press(page, hand, "up")
        looker.send(page, "participant", "hand up", form=hand)
        set_hidden(page, "write_id", sent, form=hand)
        press(page, hand, "down")
        looker.send(page, "participant", "error 409", form=hand, status=409)
        looker.open(page, "participant", "error 404", "/office/", status=404)
    with looker.browser(world.holder(Role.ORGANISER)) as page:
        looker.open(page, "organiser", "error 404", "/office/nowhere/", status=404)
        looker.open(page, "organiser", "error 403", "/fails/403/", status=403)

    assert looker.all_found() == ""
    assert len(looker.seen) == 11


def test_what_participants_sent_wrongly_comes_back_fit_to_be_mended(
    looker: Looker, world: World
) -> None:
    with looker.browser(world.participant()) as page:
        page.goto("/survey/closing/")
        looker.send(page, "participant", "an empty survey", status=422)
        looker.open(page, "participant", "no certificate", "/certificate/")
        page.goto("/me/")
        page.locator("main form input[name=latin_name]").first.fill("Гүл 7")
        looker.send(page, "participant", "a wrong name in her profile", status=422)
        page.goto("/test/knowledge/")
        with page.expect_navigation() as answer:
            page.locator("sabaq-outbox form").evaluate(
                "form => HTMLFormElement.prototype.submit.call("
                "Object.assign(form, {action: form.action + 'hand-in/'}))"
            )
        assert answer.value is not None
        looker.look(page, answer.value, "participant", "a test with gaps")
    with looker.browser() as page:
        page.goto(way_in(link_of(world.edition, opened=False)))
        page.locator("main form button.btn").first.click()
        page.wait_for_url("**/welcome/")
        page.locator("main form input[name=latin_name]").first.fill("")
        looker.send(page, "newcomer", "an empty name", status=422)
    assert looker.all_found() == ""
    assert len(looker.seen) == 5


def test_what_visitors_sent_wrongly_comes_back_fit_to_be_mended(
    looker: Looker, transactional_db: None
) -> None:
    with looker.browser() as page:
        page.goto("/code/")
        page.locator("main form input[name=code]").fill("0000 0000")
        looker.send(page, "nobody", "a wrong code", status=422)
        page.goto("/staff/sign-in/")
        page.locator("input[type=email]").fill("nobody@office.example")
        page.locator("input[type=password]").fill("wrong")
        looker.send(page, "nobody", "a wrong password")
        page.goto("/staff/sign-in/")
        looker.send(page, "nobody", "an empty sign-in")
    assert looker.all_found() == ""
    assert len(looker.seen) == 3


def test_offices_without_content_and_forms_sent_back_are_fit_to_be_read(
    looker: Looker, world: World
) -> None:
    edition, agency = world.edition.slug, factories.AgencyFactory()
    factories.CallFactory(edition=world.edition, opens_at=clock.now() - timedelta(days=1))

    with looker.browser(world.holder(Role.FOCAL_POINT, agency=agency)) as page:
        looker.open(page, "focal point", "no nominations", f"/office/{edition}/nominations/")
        page.goto(f"/office/{edition}/nominate/")
        looker.send(page, "focal point", "an empty nomination")
        page.goto(f"/office/{edition}/nominate/file/")
        looker.send(page, "focal point", "no table")
        page.goto(f"/office/{edition}/nominate/file/")
        table = {"name": "a.csv", "mimeType": "text/csv", "buffer": b"Full name\n\xd0\x93 7\n"}
        page.locator("input[type=file]").set_input_files(table)  # type: ignore[arg-type]
        looker.send(page, "focal point", "a table of something else")
    with looker.browser(world.holder(Role.ORGANISER)) as page:
        looker.open(page, "organiser", "an empty edition", f"/office/{edition}/")
        for name in ("nominations", "outbox", "certificates", "report", "survey"):
            looker.open(page, "organiser", f"empty {name}", f"/office/{edition}/{name}/")
        for name in ("participants", "trail", "article/en"):
            looker.open(page, "organiser", f"few {name}", f"/office/{edition}/{name}/")
    with looker.browser(world.staff(factories.AccountFactory())) as page:
        looker.open(page, "staff of nothing", "no editions", "/office/")
        looker.open(page, "staff of nothing", "no sessions", "/teach/")
        looker.open(page, "staff of nothing", "no programmes", "/office/programmes/")

    assert looker.all_found() == ""
    assert len(looker.seen) == 16


def test_whoever_comes_too_late_is_told_so_in_words_fit_to_be_read(
    looker: Looker, world: World
) -> None:
    at, edition = clock.now(), world.edition
    factories.CallFactory(
        edition=edition, opens_at=at - timedelta(days=9), closes_at=at - timedelta(days=1)
    )
    agency = factories.AgencyFactory()
    begun = link_of(edition, opened=True)
    begin_attempt(begun.enrolment, "knowledge", phase=Phase.BEFORE, by=TRAINER, at=at)
    edition.tests[0]["before"]["closes_at"] = (at - timedelta(minutes=1)).isoformat()
    edition.save(update_fields=["tests"])
    close_survey(edition, "closing", by=TRAINER, at=at)
    revoked, expired = link_of(edition, opened=True), link_of(edition, opened=False)
    revoke_link(revoked, by=TRAINER, at=at)
    AccessLink.objects.filter(pk=expired.pk).update(expires_at=at)

    with looker.browser(world.holder(Role.FOCAL_POINT, agency=agency)) as page:
        for name in ("nominate", "nominate/file", "nominations"):
            looker.open(
                page, "focal point", f"closed call {name}", f"/office/{edition.slug}/{name}/"
            )
    with looker.browser(world.participant()) as page:
        looker.open(page, "participant", "a closed test", "/test/knowledge/")
        looker.open(page, "participant", "a closed survey", "/survey/closing/")
    with looker.browser(replace(world, link=begun).participant()) as page:
        looker.open(page, "participant", "a test that closed under her hands", "/test/knowledge/")
    with looker.browser() as page:
        for name, closed in (("revoked", revoked), ("expired", expired)):
            looker.open(page, "nobody", f"{name} link", way_in(closed), status=404)
    with looker.browser(replace(world, link=revoked).participant()) as page:
        response = page.goto("/today/")
        assert response is not None
        looker.look(page, response, "participant", "inside when her link was revoked")
        if urlsplit(page.url).path != "/code/":
            looker.found.append(f"a revoked link led to {page.url}")

    assert looker.all_found() == ""
    assert len(looker.seen) == 9


def way_in(link: AccessLink) -> str:
    return f"/i/{link_token(link.uuid)}/"


def test_the_way_in_by_an_e_mailed_code_is_fit_to_be_gone(
    looker: Looker, transactional_db: None, settings
) -> None:
    settings.EMAIL_URL = "smtp://mail.example:587"
    account = factories.AccountFactory()
    account.set_unusable_password()
    account.save()

    with looker.browser() as page:
        page.goto("/staff/code/")
        page.locator("main input[type=email]").fill("no address")
        looker.send(page, "staff", "no address to send a code to")
        ask_for_code(looker, page, account)
        page.locator("main input[name=code]").fill("WRONG1")
        looker.send(page, "staff", "a wrong sign-in code")
        page.locator("main input[name=code]").fill(code_in_the_mail())
        page.locator("main form button.btn").first.click()
        page.wait_for_url("**/office/")
        looker.open(page, "staff", "the first password", "/staff/password/first/")
        page.locator("input[name=password1]").fill("short")
        page.locator("input[name=password2]").fill("another")
        looker.send(page, "staff", "two passwords that differ")
        for field in ("password1", "password2"):
            page.locator(f"input[name={field}]").fill(PASSWORD)
        page.locator("main form button.btn").first.click()
        page.wait_for_load_state()
        looker.open(page, "staff", "change the password", "/staff/password/")
        looker.send(page, "staff", "no password to change")
        looker.open(page, "staff", "sign in again", "/staff/again/")
        page.locator("input[type=password]").fill("wrong")
        looker.send(page, "staff", "sign in again with a wrong password")
        looker.open(page, "staff", "sign out", "/staff/sign-out/")
        page.locator("main form button.btn").first.click()
        page.wait_for_url(looker.url + "/")

    assert looker.all_found() == ""
    assert len(looker.seen) == 10


def test_an_account_that_is_closed_while_its_code_is_on_the_way_is_told_so(
    looker: Looker, transactional_db: None, settings
) -> None:
    settings.EMAIL_URL = "smtp://mail.example:587"
    account = factories.AccountFactory()

    with looker.browser() as page:
        ask_for_code(looker, page, account, name="a code for an account that closes")
        Account.objects.filter(pk=account.pk).update(is_active=False)
        page.locator("main input[name=code]").fill(code_in_the_mail())
        looker.send(page, "staff", "a closed account")
        if "/staff/closed/" not in page.url:
            looker.found.append(f"a closed account was led to {page.url}")

    assert looker.all_found() == ""
    assert len(looker.seen) == 2


def ask_for_code(
    looker: Looker, page: "Page", account: Account, name: str = "the code is sent"
) -> None:
    page.goto("/staff/code/")
    page.locator("main input[type=email]").fill(account.email)
    page.locator("main form button.btn").first.click()
    page.wait_for_url("**/staff/code/confirm/")
    looker.open(page, "staff", name, "/staff/code/confirm/")


def code_in_the_mail() -> str:
    [code] = re.findall(r"^\S{4,12}$", str(mail.outbox[-1].body), re.MULTILINE)
    return code
