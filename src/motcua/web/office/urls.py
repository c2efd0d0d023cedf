"""Under /can-bo/quan-tri/: what administrators look after. Every view here wears `administrator_required`."""

from django.urls import path

from motcua.web.office import home

app_name = "office"
urlpatterns = [
    path("", home.home, name="home"),
]
