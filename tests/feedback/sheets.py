"""What surveys hold, for tests."""

from sabaq.feedback.models import SurveyAnswer, SurveyComment, SurveySheet
from sabaq.feedback.rules.pool import unpacked
from sabaq.feedback.services import answer_survey
from sabaq.feedback.services.pools import PURPOSE
from sabaq.kernel.sealing import unseal
from tests.factories import EditionFactory, EnrolmentFactory
from tests.sample_pack import sample_version


def sample_edition():
    return EditionFactory(version=sample_version())


def enrolled(edition=None):
    return EnrolmentFactory(edition=edition or sample_edition())


def waiting():
    """Give the sheets that wait, opened, as lists of (question, answer)."""
    sheets = SurveySheet.objects.all()
    opened = [unpacked(unseal(bytes(one.sealed), purpose=PURPOSE)) for one in sheets]
    return sorted(sorted(sheet.items()) for sheet in opened)


def counted():
    """Give what has left the pools: (question, choice or text)."""
    chosen = SurveyAnswer.objects.values_list("question", "choice")
    written = SurveyComment.objects.values_list("question", "original")
    return sorted([*chosen, *written])


def answer(edition, times, sheet=None):
    """Let so many participants answer, each as `sheet(number)` says; give their enrolments."""
    enrolments = []
    for number in range(times):
        enrolments.append(enrolled(edition))
        said = (
            sheet(number) if sheet else {"relevant": str(number % 5 + 1), "comment": f"c{number}"}
        )
        answer_survey(enrolments[-1], "closing", said, by=None)
    return enrolments
