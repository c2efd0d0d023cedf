"""Typed readers of the environment. A wrong value stops the start with its name, never with a traceback."""

import os
from email.utils import parseaddr
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

LOOPBACK = ("127.0.0.1", "localhost", "[::1]", "testserver")
PUBLISHED_KEY = "only-for-this-machine-0123456789-abcdefghijklmnopqrstuvwxyz"  # for local starts: everybody knows it
# Every payer holds words signed with VNPAY's secret, and so with others: a short one could be found by trying.
SHORTEST_SECRET = 16
DEMO_VNPAY_SECRET = "only-for-the-demo-of-vnpay-0123456789"  # noqa: S105 (everybody knows it, too)

DEMO_POST_SECRET = "only-for-the-demo-of-the-post-0123456789"  # noqa: S105

DEMO_ZALO_SECRET = "only-for-the-demo-of-zalo-0123456789"  # noqa: S105 (and this one)


LOG_LEVELS = ("warning", "debug", "info", "error", "critical")  # the first is the usual one


class ConfigurationError(Exception):
    """A variable of the environment is missing or has a value that can't be used."""


def text(name: str, default: str | None = None) -> str:
    """The value of NAME, or the default; without either the start stops."""
    value = os.environ.get(name, "").strip()
    if value:
        return value
    if default is None:
        raise ConfigurationError(f"{name} is not set.")
    return default


def flag(name: str, default: bool) -> bool:
    """1/0, true/false, yes/no, on/off."""
    value = os.environ.get(name, "").strip().lower()
    if not value:
        return default
    if value in {"1", "true", "yes", "on"}:
        return True
    if value in {"0", "false", "no", "off"}:
        return False
    raise ConfigurationError(f"{name} must be 1 or 0, not {value!r}.")


def number(name: str, default: int, *, least: int = 0, most: int = 1_000_000_000) -> int:
    """A whole number between two bounds."""
    value = os.environ.get(name, "").strip()
    if not value:
        return default
    try:
        result = int(value)
    except ValueError:
        raise ConfigurationError(f"{name} must be a whole number, not {value!r}.") from None
    if not least <= result <= most:
        raise ConfigurationError(f"{name} must lie between {least} and {most}, not {result}.")
    return result


def words(name: str, default: str = "") -> list[str]:
    """A list separated by commas."""
    return [word.strip() for word in os.environ.get(name, default).split(",") if word.strip()]


def choice(name: str, choices: tuple[str, ...]) -> str:
    """One of some words; the first without a value."""
    value = os.environ.get(name, "").strip().lower()
    if value and value not in choices:
        raise ConfigurationError(f"{name} must be one of {', '.join(choices)}, not {value!r}.")
    return value or choices[0]


def pairs(name: str, default: str = "") -> dict[str, str]:
    """A list of `ours=theirs`, separated by commas; its order is kept."""
    found = [word.partition("=") for word in words(name, default)]
    if any(not ours.strip() or not theirs.strip() for ours, _, theirs in found):
        raise ConfigurationError(f"{name} must be a list such as a=b,c=d.")
    return {ours.strip(): theirs.strip() for ours, _, theirs in found}


def mail_address(name: str, default: str) -> str:
    """An address of mail, with or without a name before it: `Một Cửa <a@b.vn>`."""
    value = text(name, default)
    before, at, after = parseaddr(value)[1].rpartition("@")
    if not (before and at and "." in after):
        raise ConfigurationError(f"{name} must be an address of mail, not {value!r}.")
    return value


def folder(name: str, default: Path) -> Path:
    """An absolute folder; it need not exist yet."""
    return Path(os.environ.get(name, "").strip() or default).expanduser().resolve()


