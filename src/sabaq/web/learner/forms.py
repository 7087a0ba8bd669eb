"""What a participant says of herself: names, the three questions."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from sabaq.enrolment.models import Enrolment
from sabaq.people.enums import RankBand, Sex
from sabaq.people.models import Person
from sabaq.people.rules import suggest_latin_name, tidy_name, validate_native_name
from sabaq.people.services import OWN_FIELDS


class ProfileForm(forms.ModelForm[Person]):
    """Names as they are, never required to fit a pattern of surname and patronymic."""

    class Meta:
        model = Person
        fields = OWN_FIELDS
        widgets = {"sex": forms.RadioSelect}
        help_texts = {
            "native_name": _("As in your documents, in the letters of your language."),
            "patronymic": _("Only if you have one and want it to be shown."),
            "display_name": _("Colleagues and trainers see this name. Empty: your full name."),
            "sex": _("Asked only to count how many women and men take part."),
            "language": _("We write to you in this language where we can."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["sex"].choices = Sex.choices  # type: ignore[attr-defined]
        self.fields["display_name"].validators.append(validate_native_name)
        rank = self.fields["rank_band"]
        rank.choices = [("", _("Not stated")), *RankBand.choices]  # type: ignore[attr-defined]
        latin = self.fields["latin_name"]
        latin.required = True  # the certificate shows it
        latin.help_text = _("The certificate shows it. Write it exactly as in your passport.")
        if not self.instance.latin_name:
            self._suggest_latin()

    def _suggest_latin(self) -> None:
        suggestion = suggest_latin_name(self.instance.native_name)
        if suggestion:
            self.initial["latin_name"] = suggestion
            self.fields["latin_name"].help_text = _(
                "We suggest this spelling. The certificate shows it: correct it so that it is exactly "
                "as in your passport."
            )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        for name in ("native_name", "latin_name", "patronymic", "display_name"):
            if name in cleaned:
                cleaned[name] = tidy_name(cleaned[name])
        return cleaned


def _yes_or_no(question: Any, help_text: Any) -> forms.TypedChoiceField:
    return forms.TypedChoiceField(
        label=question,
        help_text=help_text,
        choices=[("yes", _("Yes")), ("no", _("No"))],
        coerce=lambda answer: answer == "yes",
        widget=forms.RadioSelect,
        error_messages={"required": _("Please choose yes or no.")},
    )


class ConsentsForm(forms.Form):
    """Three separate questions without a default answer."""

    photo = _yes_or_no(
        _("May you be seen in photographs of the course?"),
        _("For example in the news article about the course."),
    )
    voice = _yes_or_no(
        _("May your voice be kept in the recording of the class?"),
        _("The recording is for participants and trainers of this course."),
    )
    listing = _yes_or_no(
        _("May the other participants see you in the list of participants?"),
        _("They would see the name shown in class, your agency and your country."),
    )

    @classmethod
    def of(cls, enrolment: Enrolment) -> "ConsentsForm":
        """Give the form with what was answered before; what was not stays unanswered."""
        given = {
            "photo": enrolment.photo_agreed,
            "voice": enrolment.voice_agreed,
            "listing": enrolment.listing_agreed,
        }
        words = {True: "yes", False: "no", None: None}
        return cls(initial={name: words[answer] for name, answer in given.items()})
