"""What may be noted of a telephone call: pure."""

from datetime import datetime, timedelta

LONGEST_SAID = 1000
OLDEST = timedelta(days=31)
TIME = "%H:%M"


def check_call(at: datetime, said: str, *, now: datetime, since: datetime | None) -> str:
    """What is wrong with a call that is to be noted, in Vietnamese; empty: nothing."""
    if not said.strip():
        return "Nhập nội dung cuộc gọi"
    if at > now + timedelta(minutes=1):
        return "Giờ gọi không được sau lúc này"
    if at < now - OLDEST:
        return "Chỉ ghi cuộc gọi trong vòng 31 ngày"
    if since is not None and at < since.replace(second=0, microsecond=0):
        return "Giờ gọi phải sau lúc hồ sơ được nộp"
    return ""
