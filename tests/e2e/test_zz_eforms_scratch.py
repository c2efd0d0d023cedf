from tests.e2e.acting import *
from tests.e2e.browser import axe, scrolls_sideways


def shot(page, name):
    out = []
    for w, h in ((390, 844), (1280, 900)):
        page.set_viewport_size({"width": w, "height": h})
        page.wait_for_timeout(150)
        page.screenshot(path=f"/tmp/shots/w-{name}-{w}.png", full_page=True)
        if scrolls_sideways(page):
            out.append("sideways")
    out += axe(page)
    print(name, out)


def choose(page, label):
    page.locator("label", has_text=label).locator("visible=true").first.click()


def test_it(visitor, portal):
    page = visitor
    page.on(
        "response",
        lambda r: (
            print("   R", r.status, r.request.method, r.url[-50:], (r.request.post_data or "")[-90:])
            if r.request.method == "POST"
            else None
        ),
    )
    page.on("console", lambda m: print("   C", m.text[:200]))
    try:
        log_in_as(page, portal, "Bình")
    except AssertionError:
        pass
    page.goto("/thu-tuc/1.001193/nop/")
    page.screenshot(path="/tmp/shots/w-0.png", full_page=True)
    page.get_by_role("button", name="Nộp hồ sơ").last.click(timeout=3000)
    page.wait_for_url("**/nguoi-nop/")
    goes_on(page)
    page.wait_for_url("**/chu-ho-so/")
    page.get_by_role("button", name="Lấy thông tin từ người nộp").click()
    goes_on(page)
    page.wait_for_url("**/to-khai/**")
    shot(page, "1")
    page.locator("#quan-he--cha").check()
    page.get_by_text("Hộ chiếu").click()
    page.wait_for_timeout(800)
    shot(page, "1b")
    page.locator("#requester-document-kind").check()
    page.wait_for_timeout(500)
    goes_on(page)
    page.wait_for_url("**/nguoi-duoc-khai-sinh/**")
    page.locator("#child-name").fill("Lê Minh Khuê")
    page.locator("#child-birth").fill("12")
    page.locator("#child-birth--month").fill("11")
    page.locator("#child-birth--year").fill("2026")
    page.locator("#child-sex").check()
    page.wait_for_timeout(500)
    page.locator("#child-ethnicity").select_option("01")
    choose(page, "Tại cơ sở y tế")
    page.wait_for_timeout(800)
    page.locator("#birth-facility").fill("Bệnh viện Đa khoa tỉnh Minh Giang")
    page.locator("#birth-address--find").press_sequentially("hoa s", delay=60)
    page.wait_for_timeout(1200)
    shot(page, "2")
    choose(page, "Phường Hoa Sen, tỉnh Minh Giang")
    page.wait_for_timeout(800)
    page.locator("#child-hometown").select_option("98")
    page.wait_for_timeout(600)
    page.locator("#child-hometown--commune").select_option("98003")
    page.get_by_text("Cơ sở y tế đã cấp bản điện tử").click()
    page.wait_for_timeout(800)
    page.locator("#birth-notice-code").fill("GCS.2026/001")
    shot(page, "2b")
    print("values", page.locator("#child-birth--year").input_value(), page.locator("#birth-facility").input_value())
    goes_on(page)
    page.wait_for_url("**/me/**")
    shot(page, "3")
    page.locator("#mother-name").fill("Trần Thu Hà")
    page.locator("#mother-birth-year").fill("2020")
    goes_on(page)
    page.wait_for_timeout(1000)
    shot(page, "3b")
    page.locator("#mother-birth-year").fill("1996")
    page.locator("#mother-ethnicity").select_option("01")
    page.locator("#mother-number").fill("098 196 001 552")
    page.locator("#mother-residence--find").fill("hoa sen")
    page.wait_for_timeout(1500)
    shot(page, "3c")
    choose(page, "Phường Hoa Sen, tỉnh Minh Giang")
    page.wait_for_timeout(800)
    goes_on(page)
    page.wait_for_url("**/cha/**")
    shot(page, "4")
    page.locator("#father-ethnicity").select_option("01")
    page.get_by_text("Đã đăng ký", exact=True).click()
    page.wait_for_timeout(800)
    shot(page, "4b")
    goes_on(page)
    page.wait_for_url("**/ban-sao-cam-doan/**")
    choose(page, "Có")
    page.wait_for_timeout(800)
    page.locator("#copies").fill("2")
    shot(page, "5")
    page.locator("#promise").check()
    goes_on(page)
    page.wait_for_timeout(1500)
    print(page.url)
