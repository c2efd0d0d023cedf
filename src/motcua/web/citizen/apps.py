from django.apps import AppConfig


class CitizenConfig(AppConfig):
    name = "motcua.web.citizen"
    label = "web_citizen"
