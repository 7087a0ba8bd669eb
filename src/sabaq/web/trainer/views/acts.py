"""How one act at the console becomes a view."""

from collections.abc import Callable
from functools import wraps

from django.contrib import messages
from django.http import HttpResponse
from django.views.decorators.http import require_POST

from sabaq.kernel.errors import DomainError
from sabaq.web.classroom.views.door import done, in_a_word, is_quick
from sabaq.web.requests import Request, staff_only
from sabaq.web.trainer.views.console import session_led_by


def act(verb: Callable[..., object]) -> Callable[..., HttpResponse]:
    """Make a view of one act at the console: do it, then show the console, or say why not."""

    @staff_only
    @require_POST
    @wraps(verb)
    def view(request: Request, session: object, **parts: object) -> HttpResponse:
        found_session = session_led_by(request, session)
        try:
            verb(request, found_session, **parts)
        except DomainError as error:
            if is_quick(request):
                return in_a_word(error)
            messages.error(request, str(error))
        return done(request, found_session, "trainer:console")

    return view
