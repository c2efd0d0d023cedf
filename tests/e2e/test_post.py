"""By post: the address and the postage, the result at the door, papers that travel back, a parcel that comes back."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from tests.e2e import acting, post, sending
from tests.e2e.browser import is_fine
from tests.e2e.portal import Portal

pytestmark = pytest.mark.e2e
FEE, POSTAGE = "16.000 đồng", "20.000 đồng"


def handed_in(page: Page, portal: Portal, name: str, child: str) -> str:
    """A birth with two copies, its result wanted by post; its number."""
    acting.come_in(page, portal, name)
    ref = sending.fill_in(page, portal, child, copies=2)
    post.choose_post(page)
    acting.goes_on(page)
    acting.sign_and_send(page)
    return ref


def finished(desk_page: Page, portal: Portal, name: str, ref: str) -> None:
    """From the desk's acceptance to the number of the result."""
    sending.take_in(desk_page, portal, ref)
    sending.finish(desk_page, portal, name, ref)


def given_to_the_postman(desk_page: Page, portal: Portal, ref: str) -> str:
    """Chi makes the slip, the post takes the order, the postman takes the parcel; the post's code."""
    acting.at_dossier(desk_page, portal, "chi.tt", ref)
    acting.press(desk_page, "Gửi qua bưu chính")
    acting.heading(desk_page, "qua bưu chính")
    is_fine(desk_page)
    acting.press(desk_page, "Lập phiếu gửi")
    desk_page.wait_for_url(f"**/can-bo/ho-so/{ref}/")
    code = post.item_code(desk_page, ref)
    acting.press(desk_page, "Giao cho bưu chính")
    acting.heading(desk_page, "Giao cho nhân viên bưu chính")
    is_fine(desk_page)
    acting.choose(desk_page, "Nhân viên bưu chính đã đếm, ký nhận", exact=False)
    acting.press(desk_page, "Đã giao cho bưu chính")
    desk_page.wait_for_url(f"**/can-bo/ho-so/{ref}/")
    return code


def test_j4_7_the_postage_is_told_apart_from_the_fee_before_anybody_hands_in(visitor: Page, portal: Portal) -> None:
    """Bản giấy, qua bưu chính công ích: where to, what it costs, who is paid; and back from the review."""
    acting.come_in(visitor, portal, "Hà")
    ref = sending.fill_in(visitor, portal, "Lê Bưu Cước", copies=2)
    expect(visitor.get_by_text(f"Cước bưu chính {POSTAGE}")).to_be_visible()
    is_fine(visitor)
    post.choose_post(visitor)
    expect(visitor.get_by_text(f"Cước bưu chính {POSTAGE}, trả cho nhân viên bưu chính khi nhận")).to_be_visible()
    expect(visitor.locator("#full-name")).to_have_value("Trần Thu Hà")
    is_fine(visitor)
    visitor.locator("#residence--detail").fill("")
    acting.goes_on(visitor)
    acting.summary_says(visitor, "số nhà", at="residence--detail")
    visitor.locator("#residence--detail").fill("Số 9 đường Trần Phú")
    visitor.locator("#full-name").fill("Lê Văn Bình")
    acting.goes_on(visitor)
    acting.heading(visitor, "Xem lại rồi nộp")
    main = visitor.get_by_role("main")
    for words in ("Lê Văn Bình, 0900 000 219, Số 9 đường Trần Phú", "Cước bưu chính, trả cho nhân viên", POSTAGE, FEE):
        expect(main).to_contain_text(words)
    is_fine(visitor)
    visitor.goto(f"/nop/{ref}/nhan-ket-qua/dia-chi/?sua=1")
    acting.choose_place(visitor, "residence", "Phường Bến Đò")
    acting.goes_on(visitor)
    acting.heading(visitor, "Xem lại rồi nộp")
    expect(visitor.get_by_role("main")).to_contain_text("26.500 đồng")


