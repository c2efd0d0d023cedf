"""Under /can-bo/quan-tri/thu-tuc/. A number or a source's key in the address; what is asked for decides the rest."""

from django.urls import path

from motcua.web.office.catalogue import acts, form_files, queue, record, sections

urlpatterns = [
    path("", queue.queue, name="catalogue"),
    path("tim/", queue.find, name="catalogue_find"),
    path("dang-lam/", queue.in_work, name="catalogue_in_work"),
    path("xac-nhan/", queue.settle_many, name="catalogue_settle_many"),
    path("nguon/<str:key>/", queue.source, name="catalogue_source"),
    path("nguon/<str:key>/da-xem/", queue.settle, name="catalogue_settle"),
    path("nguon/<str:key>/dat-ma/", queue.give_code, name="catalogue_give_code"),
    path("nguon/<str:key>/so-sanh/", queue.take_over, name="catalogue_take_over"),
    path("<str:code>/", record.record, name="catalogue_record"),
    path("<str:code>/sua/<slug:section>/", sections.section, name="catalogue_section"),
    path("<str:code>/sua/giay-to/<slug:key>/", sections.paper, name="catalogue_paper"),
    path("<str:code>/sua/mau-don/<slug:key>/", form_files.form_file, name="catalogue_form_file"),
    path("<str:code>/tep-mau/<slug:sha256>/", form_files.held, name="catalogue_form_held"),
    path("<str:code>/khac/", record.changes, name="catalogue_changes"),
    path("<str:code>/cong-bo/", acts.publish, name="catalogue_publish"),
    path("<str:code>/xem-ban-moi/", acts.rebase, name="catalogue_rebase"),
    path("<str:code>/huy-nhap/", acts.discard, name="catalogue_discard"),
    path("<str:code>/thu-hoi/", acts.take_back, name="catalogue_take_back"),
    path("<str:code>/bai-bo/", acts.withdraw, name="catalogue_withdraw"),
    path("<str:code>/giu-hieu-luc/", acts.keep, name="catalogue_keep"),
    path("<str:code>/viec-trong-doi/", record.arrange, name="catalogue_arrange"),
]
