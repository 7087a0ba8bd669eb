"""What the office enters about an article: its text, quotes, a photo, the donor's approval."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from sabaq.kernel.i18n import values_of
from sabaq.newsroom.enums import Way
from sabaq.newsroom.models import Photo, Quote
from sabaq.newsroom.rules import LANGUAGES
from sabaq.newsroom.services.photos import Caption
from sabaq.newsroom.services.quotes import Agreement, Words

_IN = {"en": _("in English"), "ru": _("in Russian")}


class TextForm(forms.Form):
    title = forms.CharField(label=_("Headline"), max_length=300)
    body = forms.CharField(
        label=_("Text"),
        help_text=_("Markdown: an empty line begins a paragraph, a dash a list."),
        widget=forms.Textarea(attrs={"rows": 22}),
    )
    revision = forms.IntegerField(widget=forms.HiddenInput)


class DayField(forms.DateField):
    def __init__(self, **options: Any) -> None:
        super().__init__(
            widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **options
        )


class WayField(forms.ChoiceField):
    def __init__(self, **options: Any) -> None:
        super().__init__(choices=Way.choices, widget=forms.RadioSelect, **options)


class AgreementForm(forms.Form):
    """Who approved, on which day, and how; the office records it."""

    approved_by = forms.CharField(
        label=_("Approved by"),
        max_length=200,
        help_text=_("The speaker, or who answers for her or him."),
    )
    approved_on = DayField(label=_("Approved on"))
    way = WayField(label=_("How the approval was given"))

    @property
    def agreement(self) -> Agreement:
        given = self.cleaned_data
        return Agreement(given["approved_by"], given["approved_on"], given["way"])


class DonorForm(AgreementForm):
    revision = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["approved_by"].help_text = _("Name and office of the donor’s person.")


class QuoteForm(forms.Form):
    """Name, function and words in each language."""

    def __init__(self, *args: Any, quote: Quote | None = None, **options: Any) -> None:
        initial: dict[str, Any] = {}
        for name in ("name", "function", "text"):
            values = values_of(getattr(quote, name)) if quote else {}
            initial |= {f"{name}_{code}": values.get(code, "") for code in LANGUAGES}
        super().__init__(*args, **{**options, "initial": initial})
        for code in LANGUAGES:
            self._add(f"name_{code}", _("Name"), code, max_length=200)
            self._add(f"function_{code}", _("Function"), code, max_length=300)
            area = forms.Textarea(attrs={"rows": 5, "lang": code})
            self._add(f"text_{code}", _("Words, without quotation marks"), code, widget=area)

    def _add(self, name: str, label: Any, code: str, **options: Any) -> None:
        label = _("%(what)s, %(in_language)s") % {"what": label, "in_language": _IN[code]}
        self.fields[name] = forms.CharField(label=label, **options)

    @property
    def words(self) -> Words:
        def of(name: str) -> dict[str, str]:
            values = {code: self.cleaned_data[f"{name}_{code}"] for code in LANGUAGES}
            return {code: " ".join(text.split()) for code, text in values.items() if text}

        return Words(of("name"), of("function"), of("text"))


class PhotoForm(forms.Form):
    """A photo never goes without its credit, its words for who cannot see it, and the agreement of those shown."""

    photo = forms.FileField(
        label=_("Photo"),
        help_text=_(
            "JPEG, PNG or WebP, at most 500 KB. What the camera wrote into the file is removed."
        ),
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp"}),
    )
    credit = forms.CharField(
        label=_("Credit"), max_length=200, help_text=_("Who took it, and whose it is.")
    )
    alt_en = forms.CharField(
        label=_("What the photo shows, in English"),
        max_length=300,
        help_text=_(
            "One sentence for readers who cannot see it. Name nobody who did not agree to be named."
        ),
    )
    alt_ru = forms.CharField(label=_("What the photo shows, in Russian"), max_length=300)
    agreed = forms.BooleanField(
        label=_("Everybody shown has agreed to be published with this article")
    )
    agreed_on = DayField(label=_("Agreement given on"))
    way = WayField(label=_("How the agreement was given"))

    def __init__(self, *args: Any, photo: Photo | None = None, **options: Any) -> None:
        initial: dict[str, Any] = {}
        if photo is not None:
            alt = values_of(photo.alt)
            initial = {
                "credit": photo.credit,
                "alt_en": alt.get("en", ""),
                "alt_ru": alt.get("ru", ""),
                "agreed_on": photo.agreed_on,
                "way": photo.agreed_way,
            }
        super().__init__(*args, **{**options, "initial": initial})
        self.fields["photo"].required = photo is None

    @property
    def caption(self) -> Caption:
        given = self.cleaned_data
        alt = {code: given[f"alt_{code}"] for code in LANGUAGES}
        return Caption(given["credit"], alt, given["agreed_on"], given["way"])


class ReasonForm(forms.Form):
    reason = forms.CharField(label=_("Reason"), max_length=300)
