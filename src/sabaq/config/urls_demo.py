"""The addresses of a demo: all of Sabaq's, and those by which a newcomer changes places. Used in a demo alone."""

from django.urls import include, path

from sabaq.config import urls
from sabaq.config.urls import handler400, handler403, handler404, handler500

__all__ = ["handler400", "handler403", "handler404", "handler500", "urlpatterns"]

urlpatterns = [path("demo/", include("sabaq.web.demo.urls")), *urls.urlpatterns]
