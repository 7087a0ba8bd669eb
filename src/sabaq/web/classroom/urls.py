from django.urls import path

from sabaq.web.classroom.views import hall, room, translations, votes

app_name = "classroom"
urlpatterns = [
    path("hall/", hall.hall, name="hall"),
    path("hall/<uuid:session>/now/", hall.now, name="hall_now"),
    path("hall/<uuid:session>/ticket/", hall.ticket, name="hall_ticket"),
    path("<uuid:session>/", room.room, name="room"),
    path("<uuid:session>/now/", room.now, name="now"),
    path("<uuid:session>/ticket/", room.ticket, name="ticket"),
    path("<uuid:session>/polls/<uuid:run>/vote/", votes.cast_vote, name="vote"),
    path(
        "<uuid:session>/polls/<slug:poll>/translate/",
        translations.translate,
        name="translate_poll",
    ),
]
