"""The record's page: what is known and what isn't, papers for one's case, its past, the sheet to print."""

import json
import re
from datetime import timedelta
from typing import Any

from django.db import connection
from django.test import TestCase, override_settings
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from motcua.accounts.models import User
from motcua.procedures.models import Procedure, ProcedureVersion, Withdrawal
from motcua.procedures.queries.history import record_of, version
from motcua.procedures.records import check_shape
from motcua.procedures.services import drafts, publish_record
from tests import cast, factories
from tests.procedures.catalogue import made_up, publish_all, publish_lists
from tests.web.public.records import imported, paper, past, short

CODE = "9.000001"
URL = f"/thu-tuc/{CODE}/"


def main_of(html: str) -> str:
    """The page's own part as one line."""
    return re.sub(r"\s+", " ", html[html.index("<main") : html.index("</main>")])


class PageTestCase(TestCase):
    @classmethod
    def setUpTestData(cls) -> None:
        publish_lists()

    def page(self, url: str = URL, status: int = 200) -> str:
        response = self.client.get(url)
        self.assertEqual(response.status_code, status, url)
        return response.content.decode()

    def answers(self) -> dict[str, str]:
        """The question → all that its answer says."""
        rows = re.findall(r'mc-answer"><dt>(.*?)</dt><dd>(.*?)</dd>', self.page(), re.DOTALL)
        return {_plain(question): _plain(answer) for question, answer in rows}


def _plain(html: str) -> str:
    return " ".join(re.sub("<[^>]+>", " ", html).split())


