"""The addresses of the ways to a procedure that need no words; part of `urls`."""

from django.urls import path

from motcua.web.public import agencies, alphabet, events, fields, home

urlpatterns = [
    path("", home.home, name="home"),
    path("cong-dan/", home.citizens, name="citizens"),
    path("doanh-nghiep/", home.businesses, name="businesses"),
    path("viec-trong-doi/", home.all_life_events, name="life_events"),
    path("viec-trong-doi/<slug:slug>/", events.life_event, name="life_event"),
    path("linh-vuc/", fields.fields, name="fields"),
    path("linh-vuc/<slug:slug>/", fields.field, name="field"),
    path("co-quan/", agencies.agencies, name="agencies"),
    path("co-quan/<slug:slug>/", agencies.agency, name="agency"),
    path("thu-tuc/a-z/", alphabet.letters, name="letters"),
    path("thu-tuc/a-z/<slug:slug>/", alphabet.letter, name="letter"),
]
