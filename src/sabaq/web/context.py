from typing import Any

from django.conf import settings
from django.http import HttpRequest

from sabaq.people.actors import NOBODY
from sabaq.web.shared import is_shared


def everywhere(request: HttpRequest) -> dict[str, Any]:
    """Give what every page's layout needs."""
    return {
        "actor": getattr(request, "actor", NOBODY),
        "access": getattr(request, "access", None),
        "languages": settings.LANGUAGES,
        "language": getattr(request, "LANGUAGE_CODE", settings.LANGUAGE_CODE),
        # Somebody is signed in on a device that several people share.
        "is_on_shared": is_shared(request) and getattr(request, "actor", NOBODY).is_participant,
        "mode": settings.MODE,
        "sends_mail": bool(settings.EMAIL_URL),
    }
