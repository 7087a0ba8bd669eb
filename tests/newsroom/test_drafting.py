from datetime import date

import pytest

from sabaq.newsroom.drafting import DRAFTERS
from sabaq.newsroom.drafting.russian import counted
from sabaq.newsroom.errors import ArticleWasEdited
from sabaq.newsroom.facts import ArticleFacts, Attendance, Named, facts_of
from sabaq.newsroom.models import Article
from sabaq.newsroom.services import draft_article, edit_article
from sabaq.people.actors import acting
from tests.factories import NOW, ContributorFactory, EditionFactory, ProjectFactory, SessionFactory

BY = acting("N. A.")
ALL = ("KG", "KZ", "TJ", "TM", "UZ")


def facts(**changes):
    given = {
        "title": "Gender mainstreaming",
        "first_day": date(2027, 2, 4),
        "last_day": date(2027, 2, 5),
        "attendance": Attendance(61, 29, ALL),
        "trainers": (
            Named("Dilnoza Example", "gender expert"),
            Named("Marat Example", "professor"),
        ),
        "speakers": (
            Named("Anna Example", "Regional Representative", "We hope to see more women."),
        ),
        "topics": ("Legal framework", "Interviewing and screening women"),
        "projects": ("Mobile Teams", "Border Liaison Offices"),
        "sub_programmes": ("Countering crime",),
        "programmes": ("Regional programme",),
        "donors": ("the Government of X",),
        "contact": ("N. A.", "Programme officer", "course@office.example"),
    }
    return ArticleFacts(**{**given, **changes})


def test_the_english_draft_states_dates_countries_and_heads():
    title, body = DRAFTERS["en"](facts())

    assert title == "Gender mainstreaming"
    assert body.splitlines()[0] == (
        "On 4 and 5 February 2027, 61 law-enforcement officers from Kazakhstan, Kyrgyzstan, Tajikistan, "
        "Turkmenistan and Uzbekistan took part in the online training course “Gender mainstreaming”. "
        "29 of them were women."
    )
    assert "“We hope to see more women,” said Anna Example, Regional Representative." in body
    assert body.endswith("For enquiries: N. A., Programme officer, course@office.example.")


def test_the_russian_draft_declines_countries_and_officers():
    _, body = DRAFTERS["ru"](facts(title="Гендерное равенство"))

    assert body.splitlines()[0] == (
        "4 и 5 февраля 2027 года прошёл онлайн-курс «Гендерное равенство». Участником стал 61 сотрудник "
        "правоохранительных органов из Казахстана, Кыргызстана, Таджикистана, Туркменистана и Узбекистана; "
        "женщин среди них — 29."
    )


def test_women_are_left_out_where_their_number_may_not_be_published():
    for drafter in DRAFTERS.values():
        body = drafter(facts(attendance=Attendance(61, None, ALL)))[1]
        assert "women." not in body.split("\n")[0]
        assert "женщин среди них" not in body


@pytest.mark.parametrize(
    ("number", "form"),
    [(1, "a"), (2, "b"), (5, "c"), (11, "c"), (12, "c"), (21, "a"), (64, "b"), (111, "c")],
)
def test_russian_nouns_follow_their_number(number, form):
    assert counted(number, "a", "b", "c") == form


@pytest.mark.django_db
def test_facts_come_from_the_edition_in_the_language_asked_for():
    edition = EditionFactory()
    edition.projects.add(ProjectFactory(), ProjectFactory(name={"en": "Border Liaison Offices"}))
    ContributorFactory(edition=edition)
    SessionFactory(edition=edition)

    gathered = facts_of(edition, Attendance(3, None, ("KZ",)), language="ru")

    assert gathered.trainers == (Named("Дильноза Пример", "Эксперт по гендерным вопросам"),)
    assert gathered.topics == ("Беседа и досмотр: женщины",)
    assert gathered.projects == ("Межведомственные мобильные группы", "Border Liaison Offices")


@pytest.mark.django_db
def test_a_new_draft_never_overwrites_what_a_person_edited():
    edition = EditionFactory()
    drafted = draft_article(edition, "en", Attendance(3, None, ("KZ",)), by=BY, at=NOW)
    edit_article(drafted, title="Mine", body="My words.", by=BY, at=NOW)

    with pytest.raises(ArticleWasEdited):
        draft_article(edition, "en", Attendance(4, None, ("KZ",)), by=BY, at=NOW)

    assert Article.objects.get().body == "My words."


def test_before_anybody_attended_the_draft_counts_nobody():
    for language, sentence in {
        "en": "On 4 and 5 February 2027, the online training course “Gender mainstreaming” was held",
        "ru": "4 и 5 февраля 2027 года прошёл онлайн-курс «Gender mainstreaming» для сотрудников",
    }.items():
        opening = DRAFTERS[language](facts(attendance=Attendance(0, None, ())))[1].split("\n")[0]
        assert opening.startswith(sentence)
        assert " 0 " not in opening
