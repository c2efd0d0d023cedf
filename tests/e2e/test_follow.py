"""Sections 5, 6 and 8 of the guides: what people are told, where they look, and the training copy."""

import re
import subprocess

import pytest
from playwright.sync_api import Page, expect

from motcua.config.cli.children import program
from tests.e2e import acting, sending
from tests.e2e.portal import Portal

pytestmark = pytest.mark.e2e

CODE = r"H98\.21-\d{6}-\d{4}"
SMS_LENGTH = 160


def code_of(portal: Portal, name: str) -> str:
    """The code of one of this person's dossiers, as the message said it."""
    return portal.message_to(acting.citizen(name)["phone"], CODE)


def look_up(page: Page, code: str) -> None:
    """Type the code; "Mã xác nhận" fills itself in."""
    page.get_by_label("Mã hồ sơ").fill(code)
    expect(page.locator("[data-human-done]")).to_be_visible()
    acting.press(page, "Tra cứu")


# ---- 5. notices ----


def test_j5_1_every_change_is_told_by_sms_and_by_email(visitor: Page, desk_page: Page, portal: Portal) -> None:
    """With agency, officer and times (Nghị định 224/2026/NĐ-CP Điều 15); names and reasons not in an SMS."""
    person = acting.citizen("Bình")
    ref = sending.hand_in_as(visitor, portal, "Bình", "Lê Thị Khuê Anh")
    told = [(ref, "da nop", "đã được nộp")]
    code = sending.take_in(desk_page, portal, ref)
    told.append((code, "tiep nhan.*Hen tra ket qua", "tiếp nhận.*Trần Thị Chi.*Hẹn trả kết quả.*Việc tiếp theo"))
    sending.finish(desk_page, portal, "Bình", ref)
    told.append((code, "giai quyet", "giải quyết.*Phạm Văn Dũng"))
    told.append((code, "ban nhap", "[Bb]ản nháp.*Trả lời trước"))
    told.append((code, "da co ket qua", "đã có kết quả.*Lê Thị Khánh"))
    for number, sms, email in told:
        text = portal.message_to(person["phone"], f".*{number}.*{sms}.*").strip()
        assert len(text) <= SMS_LENGTH
        assert "Khue Anh" not in text
        assert "TTPVHCC phuong Hoa Sen" in text
        letter = portal.message_to(person["email"], rf"(?s){number}.*{email}.*")
        assert "Trung tâm Phục vụ hành chính công phường Hoa Sen" in letter
        assert re.search(r"Thời điểm: \d\d:\d\d", letter)


def test_j5_3_the_result_is_announced_in_the_way_that_was_agreed(visitor: Page, portal: Portal) -> None:
    """Lê Hoàng Nam's certificate is wanted online only: no letter sends anybody to a desk."""
    acting.come_in(visitor, portal, "Bình")
    visitor.goto("/ho-so/")
    visitor.get_by_role("link", name="Đăng ký khai sinh: Lê Hoàng Nam").first.click()
    agreed = visitor.locator("dl > div").filter(has_text="Hình thức nhận kết quả")
    expect(agreed).to_contain_text("Bản điện tử")
    expect(agreed).not_to_contain_text("Bản giấy")
    expect(visitor.get_by_text("Bản giấy chờ ông/bà")).to_have_count(0)
    expect(visitor.get_by_role("button", name="Tải kết quả")).to_be_visible()
    code = visitor.locator("dl > div").filter(has_text="Mã hồ sơ").locator("dd").inner_text()
    visitor.goto(f"/ban-mau/?kenh=email&toi={acting.citizen('Bình')['email']}")
    while not (letter := visitor.get_by_role("article").filter(has_text=f"Hồ sơ {code} đã có kết quả")).count():
        acting.press(visitor, "Cũ hơn")
    expect(letter).to_contain_text("Việc tiếp theo: tải bản điện tử trong mục Hồ sơ của tôi")
    expect(letter).not_to_contain_text("nhận bản giấy")


