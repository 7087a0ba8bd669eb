from django.urls import path

from sabaq.web.learner import calendar, certificates, opening, today

app_name = "learner"
urlpatterns = [
    path("today/", today.today, name="today"),
    path("welcome/", opening.welcome, name="welcome"),
    path("me/", opening.me, name="me"),
    path("timetable.ics", calendar.timetable_file, name="calendar"),
    path("certificate/", certificates.certificate, name="certificate"),
    path("certificate.pdf", certificates.certificate_file, name="certificate_pdf"),
]
