"""The sample's own page: the messages that were sent, who can log in, and the officers' codes of this moment."""

import time
from typing import Any

from django.conf import settings
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache

from motcua.accounts import queries as accounts
from motcua.core import identity
from motcua.notifications import queries as notifications
from motcua.notifications.models import Message
from motcua.sample import people
from motcua.web.components.doors import sample_only

PAGE_SIZE = 20
CODE_SECONDS = 30
CHIPS = {
    Message.State.QUEUED: ("going", "clock"),
    Message.State.SENT: ("done", "done"),
    Message.State.FAILED: ("bad", "stopped"),
}
ICONS = {Message.Channel.EMAIL: "mail", Message.Channel.SMS: "phone", Message.Channel.ZALO: "phone"}


@sample_only
@never_cache
def messages(request: HttpRequest) -> HttpResponse:
    """Newest first; `kenh` and `toi` narrow the list, `tu-xem` looks for new ones by itself."""
    channel = request.GET.get("kenh", "")
    channel = channel if channel in Message.Channel.values else ""
    address = request.GET.get("toi", "").strip()[:100].replace("\x00", "")
    page = Paginator(notifications.sent(channel=channel, address=address), PAGE_SIZE).get_page(request.GET.get("trang"))
    context = {
        "crumbs": [("Trang chủ", "/"), ("Tin nhắn và mã xác thực mẫu", "")],
        "page": page,
        "messages_shown": [(message, *CHIPS[Message.State(message.state)], _icon(message)) for message in page],
        "channels": Message.Channel.choices,
        "channel": channel,
        "address": address,
        "watching": "tu-xem" in request.GET,
        "watch_url": _query(request, **{"tu-xem": "1"}),
        "still_url": _query(request, **{"tu-xem": "", "trang": ""}),
        "older_url": _query(request, trang=str(page.number + 1)),
        "newer_url": _query(request, trang=str(page.number - 1)),
        "officers": officers_table(),
        "citizens": citizens_table(),
        "national": settings.NATIONAL["issuer"],
        "post": settings.POST_URL.removesuffix("/api"),
        "zalo": settings.ZALO["url"],
        "codes_url": _query(request, luc=str(int(time.time()))) + "#can-bo",
        "seconds_left": CODE_SECONDS - int(time.time()) % CODE_SECONDS,
    }
    return render(request, "sample/messages.html", context)


def officers_table() -> dict[str, Any]:
    """Login name, code of this moment, name, what they do, password."""
    officers = people.officers()
    codes = accounts.authenticator_codes([person["handle"] for person in officers])
    return {
        "caption": "Cán bộ, công chức",
        "quiet": True,
        "columns": _columns("Tên đăng nhập", "Mã xác thực", "Họ tên, vị trí", "Mật khẩu"),
        "rows": [
            (
                person["handle"],
                codes.get(person["handle"]) or "chưa có",
                f"{person['full_name']}, {person['title']}",
                people.password_of(person),
            )
            for person in officers
        ],
    }


def citizens_table() -> dict[str, Any]:
    """Personal number, name, phone, email, password."""
    return {
        "caption": "Người dân",
        "quiet": True,
        "columns": _columns("Số định danh", "Họ tên", "Điện thoại", "Thư điện tử", "Mật khẩu"),
        "rows": [
            (
                person["personal_number"],
                person["full_name"],
                identity.show_phone(identity.normalise_phone(person["phone"])),
                person["email"] or "không có",
                people.password_of(person),
            )
            for person in people.citizens()
        ],
    }


def _columns(*names: str) -> list[dict[str, str]]:
    return [{"name": name} for name in names]


def _icon(message: Message) -> str:
    return ICONS[Message.Channel(message.channel)]


def _query(request: HttpRequest, **changes: str) -> str:
    """This page's address with some of its questions changed; an empty value takes one away."""
    asked = request.GET.copy()
    for name, value in changes.items():
        asked.pop(name, None)
        if value:
            asked[name] = value
    return "?" + asked.urlencode()
