"""The public side: the three ways to a procedure, its record, the way to the agency; what caches may keep."""

import re

from django.db import connection
from django.test import Client, TestCase, override_settings
from django.test.utils import CaptureQueriesContext

from motcua.dossiers.models import Dossier
from motcua.procedures import services
from tests import cast, factories
from tests.procedures.catalogue import made_up, publish_all

BIRTH, MARRIAGE, CERTIFY = "1.001193", "1.000894", "2.000815"
PAGES = [
    "/",
    "/thu-tuc/",
    "/thu-tuc/?q=khai+sinh",
    f"/thu-tuc/{BIRTH}/",
    f"/thu-tuc/{CERTIFY}/",
    f"/thu-tuc/{MARRIAGE}/mau/to-khai-dang-ky-ket-hon/",
    f"/thu-tuc/{BIRTH}/mau/to-khai/",
    "/cong-dan/",
    "/doanh-nghiep/",
    "/viec-trong-doi/co-con-nho/",
    "/viec-trong-doi/huu-tri/",
    "/linh-vuc/",
    "/linh-vuc/ho-tich/",
    "/bao-ve-du-lieu/",
    "/kha-nang-tiep-can/",
]


class PublicPagesTests(TestCase):
    @classmethod
    def setUpTestData(cls) -> None:
        publish_all()
        factories.an_offering()

    def text(self, url: str) -> str:
        response = self.client.get(url)
        self.assertEqual(response.status_code, 200, url)
        return re.sub(r"\s+", " ", response.content.decode())

    def test_a_record_without_blank_form_has_one_drawn_from_the_electronic_form(self) -> None:
        self.assertIn(f"/thu-tuc/{BIRTH}/mau/to-khai/", self.text(f"/thu-tuc/{BIRTH}/"))
        form = factories.a_form().definition
        html = self.text(f"/thu-tuc/{BIRTH}/mau/to-khai/")
        self.assertIn(form["title"], html)
        for page in form["pages"]:
            self.assertIn(page["title"], html)
        self.assertEqual(self.client.get(f"/thu-tuc/{MARRIAGE}/mau/to-khai/").status_code, 404)

    def test_every_page_is_there_small_and_without_inline_code(self) -> None:
        for url in PAGES:
            with self.subTest(url):
                html = self.text(url)
                self.assertLess(len(html.encode()), 45_000)
                self.assertNotRegex(html, r"<[^>]+ (style|on\w+)=")
                self.assertNotIn("<script>", html)
                self.assertEqual(len(re.findall(r"<h1[ >]", html)), 1)
                ids = re.findall(r' id="([^"]+)"', html)
                self.assertEqual(len(ids), len(set(ids)))
                for name in re.findall(r'aria-(?:labelledby|describedby)="([^"]+)"', html):
                    self.assertIn(name, ids)

    def test_at_most_one_door_a_page_stands_open(self) -> None:
        for url in PAGES:
            with self.subTest(url):
                html = re.sub(r'<div class="mc-dock.*?</div>', "", self.text(url))  # the same door, on a phone
                self.assertLessEqual(len(re.findall(r'class="govuk-button(?: mc-button--wide)?"', html)), 1)

    def test_pages_set_no_cookie_and_may_be_kept(self) -> None:
        for url in PAGES:
            with self.subTest(url):
                response = self.client.get(url)
                self.assertFalse(response.cookies)
                self.assertIn("public", response["Cache-Control"])
                self.assertIn("Cookie", response["Vary"])
                again = self.client.get(url, headers={"If-None-Match": response["ETag"]})
                self.assertEqual(again.status_code, 304)

    def test_pages_are_only_read(self) -> None:
        self.assertEqual(self.client.post("/thu-tuc/").status_code, 405)
        self.assertEqual(self.client.head("/thu-tuc/").status_code, 200)

    def test_a_page_for_somebody_logged_in_is_kept_nowhere_else(self) -> None:
        self.client.force_login(cast.an(), backend="motcua.accounts.backends.NumberBackend")
        response = self.client.get("/")
        self.assertIn("private", response["Cache-Control"])
        self.assertContains(response, "Hồ sơ của tôi")

    def test_home_leads_three_ways(self) -> None:
        html = self.text("/")
        self.assertIn('name="q"', html)
        self.assertIn("/viec-trong-doi/co-con-nho/", html)
        self.assertIn("/thu-tuc/?muc-do=toan-trinh", html)
        self.assertIn('href="/tra-cuu/"', html)
        online = html[html.index('id="truc-tuyen"') : html.index('id="tren-giay"')]
        self.assertIn(f"/thu-tuc/{BIRTH}/", online)
        self.assertNotIn(f"/thu-tuc/{CERTIFY}/", online)

    def test_the_best_hit_has_the_door_and_the_word_is_marked(self) -> None:
        html = self.text("/thu-tuc/?q=khai+sinh")
        self.assertIn('<mark class="mc-hit">khai sinh</mark>', html)
        self.assertIn(f'href="/thu-tuc/{BIRTH}/nop/"', html)
        self.assertIn("Chi tiết", html)
        self.assertNotIn(f'href="/thu-tuc/{CERTIFY}/nop/"', self.text("/thu-tuc/?q=chung+thuc"))

    def test_a_mended_word_is_said(self) -> None:
        html = self.text("/thu-tuc/?q=kha+sinh")
        self.assertIn("Tìm đúng “kha sinh”", html)
        self.assertIn("dung-tu=1", html)

    def test_filters_narrow_and_can_be_taken_back(self) -> None:
        html = self.text("/thu-tuc/?muc-do=toan-trinh&linh-vuc=ho-tich")
        self.assertIn('<h1 class="mc-h1">1 thủ tục</h1>', html)
        self.assertIn('href="?linh-vuc=ho-tich"', html)
        self.assertIn('href="?muc-do=toan-trinh"', html)
        self.assertIn('<h1 class="mc-h1">6 thủ tục</h1>', self.text("/thu-tuc/?muc-do=bieu-mau"))
        self.assertIn('<h1 class="mc-h1">5 thủ tục</h1>', self.text("/thu-tuc/?muc-do=thong-tin"))
        self.assertIn('<h1 class="mc-h1">2 thủ tục</h1>', self.text("/thu-tuc/?cap=tinh"))
        self.assertIn("Bộ lọc không để lại thủ tục nào", self.text("/thu-tuc/?cap=tinh&linh-vuc=chung-thuc"))

    def test_nothing_found_helps_on(self) -> None:
        html = self.text("/thu-tuc/?q=zzzz")
        self.assertIn("Chưa thấy thủ tục nào như vậy", html)
        self.assertIn("/viec-trong-doi/", html)

    def test_odd_addresses_are_pages_too(self) -> None:
        for url in [
            "/thu-tuc/?trang=abc",
            "/thu-tuc/?trang=999",
            "/thu-tuc/?q=%00",
            "/thu-tuc/?muc-do=xyz&cap=%3Cb%3E",
        ]:
            with self.subTest(url):
                self.assertNotIn("<b>", self.text(url).split("<main")[1])
        html = self.text("/thu-tuc/?q=%22%3E%3Cscript%3Ealert(1)%3C/script%3E")
        self.assertNotIn("<script>alert", html)

    def test_results_come_in_pages(self) -> None:
        for number in range(1, 26):
            services.publish_record(made_up(number), by=None)
        self.assertIn('href="?trang=2"', self.text("/thu-tuc/"))
        second = self.text("/thu-tuc/?trang=2")
        self.assertIn("37 thủ tục", second)
        self.assertEqual(second.count('class="mc-row"'), 17)

    @override_settings(CONTENT_SECONDS=15)  # as on a portal that runs: outages and visits aren't read for each page
    def test_lists_cost_the_same_for_1_and_30_records(self) -> None:
        counts = {}
        for number in range(1, 31):
            services.publish_record(made_up(number, life_events=["huu-tri"]), by=None)
            if number in {1, 30}:
                for url in ("/", "/thu-tuc/?q=mau", "/viec-trong-doi/huu-tri/", "/linh-vuc/ho-tich/"):
                    self.client.get(url)  # the index is built
                    with CaptureQueriesContext(connection) as context:
                        self.client.get(url)
                    counts.setdefault(url, []).append(len(context))
        for url, (one, thirty) in counts.items():
            self.assertEqual(one, thirty, url)
            self.assertLessEqual(thirty, 12, url)


