"""What a start must not allow: a key that everybody knows, or passwords in the clear."""

import os
import subprocess
import sys
from typing import Any

import pytest

from motcua.config import env

OWN_KEY = "k" * 60


@pytest.mark.parametrize(
    ("local", "key", "hosts", "base_url"),
    [
        (True, env.PUBLISHED_KEY, ["127.0.0.1", "dichvucong.example"], "http://127.0.0.1:8000"),
        (True, env.PUBLISHED_KEY, ["*"], "http://127.0.0.1:8000"),
        (False, env.PUBLISHED_KEY, ["127.0.0.1"], "https://dichvucong.example"),
        (False, OWN_KEY, ["dichvucong.example"], "http://dichvucong.example"),
        (False, "k" * 49, ["dichvucong.example"], "https://dichvucong.example"),
    ],
)
def test_a_start_that_is_neither_local_nor_ready_is_refused(
    local: bool, key: str, hosts: list[str], base_url: str
) -> None:
    with pytest.raises(env.ConfigurationError, match="MOTCUA_"):
        env.check_stance(local=local, key=key, before=[], hosts=hosts, base_url=base_url)


@pytest.mark.parametrize(
    ("local", "key", "hosts", "base_url"),
    [
        (True, env.PUBLISHED_KEY, list(env.LOOPBACK), "http://127.0.0.1:8300"),
        (True, OWN_KEY, ["may-thu.example"], "http://may-thu.example:8000"),
        (False, OWN_KEY, ["dichvucong.example"], "https://dichvucong.example"),
    ],
)
def test_a_local_start_and_a_ready_one_are_let_through(local: bool, key: str, hosts: list[str], base_url: str) -> None:
    env.check_stance(local=local, key=key, before=[], hosts=hosts, base_url=base_url)


@pytest.mark.parametrize("before", [env.PUBLISHED_KEY, "k" * 49])
def test_a_former_key_is_believed_so_it_is_checked_like_the_present_one(before: str) -> None:
    with pytest.raises(env.ConfigurationError, match="MOTCUA_SECRET_KEYS_BEFORE"):
        env.check_stance(
            local=False, key=OWN_KEY, before=[OWN_KEY, before], hosts=["a.example"], base_url="https://a.example"
        )


READY = {
    "MOTCUA_SECRET_KEY": OWN_KEY,
    "MOTCUA_HOSTS": "a.example",
    "MOTCUA_BASE_URL": "https://a.example",
    "MOTCUA_ALLOW_DEMO": "1",
}


def _settings(asked: str, **environment: str) -> str:
    """What the settings say in a process of its own."""
    given = {"PATH": os.environ["PATH"], "DATABASE_URL": "postgresql://nobody@/nothing", **environment}
    words = [sys.executable, "-c", f"import motcua.config.settings as s; print({asked})"]
    return subprocess.run(words, env=given, capture_output=True, text=True, check=True).stdout.strip()


def test_a_new_key_still_reads_what_the_one_before_has_signed() -> None:
    before = "a" * 50
    assert _settings("s.SECRET_KEY_FALLBACKS", **READY, MOTCUA_SECRET_KEYS_BEFORE=before) == str([before])


def test_a_neighbour_under_the_same_domain_can_plant_no_cookie() -> None:
    """`__Host-` cookies come from this host alone, over https, for the whole site."""
    asked = "s.SESSION_COOKIE_NAME, s.CSRF_COOKIE_NAME, s.SESSION_COOKIE_SECURE, s.CSRF_COOKIE_SECURE, s.DEBUG"
    assert _settings(asked, **READY) == "__Host-mc_session __Host-mc_csrf True True False"


def test_a_header_of_the_visitor_is_believed_only_behind_a_proxy() -> None:
    assert _settings("getattr(s, 'SECURE_PROXY_SSL_HEADER', None)", **READY) == "None"


def test_a_portal_for_people_does_not_start_with_a_stand_in_unless_told() -> None:
    with pytest.raises(env.ConfigurationError, match="MOTCUA_SMS_CHANNEL is demo"):
        env.check_demo(allowed=False, members={"MOTCUA_SMS_CHANNEL": "demo"})
    env.check_demo(allowed=False, members={"MOTCUA_SMS_CHANNEL": "a-provider"})
    env.check_demo(allowed=True, members={"MOTCUA_SMS_CHANNEL": "demo"})


VNPAY = {
    "url": "https://vnpay.example/pay", "api_url": "https://vnpay.example/api", "tmn_code": "A", "secret": "s" * 32,
    "hosts": ["a.example"], "local": False,
}  # fmt: skip


@pytest.mark.parametrize(
    "wrong",
    [
        {"secret": env.DEMO_VNPAY_SECRET},
        {"secret": env.DEMO_VNPAY_SECRET, "url": ""},
        {"secret": env.DEMO_VNPAY_SECRET, "local": True},
        {"secret": ""},
        {"secret": "s" * 15},
        {"tmn_code": ""},
        {"api_url": ""},
        {"url": "http://vnpay.example/pay"},
        {"api_url": "http://vnpay.example/api"},
    ],
)
def test_nobody_can_say_to_have_paid_who_has_only_read_the_program(wrong: dict[str, Any]) -> None:
    with pytest.raises(env.ConfigurationError, match="MOTCUA_VNPAY"):
        env.check_vnpay(**VNPAY | wrong)


