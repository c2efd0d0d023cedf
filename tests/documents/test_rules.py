"""Names, kinds and words for files; no database."""

import pytest

from motcua.documents import rules


@pytest.mark.parametrize(
    ("given", "kind", "kept"),
    [
        ("Giấy chứng sinh.jpg", rules.JPEG, "Giấy chứng sinh.jpg"),
        ("Gia\u0302\u0301y chu\u031b\u0301ng sinh.JPG", rules.JPEG, "Giấy chứng sinh.jpg"),  # as a Mac writes it
        ("photo.jpg", rules.HEIC, "photo.heic"),
        ("scan.jpeg", rules.JPEG, "scan.jpeg"),
        ("../../etc/passwd", rules.PDF, "passwd.pdf"),
        ("C:\\Users\\An\\Ảnh\\a.png", rules.PNG, "a.png"),
        ("CV.2025", rules.PDF, "CV.2025.pdf"),
        ("trang.html", rules.JPEG, "trang.html.jpg"),
        ("anh\u202egpj.exe", rules.JPEG, "anhgpj.exe.jpg"),
        ("a\x00b\nc\t d.pdf", rules.PDF, "a b c d.pdf"),
        ("...", rules.PDF, "tep.pdf"),
        ("", rules.PNG, "tep.png"),
        (".jpg", rules.JPEG, "jpg.jpg"),
        ("x" * 250 + ".pdf", rules.PDF, "x" * 120 + ".pdf"),
        ("📷 con gái.webp", rules.WEBP, "📷 con gái.webp"),
        ('a<b>"c"|d?.pdf', rules.PDF, "a_b__c__d_.pdf"),
    ],
)
def test_a_name_becomes_safe_to_show_and_to_download_under(given: str, kind: str, kept: str) -> None:
    assert rules.safe_name(given, kind) == kept


@pytest.mark.parametrize(
    ("first", "second", "kind"),
    [
        ("image/jpeg", "image/jpeg", rules.JPEG),
        ("image/heif", "image/heic", rules.HEIC),
        ("image/heic-sequence", "image/heic", rules.HEIC),
        ("application/pdf", "application/pdf", rules.PDF),
        ("image/webp", "image/webp", rules.WEBP),
    ],
)
def test_two_detectors_that_agree_name_the_kind(first: str, second: str, kind: str) -> None:
    assert rules.agreed_kind(first, second, "x") == kind


@pytest.mark.parametrize(
    ("first", "second", "name", "reason"),
    [
        ("image/jpeg", "image/png", "a.jpg", "lying_name"),
        ("application/x-dosexec", "application/x-msdownload", "giay.pdf", "lying_name"),
        ("video/quicktime", "video/quicktime", "quay-phim.mov", "wrong_kind"),
        ("application/zip", "application/zip", "ho-so.docx", "office"),
        ("image/gif", "image/gif", "a.gif", "wrong_kind"),
        ("text/html", "", "a.html", "wrong_kind"),
        ("image/svg+xml", "", "a.svg", "wrong_kind"),
        ("", "", "", "wrong_kind"),
    ],
)
def test_what_they_do_not_agree_on_is_refused(first: str, second: str, name: str, reason: str) -> None:
    with pytest.raises(rules.UploadRefused) as refused:
        rules.agreed_kind(first, second, name)
    assert refused.value.reason == reason


@pytest.mark.parametrize(
    ("size", "words"),
    [
        (10, "1 KB"),
        (99_999, "97 KB"),
        (1024 * 1024, "1 MB"),
        (1024 * 1024 + 1, "1,1 MB"),
        (20 * 1024 * 1024, "20 MB"),
        (20 * 1024 * 1024 + 1, "20,1 MB"),
        (40 * 1024 * 1024, "40 MB"),
    ],
)
def test_a_size_in_words_never_equals_the_limit_it_is_over(size: int, words: str) -> None:
    assert rules.megabytes(size) == words


def test_a_long_name_is_cut_in_a_message_and_keeps_its_ending() -> None:
    shown = rules.shown_name("Giấy " * 60 + ".heic")
    assert len(shown) <= rules.SHOWN_LETTERS
    assert shown.endswith("….heic")
