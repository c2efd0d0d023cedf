"""What the messages say: every template whole, SMS short and without anything personal."""

import re
from datetime import UTC, datetime
from typing import Any

import pytest

from motcua.notifications import rendering, rules

FOLDER = rendering.FOLDER / "notifications"
SMS = sorted(path.name.removesuffix(".sms.txt") for path in FOLDER.glob("*.sms.txt"))
EMAIL = sorted(path.name.removesuffix(".email.txt") for path in FOLDER.glob("[!_]*.email.txt"))
NEEDED = [
    "account_code", "account_opened", "account_linked", "account_keys_renewed", "account_given_back",
    "account_zalo_linked", "contact_changed",
    "password_changed",
    "dossier_submitted", "dossier_accepted", "dossier_processing", "dossier_draft_ready", "dossier_approved",
    "dossier_result_ready", "dossier_returned",
    "dossier_declined", "dossier_supplement", "dossier_supplemented", "dossier_supplement_ended",
    "dossier_supplement_expired", "dossier_withdrawn", "dossier_refused", "dossier_stopped", "dossier_extended",
    "dossier_late", "dossier_paid", "dossier_surplus", "dossier_refunded", "dossier_fee_changed",
    "dossier_posted", "dossier_post_failed", "dossier_post_returned", "dossier_papers_arrived",
    "dossier_result_mailed",
]  # fmt: skip
# To a phone that somebody gave, nothing else.
BY_SMS_ALONE = ["account_complaint", "account_complaint_answered", "account_complaint_upheld"]

CONTEXT: dict[str, Any] = {
    "ref": "NH-7K3F-92XA",
    "code": "H98.21-261121-0001",
    "procedure": "Thủ tục đăng ký khai sinh",
    "agency": "Trung tâm Phục vụ hành chính công phường Hoa Sen",
    "person": "Trần Thị Chi, công chức tiếp nhận",
    "at": datetime(2026, 11, 21, 1, 15, tzinfo=UTC),
    "due_at": datetime(2026, 11, 26, 10, 0, tzinfo=UTC),
    "url": "https://motcua.example/ho-so/NH-7K3F-92XA/",
    "next_step": "mang Giấy chứng sinh đến Bộ phận Một cửa.",
    "papers": ["Giấy chứng sinh (bản chính)", "Căn cước của người đi đăng ký"],
    "reason": "Ảnh mờ, không đọc được số giấy",
    "what": "số điện thoại",  # contact_changed: which of the two
}
# What an SMS may take from what the act says: no person, no reason, no paper, no procedure, no address of a page.
ALLOWED = {"number", "code", "what", "minutes", "agency", "at", "due_at", "hotline"}


def test_all_templates_are_there() -> None:
    assert sorted(NEEDED) == EMAIL
    assert sorted([*NEEDED, *BY_SMS_ALONE]) == SMS


@pytest.mark.parametrize("template", NEEDED)
def test_an_sms_has_no_accents_and_one_segment(template: str) -> None:
    text = rendering.sms(template, CONTEXT).body
    assert text.isascii()
    assert len(text) <= 160, len(text)
    assert "\n" not in text
    assert not text.endswith("...")


@pytest.mark.parametrize("template", NEEDED)
def test_an_sms_stays_in_one_segment_with_the_longest_names(template: str) -> None:
    longest = CONTEXT | {"code": "G09.99.98.001-2611210000-99999", "agency": "Sở Nông nghiệp và Môi trường " * 6}
    assert len(rendering.sms(template, longest).body) <= 160


@pytest.mark.parametrize("template", NEEDED)
def test_an_sms_template_asks_for_nothing_personal(template: str) -> None:
    source = (FOLDER / f"{template}.sms.txt").read_text()
    assert set(re.findall(r"{{\s*(\w+)", source)) <= ALLOWED
    assert "{% extends" not in source
    assert "{% include" not in source


@pytest.mark.parametrize("template", NEEDED)
def test_an_sms_says_nothing_personal(template: str) -> None:
    text = rendering.sms(template, CONTEXT).body
    for word in ("Chi", "Anh mo", "chung sinh", "khai sinh", "http"):
        assert word not in text.replace("Mot Cua", "")
    assert not re.search(r"\b\d{12}\b", text)


