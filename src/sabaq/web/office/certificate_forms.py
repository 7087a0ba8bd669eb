"""Forms for what the certificates of an edition say and show."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.text import format_lazy
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from sabaq.courses.queries import pack_of
from sabaq.credentials.enums import SecondLanguage
from sabaq.credentials.errors import PictureRefused
from sabaq.credentials.queries.designs import OWN_TEXTS, Imprint
from sabaq.credentials.services import SignatoryDraft, accept_picture
from sabaq.kernel.i18n import text_in
from sabaq.people.models import Person

LANGUAGES = (("en", _("in English")), ("ru", _("in Russian")))
ATTENDANCE, HANDED_IN, PASSED = "attendance", "handed-in", "passed"


class PictureField(forms.FileField):
    """A PNG or SVG; what the form gives is the picture as it may be kept."""

    def __init__(self, **options: Any) -> None:
        super().__init__(
            widget=forms.FileInput(attrs={"accept": ".png,.svg,image/png,image/svg+xml"}), **options
        )

    def clean(self, data: Any, initial: Any = None) -> Any:
        file = super().clean(data, initial)
        if not file:
            return None
        try:
            return accept_picture(file.read())
        except PictureRefused as refused:
            raise forms.ValidationError(str(refused), code="picture") from refused


class _InBothLanguages(forms.Form):
    """A form whose texts are asked for in English and in Russian, as fields `name_en` and `name_ru`."""

    def ask(self, name: str, label: Any, *, required: bool, most: int, lines: int = 1) -> None:
        widget = forms.Textarea(attrs={"rows": lines}) if lines > 1 else forms.TextInput()
        for code, language in LANGUAGES:
            self.fields[f"{name}_{code}"] = forms.CharField(
                label=format_lazy("{label}, {language}", label=label, language=language),
                required=required,
                max_length=most,
                widget=widget,
            )

    def begin_with(self, name: str, value: Any) -> None:
        for code, _language in LANGUAGES:
            found = text_in(value, code)
            self.initial[f"{name}_{code}"] = "" if found.is_fallback else found.text

    def given(self, name: str) -> dict[str, str]:
        both = {code: self.cleaned_data.get(f"{name}_{code}", "") for code, _language in LANGUAGES}
        return {code: text for code, text in both.items() if text}


class DesignForm(_InBothLanguages):
    """Who is given a certificate, in which languages, and the texts that are the edition's own."""

    asks_for = forms.ChoiceField(
        label=_("Who is given a certificate"),
        choices=[
            (ATTENDANCE, _("Whoever attended each day: a certificate of participation")),
            (
                HANDED_IN,
                _("The same, and of completion once the test after the course is handed in"),
            ),
            (PASSED, _("The same, and of completion once the test after the course is passed")),
        ],
        widget=forms.RadioSelect,
        help_text=_(
            "Who attended without the test keeps the certificate of participation. Its kind tells the agency"
            " about the test: the data notice has to say so."
        ),
    )
    completion_test = forms.ChoiceField(label=_("Test"))
    pass_mark = forms.IntegerField(
        label=_("Right answers needed, in percent"),
        required=False,
        validators=[MinValueValidator(1), MaxValueValidator(100)],
    )
    second_language = forms.ChoiceField(
        label=_("Beside English"),
        choices=SecondLanguage.choices,
        widget=forms.RadioSelect,
        help_text=_(
            "A national language is printed once its wording has been checked; until then Russian."
        ),
    )

    def __init__(self, *args: Any, imprint: Imprint, **options: Any) -> None:
        super().__init__(*args, **options)
        design, language = imprint.design, get_language() or "en"
        self.ask("place", _("Where or how it was held"), required=True, most=200)
        self.ask("acknowledgement", _("Acknowledgement"), required=False, most=600, lines=4)
        tests = pack_of(imprint.edition.version).tests
        self.fields["completion_test"].choices = [  # type: ignore[attr-defined]
            (key, text_in(test.title, language).text) for key, test in tests.items()
        ]
        if len(tests) == 1:
            self.fields["completion_test"].widget = forms.HiddenInput()
        if not tests:
            for name in ("asks_for", "completion_test", "pass_mark"):
                del self.fields[name]
        asks_for = PASSED if design.pass_mark else HANDED_IN
        begun = {code: imprint.texts_in(code) for code, _language in LANGUAGES}
        self.initial = {
            "asks_for": asks_for if design.completion_test else ATTENDANCE,
            "completion_test": design.completion_test or next(iter(tests), ""),
            "pass_mark": design.pass_mark,
            "second_language": design.second_language,
        }
        for name in ("place", "acknowledgement"):
            self.begin_with(name, {code: texts[name] for code, texts in begun.items()})

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("asks_for") == PASSED and "pass_mark" not in self.errors:
            if cleaned.get("pass_mark") is None:
                self.add_error("pass_mark", _("Say how many right answers are needed."))
        else:
            cleaned["pass_mark"] = None
        if cleaned.get("asks_for", ATTENDANCE) == ATTENDANCE:
            cleaned["completion_test"] = ""
        return cleaned


