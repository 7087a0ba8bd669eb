"""Sittings in the database: attempts handed in, with their answers."""

from datetime import timedelta

from sabaq.assessment.enums import Phase
from sabaq.assessment.models import Answer, Attempt
from tests.factories import NOW, EditionFactory, EnrolmentFactory
from tests.sample_pack import ITEMS, sample_version

CLOSES = NOW + timedelta(days=7)
CLOSED = CLOSES + timedelta(days=1)


def edition_with_a_test(**columns):
    """Give an edition of the sample course whose test after the course closes at `CLOSES`."""
    stated = {
        "key": "knowledge",
        "forms": False,
        "before": {},
        "after": {"closes_at": CLOSES.isoformat()},
    }
    return EditionFactory(version=sample_version(), tests=[stated], **columns)


def sit(enrolment, phase, answers, *, handed_in=True, items=ITEMS, **columns):
    """Store one sitting: the option given to each item, "-" for one left open. "b" is right throughout."""
    attempt = Attempt.objects.create(
        enrolment=enrolment,
        version=columns.pop("version", enrolment.edition.version),
        test="knowledge",
        phase=phase,
        seed=1,
        begun_at=NOW,
        handed_in_at=NOW if handed_in else None,
        correct=answers.count("b") if handed_in else None,
        total=len(items),
        **columns,
    )
    Answer.objects.bulk_create(
        Answer(attempt=attempt, item=item, option=option, answered_at=NOW)
        for item, option in zip(items, answers, strict=True)
        if option != "-"
    )
    return attempt


def sit_both(edition, before, after):
    """Store both sittings of a new participant."""
    enrolment = EnrolmentFactory(edition=edition)
    sit(enrolment, Phase.BEFORE, before)
    sit(enrolment, Phase.AFTER, after)
    return enrolment
