"""The course that comes with Sabaq keeps what it promises."""

import re
import tomllib
from collections import Counter
from dataclasses import replace
from datetime import date, time
from itertools import pairwise
from statistics import median

import pytest
from django.conf import settings

from sabaq.courses.packs import Confidence, Item, Severity, Topic, check_pack, read_pack
from sabaq.courses.packs.glossary import terms_matching
from sabaq.courses.packs.paging import PAGE_HOLDS, on_page, pages_of, weight
from sabaq.courses.packs.parts import Block, BlockKind, Level, QuestionKind
from sabaq.courses.packs.paths import read_folder
from sabaq.courses.packs.progress import progress_of, sentence_lengths, words_of
from sabaq.courses.packs.render import shown_blocks, terms_in
from sabaq.courses.packs.translations import LOCK

TODAY = date(2027, 2, 4)
FILES = read_folder(settings.PACKS_DIR / "gender-human-rights")
PACK = read_pack(FILES)
COMPLETE = [topic for topic in PACK.topics if not topic.is_outline]


@pytest.fixture(scope="module")
def pack():
    return PACK


def test_nothing_is_to_be_mended_and_the_notes_are_the_cards_to_be_verified_before_use(pack):
    findings = check_pack(FILES, today=TODAY)

    unverified = [card for card in pack.cards.values() if card.confidence is not Confidence.FOUND]
    assert [finding.severity for finding in findings] == [Severity.NOTE] * len(unverified)
    assert {finding.path.partition("/")[0] for finding in findings} == {"cards"}
    assert all("verify it before use" in finding.message for finding in findings)


def test_every_text_is_there_in_russian_and_none_is_older_than_its_source(pack):
    english, russian = progress_of(pack).translations

    assert (russian.language, russian.done, russian.stale) == ("ru", russian.of, 0)
    assert russian.of == english.done > 1000


def test_it_teaches_all_six_topics(pack):
    assert [(topic.key, topic.is_outline) for topic in pack.topics] == [
        ("legal-framework", False),
        ("human-rights", False),
        ("gender-sensitivity", False),
        ("interviewing-screening", False),
        ("gender-competence", False),
        ("survivors", False),
    ]


def test_the_test_asks_about_every_topic_and_its_places_are_spread(pack):
    items = pack.tests["knowledge"].items
    places = Counter([o.key for o in item.options].index(item.correct) for item in items)

    assert 12 <= len(items) <= 15
    assert min(Counter(item.topic for item in items).values()) >= 2
    assert len({item.topic for item in items}) == 6
    assert max(places.values()) - min(places[place] for place in range(4)) <= 1


@pytest.mark.parametrize("form", ["A", "B"])
def test_the_places_of_the_right_options_are_spread_in_each_form(pack, form):
    places = Counter(item.correct for item in pack.tests["knowledge"].forms[form])

    assert max(places.values()) - min(places[place] for place in "abcd") <= 1


@pytest.mark.parametrize("language", ["en", "ru"])
@pytest.mark.parametrize("topic", COMPLETE, ids=lambda topic: topic.key)
def test_a_lesson_leads_to_the_words_of_the_glossary_where_they_come_first(topic, language):
    blocks = [
        replace(one, text={language: one.text.get(language, "")}) for one in topic.lesson.blocks
    ]
    linked = [key for block in blocks for key in terms_in(block)]

    assert len(linked) >= 8
    assert [key for key, times in Counter(linked).items() if times > 1] == []


@pytest.mark.parametrize("topic", COMPLETE, ids=lambda topic: topic.key)
def test_a_lesson_leads_to_the_same_words_in_both_languages(topic):
    for block in topic.lesson.blocks:
        one, other = ({*terms_in(replace(block, text={lang: text}))} for lang, text in both(block))
        assert (block.id, one) == (block.id, other)


def both(block: Block) -> list[tuple[str, str]]:
    return [(language, block.text.get(language, "")) for language in ("en", "ru")]


# The time of the course is that of Tashkent, and each day has about four hours besides its breaks.
TAUGHT_A_DAY = (180, 240)


