"""What a service must have before it may call itself by a level (TT 32/2017 Điều 5; NĐ 224/2026 Điều 14, 15)."""

from collections.abc import Mapping, Sequence
from typing import Any

from motcua.core.errors import BusinessError

ONLINE = "truc-tuyen"


def missing_for_level(settings: Mapping[str, Any], steps: Sequence[Mapping[str, Any]]) -> None:
    """Refuse a level whose requirements aren't met, and say which are missing.

    Mức độ 3 and 4 need online submission and a process behind it; mức độ 4 also payment online; mức độ 4 and "toàn
    trình" also need the result online or by post; "một phần" needs its published reason.

    Raises:
        BusinessError: something is missing.
    """
    level, scope = settings["old_level"], settings["scope"]
    missing = []
    if level >= 3 and ONLINE not in settings["hand_in_ways"]:
        missing.append(f"mức độ {level} phải nhận hồ sơ trực tuyến")
    if level >= 3 and not steps:
        missing.append(f"mức độ {level} phải có quy trình xử lý nội bộ")
    if level == 4 and ONLINE not in settings.get("pay_ways", ()):
        missing.append("mức độ 4 phải cho nộp phí, lệ phí trực tuyến")
    reaches_people = {ONLINE, "buu-chinh"} & set(settings["receive_ways"])
    if (level == 4 or scope == "toan-trinh") and not reaches_people:
        missing.append("toàn trình phải trả kết quả trực tuyến hoặc qua bưu chính")
    if scope == "mot-phan" and not settings.get("partial_reason"):
        missing.append("một phần phải nêu lý do được phép")
    if missing:
        raise BusinessError("Chưa công bố được: " + "; ".join(missing) + ".")
