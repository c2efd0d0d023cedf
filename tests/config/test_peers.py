"""The demo gateways and the mail catcher as processes: what they take, refuse, keep, and how they end."""

import json
import os
import signal
import smtplib
import socket
import subprocess
import urllib.request
from collections.abc import Iterator
from email.message import EmailMessage
from pathlib import Path

import pytest

from motcua.config.peers.mail import letters
from motcua.config.ports import free_port
from tests.config.peers import KEY, MOTCUA, ask, start


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("run")


@pytest.fixture(scope="module")
def url(folder: Path) -> Iterator[str]:
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    process = start("demo-peers", port, folder, MOTCUA_DEMO_PEERS_URL=address)
    yield address
    process.send_signal(signal.SIGTERM)
    assert process.wait(60) == 0
    assert process.stderr is not None
    assert process.stderr.read() == ""


class TestGateways:
    SMS = {"brandname": "MOTCUA", "phone": "84900000217", "content": "Ho so NH-1", "tracking_id": "a"}

    def test_takes_an_sms_once_and_tells_its_state(self, url: str, folder: Path) -> None:
        first = ask(f"{url}/sms/send", self.SMS, **KEY)
        again = ask(f"{url}/sms/send", self.SMS, **KEY)
        assert first["code"] == 0
        assert again == {"code": 0, "message_id": first["message_id"], "repeated": True}
        assert ask(f"{url}/sms/state/{first['message_id']}")["state"] == "delivered"
        [line] = (folder / "peers" / "sms.jsonl").read_text().splitlines()
        assert json.loads(line)["content"] == "Ho so NH-1"
        assert [got["tracking_id"] for got in ask(f"{url}/got")["got"]] == ["a"]

    @pytest.mark.parametrize(
        ("change", "code"),
        [
            ({"phone": "0900000217"}, 104),
            ({"phone": "84"}, 104),
            ({"content": "Hồ sơ"}, 108),
            ({"content": "x" * 161}, 108),
            ({"content": ""}, 109),
            ({"tracking_id": None}, 109),
        ],
    )
    def test_refuses_what_a_real_one_would(self, url: str, change: dict[str, object], code: int) -> None:
        assert ask(f"{url}/sms/send", self.SMS | {"tracking_id": "b"} | change, **KEY)["code"] == code

    def test_wants_its_key(self, url: str) -> None:
        assert ask(f"{url}/sms/send", self.SMS)["code"] == 101
        assert ask(f"{url}/sms/send", ["not", "an", "object"], **KEY)["code"] == 109

    def test_fails_on_demand_and_is_right_again(self, url: str) -> None:
        sms = self.SMS | {"tracking_id": "z"}
        ask(f"{url}/control", {"sms": {"answer": 429, "times": 1}})
        assert ask(f"{url}/sms/send", sms, **KEY)["code"] == 429
        assert ask(f"{url}/sms/send", sms, **KEY)["code"] == 0


class TestMailCatcher:
    def test_keeps_every_letter_and_ends_when_told(self, tmp_path: Path) -> None:
        port = free_port()
        process = start("mail-catcher", port, tmp_path, MOTCUA_SMTP_PORT=str(port))
        letter = EmailMessage()
        letter["Subject"] = "Hồ sơ đã được tiếp nhận"
        letter["From"], letter["To"] = "a@motcua.example", "an@example.vn"
        letter.set_content("Kính gửi ông/bà")
        with smtplib.SMTP("127.0.0.1", port) as client:
            client.send_message(letter)
            client.send_message(letter, to_addrs=["binh@example.vn"])
        kept = letters(tmp_path / "mail")
        assert [one["Subject"] for one in kept] == ["Hồ sơ đã được tiếp nhận"] * 2
        assert sorted(one["X-Envelope-To"] for one in kept) == ["an@example.vn", "binh@example.vn"]
        assert kept[0].get_content().strip() == "Kính gửi ông/bà"
        process.send_signal(signal.SIGTERM)
        assert process.wait(60) == 0


class TestNationalPortal:
    def test_answers_as_an_openid_provider_and_ends_when_told(self, tmp_path: Path) -> None:
        port = free_port()
        issuer = f"http://127.0.0.1:{port}"
        process = start("demo-national", port, tmp_path, MOTCUA_NATIONAL_ISSUER=issuer)
        said = ask(f"{issuer}/.well-known/openid-configuration")
        assert said["issuer"] == issuer
        [key] = ask(said["jwks_uri"])["keys"]
        assert "d" not in key  # the private half stays here
        assert (tmp_path / "national/key.pem").stat().st_mode & 0o077 == 0
        with urllib.request.urlopen(f"{issuer}/", timeout=10) as front:
            assert "Đăng ký thành lập hộ kinh doanh" in front.read().decode()
        process.send_signal(signal.SIGTERM)
        assert process.wait(60) == 0


@pytest.mark.parametrize(
    ("command", "variable"),
    [
        ("demo-peers", "MOTCUA_DEMO_PEERS_URL"),
        ("demo-national", "MOTCUA_NATIONAL_ISSUER"),
        ("mail-catcher", "MOTCUA_SMTP_PORT"),
    ],
)
def test_a_busy_port_is_one_clear_line(command: str, variable: str, tmp_path: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        value = str(port) if variable.endswith("PORT") else f"http://127.0.0.1:{port}"
        done = subprocess.run(
            [MOTCUA, command],
            env=os.environ | {"MOTCUA_RUN_DIR": str(tmp_path), "MOTCUA_LOCAL": "1", variable: value},
            capture_output=True,
            text=True,
            timeout=20,
            check=False,
        )
    assert done.returncode == 1
    assert variable in done.stderr
    assert "Traceback" not in done.stderr
