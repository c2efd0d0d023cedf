"""The pages of the demo post: plain forms that work everywhere, with all that can happen to a parcel."""

from html import escape
from typing import Any

from motcua.config.peers.post.office import CODES, NOT_TAKEN, REASONS, Item, Office

HOW_WORDS = {
    "once": "gửi ngay",
    "twice": "gửi hai lần",
    "later": "để lại, gửi sau thông báo kế tiếp (sai thứ tự)",
    "never": "không gửi, cổng phải tự hỏi",
    "forged": "gửi với chữ ký giả",
}
CSS = """
* { box-sizing: border-box; }
body { margin: 0; background: #fbf6ea; color: #1f1a12; font: 17px/1.5 system-ui, sans-serif; }
header { background: #7a3b00; color: #fff; padding: 14px 16px; font-weight: 700; }
header span { font-weight: 400; }
main { max-width: 880px; margin: 0 auto; padding: 16px; }
h1 { font-size: 24px; margin: 12px 0; }
h2 { font-size: 19px; margin: 0 0 4px; overflow-wrap: anywhere; }
article, section { background: #fff; border: 1px solid #d9c9a8; margin: 0 0 16px; padding: 14px 16px; }
.where { font-weight: 700; color: #7a3b00; margin: 0 0 8px; }
dl { display: grid; grid-template-columns: 9.5em 1fr; gap: 2px 12px; margin: 0 0 8px; }
dt { color: #5d523f; } dd { margin: 0; overflow-wrap: anywhere; }
ol { margin: 4px 0 8px; padding-left: 1.6em; }
fieldset { border: 1px solid #d9c9a8; margin: 10px 0 0; padding: 8px 12px 12px; }
legend { font-weight: 600; padding: 0 6px; }
label { display: block; margin: 8px 0 2px; font-weight: 600; }
label.tick { display: flex; gap: 10px; align-items: center; min-height: 44px; font-weight: 400; margin: 0; }
input, select { font: inherit; min-height: 44px; padding: 4px 8px; width: 100%; max-width: 26em; }
input, select { border: 1px solid #6b604d; }
input[type=checkbox] { width: 22px; height: 22px; min-height: 0; flex: none; }
button { font: inherit; font-weight: 600; min-height: 44px; padding: 4px 14px; border: 2px solid #7a3b00; }
button { background: #fff; color: #7a3b00; margin: 8px 8px 0 0; }
button.main { background: #7a3b00; color: #fff; }
summary { min-height: 44px; padding: 10px 0; cursor: pointer; color: #7a3b00; text-decoration: underline; }
p.none { padding: 24px 0; }
:focus-visible { outline: 3px solid #0057a8; outline-offset: 2px; }
@media (max-width: 560px) { dl { grid-template-columns: 1fr; } dd { margin-bottom: 6px; } }
"""


def listed(office: Office) -> str:
    """All parcels, the newest first."""
    items = list(reversed(office.items.values()))
    cards = "".join(_card(item, office.key) for item in items)
    none = '<p class="none">Chưa có bưu gửi nào. Cổng đặt lệnh gửi thì bưu gửi hiện ở đây.</p>'
    return _page(
        "Bưu gửi",
        f"<h1>Bưu gửi ({len(items)})</h1>{_system(office)}{cards or none}{_paper(office.key)}",
    )


def trouble(words: str) -> str:
    """A wish that can't be done."""
    return _page("Không làm được", f'<h1>Không làm được</h1><p>{escape(words)}</p><p><a href="/">Về danh sách</a></p>')


