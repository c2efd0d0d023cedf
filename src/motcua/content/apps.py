from django.apps import AppConfig


class ContentConfig(AppConfig):
    name = "motcua.content"
    label = "content"
