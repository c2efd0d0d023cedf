"""Sections 1 and 3 of the guides: what can be done online, and the ways to a procedure."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests import factories
from tests.e2e import acting
from tests.e2e.portal import Portal
from tests.procedures.catalogue import publish_all

pytestmark = pytest.mark.e2e

BIRTH, BUSINESS, COPY = "1.001193", "1.001612", "2.000815"
LEVELS = [
    (BUSINESS, "Trực tuyến toàn trình", "Mức độ 4"),
    (BIRTH, "Trực tuyến một phần", "Mức độ 3"),
    (COPY, "Tải biểu mẫu, nộp giấy", "Mức độ 2"),
]
# Nghị định 63/2010/NĐ-CP Điều 8: what a record consists of, in the words of the record page
PARTS = [
    "Tên thủ tục, quyết định công bố", "Cách thức nộp, thời hạn, phí của từng cách", "Thành phần, số lượng hồ sơ",
    "Mẫu đơn, tờ khai", "Phí, lệ phí", "Đối tượng thực hiện", "Cơ quan thực hiện", "Kết quả", "Yêu cầu, điều kiện",
    "Căn cứ pháp lý",
]  # fmt: skip


def search(page: Page, words: str) -> None:
    """Type into the keyword box and press beside it."""
    page.get_by_label("Từ khóa").fill(words)
    page.get_by_role("search").get_by_role("button", name="Tìm kiếm").click()


def filters(page: Page, group: str) -> Locator:
    """The form of the filters that this window shows; it has this group."""
    return page.locator("form").filter(has=page.get_by_role("group", name=group)).locator("visible=true")


# ---- 1. service levels ----


@pytest.mark.parametrize(("code", "name", "old"), LEVELS)
def test_j1_1_a_procedure_shows_its_level_of_the_old_scheme(visitor: Page, code: str, name: str, old: str) -> None:
    visitor.goto(f"/thu-tuc/{code}/")
    expect(visitor.locator("#noi-dung dl").first).to_contain_text(old)
    visitor.get_by_role("link", name=re.compile(rf"^{old} nghĩa là gì")).click()
    meaning = visitor.locator("#muc-do")
    expect(meaning).to_be_in_viewport()  # the fold has opened by itself
    for level in range(1, 5):
        expect(meaning.get_by_text(f"Mức độ {level}", exact=True)).to_be_visible()


@pytest.mark.django_db(transaction=True)
def test_j1_1_what_only_informs_is_level_1(page: Page) -> None:
    factories.a_procedure_version()
    page.goto(f"/thu-tuc/{BIRTH}/")
    expect(page.locator("#noi-dung dl").first).to_contain_text("Mức độ 1")
    expect(page.get_by_text("Xem hướng dẫn, nộp giấy", exact=True).first).to_be_visible()


@pytest.mark.parametrize(("code", "name", "old"), LEVELS)
def test_j1_2_a_procedure_shows_its_level_of_the_present_scheme(visitor: Page, code: str, name: str, old: str) -> None:
    visitor.goto(f"/thu-tuc/{code}/")
    expect(visitor.get_by_text(name, exact=True).first).to_be_visible()


@pytest.mark.django_db(transaction=True)
def test_j1_2_online_only_in_part_is_said_with_its_reason(page: Page) -> None:
    reason = "Hai bên phải có mặt để ký vào sổ"
    factories.an_offering(scope="mot-phan", old_level=3, partial_reason=reason)
    page.goto(f"/thu-tuc/{BIRTH}/")
    expect(page.get_by_text("Trực tuyến một phần", exact=True)).to_be_visible()
    page.get_by_role("link", name=re.compile("nghĩa là gì")).click()
    expect(page.locator("#muc-do").get_by_text(reason)).to_be_visible()


@pytest.mark.parametrize(
    ("code", "reason"),
    [
        (BIRTH, "Người đi đăng ký phải có mặt khi nhận kết quả để ký vào Sổ đăng ký khai sinh."),
        ("1.013225", "Cơ quan phải kiểm tra thực địa tại thửa đất trước khi cấp phép."),
    ],
)
def test_j1_2_both_permitted_reasons_are_published(visitor: Page, code: str, reason: str) -> None:
    visitor.goto(f"/thu-tuc/{code}/#muc-do")
    expect(visitor.locator("#muc-do").get_by_text(reason)).to_be_visible()


def test_j1_3_level_2_gives_a_form_to_print_and_says_which_counter_takes_it(visitor: Page) -> None:
    visitor.goto("/thu-tuc/1.001022/")
    expect(visitor.get_by_text("Hồ sơ giấy nhận tại:")).to_be_visible()
    counter = visitor.get_by_text("Trung tâm Phục vụ hành chính công phường Hoa Sen", exact=True)
    expect(counter.locator("visible=true")).to_be_visible()
    expect(visitor.get_by_role("button", name="Nộp hồ sơ")).to_have_count(0)
    visitor.get_by_role("link", name="Tải mẫu: Tờ khai đăng ký nhận cha, mẹ, con").first.click()
    acting.heading(visitor, "Tờ khai đăng ký nhận cha, mẹ, con")


@pytest.mark.parametrize("code", ["1.000894", "1.004873", "2.000635", "1.000656", "1.013225", "1.014027", "3.000333"])
def test_j1_3_levels_3_and_4_have_an_interactive_form(visitor: Page, portal: Portal, code: str) -> None:
    acting.come_in(visitor, portal, "Hà")
    visitor.goto(f"/thu-tuc/{code}/nop/")
    acting.press(visitor, "Nộp hồ sơ")
    visitor.wait_for_url("**/nguoi-nop/")
    draft = visitor.url.split("/")[-3]
    visitor.goto(f"/nop/{draft}/xem-lai/")
    problems = visitor.locator("[data-error-summary] a")
    assert problems.count() > 5  # the review asks for what is still missing, page by page
    visitor.goto(problems.nth(problems.count() // 2).get_attribute("href") or "")
    expect(visitor.get_by_role("button", name="Đồng ý và tiếp tục").first).to_be_visible()


# ---- 3. find the procedure ----


@pytest.mark.parametrize("words", ["đăng ký khai sinh", "dang ky khai sinh", "khai sinh cho con", BIRTH])
def test_j3_1_finds_by_keyword_with_and_without_accents(visitor: Page, words: str) -> None:
    visitor.goto("/")
    search(visitor, words)
    best = visitor.get_by_role("article")
    expect(best.get_by_role("heading")).to_have_text("Đăng ký khai sinh")
    expect(best.get_by_role("button", name="Nộp hồ sơ")).to_be_visible()
    expect(best.get_by_role("button", name="Chi tiết")).to_be_visible()


def test_j3_1_without_scripts_too(plain_visitor: Page) -> None:
    plain_visitor.goto("/")
    search(plain_visitor, "dang ky ket hon")
    expect(plain_visitor.get_by_role("article").get_by_role("heading")).to_have_text("Đăng ký kết hôn")


def test_j3_1_what_isnt_there_is_said_with_a_way_on(visitor: Page) -> None:
    visitor.goto("/")
    search(visitor, "xyz 🍼 qwerty")
    expect(visitor.get_by_text("Chưa thấy thủ tục nào như vậy")).to_be_visible()
    visitor.get_by_role("link", name="Theo việc trong đời").click()
    acting.heading(visitor, "Thủ tục cho công dân")


@pytest.mark.parametrize(
    ("group", "choice"),
    [
        ("Cơ quan thực hiện", "Sở Tư pháp"),
        ("Mức độ", "Trực tuyến toàn trình"),
        ("Cấp thủ tục", "Cấp tỉnh"),
        ("Lĩnh vực", "Hộ tịch"),
    ],
)
def test_j3_2_filters_by_agency_level_tier_and_field(visitor: Page, group: str, choice: str) -> None:
    visitor.goto("/thu-tuc/")
    everything = visitor.get_by_role("heading", level=1).inner_text()
    visitor.locator("summary", has_text="Bộ lọc").click()
    shown = filters(visitor, group)
    label = shown.get_by_role("group", name=group).locator("label").filter(has_text=choice).first
    left = label.locator(".mc-tick__count").inner_text().strip("()")
    label.click()
    shown.get_by_role("button", name="Tìm kiếm").click()
    narrowed = visitor.get_by_role("heading", level=1, name=f"{left} thủ tục", exact=True)
    expect(narrowed).to_be_visible()
    assert 0 < int(left) < int(everything.split()[0])
    visitor.get_by_role("link", name="Bỏ tất cả").click()
    acting.heading(visitor, everything)


def test_j3_2_filters_narrow_a_search_and_each_other(visitor: Page) -> None:
    counts = []
    visitor.goto("/thu-tuc/?q=đăng+ký")
    for group, choice in (("Lĩnh vực", "Hộ tịch"), ("Mức độ", "Trực tuyến một phần")):
        counts.append(int(visitor.get_by_role("heading", level=1).inner_text().split()[0]))
        visitor.locator("summary", has_text="Bộ lọc").click()
        shown = filters(visitor, group)
        shown.get_by_role("group", name=group).locator("label").filter(has_text=choice).first.click()
        shown.get_by_role("button", name="Tìm kiếm").click()
        expect(visitor.get_by_role("link", name=f"{choice} (bỏ lọc)")).to_be_visible()
    acting.heading(visitor, "thủ tục về “đăng ký”")
    counts.append(int(visitor.get_by_role("heading", level=1).inner_text().split()[0]))
    assert counts[0] > counts[1] > counts[2] > 0


def test_j3_3_three_ways_in(visitor: Page) -> None:
    """By keyword, by life event of a citizen or a business, by the list of online services."""
    visitor.goto("/")
    expect(visitor.get_by_label("Từ khóa")).to_be_visible()
    visitor.get_by_role("link", name=re.compile("^Có con nhỏ")).click()
    acting.heading(visitor, "Có con nhỏ")
    expect(visitor.get_by_role("link", name="Đăng ký khai sinh")).to_be_visible()
    visitor.goto("/")
    visitor.get_by_role("link", name="Doanh nghiệp, hộ kinh doanh").click()
    visitor.get_by_role("link", name=re.compile("^Khởi sự kinh doanh")).click()
    expect(visitor.get_by_role("link", name="Đăng ký thành lập hộ kinh doanh")).to_be_visible()
    visitor.goto("/")
    visitor.get_by_role("link", name=re.compile(r"^Danh mục \d+ dịch vụ công trực tuyến$")).click()
    acting.heading(visitor, "9 thủ tục")
    expect(visitor.get_by_role("link", name="Đăng ký khai sinh")).to_be_visible()
    expect(visitor.get_by_role("link", name="Đăng ký thành lập hộ kinh doanh")).to_be_visible()


def test_j3_3_by_field(visitor: Page) -> None:
    visitor.goto("/")
    visitor.get_by_role("link", name=re.compile("^Xem theo lĩnh vực")).click()
    visitor.get_by_role("link", name="Hộ tịch").click()
    expect(visitor.get_by_role("link", name="Đăng ký khai sinh")).to_be_visible()


def test_j3_4_the_details_show_the_whole_record_and_the_button_starts(visitor: Page) -> None:
    visitor.goto("/")
    search(visitor, "khai sinh")
    acting.press(visitor, "Chi tiết")
    acting.heading(visitor, "Đăng ký khai sinh")
    for part in ("Giấy tờ cần có", "Các bước", "Thông tin đầy đủ"):
        expect(visitor.get_by_role("heading", name=part)).to_be_visible()
    for part in PARTS:
        fold = visitor.locator("details").filter(has=visitor.locator("summary", has_text=part)).first
        fold.locator("summary").click()
        expect(fold.locator(".mc-fold__body")).to_be_visible()
        assert fold.locator(".mc-fold__body").inner_text().strip()
    expect(visitor.locator(".mc-fold__body").filter(has_text="Thủ tục đăng ký khai sinh").first).to_be_visible()
    acting.press(visitor, "Nộp hồ sơ")
    visitor.wait_for_url("**/nop/**")


def test_j3_5_chooses_the_agency_and_logs_in_with_the_choice_in_hand(visitor: Page, portal: Portal) -> None:
    visitor.goto(f"/thu-tuc/{BIRTH}/nop/")
    acting.heading(visitor, "Nộp hồ sơ tại phường Hoa Sen")
    expect(visitor.get_by_text("Trung tâm Phục vụ hành chính công phường Hoa Sen").first).to_be_visible()
    acting.press(visitor, "Nộp hồ sơ")
    acting.heading(visitor, "Đăng nhập")
    acting.log_in_as(visitor, portal, "Mỷ")
    acting.heading(visitor, "Nộp hồ sơ tại phường Hoa Sen")
    acting.press(visitor, "Nộp hồ sơ")
    visitor.wait_for_url("**/nguoi-nop/")


@pytest.fixture
def two_wards() -> None:
    """Phường Hoa Sen and phường Bến Đò both offer khai sinh."""
    publish_all()
    factories.an_offering()
    factories.an_offering(factories.an_agency("ben-do", code="H98.22", short_name="phường Bến Đò", place="98002"))


@pytest.mark.django_db(transaction=True)
def test_j3_5_chooses_the_agency_from_those_that_offer_it(page: Page, two_wards: None) -> None:
    page.goto(f"/thu-tuc/{BIRTH}/")
    acting.press(page, "Nộp hồ sơ")
    acting.heading(page, "Chọn cơ quan nhận hồ sơ")
    acting.press(page, "Nộp hồ sơ")
    expect(page.locator("[data-error-summary]")).to_be_focused()
    expect(page.get_by_role("alert")).to_contain_text("Xin chọn cơ quan nhận hồ sơ")
    acting.choose(page, "Trung tâm Phục vụ hành chính công phường Bến Đò")
    acting.press(page, "Nộp hồ sơ")
    acting.heading(page, "Đăng nhập")
    assert "co-quan%3Dben-do" in page.url


@pytest.mark.django_db(transaction=True)
def test_j3_5_arrives_with_procedure_and_agency_already_chosen(page: Page, two_wards: None) -> None:
    page.goto(f"/thu-tuc/{BIRTH}/nop/?co-quan=ben-do")
    acting.heading(page, "Nộp hồ sơ tại phường Bến Đò")
    page.get_by_role("link", name="Chọn cơ quan khác").click()
    acting.heading(page, "Chọn cơ quan nhận hồ sơ")
    expect(page.get_by_label("Trung tâm Phục vụ hành chính công phường Bến Đò")).to_be_checked()


def test_j3_6_takes_the_blank_form_from_the_record(visitor: Page) -> None:
    visitor.goto(f"/thu-tuc/{COPY}/")
    visitor.get_by_role("link", name=re.compile("^Tải mẫu: ")).click()
    acting.heading(visitor, "Phiếu yêu cầu chứng thực bản sao")
    expect(visitor.get_by_role("button", name="In tờ khai")).to_be_visible()
    expect(visitor.get_by_text("Kính gửi")).to_be_visible()
