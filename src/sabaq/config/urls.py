from django.urls import include, path

from sabaq.web.public import errors

urlpatterns = [
    path("", include("sabaq.web.public.urls")),
    path("", include("sabaq.web.learner.urls")),
    path("class/", include("sabaq.web.classroom.urls")),
    path("teach/", include("sabaq.web.trainer.urls")),
    path("office/", include("sabaq.web.office.urls")),
    path("staff/", include("sabaq.web.office.account_urls")),
    path("", include("sabaq.api.urls")),
]

handler400 = errors.bad_request
handler403 = errors.forbidden
handler404 = errors.not_found
handler500 = errors.server_error
