"""The course that comes with Sabaq keeps what it promises."""

import gzip
import tomllib
from collections import Counter
from datetime import date

import pytest
from django.conf import settings
from django.utils import translation

from sabaq.courses.packs import Confidence, Pack, Severity, check_pack, read_pack
from sabaq.courses.packs.parts import Level, QuestionKind
from sabaq.courses.packs.paths import read_folder
from sabaq.courses.packs.render import shown_blocks

TODAY = date(2027, 2, 4)
FILES = read_folder(settings.PACKS_DIR / "gender-human-rights")


@pytest.fixture(scope="module")
def pack() -> Pack:
    return read_pack(FILES)


def test_its_only_findings_are_cards_to_be_verified_before_use(pack):
    findings = check_pack(FILES, today=TODAY)

    unverified = [card for card in pack.cards.values() if card.confidence is not Confidence.FOUND]
    assert [finding.severity for finding in findings] == [Severity.WARNING] * len(unverified)
    assert {finding.path for finding in findings} == {"cards/international.toml"}
    assert all("verify it before use" in finding.message for finding in findings)


def test_it_announces_six_topics_and_teaches_the_fourth(pack):
    assert [(topic.key, topic.is_outline) for topic in pack.topics] == [
        ("legal-framework", True),
        ("human-rights", True),
        ("gender-sensitivity", True),
        ("interviewing-screening", False),
        ("gender-competence", True),
        ("survivors", True),
    ]


def test_every_block_and_slide_is_there_in_both_languages(pack):
    topic = pack.topic("interviewing-screening")

    assert all(set(b.text) in (set(), {"en", "ru"}) and not b.stale for b in topic.lesson.blocks)
    assert 8 <= len(topic.deck.slides) <= 12
    for slide in topic.deck.slides:
        assert set(slide.title) == set(slide.notes) == set(slide.interpreter) == {"en", "ru"}
    assert [s.poll for s in topic.deck.slides if s.poll] == [poll.key for poll in topic.polls]
    assert len(topic.polls) == 2


@pytest.mark.parametrize("language", ["en", "ru"])
def test_the_lesson_fits_a_slow_network(pack, language):
    topic = pack.topic("interviewing-screening")

    with translation.override(language):
        blocks = shown_blocks(pack, topic, language, today=TODAY)

    # The whole page may weigh 8 KB; its frame and headers take some 2.2 KB of that.
    assert len(gzip.compress("\n".join(block.html for block in blocks).encode())) <= 5700
    assert not any(block.is_fallback for block in blocks)


def test_the_test_asks_for_judgement_and_gives_no_cue(pack):
    items = pack.tests["knowledge"].items

    positions = Counter([o.key for o in item.options].index(item.correct) for item in items)
    assert positions == {0: 2, 1: 2, 2: 2, 3: 2}
    assert sum(item.level is Level.APPLY for item in items) == 7
    for item in items:
        for language in ("en", "ru"):
            lengths = sorted(len(option.text[language]) for option in item.options)
            assert lengths[-1] <= 1.6 * lengths[0]
            assert len({option.explanation[language] for option in item.options}) == 4


def test_the_right_option_is_the_longest_no_more_often_than_chance_allows(pack):
    items = pack.tests["knowledge"].items

    for language in ("en", "ru"):
        longest = [
            max(item.options, key=lambda option: len(option.text[language])).key for item in items
        ]
        told = sum(key == item.correct for key, item in zip(longest, items, strict=True))
        assert told <= 3


def test_every_objective_of_the_topic_is_asked_about(pack):
    topic = pack.topic("interviewing-screening")

    assert {item.objective for item in pack.tests["knowledge"].items} == {
        objective.key for objective in topic.objectives
    }


def test_the_survey_is_called_confidential_and_never_anonymous(pack):
    survey = pack.surveys["closing"]

    assert [(question.key, question.kind) for question in survey.questions] == [
        ("relevance", QuestionKind.LIKERT),
        ("trainers", QuestionKind.LIKERT),
        ("interpretation", QuestionKind.LIKERT),
        ("technology", QuestionKind.LIKERT),
        ("most-useful", QuestionKind.CHOICE),
        ("comment", QuestionKind.OPEN),
    ]
    assert ("confidential" in survey.intro["en"], "конфиденциально" in survey.intro["ru"]) == (
        True,
        True,
    )


def test_the_words_of_the_house_are_kept():
    text = "\n".join(data.decode() for data in FILES.values()).casefold()

    for word in ("anonym", "аноним", "victim", "жертв", "reject", "game", "игр"):
        assert word not in text


def test_a_session_that_teaches_a_topic_bears_its_title(pack):
    titles = {topic.key: dict(topic.title) for topic in pack.topics}
    editions = (settings.PACKS_DIR / "gender-human-rights" / "editions").glob("*.toml")
    teaching = [
        session
        for edition in editions
        for session in tomllib.loads(edition.read_text("utf-8"))["sessions"]
        if session["kind"] == "teaching"
    ]

    assert len(teaching) == 7
    assert [one["title"] for one in teaching] == [titles[one["topic"]] for one in teaching]
