"""Files that can't be taken, and lines that break: each has its words, and no other file is lost."""

import os
import signal
import struct
import zipfile
import zlib
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import psutil
import pytest
from playwright.sync_api import Page, Route, expect

from tests.e2e import acting
from tests.e2e.portal import Portal

pytestmark = pytest.mark.e2e

PAPER = "giay-chung-sinh"
MB = 1024 * 1024


def at_papers(page: Page, portal: Portal, name: str = "Bình") -> str:
    """Somebody's new draft with one good picture, open at its papers; its number."""
    acting.come_in(page, portal, name)
    ref = acting.start_birth(page)
    page.goto(f"/nop/{ref}/giay-to/")
    acting.add_picture(page, PAPER, "giữ lại.jpg")
    return ref


def send(page: Page, *files: Path) -> None:
    """Choose these files for the paper."""
    page.locator(f"#tep-{PAPER}").set_input_files(list(files))


def names(page: Page) -> list[str]:
    """The files that the paper has."""
    return page.locator(f"#giay-{PAPER} .mc-file__name").all_inner_texts()


def huge_png() -> bytes:
    """A PNG that says it has 100,000 × 100,000 pixels, in less than a hundred bytes."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))

    header = struct.pack(">IIBBBBB", 100_000, 100_000, 8, 2, 0, 0, 0)
    picture = chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"\0" * 64)) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + picture


def a_zip() -> bytes:
    """What calls itself a PDF, and isn't."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("giay-chung-sinh.exe", b"MZ")
    return out.getvalue()


HEIC = b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic"
BAD: dict[str, tuple[Callable[[], bytes], str]] = {
    "nặng.jpg": (lambda: acting.a_picture() + bytes(25 * MB), "nặng 25"),
    "rất nặng.heic": (lambda: HEIC + bytes(40 * MB), "quá mức 20 MB mỗi tệp"),
    "rỗng.jpg": (lambda: b"", "không có nội dung"),
    "ghi chú.txt": (lambda: "Không phải ảnh".encode(), "không phải ảnh hoặc PDF"),
    "tờ khai.docx": (a_zip, "là tài liệu Word. Xin lưu tệp thành PDF"),
    "nén.pdf": (a_zip, "có đuôi .pdf nhưng nội dung không phải ảnh hoặc PDF"),
    "chương trình.pdf": (lambda: b"MZ" + bytes(200), "có đuôi .pdf nhưng nội dung không phải ảnh hoặc PDF"),
    "khổng lồ.png": (huge_png, "100.000 × 100.000 điểm ảnh, quá mức nhận được"),
    "đứt.jpg": (lambda: acting.a_picture()[:5000], "bị hỏng hoặc chưa tải lên hết"),
}


def test_each_file_that_can_t_be_taken_is_told_beside_its_paper_and_the_others_stay(
    visitor: Page, portal: Portal, tmp_path: Path
) -> None:
    """Too large, empty, of a wrong kind, with a lying name, too many pixels, cut off; the message has the focus."""
    at_papers(visitor, portal)
    paper = visitor.locator(f"#giay-{PAPER}")
    for name, (content, words) in BAD.items():
        (tmp_path / name).write_bytes(content())
        send(visitor, tmp_path / name)
        message = paper.locator("[data-refused]").filter(has_text=name).filter(has_text=words)
        expect(message).to_be_visible()
        expect(paper.locator("[data-refused]:focus")).to_contain_text(name)
        expect(paper.locator("progress")).to_have_count(0)
        assert names(visitor) == ["giữ lại.jpg"]
    acting.add_picture(visitor, PAPER, "thêm.jpg")
    assert names(visitor) == ["giữ lại.jpg", "thêm.jpg"]
    acting.goes_on(visitor)
    acting.heading(visitor, "Nhận kết quả và lệ phí")


