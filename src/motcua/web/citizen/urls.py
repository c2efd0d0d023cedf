"""The applicant's side: /nop/ fills a dossier in, /ho-so/ follows it."""

from django.urls import path

from motcua.web.citizen import confirming, dossiers, filling, handing_in, mail, papers, paying, supplement, withdrawing
from motcua.web.citizen.account import national

app_name = "citizen"
urlpatterns = [
    path("cong-quoc-gia/nop/", national.hand_over, name="hand_over"),
    path("nop/<str:ref>/", filling.begin, name="begin"),
    path("nop/<str:ref>/nguoi-nop/", filling.applicant, name="applicant"),
    path("nop/<str:ref>/chu-ho-so/", filling.owner, name="owner"),
    path("nop/<str:ref>/to-khai/<slug:page>/", filling.form_page, name="form"),
    path("nop/<str:ref>/giay-to/", papers.papers, name="papers"),
    path("nop/<str:ref>/giay-to/<int:attachment_id>/xoa/", papers.remove_file, name="remove_file"),
    path("nop/<str:ref>/nhan-ket-qua/", handing_in.delivery, name="delivery"),
    path("nop/<str:ref>/nhan-ket-qua/dia-chi/", filling.post_address, name="post_address"),
    path("nop/<str:ref>/xac-nhan/", confirming.confirm, name="confirm_declaration"),
    path("nop/<str:ref>/xac-nhan/ve/", confirming.back, name="confirm_back"),
    path("nop/<str:ref>/to-khai.pdf", confirming.declaration, name="declaration"),
    path("nop/<str:ref>/xem-lai/", handing_in.review, name="review"),
    path("nop/<str:ref>/da-nop/", handing_in.sent, name="sent"),
    path("nop/<str:ref>/da-nop/gui-ma/", handing_in.send_number, name="send_number"),
    path("nop/<str:ref>/xoa/", dossiers.discard, name="discard"),
    path("ho-so/", dossiers.mine, name="mine"),
    path("ho-so/<str:ref>/", dossiers.dossier, name="dossier"),
    path("ho-so/<str:ref>/nhan-theo-doi/", dossiers.take_over, name="take_over"),
    path("ho-so/<str:ref>/nop-phi/", paying.pay, name="pay"),
    path("ho-so/<str:ref>/nop-phi/truc-tuyen/", paying.pay_online, name="pay_online"),
    path("ho-so/<str:ref>/nop-phi/qr.png", paying.qr, name="pay_qr"),
    path("ho-so/<str:ref>/bien-lai/<int:receipt_id>/", paying.receipt, name="fee_receipt"),
    path("ho-so/<str:ref>/ban-nhap/", dossiers.confirm, name="confirm"),
    path("ho-so/<str:ref>/rut/", withdrawing.withdraw, name="withdraw"),
    path("ho-so/<str:ref>/nop-lai/", withdrawing.again, name="again"),
    path("ho-so/<str:ref>/da-khai/", dossiers.handed_in, name="handed_in"),
    path("ho-so/<str:ref>/ket-qua/", dossiers.take_result, name="take_result"),
    path("ho-so/<str:ref>/bo-sung/", supplement.begin, name="supplement"),
    path("ho-so/<str:ref>/bo-sung/loi-khai/", supplement.answers, name="supplement_answers"),
    path("ho-so/<str:ref>/bo-sung/giay-to/", supplement.papers, name="supplement_papers"),
    path("ho-so/<str:ref>/bo-sung/giay-to/<int:file_id>/bo/", supplement.remove_file, name="supplement_remove"),
    path("ho-so/<str:ref>/bo-sung/xem-lai/", supplement.review, name="supplement_review"),
    path("ho-so/<str:ref>/bo-sung/xac-nhan/", confirming.confirm_supplement, name="supplement_confirm"),
    path("ho-so/<str:ref>/bo-sung/xac-nhan/ve/", confirming.back_to_supplement, name="supplement_confirm_back"),
    path("ho-so/<str:ref>/bo-sung/to-khai.pdf", confirming.corrected_declaration, name="supplement_declaration"),
    path("ho-so/<str:ref>/buu-chinh/nhan/", mail.choose, name="choose_receiving"),
    path("ho-so/<str:ref>/buu-chinh/lay-giay-to/", mail.call, name="call_postman"),
    path("ho-so/<str:ref>/buu-chinh/huy/", mail.cancel, name="cancel_call"),
    path("ho-so/<str:ref>/tep/<uuid:document_id>/", dossiers.file, name="file"),
]
