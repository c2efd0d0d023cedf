"""The applicant's side: /nop/ fills a dossier in, /ho-so/ follows it."""

from django.urls import path

from motcua.web.citizen import dossiers, filling, handing_in, papers

app_name = "citizen"
urlpatterns = [
    path("nop/<slug:ref>/", filling.begin, name="begin"),
    path("nop/<slug:ref>/nguoi-nop/", filling.applicant, name="applicant"),
    path("nop/<slug:ref>/chu-ho-so/", filling.owner, name="owner"),
    path("nop/<slug:ref>/to-khai/<slug:page>/", filling.form_page, name="form"),
    path("nop/<slug:ref>/giay-to/", papers.papers, name="papers"),
    path("nop/<slug:ref>/giay-to/<int:attachment_id>/xoa/", papers.remove_file, name="remove_file"),
    path("nop/<slug:ref>/nhan-ket-qua/", handing_in.delivery, name="delivery"),
    path("nop/<slug:ref>/xem-lai/", handing_in.review, name="review"),
    path("nop/<slug:ref>/da-nop/", handing_in.sent, name="sent"),
    path("nop/<slug:ref>/da-nop/gui-ma/", handing_in.send_number, name="send_number"),
    path("nop/<slug:ref>/xoa/", dossiers.discard, name="discard"),
    path("ho-so/", dossiers.mine, name="mine"),
    path("ho-so/<slug:ref>/", dossiers.dossier, name="dossier"),
    path("ho-so/<slug:ref>/ban-nhap/", dossiers.confirm, name="confirm"),
    path("ho-so/<slug:ref>/da-khai/", dossiers.handed_in, name="handed_in"),
    path("ho-so/<slug:ref>/ket-qua/", dossiers.take_result, name="take_result"),
    path("ho-so/<slug:ref>/tep/<uuid:document_id>/", dossiers.file, name="file"),
]
