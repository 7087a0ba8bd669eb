from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.utils.translation import gettext_lazy as _

from sabaq.classroom.enums import CorrectionKind
from sabaq.classroom.rules.attendance import Interval
from sabaq.courses.models import Session
from sabaq.web.office.attendance import title_of


class _Sessions(forms.ModelChoiceField[Session]):
    def label_from_instance(self, session: Any) -> str:
        start = session.starts_at.astimezone(ZoneInfo(session.edition.zone))
        return f"{start:%d.%m, %H:%M} · {title_of(session)}"


class CorrectionForm(forms.Form):
    """Minutes of one participant in one session, added or taken away, and why."""

    session = _Sessions(
        Session.objects.none(), label=_("Session"), to_field_name="uuid", empty_label=None
    )
    kind = forms.ChoiceField(
        label=_("What to do"),
        choices=[
            (CorrectionKind.ADDED.value, _("Add minutes: was present")),
            (CorrectionKind.TAKEN.value, _("Take minutes away: was not present")),
        ],
        widget=forms.RadioSelect,
        initial=CorrectionKind.ADDED.value,
    )
    from_at = forms.TimeField(
        label=_("From"),
        required=False,
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        help_text=_("By the clock of the course. Leave both times empty for the whole session."),
    )
    until_at = forms.TimeField(
        label=_("Until"),
        required=False,
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
    )
    reason = forms.CharField(
        label=_("Reason"),
        max_length=300,
        help_text=_(
            "It stands in the register and in the audit trail. Write nothing about health."
        ),
    )

    def __init__(self, *args: Any, sessions: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["session"].queryset = sessions  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        given = [cleaned.get("from_at"), cleaned.get("until_at")]
        if any(given) and not all(given):
            problem = _("Give both times, or leave both empty for the whole session.")
            self.add_error("until_at" if given[0] else "from_at", problem)
        return cleaned

    @property
    def interval(self) -> Interval | None:
        """Give the stretch that was typed, on the day on which the session began; None is the whole session."""
        start, end = self.cleaned_data["from_at"], self.cleaned_data["until_at"]
        if start is None or end is None:
            return None
        session: Session = self.cleaned_data["session"]
        zone = ZoneInfo(session.edition.zone)
        day = session.starts_at.astimezone(zone).date()

        def moment(hour: time) -> datetime:
            return datetime.combine(day, hour, zone)

        # Nobody types a time before the beginning to mean the morning: the class ran over midnight.
        over = timedelta(days=1) if end <= start else timedelta()
        return moment(start), moment(end) + over
