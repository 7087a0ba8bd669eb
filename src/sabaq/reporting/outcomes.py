"""What tests and surveys say in a report: of the whole group alone, and nothing of fewer than ten.

The figures and their sentences are those of assessment and feedback, which suppress them; here they become
sections that page, PDF, workbook and document all show.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sabaq.assessment.queries.results import test_results
from sabaq.assessment.statistics.reasons import Reason
from sabaq.assessment.statistics.results import FormResult, TestResults
from sabaq.assessment.statistics.words import ITEM_NOTES, Note, decimal, lines_of
from sabaq.courses.models import Edition
from sabaq.courses.packs import Test
from sabaq.courses.packs.parts import QuestionKind
from sabaq.courses.queries import pack_of
from sabaq.feedback.queries import Response, SurveyResults, results_of
from sabaq.feedback.rules import Result
from sabaq.kernel.few import FEW_ANSWERS
from sabaq.kernel.i18n import text_in
from sabaq.reporting.indicators import CONFIRMED, GAIN, ITEMS, REGISTERED, SURVEY
from sabaq.reporting.ports import Bar, Chart, Section, Table
from sabaq.reporting.publishing import PublishedFigures

NONE = "–"


@dataclass(frozen=True)
class Outcomes:
    """The results of every test and survey of one edition."""

    tests: tuple[tuple[Test, TestResults], ...] = ()
    surveys: tuple[SurveyResults, ...] = ()


def outcomes_of(edition: Edition, *, at: datetime) -> Outcomes:
    """Give what the tests and surveys of an edition say, as far as it may be shown at all."""
    tests = pack_of(edition.version).tests.values()
    return Outcomes(
        tuple((test, test_results(edition, test.key, at=at)) for test in tests),
        results_of(edition),
    )


def as_told(outcomes: Outcomes, figures: PublishedFigures) -> Outcomes:
    """Leave out of whom tests and surveys were asked where `figures`, published with them, hide how many those are.

    "44 of 51" is the total of those registered: beside the rows that are shown it gives what is hidden.
    """
    registered, confirmed = figures.total(REGISTERED.key), figures.total(CONFIRMED.key)
    return Outcomes(
        tuple(
            (
                test,
                results if results.registered == registered else replace(results, registered=None),
            )
            for test, results in outcomes.tests
        ),
        tuple(
            one
            if one.response.asked == confirmed
            else replace(one, response=replace(one.response, asked=None))
            for one in outcomes.surveys
        ),
    )


@dataclass(frozen=True)
class Topic:
    """A test or a survey: how many stand behind what it says, and its sections in the active language.

    `results` are those of a survey, question by question; a test has none.
    """

    key: str
    answered: int
    is_shown: bool
    sections: Callable[[str], Iterator[Section]]
    results: tuple[Result, ...] = ()


def survey_key(survey: str) -> str:
    """Give the key of a survey's topic."""
    return f"survey:{survey}"


def topics_of(outcomes: Outcomes) -> Iterator[Topic]:
    """Give every test and every survey, in the order of the course."""
    for test, results in outcomes.tests:
        said = partial(_of_test, test, results)
        yield Topic(f"test:{test.key}", results.matched, results.is_shown, said)
    for survey in outcomes.surveys:
        key = survey_key(survey.survey.key)
        said = partial(_of_survey, survey)
        asked = survey.results if survey.is_shown else ()
        yield Topic(key, survey.counted, survey.is_shown, said, asked)


def sections_of(outcomes: Outcomes, *, language: str) -> Iterator[Section]:
    """Give a section for each test and each survey, in the active language."""
    for topic in topics_of(outcomes):
        yield from topic.sections(language)


def _of_test(test: Test, results: TestResults, language: str) -> Iterator[Section]:
    heading = _("Test: %(title)s") % {"title": _said(test.title, language)}
    if not results.is_shown:
        yield Section(heading, (_too_few(),), indicator=GAIN.key)
        return
    lines = lines_of(results)
    rows = tuple((line.label, line.shown, f"{line.means} {line.limits}") for line in lines)
    numbers = tuple((None, line.value, None) for line in lines)
    columns = (_("Figure"), _("Value"), _("What it means, and what it does not"))
    charts = (_scores(results),) if results.change else ()
    table = Table(_("Figures of the test"), columns, rows, numbers=numbers)
    yield Section(heading, tables=(table,), charts=charts, indicator=GAIN.key)
    for form in results.forms:
        title = _("Items of form %(form)s") % {"form": form.form} if form.form else _("Items")
        table = _items(test, form, language)
        yield Section(title, tables=(table,), level=1, indicator=ITEMS.key)


def _scores(results: TestResults) -> Chart:
    if results.change is None:
        raise ValueError("nothing to draw")
    pairs = ((_("Before"), results.change.before), (_("After"), results.change.after))
    bars = tuple(Bar(label, (score,), f"{decimal(score, 1)} %") for label, score in pairs)
    said = "; ".join(f"{bar.label}: {bar.said}" for bar in bars)
    caption = _("Mean score before and after the course, in percent")
    alternative = _("Bar chart. %(caption)s. %(figures)s.") % {"caption": caption, "figures": said}
    return Chart(caption, alternative, bars, 100)


