"""What an English page makes of texts from below."""

from datetime import date

import pytest
from django.utils.safestring import SafeString
from django.utils.translation import override

from motcua.core.words import Bilingual, money, say
from motcua.web.components.telling import told, vietnamese


def test_on_a_vietnamese_page_a_text_is_what_it_is() -> None:
    assert told("Sổ <hộ>") == "Sổ <hộ>"
    assert told(say("Đã có {result}", result="Giấy khai sinh")) == "Đã có Giấy khai sinh"
    assert told(None) == vietnamese(None) == ""


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Hồ sơ của tôi", "My applications"),
        ("Nguyễn <Thị> An", '<span lang="vi">Nguyễn &lt;Thị&gt; An</span>'),
        ("An", "An"),
        (say("Đã có {result}", result="Giấy <khai> sinh"), '<span lang="vi">Giấy &lt;khai&gt; sinh</span> is ready'),
        (say("Đã hoàn {amount}", amount=money(16000)), "16,000 đồng paid back"),
        (say("{name} không được sau hôm nay, {day:%d/%m/%Y}", name="x", day=date(2026, 11, 22)), None),
        (Bilingual("Nơi sinh", "Place of birth"), "Place of birth"),
        ("Đã có Giấy khai sinh số 12/2026", '<span lang="vi">Giấy khai sinh</span> no. 12/2026 is ready'),
        ("Từ 0 đồng thành 50.000 đồng. Còn phải nộp 50.000 đồng.", None),
        (SafeString("<b>ẩn</b>"), '<span lang="vi"><b>ẩn</b></span>'),
    ],
)
def test_ours_is_translated_and_the_rest_is_marked(text: str, shown: str | None) -> None:
    with override("en"):
        if shown is not None:
            assert told(text) == shown
        else:
            assert 'lang="vi">Từ' not in told(text)