class AnswersTests(PageTestCase):
    def ways(self, *ways: dict[str, Any]) -> dict[str, str]:
        imported(methods=list(ways))
        return self.answers()

    def test_a_fee_that_isnt_published_is_never_free(self) -> None:
        way = {"channel": "truc-tiep", "limit_text": "", "fee_text": "", "fee_kind": "chua-ro"}
        answers = self.ways(way)
        self.assertIn("Chưa công bố mức thu", answers["Bao nhiêu tiền"])
        self.assertIn("không có nghĩa là miễn phí", answers["Bao nhiêu tiền"])
        self.assertIn("Chưa công bố thời hạn", answers["Bao lâu"])
        self.assertNotIn("Miễn phí", main_of(self.page()))

    def test_one_way_unknown_spoils_free(self) -> None:
        free = {"channel": "truc-tuyen", "limit_text": "", "fee_text": "Miễn phí", "fee_kind": "mien-phi"}
        answers = self.ways(free, {"channel": "truc-tiep", "limit_text": "", "fee_text": "", "fee_kind": "chua-ro"})
        self.assertIn("Miễn phí ở một số cách nộp", answers["Bao nhiêu tiền"])
        self.assertIn("Có cách nộp chưa công bố mức thu", answers["Bao nhiêu tiền"])

    def test_several_rows_give_a_span_and_all_stand_in_the_table(self) -> None:
        def way(value: float, amount: str) -> dict[str, Any]:
            return {
                "channel": "truc-tiep", "limit_value": value, "limit_unit": "ngay-lam-viec",
                "limit_text": f"{value} Ngày", "fee_kind": "co-muc", "fee_text": f"{amount} Đồng",
                "fees": [{"amount": amount, "currency": "VND"}],
            }  # fmt: skip

        answers = self.ways(way(2, "50000"), way(7.5, "150000"))
        self.assertEqual(answers["Bao lâu"], "2 đến 7,5 ngày làm việc")
        self.assertIn("50.000 đồng đến 150.000 đồng", answers["Bao nhiêu tiền"])
        table = main_of(self.page())
        for words in ("2 ngày làm việc", "7,5 ngày làm việc", "50.000 đồng", "150.000 đồng"):
            self.assertIn(words, table)

    def test_a_limit_without_unit_is_explained(self) -> None:
        way = {"channel": "truc-tiep", "limit_text": "5 (không ghi là ngày hay giờ)", "fee_text": ""}
        self.assertIn("Nguồn không ghi đơn vị của thời hạn", self.ways(way)["Bao lâu"])

    def test_a_description_that_names_other_limits_is_pointed_at(self) -> None:
        way = {
            "channel": "truc-tiep", "limit_value": 12, "limit_unit": "ngay", "limit_text": "12 ngày", "fee_text": "",
            "fee_kind": "chua-ro", "description": "Hồ sơ gia hạn: không quá 12 tháng.",
        }  # fmt: skip
        self.assertIn("còn ghi thời hạn cho từng trường hợp", self.ways(way)["Bao lâu"])

    def test_an_online_way_elsewhere_isnt_ours(self) -> None:
        way = {"channel": "truc-tuyen", "limit_text": "3 ngày", "fee_text": "Miễn phí", "fee_kind": "mien-phi"}
        imported(methods=[way], portal_url="https://dichvucong.gov.vn/thu-tuc-hanh-chinh/1")
        level = self.answers()["Mức độ"]
        self.assertIn("Xem hướng dẫn, nộp giấy", level)
        self.assertIn("Cổng này chưa nhận", level)
        self.assertIn('href="https://dichvucong.gov.vn/thu-tuc-hanh-chinh/1"', self.page())

    def test_a_link_outside_the_states_pages_isnt_shown(self) -> None:
        for url in ("javascript:alert(1)", "https://example.com/", "http://dichvucong.gov.vn/"):
            with self.subTest(url):
                imported(portal_url=url, summary=url)
                self.assertNotIn(f'href="{url}', self.page())

    def test_what_isnt_published_is_said_part_by_part(self) -> None:
        imported(requirements=[], results=[], legal_basis=[], steps=[], conditions="", agency_text="", agencies={})
        answers = self.answers()
        self.assertIn("Chưa công bố thành phần hồ sơ", answers["Mang gì"])
        self.assertIn("Chưa công bố nơi nộp", answers["Nộp ở đâu"])
        html = main_of(self.page())
        self.assertIn("Bản công bố không nêu.", html)
        self.assertNotIn("Không có.", html)

    def test_agencies_are_named_in_their_usual_way(self) -> None:
        imported(agencies={"performing": ["UBND cấp xã"]})
        self.assertIn("Ủy ban nhân dân cấp xã", self.answers()["Nộp ở đâu"])

    def test_what_people_call_it_and_what_it_belongs_to_is_shown(self) -> None:
        imported(keywords=["giấy độc thân", "giấy chưa vợ"])
        Procedure.objects.get(code=CODE).life_events.add("co-con-nho")
        html = main_of(self.page())
        self.assertIn("giấy độc thân, giấy chưa vợ", html)
        self.assertIn('href="/viec-trong-doi/co-con-nho/"', html)

    def test_a_long_description_doesnt_stand_in_the_way(self) -> None:
        text = "Điều kiện rất dài. " * 60
        imported(summary=text, conditions=text)
        self.assertEqual(main_of(self.page()).count("Điều kiện rất dài."), 60)
        self.assertNotIn("mc-lede", main_of(self.page()))


class ShortRecordTests(PageTestCase):
    def test_says_that_it_is_short_and_where_the_rest_is(self) -> None:
        short(portal_url="https://dichvucong.gov.vn/thu-tuc-hanh-chinh/1")
        html = main_of(self.page())
        self.assertIn("Cổng mới có thông tin rút gọn", html)
        self.assertIn("Xem đầy đủ trên Cổng Dịch vụ công quốc gia", html)
        self.assertNotIn('id="giay-to"', html)
        self.assertNotIn("cần 0 giấy tờ", html)
        self.assertEqual(set(self.answers()), {"Nộp ở đâu", "Mức độ"})  # that a fee isn't published would be untrue

    def test_without_a_page_there_it_says_whom_to_ask(self) -> None:
        short(source_name="Danh mục tỉnh A")
        html = main_of(self.page())
        self.assertIn("Nhập từ nguồn “Danh mục tỉnh A”; chưa được biên tập", html)
        self.assertIn("Xin hỏi cơ quan thực hiện", html)
        self.assertNotIn("uốc gia", html)  # nobody has said that it is known there

    def test_a_page_of_another_portal_goes_by_its_own_name(self) -> None:
        short(portal_url="https://dichvucong.tinh-a.gov.vn/1")
        html = main_of(self.page())
        self.assertIn("Xem trên dichvucong.tinh-a.gov.vn", html)
        self.assertNotIn("uốc gia", html)


