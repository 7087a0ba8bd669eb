"""Comments of a survey, for the M&E officer alone: to mask, have translated, sort and release."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms
from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from sabaq.courses.models import Edition
from sabaq.courses.packs import Question
from sabaq.courses.queries import pack_of
from sabaq.feedback.enums import Theme
from sabaq.feedback.errors import CommentNotSaved
from sabaq.feedback.models import SurveyComment
from sabaq.feedback.queries import comments_visible_to, editions_evaluated_by, names_in
from sabaq.feedback.rules import SHOWN_FROM
from sabaq.feedback.rules.comments import Wording, telling_words
from sabaq.feedback.services import release_comment, take_back_comment, word_comment
from sabaq.kernel import clock
from sabaq.kernel.i18n import values_of
from sabaq.web.requests import Request, found, staff_only

LANGUAGES = tuple(code for code, _name in settings.LANGUAGES)
_IN = {"en": gettext_lazy("In English"), "ru": gettext_lazy("In Russian")}


class WordingForm(forms.Form):
    """How one comment is to read for others. The service judges it; the form shows and keeps it."""

    def __init__(self, comment: SurveyComment, data: Any = None) -> None:
        super().__init__(
            data,
            prefix=f"c{comment.key.hex[:8]}",
            initial=_initial(comment),
            use_required_attribute=False,
        )
        self.mark_optional = False
        rows = {"rows": 3}
        self.fields["masked"] = forms.CharField(
            label=_("Masked, in the language it was written in"),
            help_text=_("Put […] for names, places, posts, dates and cases."),
            widget=forms.Textarea(rows),
        )
        for code in LANGUAGES:
            self.fields[code] = forms.CharField(label=_IN[code], widget=forms.Textarea(rows))
        self.fields["translator"] = forms.CharField(label=_("Translated by"), max_length=None)
        self.fields["theme"] = forms.ChoiceField(
            label=_("Theme"), choices=[("", _("not chosen yet")), *Theme.choices]
        )

    def wording(self) -> Wording:
        """Give what was typed."""
        said = {name: str(self.data.get(self.add_prefix(name), "")) for name in self.fields}
        texts = {code: said[code] for code in LANGUAGES}
        return Wording.tidied(said["masked"], texts, said["translator"], said["theme"])

    def refuse(self, refusal: CommentNotSaved) -> None:
        """Say at every field what is wrong there."""
        self.errors.clear()
        for name, problem in refusal.problems.items():
            self.add_error(name, str(problem))


@dataclass(frozen=True)
class Row:
    """One comment on the page, with the question it answers and what in it could tell who wrote it."""

    comment: SurveyComment
    question: Question | None
    telling: tuple[str, ...]
    form: WordingForm

    @property
    def wording(self) -> dict[str, str]:
        return values_of(self.comment.wording)


@staff_only
@require_safe
def comments(request: Request, slug: str) -> HttpResponse:
    """Show the comments as they were written, those still to be done first."""
    edition = found(editions_evaluated_by(request.actor).select_related("version"), slug=slug)
    return _page(request, edition)


@staff_only
@require_POST
def word(request: Request, slug: str, key: UUID) -> HttpResponse:
    """Save what others will read of a comment, or release it at once; what was typed is kept when refused."""
    edition = found(editions_evaluated_by(request.actor).select_related("version"), slug=slug)
    comment = found(comments_visible_to(request.actor, edition), key=key)
    form = WordingForm(comment, request.POST)
    verb = release_comment if request.POST.get("act") == "release" else word_comment
    try:
        verb(comment, form.wording(), by=request.actor, at=clock.now())
    except CommentNotSaved as refusal:
        form.refuse(refusal)
        return _page(request, edition, refused=form, about=comment)
    return redirect("office:comments", slug=slug)


@staff_only
@require_POST
def take_back(request: Request, slug: str, key: UUID) -> HttpResponse:
    """Let nobody else read a comment any more."""
    edition = found(editions_evaluated_by(request.actor), slug=slug)
    comment = found(comments_visible_to(request.actor, edition), key=key)
    take_back_comment(comment, by=request.actor, at=clock.now())
    return redirect("office:comments", slug=slug)


def _page(
    request: Request,
    edition: Edition,
    *,
    refused: WordingForm | None = None,
    about: SurveyComment | None = None,
) -> HttpResponse:
    surveys, names = pack_of(edition.version).surveys, names_in(edition)
    rows = []
    for one in comments_visible_to(request.actor, edition):
        survey = surveys.get(one.survey)
        form = refused if refused and about and one.pk == about.pk else WordingForm(one)
        question = survey.question(one.question) if survey else None
        rows.append(Row(one, question, telling_words(one.original, names), form))
    context = {
        "edition": edition,
        "waiting": [row for row in rows if row.comment.released_on is None],
        "released": [row for row in rows if row.comment.released_on is not None],
        "shown_from": SHOWN_FROM,
    }
    return render(request, "office/comments.html", context, status=422 if refused else 200)


def _initial(comment: SurveyComment) -> dict[str, str]:
    return {
        "masked": comment.masked or comment.original,
        **values_of(comment.wording),
        "translator": comment.translator,
        "theme": comment.theme,
    }