class RecordTests(TestCase):
    @classmethod
    def setUpTestData(cls) -> None:
        publish_all()
        factories.an_offering()

    def papers(self, query: str = "") -> str:
        html = self.client.get(f"/thu-tuc/{BIRTH}/{query}").content.decode()
        return html[html.index('id="giay-to"') : html.index('id="cac-buoc"')]

    def hand_in(self, query: str = "") -> list[str]:
        return re.findall(r'mc-check__item">.*?mc-check__name">(.*?)</p>', self.papers(query), re.DOTALL)

    def test_answers_come_first(self) -> None:
        html = self.client.get(f"/thu-tuc/{BIRTH}/").content.decode()
        places = [
            html.index(word)
            for word in ("Bao lâu", "Bao nhiêu tiền", "Mang gì", "Nộp ở đâu", "Mức độ", "Giấy tờ cần có")
        ]
        self.assertEqual(places, sorted(places))
        self.assertIn("Trực tuyến toàn trình", html)

    def test_all_parts_of_the_law_and_the_numbers_are_there(self) -> None:
        html = self.client.get(f"/thu-tuc/{BIRTH}/").content.decode()
        for part in [
            "Tên thủ tục", "Các bước", "Cách thức nộp", "Thành phần, số lượng hồ sơ", "Thời hạn giải quyết",
            "Đối tượng thực hiện", "Cơ quan thực hiện", "Kết quả", "Mẫu đơn, tờ khai", "Yêu cầu, điều kiện",
            "Phí, lệ phí", "Căn cứ pháp lý", "163/QĐ-BTP", "KQ.G15.000031", "60/2014/QH13", "281/2016/TT-BTC",
            "8.000 đồng", "1 bản chính",
        ]:  # fmt: skip
            self.assertIn(part, html)

    def test_papers_follow_the_situation(self) -> None:
        self.assertEqual(self.hand_in(), ["Giấy chứng sinh"])
        self.assertEqual(self.hand_in("?birth_notice=dien-tu"), [])
        self.assertIn("không phải nộp giấy tờ nào", self.papers("?birth_notice=dien-tu"))
        self.assertIn("người làm chứng", " ".join(self.hand_in("?birth_notice=khong-co")))
        self.assertEqual(len(self.hand_in("?birth_notice=ban-giay&surrogacy=true")), 2)
        abandoned = self.hand_in("?birth_notice=ban-giay&abandoned=true")
        self.assertEqual(len(abandoned), 1)
        self.assertIn("bị bỏ rơi", abandoned[0])

    def test_only_somebody_else_needs_an_authorisation(self) -> None:
        self.assertEqual(self.hand_in("?relation=ong-ba"), ["Giấy chứng sinh"])
        self.assertIn("Văn bản ủy quyền", " ".join(self.hand_in("?relation=duoc-uy-quyen")))

    def test_what_nobody_offered_is_no_situation(self) -> None:
        self.assertEqual(self.hand_in("?relation=%3Cscript%3E&la=1"), ["Giấy chứng sinh"])

    def test_a_procedure_on_paper_says_how_and_has_no_door(self) -> None:
        html = self.client.get(f"/thu-tuc/{MARRIAGE}/").content.decode()
        self.assertIn("Nộp thế nào", html)
        self.assertIn("Tải biểu mẫu, nộp giấy", html)
        self.assertIn("to-khai-dang-ky-ket-hon", html)
        self.assertNotIn(f"/thu-tuc/{MARRIAGE}/nop/", html)

    def test_what_isnt_there_is_404(self) -> None:
        for url in [
            "/thu-tuc/7.777777/",
            "/thu-tuc/7.777777/nop/",
            "/thu-tuc/abc/",
            f"/thu-tuc/{BIRTH}/mau/khong-co/",
            "/viec-trong-doi/khong-co/",
            "/linh-vuc/khong-co/",
        ]:
            with self.subTest(url):
                self.assertEqual(self.client.get(url).status_code, 404)

    def test_the_record_costs_few_queries(self) -> None:
        with CaptureQueriesContext(connection) as context:
            self.client.get(f"/thu-tuc/{BIRTH}/")
        self.assertLessEqual(len(context), 14)