class CasesTests(PageTestCase):
    @classmethod
    def setUpTestData(cls) -> None:
        super().setUpTestData()
        imported(
            requirements=[
                paper("don", "Đơn đề nghị", group="Giấy tờ phải nộp", form_files=["Mau 01.docx"]),
                paper("luu-y", "Lưu ý: nộp bản chính", group="Lưu ý", is_document=False),
                paper("mat", "Đơn báo mất", group="1.1. Trường hợp bị mất"),
                paper("hong", "Bản cũ đã hỏng", group="1.2. Đối với giấy bị hỏng", copies=2),
            ]
        )

    def papers(self, query: str = "") -> str:
        html = self.page(URL + query)
        return html[html.index('id="giay-to"') : html.index('id="chi-tiet"')]

    def test_all_papers_stand_by_case_until_one_is_chosen(self) -> None:
        html = self.papers()
        for words in ("Đơn đề nghị", "Đơn báo mất", "Bản cũ đã hỏng", "3 giấy tờ, chia theo 2 trường hợp"):
            self.assertIn(words, html)
        self.assertIn("Tùy trường hợp của ông/bà", self.page())

    def test_the_chosen_case_hides_only_the_other_cases(self) -> None:
        html = self.papers("?truong-hop=2")
        self.assertIn("Đơn đề nghị", html)
        self.assertIn("Bản cũ đã hỏng", html)
        self.assertIn("Lưu ý: nộp bản chính", html)
        self.assertNotIn("Đơn báo mất", html)
        self.assertIn("cần 2 giấy tờ", html)
        self.assertIn("checked", html)

    def test_several_cases_can_be_ones_own(self) -> None:
        html = self.papers("?truong-hop=1&truong-hop=2")
        self.assertIn("Đơn báo mất", html)
        self.assertIn("Bản cũ đã hỏng", html)

    def test_what_nobody_offered_is_no_case(self) -> None:
        html = self.papers("?truong-hop=99&truong-hop=%3Cscript%3E")
        self.assertIn("Đơn báo mất", html)
        self.assertNotIn("<script>", html)

    def test_a_note_is_no_paper(self) -> None:
        self.assertRegex(self.papers(), r'mc-check__item--note">\s*<div><p[^>]*>Lưu ý: nộp bản chính')

    def test_counts_and_forms_are_said_and_no_file_is_promised(self) -> None:
        html = self.page()
        self.assertIn("1 bản chính, 2 bản sao", main_of(html))
        self.assertIn("Mẫu: Mau 01.docx", html)
        self.assertIn("Cổng này chưa giữ tệp", html)
        self.assertNotRegex(html, r'href="[^"]*Mau 01')

    def test_the_sheet_has_boxes_for_the_chosen_case(self) -> None:
        html = self.page(URL + "in/?truong-hop=2&xau=1")
        self.assertEqual(html.count('class="mc-boxes__item"'), 2)
        self.assertIn("1.2. Đối với giấy bị hỏng", html)
        self.assertNotIn("Đơn báo mất", html)
        self.assertIn("noindex", html)
        self.assertIn(f"{URL}in/?truong-hop=2", self.page(URL + "?truong-hop=2&xau=1"))

    def test_of_many_papers_only_the_common_ones_stand_there_unasked(self) -> None:
        many = [paper(f"p-{number}", f"Giấy riêng {number}", group=f"Trường hợp {number % 2}") for number in range(20)]
        imported(requirements=[paper("chung", "Giấy chung", group="Giấy tờ phải nộp"), *many])
        html = self.papers()
        self.assertIn("Giấy chung", html)
        self.assertNotIn("Giấy riêng", html)
        self.assertIn("21 giấy tờ, chia theo 2 trường hợp", html)
        every = self.papers("?truong-hop=tat-ca")
        self.assertEqual(every.count("Giấy riêng"), 20)
        self.assertEqual(self.papers("?truong-hop=1").count("Giấy riêng"), 10)
        self.assertIn("?truong-hop=tat-ca", html)
        self.assertEqual(self.page(URL + "in/").count("Giấy riêng"), 20)

    def test_of_many_papers_under_headings_that_arent_cases_none_is_hidden(self) -> None:
        imported(
            requirements=[
                paper(f"p-{number}", f"Giấy {number}.", group=f"Hồ sơ của bên {number % 2}") for number in range(20)
            ]
        )
        html = self.papers()
        self.assertEqual(len(re.findall(r"Giấy \d+\.", html)), 20)
        self.assertEqual(html.count('<details class="mc-fold">'), 2)
        self.assertIn("20 giấy tờ, chia theo 2 nhóm", html)
        self.assertIn("có thể ông/bà không cần đủ cả", self.answers()["Mang gì"])

    def test_a_very_long_name_is_cut_but_not_lost(self) -> None:
        name = "Giấy tờ chứng minh. " + "Nội dung chi tiết của giấy tờ này, " * 40
        imported(requirements=[paper("dai", name)])
        html = main_of(self.page())
        self.assertIn("Đọc hết", html)
        self.assertEqual(html.count("Nội dung chi tiết"), 40)


