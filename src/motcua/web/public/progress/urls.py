"""Addresses of the figures."""

from django.urls import path

from motcua.web.public.progress import views

urlpatterns = [
    path("", views.overview, name="progress"),
    path("du-lieu.csv", views.overview_data, name="progress_data"),
    path("<slug:slug>/", views.detail, name="progress_of"),
    path("<slug:slug>/du-lieu.csv", views.detail_data, name="progress_data_of"),
]
