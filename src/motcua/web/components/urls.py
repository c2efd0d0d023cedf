"""Addresses that belong to no face."""

from django.urls import path

from motcua.web.components import human_views, views

app_name = "components"
urlpatterns = [
    path("xac-nhan/thu-thach/", human_views.challenge, name="human_challenge"),
    path("xac-nhan/gui-ma/", human_views.send_code, name="human_code"),
    path("mau/", views.components, name="components"),
    path("co-chu/", views.text_size, name="text_size"),
    path("ngon-ngu/", views.language, name="language"),
]
