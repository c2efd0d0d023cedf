"""/ban-mau/: what only a sample shows."""

from django.urls import path

from motcua.sample import signing, views

app_name = "sample"
urlpatterns = [
    path("", views.messages, name="messages"),
    path("ky-so/", signing.page, name="signing"),
    path("chung-thu/<int:place>.p12", signing.certificate, name="certificate"),
]
