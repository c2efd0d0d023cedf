"""Configuration: a wrong value stops the start with its name."""

import subprocess
import sys

import pytest

from motcua.config import env
from motcua.config.settings import database


def test_what_is_missing_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("MOTCUA_X", raising=False)
    with pytest.raises(env.ConfigurationError, match="MOTCUA_X is not set"):
        env.text("MOTCUA_X")


@pytest.mark.parametrize(("value", "expected"), [("1", True), ("off", False), ("YES", True), ("", True)])
def test_flags(monkeypatch: pytest.MonkeyPatch, value: str, expected: bool) -> None:
    monkeypatch.setenv("MOTCUA_X", value)
    assert env.flag("MOTCUA_X", default=True) is expected


@pytest.mark.parametrize("value", ["ten", "0", "11"])
def test_numbers_out_of_bounds_are_named(monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    monkeypatch.setenv("MOTCUA_X", value)
    with pytest.raises(env.ConfigurationError, match="MOTCUA_X must"):
        env.number("MOTCUA_X", 5, least=1, most=10)


def test_a_database_address_with_a_folder_of_sockets() -> None:
    found = database("postgresql://me:p%40ss@/portal?host=/run/pg")
    assert (found["USER"], found["PASSWORD"], found["NAME"], found["HOST"]) == ("me", "p@ss", "portal", "/run/pg")


def test_another_kind_of_database_is_refused() -> None:
    with pytest.raises(env.ConfigurationError, match="postgresql://"):
        database("mysql://me@host/x")


def test_a_start_without_configuration_says_what_is_missing_and_shows_no_traceback() -> None:
    done = subprocess.run(
        [sys.executable, "-c", "from motcua.config.cli import main; raise SystemExit(main(['manage', 'check']))"],
        env={"PATH": "/usr/bin:/bin"}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 1
    assert "MOTCUA_SECRET_KEY is not set" in done.stderr
    assert "Traceback" not in done.stderr


def test_pairs_keep_their_order(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MOTCUA_TEST", " a = b ,c=d")
    assert list(env.pairs("MOTCUA_TEST").items()) == [("a", "b"), ("c", "d")]
    monkeypatch.setenv("MOTCUA_TEST", "a=b,c")
    with pytest.raises(env.ConfigurationError, match="MOTCUA_TEST"):
        env.pairs("MOTCUA_TEST")


HOSTS = ["dichvucong.example"]
NATIONAL = {
    "issuer": "https://national.example", "metadata": "", "client_secret": "s" * 36, "levels": {"LoA1": "cao"},
    "claims": {"personal_number": "n", "full_name": "f", "birth_date": "b"},
}  # fmt: skip


def test_a_national_portal_is_configured_wholly_or_not_at_all() -> None:
    env.check_national(NATIONAL, hosts=HOSTS, local=False)
    env.check_national({**NATIONAL, "issuer": "", "client_secret": ""}, hosts=HOSTS, local=False)
    env.check_national({**NATIONAL, "issuer": "http://127.0.0.1:1"}, hosts=["127.0.0.1"], local=True)


@pytest.mark.parametrize(
    ("wrong", "named"),
    [
        ({"issuer": "http://national.example"}, "MOTCUA_NATIONAL_ISSUER"),
        ({"metadata": "/nowhere/discovery.json"}, "MOTCUA_NATIONAL_METADATA"),
        ({"client_secret": ""}, "MOTCUA_NATIONAL_CLIENT_SECRET"),
        ({"client_secret": "s" * 15}, "MOTCUA_NATIONAL_CLIENT_SECRET"),
        ({"claims": {"full_name": "f", "birth_date": "b"}}, "personal_number"),
        ({"levels": {"LoA1": "rất cao"}}, "MOTCUA_NATIONAL_ACR"),
    ],
)
def test_what_is_wrong_with_a_national_portal_is_named(wrong: dict[str, object], named: str) -> None:
    with pytest.raises(env.ConfigurationError, match=named):
        env.check_national({**NATIONAL, **wrong}, hosts=HOSTS, local=False)


def test_a_choice_is_one_of_its_words(monkeypatch: pytest.MonkeyPatch) -> None:
    assert env.choice("MOTCUA_TEST", ("none", "folder")) == "none"
    monkeypatch.setenv("MOTCUA_TEST", " Folder ")
    assert env.choice("MOTCUA_TEST", ("none", "folder")) == "folder"
    monkeypatch.setenv("MOTCUA_TEST", "demo")
    with pytest.raises(env.ConfigurationError, match="must be one of none, folder, not 'demo'"):
        env.choice("MOTCUA_TEST", ("none", "folder"))


@pytest.mark.parametrize("value", ["nobody", "a@", "@b.vn", "Một Cửa <a@local>"])
def test_an_address_of_mail_looks_like_one(monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    monkeypatch.setenv("MOTCUA_TEST", value)
    with pytest.raises(env.ConfigurationError, match="MOTCUA_TEST"):
        env.mail_address("MOTCUA_TEST", "a@b.vn")
    monkeypatch.setenv("MOTCUA_TEST", "Một Cửa <a@b.vn>")
    assert env.mail_address("MOTCUA_TEST", "") == "Một Cửa <a@b.vn>"
