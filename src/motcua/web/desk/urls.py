"""Under /can-bo/; logging in is in `web.desk.login`."""

from django.urls import include, path

from motcua.web.desk import acts, calls, dossier, endings, files, money, posting, supplement, worklist

app_name = "desk"
urlpatterns = [
    path("", worklist.worklist, name="worklist"),
    path("quay/", include("motcua.web.desk.counter.urls")),
    path("ho-so/<ref>/", dossier.dossier, name="dossier"),
    path("ho-so/<ref>/tiep-nhan/", acts.accept, name="accept"),
    path("ho-so/<ref>/khong-tiep-nhan/", endings.decline, name="decline"),
    path("ho-so/<ref>/thu-ly/", acts.take_up, name="take_up"),
    path("ho-so/<ref>/kiem-tra/", acts.judge, name="judge"),
    path("ho-so/<ref>/ban-nhap/", acts.draft, name="draft"),
    path("ho-so/<ref>/ban-nhap/xem-truoc/", acts.preview, name="preview"),
    path("ho-so/<ref>/trinh-ky/", acts.propose, name="propose"),
    path("ho-so/<ref>/ky-duyet/", acts.approve, name="approve"),
    path("ho-so/<ref>/tra-lai/", acts.send_back, name="send_back"),
    path("ho-so/<ref>/bo-sung/", supplement.ask_supplement, name="ask_supplement"),
    path("ho-so/<ref>/nhan-bo-sung/", supplement.take_brought, name="take_brought"),
    path("ho-so/<ref>/thoi-cho/", supplement.end_supplement, name="end_supplement"),
    path("ho-so/<ref>/tu-choi/", endings.propose_refusal, name="propose_refusal"),
    path("ho-so/<ref>/ky-tu-choi/", endings.refuse, name="refuse"),
    path("ho-so/<ref>/dung/", endings.stop, name="stop"),
    path("ho-so/<ref>/xin-loi/", endings.apologise, name="apologise"),
    path("ho-so/<ref>/goi/", calls.note_call, name="note_call"),
    path("ho-so/<ref>/vao-so/", acts.issue, name="issue"),
    path("ho-so/<ref>/tra-ket-qua/", acts.hand_over, name="hand_over"),
    path("ho-so/<ref>/buu-chinh/gui/", posting.hand_to_post, name="hand_to_post"),
    path("ho-so/<ref>/buu-chinh/giao/", posting.give_to_postman, name="give_to_postman"),
    path("ho-so/<ref>/buu-chinh/huy/", posting.keep_at_desk, name="keep_at_desk"),
    path("ho-so/<ref>/buu-chinh/nhan/<slug:number>/", posting.take_in, name="take_in"),
    path("ho-so/<ref>/buu-chinh/tien/<slug:number>/", posting.remittance, name="remittance"),
    path("ho-so/<ref>/thu-phi/", money.collect, name="collect"),
    path("ho-so/<ref>/chuyen-khoan/", money.book_transfer, name="book_transfer"),
    path("ho-so/<ref>/hoan-phi/<int:booking_id>/", money.refund, name="refund"),
    path("ho-so/<ref>/bien-lai/<int:receipt_id>/", money.receipt, name="fee_receipt"),
    path("ho-so/<ref>/giay-hen/", files.receipt, name="receipt"),
    path("ho-so/<ref>/tep/<uuid:document_id>/", files.file, name="file"),
    path("ho-so/<ref>/tep/<uuid:document_id>/nho/", files.thumbnail, name="thumbnail"),
    path("ho-so/<ref>/tep/<uuid:document_id>/trang/<int:page>/", files.page, name="page"),
]
