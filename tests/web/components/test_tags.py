"""Dates, money and parts as every template writes them."""

from datetime import UTC, date, datetime

import pytest
from django.template import Context, Template, TemplateSyntaxError
from django.utils.translation import override


def show(source: str, **context: object) -> str:
    return Template(source).render(Context(context))


@pytest.mark.parametrize(
    ("source", "value", "shown"),
    [
        ("{{ v|money }}", 16000, "16.000 đồng"),
        ("{{ v|money }}", 0, "0 đồng"),
        ("{{ v|money }}", None, ""),
        ("{{ v|vi_date }}", date(2026, 11, 26), "26/11/2026"),
        ("{{ v|vi_date }}", datetime(2026, 11, 26, 18, 0, tzinfo=UTC), "27/11/2026"),
        ("{{ v|vi_moment }}", datetime(2026, 11, 26, 10, 0, tzinfo=UTC), "17:00 thứ Năm, 26/11/2026"),
        ("{{ v|vi_moment }}", datetime(2026, 11, 22, 0, 5, tzinfo=UTC), "07:05 Chủ nhật, 22/11/2026"),
        ("{{ v|vi_moment }}", None, ""),
        ("{{ v|vi_day }}", date(2026, 11, 28), "thứ Bảy, 28/11/2026"),
        ("{{ v|personal_number }}", "098162004217", "098 162 004 217"),
        ("{{ v|phone }}", "+84900000217", "0900 000 217"),
        ("{{ v|mail_address }}", "mot.cua@xa<.example", "mot.cua<wbr>@xa&lt;.example"),
        ("{{ v|file_size }}", 1887437, "1,8 MB"),
        ("{{ v|file_size }}", 300, "1 KB"),
    ],
)
def test_values_are_written_as_people_write_them(source: str, value: object, shown: str) -> None:
    assert show(source, v=value) == shown


def test_english_pages_say_amounts_and_days_in_english() -> None:
    with override("en"):
        assert show("{{ v|money }}", v=16000) == "16,000 đồng"
        assert show("{{ v|vi_moment }}", v=datetime(2026, 11, 26, 10, 0, tzinfo=UTC)) == "17:00, Thursday 26/11/2026"
        assert show("{{ v|tr }}", v="thứ Hai") == "Monday"


def test_texts_of_the_record_are_marked_as_vietnamese_on_english_pages_only() -> None:
    assert show("{{ v|vn }}", v="Sổ <hộ>") == "Sổ &lt;hộ&gt;"
    with override("en"):
        assert show("{{ v|vn }}", v="Sổ <hộ>") == '<span lang="vi">Sổ &lt;hộ&gt;</span>'
        assert show("{{ v|vn }}", v="") == ""
        assert show("{{ v|tr }}{{ w|tr }}", v=None, w="") == ""


def test_an_icon_is_hidden_from_screen_readers() -> None:
    html = show('{% icon "search" "s leaf" %}')
    assert 'class="mc-icon mc-icon--s mc-icon--leaf"' in html
    assert 'aria-hidden="true"' in html
    assert "icons.svg#search" in html


def test_a_chip_of_an_unknown_kind_is_a_mistake() -> None:
    with pytest.raises(TemplateSyntaxError, match="ghost"):
        show('{% chip "ghost" "run" "Đang xử lý" %}')


def test_words_from_people_are_escaped_everywhere() -> None:
    nasty = "<b>&"
    for source in (
        '{% chip "new" "run" v %}',
        '{% tag "run" v %}',
        "{% button v %}",
        '{% note "info" title=v %}{{ v }}{% endnote %}',
        "{% pill v v %}",
    ):
        assert "<b>" not in show(source, v=nasty)


def test_steps_say_where_one_is() -> None:
    items = [
        {"name": "Người nộp", "url": "/a/", "state": "done"},
        {"name": "Tờ khai", "url": "/b/", "state": "now"},
        {"name": "Giấy tờ", "url": "", "state": "later"},
    ]
    html = show("{% steps items %}", items=items)
    assert "Bước 2 trên 3: <strong>Tờ khai</strong>" in html
    assert html.count('aria-current="step"') == 1
    assert '<a href="/a/">Người nộp</a>' in html
    assert 'href="/b/"' not in html