def _items(test: Test, form: FormResult, language: str) -> Table:
    asked = {item.key: item for item in test.sheet(form.form)}
    rows, numbers = [], []
    for one in form.items:
        before, after = _share(one.before.difficulty), _share(one.after.difficulty)
        tells = one.after.discrimination
        numbers.append((None, before, after, None if isinstance(tells, Reason) else tells))
        stem = _said(asked[one.item.key].stem, language)
        rows.append((stem, _whole(before), _whole(after), _decimal(tells)))
    columns = (_("Item"), _("Right before, %"), _("Right after, %"), _("Discrimination after"))
    return Table(
        _("Items of the test"),
        columns,
        tuple(rows),
        frozenset({1, 2, 3}),
        note=" ".join(map(_noted, ITEM_NOTES[:2])),
        numbers=tuple(numbers),
    )


def _noted(note: Note) -> str:
    return f"{note.label}: {note.means} {note.limits}"


def _of_survey(survey: SurveyResults, language: str) -> Iterator[Section]:
    heading = _("Survey: %(title)s") % {"title": _said(survey.survey.title, language)}
    if not survey.is_shown:
        yield Section(heading, (_too_few(),), indicator=SURVEY.key)
        return
    likert = [r for r in survey.results if r.is_shown and r.question.kind is QuestionKind.LIKERT]
    others = [r for r in survey.results if r.is_shown and r not in likert]
    yield Section(
        heading,
        (_answered(survey.response),),
        tables=(
            *([_spread(likert, language)] if likert else []),
            *(_chosen(one, language) for one in others),
        ),
        charts=(_spread_chart(likert, language),) if likert else (),
        indicator=SURVEY.key,
    )


def _answered(response: Response) -> str:
    if response.asked is None:
        return ngettext(
            "%(count)s person has answered.", "%(count)s people have answered.", response.answered
        ) % {"count": response.answered}
    return _("%(answered)s of %(asked)s have answered, %(rate)s %%.") % {
        "answered": response.answered,
        "asked": response.asked,
        "rate": response.rate,
    }


def _spread(results: list[Result], language: str) -> Table:
    """Give the whole distribution of each question, with median and share of the two highest."""
    options = [_said(option.text, language) for option in results[0].question.options]
    rows = tuple(
        (
            _said(one.question.text, language),
            *(str(count) for count in one.counts or ()),
            str(one.answered),
            NONE if one.median is None else decimal(one.median, 1),
            _whole(one.top_two),
        )
        for one in results
    )
    numbers = tuple(
        (None, *(one.counts or ()), one.answered, one.median, one.top_two) for one in results
    )
    columns = (_("Question"), *options, _("Answers"), _("Median"), _("Chose 4 or 5, %"))
    note = _(
        "Each count says how many chose that answer. The median is the answer in the middle when all are put "
        "in order. They are the opinions of those who answered: they do not say what the others think, nor "
        "what was learnt."
    )
    numeric = frozenset(range(1, len(columns)))
    return Table(_("Answers to each question"), columns, rows, numeric, note=note, numbers=numbers)


def _spread_chart(results: list[Result], language: str) -> Chart:
    legend = tuple(_said(option.text, language) for option in results[0].question.options)
    bars = tuple(
        Bar(
            _said(one.question.text, language),
            tuple(100 * count / one.answered for count in one.counts or ()),
            f"{one.top_two} %",
        )
        for one in results
    )
    said = "; ".join(f"{bar.label}: {bar.said}" for bar in bars)
    caption = _("Spread of the answers; beside each bar, how many chose 4 or 5")
    alternative = _("Bar chart. %(caption)s. %(figures)s.") % {"caption": caption, "figures": said}
    return Chart(caption, alternative, bars, 100, legend)


def _chosen(one: Result, language: str) -> Table:
    rows = tuple(
        (_said(option.text, language), str(count))
        for option, count in zip(one.question.options, one.counts or (), strict=True)
    )
    columns = (_("Answer"), _("Chosen by"))
    note = _(
        "How many chose each answer, of those who answered this question. It does not say what the others think."
    )
    numbers = tuple((None, count) for count in one.counts or ())
    caption = _said(one.question.text, language)
    return Table(caption, columns, rows, frozenset({1}), note=note, numbers=numbers)


def _too_few() -> str:
    return _("Shown once the results are complete, and only from %(count)s people on.") % {
        "count": FEW_ANSWERS
    }


def _share(share: float | Reason) -> int | None:
    return None if isinstance(share, Reason) else round(100 * share)


def _whole(number: int | None) -> str:
    return NONE if number is None else str(number)


def _decimal(value: float | Reason) -> str:
    return NONE if isinstance(value, Reason) else decimal(value)


def _said(value: Mapping[str, str], language: str) -> str:
    return text_in(value, language).text