@pytest.mark.parametrize("edition", ["regional-2027"])
def test_both_days_go_from_ten_to_half_past_two_in_tashkent_with_breaks(edition):
    path = settings.PACKS_DIR / "gender-human-rights" / "editions" / f"{edition}.toml"
    told = tomllib.loads(path.read_text("utf-8"))
    days = {}
    for one in told["sessions"]:
        if one["kind"] != "trial":
            days.setdefault(one["starts_at"].date(), []).append(one)

    assert told["edition"]["zone"] == "Asia/Tashkent"
    assert list(days) == [told["edition"]["starts_on"], told["edition"]["ends_on"]]
    for sessions in days.values():
        assert sessions[0]["starts_at"].time() == time(10)
        assert sessions[-1]["ends_at"].time() == time(14, 30)
        # One begins when the one before it ends, and nobody sits longer than 60 minutes without a break.
        assert all(one["ends_at"] == two["starts_at"] for one, two in pairwise(sessions))
        lengths = [(one["ends_at"] - one["starts_at"]).seconds // 60 for one in sessions]
        breaks = [m for m, one in zip(lengths, sessions, strict=True) if one["kind"] == "break"]
        assert len(breaks) >= 2
        assert max(breaks) >= 45
        assert TAUGHT_A_DAY[0] <= sum(lengths) - sum(breaks) <= TAUGHT_A_DAY[1]


@pytest.mark.parametrize("topic", COMPLETE, ids=lambda topic: topic.key)
@pytest.mark.parametrize(("language", "minutes"), [("en", "minutes?"), ("ru", "минут[аы]?")])
def test_the_parts_of_an_exercise_sum_to_twenty_minutes(topic, language, minutes):
    steps = next(block for block in topic.exercise.blocks if block.id == "steps").text[language]
    parts = re.findall(rf"^\d+\. \*\*(\d+)\s{minutes}\.\*\*", steps, re.MULTILINE)

    assert len(parts) == len(steps.split("\n")) >= 3
    assert sum(map(int, parts)) == 20


def lesson_texts(topic: Topic, language: str) -> list[str]:
    return [block.text[language] for block in topic.lesson.blocks if block.text]


@pytest.mark.parametrize("topic", COMPLETE, ids=lambda topic: topic.key)
class TestEveryTopicTaught:
    @pytest.mark.parametrize(("language", "most"), [("en", 1200), ("ru", 1200)])
    def test_its_lesson_is_neither_short_nor_long(self, topic, language, most):
        assert 700 <= len(words_of(" ".join(lesson_texts(topic, language)))) <= most

    def test_its_lesson_has_every_part_of_a_lesson(self, topic):
        blocks = topic.lesson.blocks
        kinds = {block.kind for block in blocks}
        headings = {
            block.id: block.text["en"] for block in blocks if block.kind is BlockKind.HEADING
        }
        after = {one.id: following for one, following in pairwise(blocks) if one.id in headings}

        assert {BlockKind.AIMS, BlockKind.CARD} <= kinds
        for part in ("aims", "crossing", "station", "mistakes", "think"):
            assert after[f"{part}-heading"].kind is not BlockKind.HEADING
        assert headings["crossing-heading"].startswith("## At the crossing point")
        assert headings["station-heading"].startswith("## At the station")
        assert headings["mistakes-heading"] == "## Mistakes to avoid"
        assert headings["think-heading"] == "## Questions to think about"
        # Before practice comes the law or the rule in plain words, with a card.
        names = [block.id for block in blocks]
        told = blocks[: min(names.index("crossing-heading"), names.index("station-heading"))]
        assert {BlockKind.CARD, BlockKind.TEXT} <= {block.kind for block in told}

    @pytest.mark.parametrize("language", ["en", "ru"])
    def test_its_sentences_are_short(self, topic, language):
        assert median(sentence_lengths(lesson_texts(topic, language))) < 18

    def test_it_is_there_in_both_languages(self, topic):
        both = {"en", "ru"}
        for block in (*topic.lesson.blocks, *topic.exercise.blocks):
            assert set(block.text) in (set(), both)
            assert not block.stale
        for slide in topic.deck.slides:
            assert set(slide.title) == set(slide.notes) == set(slide.interpreter) == both

    def test_its_deck_has_two_polls_and_fits_an_hour(self, topic):
        assert 8 <= len(topic.deck.slides) <= 14
        assert [one.poll for one in topic.deck.slides if one.poll] == [p.key for p in topic.polls]
        assert len(topic.polls) == 2

    @pytest.mark.parametrize("language", ["en", "ru"])
    def test_its_pages_fit_a_slow_network(self, topic, language):
        blocks = shown_blocks(PACK, topic, language, today=TODAY)

        assert not any(block.is_fallback for block in blocks)
        for page in pages_of(PACK, topic):
            assert weight(on_page(blocks, page)) <= PAGE_HOLDS

    def test_its_items_ask_for_judgement_and_give_no_cue(self, topic):
        items = items_of(topic)

        assert len(items) >= 7
        assert sum(item.level is Level.APPLY for item in items) > len(items) / 2
        for item in items:
            for language in ("en", "ru"):
                lengths = sorted(len(option.text[language]) for option in item.options)
                assert lengths[-1] <= 1.7 * lengths[0], (item.key, language, lengths)
                assert len({option.explanation[language] for option in item.options}) == 4

    def test_the_right_options_are_spread_over_the_places(self, topic):
        items = items_of(topic)
        places = Counter([o.key for o in item.options].index(item.correct) for item in items)

        assert max(places.values()) - min(places[place] for place in range(4)) <= 1

    @pytest.mark.parametrize("language", ["en", "ru"])
    def test_the_right_option_is_the_longest_no_more_often_than_chance_allows(
        self, topic, language
    ):
        items = items_of(topic)
        longest = [
            max(item.options, key=lambda option: len(option.text[language])).key for item in items
        ]

        told = sum(key == item.correct for key, item in zip(longest, items, strict=True))
        assert told <= len(items) * 3 // 7

    def test_every_objective_is_asked_about_twice(self, topic):
        asked = Counter(item.objective for item in items_of(topic))

        assert set(asked) == {objective.key for objective in topic.objectives}
        assert min(asked.values()) >= 2


_END = re.compile(r"(?<=[.!?])[*»”\")]*\s+(?=[«“\"(*]*[A-ZА-ЯЁ])")


def whole_sentences(language: str) -> list[int]:
    """Give the words of each sentence of running text: no headings, list entries or cells."""
    sheets = [sheet for topic in PACK.topics for sheet in (topic.lesson, topic.exercise)]
    sheets += [aid.sheet for aid in PACK.aids.values()]
    paragraphs = [block.text[language] for sheet in sheets for block in sheet.blocks if block.text]
    for slide in (slide for topic in PACK.topics for slide in topic.deck.slides):
        paragraphs += [slide.notes[language], slide.interpreter[language]]
    for item in PACK.items.values():
        paragraphs += [item.stem[language], *(o.explanation[language] for o in item.options)]
    paragraphs += [card.text[language] for card in PACK.cards.values()]
    paragraphs += [term.definition[language] for term in PACK.glossary.values()]
    running = [text for text in paragraphs if not re.match(r"#|\||!|- |\d+\. ", text)]
    return [len(words_of(one)) for text in running for one in _END.split(text) if words_of(one)]


@pytest.mark.parametrize("language", ["en", "ru"])
def test_running_text_is_made_of_short_sentences(language):
    lengths = whole_sentences(language)

    assert len(lengths) > 1000
    assert median(lengths) < 18
    assert max(lengths) <= 40


@pytest.mark.parametrize("language", ["en", "ru"])
def test_over_the_whole_bank_no_place_and_no_length_tells_the_key(language):
    places = Counter(item.correct for item in PACK.items.values())
    told = 0
    for item in PACK.items.values():
        lengths = {option.key: len(option.text[language]) for option in item.options}
        key = lengths.pop(item.correct)
        told += key > max(lengths.values())

    # One in four is chance; of 46 items chance alone tells 16 or more in one bank of eleven.
    assert max(places.values()) - min(places.values()) <= 3
    assert told <= 16


def items_of(topic: Topic) -> list[Item]:
    return [item for item in PACK.items.values() if item.topic == topic.key]


@pytest.mark.parametrize("language", ["en", "ru"])
def test_no_reader_sees_the_quotation_marks_of_a_keyboard(language):
    sheets = [sheet for topic in PACK.topics for sheet in (topic.lesson, topic.exercise)]
    sheets += [aid.sheet for aid in PACK.aids.values()]
    texts = [block.text[language] for sheet in sheets for block in sheet.blocks if block.text]
    for slide in (slide for topic in PACK.topics for slide in topic.deck.slides):
        texts += [one[language] for one in (slide.title, slide.body, slide.notes)]

    opening, closing = {"en": "“”", "ru": "«»"}[language]
    for text in texts:
        assert '"' not in text
        assert (text.count(opening), text) == (text.count(closing), text)


def test_the_glossary_explains_eighty_words_in_both_languages(pack):
    assert len(pack.glossary) >= 80
    assert all(set(t.term) == set(t.definition) == {"en", "ru"} for t in pack.glossary.values())


def test_a_word_in_quotation_marks_stands_at_its_own_letter():
    names = [term.term["ru"] for term in terms_matching(PACK.glossary.values(), "", "ru")]

    assert names.index("квота") < names.index("«мягкое право»") < names.index("наводящий вопрос")


# What to do is bold, then comes why in roman, then in italics what it rests on.
_STEP = re.compile(
    r"(?:- |\d+\. )\*\*(?P<deed>.+?)\*\*(?P<why>[^*]+)\*(?P<standard>[^*]+)\*", re.DOTALL
)
# These two lists are no steps: one holds signs; of the other a line below it says why, with its standard.
_NO_STEPS = {"signs", "ladder"}


@pytest.mark.parametrize("aid", PACK.aids.values(), ids=lambda aid: aid.key)
@pytest.mark.parametrize("language", ["en", "ru"])
def test_each_step_of_a_job_aid_says_why_and_on_what_it_rests(aid, language):
    lists = [
        block.text[language]
        for block in aid.sheet.blocks
        if block.id not in _NO_STEPS and re.match(r"- |1\. ", block.text.get(language, ""))
    ]
    steps = [line for text in lists for line in text.split("\n")]

    read = [_STEP.fullmatch(step) for step in steps]
    assert len(steps) >= 12
    assert [step for step, found in zip(steps, read, strict=True) if not found] == []
    assert [found["why"] for found in read if len(words_of(found["why"])) < 3] == []


@pytest.mark.parametrize("language", ["en", "ru"])
def test_the_ladder_says_in_one_line_why_and_on_what_it_rests(language):
    blocks = {block.id: block for block in PACK.aids["search-ladder"].sheet.blocks}
    why = blocks["why-ladder"].text[language]

    assert re.fullmatch(r"(Why|Почему): [^*]+\. \*[^*]+50[^*]+52\*", why)


@pytest.mark.parametrize("aid", PACK.aids.values(), ids=lambda aid: aid.key)
@pytest.mark.parametrize("language", ["en", "ru"])
def test_a_job_aid_fits_one_printed_page(aid, language):
    assert len(words_of(" ".join(b.text[language] for b in aid.sheet.blocks if b.text))) <= 400


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


# What stands in legal titles or in the glossary, which explains why a word is avoided, is left out.
AVOIDED = (
    r"anonym",
    r"аноним",
    r"\bvictim(?!-blam|isation)",
    r"жертв",
    r"reject",
    r"\bgam(e|ing)",
    r"\bигр",
)


def test_the_words_of_the_house_are_kept():
    apart = {"glossary.toml", LOCK}
    text = "\n".join(data.decode() for path, data in FILES.items() if path not in apart)

    for word in AVOIDED:
        assert re.findall(word, text, re.IGNORECASE) == []


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
