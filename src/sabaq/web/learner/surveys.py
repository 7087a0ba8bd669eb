"""A survey: answered once, confidentially."""

from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from sabaq.courses.packs import Question, Survey
from sabaq.courses.packs.parts import QuestionKind
from sabaq.enrolment.enums import EnrolmentState
from sabaq.feedback.errors import AnswersRefused, SeatNotConfirmed, SurveyAlreadyAnswered
from sabaq.feedback.queries import Done, done_by, survey_of
from sabaq.feedback.rules import BATCH, COMMENT_LIMIT, SHOWN_FROM
from sabaq.feedback.services import answer_survey
from sabaq.kernel import clock
from sabaq.web.learner.course import slots_of
from sabaq.web.learner.next_step import Course, Part
from sabaq.web.requests import Request, enrolment_of, participants_only
from sabaq.web.templatetags.sabaq import localized


class SurveyForm(forms.Form):
    """The questions of one survey. The service judges the answers; the form shows and keeps them."""

    def __init__(self, survey: Survey, data: Any = None) -> None:
        super().__init__(data, prefix="q", use_required_attribute=False)
        self.mark_optional = any(question.is_required for question in survey.questions)
        for question in survey.questions:
            self.fields[question.key] = _field(question)

    def refuse(self, refusal: AnswersRefused) -> None:
        """Say at every question what is wrong there."""
        for key, problem in refusal.problems.items():
            self.add_error(key or None, str(problem))


def _field(question: Question) -> forms.Field:
    label = localized(question.text)
    if question.kind is QuestionKind.OPEN:
        return forms.CharField(
            label=label,
            required=question.is_required,
            widget=forms.Textarea({"rows": 4}),
            help_text=_(
                "At most %(limit)s characters. Please write no names and no details of cases."
            )
            % {"limit": COMMENT_LIMIT},
        )
    return forms.ChoiceField(
        label=label,
        required=question.is_required,
        choices=[(option.key, localized(option.text)) for option in question.options],
        widget=forms.RadioSelect,
    )


@participants_only
@require_http_methods(["GET", "HEAD", "POST"])
def survey(request: Request, key: str) -> HttpResponse:
    """Show the survey, or take it: at once or not at all; typed text is kept when something is wrong."""
    enrolment = enrolment_of(request)
    asked = survey_of(enrolment.edition, key)
    if enrolment.state == EnrolmentState.PROVISIONAL:
        raise SeatNotConfirmed
    about = {
        "edition": enrolment.edition,
        "survey": asked,
        "shown_from": SHOWN_FROM,
        "batch": BATCH,
    }
    done, course = done_by(enrolment), Course(slots=slots_of(enrolment.edition))
    part = Part(key, asked.title, asked=asked.asked, closed=key in done.closed)
    if not course.is_asked(part, clock.now()):
        about["is_over"] = part.closed or course.is_over(clock.now())
        return _closed(request, done, about)
    if request.method == "POST":
        form = SurveyForm(asked, request.POST)
        given = {name: str(request.POST.get(form.add_prefix(name), "")) for name in form.fields}
        try:
            answer_survey(enrolment, key, given, by=request.actor)
        except SurveyAlreadyAnswered:
            return render(request, "learner/survey_answered.html", {**about, "again": True})
        except AnswersRefused as refusal:
            form.errors.clear()
            form.refuse(refusal)
            return render(request, "learner/survey.html", {**about, "form": form}, status=422)
        return redirect("learner:survey", key=key)
    if key in done.surveys:
        return render(request, "learner/survey_answered.html", about)
    return render(request, "learner/survey.html", {**about, "form": SurveyForm(asked)})


def _closed(request: Request, done: Done, about: dict[str, Any]) -> HttpResponse:
    """Say when the survey is asked; what somebody sent all the same is not taken."""
    if about["survey"].key in done.surveys:
        return render(request, "learner/survey_answered.html", about)
    status = 409 if request.method == "POST" else 200
    return render(request, "learner/survey_closed.html", about, status=status)
