"""What an English page makes of texts from below."""

import re
import time
from datetime import date

import pytest
from django.utils.safestring import SafeString
from django.utils.translation import override, trans_real

from motcua.core.words import Bilingual, money, say
from motcua.web.components import telling
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
        ("Trong ngày làm việc", '<span lang="vi">Trong ngày làm việc</span>'),
        ("3 ngày làm việc", "3 working days"),
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


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("Hồ sơ A đã được B", {"code": "A", "who": "B"}),
        ("Hồ sơ A đã được B đã được C", {"code": "A", "who": "B đã được C"}),
        ("Hồ sơ  đã được B", None),
        ("Hồ sơ A đã được ", None),
        ("Hồ sơ A", None),
        ("hồ sơ A đã được B", None),
    ],
)
def test_a_sentence_is_recognised_by_what_stands_between_its_values(text: str, values: dict[str, str] | None) -> None:
    assert telling._template("Hồ sơ {code} đã được {who}").values_in(text) == values


def test_a_text_longer_than_any_sentence_of_ours_is_the_records() -> None:
    with override("en"):
        assert told("Đã có " + "Giấy khai sinh " * 400 + "số 12/2026").startswith('<span lang="vi">Đã có')
        assert told(Bilingual("Nơi sinh " * 1_000, "Place")) == "Place"


def test_lines_of_a_record_stand_apart_and_its_items_hang() -> None:
    html = telling.lined("Nộp hồ sơ:\n- Đơn <b>\n+ Bản sao\n\na) Ảnh\n3 ngày")
    assert html == (
        '<span class="mc-line">Nộp hồ sơ:</span><span class="mc-line mc-line--item">- Đơn &lt;b&gt;</span>'
        '<span class="mc-line mc-line--inner">+ Bản sao</span><span class="mc-line mc-line--item">a) Ảnh</span>'
        '<span class="mc-line">3 ngày</span>'
    )
    assert [telling.lined(text) for text in ("", None, "Một dòng")] == ["", "", "Một dòng"]
    with override("en"):
        assert telling.lined("Dòng một\nDòng hai").startswith('<span class="mc-line" lang="vi">Dòng một')


def test_no_text_that_somebody_types_takes_long() -> None:
    """What looks like the beginning of our sentences, again and again, up to ten thousand letters."""
    with override("en"):
        for template in telling._templates():
            first, *rest = template.pieces
            text = (first + ("a" + "".join(rest)) * 10_000)[:10_000]
            began = time.thread_time()
            telling.told(f"{text} ế\x01")
            assert time.thread_time() - began < 0.3, template.text


def test_html_of_our_own_that_somebody_types_stays_a_text() -> None:
    catalogue = trans_real.translation("en")._catalog.keys()  # type: ignore[attr-defined]
    ours = next(key for key in catalogue if isinstance(key, str) and "<" in key and not re.search("[.{%] ?", key))
    with override("en"):
        assert "<" not in told(f"Đã đủ giấy tờ phải nộp. {ours}").replace('<span lang="vi">', "").replace("</span>", "")