@pytest.mark.parametrize("right", [{}, {"url": "", "secret": ""}, {"local": True, "url": "http://127.0.0.1:1/"}])
def test_vnpay_is_set_up_whole_or_not_at_all(right: dict[str, Any]) -> None:
    env.check_vnpay(**VNPAY | right)


def test_a_form_may_lead_to_vnpay_and_to_no_other_page() -> None:
    asked = "s.CONTENT_SECURITY_POLICY['DIRECTIVES']['form-action']"
    assert _settings(asked, **READY) == "[\"'self'\"]"
    vnpay = {
        "MOTCUA_VNPAY_URL": "https://vnpay.example/paymentv2/vpcpay.html",
        "MOTCUA_VNPAY_API_URL": "https://vnpay.example/api", "MOTCUA_VNPAY_TMN_CODE": "A",
        "MOTCUA_VNPAY_SECRET": "s" * 32,
    }  # fmt: skip
    assert _settings(asked, **READY, **vnpay) == "[\"'self'\", 'https://vnpay.example']"


POST = {
    "url": "https://post.example/api", "customer": "A", "user": "a", "password": "p" * 32, "secret": "s" * 32,
    "hosts": ["a.example"], "local": False,
}  # fmt: skip


@pytest.mark.parametrize(
    "wrong",
    [
        {"secret": env.DEMO_POST_SECRET},
        {"password": env.DEMO_POST_SECRET},
        {"secret": env.DEMO_POST_SECRET, "url": "", "local": True},
        {"secret": "s" * 15},
        {"secret": ""},
        {"password": ""},
        {"customer": ""},
        {"user": ""},
        {"url": "http://post.example/api"},
    ],
)
def test_nobody_can_say_what_was_delivered_who_has_only_read_the_program(wrong: dict[str, Any]) -> None:
    with pytest.raises(env.ConfigurationError, match="MOTCUA_POST"):
        env.check_post(**POST | wrong)


@pytest.mark.parametrize("right", [{}, {"url": "", "secret": ""}, {"local": True, "url": "http://127.0.0.1:1/"}])
def test_the_post_is_set_up_whole_or_not_at_all(right: dict[str, Any]) -> None:
    env.check_post(**POST | right)


NATIONAL = {
    "issuer": "https://national.example", "client_secret": "s" * 32, "levels": {"LoA2": "cao"},
    "claims": {"personal_number": "a", "full_name": "b", "birth_date": "c"}, "metadata": "",
}  # fmt: skip


@pytest.mark.parametrize(
    "wrong",
    [
        {"client_secret": "demo"}, {"client_secret": ""}, {"issuer": "http://national.example"},
        {"metadata": "/khong/co"},
    ],
)  # fmt: skip
def test_nobody_comes_in_by_a_portal_that_anybody_can_play(wrong: dict[str, Any]) -> None:
    env.check_national(NATIONAL, hosts=["a.example"], local=False)
    with pytest.raises(env.ConfigurationError, match="MOTCUA_NATIONAL"):
        env.check_national(NATIONAL | wrong, hosts=["a.example"], local=False)


def test_slips_that_anybody_can_write_are_for_one_s_own_machine() -> None:
    demo = NATIONAL | {"client_secret": "demo"}
    env.check_national(demo, hosts=["127.0.0.1"], local=True)
    with pytest.raises(env.ConfigurationError, match="MOTCUA_NATIONAL_CLIENT_SECRET"):
        env.check_national(demo, hosts=["127.0.0.1", "may-thu.example"], local=True)


def test_the_demo_authority_signs_for_nobody_but_oneself() -> None:
    assert _settings("s.SIGNING", **READY) == "none"
    with pytest.raises(subprocess.CalledProcessError) as refused:
        _settings("s.SIGNING", **READY, MOTCUA_SIGNING="demo")
    assert "MOTCUA_SIGNING must be one of none, folder" in refused.value.stderr


ZALO = {
    "app_id": "1", "app_secret": "a" * 20, "oa_id": "2", "oa_name": "Tỉnh", "oa_secret": "s" * 20,
    "refresh_token": "r", "url": "",
}  # fmt: skip


@pytest.mark.parametrize(
    "wrong",
    [
        {"app_id": ""}, {"app_secret": ""}, {"oa_id": ""}, {"oa_name": ""}, {"oa_secret": ""}, {"refresh_token": ""},
        {"oa_secret": "s" * 15}, {"oa_secret": env.DEMO_ZALO_SECRET}, {"url": "http://zalo.example"},
    ],
)  # fmt: skip
def test_nobody_else_may_speak_as_zalo(wrong: dict[str, str]) -> None:
    env.check_zalo(ZALO, channel="zns", hosts=["a.example"], local=False)
    with pytest.raises(env.ConfigurationError, match="MOTCUA_ZALO_"):
        env.check_zalo(ZALO | wrong, channel="zns", hosts=["a.example"], local=False)
    env.check_zalo(ZALO | wrong, channel="none", hosts=["a.example"], local=False)


def test_a_portal_for_people_has_no_zalo_until_somebody_connects_it() -> None:
    assert _settings("s.ZALO_CHANNEL", **READY) == "none"