class StepsTests(PageTestCase):
    def test_a_very_long_step_is_folded_but_not_lost(self) -> None:
        text = "Cơ quan xem xét hồ sơ. " * 200
        long = {"title": "Xem xét", "text": text + "HẾT."}
        for steps in ([long, {"title": "", "text": "Trả kết quả"}], [{**long, "title": ""}]):
            imported(steps=steps)
            html = main_of(self.page())
            self.assertIn("Đọc hết bước này", html)
            self.assertEqual(html.count("HẾT."), 1)
            self.assertNotRegex(html, r"<h3[^>]*>\s*</h3>")


class PastTests(PageTestCase):
    @classmethod
    def setUpTestData(cls) -> None:
        super().setUpTestData()
        past("2026-06-01")
        imported(effective_from="2026-06-01", conditions="Phải đủ 18 tuổi", change_note="Thêm điều kiện về tuổi")

    def plan(self) -> ProcedureVersion:
        day = timezone.localdate() + timedelta(days=30)
        return publish_record(made_up(1, effective_from=day.isoformat(), conditions="Phải đủ 16 tuổi"), by=None)

    def test_all_versions_are_listed_the_newest_first(self) -> None:
        html = main_of(self.page(URL + "lich-su/"))
        self.assertLess(html.index("Bản thứ 2"), html.index("Bản thứ 1</h2>"))
        self.assertIn("Áp dụng từ 01/01/2026 đến hết 31/05/2026", html)
        self.assertIn("đang áp dụng", html)
        self.assertIn("Thêm điều kiện về tuổi", html)

    def test_each_version_says_where_it_comes_from_and_so_do_print_feed_and_machines(self) -> None:
        imported(source_name="Cổng tỉnh A", summary="Nhập lại")
        history = main_of(self.page(URL + "lich-su/"))
        self.assertIn("Biên tập tại Cổng này.", history)
        self.assertIn("Nhập từ nguồn không ghi tên", history)
        self.assertIn("Nhập từ nguồn “Cổng tỉnh A”", history)
        for part in ("", "in/", "so-sanh/"):
            with self.subTest(part):
                self.assertIn("Nhập từ nguồn “Cổng tỉnh A”; chưa được biên tập tại Cổng này.", self.page(URL + part))
        self.assertIn("Nhập từ nguồn “Cổng tỉnh A”", self.page("/thay-doi.atom"))
        self.assertIn('"subjectOf": {"@type": "CreativeWork", "name": "Cổng tỉnh A"}', self.page())

    def test_an_old_version_says_that_it_is_old_and_has_no_door(self) -> None:
        factories.an_offering()
        html = self.page(URL + "ban/1/")
        self.assertIn("Bản cũ, không còn áp dụng", html)
        self.assertIn("noindex", html)
        self.assertNotIn("application/ld+json", html)
        self.assertNotIn("Phải đủ 18 tuổi", html)
        self.assertNotIn(f"{URL}nop/", html)

    def test_the_version_in_force_has_one_address(self) -> None:
        self.assertRedirects(self.client.get(URL + "ban/2/"), URL)
        self.page(URL + "ban/3/", 404)

    def test_the_difference_is_readable_without_colour(self) -> None:
        html = main_of(self.page(URL + "so-sanh/?tu=1&den=2"))
        self.assertIn("Yêu cầu, điều kiện", html)
        self.assertRegex(html, r"<ins[^>]*><span[^>]*>thêm: </span>Phải đủ 18 tuổi</ins>")
        back = main_of(self.page(URL + "so-sanh/?tu=2&den=1"))
        self.assertRegex(back, r"<del[^>]*><span[^>]*>bỏ: </span>Phải đủ 18 tuổi</del>")

    def test_without_numbers_the_newest_is_compared(self) -> None:
        self.assertIn("Từ bản thứ 1 đến bản thứ 2", self.page(URL + "so-sanh/"))
        self.assertIn("Hai bản không khác nhau", self.page(URL + "so-sanh/?tu=2&den=2"))
        self.page(URL + "so-sanh/?tu=7&den=2", 404)
        self.assertIn("Từ bản thứ 1 đến bản thứ 2", self.page(URL + "so-sanh/?tu=abc&den=-1"))

    def test_a_planned_version_is_announced_and_can_be_read(self) -> None:
        planned = self.plan()
        self.assertIn("Sắp thay đổi", self.page())
        self.assertNotIn("Phải đủ 16 tuổi", self.page())
        html = self.page(f"{URL}ban/{planned.number}/")
        self.assertIn("Bản này chưa áp dụng", html)
        self.assertIn("Phải đủ 16 tuổi", html)
        self.assertIn("sắp áp dụng", self.page(URL + "lich-su/"))

    def test_what_was_taken_back_before_its_day_never_was(self) -> None:
        planned = self.plan()
        planned.effective_to = planned.effective_from
        planned.save(update_fields=["effective_to"])
        self.page(f"{URL}ban/{planned.number}/", 404)
        self.assertNotIn("Bản thứ 3", self.page(URL + "lich-su/"))

    def test_a_withdrawn_procedure_says_since_when_and_why(self) -> None:
        last = ProcedureVersion.objects.get(procedure__code=CODE, number=2)
        last.effective_to = timezone.localdate()
        last.save(update_fields=["effective_to"])
        Withdrawal.objects.create(
            procedure=last.procedure, version=last, day=last.effective_to, reason="Nhập vào thủ tục khác.", by_name="x"
        )
        html = self.page(status=410)
        self.assertIn("Thủ tục này đã bị bãi bỏ", html)
        self.assertIn("Nhập vào thủ tục khác.", html)
        self.assertIn(f"{URL}ban/2/", html)
        self.assertIn("Nhập vào thủ tục khác.", self.page(URL + "lich-su/"))
        self.page(URL + "in/", 404)

    def test_what_was_never_published_is_404(self) -> None:
        for part in ("", "lich-su/", "so-sanh/", "in/", "ban/1/", "xem-truoc/"):
            with self.subTest(part):
                self.assertIn(self.client.get(f"/thu-tuc/7.777777/{part}").status_code, {404, 302})

    @override_settings(CONTENT_SECONDS=15)
    def test_the_list_costs_the_same_for_2_and_30_versions(self) -> None:
        def count() -> int:
            self.client.get(URL + "lich-su/")
            with CaptureQueriesContext(connection) as context:
                self.client.get(URL + "lich-su/")
            return len(context)

        few = count()
        for number in range(28):
            publish_record(made_up(1, conditions=f"Điều kiện {number}", effective_from="2026-06-01"), by=None)
        self.assertEqual(count(), few)


