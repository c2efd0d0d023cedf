"""/tra-cuu/: by code for anybody, by personal number for the person alone."""

from django.urls import path

from motcua.web.public.lookup import views

urlpatterns = [
    path("", views.by_code, name="lookup"),
    path("so-dinh-danh/", views.by_number, name="lookup_number"),
    path("so-dinh-danh/ma/", views.type_code, name="lookup_code"),
    path("so-dinh-danh/ma/gui-lai/", views.send_again, name="lookup_again"),
    path("so-dinh-danh/ho-so/", views.my_stages, name="lookup_mine"),
]
