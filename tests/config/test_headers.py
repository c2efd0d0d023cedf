"""In production: https only, and headers that leave a slipped-in script nothing to do."""

import os
import subprocess
import sys

import pytest
from django.conf import settings
from django.test import Client

PRODUCTION = {
    "MOTCUA_LOCAL": "0",
    "MOTCUA_ALLOW_DEMO": "1",
    "MOTCUA_SECRET_KEY": "k3y-" * 20 + "for-tests-only",
    "MOTCUA_BASE_URL": "https://dichvucong.example",
    "MOTCUA_HOSTS": "dichvucong.example",
}
ASK = """
import os; os.environ["DJANGO_SETTINGS_MODULE"] = "motcua.config.settings"
from motcua.config import settings as written
written.STORAGES["staticfiles"]["BACKEND"] = "django.contrib.staticfiles.storage.StaticFilesStorage"
import django; django.setup()
from django.test import Client
client = Client(headers={"host": "dichvucong.example"})
answer = client.get("/khong-co-trang-nay", secure=True)
for name, value in answer.headers.items(): print(f"{name}: {value}")
print("plain:", client.get("/").status_code, client.get("/")["Location"])
from django.conf import settings
print("cookies:", settings.SESSION_COOKIE_SECURE, settings.CSRF_COOKIE_SECURE, settings.SESSION_COOKIE_HTTPONLY)
"""


def in_production(*words: str, **changes: str) -> "subprocess.CompletedProcess[str]":
    database = settings.DATABASES["default"]
    url = f"postgresql://{database['USER']}@/{database['NAME']}?host={database['HOST']}"
    environment = os.environ | PRODUCTION | {"DATABASE_URL": url} | changes
    environment.pop("DJANGO_ALLOW_ASYNC_UNSAFE", None)  # browser tests of the same process need it
    environment.pop("DJANGO_ALLOW_ASYNC_UNSAFE", None)  # of tests with a browser, in the same process before this one
    return subprocess.run(
        [sys.executable, *words], env=environment, capture_output=True, text=True, check=False, timeout=120
    )


@pytest.mark.django_db(transaction=True)
def test_with_https_every_header_is_there_and_plain_http_is_led_away() -> None:
    done = in_production("-c", ASK)
    assert done.returncode == 0, done.stderr
    said = dict(line.split(": ", 1) for line in done.stdout.splitlines())
    assert said["Strict-Transport-Security"].startswith("max-age=31536000")
    assert "default-src 'none'" in said["Content-Security-Policy"]
    assert "script-src 'self'" in said["Content-Security-Policy"]
    assert "frame-ancestors 'none'" in said["Content-Security-Policy"]
    assert "unsafe" not in said["Content-Security-Policy"]
    assert said["X-Content-Type-Options"] == "nosniff"
    assert said["X-Frame-Options"] == "DENY"
    assert said["Referrer-Policy"] == "same-origin"
    assert said["Cross-Origin-Opener-Policy"] == "same-origin"
    assert "camera=()" in said["Permissions-Policy"]
    assert said["plain"] == "301 https://dichvucong.example/"
    assert said["cookies"] == "True True True"


def test_djangos_deployment_check_has_nothing_to_say() -> None:
    words = ["manage", "check", "--deploy", "--fail-level", "WARNING"]
    done = in_production("-c", f"from motcua.config.cli import main; raise SystemExit(main({words}))")
    assert done.returncode == 0, done.stderr
    assert "no issues" in done.stdout + done.stderr


@pytest.mark.parametrize("missing", ["MOTCUA_SECRET_KEY", "MOTCUA_BASE_URL", "DATABASE_URL"])
def test_production_does_not_start_without_what_it_needs(missing: str) -> None:
    done = in_production("-c", "from motcua.config.cli import main; main(['manage', 'check'])", **{missing: ""})
    assert f"{missing} is not set" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.django_db
def test_a_page_without_https_has_them_too_but_for_hsts(client: Client) -> None:
    answer = client.get("/khong-co-trang-nay")
    for name in ("Content-Security-Policy", "X-Frame-Options", "Referrer-Policy", "Permissions-Policy"):
        assert answer.has_header(name), name
    assert not answer.has_header("Strict-Transport-Security")
