from django.urls import path

from sabaq.web.office import views

app_name = "office"
urlpatterns = [
    path("", views.editions, name="editions"),
]
