"""Release, answer, reopen, merge and remove a question at the console."""

from uuid import UUID

from django.http import Http404

from sabaq.classroom.models import Question
from sabaq.classroom.services import questions
from sabaq.courses.models import Session
from sabaq.kernel import clock
from sabaq.web.requests import Request, found
from sabaq.web.trainer.views.acts import act

VERBS = {
    "release": questions.release_question,
    "answer": questions.answer_question,
    "reopen": questions.reopen_question,
    "remove": questions.remove_question,
}


@act
def treat_question(request: Request, session: Session, question: UUID) -> None:
    """Do to the question what the button says; "merge" needs `into`, the uuid of another."""
    of_session = Question.objects.filter(session=session).select_related("session__edition")
    asked, wanted, at = found(of_session, uuid=question), request.POST.get("act"), clock.now()
    if wanted == "merge":
        try:
            into = found(of_session, uuid=UUID(request.POST.get("into", "")))
        except ValueError as error:
            raise Http404 from error
        questions.merge_questions(asked, into, by=request.actor, at=at)
        return
    verb = VERBS.get(wanted or "")
    if verb is None:
        raise Http404
    verb(asked, by=request.actor, at=at)
