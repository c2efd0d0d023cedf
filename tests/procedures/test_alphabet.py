"""The database puts names in Vietnamese order, as the portal does elsewhere."""

import pytest
from django.db.models import F

from motcua.core.text import sort_key
from motcua.procedures.models import Field
from motcua.procedures.queries.alphabet import LETTERS, OTHERS, in_order, letter_of, signs_of, slug_of

NAMES = [
    "1 năm", "An toàn", "ăn uống", "Ấn chỉ", "Âm nhạc", "Bảo trợ xã hội", "Bà mẹ", "Ba lô", "bả", "Cấp đổi", "Cáp treo",
    "Căn cước", "Chứng thực", "Công an", "Dân số", "Đất đai", "Di sản", "Đo lường", "Ê tô", "Em", "Hộ tịch", "Hóa chất",
    "Ngoại hối", "Nghề", "Ô tô", "Ơn", "Oan", "Thuế", "Thuê đất", "Thu hồi", "Thủ tục (khác)",
    "Thủ tục - khác", "Uy tín", "Ưu đãi", "Ủy ban", "Xây dựng", "Y tế", "Ý kiến", "Đăng ký", "Đăng ký lại", "“Nháy”",
]  # fmt: skip


@pytest.mark.django_db
def test_the_order_is_that_of_the_sort_key() -> None:
    Field.objects.bulk_create(Field(slug=f"f{number}", name=name) for number, name in enumerate(NAMES))
    ordered = list(Field.objects.order_by(*in_order("name"), F("name")).values_list("name", flat=True))
    assert [sort_key(name) for name in ordered] == sorted(map(sort_key, NAMES))


def test_a_name_stands_under_its_letter() -> None:
    assert [letter_of(name) for name in ("Ấp", "đi", "Ủy ban", "Ưu", "1 cửa", "", "“")] == [
        "â",
        "đ",
        "u",
        "ư",
        "",
        "",
        "",
    ]
    assert all(letter_of(sign) == letter for letter in LETTERS for sign in signs_of(letter))
    assert set(signs_of("â")) == set("âầẩẫấậÂẦẨẪẤẬ")


def test_addresses_of_letters_are_plain_and_different() -> None:
    slugs = [slug_of(letter) for letter in LETTERS]
    assert len(set(slugs)) == len(LETTERS)
    assert all(slug.isascii() and slug.isalpha() for slug in slugs)
    assert slug_of("“") == OTHERS
