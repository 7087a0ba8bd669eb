from django.utils.translation import gettext_lazy as _

from sabaq.kernel.errors import DomainError


class UnknownSurvey(DomainError):
    message = _("This course has no such survey.")
    status = 404


class SurveyAlreadyAnswered(DomainError):
    message = _("You have answered this survey already. Thank you.")
    status = 409


class SurveyClosed(DomainError):
    message = _("This survey is closed. What you think is still welcome: write to the office.")
    status = 409


class SeatNotConfirmed(DomainError):
    message = _(
        "You are admitted provisionally. The survey opens for you once the organiser has confirmed your seat."
    )
    status = 409


class AnswersRefused(DomainError):
    """Nothing was saved. `problems` maps a question to what is wrong there; `""` is the whole sheet."""

    message = _("Nothing was sent yet. Look at the marked questions.")

    def __init__(self, problems: dict[str, DomainError]) -> None:
        self.problems = problems
        super().__init__()


class NothingAnswered(DomainError):
    message = _("Answer at least one question before you send the survey.")


class AnswerMissing(DomainError):
    message = _("Please answer this question.")


class UnknownChoice(DomainError):
    message = _("This answer is not among those on offer. Please choose again.")


class CommentTooLong(DomainError):
    message = _(
        "Your comment has %(length)s characters; at most %(limit)s can be kept. Please shorten it."
    )


class NoCommitmentAsked(DomainError):
    message = _("This course asks for no commitment.")
    status = 404


class CommitmentsClosed(DomainError):
    message = _("Since %(date)s your commitment can only be read. What you wrote is kept.")
    status = 409


class DeedMissing(DomainError):
    message = _("Write one thing that you will do.")


class TextTooLong(DomainError):
    message = _("This has %(length)s characters; at most %(limit)s can be kept. Please shorten it.")


class DayIsPast(DomainError):
    message = _("This day is past. Choose one that is still ahead.")


class CommentNotSaved(DomainError):
    """Nothing was changed. `problems` maps a field of the comment to what is wrong there."""

    message = _("Nothing was saved yet. Look at the marked fields.")

    def __init__(self, problems: dict[str, DomainError]) -> None:
        self.problems = problems
        super().__init__()


class CommentIsReleased(DomainError):
    message = _("Others read this comment already. Take it back before you change it.")
    status = 409


class MaskMissing(DomainError):
    message = _("Write the comment without what could tell who wrote it.")


class WordingMissing(DomainError):
    message = _(
        "Type it in this language too: otherwise readers could see in which it was written."
    )


class TranslatorMissing(DomainError):
    message = _("Name who translated it.")


class ThemeMissing(DomainError):
    message = _("Choose what it is about.")
