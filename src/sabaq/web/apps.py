from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "sabaq.web"
    label = "web"
