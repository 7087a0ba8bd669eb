import pytest
from django.core.exceptions import ValidationError

from sabaq.credentials.enums import SecondLanguage
from sabaq.credentials.errors import NoRoomForLogo, PictureDamaged, TextCannotBePrinted
from sabaq.credentials.models import CertificateDesign, DesignLogo
from sabaq.credentials.queries.designs import imprint_of, languages_wanted
from sabaq.credentials.rules.pictures import checked_picture
from sabaq.credentials.services import (
    DesignDraft,
    SignatoryDraft,
    accept_picture,
    add_logo,
    remove_logo,
    save_design,
    save_wording,
)
from sabaq.kernel.audit import trail_of
from sabaq.people.actors import acting
from tests.credentials.images import png, svg
from tests.factories import (
    NOW,
    ContributorFactory,
    EditionFactory,
    EnrolmentFactory,
    PersonFactory,
    ProjectFactory,
)

pytestmark = pytest.mark.django_db
BY = acting("N. A.")
HEAD = SignatoryDraft(
    {"en": "Gul Ulgi", "ru": "Гүл Үлгі"}, {"en": "Head of office", "ru": "Глава представительства"}
)
WORDING = {
    "course_title": "Оқу курсы",
    "place": "онлайн",
    "office": "Кеңсе",
    "acknowledgement": "",
    "phrases": {"participation": "Сертификат"},
    "signatories": [{"name": "Гүл Үлгі", "function": "Жетекші"}],
}


def draft(**changes):
    given = {
        "second_language": SecondLanguage.RUSSIAN,
        "place": {"en": "Tashkent", "ru": "Ташкент"},
        "acknowledgement": {"en": "Funded by a donor", "ru": "Средства донора"},
        "signatories": [HEAD],
    }
    return DesignDraft(**{**given, **changes})


def test_without_a_design_the_edition_speaks_for_itself():
    edition = EditionFactory(hours=8)
    edition.projects.add(ProjectFactory())
    ContributorFactory(edition=edition, kind="speaker", name={"en": "A B"}, function={"en": "Head"})

    printed = imprint_of(edition).printed("participation", "ru", at=NOW)

    english, russian = printed.texts
    assert (english.title, russian.title) == (
        "Certificate of participation",
        "Сертификат об участии",
    )
    assert [(one.name, one.function) for one in english.signatories] == [("A B", "Head")]
    assert english.acknowledgement == "Government of a donor country"
    assert (printed.logos, printed.signatures) == ((), (None,))


def test_a_design_says_what_was_drafted_and_keeps_the_pictures():
    edition = EditionFactory()
    signed = SignatoryDraft(HEAD.name, HEAD.function, signature=accept_picture(svg()))
    save_design(edition, draft(signatories=[signed, HEAD]), by=BY, at=NOW)
    save_design(edition, draft(signatories=[HEAD, HEAD]), by=BY, at=NOW)
    logo = add_logo(edition, accept_picture(svg()), {"en": "Office"}, by=BY, at=NOW)

    printed = imprint_of(edition).printed("completion", "ru", at=NOW)

    english = printed.texts[0]
    assert english.title == "Certificate of completion"
    assert english.facts[1] == "Tashkent"
    assert [one.function for one in english.signatories] == ["Head of office", "Head of office"]
    assert [one and one.digest for one in printed.signatures] == [logo.digest, None]
    assert [(one.digest, one.words) for one in printed.logos] == [(logo.digest, "Office")]


def test_a_signature_is_taken_away_and_a_second_signatory_leaves():
    edition = EditionFactory()
    signed = SignatoryDraft(HEAD.name, HEAD.function, signature=accept_picture(svg()))
    save_design(edition, draft(signatories=[signed, signed]), by=BY, at=NOW)
    bare = SignatoryDraft(HEAD.name, HEAD.function, keeps_signature=False)

    design = save_design(edition, draft(signatories=[bare]), by=BY, at=NOW)

    assert [one.signature for one in design.signatories.all()] == [""]
    assert [line.verb for line in trail_of(design)] == ["designed", "designed"]


def test_a_sign_that_the_font_lacks_is_named_and_nothing_is_saved():
    edition = EditionFactory()

    with pytest.raises(TextCannotBePrinted) as refused:
        save_design(edition, draft(place={"en": "Tash\u9f8dkent"}), by=BY, at=NOW)

    assert str(refused.value) == (
        "These signs cannot be printed: 龍 (U+9F8D). Please write the text without them."
    )
    assert CertificateDesign.objects.count() == 0


@pytest.mark.parametrize("mark", [0, 101])
def test_a_pass_mark_is_a_percentage(mark):
    with pytest.raises(ValidationError):
        save_design(
            EditionFactory(), draft(completion_test="knowledge", pass_mark=mark), by=BY, at=NOW
        )


