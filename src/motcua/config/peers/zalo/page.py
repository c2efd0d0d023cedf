"""The phones of the demo Zalo, as pages: what came, and what one does with the account. They work without scripts."""

from datetime import datetime, timedelta, timezone
from html import escape

from motcua.config.peers.zalo.office import Office, Phone

HERE = timezone(timedelta(hours=7))
CSS = """
* { box-sizing: border-box; }
body { margin: 0; background: #e8eef5; color: #17212b; font: 17px/1.5 system-ui, sans-serif; }
header { background: #0b57b7; color: #fff; padding: 14px 16px; font-weight: 700; }
header span { font-weight: 400; }
main { max-width: 520px; margin: 16px auto; padding: 16px; background: #fff; border: 1px solid #c5d2e0; }
h1 { font-size: 21px; margin: 0 0 12px; }
h2 { font-size: 17px; margin: 20px 0 6px; }
ul, ol { list-style: none; margin: 0; padding: 0; }
ol { background: #e8eef5; padding: 12px; min-height: 120px; display: flex; flex-direction: column; gap: 10px; }
ol li { background: #fff; border: 1px solid #c5d2e0; padding: 8px 12px; max-width: 88%; overflow-wrap: anywhere; }
ol li.mine { align-self: flex-end; background: #d8e8ff; }
small { display: block; color: #45566a; }
a { color: #0a4a9c; }
label { display: block; font-weight: 600; margin: 0 0 4px; }
input, button { font: inherit; width: 100%; min-height: 46px; padding: 4px 10px; border: 2px solid #6b7d90; }
button { border: 0; background: #0b57b7; color: #fff; font-weight: 700; margin-top: 8px; }
button.plain { background: #fff; color: #0a4a9c; border: 2px solid #0b57b7; }
form { margin: 14px 0 0; }
ul a { display: block; min-height: 44px; padding: 9px 0; }
summary { min-height: 44px; padding: 10px 0; cursor: pointer; color: #0a4a9c; text-decoration: underline; }
:focus-visible { outline: 3px solid #e07b00; outline-offset: 2px; }
"""


def phones(office: Office) -> str:
    """Whose Zalo to look into."""
    rows = "".join(
        f'<li><a href="/may/{number}">{shown(number)}'
        f"{', đang quan tâm' if phone.follows else ''}, {len(phone.chat)} tin</a></li>"
        for number, phone in sorted(office.phones.items())
    )
    return _page(
        "Chọn điện thoại",
        f"""<h1>Zalo của số điện thoại nào?</h1>
<form method="get" action="/may"><label for="so">Số điện thoại</label>
<input id="so" name="so" inputmode="tel" autocomplete="off" required>
<button type="submit">Mở Zalo</button></form>
{"<h2>Đã có tin</h2><ul>" + rows + "</ul>" if rows else ""}""",
    )


def phone(office: Office, one: Phone) -> str:
    """One phone: the conversation with the account."""
    name = escape(office.settings["oa_name"])
    said = "".join(
        f'<li{" class=mine" if each["kind"] == "mine" else ""} data-kind="{each["kind"]}">{escape(each["text"])}'
        f"<small>{KINDS[each['kind']]}, {_moment(each['at'])}</small></li>"
        for each in one.chat
    )
    has = ("khong-zalo", "Số này không dùng Zalo") if one.has_zalo else ("co-zalo", "Số này dùng Zalo")
    on = ("tat-may", "Tắt máy: tin không tới nơi") if one.is_on else ("bat-may", "Bật máy")
    tries = "".join(
        f'<form method="post" action="/may/{one.number}/{path}"><button class="plain">{told}</button></form>'
        for path, told in (has, on)
    )
    act, words = ("bo-quan-tam", "Bỏ quan tâm") if one.follows else ("quan-tam", "Quan tâm")
    here = f"/may/{one.number}"
    return _page(
        f"Zalo của {shown(one.number)}",
        f"""<p><a href="/">Điện thoại khác</a> · <a href="{here}">Xem tin mới</a></p>
<h1>{name}</h1><p>Zalo của số {shown(one.number)}{"" if one.has_zalo else ", số này không dùng Zalo"}</p>
<ol aria-label="Tin nhắn" tabindex="0">{said or "<li>Chưa có tin nào.</li>"}</ol>
<form method="post" action="{here}/viet"><label for="chu">Nhắn cho {name}</label>
<input id="chu" name="chu" autocomplete="off" maxlength="500" required><button type="submit">Gửi</button></form>
<form method="post" action="{here}/{act}"><button type="submit" class="plain">{words}</button></form>
<details><summary>Thử chuyện khác</summary>{tries}</details>""",
    )


KINDS = {"zns": "tin theo mẫu đã duyệt", "chat": "tin nhắn của tài khoản chính thức", "mine": "ông/bà nhắn"}


def shown(number: str) -> str:
    """0900 000 217."""
    local = "0" + number[2:]
    return f"{local[:4]} {local[4:7]} {local[7:]}"


def _moment(at: str) -> str:
    return f"{datetime.fromisoformat(at).astimezone(HERE):%H:%M:%S}"


def _page(title: str, body: str) -> str:
    return (
        f'<!doctype html><html lang="vi"><head><meta charset="utf-8"><title>{title} – Zalo (bản thử)</title>'
        '<meta name="viewport" content="width=device-width, initial-scale=1"><link rel="stylesheet" href="/zalo.css">'
        "</head><body><header>Zalo <span>– bản thử, không có ai ở ngoài</span></header>"
        f"<main>{body}</main></body></html>"
    )