def test_good_and_bad_files_chosen_together_without_scripts(
    plain_visitor: Page, portal: Portal, tmp_path: Path
) -> None:
    """The good ones are taken; the summary on top and the paper say what is wrong with the others."""
    page = plain_visitor
    acting.come_in(page, portal, "Bình")
    ref = acting.start_birth(page)
    page.goto(f"/nop/{ref}/giay-to/")
    contents = {
        "mặt trước.jpg": acting.a_picture(),
        "rỗng.jpg": b"",
        "nén.pdf": a_zip(),
        "đứt.jpg": BAD["đứt.jpg"][0](),
    }
    for name, content in contents.items():
        (tmp_path / name).write_bytes(content)
    send(page, *(tmp_path / name for name in contents))
    acting.press(page, "Tải lên")
    for name in ("rỗng.jpg", "nén.pdf", "đứt.jpg"):
        expect(page.get_by_role("alert").get_by_role("link").filter(has_text=name)).to_be_visible()
        expect(page.locator(f"#giay-{PAPER} [data-refused]").filter(has_text=name)).to_be_visible()
    assert names(page) == ["mặt trước.jpg"]


class Line:
    """Holds uploads on their way until the test lets them go or breaks them."""

    def __init__(self, page: Page) -> None:
        self.held: list[Route] = []
        self.page = page
        page.route("**/giay-to/*", self._hold)

    def _hold(self, route: Route) -> None:
        if "x-paper" in route.request.headers:
            self.held.append(route)
        else:
            route.continue_()

    def wait_for(self, number: int = 1) -> None:
        """Until this many uploads are held."""
        acting.wait_until(self.page, lambda: len(self.held) >= number)

    def go(self) -> None:
        """Let the first one pass."""
        self.held.pop(0).continue_()

    def break_(self) -> None:
        """Cut the first one off."""
        self.held.pop(0).abort()


def choose_slow_picture(page: Page, name: str) -> None:
    """A picture whose upload the test holds."""
    page.locator(f"#tep-{PAPER}").set_input_files(
        {"name": name, "mimeType": "image/jpeg", "buffer": acting.a_picture(name)}
    )


def test_the_button_waits_for_uploads_that_are_on_their_way(visitor: Page, portal: Portal) -> None:
    """Pressed too early, it says so, and the page goes on by itself when the files are there."""
    ref = at_papers(visitor, portal)
    line = Line(visitor)
    choose_slow_picture(visitor, "chậm một.jpg")
    choose_slow_picture(visitor, "chậm hai.jpg")
    line.wait_for()
    acting.goes_on(visitor)
    expect(visitor.get_by_role("status").filter(has_text="Đang tải lên, xong sẽ tự chuyển trang")).to_be_visible()
    acting.goes_on(visitor)  # pressing again changes nothing
    acting.heading(visitor, "Giấy tờ")
    line.go()
    line.wait_for()  # the second follows the first
    acting.heading(visitor, "Giấy tờ")
    line.go()
    acting.heading(visitor, "Nhận kết quả và lệ phí")
    visitor.goto(f"/nop/{ref}/giay-to/")
    assert names(visitor) == ["giữ lại.jpg", "chậm một.jpg", "chậm hai.jpg"]


def test_a_file_chosen_before_the_script_has_come_is_sent_by_it(visitor: Page, portal: Portal) -> None:
    ref = at_papers(visitor, portal)
    held: list[Route] = []
    visitor.route("**/mc/papers*.js", lambda route: held.append(route))
    visitor.goto(f"/nop/{ref}/giay-to/", wait_until="commit")
    choose_slow_picture(visitor, "sớm.jpg")
    acting.wait_until(visitor, lambda: bool(held))
    held[0].continue_()
    expect(visitor.locator(f"#giay-{PAPER} .mc-file__name")).to_have_text(["giữ lại.jpg", "sớm.jpg"])


def test_an_upload_that_breaks_stops_the_button_and_is_sent_again(visitor: Page, portal: Portal) -> None:
    at_papers(visitor, portal)
    line = Line(visitor)
    choose_slow_picture(visitor, "đứt đường.jpg")
    line.wait_for()
    acting.goes_on(visitor)
    line.break_()
    paper = visitor.locator(f"#giay-{PAPER}")
    expect(paper.get_by_text("Mất mạng, chưa tải được.")).to_be_visible()
    expect(visitor.get_by_role("status").filter(has_text="Có tệp chưa nhận được")).to_be_visible()
    acting.heading(visitor, "Giấy tờ")
    paper.get_by_role("button", name="Tải lại").click()
    line.wait_for()
    line.go()
    expect(paper.locator(".mc-file__name")).to_have_text(["giữ lại.jpg", "đứt đường.jpg"])
    acting.goes_on(visitor)
    acting.heading(visitor, "Nhận kết quả và lệ phí")


