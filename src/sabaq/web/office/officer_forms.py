from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from sabaq.courses.models import Edition
from sabaq.enrolment.queries import ParticipantState
from sabaq.enrolment.rules import OFFICER_FIELDS, Officer
from sabaq.kernel.i18n import text_in
from sabaq.people.enums import Country, Language, RankBand, Sex
from sabaq.people.models import Agency, Person


class AgencyChoice(forms.ModelChoiceField[Agency]):
    """An agency by its key, shown by name; without a choice where there is only one."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, to_field_name="key", **options)

    def label_from_instance(self, agency: Any) -> str:
        return text_in(agency.name, get_language() or "en").text

    def offer(self, agencies: QuerySet[Agency]) -> None:
        """Offer these agencies; a single one is not asked for."""
        self.queryset = agencies
        first = list(agencies[:2])
        if len(first) == 1:
            self.empty_label = None
            self.initial = first[0].key
            self.widget = forms.HiddenInput()


def _agency() -> AgencyChoice:
    return AgencyChoice(Agency.objects.none(), label=_("Agency"), empty_label=_("Choose an agency"))


class SexField(forms.ChoiceField):
    """Voluntary: what is left open is not disclosed."""

    def __init__(self) -> None:
        super().__init__(
            label=_("Sex"),
            choices=Sex.choices,
            initial=Sex.UNDISCLOSED,
            widget=forms.RadioSelect,
            required=False,
            help_text=_("Helps to count the share of women. It may be left open."),
        )

    def clean(self, value: Any) -> Any:
        return super().clean(value) or Sex.UNDISCLOSED


class OfficerForm(forms.ModelForm[Person]):
    """What an agency says about an officer. Only the name must be given."""

    agency = _agency()
    sex = SexField()
    language = forms.ChoiceField(
        label=_("Language of the letter"), choices=Language.choices, initial=Language.RUSSIAN
    )
    rank_band = forms.ChoiceField(
        label=_("Rank"),
        choices=[("", pgettext_lazy("rank band", "Not stated")), *RankBand.choices],
        required=False,
    )
    field_order = ["agency", *OFFICER_FIELDS]

    class Meta:
        model = Person
        fields = OFFICER_FIELDS
        labels = {
            "native_name": _("Full name in own script"),
            "latin_name": _("Name in Latin letters, as in the passport"),
            "email": _("E-mail"),
        }
        help_texts = {
            "native_name": _("As the officer writes it."),
            "latin_name": _("For the certificate. The officer can add it later."),
            "email": _("Without an e-mail address you hand over the invitation on paper."),
        }

    def __init__(
        self, *args: Any, agencies: QuerySet[Agency] | None = None, **options: Any
    ) -> None:
        super().__init__(*args, **options)
        if agencies is None:
            del self.fields["agency"]
        else:
            self.fields["agency"].offer(agencies)  # type: ignore[attr-defined]

    @property
    def officer(self) -> Officer:
        return Officer(**{field: self.cleaned_data[field] for field in OFFICER_FIELDS})


class TableForm(forms.Form):
    agency = _agency()
    table = forms.FileField(
        label=_("Table of officers"),
        help_text=_("An XLSX or CSV file of at most 500 rows and 2 MB."),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv"}),
        error_messages={"empty": _("The file is empty. Choose the file with the officers.")},
    )

    def __init__(self, *args: Any, agencies: QuerySet[Agency], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["agency"].offer(agencies)  # type: ignore[attr-defined]


# Whoever has not answered has not agreed.
CONSENT_CHOICES = [
    ("photo", _("May be photographed")),
    ("no-photo", _("Has not agreed to photographs")),
    ("voice", _("May be recorded")),
    ("no-voice", _("Has not agreed to a recording of the voice")),
    ("listing", _("May be listed to other participants")),
    ("no-listing", _("Has not agreed to be listed")),
]


class ParticipantFilter(forms.Form):
    """Which participants to show; what is not understood filters nothing."""

    mark_optional = False
    name = forms.CharField(label=_("Name"), required=False)
    country = forms.ChoiceField(label=_("Country"), required=False)
    agency = AgencyChoice(
        Agency.objects.none(), label=_("Agency"), required=False, empty_label=_("All agencies")
    )
    state = forms.ChoiceField(
        label=_("State"),
        required=False,
        choices=[("", _("All states")), *ParticipantState.choices],
    )
    consent = forms.ChoiceField(
        label=_("Photograph, recording, list"),
        required=False,
        choices=[("", _("All answers")), *CONSENT_CHOICES],
    )

    def __init__(self, *args: Any, edition: Edition, **options: Any) -> None:
        super().__init__(*args, **options)
        countries = sorted(Country.choices, key=lambda choice: str(choice[1]))
        self.fields["country"].choices = [("", _("All countries")), *countries]  # type: ignore[attr-defined]
        self.fields["agency"].queryset = Agency.objects.filter(  # type: ignore[attr-defined]
            pk__in=edition.enrolments.values("person__agency")
        ).order_by("country", "key")

    @property
    def wanted(self) -> dict[str, Any]:
        self.is_valid()
        return self.cleaned_data
