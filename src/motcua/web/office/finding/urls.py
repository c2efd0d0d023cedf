"""Under /can-bo/quan-tri/tim-kiem/. Every view here wears `editor_required`."""

from django.urls import path

from motcua.web.office.finding import pins, synonyms, unmet

urlpatterns = [
    path("", unmet.unmet, name="finding"),
    path("da-xem/<int:number>/", unmet.settle, name="settle_unmet"),
    path("tu-dong-nghia/", synonyms.synonyms, name="synonyms"),
    path("tu-dong-nghia/them/", synonyms.new, name="new_synonym"),
    path("tu-dong-nghia/<int:number>/", synonyms.change, name="synonym"),
    path("ghim/", pins.pins, name="pins"),
    path("ghim/them/", pins.new, name="new_pin"),
    path("ghim/<int:number>/", pins.change, name="pin"),
]
