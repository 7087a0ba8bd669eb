from allauth.account.forms import RequestLoginCodeForm
from allauth.core import context

from sabaq.kernel import clock
from sabaq.web import limits


class AskForCodeForm(RequestLoginCodeForm):  # type: ignore[misc]
    """Asks for a sign-in code by e-mail; known and unknown addresses are counted alike."""

    def clean_email(self) -> str:
        now = clock.now()
        limits.MAILS_OF_ADDRESS.count(limits.neighbourhood(context.request), at=now)
        limits.MAILS_OF_ACCOUNT.count(self.cleaned_data["email"].strip().casefold(), at=now)
        email: str = super().clean_email()
        return email
