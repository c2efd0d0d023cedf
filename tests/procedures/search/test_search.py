"""Search of the catalogue: accents or not, typing errors, questions, numbers, facets, order."""

import unicodedata

from django.db import connection
from django.test import TestCase
from django.test.utils import CaptureQueriesContext

from motcua.procedures import services
from motcua.procedures.finding.index import marked
from motcua.procedures.finding.suggesting import folded_words
from motcua.procedures.search import Filters, Hit, nearest, search
from tests.procedures.catalogue import made_up, publish_all
from tests.procedures.finding.catalogue import entry

BIRTH, COPY, MARRIAGE = "1.001193", "2.000635", "1.000894"
SINGLE, CERTIFY, BUSINESS = "1.004873", "2.000815", "1.001612"
DEATH, PARENT, SIGNATURE = "1.000656", "1.001022", "2.000884"
BUILDING, PENSION, RECORD = "1.013225", "1.014027", "3.000333"


class SearchTests(TestCase):
    @classmethod
    def setUpTestData(cls) -> None:
        publish_all()

    def test_the_meant_procedure_comes_first(self) -> None:
        for typed, meant in [
            ("đăng ký khai sinh", BIRTH),
            ("dang ky khai sinh", BIRTH),
            ("KHAI SINH", BIRTH),
            (unicodedata.normalize("NFD", "khai sinh"), BIRTH),
            ("khai sinhh", BIRTH),
            ("kha sinh", BIRTH),
            ("khia sinh", BIRTH),
            ("làm giấy khai sinh cho con cần gì", BIRTH),
            ("vk mới đẻ", BIRTH),
            ("tôi cần làm thủ tục đăng ký khai sinh", BIRTH),
            ("kết hôn", MARRIAGE),
            ("ket hom", MARRIAGE),
            ("lay chong", MARRIAGE),
            ("giấy độc thân", SINGLE),
            ("xac nhan tinh trang hon nhan", SINGLE),
            ("xác nhận tình trang hôn nhan", SINGLE),
            ("sao y bản chính", CERTIFY),
            ("công chứng giấy tờ", CERTIFY),
            ("chung thuc ban sao", CERTIFY),
            ("chung thuc chu ky", SIGNATURE),
            ("xin phép xây nhà", BUILDING),
            ("tiền già", PENSION),
            ("khai tử", DEATH),
            ("trích lục", COPY),
            ("mất giấy khai sinh", COPY),
            ("ban sao giay khai sinh", COPY),
            ("mở quán", BUSINESS),
            ("ho kinh doanh", BUSINESS),
            ("hộ kinh doanhh", BUSINESS),
        ]:
            with self.subTest(typed):
                hits = search(typed).hits
                self.assertTrue(hits)
                self.assertEqual(hits[0].code, meant)

    def test_a_number_is_found_however_it_is_written(self) -> None:
        for typed in ["1.001193", "1001193", "001193", "1.001193.000.00.00.H36", " mã 1.001193 "]:
            with self.subTest(typed):
                self.assertEqual([hit.code for hit in search(typed).hits], [BIRTH])

    def test_nothing_is_found_for_what_isnt_there(self) -> None:
        for typed in ["zzzz", "7.777777", "qqqq zzzz"]:
            with self.subTest(typed):
                self.assertEqual(search(typed).hits, [])

    def test_for_a_persons_name_no_names_alike_are_offered(self) -> None:
        self.assertEqual(nearest("Trần Thị Khai"), [])
        self.assertTrue(nearest("khaai sih ket honn"))

    def test_odd_input_is_only_text(self) -> None:
        for typed in ["'", '"', "AND OR NOT", "name:khai", "khai*", "\x00", "💒", "(" * 50, "a" * 5000]:
            with self.subTest(typed[:20]):
                search(typed)

    def test_what_was_mended_is_said_and_can_be_refused(self) -> None:
        self.assertEqual(search("kha sinh").read_as, "khai sinh")
        self.assertEqual(search("khai sinh").read_as, "")
        self.assertEqual(search("hộ kinh doanhh").read_as, "hộ kinh doanh")
        self.assertEqual(search("đăng ký kết hom").read_as, "đăng ký kết hôn")
        self.assertEqual(search("khai sinhh", as_typed=True).read_as, "")

    def test_an_empty_text_lists_all_by_name(self) -> None:
        codes = [hit.code for hit in search("").hits]
        self.assertEqual(
            codes,
            [COPY, BUILDING, SINGLE, RECORD, CERTIFY, SIGNATURE, MARRIAGE, BIRTH, DEATH, PARENT, BUSINESS, PENSION],
        )

    def test_the_order_is_the_same_each_time(self) -> None:
        for number in range(1, 6):
            services.publish_record(made_up(number, short_name="Thủ tục giống nhau"), by=None)
        orders = {tuple(hit.code for hit in search("thủ tục giống nhau").hits) for _ in range(3)}
        self.assertEqual(orders, {tuple(f"9.{number:06d}" for number in range(1, 6))})

    def test_filters_narrow_and_facets_count_what_each_would_leave(self) -> None:
        services_of = {BIRTH: "toan-trinh"}
        narrowed = search("", filters=Filters(fields=["ho-tich"], levels=["tinh"]), services=services_of)
        self.assertEqual([hit.code for hit in narrowed.hits], [COPY])
        fields = {choice.value: (choice.count, choice.chosen) for choice in narrowed.facets["fields"]}
        self.assertEqual(fields, {"ho-tich": (1, True), "ly-lich-tu-phap": (1, False)})
        levels = {choice.value: choice.count for choice in narrowed.facets["levels"]}
        self.assertEqual(levels, {"xa": 6, "tinh": 1})
        online = search("", filters=Filters(services=["toan-trinh"]), services=services_of)
        self.assertEqual([hit.code for hit in online.hits], [BIRTH])

    def test_a_choice_that_leaves_nothing_still_can_be_taken_back(self) -> None:
        nothing = search("khai sinh", filters=Filters(fields=["chung-thuc"]))
        self.assertEqual(nothing.hits, [])
        self.assertTrue(
            [choice for choice in nothing.facets["fields"] if choice.value == "chung-thuc" and choice.chosen]
        )

    def test_a_life_event_lists_its_procedures(self) -> None:
        found = search("", filters=Filters(life_events=["co-con-nho"]))
        self.assertEqual({hit.code for hit in found.hits}, {BIRTH, COPY, PARENT})

    def test_what_is_published_is_found_at_once(self) -> None:
        self.assertNotIn("9.000001", [hit.code for hit in search("nuôi lợn").hits])
        services.publish_record(made_up(1, short_name="Nuôi lợn"), by=None)
        self.assertEqual(search("nuoi lon").hits[0].code, "9.000001")

    def test_a_search_costs_one_query_while_nothing_is_published(self) -> None:
        search("khai sinh")
        with CaptureQueriesContext(connection) as context:
            search("kết hôn")
        self.assertEqual(len(context), 1)


def test_hits_are_marked_in_the_name_as_one_piece() -> None:
    words = frozenset({"khai", "sinh"})
    assert marked("Đăng ký lại khai sinh, Khai tử", words) == [
        ("Đăng", False),
        (" ", False),
        ("ký", False),
        (" ", False),
        ("lại", False),
        (" ", False),
        ("khai sinh", True),
        (", ", False),
        ("Khai", True),
        (" ", False),
        ("tử", False),
    ]
    assert "".join(piece for piece, _ in marked("Cấp  bản sao (lại)", words)) == "Cấp  bản sao (lại)"


def test_nothing_stands_out_of_a_long_name_of_which_most_was_looked_for() -> None:
    name = "Đăng ký biến động quyền sử dụng đất, quyền sở hữu tài sản gắn liền với đất"
    hit = Hit(entry("1.000000", name), frozenset(folded_words(name).split()))
    assert hit.pieces == [(name, False)]
    assert ("biến động", True) in Hit(hit.entry, frozenset({"bien", "dong"})).pieces
