"""Who may be given a certificate, and what stands in the way."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sabaq.assessment.enums import Phase
from sabaq.assessment.models import Attempt
from sabaq.classroom.queries.attendance import attended_minutes
from sabaq.classroom.rules.attendance import full_minutes
from sabaq.courses.models import Edition
from sabaq.courses.queries import course_days
from sabaq.credentials.enums import CertificateKind, CertificateState
from sabaq.credentials.errors import CannotBePrinted, NoLatinName
from sabaq.credentials.models import Certificate, CertificateDesign
from sabaq.credentials.ports import CertificatePrinter
from sabaq.credentials.queries.designs import design_of
from sabaq.credentials.rules.earning import Result, earns_participation, kind_earned, passes
from sabaq.credentials.rules.signs import shown_signs
from sabaq.enrolment.enums import EnrolmentState
from sabaq.enrolment.models import Enrolment
from sabaq.kernel import ports
from sabaq.kernel.errors import DomainError
from sabaq.people.models import Person


@dataclass(frozen=True)
class Claim:
    """One participant's standing: minutes of each day, the kind earned, and what was issued.

    `certificate` is valid. `withdrawn` is the last one where that was withdrawn: it is issued again only by
    an act of its own. `obstacle` says why the names cannot be printed.
    """

    enrolment: Enrolment
    minutes: tuple[int, ...]
    earned: CertificateKind | None
    certificate: Certificate | None
    withdrawn: Certificate | None = None
    obstacle: DomainError | None = None

    @property
    def is_owed(self) -> bool:
        """Tell whether a first certificate was earned and is not issued yet."""
        return self.earned is not None and self.certificate is None and self.withdrawn is None

    @property
    def is_ready(self) -> bool:
        """Tell whether it can be issued at once."""
        return self.is_owed and self.obstacle is None

    @property
    def has_earned_more(self) -> bool:
        """Tell whether participation stands where completion has been earned since."""
        return (
            self.earned == CertificateKind.COMPLETION
            and self.certificate is not None
            and self.certificate.kind == CertificateKind.PARTICIPATION
        )


def claims_of(edition: Edition, *, at: datetime | None = None) -> list[Claim]:
    """Give every enrolled participant's standing at this moment, by name, in a fixed number of queries."""
    design = design_of(edition)
    days = course_days(edition)
    minutes = attended_minutes(edition, at=at)
    results = _results_of(edition, design)
    issued = _last_issued(edition)
    enrolments = (
        Enrolment.objects.filter(edition=edition, state=EnrolmentState.ACTIVE)
        .select_related("person__agency", "edition")
        .order_by("person__name_key", "pk")
    )
    claims = []
    for enrolment in enrolments:
        spent, last = minutes.get(enrolment.pk, {}), issued.get(enrolment.pk)
        attended = earns_participation(spent, days, threshold=edition.attendance_minutes)
        claims.append(
            Claim(
                enrolment,
                tuple(full_minutes(spent.get(day, 0)) for day in days),
                kind_earned(
                    attended=attended,
                    passed=bool(design.completion_test)
                    and passes(results.get(enrolment.pk), pass_mark=design.pass_mark),
                ),
                last if last and last.state == CertificateState.VALID else None,
                last if last and last.state == CertificateState.WITHDRAWN else None,
                obstacle_of(enrolment.person) if attended else None,
            )
        )
    return claims


def obstacle_of(person: Person) -> DomainError | None:
    """Give what keeps this person's names off a certificate, or None."""
    if not person.latin_name:
        return NoLatinName()
    signs = ports.get(CertificatePrinter).missing_glyphs(person.native_name + person.latin_name)
    return CannotBePrinted(signs=shown_signs(signs)) if signs else None


def _last_issued(edition: Edition) -> Mapping[int, Certificate]:
    certificates = Certificate.objects.filter(enrolment__edition=edition).order_by("pk")
    return {certificate.enrolment_id: certificate for certificate in certificates}


def _results_of(edition: Edition, design: CertificateDesign) -> Mapping[int, Result]:
    """Give the tests after the course that were handed in, by enrolment."""
    if not design.completion_test:
        return {}
    attempts = Attempt.objects.filter(
        enrolment__edition=edition,
        test=design.completion_test,
        phase=Phase.AFTER,
        handed_in_at__isnull=False,
    ).values_list("enrolment_id", "correct", "total", "lapsed")
    return {pk: Result(correct or 0, total, lapsed) for pk, correct, total, lapsed in attempts}