def test_a_refused_file_stops_the_button_too(visitor: Page, portal: Portal, tmp_path: Path) -> None:
    at_papers(visitor, portal)
    line = Line(visitor)
    (tmp_path / "rỗng.jpg").touch()
    send(visitor, tmp_path / "rỗng.jpg")
    line.wait_for()
    acting.goes_on(visitor)
    line.go()
    expect(visitor.locator("[data-refused]:focus")).to_contain_text("rỗng.jpg không có nội dung")
    expect(visitor.get_by_role("status").filter(has_text="Có tệp chưa nhận được")).to_be_visible()
    acting.heading(visitor, "Giấy tờ")


def test_files_chosen_after_the_session_has_ended_are_taken_and_the_login_leads_back(
    visitor: Page, portal: Portal
) -> None:
    ref = at_papers(visitor, portal, "Việt")
    visitor.context.clear_cookies()
    visitor.locator(f"#tep-{PAPER}").set_input_files(
        [{"name": name, "mimeType": "image/jpeg", "buffer": acting.a_picture(name)} for name in ("một.jpg", "hai.jpg")]
    )
    visitor.wait_for_url("**/dang-nhap/**")
    acting.log_in_as(visitor, portal, "Việt")
    portal.sessions["Việt"] = visitor.context.cookies()
    visitor.wait_for_url(f"**/nop/{ref}/giay-to/")
    assert names(visitor) == ["giữ lại.jpg", "một.jpg", "hai.jpg"]


def web_workers(portal: Portal) -> list[psutil.Process]:
    """The processes that answer for the portal, without the one that watches over them."""
    port = portal.url.rsplit(":", 1)[1]
    found = []
    for process in psutil.process_iter(["cmdline"]):
        words = process.info["cmdline"] or []
        if "motcua.config.wsgi:application" in words and port in words:
            found.append(process)
    watchers = {process.ppid() for process in found}
    return [process for process in found if process.pid not in watchers]


def is_back(page: Page, portal: Portal) -> None:
    """Wait until a new process has taken the place of the one that was killed."""
    for _ in range(60):
        try:
            portal.read("/")
        except OSError:
            page.wait_for_timeout(500)
        else:
            return
    raise AssertionError("The web didn't come back.")


def test_a_web_process_killed_in_the_middle_of_an_upload_costs_one_press(visitor: Page, portal: Portal) -> None:
    """kill -9 while the file is on its way: the page says so, keeps the file, and sends it again."""
    at_papers(visitor, portal)
    session: Any = visitor.context.new_cdp_session(visitor)
    slow = {"offline": False, "latency": 0, "downloadThroughput": -1, "uploadThroughput": 200_000}
    session.send("Network.enable")
    session.send("Network.emulateNetworkConditions", slow)
    picture = acting.a_picture() + bytes(4 * MB)
    visitor.locator(f"#tep-{PAPER}").set_input_files(
        {"name": "giữa chừng.jpg", "mimeType": "image/jpeg", "buffer": picture}
    )
    expect(visitor.locator("progress")).to_be_visible()
    visitor.wait_for_function("() => document.querySelector('progress').value > 3")
    for process in web_workers(portal):
        os.kill(process.pid, signal.SIGKILL)
    paper = visitor.locator(f"#giay-{PAPER}")
    again = paper.get_by_role("button", name="Tải lại")
    expect(paper.get_by_text("chưa tải được.")).to_be_visible()
    expect(again).to_be_focused()
    session.send("Network.emulateNetworkConditions", slow | {"uploadThroughput": -1})
    is_back(visitor, portal)
    again.click()
    expect(paper.locator(".mc-file__name").filter(has_text="giữa chừng.jpg")).to_be_visible()
    acting.goes_on(visitor)
    acting.heading(visitor, "Nhận kết quả và lệ phí")