def _system(office: Office) -> str:
    fault = office.fault
    now = (
        "Hệ thống đang ngừng trả lời." if fault.down else "Hệ thống không tự báo tin." if fault.mute else
        f"Hệ thống không nhận lệnh mới: {escape(fault.refuse)}" if fault.refuse else "Hệ thống đang hoạt động."
    )  # fmt: skip
    wishes = [
        ("ok", "Hoạt động bình thường"), ("down", "Ngừng trả lời"), ("mute", "Không tự báo tin"),
        ("refuse", "Không nhận lệnh mới"),
    ]  # fmt: skip
    buttons = "".join(f'<button name="he_thong" value="{name}">{words}</button>' for name, words in wishes)
    return (
        f'<section><p class="where">{now}</p><details><summary>Thử trục trặc</summary>'
        f'<form method="post" action="/he-thong">{_key(office.key)}{buttons}</form></details></section>'
    )


def _card(item: Item, key: str) -> str:
    asked = item.asked
    facts = [
        ("Số phiếu gửi", item.number or ("nhận lại từ " + item.back_of if item.back_of else "phiếu giấy")),
        ("Chiều", "Từ người dân đến cơ quan" if item.to_agency else "Từ cơ quan đến người dân"),
        ("Người gửi", _side(asked, "Sender")),
        ("Người nhận", _side(asked, "Receiver")),
        ("Trong bưu gửi", _lines(asked.get("Contents"))),
        ("Nhận về tại nhà", _lines(asked.get("Collect"))),
        ("Thu hộ phí", _money(asked.get("CODAmount"))),
        ("Thu cước", _money(asked.get("Postage"))),
    ]
    told = "".join(f"<dt>{name}</dt><dd>{escape(value)}</dd>" for name, value in facts if value)
    history = "".join(f"<li>{_event(event)}</li>" for event in item.events)
    return (
        f'<article id="{escape(item.code)}"><h2>{escape(item.code)}</h2>'
        f'<p class="where">{CODES.get(item.status, "Mới ghi nhận")}</p><dl>{told}</dl>'
        f"<details><summary>Hành trình ({len(item.events)})</summary><ol>{history}</ol></details>"
        f"{'' if item.ended else _acts(item, key)}</article>"
    )


def _acts(item: Item, key: str) -> str:
    """What the postman can do next; delivering and failing have fields of their own."""
    hows = "".join(f'<option value="{how}">{words}</option>' for how, words in HOW_WORDS.items())
    taken = item.status not in {"", "10", "20"}
    plain = ["40", "50", "70", "71", "90"] if taken else ["20", "30", "91"] if item.to_agency else ["30", "91"]
    buttons = "".join(
        f'<button name="viec" value="{code}"{" class=main" if code == plain[0] else ""}>{CODES[code]}</button>'
        for code in plain
    )
    inner = _deliver(item) + _fail(item) if taken else ""
    if item.to_agency and not taken:
        inner = _collect(item) + _fail(item)
    return (
        f'<form method="post" action="/viec">{_key(key)}<input type="hidden" name="ma" value="{escape(item.code)}">'
        f'<label for="how-{item.code}">Thông báo cho cổng</label>'
        f'<select id="how-{item.code}" name="cach">{hows}</select>'
        f"<div>{buttons}</div>{inner}</form>"
    )


def _deliver(item: Item) -> str:
    lines = item.asked.get("Collect") or []
    ticks = "".join(
        f'<label class="tick"><input type="checkbox" name="giay_to" value="{escape(line.get("Key", ""))}" checked>'
        f"<span>Đã nhận: {escape(line.get('Name', ''))}</span></label>"
        for line in lines
    )
    money = "" if item.to_agency else _amounts(item)
    return (
        f"<fieldset><legend>Phát thành công</legend>{money}"
        f'<label for="ky-{item.code}">Người ký nhận</label>'
        f'<input id="ky-{item.code}" name="ky_nhan" value="{escape(str(item.asked.get("ReceiverName") or ""))}">'
        f'{ticks}<div><button name="viec" value="60">Phát thành công</button></div></fieldset>'
    )


def _collect(item: Item) -> str:
    """The postman at the person's door, with money to take for what goes to the agency."""
    return (
        f"<fieldset><legend>Lấy có thu tiền</legend>{_amounts(item)}"
        '<div><button name="viec" value="30-tien">Đã lấy và thu tiền</button></div></fieldset>'
    )