# ---- 6. follow ----


def test_j6_1_looks_a_dossier_up_by_its_code(visitor: Page, portal: Portal) -> None:
    code = code_of(portal, "Việt")
    visitor.goto("/")
    visitor.get_by_role("main").get_by_role("button", name="Tra cứu").click()
    acting.heading(visitor, "Tra cứu hồ sơ")
    look_up(visitor, code)
    expect(visitor.get_by_role("heading", name=code)).to_be_visible()
    expect(visitor.get_by_role("status").locator(".mc-chip")).to_be_visible()


def test_j6_1_the_link_of_the_receipt_fills_the_code_in(visitor: Page, portal: Portal) -> None:
    code = code_of(portal, "Việt")
    visitor.goto(f"/tra-cuu/?ma={code}")
    expect(visitor.get_by_label("Mã hồ sơ")).to_have_value(code)
    look_up(visitor, code)
    expect(visitor.get_by_role("heading", name=code)).to_be_visible()
    assert code not in visitor.url


def test_j6_1_without_scripts_too(plain_visitor: Page, portal: Portal) -> None:
    code = code_of(portal, "Việt")
    plain_visitor.goto("/tra-cuu/")
    plain_visitor.get_by_label("Mã hồ sơ").fill(code.lower())
    acting.press(plain_visitor, "Tra cứu")
    expect(plain_visitor.get_by_role("heading", name=code)).to_be_visible()


def test_j6_2_a_stranger_sees_code_and_stage_and_nothing_else(visitor: Page, portal: Portal) -> None:
    visitor.goto("/tra-cuu/")
    for number in (code_of(portal, "Việt"), portal.message_to(acting.citizen("Bình")["phone"], "NH-[0-9A-Z-]{9}")):
        look_up(visitor, number)
        found = visitor.get_by_role("status").filter(has=visitor.get_by_role("heading"))
        expect(found.get_by_role("heading")).to_have_text(re.compile(rf"{number}|{CODE}"))
        page = visitor.get_by_role("main").inner_text()
        for private in ("Đặng", "Gia Bảo", "Lê Văn Bình", "khai sinh", "098"):
            assert private not in page
    look_up(visitor, "H98.21-260101-9999")
    expect(visitor.locator(".govuk-error-summary")).to_contain_text("Không có hồ sơ nào mang mã này")


def test_j6_2_by_personal_number_only_with_a_code_to_that_persons_phone(visitor: Page, portal: Portal) -> None:
    person = acting.citizen("Việt")
    visitor.goto("/tra-cuu/")
    visitor.get_by_role("link", name="tra cứu bằng số định danh").click()
    before = len(portal.messages_to(person["phone"]))
    visitor.get_by_label("Số định danh cá nhân").fill(person["personal_number"])
    expect(visitor.locator("[data-human-done]")).to_be_visible()
    acting.press(visitor, "Nhận mã")
    acting.heading(visitor, "Nhập mã trong tin nhắn")
    visitor.get_by_label("Mã gồm 6 chữ số").fill(portal.message_to(person["phone"], r"\b(\d{6})\b", after=before))
    acting.press(visitor, "Tra cứu")
    acting.heading(visitor, "Hồ sơ của ông/bà")
    expect(visitor.get_by_text(code_of(portal, "Việt")).first).to_be_visible()


def test_j6_2_a_number_without_account_reads_the_same(visitor: Page) -> None:
    visitor.goto("/tra-cuu/so-dinh-danh/")
    visitor.get_by_label("Số định danh cá nhân").fill("098199099998")
    expect(visitor.locator("[data-human-done]")).to_be_visible()
    acting.press(visitor, "Nhận mã")
    acting.heading(visitor, "Nhập mã trong tin nhắn")
    visitor.goto("/tra-cuu/so-dinh-danh/ho-so/")
    expect(visitor.get_by_role("alert").first).to_contain_text("Xin làm lại từ đầu")


