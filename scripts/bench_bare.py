"""The smallest Django page there is, served as Sabaq's are: what a request costs before Sabaq does anything."""

import socket

import django
import uvicorn
from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.http import HttpRequest, HttpResponse
from django.urls import path

from sabaq.ops.bodies import in_threads

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
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        print(f"http://127.0.0.1:{listener.getsockname()[1]}", flush=True)
        application = in_threads(WSGIHandler(), threads=4, largest=1_000_000)
        config = uvicorn.Config(application, log_level="critical", lifespan="off")
        uvicorn.Server(config).run(sockets=[listener])
