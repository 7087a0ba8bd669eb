from typing import Any

from django.conf import settings
from django.http import HttpRequest

from sabaq.people.actors import NOBODY


def everywhere(request: HttpRequest) -> dict[str, Any]:
    """Give what every page's layout needs."""
    return {
        "actor": getattr(request, "actor", NOBODY),
        "access": getattr(request, "access", None),
        "languages": settings.LANGUAGES,
        "language": getattr(request, "LANGUAGE_CODE", settings.LANGUAGE_CODE),
        "mode": settings.MODE,
        "sends_mail": bool(settings.EMAIL_URL),
    }