def test_j6_3_my_dossiers_show_every_step_what_went_in_and_what_came_out(visitor: Page, portal: Portal) -> None:
    acting.come_in(visitor, portal, "Bình")
    visitor.goto("/")
    visitor.get_by_role("main").get_by_role("link", name="Hồ sơ của tôi").click()
    acting.heading(visitor, "Hồ sơ của tôi")
    visitor.get_by_role("link", name="Đăng ký khai sinh: Lê Hoàng Nam").first.click()
    told = visitor.get_by_role("region", name="Diễn biến")
    for step in ("nộp", "tiếp nhận", "thụ lý|giải quyết", "nháp", "ký|duyệt", "kết quả|vào sổ"):
        expect(told.get_by_text(re.compile(step, re.IGNORECASE)).first).to_be_visible()
    expect(told.get_by_text("Trần Thị Chi").first).to_be_visible()
    for words in (r"^Giấy tiếp nhận hồ sơ và hẹn trả kết quả", r"^Giấy chứng sinh: "):
        address = visitor.get_by_role("link", name=re.compile(words)).get_attribute("href")
        assert address
        assert visitor.request.get(address).ok
    with visitor.expect_download() as download:
        acting.press(visitor, "Tải kết quả")
    assert download.value.path().read_bytes().startswith(b"%PDF-")
    visitor.get_by_role("link", name="Những gì đã khai, để xem và in").click()
    expect(visitor.get_by_text("Lê Hoàng Nam").first).to_be_visible()


def test_j6_3_somebody_elses_dossier_is_not_there(visitor: Page, portal: Portal) -> None:
    ref = portal.message_to(acting.citizen("Việt")["phone"], "NH-[0-9A-Z-]{9}")
    acting.come_in(visitor, portal, "Bình")
    answer = visitor.goto(f"/ho-so/{ref}/")
    assert answer
    assert answer.status == 404


# ---- 8. around it ----


def test_j8_6_the_same_status_by_web_phone_sms_and_email(visitor: Page, desk_page: Page, portal: Portal) -> None:
    person = acting.citizen("Bình")
    code = portal.message_to(person["phone"], rf"({CODE}) da co ket qua")
    portal.message_to(person["email"], rf"Hồ sơ {code} đã có kết quả")
    for window in (visitor, desk_page):  # 390 and 1280 px
        acting.come_in(window, portal, "Bình")
        window.goto("/ho-so/")
        line = window.get_by_role("article").filter(has_text=code)
        expect(line.locator(".mc-chip")).to_have_text(re.compile("Đã xử lý xong|Đã trả kết quả"))


def test_j8_2_the_training_copy_is_reset_to_its_sample(visitor: Page, portal: Portal) -> None:
    """Stays the last test here: afterwards nobody is logged in any more."""
    who = acting.Newcomer()
    acting.register(visitor, portal, who)
    portal.sessions.clear()
    words = [program("motcua"), "sample", "reset"]
    done = subprocess.run(words, env=portal.environment, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout.strip()) == (0, "The sample ward is as new."), done.stderr
    visitor.goto("/ho-so/")
    acting.heading(visitor, "Đăng nhập")  # whoever was logged in isn't any more
    visitor.get_by_label("Số định danh cá nhân").fill(who.personal_number)
    visitor.get_by_label("Mật khẩu", exact=False).first.fill(who.password)
    visitor.get_by_role("main").get_by_role("button", name="Đăng nhập", exact=True).click()
    expect(visitor.locator(".govuk-error-summary")).to_be_focused()
    acting.log_in_as(visitor, portal, "Mỷ")
    visitor.goto("/ho-so/")
    expect(visitor.get_by_role("article")).to_have_count(2)  # as the sample has it: a birth, a household business
    expect(visitor.get_by_text("Sùng A Páo")).to_be_visible()