class PreviewTests(PageTestCase):
    def draft(self) -> None:
        publish_record(made_up(1), by=None)
        procedure = Procedure.objects.get(code=CODE)
        drafts.begin_draft(procedure, made_up(1, conditions="Chỉ có trong bản nháp"), by=cast.quan())

    def log_in(self, who: User) -> None:
        self.client.force_login(who, backend="motcua.accounts.backends.NumberBackend")

    def test_an_editor_sees_the_draft_as_the_public_will(self) -> None:
        self.draft()
        self.log_in(cast.quan())
        html = self.page(URL + "xem-truoc/")
        self.assertIn("Bản nháp, chưa công bố", html)
        self.assertIn("Chỉ có trong bản nháp", html)
        self.assertIn("noindex", html)
        self.assertNotIn(f"{URL}nop/", html)
        self.assertIn("no-store", self.client.get(URL + "xem-truoc/")["Cache-Control"])

    def test_nobody_else_does(self) -> None:
        self.draft()
        self.assertEqual(self.client.get(URL + "xem-truoc/").status_code, 302)
        self.log_in(cast.an())
        self.assertEqual(self.client.get(URL + "xem-truoc/").status_code, 403)
        self.assertNotIn("Chỉ có trong bản nháp", self.page())
        self.assertNotIn("Bản thứ 0", self.page(URL + "lich-su/"))

    def test_without_a_draft_there_is_nothing_to_see(self) -> None:
        publish_record(made_up(1), by=None)
        self.log_in(cast.quan())
        self.page(URL + "xem-truoc/", 404)


