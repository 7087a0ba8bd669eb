"""The first opening: who you are, the data notice, three questions; all of it changeable later."""

from datetime import timedelta

import pytest
from i18nfield.strings import LazyI18nString

from sabaq.enrolment.access import cookie_for
from sabaq.enrolment.models import AccessLink
from sabaq.kernel import clock
from sabaq.kernel.audit import trail_of
from sabaq.kernel.models import AuditRecord
from tests.factories import NOW, AccessLinkFactory, EditionFactory, PersonFactory, SessionFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("still_clock")]

PROFILE = {
    "step": "profile",
    "native_name": "Айгүл Үлгі қызы",
    "latin_name": "Aigul Ulgi kyzy",
    "patronymic": "",
    "display_name": "Aigul",
    "sex": "female",
    "language": "ky",
    "rank_band": "senior",
}
CONSENTS = {"step": "consents", "photo": "no", "voice": "yes", "listing": "no"}
NOTICE_AND_CONSENTS = {**CONSENTS, "step": "notice", "notice_version": "1", "also": "consents"}


@pytest.fixture
def link() -> AccessLink:
    return AccessLinkFactory(enrolment__fresh=True)


@pytest.fixture
def her(client, link):
    client.cookies["sabaq_p"] = cookie_for(link, at=NOW)
    return client


def heading(response) -> str:
    html = response.content.decode()
    return html[html.index("<h1>") + 4 : html.index("</h1>")]


def test_two_screens_follow_each_other_and_lead_to_today(her, link):
    seen = [heading(her.get("/welcome/"))]
    seen.append(heading(her.post("/welcome/", PROFILE, follow=True)))
    done = her.post("/welcome/", NOTICE_AND_CONSENTS)

    enrolment = link.enrolment
    enrolment.refresh_from_db()
    # She prefers Kyrgyz, which the interface does not speak yet: from then on it speaks Russian.
    assert seen == [
        "Welcome. Is this correct?",
        "Ваши данные",
    ]
    assert done.headers["Location"] == "/today/"
    assert her.get("/welcome/").headers["Location"] == "/today/"
    assert enrolment.profile_confirmed_at == NOW
    assert (enrolment.notice_version, enrolment.notice_read_at) == (1, NOW)
    assert (enrolment.photo_agreed, enrolment.voice_agreed, enrolment.listing_agreed) == (
        False,
        True,
        False,
    )


@pytest.mark.parametrize("path", ["/today/", "/timetable.ics", "/certificate/"])
def test_until_it_is_done_a_page_of_the_course_leads_to_the_welcome(her, path):
    assert her.get(path).headers["Location"] == "/welcome/"


def test_until_it_is_done_the_class_leads_to_the_welcome_too(her, link):
    session = SessionFactory(edition=link.enrolment.edition)

    assert her.get(f"/class/{session.uuid}/").headers["Location"] == "/welcome/"


def test_my_data_and_the_way_out_are_open_before_it_is_done(her):
    assert her.get("/me/").status_code == 200
    assert her.post("/leave/").headers["Location"] == "/"


def test_the_person_is_corrected_and_the_trail_names_columns_not_values(her, link):
    her.post("/welcome/", PROFILE)

    person = link.enrolment.person
    person.refresh_from_db()
    [line] = trail_of(person)
    assert (person.native_name, person.latin_name) == ("Айгүл Үлгі қызы", "Aigul Ulgi kyzy")
    assert (person.display_name, person.language, person.rank_band) == ("Aigul", "ky", "senior")
    assert (line.verb, line.changed) == (
        "corrected",
        ["native_name", "latin_name", "display_name", "language", "rank_band"],
    )
    assert not AuditRecord.objects.filter(changed__icontains="Aigul").exists()


def test_agency_and_country_are_shown_and_cannot_be_changed(her, link):
    agency = link.enrolment.person.agency

    html = her.get("/welcome/").content.decode()
    her.post("/welcome/", {**PROFILE, "agency": "0", "country": "UZ", "email": "x@y.example"})

    person = link.enrolment.person
    person.refresh_from_db()
    assert agency.name["en"] in html
    assert "Kazakhstan" in html
    assert (person.agency, person.country, person.email) == (agency, "KZ", "")


