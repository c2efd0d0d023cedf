"""The demo post as a process: its API, the postman's page, its notices; it ends in order and forgets nothing."""

import json
import re
import signal
import threading
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from motcua.config.env import DEMO_POST_SECRET as SECRET
from motcua.config.ports import free_port
from motcua.delivery.rules import protocol
from motcua.delivery.rules.states import Step
from tests.config.peers import ask, start

ORDER = {
    "OrderNumber": "BG7K3F92XA", "FlagConfig": "2", "CODAmount": 150_000, "Postage": 20_000,
    "SenderName": "Trung tâm <Hoa Sen>", "SenderTel": "0298", "SenderAddress": "Số 12 đường Trần Phú",
    "ReceiverName": "Nguyễn Thị An", "ReceiverTel": "0900000217", "ReceiverAddress": "Số 5 đường Lê Lợi",
    "Contents": [{"Key": "ket-qua", "Name": "Giấy khai sinh", "Note": "Bản chính"}],
    "Collect": [{"Key": "chung-sinh", "Name": "Giấy chứng sinh", "Note": "Bản chính"}],
}  # fmt: skip


class Portal:
    """The portal's side of the notices."""

    def __init__(self) -> None:
        self.got: list[tuple[bytes, str]] = []
        self.answers: list[str] = []  # the Status that the next notices get; then 100
        portal = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                portal.got.append((body, self.headers["X-Post-Signature"]))
                said = json.dumps({"Status": portal.answers.pop(0) if portal.answers else "100"}).encode()
                self.send_response(200)
                self.send_header("Content-Length", str(len(said)))
                self.end_headers()
                self.wfile.write(said)

            def log_message(self, format: str, *args: Any) -> None: ...

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()

    def words(self) -> list[protocol.Told]:
        """All genuine notices, as the portal reads them."""
        return [protocol.read(body) for body, signature in self.got if protocol.is_signed(body, signature, SECRET)]

    def sequences(self) -> list[int]:
        return [told.word.sequence for told in self.words()]


@pytest.fixture
def portal() -> Iterator[Portal]:
    found = Portal()
    yield found
    found.server.shutdown()
    found.server.server_close()


@pytest.fixture
def post(portal: Portal, tmp_path: Path) -> Iterator[str]:
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    process = start("demo-post", port, tmp_path, MOTCUA_POST_URL=f"{url}/api", MOTCUA_BASE_URL=portal.url)
    ask(f"{url}/control", {"pause": 0.05, "tries": 3})
    yield url
    process.send_signal(signal.SIGTERM)
    assert process.wait(60) == 0
    assert process.stderr is not None
    assert process.stderr.read() == ""


def token(post: str) -> str:
    return str(ask(f"{post}/api/getToken", {"Username": "motcua", "Password": SECRET})["Token"])


def call(post: str, name: str, fields: dict[str, Any]) -> dict[str, Any]:
    return ask(f"{post}/api/{name}", fields, Authorization=f"Bearer {token(post)}")


def an_item(post: str, **changed: Any) -> str:
    return str(call(post, "postOrder", ORDER | changed)["ItemCode"])


def page(post: str) -> str:
    with urllib.request.urlopen(f"{post}/", timeout=10) as answer:
        return str(answer.read().decode())


def press(post: str, path: str, **form: Any) -> int:
    """Send one of the page's forms; the status behind the redirection."""
    key = re.search(r'name="khoa" value="(\w+)"', page(post))
    assert key is not None
    data = urllib.parse.urlencode({"khoa": key[1], **form}, doseq=True).encode()
    try:
        with urllib.request.urlopen(f"{post}{path}", data, timeout=10) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as refusal:
        return refusal.code


def test_an_order_is_one_parcel_however_often_it_is_sent(post: str) -> None:
    code = an_item(post)
    assert re.fullmatch(r"RM\d{9}VN", code)
    assert an_item(post) == code
    assert call(post, "postOrder", {"OrderNumber": "BG1"})["Status"] == "202"
    tracked = call(post, "getOrderTracking", {"OrderNumber": "BG7K3F92XA"})["Tracking"]
    assert protocol.word_from(tracked[0]).step == Step.ACCEPTED
    assert call(post, "getOrderTracking", {"ItemCode": "RM000000000VN"})["Status"] == "204"


def test_without_a_token_or_a_password_nothing(post: str) -> None:
    assert ask(f"{post}/api/getToken", {"Username": "motcua", "Password": "x"})["Status"] == "403"
    assert ask(f"{post}/api/postOrder", ORDER)["Status"] == "401"


