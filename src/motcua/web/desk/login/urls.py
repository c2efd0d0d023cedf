"""Under /can-bo/."""

from django.urls import path

from motcua.web.desk.login import views

app_name = "desk_login"
urlpatterns = [
    path("dang-nhap/", views.login, name="login"),
    path("dang-nhap/ma/", views.code, name="code"),
    path("dang-nhap/ma-du-phong/", views.recovery_code, name="recovery_code"),
    path("dang-nhap/cai-dat/", views.set_up, name="set_up"),
    path("dang-nhap/ma-moi/", views.recovery_codes, name="recovery_codes"),
    path("dang-xuat/", views.logout, name="logout"),
]