def test_a_latin_name_is_suggested_only_where_there_is_none(client):
    without = PersonFactory(native_name="Гүлнар Өміржан", latin_name="")
    with_one = PersonFactory(native_name="Гүлнар Өміржан", latin_name="Gulnar Omirzhan")
    pages = []
    for person in (without, with_one):
        link = AccessLinkFactory(enrolment__fresh=True, enrolment__person=person)
        client.cookies["sabaq_p"] = cookie_for(link, at=NOW)
        pages.append(client.get("/welcome/").content.decode())

    assert 'value="Gulnar Omirzhan"' in pages[0]
    assert "We suggest this spelling" in pages[0]
    assert 'value="Gulnar Omirzhan"' in pages[1]
    assert "We suggest this spelling" not in pages[1]


def test_mistakes_are_shown_beside_their_fields_and_what_was_typed_is_kept(her, link):
    typed = {**PROFILE, "native_name": "Айгүл 2", "latin_name": "Айгул", "display_name": "<b>"}

    response = her.post("/welcome/", typed)

    html = response.content.decode()
    person = link.enrolment.person
    person.refresh_from_db()
    assert response.status_code == 422
    assert "Please remove: 2" in html
    assert "Not Latin: А г й л у" in html
    assert 'value="Айгүл 2"' in html
    assert 'value="Айгул"' in html
    assert "&lt;b&gt;" in html
    assert person.latin_name == "Aigul Ulgi"


@pytest.mark.parametrize(
    "name",
    [
        "Асан уулу Бакыт",
        "Oʻgʻiloy Toʻxtasin qizi",
        "Мирзо-заде Фирӯз",
        "Ogulgerek Aşyrowa",
        "Айнұр",
        "А" * 100,
    ],
)
def test_names_of_the_five_countries_are_taken_as_they_are(her, link, name):
    her.post("/welcome/", {**PROFILE, "native_name": name})

    link.enrolment.person.refresh_from_db()
    assert link.enrolment.person.native_name == name


def test_the_three_questions_have_no_answer_until_one_is_given(her):
    html = her.get("/welcome/?step=consents").content.decode()
    response = her.post("/welcome/", {"step": "consents", "photo": "yes"})

    assert "checked" not in html
    assert response.status_code == 422
    assert (
        response.content.decode().count("Please choose yes or no.") == 4
    )  # beside, and in the sum


def test_the_notice_is_not_read_while_a_question_below_it_is_open(her, link):
    shown = her.get("/welcome/?step=notice").content.decode()
    refused = her.post("/welcome/", {**NOTICE_AND_CONSENTS, "voice": ""})
    html = refused.content.decode()

    link.enrolment.refresh_from_db()
    assert "Three questions" in shown
    assert refused.status_code == 422
    assert html.count("Please choose yes or no.") == 2  # beside, and in the sum
    assert html.count(" checked") == 2
    assert (link.enrolment.notice_version, link.enrolment.photo_agreed) == (None, None)


def test_whoever_read_the_notice_alone_is_asked_the_three_questions_by_themselves(her):
    her.post("/welcome/", PROFILE)
    her.post("/welcome/", {"step": "notice", "notice_version": "1"})

    assert heading(her.get("/welcome/")) == "Три вопроса"


def test_a_refusal_costs_nothing_and_can_be_changed_later(her, link):
    for fields in (PROFILE, NOTICE_AND_CONSENTS):
        her.post("/welcome/", fields)
    inside = her.get("/timetable.ics").status_code

    her.post("/me/", {**CONSENTS, "photo": "yes"})

    link.enrolment.refresh_from_db()
    lines = [line for line in trail_of(link.enrolment) if line.verb == "consents answered"]
    assert inside == 200
    assert link.enrolment.photo_agreed is True
    assert [line.changed for line in lines] == [
        ["photo_agreed", "voice_agreed", "listing_agreed"],
        ["photo_agreed"],
    ]


