"""Under /tai-khoan/."""

from django.urls import path

from motcua.web.citizen.account import complaint, login, national, notices, profile, recovery, registration

app_name = "account"
urlpatterns = [
    path("dang-ky/", registration.who, name="register"),
    path("dang-ky/cong-dan/", registration.person, name="register_person"),
    path("dang-ky/ma/", registration.code, name="register_code"),
    path("dang-ky/mat-khau/", registration.password, name="register_password"),
    path("dang-ky/xong/", registration.done, name="register_done"),
    path("dang-nhap/", login.login, name="login"),
    path("dang-nhap/ma/", login.code, name="login_code"),
    path("dang-xuat/", login.logout, name="logout"),
    path("cong-quoc-gia/", national.start, name="national"),
    path("cong-quoc-gia/lien-ket/", national.link, name="national_link"),
    path("cong-quoc-gia/ve/", national.back, name="national_back"),
    path("cong-quoc-gia/da-mo/", national.opened, name="national_opened"),
    path("quen-mat-khau/", recovery.number, name="recover"),
    path("quen-mat-khau/ma/", recovery.code, name="recover_code"),
    path("quen-mat-khau/mat-khau/", recovery.password, name="recover_password"),
    path("khieu-nai/", complaint.complain, name="complain"),
    path("khieu-nai/da-gui/", complaint.sent, name="complained"),
    path("", profile.profile, name="profile"),
    path("thong-tin/", profile.details, name="details"),
    path("dien-thoai/", profile.phone, name="phone"),
    path("thu-dien-tu/", profile.email, name="email"),
    path("lien-he/ma/", profile.contact_code, name="contact_code"),
    path("mat-khau/", profile.password, name="password"),
    path("thong-bao/", notices.notices, name="notices"),
    path("zalo/", notices.zalo, name="zalo"),
    path("zalo/bo/", notices.unlink, name="zalo_unlink"),
]
