"""Approvals in order, void after any change; nothing public that was not approved as it stands."""

from dataclasses import replace
from datetime import timedelta

import pytest

from sabaq.kernel.models import AuditRecord
from sabaq.newsroom.enums import Step, Way
from sabaq.newsroom.errors import (
    ApprovalMissing,
    ArticleChangedMeanwhile,
    DayAhead,
    QuoteInUse,
    QuoteNotApproved,
    QuoteNotTranslated,
    StepNotDue,
    TextChangedMeanwhile,
    TextMissing,
    UnknownQuote,
)
from sabaq.newsroom.models import Article, Photo, PublishedText
from sabaq.newsroom.queries import news, photos_in_public, void_approvals, way_out
from sabaq.newsroom.services import (
    approve_quote,
    ask_for_donor,
    draft_article,
    edit_article,
    give_step,
    publish_article,
    record_donor_approval,
    remove_photo,
    remove_quote,
    save_quote,
    take_back_approval,
    withdraw_article,
)
from sabaq.newsroom.services.quotes import Agreement, Words
from sabaq.newsroom.services.writing import Wording
from sabaq.people.actors import acting
from tests.factories import NOW, EditionFactory
from tests.newsroom.articles import (
    BY,
    SAID,
    YES,
    approved,
    drafted_article,
    published_article,
    the_quote,
    with_photo,
)

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(hours=1)


@pytest.fixture
def edition():
    return EditionFactory()


@pytest.fixture
def article(edition):
    return drafted_article(edition)


def held(article):
    return [taken.step for taken in way_out(article) if taken.approval is not None]


def edit(article, language="en", body="Our own words.", by=BY):
    text = article.texts.get(language=language)
    edit_article(text, Wording(text.title, body, text.revision), by=by, at=LATER)
    article.refresh_from_db()
    return text


def test_the_steps_are_taken_in_order_each_with_name_and_day(article):
    officer = acting("Communication Example")
    give_step(article, Step.HANDED_ON, article.revision, by=BY, at=NOW)

    with pytest.raises(StepNotDue):
        give_step(article, Step.REPRESENTATIVE, article.revision, by=BY, at=NOW)
    give_step(article, Step.COMMUNICATION, article.revision, by=officer, at=NOW)

    assert [(taken.step, taken.approval and taken.approval.name) for taken in way_out(article)] == [
        (Step.HANDED_ON, "Anora Example"),
        (Step.COMMUNICATION, "Communication Example"),
        (Step.REPRESENTATIVE, None),
    ]
    assert article.approvals.last().given_on == NOW.date()


def test_a_step_taken_twice_is_taken_once(article):
    give_step(article, Step.HANDED_ON, article.revision, by=BY, at=NOW)
    give_step(article, Step.HANDED_ON, article.revision, by=acting("Other"), at=LATER)

    assert [one.name for one in article.approvals.all()] == ["Anora Example"]


def test_nobody_hands_on_an_article_that_is_missing_in_a_language(edition):
    article = drafted_article(edition)
    article.texts.filter(language="ru").delete()

    with pytest.raises(TextMissing, match="ru"):
        give_step(article, Step.HANDED_ON, article.revision, by=BY, at=NOW)


def test_nobody_approves_what_she_has_not_read(article):
    read = article.revision
    edit(article)

    with pytest.raises(ArticleChangedMeanwhile):
        give_step(article, Step.HANDED_ON, read, by=BY, at=LATER)


@pytest.mark.parametrize(
    "change",
    [
        edit,
        lambda article: edit(article, "ru"),
        with_photo,
        lambda article: save_quote(
            article, the_quote(article), Words({"en": "M"}, {"en": "R"}, SAID), by=BY, at=LATER
        ),
        lambda article: take_back_approval(the_quote(article), by=BY, at=LATER),
    ],
    ids=["text", "other text", "photo", "quote", "approval of a quote taken back"],
)
def test_a_change_after_approval_makes_every_approval_void_and_the_trail_shows_it(article, change):
    approved(article)
    assert len(held(article)) == 3

    change(article)

    article.refresh_from_db()
    assert held(article) == []
    assert [one.step for one in void_approvals(article)] == [
        Step.REPRESENTATIVE,
        Step.COMMUNICATION,
        Step.HANDED_ON,
    ]
    assert {one.void_by for one in void_approvals(article)} == {"Anora Example"}
    assert AuditRecord.objects.filter(verb="approvals void").count() == 1
    with pytest.raises(ApprovalMissing):
        publish_article(article, article.revision, by=BY, at=LATER)


def test_saving_the_same_words_again_changes_nothing(article):
    approved(article)
    text = article.texts.get(language="en")

    edit_article(text, Wording(text.title, text.body, text.revision), by=BY, at=LATER)

    assert len(held(article)) == 3


def test_two_people_editing_at_once_lose_nothing(article):
    text = edit(article)

    with pytest.raises(TextChangedMeanwhile):
        edit_article(text, Wording("T", "Other words.", text.revision), by=BY, at=LATER)

    assert article.texts.get(language="en").body == "Our own words."


def test_a_text_names_only_quotes_that_are_there(article):
    with pytest.raises(UnknownQuote, match="nobody"):
        edit(article, body="[[quote: nobody]]")