class ApplyTests(TestCase):
    @classmethod
    def setUpTestData(cls) -> None:
        publish_all()
        factories.an_offering()

    def log_in(self) -> None:
        self.client.force_login(cast.an(), backend="motcua.accounts.backends.NumberBackend")

    def second_agency(self) -> None:
        factories.an_offering(factories.an_agency("ben-do", code="H98.22", short_name="phường Bến Đò", place="98002"))

    def test_the_only_agency_is_chosen_already(self) -> None:
        html = self.client.get(f"/thu-tuc/{BIRTH}/nop/").content.decode()
        self.assertIn("Nộp hồ sơ tại phường Hoa Sen", html)
        self.assertNotIn("Chọn cơ quan khác", html)

    def test_of_several_one_is_chosen(self) -> None:
        self.second_agency()
        html = self.client.get(f"/thu-tuc/{BIRTH}/nop/").content.decode()
        self.assertIn("Chọn cơ quan nhận hồ sơ", html)
        self.assertLess(html.index('value="ben-do"'), html.index('value="hoa-sen"'))

    def test_the_national_portal_hands_over_with_both_chosen(self) -> None:
        self.second_agency()
        html = self.client.get(f"/thu-tuc/{BIRTH}/nop/?co-quan=ben-do").content.decode()
        self.assertIn("Nộp hồ sơ tại phường Bến Đò", html)
        self.assertIn("Chọn cơ quan khác", html)

    def test_an_agency_that_doesnt_offer_it_is_said(self) -> None:
        html = self.client.get(f"/thu-tuc/{BIRTH}/nop/?co-quan=khong-co").content.decode()
        self.assertIn("Cơ quan này chưa nhận thủ tục trực tuyến", html)

    def test_without_a_choice_the_page_comes_back_and_says_so(self) -> None:
        self.second_agency()
        self.log_in()
        response = self.client.post(f"/thu-tuc/{BIRTH}/nop/")
        self.assertContains(response, "Xin chọn cơ quan nhận hồ sơ", status_code=422)
        self.assertContains(response, 'href="#co-quan-1"', status_code=422)

    def test_whoever_isnt_logged_in_comes_back_with_the_choice(self) -> None:
        self.second_agency()
        response = self.client.post(f"/thu-tuc/{BIRTH}/nop/", {"co-quan": "ben-do"})
        self.assertRedirects(
            response,
            f"/tai-khoan/dang-nhap/?next=%2Fthu-tuc%2F{BIRTH}%2Fnop%2F%3Fco-quan%3Dben-do",
            fetch_redirect_response=False,
        )
        self.assertEqual(Dossier.objects.count(), 0)

    def test_a_citizen_starts_a_dossier(self) -> None:
        self.log_in()
        response = self.client.post(f"/thu-tuc/{BIRTH}/nop/", {"co-quan": "hoa-sen"})
        dossier = Dossier.objects.get()
        self.assertRedirects(response, f"/nop/{dossier.ref}/nguoi-nop/", fetch_redirect_response=False)
        self.assertEqual(dossier.agency.slug, "hoa-sen")

    def test_an_officer_starts_none(self) -> None:
        self.client.force_login(cast.chi(), backend="motcua.accounts.backends.NumberBackend")
        self.assertEqual(self.client.post(f"/thu-tuc/{BIRTH}/nop/", {"co-quan": "hoa-sen"}).status_code, 403)
        self.assertEqual(Dossier.objects.count(), 0)

    def test_a_form_from_elsewhere_is_refused(self) -> None:
        strict = Client(enforce_csrf_checks=True)
        strict.force_login(cast.an(), backend="motcua.accounts.backends.NumberBackend")
        self.assertEqual(strict.post(f"/thu-tuc/{BIRTH}/nop/", {"co-quan": "hoa-sen"}).status_code, 403)

    def test_a_procedure_on_paper_leads_back_to_its_record(self) -> None:
        self.assertRedirects(self.client.get(f"/thu-tuc/{MARRIAGE}/nop/"), f"/thu-tuc/{MARRIAGE}/")
