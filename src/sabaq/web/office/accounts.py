"""Staff sign-in: what we ask of allauth, and where we keep its limits (in our database, hashed)."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.http import HttpRequest, HttpResponse

from sabaq.kernel import clock
from sabaq.web import limits
from sabaq.web.address import client_address


class StaffAccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Accounts are created by an administrator, never by signing up; a closed one opens nothing."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def get_client_ip(self, request: HttpRequest) -> str:
        return client_address(request)

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Raise `TooManyAttempts` before a password is even looked at."""
        now = clock.now()
        limits.PASSWORDS_OF_ADDRESS.refuse_when_exhausted(limits.neighbourhood(request), at=now)
        limits.PASSWORDS_OF_ACCOUNT.refuse_when_exhausted(_account(credentials), at=now)

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        now = clock.now()
        limits.PASSWORDS_OF_ADDRESS.count(limits.neighbourhood(request), at=now)
        limits.PASSWORDS_OF_ACCOUNT.count(_account(credentials), at=now)

    def post_login(self, request: HttpRequest, user: Any, **kwargs: Any) -> HttpResponse:
        """Sign in as staff; a participant who was signed in in this browser is out."""
        response: HttpResponse = super().post_login(request, user, **kwargs)
        response.delete_cookie(settings.PARTICIPANT_COOKIE, samesite="Lax")
        return response


def _account(credentials: dict[str, Any]) -> str:
    return str(credentials.get("email", "")).strip().casefold()