@pytest.mark.parametrize("template", [name for name in NEEDED if name.startswith("dossier_")])
def test_a_message_tells_agency_person_and_times(template: str) -> None:
    """NĐ 224/2026 Điều 15.1g."""
    letter = rendering.email(template, CONTEXT)
    assert "H98.21-261121-0001" in letter.subject
    for words in (
        "Cơ quan: Trung tâm Phục vụ hành chính công phường Hoa Sen",
        "Người thực hiện: Trần Thị Chi, công chức tiếp nhận",
        "Thời điểm: 08:15 thứ Bảy, 21/11/2026",
        "17:00 thứ Năm, 26/11/2026",
        "Việc tiếp theo: mang Giấy chứng sinh đến Bộ phận Một cửa.",
        "- Giấy chứng sinh (bản chính)",
        "Xem hồ sơ: https://motcua.example/ho-so/NH-7K3F-92XA/",
    ):
        assert words in letter.body
    assert "TTPVHCC phuong Hoa Sen" in rendering.sms(template, CONTEXT).body


@pytest.mark.parametrize("template", NEEDED)
def test_a_letter_reads_whole_with_little_to_say(template: str) -> None:
    little = {"ref": "NH-7K3F-92XA", "code": "123456", "agency": "UBND phường Hoa Sen", "what": "số điện thoại"}
    letter = rendering.email(template, little)
    assert letter.subject
    assert "\n" not in letter.subject
    assert letter.body.startswith("Kính gửi ông/bà,\n\n")
    assert "Việc tiếp theo: " in letter.body
    for bad in ("None", "\n\n\n", "{%", "{{", "!", " \n", "&#", "Việc tiếp theo: \n"):
        assert bad not in letter.subject + letter.body
    assert rendering.sms(template, little).body


def test_who_still_owes_is_told_so_in_the_first_sms() -> None:
    owing = CONTEXT | {"owing": True, "due_at": None, "agency": "Sở Nông nghiệp và Môi trường " * 6}
    text = rendering.sms("dossier_submitted", owing).body
    assert text.endswith("Con phai nop phi de duoc tiep nhan.")
    assert len(text) <= 160


def test_the_code_comes_first_in_its_sms() -> None:
    assert rendering.sms("account_code", {"code": "042137"}).body == (
        "042137 la ma xac nhan cua Mot Cua, dung trong 5 phut. Khong dua ma nay cho bat ky ai, ke ca can bo."
    )


def test_the_code_is_not_in_the_subject() -> None:
    assert "042137" not in rendering.email("account_code", {"code": "042137"}).subject


def test_nothing_is_escaped() -> None:
    assert "O'Brien & <Sơn>" in rendering.email("dossier_declined", CONTEXT | {"reason": "O'Brien & <Sơn>"}).body


def test_what_a_template_wants_must_be_given(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(rendering.OPTIONAL, "minutes")
    with pytest.raises(rendering.TemplateError, match="minutes"):
        rendering.sms("account_code", {"code": "1"})
    with pytest.raises(rendering.TemplateError, match="no message template"):
        rendering.email("no_such_thing", {})


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("Đường Nguyễn Thị Ưng", "Duong Nguyen Thi Ung"),
        ("đ\u0303 e\u0302\u0301", "d e"),
        ("“Một” – cửa…  xong", '"Mot" - cua... xong'),
        ("hộp 📦 thư", "hop thu"),
    ],
)
def test_letters_of_the_gsm_alphabet(text: str, plain: str) -> None:
    assert rules.unaccented(text) == plain


def test_tries_get_rarer_and_end() -> None:
    pauses = [rules.pause(attempts, secret=False) for attempts in range(1, 9)]
    assert pauses == [15, 60, 300, 900, 3600, 7200, 14400, None]
    assert [rules.pause(attempts, secret=True) for attempts in range(1, 6)] == [5, 10, 20, 40, None]


@pytest.mark.parametrize("template", [*NEEDED, *BY_SMS_ALONE])
def test_whoever_is_told_to_call_is_told_the_number(template: str) -> None:
    if template in NEEDED:
        assert "Tổng đài 1900 0298, 7:30–17:00 ngày làm việc" in rendering.email(template, CONTEXT).body
    assert "goi tong dai" not in rendering.sms(template, CONTEXT).body
