"""Under /can-bo/quan-tri/: what administrators look after. Every view here wears `administrator_required`."""

from django.urls import include, path

from motcua.web.office import complaints, home, life_events, offerings, outages

app_name = "office"
urlpatterns = [
    path("", home.home, name="home"),
    path("thong-bao/", outages.outages, name="outages"),
    path("thong-bao/them/", outages.new, name="new_outage"),
    path("thong-bao/<int:outage_id>/", outages.change, name="outage"),
    path("thong-bao/<int:outage_id>/ket-thuc/", outages.end, name="end_outage"),
    path("dich-vu/", offerings.offerings, name="offerings"),
    path("dich-vu/<slug:slug>/<str:code>/", offerings.offering, name="offering"),
    path("dich-vu/<slug:slug>/<str:code>/ngung/", offerings.close, name="close_offering"),
    path("dich-vu/<slug:slug>/<str:code>/mo-lai/", offerings.reopen, name="open_offering"),
    path("thu-tuc/", include("motcua.web.office.catalogue.urls")),
    path("tim-kiem/", include("motcua.web.office.finding.urls")),
    path("viec-trong-doi/", life_events.life_events, name="life_events"),
    path("viec-trong-doi/<slug:slug>/", life_events.life_event, name="life_event"),
    path("viec-trong-doi/<slug:slug>/len/", life_events.move_up, name="life_event_up"),
    path("viec-trong-doi/<slug:slug>/xuong/", life_events.move_down, name="life_event_down"),
    path("khieu-nai/", complaints.complaints, name="complaints"),
    path("khieu-nai/<str:ref>/", complaints.complaint, name="complaint"),
]