def _amounts(item: Item) -> str:
    fields = [("phi", "Đã thu phí, lệ phí (đồng)", "CODAmount"), ("cuoc", "Đã thu cước (đồng)", "Postage")]
    return "".join(
        f'<label for="{name}-{item.code}">{words}</label><input id="{name}-{item.code}" name="{name}" '
        f'inputmode="numeric" value="{int(item.asked.get(asked) or 0)}">'
        for name, words, asked in fields
    )


def _fail(item: Item) -> str:
    what = "lấy" if item.status in NOT_TAKEN else "phát"
    reasons = "".join(f'<option value="{code}">{words}</option>' for code, words in REASONS.items())
    return (
        f'<fieldset><legend>Chưa được</legend><label for="ly-do-{item.code}">Lý do</label>'
        f'<select id="ly-do-{item.code}" name="ly_do">{reasons}</select>'
        f'<label for="lai-{item.code}">Đến lại ngày</label><input id="lai-{item.code}" type="date" name="den_lai">'
        f'<div><button name="viec" value="61">Chưa {what} được</button></div></fieldset>'
    )


def _paper(key: str) -> str:
    return (
        "<section><h2>Nhận bằng phiếu giấy</h2><p>Khi hệ thống ngừng, cơ quan giao bằng phiếu giấy; mã bưu gửi in trên "
        f'phiếu.</p><form method="post" action="/phieu-giay">{_key(key)}<label for="ma-giay">Mã bưu gửi</label>'
        '<input id="ma-giay" name="ma" autocomplete="off"><div><button>Ghi nhận</button></div></form></section>'
    )


def _event(event: dict[str, Any]) -> str:
    """A line of the history, in words."""
    more = [
        event.get("Place"), REASONS.get(str(event.get("ReasonCode", ""))), event.get("Reason"),
        f"đến lại {event['NextTry']}" if event.get("NextTry") else "",
        f"thu phí {_money(event['CODCollected'])}" if "CODCollected" in event else "",
        f"thu cước {_money(event['PostageCollected'])}" if "PostageCollected" in event else "",
        f"ký nhận: {event['ReceivedBy']}" if event.get("ReceivedBy") else "",
        f"nhận về {len(event['Papers'])} giấy tờ, mã {event.get('ReturnItemCode')}" if event.get("Papers") else "",
    ]  # fmt: skip
    said = ", ".join(str(part) for part in more if part)
    moment = str(event["Time"])[:16].replace("T", " ")
    return escape(f"{moment} {CODES.get(str(event['StatusCode']), '')}{': ' + said if said else ''}")


def _side(asked: dict[str, Any], side: str) -> str:
    parts = [str(asked.get(f"{side}{name}") or "") for name in ("Name", "Tel", "Address")]
    return ", ".join(part for part in parts if part)


def _lines(lines: Any) -> str:
    found = lines if isinstance(lines, list) else []
    return "; ".join(
        " – ".join(part for part in (line.get("Name"), line.get("Note"), _count(line)) if part) for line in found
    )


def _count(line: dict[str, Any]) -> str:
    count = int(line.get("Count") or 1)
    return f"{count} bản" if count > 1 else ""


def _money(amount: Any) -> str:
    return f"{int(amount or 0):,} đồng".replace(",", ".")


def _key(key: str) -> str:
    return f'<input type="hidden" name="khoa" value="{key}">'


def _page(title: str, body: str) -> str:
    return (
        f'<!doctype html><html lang="vi"><head><meta charset="utf-8"><title>{title} – Bưu chính (bản thử)</title>'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        '<link rel="stylesheet" href="/buu-chinh.css"></head><body>'
        "<header>Bưu chính công ích <span>– bản thử: ông/bà là nhân viên bưu chính</span></header>"
        f"<main>{body}</main></body></html>"
    )
