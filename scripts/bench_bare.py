"""The smallest Django page there is, served as Sabaq's are: what a request costs before Sabaq does anything."""

import sys

import django
import uvicorn
from a2wsgi import WSGIMiddleware
from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.http import HttpRequest, HttpResponse
from django.urls import path

settings.configure(
    ROOT_URLCONF=__name__,
    ALLOWED_HOSTS=["*"],
    SECRET_KEY="bare",  # noqa: S106 - signs nothing
    MIDDLEWARE=["django.middleware.common.CommonMiddleware"],
    LOGGING_CONFIG=None,
)


def page(_request: HttpRequest) -> HttpResponse:
    return HttpResponse("<!doctype html><title>Bare</title><p>Bare")


urlpatterns = [path("", page)]

if __name__ == "__main__":
    django.setup()
    application = WSGIMiddleware(WSGIHandler(), workers=4)
    uvicorn.run(
        application, host="127.0.0.1", port=int(sys.argv[1]), log_level="critical", lifespan="off"
    )  # type: ignore[arg-type]
