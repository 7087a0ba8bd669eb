"""What tests and surveys say, as it is kept with a release: sections in each language of the pages.

A test or survey once published stands, until ten answers more (or fewer) are in: two versions that differ
by one answer would tell what it was.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from django.conf import settings
from django.utils import translation

from sabaq.courses.packs.parts import QuestionKind
from sabaq.feedback.rules import Result
from sabaq.kernel.few import FEW_ANSWERS
from sabaq.kernel.i18n import values_of
from sabaq.reporting.outcomes import Outcomes, Topic, survey_key, topics_of
from sabaq.reporting.ports import Bar, Bars, Chart, Section, Table

Kept = Mapping[str, Any]


def kept_outcomes(outcomes: Outcomes, before: Kept) -> dict[str, Any]:
    """Give what is to be kept of each topic; `before` is what the last release keeps."""
    made: dict[str, Any] = {}
    for topic in topics_of(outcomes):
        old = before.get(topic.key)
        made[topic.key] = old if old and _stands(old, topic) else _kept(topic)
    return made


def _stands(old: Kept, topic: Topic) -> bool:
    is_far = abs(topic.answered - old["answered"]) >= FEW_ANSWERS
    return bool(old["shown"]) and not (topic.is_shown and is_far)


def _kept(topic: Topic) -> dict[str, Any]:
    said = {}
    for language, _ in settings.LANGUAGES:
        with translation.override(language):
            said[language] = [_as_json(section) for section in topic.sections(language)]
    return {
        "answered": topic.answered,
        "shown": topic.is_shown,
        "sections": said,
        "questions": [_question(result) for result in topic.results],
    }


def _question(result: Result) -> dict[str, Any]:
    return {
        "kind": result.question.kind.value,
        "text": values_of(result.question.text),
        "options": [option.key for option in result.question.options],
        "counts": None if result.counts is None else list(result.counts),
    }


@dataclass(frozen=True)
class KeptQuestion:
    """A question of a survey as it was published: `counts` are those of `options`, None under ten answers."""

    kind: QuestionKind
    text: Mapping[str, str]
    options: tuple[str, ...]
    counts: tuple[int, ...] | None


def kept_questions(kept: Kept, survey: str) -> list[KeptQuestion]:
    """Give the questions of a survey in its order; none where nothing of it was published."""
    topic = kept.get(survey_key(survey), {})
    return [
        KeptQuestion(
            QuestionKind(one["kind"]),
            one["text"],
            tuple(one["options"]),
            None if one["counts"] is None else tuple(one["counts"]),
        )
        for one in topic.get("questions", ())
    ]


def kept_sections(kept: Kept, *, language: str) -> list[Section]:
    """Give the sections back as they were, in the order of the course."""
    return [
        _section(section)
        for topic in kept.values()
        for section in topic["sections"].get(language, topic["sections"]["en"])
    ]


def _as_json(section: Section) -> dict[str, Any]:
    plain = asdict(section)
    for table in plain["tables"]:
        table["numeric"] = sorted(table["numeric"])
    # As the database gives it back, so that two releases can be compared.
    kept: dict[str, Any] = json.loads(json.dumps(plain))
    return kept


def _section(kept: Kept) -> Section:
    return Section(
        kept["heading"],
        tuple(kept["paragraphs"]),
        tuple(_table(table) for table in kept["tables"]),
        tuple(_chart(chart) for chart in kept["charts"]),
        kept["level"],
        kept["indicator"],
    )


def _table(kept: Kept) -> Table:
    bars = kept["bars"] and Bars(**{**kept["bars"], "shares": tuple(kept["bars"]["shares"])})
    return Table(
        kept["caption"],
        tuple(kept["columns"]),
        _rows(kept["rows"]),
        frozenset(kept["numeric"]),
        bars,
        kept["note"],
        kept["totals"],
        tuple(tuple(row) for row in kept["numbers"]),
    )


def _rows(kept: Sequence[Sequence[str]]) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(row) for row in kept)


def _chart(kept: Kept) -> Chart:
    bars = tuple(Bar(bar["label"], tuple(bar["parts"]), bar["said"]) for bar in kept["bars"])
    return Chart(
        kept["caption"],
        kept["alternative"],
        bars,
        kept["scale"],
        tuple(kept["legend"]),
        kept["aim"],
    )