def origin(url: str) -> str:
    """Scheme, host and port of an address; empty for none."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}" if parts.netloc else ""


NATIONAL_CLAIMS = ("personal_number", "full_name", "birth_date")  # nobody can be known without
LEVELS = ("co-ban", "trung-binh", "cao")  # as in accounts.models.User.Assurance


DEMO_NATIONAL_SECRET = "demo"  # noqa: S105


def check_national(given: dict[str, Any], *, hosts: list[str], local: bool) -> None:
    """What is needed to talk with the National portal is there, or it isn't configured at all.

    Whoever is sent over holds a slip signed with its secret (accounts.national.handover): a short one could be found
    by trying, and a known one lets anybody write slips.

    Raises:
        ConfigurationError: half of it is.
    """
    if not given["issuer"]:
        return
    if not local and not given["issuer"].startswith("https://"):
        raise ConfigurationError("MOTCUA_NATIONAL_ISSUER must begin with https://.")
    if given["metadata"] and not Path(given["metadata"]).is_file():
        raise ConfigurationError(f"MOTCUA_NATIONAL_METADATA names no file: {given['metadata']}.")
    if not given["client_secret"]:
        raise ConfigurationError("MOTCUA_NATIONAL_CLIENT_SECRET is not set.")
    if given["client_secret"] == DEMO_NATIONAL_SECRET and (not local or set(hosts) - set(LOOPBACK)):
        raise ConfigurationError("MOTCUA_NATIONAL_CLIENT_SECRET must be the one that the National portal gave out.")
    if not local and len(given["client_secret"]) < SHORTEST_SECRET:
        raise ConfigurationError(f"MOTCUA_NATIONAL_CLIENT_SECRET must have {SHORTEST_SECRET} characters or more.")
    if lacking := [name for name in NATIONAL_CLAIMS if name not in given["claims"]]:
        raise ConfigurationError(f"MOTCUA_NATIONAL_CLAIMS must name a claim for {', '.join(lacking)}.")
    if unknown := set(given["levels"].values()) - set(LEVELS):
        raise ConfigurationError(f"MOTCUA_NATIONAL_ACR knows {', '.join(LEVELS)}, not {', '.join(sorted(unknown))}.")


def check_vnpay(*, url: str, api_url: str, tmn_code: str, secret: str, hosts: list[str], local: bool) -> None:
    """What is needed to be paid through VNPAY is there, or it isn't configured at all.

    Raises:
        ConfigurationError: half of it is, or everybody who has read this program could say that they have paid.
    """
    if secret == DEMO_VNPAY_SECRET and set(hosts) - set(LOOPBACK):
        raise ConfigurationError("MOTCUA_VNPAY_SECRET must be one of your own where others can come in.")
    if not url:
        return
    wanted = {"MOTCUA_VNPAY_API_URL": api_url, "MOTCUA_VNPAY_TMN_CODE": tmn_code, "MOTCUA_VNPAY_SECRET": secret}
    for name, value in wanted.items():
        if not value:
            raise ConfigurationError(f"{name} is not set.")
    if not local and len(secret) < SHORTEST_SECRET:
        raise ConfigurationError(f"MOTCUA_VNPAY_SECRET must have {SHORTEST_SECRET} characters or more; VNPAY's has 32.")
    if not local and not (url.startswith("https://") and api_url.startswith("https://")):
        raise ConfigurationError("MOTCUA_VNPAY_URL and MOTCUA_VNPAY_API_URL must begin with https://.")


def check_post(
    *, url: str, customer: str, user: str, password: str, secret: str, hosts: list[str], local: bool
) -> None:
    """What is needed to send by the public post is there, or it isn't configured at all.

    Raises:
        ConfigurationError: half of it is, or everybody who has read this program could say what was delivered.
    """
    if DEMO_POST_SECRET in {password, secret} and set(hosts) - set(LOOPBACK):
        raise ConfigurationError(
            "MOTCUA_POST_PASSWORD and MOTCUA_POST_SECRET must be your own where others can come in."
        )
    if not url:
        return
    wanted = {
        "MOTCUA_POST_CUSTOMER": customer, "MOTCUA_POST_USER": user, "MOTCUA_POST_PASSWORD": password,
        "MOTCUA_POST_SECRET": secret,
    }  # fmt: skip
    for name, value in wanted.items():
        if not value:
            raise ConfigurationError(f"{name} is not set.")
    if not local and len(secret) < SHORTEST_SECRET:
        raise ConfigurationError(f"MOTCUA_POST_SECRET must have {SHORTEST_SECRET} characters or more.")
    if not local and not url.startswith("https://"):
        raise ConfigurationError("MOTCUA_POST_URL must begin with https://.")


def check_zalo(given: dict[str, Any], *, channel: str, hosts: list[str], local: bool) -> None:
    """What is needed to send by Zalo and to believe its notices is there, or Zalo isn't connected at all.

    Raises:
        ConfigurationError: half of it is, or everybody who has read this program could speak as Zalo.
    """
    if channel == "none":
        return
    for name in ("app_id", "app_secret", "oa_id", "oa_name", "oa_secret", "refresh_token"):
        if not given[name]:
            raise ConfigurationError(f"MOTCUA_ZALO_{name.upper()} is not set (or set MOTCUA_ZALO_CHANNEL=none).")
    if given["oa_secret"] == DEMO_ZALO_SECRET and set(hosts) - set(LOOPBACK):
        raise ConfigurationError("MOTCUA_ZALO_OA_SECRET must be one of your own where others can come in.")
    if not local and len(given["oa_secret"]) < SHORTEST_SECRET:
        raise ConfigurationError(f"MOTCUA_ZALO_OA_SECRET must have {SHORTEST_SECRET} characters or more.")
    if not local and given["url"] and not given["url"].startswith("https://"):
        raise ConfigurationError("MOTCUA_ZALO_URL must begin with https://.")


SHORTEST_KEY = 50  # characters, as Django makes them


def check_stance(*, local: bool, key: str, before: list[str], hosts: list[str], base_url: str) -> None:
    """A start is either local, for this machine alone, or ready for strangers; nothing in between.

    Args:
        before: former keys; what is signed with one of them is believed as well.

    Raises:
        ConfigurationError: a key that everybody knows or that could be tried out would guard a portal that others can
            reach, or people's passwords would travel in the clear.
    """
    for_all = sorted(set(hosts) - set(LOOPBACK))
    for name, one in [("MOTCUA_SECRET_KEY", key), *(("MOTCUA_SECRET_KEYS_BEFORE", former) for former in before)]:
        if one == PUBLISHED_KEY and (for_all or not local):
            raise ConfigurationError(
                f"{name} must be one of your own where others can come in (MOTCUA_HOSTS: {', '.join(for_all)})."
            )
        if not local and len(one) < SHORTEST_KEY:
            raise ConfigurationError(f"{name} must have {SHORTEST_KEY} characters or more.")
    if not local and not base_url.startswith("https://"):
        raise ConfigurationError("MOTCUA_BASE_URL must begin with https:// (MOTCUA_LOCAL=1 is for one's own machine).")


def check_demo(*, allowed: bool, members: dict[str, str]) -> None:
    """A portal for people doesn't talk to stand-ins unless somebody says that it may: codes would reach nobody.

    Args:
        members: variable → which member of its family it names.

    Raises:
        ConfigurationError: one is `demo`, and nobody said so.
    """
    if allowed:
        return
    for name, member in members.items():
        if member == "demo":
            raise ConfigurationError(
                f"{name} is demo: nothing would leave the house. Name a provider, or set MOTCUA_ALLOW_DEMO=1 to try it."
            )
