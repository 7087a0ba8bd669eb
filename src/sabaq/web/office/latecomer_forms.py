from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from sabaq.courses.models import Session
from sabaq.enrolment.rules import Officer
from sabaq.kernel.i18n import text_in
from sabaq.people.enums import Language
from sabaq.people.models import Agency, Person
from sabaq.web.office.officer_forms import AgencyChoice, SexField


class AgencyOfCountryChoice(AgencyChoice):
    """An agency by name, under its country."""

    def offer_by_country(self, agencies: QuerySet[Agency]) -> None:
        self.queryset = agencies
        groups: dict[str, list[tuple[str, str]]] = {}
        for agency in agencies:
            row = (agency.key, self.label_from_instance(agency))
            groups.setdefault(agency.get_country_display(), []).append(row)
        by_name = [
            (country, sorted(rows, key=lambda row: row[1])) for country, rows in groups.items()
        ]
        self.choices = [("", self.empty_label), *sorted(by_name, key=lambda group: group[0])]


class LatecomerForm(forms.ModelForm[Person]):
    """What the host asks on the telephone: the name and the agency, which says the country."""

    session = forms.ModelChoiceField(
        Session.objects.none(), label=_("Session"), to_field_name="uuid", empty_label=None
    )
    agency = AgencyOfCountryChoice(
        Agency.objects.none(),
        label=_("Country and agency"),
        empty_label=_("Choose an agency"),
        help_text=_("The agency says the country."),
    )
    sex = SexField()
    language = forms.ChoiceField(
        label=_("Preferred language"), choices=Language.choices, initial=Language.RUSSIAN
    )
    field_order = ("session", "native_name", "latin_name", "agency", "sex", "language")

    class Meta:
        model = Person
        fields = ("native_name", "latin_name", "sex", "language")
        labels = {
            "native_name": _("Full name in own script"),
            "latin_name": _("Name in Latin letters, as in the passport"),
        }
        help_texts = {
            "latin_name": _("For the certificate. The officer can add it later."),
        }

    def __init__(self, *args: Any, sessions: list[Session], **options: Any) -> None:
        super().__init__(*args, **options)
        session: Any = self.fields["session"]
        session.queryset = Session.objects.filter(pk__in=[one.pk for one in sessions])
        session.label_from_instance = lambda one: text_in(one.title, get_language() or "en").text
        if len(sessions) == 1:
            session.widget = forms.HiddenInput()
        agencies: Any = self.fields["agency"]
        agencies.offer_by_country(Agency.objects.all())

    @property
    def officer(self) -> Officer:
        fields = ("native_name", "latin_name", "sex", "language")
        return Officer(**{field: self.cleaned_data[field] for field in fields})
