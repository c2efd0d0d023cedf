"""Decisions without a database: how early an outage must be announced, what a visit is."""

import hashlib
import hmac
import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from motcua.core.errors import BusinessError
from motcua.core.words import say
from motcua.core.worktime import Calendar, local

NOTICE_DAYS = 7  # whole working days between announcement and a planned outage: NĐ 224/2026 Điều 13
LONGEST_WORDS = 1000
LONGEST_REASON = 500
LONGEST_OUTAGE = timedelta(days=30)
MOST_AHEAD = timedelta(days=366)


class PlanTrouble(BusinessError):
    """An outage can't be announced like that; `key` is the part of the plan that is wrong."""

    def __init__(self, key: str, text: str) -> None:
        super().__init__(text)
        self.key = key


@dataclass(frozen=True)
class Plan:
    """What is announced.

    Attributes:
        starts_at, ends_at: aware moments; the end itself is no longer part of it.
        affected: values of `Outage.Part`.
        words: what people read besides.
        urgent_reason: why it couldn't be announced in time; "" for a planned one.
    """

    starts_at: datetime
    ends_at: datetime
    affected: tuple[str, ...]
    words: str
    urgent_reason: str = ""


def first_planned_day(now: datetime, calendar: Calendar) -> date:
    """The first day on which an outage that is announced now may begin without a reason for the haste.

    The law counts from the next day on (BLDS Điều 147) and a term ends with its last day (Điều 148), so seven whole
    working days lie between.
    """
    return calendar.add_days(local(now).date(), NOTICE_DAYS) + timedelta(days=1)


def needs_reason(plan: Plan, before: Plan | None, now: datetime, calendar: Calendar) -> bool:
    """Whether a reason for the haste must be given.

    What was announced and only gets shorter or smaller needs none; the reason that it had stays with it.
    """
    if before is not None:
        within = before.starts_at <= plan.starts_at and plan.ends_at <= before.ends_at
        if within and set(plan.affected) <= set(before.affected):
            return bool(before.urgent_reason)
    return local(plan.starts_at).date() < first_planned_day(now, calendar)


def check_plan(plan: Plan, before: Plan | None, *, now: datetime, calendar: Calendar) -> None:
    """Whether people can be told this.

    Raises:
        PlanTrouble: it says nothing, ends before it begins, is over, or comes too suddenly without a reason.
    """
    if not plan.affected:
        raise PlanTrouble("affected", "Chọn ít nhất một phần bị ảnh hưởng.")
    if not plan.words:
        raise PlanTrouble("words", "Ghi nội dung thông báo.")
    if plan.ends_at <= plan.starts_at:
        raise PlanTrouble("ends_at", "Giờ kết thúc phải sau giờ bắt đầu.")
    if plan.ends_at <= now:
        raise PlanTrouble("ends_at", "Giờ kết thúc đã qua, không còn gì để báo trước.")
    if before is not None and before.starts_at <= now and plan.starts_at != before.starts_at:
        raise PlanTrouble("starts_at", "Việc tạm ngừng đã bắt đầu, không đổi giờ bắt đầu được nữa.")
    if plan.ends_at - plan.starts_at > LONGEST_OUTAGE:
        raise PlanTrouble(
            "ends_at", say("Một lần tạm ngừng dài nhất {days} ngày. Xem lại ngày kết thúc.", days=LONGEST_OUTAGE.days)
        )
    if plan.starts_at - now > MOST_AHEAD:
        raise PlanTrouble("starts_at", "Ngày bắt đầu còn hơn một năm nữa. Xem lại năm.")
    if not plan.urgent_reason and needs_reason(plan, before, now, calendar):
        day = first_planned_day(now, calendar)
        raise PlanTrouble(
            "urgent_reason",
            say(
                "Tạm ngừng theo kế hoạch phải báo trước ít nhất {notice_days} ngày làm việc: sớm nhất từ "
                "ngày {day:%d/%m/%Y}. Nếu không chờ được thì ghi lý do.",
                notice_days=NOTICE_DAYS,
                day=day,
            ),
        )


# ---- Visits ----

ONLINE = timedelta(minutes=5)  # seen within so long: "đang truy cập"
MARK_BYTES = 16
LONGEST_AGENT = 400
MACHINES = re.compile(
    r"bot\b|bot/|crawl|spider|slurp|archiver|facebookexternalhit|preview|monitor|uptime|lighthouse|curl|wget|python"
    r"|java/|go-http|okhttp|libwww|httpclient|scrapy|feed|zalo-?scrap",
    re.IGNORECASE,
)


def is_person(agent: str) -> bool:
    """Whether a browser's own description looks like somebody's browser: robots that say so are left out."""
    return bool(agent.strip()) and not MACHINES.search(agent)


def visitor_mark(key: bytes, address: str, agent: str) -> bytes:
    """What stands for one visitor on one day; without that day's key nobody can go back from it to an address."""
    return hmac.new(key, f"{address}\n{agent[:LONGEST_AGENT]}".encode(), hashlib.sha256).digest()[:MARK_BYTES]


def monday_of(day: date) -> date:
    """The first day of its week."""
    return day - timedelta(days=day.weekday())
