from django.apps import AppConfig


class SampleConfig(AppConfig):
    name = "motcua.sample"
    label = "sample"
