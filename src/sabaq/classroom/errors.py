from sabaq.kernel.errors import DomainError


class ClassNotLive(DomainError):
    message = "The class is not live at the moment."
    status = 409


class ClassHasEnded(DomainError):
    message = "The class has ended."
    status = 409


class SlideMovedOn(DomainError):
    message = "Somebody else has just changed the slide. The console shows where the class is now."
    status = 409


class UnknownSlide(DomainError):
    message = "There is no such slide in this session."
    status = 404


class UnknownPoll(DomainError):
    message = "There is no such poll in this session."
    status = 404


class AnotherPollIsOpen(DomainError):
    message = "Another poll is still open. Close it first."
    status = 409


class PollIsClosed(DomainError):
    message = "The poll is closed. What was sent before counts."
    status = 409


class UnknownOption(DomainError):
    message = "This answer is not one of those on offer."
    status = 422