def test_j7_2_the_result_comes_by_post_and_the_papers_go_back_with_the_postman(
    visitor: Page, desk_page: Page, plain_visitor: Page, portal: Portal
) -> None:
    """Nobody at home, then delivered: fee and postage at the door, papers handed over, told twice and once done."""
    ref = handed_in(visitor, portal, "Bình", "Lê Bưu Phát")
    finished(desk_page, portal, "Bình", ref)
    post.shows(visitor, ref, "Khi có kết quả, cơ quan giao cho bưu chính")
    code = given_to_the_postman(desk_page, portal, ref)
    post.shows(visitor, ref, code)
    expect(visitor.get_by_text("36.000 đồng").first).to_be_visible()
    is_fine(visitor)
    assert portal.message_to("0900000218", "ket qua ho so .* da giao buu chinh")

    post.happens(plain_visitor, portal, code, "Đã lấy")
    post.happens(plain_visitor, portal, code, "Đang chuyển")
    again = timezone.localdate() + timedelta(days=3)
    post.fails(plain_visitor, portal, code, f"{again}")
    post.shows(visitor, ref, f"Bưu chính phát lại ngày {again:%d/%m/%Y}")
    is_fine(visitor)
    assert portal.message_to("0900000218", "buu chinh chua giao duoc ket qua")

    post.delivers(plain_visitor, portal, code, notice="twice")
    post.shows(visitor, ref, "Bưu chính đã phát kết quả")
    acting.heading(visitor, "Đã trả Giấy khai sinh")
    expect(visitor.get_by_text("Nhân viên bưu chính đã nhận giấy tờ để chuyển đến cơ quan")).to_be_visible()
    expect(visitor.get_by_text(re.compile("Biên lai phí số"))).to_have_count(1)
    is_fine(visitor)

    acting.at_dossier(desk_page, portal, "chi.tt", ref)
    expect(desk_page.get_by_text("Bưu chính đã thu 16.000 đồng")).to_be_visible()
    acting.press_link(desk_page, "Nhận giấy tờ, ký biên bản giao nhận")
    acting.heading(desk_page, "Nhận giấy tờ từ bưu chính")
    is_fine(desk_page)
    acting.press(desk_page, "Đã nhận và ký biên bản")
    expect(desk_page.locator(".govuk-error-summary")).to_contain_text("Ghi số bản")
    desk_page.get_by_label("Bản chính").first.fill("1")
    acting.press(desk_page, "Đã nhận và ký biên bản")
    desk_page.wait_for_url(f"**/can-bo/ho-so/{ref}/")
    is_fine(desk_page)
    post.shows(visitor, ref, "Đã nhận giấy tờ qua bưu chính")


def test_j7_3_what_comes_back_is_chosen_anew_and_less_money_is_told(
    visitor: Page, desk_page: Page, plain_visitor: Page, portal: Portal
) -> None:
    """Returned to the desk, sent again to another address, and the postman takes less than was owed."""
    ref = handed_in(visitor, portal, "Việt", "Đặng Bưu Hoàn")
    finished(desk_page, portal, "Việt", ref)
    code = given_to_the_postman(desk_page, portal, ref)
    post.happens(plain_visitor, portal, code, "Đã lấy")
    post.happens(plain_visitor, portal, code, "Đang chuyển hoàn")
    post.happens(plain_visitor, portal, code, "Đã hoàn về nơi gửi")
    post.shows(visitor, ref, "Bản giấy đang ở Bộ phận Một cửa")
    is_fine(visitor)
    assert portal.message_to("0900000221", "buu gui cua ho so .* khong den duoc noi nhan")

    acting.press(visitor, "Chọn lại cách nhận bản giấy")
    acting.heading(visitor, "Ông/bà nhận bản giấy ở đâu")
    is_fine(visitor)
    acting.choose(visitor, "Bản giấy, qua bưu chính công ích")
    visitor.locator("#residence--detail").fill("")
    acting.press(visitor, "Chọn cách này")
    acting.summary_says(visitor, "số nhà", at="residence--detail", focused=False)
    visitor.locator("#residence--detail").fill("Số 12 đường Trần Phú")
    acting.press(visitor, "Chọn cách này")
    visitor.wait_for_url(f"**/ho-so/{ref}/")

    again = given_to_the_postman(desk_page, portal, ref)
    assert again != code
    post.happens(plain_visitor, portal, again, "Đã lấy")
    post.happens(plain_visitor, portal, again, "Đang chuyển")
    post.delivers(plain_visitor, portal, again, fee="10000")
    post.shows(visitor, ref, "Còn phải trả 6.000 đồng")
    acting.at_dossier(desk_page, portal, "chi.tt", ref)
    expect(desk_page.get_by_text("phải thu 16.000 đồng").first).to_be_visible()
    is_fine(desk_page)


