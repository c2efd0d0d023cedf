"""What anybody may see: the way to a procedure, its record, the way to where it is handed in."""

from django.urls import URLPattern, URLResolver, include, path, register_converter

from motcua.web.public import (
    alike,
    apply,
    around,
    feeds,
    guides,
    installed,
    machines,
    opinion,
    pages,
    payments,
    post,
    province,
    results,
    zalo,
)
from motcua.web.public.record import page as record
from motcua.web.public.record import past, preview
from motcua.web.public.record.forms import form_file


class ProcedureCode:
    """A number of the national catalogue: 1.001193."""

    regex = r"\d\.\d{6}"

    def to_python(self, value: str) -> str:
        """As it stands in the address."""
        return value

    def to_url(self, value: str) -> str:
        """As it stands in the address."""
        return value


register_converter(ProcedureCode, "procedure_code")

app_name = "public"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("motcua.web.public.ways")),
    path("thu-tuc/", results.results, name="procedures"),
    path("thu-tuc/goi-y/", results.suggestions, name="suggestions"),
    path("thu-tuc/tinh-cua-toi/", province.own_province, name="own_province"),
    path("thu-tuc/gop-y/", opinion.opinion, name="opinion"),
    path("thu-tuc/bo-loc/<slug:name>/", results.facet, name="facet"),
    path("thu-tuc/<procedure_code:code>/", record.record, name="procedure"),
    path("thu-tuc/<procedure_code:code>/mau/<slug:key>/", record.blank_form, name="blank_form"),
    path("thu-tuc/<procedure_code:code>/tep-mau/<uuid:document>/", form_file, name="form_file"),
    path("thu-tuc/<procedure_code:code>/cung-ten/", alike.same_name, name="same_name"),
    path("thu-tuc/<procedure_code:code>/nop/", apply.apply, name="apply"),
    path("thu-tuc/<procedure_code:code>/xem-truoc/", preview.preview, name="procedure_preview"),
    path("thu-tuc/<procedure_code:code>/in/", record.sheet, name="procedure_sheet"),
    path("thu-tuc/<procedure_code:code>/lich-su/", past.versions, name="procedure_versions"),
    path("thu-tuc/<procedure_code:code>/so-sanh/", past.compare, name="procedure_compare"),
    path("thu-tuc/<procedure_code:code>/ban/<int:number>/", record.one_version, name="procedure_version"),
    path("thu-tuc/<procedure_code:code>/<slug:slug>/", record.record, name="procedure_named"),
    path("thay-doi.atom", feeds.all_changes, name="feed"),
    path("linh-vuc/<slug:slug>/thay-doi.atom", feeds.changes_of_field, name="field_feed"),
    path("robots.txt", machines.robots, name="robots"),
    path("sitemap.xml", machines.sitemap, name="sitemap"),
    path("sitemap-<int:number>.xml", machines.sitemap_part, name="sitemap_part"),
    path("huong-dan/", guides.index, name="guides"),
    path("huong-dan/<slug:slug>/", guides.page, name="guide"),
    path("bao-ve-du-lieu/", pages.privacy, name="privacy"),
    path("kha-nang-tiep-can/", pages.accessibility, name="accessibility"),
    path("thong-bao/", around.outages, name="outages"),
    path("luot-truy-cap/dem.svg", around.visit, name="visit"),
    path("manifest.webmanifest", installed.manifest, name="manifest"),
    path("sw.js", installed.worker, name="service_worker"),
    path("ngoai-tuyen/", installed.offline, name="offline"),
    path(".well-known/security.txt", pages.security_contact, name="security_contact"),
    path("thanh-toan/vnpay/thong-bao/", payments.vnpay_notice, name="vnpay_notice"),
    path("thanh-toan/vnpay/ket-qua/", payments.vnpay_return, name="vnpay_return"),
    path("buu-chinh/thong-bao/", post.notice, name="post_notice"),
    path("zalo/su-kien/", zalo.event, name="zalo_event"),
    path("cong-khai-tien-do/", include("motcua.web.public.progress.urls")),
    path("tra-cuu/", include("motcua.web.public.lookup.urls")),
]
