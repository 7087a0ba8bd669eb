from django.conf import settings
from django.http import HttpRequest


def client_address(request: HttpRequest) -> str:
    """Give the address a request came from; use it for rate limits only, and never store it as it is.

    `X-Forwarded-For` is believed only behind our own proxy (`settings.TLS`), and only its last hop: the
    ones before it are whatever the client wrote.
    """
    forwarded = str(request.META.get("HTTP_X_FORWARDED_FOR", "")) if settings.TLS else ""
    last_hop = forwarded.rsplit(",", 1)[-1].strip()
    return last_hop or str(request.META.get("REMOTE_ADDR", ""))
