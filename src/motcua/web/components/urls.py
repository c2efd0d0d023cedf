"""Addresses that belong to no face."""

from django.urls import path

from motcua.web.components import views

app_name = "components"
urlpatterns = [
    path("co-chu/", views.text_size, name="text_size"),
]
