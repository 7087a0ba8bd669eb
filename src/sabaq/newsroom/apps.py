from django.apps import AppConfig


class NewsroomConfig(AppConfig):
    name = "sabaq.newsroom"
    label = "newsroom"
    default_auto_field = "django.db.models.BigAutoField"
