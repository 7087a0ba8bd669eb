from django.urls import path

from sabaq.web.classroom import views

app_name = "classroom"
urlpatterns = [
    path("<uuid:session>/", views.room, name="room"),
    path("<uuid:session>/now/", views.now, name="now"),
    path("<uuid:session>/ticket/", views.ticket, name="ticket"),
    path("<uuid:session>/polls/<uuid:run>/vote/", views.cast_vote, name="vote"),
]
