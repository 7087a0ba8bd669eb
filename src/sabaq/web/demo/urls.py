from django.urls import path

from sabaq.web.demo import views

app_name = "demo"
urlpatterns = [
    path("", views.begin, name="begin"),
    path("be/", views.be, name="be"),
    path("side-by-side/", views.side_by_side, name="side_by_side"),
]
