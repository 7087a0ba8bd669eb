from django.urls import path

from sabaq.web.trainer import views

app_name = "trainer"
urlpatterns = [
    path("", views.sessions, name="sessions"),
    path("<uuid:session>/", views.console, name="console"),
    path("<uuid:session>/desk/", views.desk, name="desk"),
    path("<uuid:session>/begin/", views.begin, name="begin"),
    path("<uuid:session>/end/", views.end, name="end"),
    path("<uuid:session>/slide/", views.show_slide, name="show_slide"),
    path("<uuid:session>/polls/<slug:poll>/open/", views.open_poll, name="open_poll"),
    path("<uuid:session>/polls/<slug:poll>/close/", views.close_poll, name="close_poll"),
    path("<uuid:session>/polls/<slug:poll>/results/", views.show_results, name="show_results"),
]
