from django.apps import AppConfig


class PublicConfig(AppConfig):
    name = "motcua.web.public"
    label = "web_public"
