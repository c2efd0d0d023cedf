"""/ban-mau/: what only a sample shows."""

from django.urls import path

from motcua.sample import views

app_name = "sample"
urlpatterns = [path("", views.messages, name="messages")]
