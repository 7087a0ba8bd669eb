"""Answer a call for help."""

from sabaq.classroom.models import HelpCall
from sabaq.classroom.services import helping
from sabaq.courses.models import Session
from sabaq.kernel import clock
from sabaq.web.requests import Request, found
from sabaq.web.trainer.views.acts import act

_LONGEST = HelpCall._meta.get_field("reply").max_length


@act
def answer_help(request: Request, session: Session, call: object) -> None:
    """Mark it answered; what was written besides is shown to whoever called."""
    asked = found(HelpCall.objects.filter(session=session).select_related("session"), uuid=call)
    reply = request.POST.get("reply", "").strip()[:_LONGEST]
    helping.answer_help(asked, reply, by=request.actor, at=clock.now())
