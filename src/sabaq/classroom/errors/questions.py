from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from sabaq.kernel.errors import DomainError


class QuestionIsEmpty(DomainError):
    message = _("Write your question first.")
    status = 422


class QuestionTooLong(DomainError):
    message = _("This is too long: %(length)s characters of at most %(most)s. Shorten it, please.")
    status = 422


class UnknownLanguage(DomainError):
    message = _("This is not one of the languages of the course.")
    status = 422


class QuestionsNotOpenYet(DomainError):
    message = _("Questions can be asked from an hour before the class begins.")
    status = 409


class TooManyOpenQuestions(DomainError):
    message = ngettext_lazy(
        "%(most)s question of yours is waiting. Ask the next one when it has been answered.",
        "%(most)s questions of yours are waiting. Ask the next one when one of them has been answered.",
        "most",
    )
    status = 409


class QuestionIsGone(DomainError):
    message = _("This question has been removed.")
    status = 409


class QuestionNotReleased(DomainError):
    message = _("This question has not been released yet.")
    status = 409


class OwnQuestion(DomainError):
    message = _("This question is your own.")
    status = 409


class NotYourQuestion(DomainError):
    message = _(
        "Only whoever asked this question can take it back, on the device she asked it from."
    )
    status = 409


class AlreadyAnswered(DomainError):
    message = _("This question has been answered. Ask the organiser if it is to be removed.")
    status = 409


class CannotMerge(DomainError):
    message = _("Only two open questions of the same class can be merged.")
    status = 409


class ReleaseFirst(DomainError):
    message = _(
        "Release this question first: everybody sees the one that you want to merge into it."
    )
    status = 409


class TranslationChanged(DomainError):
    message = _("Somebody else has just changed this translation. It is shown as it stands now.")
    status = 409