class SignatoryForm(_InBothLanguages):
    """Name and title in both languages, and a picture of the signature."""

    def __init__(self, *args: Any, signatory: Any, is_first: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        self.is_first = is_first
        self.ask("name", _("Name of who signs"), required=is_first, most=200)
        self.ask("function", pgettext_lazy("signatory", "Title"), required=is_first, most=300)
        self.fields["signature"] = PictureField(
            label=_("Picture of the signature"),
            required=False,
            help_text=_(
                "PNG or SVG on a white or clear ground, at most 300 KB. Without one there is a line to sign on."
            ),
        )
        if signatory is not None:
            self.begin_with("name", signatory.name)
            self.begin_with("function", signatory.function)
            if signatory.signature:
                self.fields["without"] = forms.BooleanField(
                    label=_("Take the picture of the signature away"), required=False
                )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        asked = [f"{name}_{code}" for name in ("name", "function") for code, _language in LANGUAGES]
        if any(cleaned.get(name) for name in asked) or cleaned.get("signature"):
            for name in asked:
                if not cleaned.get(name) and name not in self.errors:
                    self.add_error(name, _("Name and title are needed in both languages."))
        return cleaned

    @property
    def draft(self) -> SignatoryDraft | None:
        """Give the signatory, or None where nobody is named."""
        name = self.given("name")
        if not name:
            return None
        return SignatoryDraft(
            name,
            self.given("function"),
            signature=self.cleaned_data.get("signature"),
            keeps_signature=not self.cleaned_data.get("without"),
        )


class LogoForm(_InBothLanguages):
    picture = PictureField(
        label=_("Logo"),
        help_text=_("PNG or SVG, at most 300 KB; letters in a drawing turned into outlines."),
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.ask("name", _("Whose logo it is"), required=True, most=200)


PHRASE_LABELS = {
    "participation": _("Heading, for participation"),
    "completion": _("Heading, for completion"),
    "issued_to": _("Before the name"),
    "participated": _("Before the course, for participation"),
    "completed": _("Before the course, for completion"),
    "number": pgettext_lazy("label on a certificate", "Number"),
    "issued": _("Date of issue"),
    "check": _("Before the address of the check"),
}
TEXT_LABELS = {
    "course_title": _("Title of the course"),
    "place": _("Where or how it was held"),
    "office": pgettext_lazy("certificate", "Office"),
    "acknowledgement": _("Acknowledgement"),
}


def labels_of_lacking(imprint: Imprint, language: str) -> list[str]:
    """Say what the wording in a national language lacks, in the words of its form."""
    labels = {**TEXT_LABELS, "signatories": _("Who signs")}
    return [str(labels[key]) for key in imprint.lacking(language)]


class WordingForm(forms.Form):
    """Everything that a certificate says in a national language, and who has checked it."""

    def __init__(self, *args: Any, imprint: Imprint, language: str, **options: Any) -> None:
        super().__init__(*args, **options)
        self.imprint, self.language = imprint, language
        shown, begun = imprint.texts_in(get_language() or "en"), imprint.texts_in(language)
        for name, label in TEXT_LABELS.items():
            self._ask(name, label, shown[name], begun[name])
        for number in range(1, len(imprint.signatories) + 1):
            said, first = shown["signatories"][number - 1], begun["signatories"][number - 1]
            self._ask(f"name_{number}", _("Name of who signs"), said["name"], first["name"])
            self._ask(
                f"function_{number}",
                pgettext_lazy("signatory", "Title"),
                said["function"],
                first["function"],
            )
        for name, label in PHRASE_LABELS.items():
            self._ask(name, label, shown["phrases"][name], begun["phrases"][name])
        self.fields["checked_by"] = forms.CharField(
            label=_("Checked by"),
            required=False,
            max_length=200,
            help_text=_(
                "Name and function of who reads this language and found it right. Until somebody is named,"
                " the certificates say it in Russian."
            ),
        )
        wording = imprint.wordings.get(language)
        self.initial["checked_by"] = wording.checked_by if wording else ""

    def _ask(self, name: str, label: Any, shown: str, begun: str) -> None:
        self.fields[name] = forms.CharField(
            label=label, required=False, max_length=600, help_text=shown
        )
        self.initial[name] = begun

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("checked_by"):
            for name in self.fields:
                if name not in ("acknowledgement", "checked_by") and not cleaned.get(name):
                    self.add_error(name, _("This text is still missing."))
        return cleaned

    @property
    def texts(self) -> Mapping[str, Any]:
        given, begun = self.cleaned_data, self.imprint.texts_in(self.language)["phrases"]
        phrases = {name: given[name] for name in PHRASE_LABELS}
        # Made whole by what has no field of its own: nothing is lost when it is read back.
        return {
            **{name: given[name] for name in OWN_TEXTS},
            "phrases": {**begun, **phrases},
            "signatories": [
                {"name": given[f"name_{n}"], "function": given[f"function_{n}"]}
                for n in range(1, len(self.imprint.signatories) + 1)
            ],
        }


class ReissueForm(forms.ModelForm[Person]):
    """The names as they should be printed, and why the certificate is issued again."""

    reason = forms.CharField(
        label=_("Reason"), max_length=300, help_text=_("It is kept in the audit trail.")
    )

    class Meta:
        model = Person
        fields = ["native_name", "latin_name"]
        labels = {
            "native_name": _("Full name in own script"),
            "latin_name": _("Name in Latin letters, as in the passport"),
        }

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["latin_name"].required = True
        self.fields["native_name"].help_text = _("Corrected in the officer’s own data too.")

    @property
    def names(self) -> dict[str, str]:
        return {name: self.cleaned_data[name] for name in ("native_name", "latin_name")}