class AddressTests(PageTestCase):
    def test_the_readable_address_is_the_canonical_one(self) -> None:
        imported(short_name="Đăng ký khai sinh có yếu tố nước ngoài")
        named = f"{URL}dang-ky-khai-sinh-co-yeu-to-nuoc-ngoai/"
        for url in (URL, named, named + "?truong-hop=1"):
            self.assertRegex(self.page(url), rf'<link rel="canonical" href="http[^"]*{named}">')

    def test_a_wrong_name_leads_to_the_right_one(self) -> None:
        imported(short_name="Cấp lại giấy")
        response = self.client.get(f"{URL}ten-cu/?truong-hop=1")
        self.assertRedirects(response, f"{URL}cap-lai-giay/?truong-hop=1")

    def test_a_name_that_is_a_part_of_ours_gets_another_address(self) -> None:
        imported(short_name="Nộp")
        self.assertIn(f"{URL}thu-tuc-nop/", self.page())


class StructuredDataTests(PageTestCase):
    def data(self) -> dict[str, Any]:
        html = self.page()
        block = html.split('<script type="application/ld+json">')[1].split("</script>")[0]
        return dict(json.loads(block))

    def test_machines_read_what_is_certain(self) -> None:
        fee = {"amount": "50000", "currency": "VND", "note": ""}
        imported(
            methods=[{"channel": "truc-tiep", "limit_text": "", "fee_text": "", "fee_kind": "co-muc", "fees": [fee]}],
            agencies={"performing": ["UBND cấp xã"]},
        )
        data = self.data()
        self.assertEqual((data["@type"], data["identifier"]["value"]), ("GovernmentService", CODE))
        self.assertEqual(data["provider"][0]["name"], "Ủy ban nhân dân cấp xã")
        self.assertEqual(data["offers"], [{"@type": "Offer", "price": "50000", "priceCurrency": "VND"}])

    def test_no_price_is_said_where_one_is_unknown(self) -> None:
        way = {"channel": "truc-tiep", "limit_text": "", "fee_text": "", "fee_kind": "chua-ro"}
        imported(methods=[way, way | {"fee_kind": "mien-phi"}])
        self.assertNotIn("offers", self.data())

    def test_nothing_in_a_record_ends_the_block(self) -> None:
        imported(short_name="Tên </script><script>alert(1)</script> & <!-- x")
        self.assertEqual(self.data()["name"], "Tên </script><script>alert(1)</script> & <!-- x")


class WholeRecordTests(TestCase):
    @classmethod
    def setUpTestData(cls) -> None:
        publish_all()

    def test_a_version_is_read_as_the_record_it_was_published_from(self) -> None:
        for published in ProcedureVersion.objects.select_related("procedure"):
            found = version(published.procedure.code, published.number)
            assert found is not None
            record = record_of(found)
            check_shape(record)
            self.assertEqual(publish_record({**record}, by=None).short_name, published.short_name)
