"""The pages of the demo VNPAY: plain forms that work everywhere, with every outcome to choose from."""

from html import escape
from typing import Any

OUTCOMES = {
    "00": "Thành công",
    "24": "Người nộp hủy giao dịch",
    "51": "Tài khoản không đủ số dư",
    "13": "Nhập sai mã xác thực (OTP)",
    "11": "Hết thời gian chờ thanh toán",
    "09": "Chưa đăng ký ngân hàng trực tuyến",
    "10": "Nhập sai thông tin thẻ quá 3 lần",
    "12": "Thẻ bị khóa",
    "65": "Vượt hạn mức trong ngày",
    "75": "Ngân hàng đang bảo trì",
    "79": "Nhập sai mật khẩu thanh toán quá số lần",
    "07": "Đã trừ tiền, giao dịch bị nghi ngờ",
    "99": "Lỗi khác",
}
NOTICES = {
    "before": "trước khi người nộp quay về",
    "after": "sau khi người nộp đã quay về",
    "never": "không gửi",
    "twice": "gửi hai lần",
    "amount": "ghi số tiền khác",
    "forged": "chữ ký giả",
}
CSS = """
* { box-sizing: border-box; }
body { margin: 0; background: #eef3f8; color: #17212b; font: 17px/1.5 system-ui, sans-serif; }
header { background: #005baa; color: #fff; padding: 14px 16px; font-weight: 700; }
header span { font-weight: 400; opacity: .95; }
main { max-width: 560px; margin: 20px auto; padding: 20px 16px 28px; background: #fff; border: 1px solid #c9d6e2; }
h1 { font-size: 22px; margin: 0 0 12px; }
dl { display: grid; grid-template-columns: auto 1fr; gap: 4px 16px; margin: 0 0 20px; }
dd { margin: 0; font-weight: 600; overflow-wrap: anywhere; }
.amount { font-size: 24px; }
fieldset { border: 1px solid #c9d6e2; margin: 0 0 16px; padding: 8px 14px 12px; }
legend { font-weight: 600; padding: 0 6px; }
label { display: flex; gap: 10px; align-items: center; min-height: 36px; }
input[type=radio], input[type=checkbox] { width: 20px; height: 20px; flex: none; }
select { font: inherit; width: 100%; min-height: 44px; padding: 4px 8px; }
button { font: inherit; font-weight: 700; width: 100%; min-height: 48px; border: 0; background: #005baa; color: #fff; }
button.plain { background: #fff; color: #005baa; border: 2px solid #005baa; margin-top: 10px; }
summary { min-height: 44px; padding: 10px 0; cursor: pointer; color: #00457f; text-decoration: underline; }
:focus-visible { outline: 3px solid #e07b00; outline-offset: 2px; }
"""


def pay(known: Any, notice: str) -> str:
    """The bank's page for an order (a `vnpay.Transaction`)."""
    amount = _money(int(known.asked["vnp_Amount"]) // 100)
    outcomes = "".join(
        f'<label><input type="radio" name="ket_qua" value="{code}"{" checked" if code == "00" else ""}>'
        f"<span>{code} – {words}</span></label>"
        for code, words in OUTCOMES.items()
    )
    notices = "".join(
        f'<option value="{name}"{" selected" if name == notice else ""}>{words}</option>'
        for name, words in NOTICES.items()
    )
    hidden = (
        f'<input type="hidden" name="giao_dich" value="{escape(known.asked["vnp_TxnRef"])}">'
        f'<input type="hidden" name="khoa" value="{known.key}">'
    )
    return _page(
        "Thanh toán",
        f"""<h1>Thanh toán</h1>
<dl><dt>Số tiền</dt><dd class="amount">{amount}</dd>
<dt>Nội dung</dt><dd>{escape(known.asked["vnp_OrderInfo"])}</dd>
<dt>Mã giao dịch</dt><dd>{escape(known.asked["vnp_TxnRef"])}</dd></dl>
<form method="post" action="/paymentv2/ket-qua">{hidden}
<details><summary>Thử kết quả khác</summary>
<fieldset><legend>Kết quả của ngân hàng</legend>{outcomes}</fieldset>
<fieldset><legend>Sau đó</legend>
<label><input type="checkbox" name="dong" value="1"><span>Đóng trình duyệt, không quay về cổng</span></label>
<label for="thong_bao">Thông báo cho máy chủ của cổng:</label>
<select id="thong_bao" name="thong_bao">{notices}</select></fieldset></details>
<button type="submit">Thanh toán {amount}</button></form>
<form method="post" action="/paymentv2/ket-qua">{hidden}<input type="hidden" name="ket_qua" value="24">
<button type="submit" class="plain">Hủy thanh toán</button></form>""",
    )


def closed(known: Any) -> str:
    """The end for somebody who closes the browser at the bank."""
    words = OUTCOMES[known.code]
    return _page(
        "Đã xử lý",
        f"<h1>Ngân hàng đã xử lý</h1><p>Kết quả: <strong>{known.code} – {words}</strong>.</p>"
        "<p>Trang này đứng lại ở đây, như khi người nộp đóng trình duyệt.</p>",
    )


def refused(why: str) -> str:
    """An order that can't be paid."""
    return _page("Không thực hiện được", f"<h1>Không thực hiện được giao dịch</h1><p>{escape(why)}</p>")


def _money(amount: int) -> str:
    return f"{amount:,} đồng".replace(",", ".")


def _page(title: str, body: str) -> str:
    return (
        f'<!doctype html><html lang="vi"><head><meta charset="utf-8"><title>{title} – VNPAY (bản thử)</title>'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        '<link rel="stylesheet" href="/paymentv2/vnpay.css"></head><body>'
        "<header>VNPAY <span>– bản thử, không có tiền thật</span></header>"
        f"<main>{body}</main></body></html>"
    )
