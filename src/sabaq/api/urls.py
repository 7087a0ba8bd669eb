from django.urls import path

from sabaq.api import views

app_name = "api"
urlpatterns = [
    path("healthz", views.health, name="health"),
    path("metrics", views.metrics, name="metrics"),
]
