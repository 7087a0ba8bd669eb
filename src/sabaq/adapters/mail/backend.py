"""Outgoing mail: SMTP when `EMAIL_URL` is set; otherwise nothing leaves, and letters wait in the outbox page."""

from typing import Any
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.core.mail.backends.console import EmailBackend as ConsoleBackend
from django.core.mail.backends.smtp import EmailBackend


class ConfiguredBackend:
    """Chooses by `EMAIL_URL`: `smtp://user:password@host:587?tls=1`, `smtps://…:465`."""

    def __new__(cls, *args: Any, **kwargs: Any) -> Any:
        url = urlsplit(settings.EMAIL_URL)
        if url.scheme not in {"smtp", "smtps"}:
            return ConsoleBackend(*args, stream=_Nowhere(), **kwargs)
        return EmailBackend(
            host=url.hostname,
            port=url.port or (465 if url.scheme == "smtps" else 587),
            username=unquote(url.username or ""),
            password=unquote(url.password or ""),
            use_tls="tls=1" in url.query,
            use_ssl=url.scheme == "smtps",
            timeout=20,
            **kwargs,
        )


class _Nowhere:
    def write(self, _text: str) -> int:
        return 0

    def flush(self) -> None:
        return None
