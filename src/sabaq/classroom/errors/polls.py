from django.utils.translation import gettext_lazy as _

from sabaq.kernel.errors import DomainError


class UnknownPoll(DomainError):
    message = _("There is no such poll in this session.")
    status = 404


class AnotherPollIsOpen(DomainError):
    message = _("Another poll is still open. Close it first.")
    status = 409


class PollIsOpen(DomainError):
    message = _("This poll is still open. Close it first; then its results can be shown.")
    status = 409


class PollMovedOn(DomainError):
    message = _("Somebody else has just asked this poll. The console shows where it stands now.")
    status = 409


class PollIsClosed(DomainError):
    message = _("The poll is closed. What was sent before counts.")
    status = 409


class UnknownOption(DomainError):
    message = _("This answer is not one of those on offer.")


class OneAnswerOnly(DomainError):
    message = _("Only one answer may be chosen here.")


class NothingChosen(DomainError):
    message = _("Choose at least one answer.")


class WordIsEmpty(DomainError):
    message = _("Write a word or two.")


class WordTooLong(DomainError):
    message = _("Use at most %(most)s letters.")


class QuestionMissing(DomainError):
    message = _("Write the question.")


class QuestionTooLong(DomainError):
    message = _("The question is too long: use at most %(most)s letters.")


class OptionTooLong(DomainError):
    message = _("“%(option)s” is too long: use at most %(most)s letters.")


class WrongNumberOfOptions(DomainError):
    message = _("Give %(least)s to %(most)s options, each on a line of its own.")


class OptionTwice(DomainError):
    message = _("“%(option)s” stands here twice.")


class ScaleNeedsItsEnds(DomainError):
    message = _("Write two lines: what 1 means, and what 5 means.")


class WordNeedsNoOptions(DomainError):
    message = _("A poll answered by a word has no options. Leave the field empty.")


class UnknownLanguage(DomainError):
    message = _("This edition is not held in that language.")


class TranslationIncomplete(DomainError):
    message = _("Translate the question and every option.")


class PollWasAsked(DomainError):
    message = _("This poll has been asked already and stays in the log.")
    status = 409


class UnknownWord(DomainError):
    message = _("There is no such word in this session.")
    status = 404


class UnknownKind(DomainError):
    message = _("There is no such kind of poll.")
