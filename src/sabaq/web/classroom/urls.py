from django.urls import path

from sabaq.web.classroom.views import room, translations, votes

app_name = "classroom"
urlpatterns = [
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
