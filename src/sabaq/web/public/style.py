"""The style page: every component of the look once. Not shown in production; for whoever builds pages."""

from datetime import UTC, date, datetime

from django import forms
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe
from i18nfield.strings import LazyI18nString

from sabaq.courses.packs.parts import Confidence, LegalCard
from sabaq.courses.packs.render import card_html
from sabaq.reporting.ports import Bar, Chart
from sabaq.web.icons import ICONS


class SampleForm(forms.Form):
    name = forms.CharField(label=_("Name in Latin letters"), help_text=_("As in the passport."))
    patronymic = forms.CharField(label=_("Patronymic"), required=False)
    sex = forms.ChoiceField(
        label=_("Sex"),
        choices=[
            ("female", _("Female")),
            ("male", _("Male")),
            ("undisclosed", _("Prefer not to say")),
        ],
        widget=forms.RadioSelect,
        help_text=_("You need not answer."),
    )
    country = forms.ChoiceField(label=_("Country"), choices=[("KG", _("Kyrgyzstan"))])
    born = forms.DateField(
        label=_("Date"), required=False, widget=forms.DateInput(attrs={"type": "date"})
    )
    topics = forms.MultipleChoiceField(
        label=_("Topics"),
        required=False,
        choices=[("law", _("Legal framework")), ("sop", _("Interviewing and screening women"))],
        widget=forms.CheckboxSelectMultiple,
    )
    remark = forms.CharField(
        label=_("Remark"), required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    table = forms.FileField(label=_("Table"), required=False)
    photo = forms.BooleanField(
        label=_("You may take my photo"), required=False, help_text=_("Refusing costs you nothing.")
    )


# Beside those of every page of the office: each belongs to pages of one kind.
SHEETS = tuple(f"sabaq/{name}.css" for name in ("console", "hall", "news", "voice"))

_CARD = LegalCard(
    key="invented",
    jurisdiction="international",
    title={"en": "Legal card", "ru": "Правовая карточка"},
    text={
        "en": "What the law or a standard says, in one sentence.",
        "ru": "Что говорит закон или стандарт, одним предложением.",
    },
    source={"en": "Source, article", "ru": "Источник, статья"},
    url="",
    verified_on=date(2026, 2, 4),
    confidence=Confidence.HIGH,
)

# What the page shows, invented.
_SAMPLES: dict[str, object] = {
    "starts": datetime(2026, 2, 4, 8, 10, tzinfo=UTC),
    "ends": datetime(2026, 2, 4, 9, 0, tzinfo=UTC),
    "first": date(2026, 2, 4),
    "last": date(2026, 2, 5),
    "shares": [
        ("Kazakhstan", 14, 12, 42),
        ("Kyrgyzstan", 13, 11, 45),
        ("Tajikistan", 13, 10, None),
    ],
    "icons": list(ICONS),
    "command": "sabaq doctor",
    "code": "K7QM-3XTA",
    "address": "https://course.example/i/…",
    "person": "Айгуль Садыкова",
    "steps": [(number, 20 * number - 20) for number in range(1, 6)],
    "drawn": Chart(
        caption="Seats",
        alternative="Kazakhstan 12, Kyrgyzstan 11",
        bars=(Bar("Kazakhstan", (12,), "12"), Bar("Kyrgyzstan", (11,), "11")),
        scale=14,
    ),
    "picture": "data:image/svg+xml,%3Csvg%20xmlns='http:%2F%2Fwww.w3.org/2000/svg'%20viewBox='0%200%2016%209'%3E%3Crect%20width='16'%20height='9'%20fill='%230a5c56'/%3E%3C/svg%3E",
    "only_russian": LazyI18nString({"ru": "Беседа и досмотр: стандартные процедуры"}),
}


@require_safe
def style(request: HttpRequest) -> HttpResponse:
    if settings.MODE == "production":
        raise Http404
    filled = {"name": "", "sex": "", "country": "KG"}
    context = {
        **_SAMPLES,
        "sheets": SHEETS,
        "form": SampleForm(),
        "wrong": SampleForm(filled, prefix="wrong"),
        "legal_card": card_html(
            _CARD, get_language() or "en", today=_CARD.verified_on, element_id="card", level=3
        ),
    }
    return render(request, "style.html", context)
