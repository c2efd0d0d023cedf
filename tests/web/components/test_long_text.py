"""A long reason in a history is folded: its beginning, and all of it for who wants to read it."""

from django.template.loader import render_to_string


def told(text: str) -> str:
    return render_to_string("mc/long_text.html", {"text": text})


def test_a_short_text_stands_as_it_is() -> None:
    assert told("Ảnh mờ.\nXin chụp lại.").strip() == "<p>Ảnh mờ.<br>Xin chụp lại.</p>"


def test_a_long_text_is_folded_and_nothing_of_it_is_lost() -> None:
    text = "Địa điểm thuộc khu vực không được kinh doanh ăn uống. " * 20
    page = told(text)
    assert "…</p><details" in page
    assert text.strip() in page
