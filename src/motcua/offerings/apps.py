from django.apps import AppConfig


class OfferingsConfig(AppConfig):
    name = "motcua.offerings"
    label = "offerings"