def test_the_notice_says_what_is_kept_and_whom_to_ask(her):
    html = her.get("/welcome/?step=notice").content.decode()

    assert "We keep little, and say what." in html
    assert "<bdi>N. A.</bdi>, Programme officer" in html
    assert 'href="mailto:course@office.example"' in html


def test_a_screen_sent_twice_is_noted_once(her, link):
    her.post("/welcome/", PROFILE)
    with clock.frozen(NOW + timedelta(minutes=5)):
        her.post("/welcome/", PROFILE)

    link.enrolment.refresh_from_db()
    assert AuditRecord.objects.filter(verb="profile confirmed").count() == 1
    assert link.enrolment.profile_confirmed_at == NOW


def test_a_newer_notice_is_shown_again_and_nothing_else_is_asked(client):
    edition = EditionFactory(notice_version=2)
    link = AccessLinkFactory(enrolment__edition=edition)
    client.cookies["sabaq_p"] = cookie_for(link, at=NOW)

    shown = client.get("/today/", follow=True).content.decode()
    with clock.frozen(NOW + timedelta(minutes=1)):
        after = client.post("/welcome/", {"step": "notice", "notice_version": "2"}, follow=False)
        done = client.get("/welcome/")

    link.enrolment.refresh_from_db()
    assert "This notice has changed since you last read it." in shown
    assert after.headers["Location"] == "/today/"
    assert done.headers["Location"] == "/today/"
    assert link.enrolment.notice_version == 2


def test_a_notice_that_rose_while_it_was_read_is_shown_in_its_new_form(client):
    edition = EditionFactory(notice_version=3)
    link = AccessLinkFactory(enrolment__edition=edition)
    client.cookies["sabaq_p"] = cookie_for(link, at=NOW)

    client.post("/welcome/", {"step": "notice", "notice_version": "2"})
    html = client.get("/welcome/").content.decode()
    client.post("/welcome/", {"step": "notice", "notice_version": "99"})

    link.enrolment.refresh_from_db()
    assert "<h1>Your data</h1>" in html
    assert link.enrolment.notice_version == 3


def test_a_notice_stands_open_in_short_and_folded_in_full(client):
    texts = {"en": "In short.\n\nWhat we keep.\n\nHow long.", "ru": "Всё уведомление."}
    edition = EditionFactory(notice=LazyI18nString(texts))
    client.cookies["sabaq_p"] = cookie_for(AccessLinkFactory(enrolment__edition=edition), at=NOW)

    def shown(language):
        client.cookies["lang"] = language
        html = client.get("/welcome/?step=notice").content.decode()
        return html.partition('<div class="card">')[2].partition("</div>")[0]

    assert shown("en") == (
        "<p>In short.</p><details><summary>The notice in full</summary>"
        "<p>What we keep.</p>\n\n<p>How long.</p></details>"
    )
    assert shown("ru") == "<p>Всё уведомление.</p>"


@pytest.mark.parametrize("step", ["", "nothing", "0"])
def test_an_unknown_step_leads_back_to_the_welcome(her, step):
    assert her.post("/welcome/", {"step": step}).headers["Location"] == "/welcome/"
    assert her.post("/welcome/", {"step": "notice", "notice_version": "²"}).status_code == 302
    assert her.get(f"/welcome/?step={step}").status_code == 200


def test_my_data_keeps_what_was_typed_when_it_cannot_stand(her):
    response = her.post("/me/", {**PROFILE, "native_name": "1234"})

    assert response.status_code == 422
    assert 'value="1234"' in response.content.decode()


def test_the_welcome_and_my_data_cost_few_queries(her, django_assert_max_num_queries):
    for path in ("/welcome/", "/welcome/?step=notice", "/welcome/?step=consents", "/me/"):
        with django_assert_max_num_queries(4):
            her.get(path)