def test_while_the_post_is_down_the_desk_goes_on_by_hand(
    visitor: Page, desk_page: Page, plain_visitor: Page, portal: Portal
) -> None:
    """Chờ bưu chính nhận lệnh: a paper slip, its code typed, and the post's word finds the parcel afterwards."""
    ref = handed_in(visitor, portal, "Bình", "Lê Bưu Ngừng")
    finished(desk_page, portal, "Bình", ref)
    post.control(portal, {"down": True})
    try:
        acting.at_dossier(desk_page, portal, "chi.tt", ref)
        acting.press(desk_page, "Gửi qua bưu chính")
        acting.press(desk_page, "Lập phiếu gửi")
        desk_page.wait_for_url(f"**/can-bo/ho-so/{ref}/")
        expect(desk_page.get_by_text("Chờ bưu chính nhận lệnh").first).to_be_visible()
        acting.press(desk_page, "Giao cho bưu chính")
        acting.choose(desk_page, "Nhân viên bưu chính đã đếm, ký nhận", exact=False)
        acting.press(desk_page, "Đã giao cho bưu chính")
        acting.summary_says(desk_page, "Nhập mã bưu gửi", at="ma-buu-gui")
        is_fine(desk_page)
        desk_page.get_by_label("Mã bưu gửi trên phiếu giấy").fill("EB 765 432 109 VN")
        acting.press(desk_page, "Đã giao cho bưu chính")
        desk_page.wait_for_url(f"**/can-bo/ho-so/{ref}/")
    finally:
        post.control(portal, {})
    post.shows(visitor, ref, "EB765432109VN")


def test_j4_6_the_postman_fetches_papers_from_the_door(visitor: Page, desk_page: Page, portal: Portal) -> None:
    """Gọi bưu chính đến lấy giấy tờ: before the result, from another address; and dropped again."""
    acting.come_in(visitor, portal, "Việt")
    ref = sending.hand_in(visitor, portal, "Đặng Bưu Lấy")
    visitor.goto(f"/ho-so/{ref}/")
    acting.press(visitor, "Gọi bưu chính đến lấy giấy tờ")
    acting.heading(visitor, "Gọi bưu chính đến lấy giấy tờ")
    is_fine(visitor)
    visitor.locator("#phone").fill("12")
    acting.press(visitor, "Gọi bưu chính")
    acting.summary_says(visitor, "Số điện thoại", at="phone", focused=False)
    visitor.locator("#phone").fill("0900000221")
    acting.press(visitor, "Gọi bưu chính")
    visitor.wait_for_url(f"**/ho-so/{ref}/")
    post.shows(visitor, ref, "Yêu cầu bưu chính đến lấy giấy tờ")
    is_fine(visitor)
    acting.press(visitor, "Hủy yêu cầu này")
    post.shows(visitor, ref, "Đã hủy")


def test_j7_3_the_result_comes_by_email(visitor: Page, desk_page: Page, portal: Portal) -> None:
    """Bản điện tử, gửi đến thư điện tử: the signed file goes with a letter, and that ends the dossier."""
    acting.come_in(visitor, portal, "Bình")
    ref = sending.fill_in(visitor, portal, "Lê Thư Điện Tử")
    acting.choose(visitor, "Bản điện tử, gửi đến thư điện tử")
    acting.goes_on(visitor)
    acting.sign_and_send(visitor)
    finished(desk_page, portal, "Bình", ref)
    post.shows(visitor, ref, "Đã gửi kết quả qua thư điện tử")
    acting.heading(visitor, "Đã trả Giấy khai sinh")
    assert portal.message_to("binh.le@thudientu.example", "Kết quả của hồ sơ được gửi kèm thư này")
    is_fine(visitor)