def test_a_fifth_logo_finds_no_place_and_one_that_left_makes_room():
    edition, picture = EditionFactory(), accept_picture(svg())
    logos = [add_logo(edition, picture, {"en": str(n)}, by=BY, at=NOW) for n in range(4)]

    with pytest.raises(NoRoomForLogo, match="at most 4 logos"):
        add_logo(edition, picture, {"en": "5"}, by=BY, at=NOW)
    remove_logo(logos[1], by=BY, at=NOW)
    remove_logo(logos[1], by=BY, at=NOW)
    new = add_logo(edition, picture, {"en": "5"}, by=BY, at=NOW)

    assert new.position == 2
    assert DesignLogo.objects.count() == 4


def test_a_picture_that_the_printer_cannot_draw_is_refused():
    without_palette = png(colours=3)
    assert checked_picture(without_palette).kind == "png"

    with pytest.raises(PictureDamaged):
        accept_picture(without_palette)


def test_a_national_language_is_printed_once_somebody_has_checked_it():
    edition = EditionFactory()
    save_design(edition, draft(second_language=SecondLanguage.NATIONAL), by=BY, at=NOW)
    kazakh, tajik = PersonFactory(country="KZ"), PersonFactory(country="TJ")
    save_wording(edition, "kk", WORDING, checked_by="", by=BY, at=NOW)
    before = imprint_of(edition).language_of(kazakh)

    save_wording(edition, "kk", WORDING, checked_by="Gul Ulgi, interpreter", by=BY, at=NOW)

    imprint = imprint_of(edition)
    assert (before, imprint.language_of(kazakh), imprint.language_of(tajik)) == ("ru", "kk", "ru")
    text = imprint.printed("participation", "kk", at=NOW).texts[1]
    assert (text.language, text.title, text.course_title) == ("kk", "Сертификат", "Оқу курсы")
    assert text.issued_to == "Осы сертификат мына адамға берілді:"


def test_a_wording_is_checked_again_when_what_it_translates_changes():
    edition = EditionFactory()
    save_design(edition, draft(second_language=SecondLanguage.NATIONAL), by=BY, at=NOW)
    save_wording(edition, "kk", WORDING, checked_by="Gul Ulgi", by=BY, at=NOW)

    save_design(edition, draft(second_language=SecondLanguage.NATIONAL), by=BY, at=NOW)
    same = imprint_of(edition).is_checked("kk")
    other = SignatoryDraft({"en": "B C", "ru": "Б В"}, HEAD.function)
    changed = draft(second_language=SecondLanguage.NATIONAL, signatories=[other])
    save_design(edition, changed, by=BY, at=NOW)

    assert (same, imprint_of(edition).is_checked("kk")) == (True, False)


def test_a_wording_begins_with_no_donor_in_a_foreign_language():
    edition = EditionFactory()
    project = ProjectFactory(donor__name={"en": "Government of Exampleland", "ru": "Правительство"})
    edition.projects.add(project)

    begun = {code: imprint_of(edition).texts_in(code)["acknowledgement"] for code in ("ru", "tg")}

    assert begun == {"ru": "Правительство", "tg": ""}


def test_the_languages_of_those_who_take_part_are_asked_for():
    edition = EditionFactory()
    for country in ("UZ", "KZ", "UZ"):
        EnrolmentFactory(edition=edition, person=PersonFactory(country=country))

    assert languages_wanted(edition) == ["kk", "uz"]


def test_a_sample_is_in_russian_where_the_wording_is_not_written_yet():
    edition = EditionFactory(title={"en": "A course", "ru": "Курс"})
    save_design(edition, draft(second_language=SecondLanguage.NATIONAL), by=BY, at=NOW)
    begun = imprint_of(edition)
    save_wording(edition, "kk", WORDING, checked_by="", by=BY, at=NOW)
    saved = imprint_of(edition)
    save_wording(edition, "kk", WORDING, checked_by="Gul Ulgi", by=BY, at=NOW)
    checked = imprint_of(edition)

    texts = [one.printed("participation", "kk", at=NOW).texts[1] for one in (begun, saved, checked)]

    assert [text.course_title for text in texts] == ["Курс", "Оқу курсы", "Оқу курсы"]
    assert [text.signatories[0].name for text in texts] == ["Гүл Үлгі"] * 3
    assert texts[0].signatories[0].function == "Глава представительства"
    # Left out by whoever checked it, it stays out.
    assert [text.acknowledgement for text in texts] == ["Средства донора", "Средства донора", ""]
    assert {"course_title", "acknowledgement", "signatories"} <= set(begun.lacking("kk"))
    assert saved.lacking("kk") == ["acknowledgement"]


def test_languages_that_nobody_has_checked_are_named_where_they_are_wanted():
    edition = EditionFactory()
    people = [PersonFactory(country=country) for country in ("UZ", "KZ", "UZ")]
    in_russian = imprint_of(edition).languages_awaited(people)
    save_design(edition, draft(second_language=SecondLanguage.NATIONAL), by=BY, at=NOW)
    save_wording(edition, "kk", WORDING, checked_by="Gul Ulgi", by=BY, at=NOW)

    assert (in_russian, imprint_of(edition).languages_awaited(people)) == ([], ["uz"])
