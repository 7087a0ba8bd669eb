from datetime import date

import pytest

from sabaq.newsroom.drafting import DRAFTERS
from sabaq.newsroom.drafting.russian import counted
from sabaq.newsroom.errors import ArticleWasEdited
from sabaq.newsroom.facts import ArticleFacts, Named, facts_of
from sabaq.newsroom.models import ArticleText, Quote
from sabaq.newsroom.ports import Attendance, Opinion
from sabaq.newsroom.queries import facts_changed_since
from sabaq.newsroom.services import draft_article, edit_article
from sabaq.newsroom.services.writing import Wording
from tests.factories import NOW, ContributorFactory, EditionFactory, ProjectFactory, SessionFactory
from tests.newsroom.articles import BY, SAID
from tests.newsroom.conftest import ALL


def facts(**changes):
    given = {
        "title": "Gender mainstreaming",
        "first_day": date(2027, 2, 4),
        "last_day": date(2027, 2, 5),
        "attendance": Attendance(61, 29, ALL),
        "trainers": (
            Named("Dilnoza Example", "Gender expert"),
            Named("Marat Example", "Professor"),
        ),
        "speakers": (
            Named("Anna Example", "Regional Representative", "We hope for more.", "representative"),
            Named("Olga Example", "Programme officer", "Thank you all.", "officer"),
        ),
        "topics": ("Legal framework", "Interviewing and screening women"),
        "projects": ("Mobile Teams", "Border Liaison Offices"),
        "sub_programmes": ("Countering crime",),
        "programmes": ("Regional programme",),
        "donors": ("Government of X",),
        "contact": ("N. A.", "Programme officer", "course@office.example"),
        "opinion": Opinion("What I learnt is relevant to my work.", 46, 48),
    }
    return ArticleFacts(**{**given, **changes})


def test_the_english_draft_reads_as_an_office_writes():
    title, body = DRAFTERS["en"](facts())

    assert (
        title
        == "Law-enforcement officers of five countries take part in the course “Gender mainstreaming”"
    )
    assert body == (
        "On 4 and 5 February 2027, 61 law-enforcement officers from Kazakhstan, Kyrgyzstan, Tajikistan, "
        "Turkmenistan and Uzbekistan took part in the regional online training course “Gender mainstreaming”. "
        "29 of them were women.\n\n"
        "[[quote: representative]]\n\n"
        "The course was taught by Dilnoza Example, gender expert; and Marat Example, professor.\n\n"
        "Its topics were:\n\n- Legal framework\n- Interviewing and screening women\n\n"
        "In the confidential survey at the end of the course, nearly all of the 48 participants who answered "
        "agreed with the statement “What I learnt is relevant to my work”.\n\n"
        "[[quote: officer]]\n\n"
        "The course was held within the projects “Mobile Teams” and “Border Liaison Offices”, part of "
        "“Countering crime” of the “Regional programme”. The projects are funded by the Government of X.\n\n"
        "For enquiries: N. A., Programme officer, course@office.example."
    )


def test_the_russian_draft_declines_countries_officers_and_answers():
    title, body = DRAFTERS["ru"](
        facts(title="Гендерное равенство", opinion=Opinion("Это мне нужно.", 15, 21))
    )

    assert (
        title
        == "Сотрудники правоохранительных органов пяти стран приняли участие в курсе «Гендерное равенство»"
    )
    assert body.splitlines()[0] == (
        "4 и 5 февраля 2027 года прошёл региональный онлайн-курс «Гендерное равенство». В нём принял участие "
        "61 сотрудник правоохранительных органов из Казахстана, Кыргызстана, Таджикистана, Туркменистана и "
        "Узбекистана; женщин среди них — 29."
    )
    assert (
        "Из 21 участника, ответившего на её вопрос, с утверждением «Это мне нужно» согласились более двух третей."
    ) in body


@pytest.mark.parametrize(
    ("agreed", "english", "russian"),
    [
        (40, "all of the 40 participants", "согласились все."),
        (39, "nearly all of the 40", "согласились почти все."),
        (36, "nearly all of the 40", "согласились почти все."),
        (35, "more than three quarters of the 40", "согласились более трёх четвертей."),
        (30, "more than two thirds of the 40", "согласились более двух третей."),
        (26, "more than half of the 40", "согласились более половины."),
        (20, "half of the 40", "согласилась половина."),
        (19, "fewer than half of the 40", "согласились менее половины."),
        (0, "fewer than half of the 40", "согласились менее половины."),
    ],
)
def test_the_words_about_the_survey_are_those_that_the_figures_bear_out(agreed, english, russian):
    opinion = Opinion("It helps me.", agreed, 40)

    assert f"course, {english}" in DRAFTERS["en"](facts(opinion=opinion))[1]
    assert russian in DRAFTERS["ru"](facts(opinion=opinion))[1]


