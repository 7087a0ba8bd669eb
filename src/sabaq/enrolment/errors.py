from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from sabaq.kernel.errors import DomainError


class NoCall(DomainError):
    message = _("There is no call for nominations for this course yet. Ask the organiser.")
    status = 409


class CallClosed(DomainError):
    message = _(
        "Officers may be nominated from %(opens)s to %(closes)s. Nothing was saved; ask the organiser."
    )
    status = 409


class AgencyOutOfReach(DomainError):
    status = 403
    message = _("You may nominate officers of your own agency or country only.")


class OfficerNotValid(DomainError):
    """`problems` maps a field of `Officer` to the sentences that say what is wrong with it."""

    message = _("Please correct what was written about this officer.")

    def __init__(self, problems: dict[str, list[str]]) -> None:
        self.problems = problems
        super().__init__()

    def __str__(self) -> str:
        return " ".join(sentence for found in self.problems.values() for sentence in found)


class AlreadyNominated(DomainError):
    message = _("This officer is already nominated by this agency. Nothing was doubled.")
    status = 409


class AlreadyDecided(DomainError):
    message = _(
        "The organiser has already decided on this nomination, so it can no longer be changed here."
    )
    status = 409


class NominationsDiffer(DomainError):
    message = _("Choose nominations of one course only. Nothing was changed.")


class NominationWithdrawn(DomainError):
    message = ngettext_lazy(
        "%(count)s of the nominations you chose was withdrawn by its agency. "
        "Nobody was confirmed: look again and confirm the others.",
        "%(count)s of the nominations you chose were withdrawn by their agencies. "
        "Nobody was confirmed: look again and confirm the others.",
        "count",
    )
    status = 409


class AlreadyConfirmed(DomainError):
    message = ngettext_lazy(
        "%(count)s of the officers you chose is confirmed already. Nothing was changed: "
        "take the confirmation back first.",
        "%(count)s of the officers you chose are confirmed already. Nothing was changed: "
        "take the confirmations back first.",
        "count",
    )
    status = 409


class EditionFull(DomainError):
    """No seat is left; `count` is how many there are in all, overbooking included."""

    message = ngettext_lazy(
        "The only seat (%(count)s) is taken. Nobody was confirmed.",
        "All %(count)s seats are taken. Nobody was confirmed.",
        "count",
    )
    status = 409


class TooManyForSeats(EditionFull):
    """Fewer seats are left than officers were chosen; `count` is how many fit, `asked` how many were chosen."""

    message = ngettext_lazy(
        "You chose %(asked)s officers, but only %(count)s seat is left. Nobody was confirmed: "
        "choose one officer.",
        "You chose %(asked)s officers, but only %(count)s seats are left. Nobody was confirmed: "
        "choose at most %(count)s officers.",
        "count",
    )


class FileNotAccepted(DomainError):
    """The whole file was refused; nothing of it was saved."""


class FileTooLarge(FileNotAccepted):
    message = _("The file is larger than %(megabytes)s MB. Nothing was saved: send a smaller file.")
    status = 413


class FileTypeWrong(FileNotAccepted):
    message = _(
        "This file is neither an XLSX nor a CSV table. Nothing was saved: "
        "open it in your office program and save it as XLSX, or fill in our template."
    )


class FileUnreadable(FileNotAccepted):
    message = _(
        "This table cannot be read; it may be damaged or locked with a password. Nothing was saved: "
        "copy the rows into our template and send that."
    )


class HeadersMissing(FileNotAccepted):
    message = _(
        "No column with the names of officers was found. Nothing was saved: "
        "name the column “%(column)s”, or copy the rows into our template."
    )


class TooManyRows(FileNotAccepted):
    message = _(
        "The table has more than %(limit)s rows. Nothing was saved: send it in several files."
    )
    status = 413


class NoRows(FileNotAccepted):
    message = _("The table has no officers in it. Fill in one row for each officer and send again.")


class AlreadyEnrolled(DomainError):
    message = _(
        "This officer has a seat already, so nobody was admitted. The link is on the page of participants:"
        " the organiser can issue a new one at once."
    )
    status = 409


class EnrolmentsDiffer(DomainError):
    message = _("Choose officers of one course only. Nothing was changed.")


class NotAdmitted(DomainError):
    message = _(
        "It was decided meanwhile about somebody you chose. Nothing was changed: look again."
    )
    status = 409


class SessionIsOver(DomainError):
    message = _("The session is over: a guest speaker's link to it would open nothing.")
    status = 409


class NoLinkToSend(DomainError):
    message = _("This participant has no valid link. Issue a new link first.")
    status = 409


class NotEnrolled(DomainError):
    message = _("This person is no longer enrolled, so there is no link to give.")
    status = 409


class UnknownLesson(DomainError):
    message = _("This course has no such lesson.")
    status = 404


class RoomNameTaken(DomainError):
    message = _("There is a room “%(name)s” in this course already. Give this one another name.")
    status = 409


class RoomClosed(DomainError):
    message = _("This room is closed. Open it again for a new code.")
    status = 409
