from django.urls import path

from sabaq.web.trainer.views import (
    announcements,
    captions,
    console,
    floor,
    hands,
    helping,
    polls,
    questions,
    running,
    screen,
    tests,
    timekeeping,
)

app_name = "trainer"
urlpatterns = [
    path("", console.sessions, name="sessions"),
    path("tests/<slug:slug>/", tests.tests, name="tests"),
    path("<uuid:session>/", console.console, name="console"),
    path("<uuid:session>/desk/", console.desk, name="desk"),
    path("<uuid:session>/begin/", running.begin, name="begin"),
    path("<uuid:session>/end/", running.end, name="end"),
    path("<uuid:session>/slide/", running.show_slide, name="show_slide"),
    path("<uuid:session>/help/<uuid:call>/", helping.answer_help, name="answer_help"),
    path("<uuid:session>/screen/", screen.screen, name="screen"),
    path("<uuid:session>/screen/now/", screen.screen_now, name="screen_now"),
    path("<uuid:session>/screen/ticket/", screen.screen_ticket, name="screen_ticket"),
    path("<uuid:session>/five-minutes/", timekeeping.send_five_minutes, name="send_five_minutes"),
    path(
        "<uuid:session>/five-minutes/seen/", timekeeping.see_five_minutes, name="see_five_minutes"
    ),
    path("<uuid:session>/hands/<uuid:hand>/call/", hands.call_hand, name="call_hand"),
    path("<uuid:session>/hands/<uuid:hand>/lower/", hands.lower_hand, name="lower_hand"),
    path("<uuid:session>/hands/<uuid:hand>/floor/", floor.grant_floor, name="grant_floor"),
    path("<uuid:session>/floor/<uuid:grant>/take/", floor.take_floor, name="take_floor"),
    path("<uuid:session>/captions/<uuid:caption>/", captions.caption, name="caption"),
    path("<uuid:session>/announcements/", announcements.announce, name="announce"),
    path(
        "<uuid:session>/announcements/<uuid:announcement>/withdraw/",
        announcements.withdraw_announcement,
        name="withdraw_announcement",
    ),
    path(
        "<uuid:session>/announcements/<uuid:announcement>/remove/",
        announcements.remove_announcement,
        name="remove_announcement",
    ),
    path("<uuid:session>/polls/<slug:poll>/open/", polls.open_poll, name="open_poll"),
    path("<uuid:session>/polls/<slug:poll>/close/", polls.close_poll, name="close_poll"),
    path("<uuid:session>/polls/<slug:poll>/results/", polls.show_results, name="show_results"),
    path("<uuid:session>/polls/<slug:poll>/discard/", polls.discard_poll, name="discard_poll"),
    path("<uuid:session>/polls/<uuid:poll>/remove/", polls.remove_poll, name="remove_poll"),
    path("<uuid:session>/polls/write/", polls.write_poll, name="write_poll"),
    path("<uuid:session>/questions/<uuid:question>/", questions.treat_question, name="question"),
    path("<uuid:session>/words/<uuid:word>/remove/", polls.remove_word, name="remove_word"),
]