def test_the_donor_is_asked_where_the_office_says_so_and_recorded_by_name_day_and_way(article):
    ask_for_donor(article, needed=True, by=BY, at=NOW)
    article.refresh_from_db()
    approved(article)
    with pytest.raises(ApprovalMissing, match="Donor"):
        publish_article(article, article.revision, by=BY, at=NOW)

    yes = Agreement("Ada Example, Embassy", NOW.date(), Way.EMAIL)
    record_donor_approval(article, yes, article.revision, by=BY, at=NOW)
    publish_article(article, article.revision, by=BY, at=NOW)

    approval = article.approvals.get(step=Step.DONOR)
    assert (approval.name, approval.way, approval.recorded_by) == (
        "Ada Example, Embassy",
        Way.EMAIL,
        "Anora Example",
    )


def test_an_approval_is_not_of_a_day_to_come(article):
    tomorrow = replace(YES, on=NOW.date() + timedelta(days=1))

    with pytest.raises(DayAhead):
        approve_quote(the_quote(article), tomorrow, by=BY, at=NOW)


def test_a_quote_that_is_not_approved_is_never_published(article):
    approved(article)
    quote = the_quote(article)
    article.quotes.update(approved_on=None, approved_by="", approved_way="")

    with pytest.raises(QuoteNotApproved, match="Marta Example"):
        publish_article(article, article.revision, by=BY, at=NOW)

    approve_quote(quote, YES, by=BY, at=NOW)
    publish_article(article, article.revision, by=BY, at=NOW)
    assert PublishedText.objects.count() == 2


def test_typing_the_words_out_does_not_get_round_the_approval(article):
    edit(article, body=f"She said: {SAID['en'].upper()} And we agree.")
    for step in (Step.HANDED_ON, Step.COMMUNICATION, Step.REPRESENTATIVE):
        give_step(article, step, article.revision, by=BY, at=NOW)
    edited = article.texts.get(language="ru")
    assert "[[quote" in edited.body
    approve_quote(the_quote(article), YES, by=BY, at=NOW)
    article.quotes.update(approved_on=None, approved_by="", approved_way="")
    article.texts.filter(language="ru").update(body="Без цитаты.")

    with pytest.raises(QuoteNotApproved):
        publish_article(article, article.revision, by=BY, at=NOW)


def test_a_quote_without_words_in_a_language_is_not_published(article):
    article.quotes.update(text={"en": SAID["en"]})
    approved(article)

    with pytest.raises(QuoteNotTranslated, match="Marta Example"):
        publish_article(article, article.revision, by=BY, at=NOW)


def test_other_words_need_another_approval(article):
    quote = approve_quote(the_quote(article), YES, by=BY, at=NOW)

    words = Words({"en": "M"}, {"en": "R"}, {"en": "Quite another sentence."})
    quote = save_quote(article, quote, words, by=BY, at=LATER)

    assert (quote.is_approved, quote.approved_by, quote.approved_way) == (False, "", "")


def test_the_public_reads_what_was_approved_until_the_next_text_is(edition):
    article = published_article(edition)
    before = news("en").get().blocks

    edit(article, body="Not approved yet.")

    assert news("en").get().blocks == before
    assert not article.is_public_as_it_is
    approved(article)
    publish_article(article, article.revision, by=BY, at=LATER)
    assert [block["markdown"] for block in news("en").get().blocks] == ["Not approved yet."]
    article.refresh_from_db()
    assert (article.published_at, article.updated_at) == (NOW, LATER)


def test_a_speaker_who_takes_her_approval_back_is_no_longer_read_by_anybody(edition):
    article = published_article(edition)

    take_back_approval(the_quote(article), by=BY, at=LATER)

    article.refresh_from_db()
    assert (article.is_public, article.withdrawn_at) == (False, LATER)
    assert list(news("en")) == []
    assert PublishedText.objects.count() == 0


def test_withdrawn_is_gone_and_may_be_published_again(edition):
    article = published_article(edition)

    withdraw_article(article, reason="A wrong name", by=BY, at=LATER)
    assert (list(news("en")), list(photos_in_public())) == ([], [])
    assert AuditRecord.objects.get(verb="withdrawn").reason == "A wrong name"

    article.refresh_from_db()
    publish_article(article, article.revision, by=BY, at=LATER)
    assert news("ru").count() == 1


def test_a_published_photo_stays_until_the_next_publication_and_a_removed_one_goes_at_once(edition):
    article = published_article(edition)
    first = photos_in_public().get()

    with_photo(article)
    assert photos_in_public().get() == first
    assert Photo.objects.count() == 2

    remove_photo(article, by=BY, at=LATER)
    assert Photo.objects.count() == 0
    assert Article.objects.get().is_public


def test_a_quote_is_removed_only_once_nothing_names_it(edition):
    article = published_article(edition)
    quote = the_quote(article)
    edit(article, "en", "No quote.")
    with pytest.raises(QuoteInUse):
        remove_quote(quote, by=BY, at=LATER)
    edit(article, "ru", "Без цитаты.")
    with pytest.raises(QuoteInUse):  # the public still reads it
        remove_quote(quote, by=BY, at=LATER)

    approved(article)
    publish_article(article, article.revision, by=BY, at=LATER)
    remove_quote(quote, by=BY, at=LATER)

    assert article.quotes.count() == 0


def test_drafting_again_from_other_facts_reopens_and_from_the_same_does_not(article, figures):
    approved(article)
    draft_article(article.edition, "en", by=BY, at=LATER)
    assert held(article) == []

    article.refresh_from_db()
    approved(article)
    draft_article(article.edition, "en", by=BY, at=LATER)
    assert len(held(article)) == 3
