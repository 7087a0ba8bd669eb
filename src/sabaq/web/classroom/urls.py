from django.urls import path

from sabaq.web.classroom.views import (
    booths,
    captions,
    floor,
    hall,
    hands,
    helping,
    questions,
    room,
    translations,
    votes,
)

app_name = "classroom"
urlpatterns = [
    path("hall/", hall.hall, name="hall"),
    path("hall/<uuid:session>/now/", hall.now, name="hall_now"),
    path("hall/<uuid:session>/ticket/", hall.ticket, name="hall_ticket"),
    path("hall/<uuid:session>/captions/<slug:language>/", hall.captions, name="hall_captions"),
    path("<uuid:session>/", room.room, name="room"),
    path("<uuid:session>/now/", room.now, name="now"),
    path("<uuid:session>/ticket/", room.ticket, name="ticket"),
    path("<uuid:session>/deck/", room.deck, name="deck"),
    path("<uuid:session>/hand/", hands.hand, name="hand"),
    path("<uuid:session>/floor/language/", floor.floor_language, name="floor_language"),
    path("<uuid:session>/floor/back/", floor.give_floor_back, name="give_floor_back"),
    path("<uuid:session>/booth/", booths.booth, name="booth"),
    path("<uuid:session>/captions/", captions.say, name="say_caption"),
    path("<uuid:session>/captions/<slug:language>/", captions.captions, name="captions"),
    path("<uuid:session>/help/", helping.help_me, name="help"),
    path("<uuid:session>/step-out/", helping.step_out, name="step_out"),
    path("<uuid:session>/questions/", questions.ask, name="ask"),
    path("<uuid:session>/questions/<uuid:question>/me-too/", questions.support, name="support"),
    path("<uuid:session>/questions/<uuid:question>/back/", questions.take_back, name="take_back"),
    path(
        "<uuid:session>/questions/<uuid:question>/translate/",
        questions.translate,
        name="translate_question",
    ),
    path("<uuid:session>/polls/<uuid:run>/vote/", votes.poll, name="vote"),
    path(
        "<uuid:session>/polls/<slug:poll>/translate/",
        translations.translate_poll,
        name="translate_poll",
    ),
    path(
        "<uuid:session>/announcements/<uuid:announcement>/translate/",
        translations.translate_announcement,
        name="translate_announcement",
    ),
]
