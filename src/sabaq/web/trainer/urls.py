from django.urls import path

from sabaq.web.trainer.views import console, helping, polls, questions, running

app_name = "trainer"
urlpatterns = [
    path("", console.sessions, name="sessions"),
    path("<uuid:session>/", console.console, name="console"),
    path("<uuid:session>/desk/", console.desk, name="desk"),
    path("<uuid:session>/begin/", running.begin, name="begin"),
    path("<uuid:session>/end/", running.end, name="end"),
    path("<uuid:session>/slide/", running.show_slide, name="show_slide"),
    path("<uuid:session>/help/<uuid:call>/", helping.answer_help, name="answer_help"),
    path("<uuid:session>/polls/<slug:poll>/open/", polls.open_poll, name="open_poll"),
    path("<uuid:session>/polls/<slug:poll>/close/", polls.close_poll, name="close_poll"),
    path("<uuid:session>/polls/<slug:poll>/results/", polls.show_results, name="show_results"),
    path("<uuid:session>/polls/<slug:poll>/discard/", polls.discard_poll, name="discard_poll"),
    path("<uuid:session>/polls/write/", polls.write_poll, name="write_poll"),
    path("<uuid:session>/questions/<uuid:question>/", questions.treat_question, name="question"),
    path("<uuid:session>/words/<uuid:word>/remove/", polls.remove_word, name="remove_word"),
]
