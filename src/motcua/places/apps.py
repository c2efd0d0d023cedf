from django.apps import AppConfig


class PlacesConfig(AppConfig):
    name = "motcua.places"
    label = "places"
