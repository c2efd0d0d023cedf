from django.apps import AppConfig


class OfficeConfig(AppConfig):
    name = "motcua.web.office"
    label = "web_office"
