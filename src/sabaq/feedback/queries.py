from sabaq.enrolment.models import Enrolment
from sabaq.feedback.models import SurveyMark


def surveys_answered_by(enrolment: Enrolment) -> set[str]:
    """Give the keys of the surveys this participant has answered; nobody can ask what she answered."""
    return set(SurveyMark.objects.filter(enrolment=enrolment).values_list("survey", flat=True))
