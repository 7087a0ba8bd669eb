"""The questions of a class on the console."""

from dataclasses import dataclass

from django.utils.translation import get_language

from sabaq.classroom.models import Question
from sabaq.classroom.queries.questions import questions_of
from sabaq.courses.models import Session
from sabaq.kernel.ids import digest
from sabaq.web.classroom.asked import ShownQuestion, shown_question, translation_of


@dataclass(frozen=True)
class DeskQuestion:
    """A question as staff see it: with who asked, if she gave her name, and what was merged into it."""

    shown: ShownQuestion
    agency: str
    supporters: int
    joined: tuple[ShownQuestion, ...]


@dataclass(frozen=True)
class DeskQuestions:
    waiting: tuple[DeskQuestion, ...]
    open: tuple[DeskQuestion, ...]
    answered: tuple[DeskQuestion, ...]

    @property
    def key(self) -> str:
        """Give how the list looks."""
        return digest(repr(self).encode())[:12]

    @property
    def standing(self) -> tuple[DeskQuestion, ...]:
        """Give those that another can be merged into."""
        return self.waiting + self.open


def desk_questions(session: Session) -> DeskQuestions:
    """Gather the questions of one session in two queries, those with most supporters first."""
    asked = list(questions_of(session))
    joined: dict[int, list[ShownQuestion]] = {}
    for question in asked:
        if question.merged_into_id is not None:
            joined.setdefault(question.merged_into_id, []).append(_shown(question))
    rows = [
        DeskQuestion(
            _shown(question),
            str(question.asker.person.agency or "") if question.asker else "",
            question.supporters,
            tuple(joined.get(question.pk, ())),
        )
        for question in sorted(asked, key=lambda one: -one.supporters)
        if question.merged_into_id is None
    ]
    still = [row for row in rows if not row.shown.is_answered]
    return DeskQuestions(
        waiting=tuple(row for row in still if not row.shown.is_released),
        open=tuple(row for row in still if row.shown.is_released),
        answered=tuple(row for row in rows if row.shown.is_answered),
    )


def _shown(question: Question) -> ShownQuestion:
    who = str(question.asker.person) if question.asker else ""
    language = get_language() or "en"
    translated = translation_of(question, language)
    return shown_question(question, language, translated=translated, who=who)
