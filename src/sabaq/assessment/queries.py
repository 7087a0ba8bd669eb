from sabaq.assessment.models import Attempt
from sabaq.enrolment.models import Enrolment


def attempts_of(enrolment: Enrolment) -> dict[str, Attempt]:
    """Give the participant's attempts by the key of their test."""
    return {attempt.test: attempt for attempt in Attempt.objects.filter(enrolment=enrolment)}
