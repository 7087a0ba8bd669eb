"""Pictures of packs: named by their bytes, so that a browser asks for each once in its life."""

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from sabaq.courses.queries import picture_named

TYPES = {
    "svg": "image/svg+xml",
    "png": "image/png",
    "webp": "image/webp",
    "jpeg": "image/jpeg",
}
OF_PACKS = {"svg", "png", "webp"}
# Opened by itself an SVG is a document: it may draw, and nothing else.
INERT = "default-src 'none'; sandbox; frame-ancestors 'none'"


@require_safe
def picture(request: HttpRequest, digest: str, kind: str) -> HttpResponse:
    """Give a picture of some pack; packs are no secret, and the address tells nothing."""
    data = picture_named(digest, kind) if kind in OF_PACKS else None
    if data is None:
        raise Http404
    response = inert(data, kind)
    response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
    return response


def inert(data: bytes, kind: str) -> HttpResponse:
    """Give a picture that can do nothing but be looked at, even where it is opened by itself."""
    response = HttpResponse(data, content_type=TYPES[kind])
    response.headers["Content-Security-Policy"] = INERT
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response