def test_the_postman_delivers_and_what_he_took_along_travels_back(post: str, portal: Portal) -> None:
    code = an_item(post)
    for act in ("30", "40", "50"):
        assert press(post, "/viec", ma=code, viec=act) == 200
    press(post, "/viec", ma=code, viec="60", phi="150.000", cuoc="20000", ky_nhan="An", giay_to=["chung-sinh"])
    told = portal.words()
    assert [each.word.step for each in told] == [Step.COLLECTED, Step.IN_TRANSIT, Step.OUT_FOR_DELIVERY, Step.DELIVERED]
    last = told[-1].word
    assert (last.fee_collected, last.postage_collected, last.received_by) == (150_000, 20_000, "An")
    assert last.papers == ["chung-sinh"]
    assert last.back_item_code in page(post)
    press(post, "/viec", ma=last.back_item_code, viec="60", ky_nhan="Chi")
    assert portal.words()[-1].item_code == last.back_item_code
    assert press(post, "/viec", ma=code, viec="xx") == 422


def test_nobody_at_home_and_back_again(post: str, portal: Portal) -> None:
    code = an_item(post)
    press(post, "/viec", ma=code, viec="30")
    press(post, "/viec", ma=code, viec="61", ly_do="2", den_lai="2026-11-27")
    word = portal.words()[-1].word
    assert (word.failure, str(word.next_on)) == ("refused", "2026-11-27")
    press(post, "/viec", ma=code, viec="71")
    assert "Phát thành công</legend>" not in page(post)


def test_notices_twice_later_never_and_forged(post: str, portal: Portal) -> None:
    code = an_item(post)
    press(post, "/viec", ma=code, viec="30", cach="twice")
    assert portal.sequences() == [2, 2]
    press(post, "/viec", ma=code, viec="40", cach="later")
    press(post, "/viec", ma=code, viec="50")
    assert portal.sequences() == [2, 2, 4, 3]
    press(post, "/viec", ma=code, viec="61", cach="never")
    press(post, "/viec", ma=code, viec="50", cach="forged")
    assert portal.sequences() == [2, 2, 4, 3]
    assert len(portal.got) == 5


def test_what_is_not_taken_is_told_again(post: str, portal: Portal) -> None:
    portal.answers = ["103", "103"]
    press(post, "/viec", ma=an_item(post), viec="30")
    deadline = time.monotonic() + 60
    while len(portal.got) < 3 and time.monotonic() < deadline:
        time.sleep(0.05)
    assert portal.sequences() == [2, 2, 2]


def test_it_can_be_away_or_mute_or_refuse(post: str, portal: Portal) -> None:
    code = an_item(post)
    press(post, "/he-thong", he_thong="down")
    with pytest.raises(urllib.error.HTTPError, match="503"):
        token(post)
    press(post, "/he-thong", he_thong="refuse")
    assert call(post, "postOrder", ORDER | {"OrderNumber": "BGKHACKHAC"})["Status"] == "201"
    press(post, "/he-thong", he_thong="mute")
    press(post, "/viec", ma=code, viec="30")
    assert portal.got == []
    assert len(call(post, "getOrderTracking", {"ItemCode": code})["Tracking"]) == 2


def test_an_order_is_dropped_until_the_postman_has_it(post: str) -> None:
    assert call(post, "cancelOrder", {"OrderNumber": "BGKHACKHAC"})["Status"] == "100"
    code = an_item(post)
    press(post, "/viec", ma=code, viec="30")
    assert call(post, "cancelOrder", {"OrderNumber": "BG7K3F92XA"})["Status"] == "203"


def test_a_parcel_on_paper_has_no_order(post: str, portal: Portal) -> None:
    assert press(post, "/phieu-giay", ma="rm 555 666 777 vn") == 200
    assert press(post, "/phieu-giay", ma="RM555666777VN") == 422
    press(post, "/viec", ma="RM555666777VN", viec="30")
    assert (portal.words()[0].order_number, portal.words()[0].item_code) == ("", "RM555666777VN")


def test_its_page_shows_words_as_words_and_takes_no_strange_form(post: str) -> None:
    an_item(post)
    assert "Trung tâm &lt;Hoa Sen&gt;" in page(post)
    data = urllib.parse.urlencode({"khoa": "x", "he_thong": "down"}).encode()
    with pytest.raises(urllib.error.HTTPError, match="403"):
        urllib.request.urlopen(f"{post}/he-thong", data, timeout=10)


def test_a_restart_forgets_nothing_and_an_emptied_folder_all(portal: Portal, tmp_path: Path) -> None:
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    more = {"MOTCUA_POST_URL": f"{url}/api", "MOTCUA_BASE_URL": portal.url}
    first = start("demo-post", port, tmp_path, **more)
    code = an_item(url)
    first.send_signal(signal.SIGTERM)
    first.wait(60)
    second = start("demo-post", port, tmp_path, **more)
    assert an_item(url) == code
    (tmp_path / "peers" / "post.json").unlink()  # the sample was loaded anew
    assert code not in page(url)
    second.send_signal(signal.SIGTERM)
    assert second.wait(60) == 0
