"""Which face answers which address."""

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("motcua.web.public.urls")),
    path("", include("motcua.web.citizen.urls")),
    path("tai-khoan/", include("motcua.web.citizen.account.urls")),
    path("can-bo/", include("motcua.web.desk.login.urls")),
    path("can-bo/", include("motcua.web.desk.urls")),
    path("can-bo/quan-tri/", include("motcua.web.office.urls")),
    path("", include("motcua.web.components.urls")),
    path("ban-mau/", include("motcua.sample.urls")),
]

handler400 = "motcua.web.components.errors.bad_request"
handler403 = "motcua.web.components.errors.forbidden"
handler404 = "motcua.web.components.errors.not_found"
handler500 = "motcua.web.components.errors.broken"
