"""Administrative units: loaded from the state's list, listed in Vietnamese order, found however they are typed."""

import unicodedata

from django.db import connection
from django.test import TestCase
from django.test.utils import CaptureQueriesContext

from motcua.audit.models import Event
from motcua.places import queries, services
from motcua.places.models import Unit


def minh_giang() -> None:
    services.add_unit("98", kind="tinh", name="Minh Giang")
    for code, kind, name in [
        ("98001", "phuong", "Hoa Sen"),
        ("98002", "phuong", "Phường Bến Đò"),
        ("98003", "xa", "Phú Lương"),
        ("98004", "xa", "Hoa Sơn"),
    ]:
        services.add_unit(code, kind=kind, name=name, parent_code="98")


class TheWholeListTests(TestCase):
    @classmethod
    def setUpTestData(cls) -> None:
        services.load_units()
        minh_giang()
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE places_unit")  # as autovacuum does soon; before, the planner takes it for empty

    def test_has_34_provinces_and_3321_communes(self) -> None:
        state = Unit.objects.exclude(pk__startswith="98")
        assert state.filter(parent=None).count() == 34
        assert state.exclude(parent=None).count() == 3321
        assert state.filter(kind=Unit.Kind.SPECIAL_ZONE).count() == 13

    def test_names_are_kept_without_their_kind(self) -> None:
        assert str(Unit.objects.get(pk="79")) == "Thành phố Hồ Chí Minh"
        assert Unit.objects.get(pk="79").name == "Hồ Chí Minh"

    def test_loading_again_changes_nothing(self) -> None:
        events = Event.objects.count()
        with CaptureQueriesContext(
            connection,
        ) as context:
            assert services.load_units() == 0
        assert len(context) <= 4
        assert Event.objects.count() == events

    def test_what_was_changed_by_hand_is_put_right(self) -> None:
        Unit.objects.filter(pk="79").update(name="Sài Gòn")
        assert services.load_units() == 1
        assert Unit.objects.get(pk="79").name == "Hồ Chí Minh"

    def test_provinces_come_in_vietnamese_order(self) -> None:
        names = [unit.name for unit in queries.provinces()]
        assert names[0] == "An Giang"
        assert names.index("Cần Thơ") < names.index("Đà Nẵng") < names.index("Điện Biên") < names.index("Đồng Nai")
        assert names.index("Cao Bằng") < names.index("Cần Thơ")

    def test_communes_of_a_province_come_in_vietnamese_order(self) -> None:
        assert [str(unit) for unit in queries.communes("98")] == [
            "Phường Bến Đò",
            "Phường Hoa Sen",
            "Xã Hoa Sơn",
            "Xã Phú Lương",
        ]
        assert not queries.communes("no such code").exists()

    def test_a_full_name_is_as_in_an_address(self) -> None:
        ward = queries.unit("98001")
        province = queries.unit("98")
        city = queries.unit("00166") or queries.communes("01").first()
        assert ward is not None
        assert province is not None
        assert city is not None
        assert queries.full_name(ward) == "Phường Hoa Sen, tỉnh Minh Giang"
        assert queries.full_name(province) == "Tỉnh Minh Giang"
        assert queries.full_name(city).endswith(", thành phố Hà Nội")
        assert queries.unit("00000") is None

    def test_find_puts_the_meant_one_first(self) -> None:
        for typed, meant in [
            ("Phường Hoa Sen, tỉnh Minh Giang", "Phường Hoa Sen"),
            ("phuong hoa sen", "Phường Hoa Sen"),
            ("hoa sen", "Phường Hoa Sen"),
            ("hoa sen minh giang", "Phường Hoa Sen"),
            ("P. Hoa Sen", "Phường Hoa Sen"),
            ("HOA SEN", "Phường Hoa Sen"),
            ("hoa se", "Phường Hoa Sen"),
            (unicodedata.normalize("NFD", "Bến Đò"), "Phường Bến Đò"),
            ("ben do minh giang", "Phường Bến Đò"),
            ("xa hoa son minh giang", "Xã Hoa Sơn"),
            ("minh giang", "Tỉnh Minh Giang"),
            ("tp ho chi minh", "Thành phố Hồ Chí Minh"),
            ("ho chi minh", "Thành phố Hồ Chí Minh"),
            ("hà nội", "Thành phố Hà Nội"),
            ("đk phú quốc", "Đặc khu Phú Quốc"),
            ("phú quốc an giang", "Đặc khu Phú Quốc"),
        ]:
            with self.subTest(typed):
                hits = queries.find(typed)
                self.assertTrue(hits)
                self.assertEqual(str(hits[0]), meant)

    def test_find_finds_nothing_for_nothing(self) -> None:
        for typed in ["", "   ", "zzz", "%", "_", "hoa % sen zz", "'; --"]:
            with self.subTest(typed):
                self.assertEqual(queries.find(typed), [])

    def test_find_is_one_query_and_keeps_to_its_limit(self) -> None:
        with CaptureQueriesContext(connection) as context:
            hits = queries.find("xa", limit=7)
            _names = [queries.full_name(hit) for hit in hits]
        assert len(hits) == 7
        assert len(context) == 1


class AddUnitTests(TestCase):
    def test_adding_the_same_unit_twice_leaves_one_trace(self) -> None:
        services.add_unit("97", kind="tinh", name="Tỉnh Mẫu")
        again = services.add_unit("97", kind="tinh", name="Mẫu")
        assert again.name == "Mẫu"
        assert Event.objects.filter(act="place.added", subject_ref="97").count() == 1
