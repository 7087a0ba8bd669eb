import pytest

from sabaq.feedback.enums import Theme
from sabaq.feedback.errors import CommentIsReleased, CommentNotSaved
from sabaq.feedback.models import SurveyComment
from sabaq.feedback.queries import ReleasedComment, comments_visible_to, released_comments
from sabaq.feedback.rules.comments import Wording, telling_words
from sabaq.feedback.services import (
    close_survey,
    release_comment,
    take_back_comment,
    word_comment,
)
from sabaq.kernel.models import AuditRecord
from sabaq.people.actors import Grant, acting
from sabaq.people.enums import Role
from tests.factories import NOW
from tests.feedback.sheets import answer, sample_edition
from tests.visitors import staff_browser

pytestmark = pytest.mark.django_db
SECRET = "Colonel Serikov of Osh said so"
TEXTS = {"en": "A superior […] said so", "ru": "Начальник […] так сказал"}
WHOLE = Wording(masked="[…] said so", texts=TEXTS, translator="N. A.", theme=Theme.AT_WORK)


def answered(times):
    edition = sample_edition()
    answer(edition, times, lambda number: {"comment": SECRET if number == 0 else f"c{number}"})
    close_survey(edition, "closing", by=None, at=NOW)
    return edition


def holding(role, edition):
    return acting("Staff", [Grant(role, edition.pk)], account_id=3)


def secret_one():
    return SurveyComment.objects.get(original=SECRET)


def test_the_evaluator_alone_reads_what_was_written():
    edition = answered(10)

    assert comments_visible_to(holding(Role.EVALUATOR, edition), edition).count() == 10
    others = [role for role in Role if role is not Role.EVALUATOR]
    assert {comments_visible_to(holding(role, edition), edition).count() for role in others} == {0}
    elsewhere = holding(Role.EVALUATOR, sample_edition())
    assert comments_visible_to(elsewhere, edition).count() == 0


def test_of_nine_who_answered_nobody_reads_a_comment():
    edition = answered(9)
    SurveyComment.objects.update(released_on=edition.starts_on, masked="m", translator="t", theme="other")  # fmt: skip

    assert comments_visible_to(holding(Role.EVALUATOR, edition), edition).count() == 0
    assert released_comments(edition) == []


def test_a_released_comment_shows_its_wording_and_theme_and_nothing_else():
    edition = answered(10)
    release_comment(secret_one(), WHOLE, by=holding(Role.EVALUATOR, edition), at=NOW)

    [shown] = released_comments(edition)

    assert shown == ReleasedComment("closing", "comment", Theme.AT_WORK, TEXTS)
    assert secret_one().original == SECRET


@pytest.mark.parametrize(
    ("gap", "field"),
    [
        ({"masked": ""}, "masked"),
        ({"texts": {"en": "Only English"}}, "ru"),
        ({"translator": ""}, "translator"),
        ({"theme": ""}, "theme"),
        ({"masked": "m" * 2001}, "masked"),
    ],
)
def test_an_unfinished_comment_is_not_released_and_says_what_is_missing(gap, field):
    edition = answered(10)

    with pytest.raises(CommentNotSaved) as refused:
        release_comment(secret_one(), Wording(**{**vars(WHOLE), **gap}), by=None, at=NOW)

    assert list(refused.value.problems) == [field]
    assert released_comments(edition) == []


def test_what_is_released_must_be_taken_back_before_it_is_changed():
    edition = answered(10)
    release_comment(secret_one(), WHOLE, by=None, at=NOW)

    with pytest.raises(CommentIsReleased):
        word_comment(secret_one(), Wording(masked="else"), by=None, at=NOW)
    take_back_comment(secret_one(), by=None, at=NOW)

    assert released_comments(edition) == []
    assert word_comment(secret_one(), WHOLE, by=None, at=NOW).masked == WHOLE.masked


def test_the_audit_names_acts_and_columns_and_never_a_text():
    answered(10)
    before = AuditRecord.objects.count()
    release_comment(secret_one(), WHOLE, by=None, at=NOW)
    take_back_comment(secret_one(), by=None, at=NOW)
    word_comment(secret_one(), WHOLE, by=None, at=NOW)

    lines = AuditRecord.objects.order_by("id")[before:]
    assert [(line.verb, line.changed) for line in lines] == [
        ("worded", ["masked", "wording", "translator", "theme"]),
        ("released", ["released_on"]),
        ("taken back", ["released_on"]),
    ]


def test_addresses_numbers_and_names_are_pointed_out():
    text = "Айгүл Үлгі said: call +996 555 123456 or a@b.example. Serikov, at five."

    assert telling_words(text, ["Айгүл Үлгі", "Marat SERIKOV"]) == (
        "+996 555 123456",
        "a@b.example",
        "Айгүл",
        "Үлгі",
        "Serikov",
    )
    assert telling_words("It was good in 2027", ["It Go"]) == ()


@pytest.mark.usefixtures("still_clock")
def test_the_evaluator_masks_and_releases_on_her_page_and_the_organiser_reads_the_result():
    edition = answered(10)
    evaluator, organiser = (staff_browser(edition, r) for r in (Role.EVALUATOR, Role.ORGANISER))
    page = f"/office/{edition.slug}/survey/comments/"
    one = secret_one()
    prefix = f"c{one.key.hex[:8]}-"
    typed = {"masked": "[…]", **TEXTS, "translator": "Asel Typed", "theme": "at-work"}
    sent = {prefix + name: text for name, text in typed.items()}

    assert SECRET in evaluator.get(page).text
    incomplete = evaluator.post(f"{page}{one.key}/", {**sent, prefix + "ru": "", "act": "release"})
    assert incomplete.status_code == 422
    assert "readers could see in which it was written" in incomplete.text
    assert TEXTS["en"] in incomplete.text
    assert TEXTS["en"] not in organiser.get(f"/office/{edition.slug}/survey/").text
    assert evaluator.post(f"{page}{one.key}/", {**sent, "act": "release"}).status_code == 302

    html = organiser.get(f"/office/{edition.slug}/survey/").text
    assert (TEXTS["en"] in html, SECRET in html, "Asel Typed" in html) == (True, False, False)
    assert organiser.get(page).status_code == 404
    assert organiser.post(f"{page}{one.key}/take-back/").status_code == 404
    assert evaluator.post(f"{page}{one.key}/take-back/").status_code == 302
    assert TEXTS["en"] not in organiser.get(f"/office/{edition.slug}/survey/").text
