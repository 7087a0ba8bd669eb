from django.urls import path

from sabaq.assessment.enums import Phase
from sabaq.web.learner import (
    aids,
    attempts,
    calendar,
    certificates,
    commitments,
    lessons,
    opening,
    slides,
    surveys,
    today,
)

app_name = "learner"
urlpatterns = [
    path("today/", today.today, name="today"),
    path("welcome/", opening.welcome, name="welcome"),
    path("me/", opening.me, name="me"),
    path("lesson/<slug:topic>/", lessons.lesson, name="lesson"),
    path("lesson/<slug:topic>/<int:page>/", lessons.lesson, name="lesson_page"),
    path("lesson/<slug:topic>/whole/", lessons.whole_lesson, name="lesson_whole"),
    path("slides/<slug:topic>/", slides.slides, name="slides"),
    path("exercise/<slug:topic>/", aids.exercise, name="exercise"),
    path("aids/", aids.aids, name="aids"),
    path("aids/<slug:key>/", aids.aid, name="aid"),
    path("glossary/", aids.glossary, name="glossary"),
    path("glossary/whole/", aids.whole_glossary, name="glossary_whole"),
    # One page, two phases; a link that names no phase leads to the test before the course.
    path("test/<slug:key>/after/", attempts.test, {"phase": Phase.AFTER}, name="test"),
    path("test/<slug:key>/after/answer/", attempts.answer, {"phase": Phase.AFTER}, name="answer"),
    path(
        "test/<slug:key>/after/hand-in/",
        attempts.hand_in_test,
        {"phase": Phase.AFTER},
        name="hand_in",
    ),
    path("test/<slug:key>/", attempts.test, {"phase": Phase.BEFORE}, name="test"),
    path("test/<slug:key>/answer/", attempts.answer, {"phase": Phase.BEFORE}, name="answer"),
    path(
        "test/<slug:key>/hand-in/", attempts.hand_in_test, {"phase": Phase.BEFORE}, name="hand_in"
    ),
    path("survey/<slug:key>/", surveys.survey, name="survey"),
    path("commitment/", commitments.commitment, name="commitment"),
    path("timetable.ics", calendar.timetable_file, name="calendar"),
    path("certificate/", certificates.certificate, name="certificate"),
    path("certificate.pdf", certificates.certificate_file, name="certificate_pdf"),
]