@pytest.mark.parametrize("opinion", [None, Opinion("It helps me.", 9, 9)])
def test_fewer_than_ten_answers_are_not_spoken_of(opinion):
    assert "survey" not in DRAFTERS["en"](facts(opinion=opinion))[1]
    assert "анкет" not in DRAFTERS["ru"](facts(opinion=opinion))[1]


def test_numbers_that_may_not_be_published_are_left_out():
    hidden = facts(attendance=Attendance(None, None, ("KZ",)))

    assert DRAFTERS["en"](hidden)[1].splitlines()[0] == (
        "On 4 and 5 February 2027, law-enforcement officers from Kazakhstan took part in the online training "
        "course “Gender mainstreaming”."
    )
    assert DRAFTERS["ru"](hidden)[1].splitlines()[0] == (
        "4 и 5 февраля 2027 года прошёл онлайн-курс «Gender mainstreaming». В нём приняли участие сотрудники "
        "правоохранительных органов из Казахстана."
    )


def test_before_anybody_attended_the_draft_counts_nobody():
    nobody = facts(attendance=Attendance(None, None, ()))

    assert DRAFTERS["en"](nobody)[1].splitlines()[0] == (
        "On 4 and 5 February 2027, the online training course “Gender mainstreaming” was held for "
        "law-enforcement officers."
    )
    assert DRAFTERS["ru"](nobody)[1].splitlines()[0] == (
        "4 и 5 февраля 2027 года прошёл онлайн-курс «Gender mainstreaming» для сотрудников правоохранительных "
        "органов."
    )


@pytest.mark.parametrize(
    ("number", "form"),
    [(1, "a"), (2, "b"), (5, "c"), (11, "c"), (12, "c"), (21, "a"), (64, "b"), (111, "c")],
)
def test_russian_nouns_follow_their_number(number, form):
    assert counted(number, "a", "b", "c") == form


@pytest.fixture
def edition(db):
    return EditionFactory()


def test_facts_come_from_the_edition_in_the_language_asked_for(edition, figures):
    edition.projects.add(ProjectFactory(), ProjectFactory(name={"en": "Border Liaison Offices"}))
    ContributorFactory(edition=edition)
    SessionFactory(edition=edition)

    gathered = facts_of(edition, language="ru")

    assert gathered.trainers == (Named("Дильноза Пример", "Эксперт по гендерным вопросам"),)
    assert gathered.topics == ("Беседа и досмотр: женщины",)
    assert gathered.projects == ("Межведомственные мобильные группы", "Border Liaison Offices")
    assert gathered.attendance == figures.attendance


def test_a_statement_becomes_a_quote_that_nobody_has_approved_yet(edition, figures):
    ContributorFactory(edition=edition, key="marta", statement=SAID)

    text = draft_article(edition, "en", by=BY, at=NOW)
    draft_article(edition, "ru", by=BY, at=NOW)

    assert "[[quote: marta]]" in text.body
    assert SAID["en"] not in text.body
    assert [(quote.key, quote.is_approved) for quote in Quote.objects.all()] == [("marta", False)]


def test_a_new_draft_never_overwrites_what_a_person_edited(edition, figures):
    drafted = draft_article(edition, "en", by=BY, at=NOW)
    edit_article(drafted, Wording("Mine", "My words.", drafted.revision), by=BY, at=NOW)

    with pytest.raises(ArticleWasEdited):
        draft_article(edition, "en", by=BY, at=NOW)

    assert ArticleText.objects.get().body == "My words."
    draft_article(edition, "en", by=BY, at=NOW, replace_edits=True)
    assert ArticleText.objects.get().body != "My words."


def test_facts_that_changed_since_the_draft_are_named_with_both_values(edition, figures):
    text = draft_article(edition, "en", by=BY, at=NOW)
    assert facts_changed_since(text, edition) == []

    figures.attendance = Attendance(60, 29, ALL)
    edition.contact_email = "other@office.example"

    found = [(str(c.label), c.before, c.now) for c in facts_changed_since(text, edition)]
    assert found == [
        ("Officers who took part", "61", "60"),
        (
            "Contact",
            "N. A.; Programme officer; Regional office; course@office.example",
            "N. A.; Programme officer; Regional office; other@office.example",
        ),
    ]
