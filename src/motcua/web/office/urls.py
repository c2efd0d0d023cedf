"""Under /can-bo/quan-tri/: what administrators look after. Every view here wears `administrator_required`."""

from django.urls import path

from motcua.web.office import complaints, home

app_name = "office"
urlpatterns = [
    path("", home.home, name="home"),
    path("khieu-nai/", complaints.complaints, name="complaints"),
    path("khieu-nai/<str:ref>/", complaints.complaint, name="complaint"),
]
