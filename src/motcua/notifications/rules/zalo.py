"""What Zalo documents and we rely on: approved templates, error codes, the window for answers, signatures.

Sources: zalo.cloud/zns/guidelines/handle-error-code and developers.zalo.me/docs (ZNS, Official Account, webhook), read
through copies of others; docs/integrator/zalo.md says what was not seen in the original.
"""

import hashlib
import hmac
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from motcua.core.worktime import local
from motcua.notifications.rules import words

FREE_WINDOW = timedelta(hours=48)  # after a follower's last word a chat message costs nothing
ANSWER_MOST = 2000  # letters of a chat message
STAMP_MOST = 14  # digits of a timestamp: until the year 5138; a longer one is no moment that a calendar knows
EVENT_AGE = timedelta(hours=24)  # an older notice isn't taken: it may have been recorded and played again


class Then(StrEnum):
    """What follows a refusal."""

    RETRY = "retry"  # the same message a little later
    RENEW = "renew"  # our access token isn't good any more: a new one, then again
    PAUSE = "pause"  # today's quota is used up: another way, and until tomorrow at once
    NEXT = "next"  # never by this way: another one


# Of the documented codes those that tell something; any other says NEXT, for somebody waits for the news.
CODES: dict[int, tuple[Then, str]] = {
    -100: (Then.RETRY, "unknown error over there"),
    -101: (Then.NEXT, "application invalid"),
    -102: (Then.NEXT, "application does not exist"),
    -103: (Then.NEXT, "application not activated"),
    -104: (Then.NEXT, "secret key of the application invalid"),
    -105: (Then.NEXT, "application not linked to the Official Account"),
    -108: (Then.NEXT, "phone number invalid"),
    -109: (Then.NEXT, "template id invalid"),
    -110: (Then.NEXT, "the person's Zalo is too old"),
    -111: (Then.NEXT, "template data empty"),
    -112: (Then.NEXT, "template data invalid"),
    -114: (Then.NEXT, "the person can't receive it"),
    -115: (Then.PAUSE, "the balance is used up"),
    -117: (Then.NEXT, "no permission for this template"),
    -118: (Then.NEXT, "this number has no Zalo"),
    -119: (Then.NEXT, "this account can't receive it"),
    -124: (Then.RENEW, "access token invalid"),
    -126: (Then.PAUSE, "the wallet is empty"),
    -131: (Then.NEXT, "template not approved"),
    -132: (Then.NEXT, "a parameter is invalid"),
    -133: (Then.NEXT, "not delivered at night"),
    -139: (Then.NEXT, "the person refuses this kind of message"),
    -141: (Then.NEXT, "the person refuses all messages of this account"),
    -144: (Then.PAUSE, "the daily quota of the account is used up"),
    -146: (Then.NEXT, "template switched off for its quality"),
    -147: (Then.NEXT, "the daily quota of the template is used up"),
    -216: (Then.RENEW, "access token invalid"),
    -220: (Then.RENEW, "access token has run out"),
    -213: (Then.NEXT, "the person does not follow the account"),
    -230: (Then.NEXT, "the person has not written for seven days"),
    -32: (Then.RETRY, "too many calls a minute"),
}  # fmt: skip

# The stage that a template tells of, in the words that were approved with it: at most 30 letters.
STAGES: dict[str, str] = {
    "dossier_submitted": "Đã nộp, chờ tiếp nhận",
    "dossier_accepted": "Đã tiếp nhận",
    "dossier_processing": "Đang giải quyết",
    "dossier_draft_ready": "Có bản nháp cần xem",
    "dossier_approved": "Đã ký, đang vào sổ",
    "dossier_result_ready": "Đã có kết quả",
    "dossier_returned": "Đã trả kết quả",
    "dossier_declined": "Chưa được tiếp nhận",
    "dossier_supplement": "Cần bổ sung",
    "dossier_supplemented": "Đã nhận bổ sung",
    "dossier_supplement_ended": "Thôi chờ bổ sung",
    "dossier_supplement_expired": "Hết hạn bổ sung",
    "dossier_withdrawn": "Đã rút",
    "dossier_refused": "Từ chối giải quyết",
    "dossier_stopped": "Dừng giải quyết",
    "dossier_extended": "Hẹn lại ngày trả",
    "dossier_late": "Trễ hẹn",
    "dossier_paid": "Đã nhận phí, lệ phí",
    "dossier_surplus": "Có khoản nộp thừa",
    "dossier_refunded": "Đã hoàn tiền",
    "dossier_fee_changed": "Phí, lệ phí thay đổi",
    "dossier_papers_arrived": "Đã nhận giấy tờ",
    "dossier_result_mailed": "Đã gửi thư kết quả",
    "dossier_posted": "Đã gửi qua bưu chính",
    "dossier_post_failed": "Bưu chính chưa phát được",
    "dossier_post_returned": "Bưu chính đã chuyển hoàn",
}
ANY_STAGE = "Có tin mới, xem trên cổng"
# The parameters of our templates, by Zalo's kinds, and how long each may be.
LONGEST = {"ma_ho_so": 30, "trang_thai": 30, "co_quan": 200, "thoi_diem": 20}


def is_news(template: str) -> bool:
    """Whether the person's choice of ways counts: what happens to a dossier; never what guards an account."""
    return template.startswith("dossier_")


def template_data(template: str, values: dict[str, Any]) -> dict[str, str]:
    """What fills the approved template: code, stage, agency, moment. No name, no reason, no procedure: it has no room.

    Args:
        values: what the act says: `number`, `agency`, `at`.
    """
    found = {
        "ma_ho_so": str(values["number"]),
        "trang_thai": STAGES.get(template, ANY_STAGE),
        "co_quan": str(values.get("agency", "")),
        "thoi_diem": words.moment_in_short(values.get("at")),
    }
    return {name: value[: LONGEST[name]] for name, value in found.items()}


def judged(code: object) -> tuple[Then, str]:
    """What an error code says, and what follows."""
    known = CODES.get(code) if isinstance(code, int) else None
    return known or (Then.NEXT, "a code that we don't know")


def is_open(last_word_at: datetime, now: datetime) -> bool:
    """Whether a follower may still be answered by a chat message that costs nothing."""
    return now - last_word_at < FREE_WINDOW


def signature(app_id: str, raw: bytes, timestamp: str, secret: str) -> str:
    """What the header X-ZEvent-Signature bears: mac=sha256(app id + body as it came + timestamp + the OA's secret)."""
    return "mac=" + hashlib.sha256(app_id.encode() + raw + timestamp.encode() + secret.encode()).hexdigest()


def is_signed(given: str, *, app_id: str, raw: bytes, timestamp: str, secret: str) -> bool:
    """Whether the notice is Zalo's; never without a secret, whatever it says."""
    return bool(secret) and hmac.compare_digest(
        given.strip().encode(), signature(app_id, raw, timestamp, secret).encode()
    )


def event_moment(timestamp: str, now: datetime) -> datetime | None:
    """When the notice was sent (milliseconds since 1970); None: it says none, or one too far from now."""
    if not (timestamp.isascii() and timestamp.isdigit() and len(timestamp) <= STAMP_MOST):
        return None
    sent = datetime.fromtimestamp(int(timestamp) / 1000, tz=now.tzinfo)
    return sent if abs(now - sent) <= EVENT_AGE else None


def quota_returns(now: datetime) -> datetime:
    """The next midnight here: quotas are counted by the day."""
    return (local(now) + timedelta(days=1)).replace(hour=0, minute=0, second=0, microsecond=0)
