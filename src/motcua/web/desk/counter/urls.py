"""Under /can-bo/quay/."""

from django.urls import path

from motcua.web.desk.counter import answers, begin, case, files, people

app_name = "counter"
urlpatterns = [
    path("", begin.cases, name="cases"),
    path("nguoi-nop/", begin.person, name="person"),
    path("<str:ref>/", case.case, name="case"),
    path("<str:ref>/nguoi-nop/", people.applicant, name="applicant"),
    path("<str:ref>/chu-ho-so/", people.owner, name="owner"),
    path("<str:ref>/dia-chi-gui/", people.post_address, name="post_address"),
    path("<str:ref>/xoa/", case.discard, name="discard"),
    path("<str:ref>/da-nhan/", case.received, name="received"),
    path("<str:ref>/bo-sung/", answers.ask, name="ask"),
    path("<str:ref>/khong-tiep-nhan/", answers.decline, name="decline"),
    path("<str:ref>/da-tra-loi/", answers.answered, name="answered"),
    path("<str:ref>/phieu/", answers.slip, name="slip"),
    path("<str:ref>/giay-hen/", files.receipt, name="receipt"),
    path("<str:ref>/phieu-giao-nhan/", files.hand_over_slip, name="hand_over_slip"),
    path("<str:ref>/to-khai.pdf", files.declaration, name="declaration"),
    path("<str:ref>/tep/<uuid:document_id>/", files.scan, name="scan"),
    path("<str:ref>/tep/<int:attachment_id>/xoa/", files.remove_scan, name="remove_scan"),
]
