"""What a dossier does when the post says something of one of its parcels: it follows, tells, leaves traces."""

from collections.abc import Callable
from datetime import date, datetime, time

from django.utils import timezone

from motcua.core.words import money as in_figures
from motcua.core.words import say
from motcua.core.worktime import VIETNAM
from motcua.delivery.models import Parcel
from motcua.delivery.rules.states import Direction, ParcelState
from motcua.dossiers.models import DeliveryState, Dossier, State
from motcua.dossiers.queries.money import account_of
from motcua.dossiers.rules import delivery as rules
from motcua.dossiers.rules.delivery import Receive
from motcua.dossiers.services import money
from motcua.dossiers.services.acting import lock, move, note, prove, tell
from motcua.payments import services as payments
from motcua.payments.rules.states import Method

S = ParcelState


def to_collect(parcel: Parcel) -> str:
    """What the person has ready for the postman, in a sentence."""
    due = parcel.postage_due + parcel.fee_due
    if not due:
        return "Khi nhận không phải trả gì."
    if not parcel.fee_due:
        return say("Khi nhận trả nhân viên bưu chính {amount}, là cước bưu chính.", amount=in_figures(due))
    return say(
        "Khi nhận trả nhân viên bưu chính {amount}, trong đó phí, lệ phí {fee}.",
        amount=in_figures(due),
        fee=in_figures(parcel.fee_due),
    )


def follow(parcel: Parcel, what: str) -> None:
    """Bring a dossier in line with its parcel, in the transaction that moved it; tell the person, leave traces.

    Args:
        what: what happened, as `delivery.signals.parcel_changed` says it.
    """
    found = Dossier.objects.filter(ref=parcel.about_ref).first()
    followed = FOLLOWS.get((str(parcel.direction), what))
    if found is not None and followed is not None:
        followed(lock(found), parcel)


def _handed_over(dossier: Dossier, parcel: Parcel) -> None:
    if dossier.state != State.ISSUED or dossier.delivery_state == DeliveryState.AT_POST:
        return
    now = timezone.now()
    dossier.delivery_state = DeliveryState.AT_POST
    dossier.save(update_fields=["delivery_state"])
    sentences = [say("Mã bưu gửi {item_code}.", item_code=parcel.item_code)]
    if parcel.due_on:
        sentences.append(say("Dự kiến phát trước ngày {due_on:%d/%m/%Y}.", due_on=parcel.due_on))
    text = " ".join([*sentences, to_collect(parcel)])
    note(dossier, "posted", "Đã giao kết quả cho bưu chính", by=None, at=now, text=text)
    prove("dossier.posted", dossier, None, parcel=parcel.number, item_code=parcel.item_code)
    due_at = _closing(parcel.due_on)
    tell("dossier_posted", dossier, at=now, due_at=due_at, once=parcel.number, next_step=_at_the_door(parcel))


def _of(parcel: Parcel, news: str) -> str:
    return f"{say('Bưu gửi {code}.', code=parcel.item_code or parcel.number)} {news}"


def _closing(day: date | None) -> datetime | None:
    """The end of the post's working day: it promises days, messages tell moments."""
    return datetime.combine(day, time(17), VIETNAM) if day else None


def _at_the_door(parcel: Parcel) -> str:
    """What the person does when the postman comes."""
    papers = "; ".join(f"{line['name']} ({line['what']})" for line in parcel.collects)
    ready = say("chờ nhân viên bưu chính gọi, chuẩn bị căn cước. {pay}", pay=to_collect(parcel))
    return f"{ready} {say('Giao cho nhân viên bưu chính: {papers}.', papers=papers)}" if papers else ready


def _delivered(dossier: Dossier, parcel: Parcel) -> None:
    if dossier.state != State.ISSUED:
        return
    now = timezone.now()
    dossier.delivery_state = DeliveryState.DELIVERED
    move(dossier, State.RETURNED, "delivery_state")
    who = say("Người nhận: {received_by}.", received_by=parcel.received_by) if parcel.received_by else ""
    note(dossier, "post_delivered", "Bưu chính đã phát kết quả", by=None, at=now, text=who)
    prove("dossier.post_delivered", dossier, None, parcel=parcel.number)
    tell("dossier_returned", dossier, at=now)


def _failed(dossier: Dossier, parcel: Parcel) -> None:
    now = timezone.now()
    why = parcel.failure_words or parcel.get_failure_display()
    again = (
        say("Bưu chính phát lại ngày {next_on:%d/%m/%Y}.", next_on=parcel.next_on)
        if parcel.next_on
        else "Bưu chính sẽ liên hệ lại."
    )
    title, reason = say("Bưu chính chưa phát được, lần {attempts}", attempts=parcel.attempts), f"{why}. {again}"
    note(dossier, "post_failed", title, by=None, at=now, text=reason)
    prove("dossier.post_failed", dossier, None, parcel=parcel.number, attempt=parcel.attempts)
    tell(
        "dossier_post_failed", dossier, at=now, due_at=_closing(parcel.next_on),
        once=f"{parcel.number}-{parcel.attempts}", reason=reason,
    )  # fmt: skip


def _came_back(dossier: Dossier, parcel: Parcel) -> None:
    """The result lies at the desk again; the person fetches it there, unless they say otherwise."""
    news = say("Bưu chính không phát được và đã chuyển kết quả về {desk_name}.", desk_name=dossier.agency.desk_name)
    _back_at_desk(dossier, parcel, "Kết quả được bưu chính chuyển hoàn", news)


def _lost(dossier: Dossier, parcel: Parcel) -> None:
    news = "Bưu chính báo thất lạc bưu gửi có kết quả. Cơ quan sẽ liên hệ để cấp lại; bưu chính chịu trách nhiệm."
    _back_at_desk(dossier, parcel, "Bưu chính báo thất lạc kết quả", news)


def _back_at_desk(dossier: Dossier, parcel: Parcel, title: str, news: str) -> None:
    if dossier.state != State.ISSUED:
        return
    now = timezone.now()
    others = rules.received_by(dossier.delivery) - rules.ON_PAPER
    dossier.delivery |= {"receive_now": [*sorted(others), str(Receive.DESK)]}
    dossier.delivery_state = DeliveryState.WAITING
    dossier.save(update_fields=["delivery", "delivery_state"])
    note(dossier, "post_returned", title, by=None, at=now, text=_of(parcel, news))
    prove("dossier.post_returned", dossier, None, parcel=parcel.number, state=str(parcel.state))
    tell("dossier_post_returned", dossier, at=now, once=f"{parcel.number}-{parcel.state}", reason=news)


def _dropped(dossier: Dossier, parcel: Parcel) -> None:
    """The order was dropped before the postman had anything; the desk can send anew."""
    title = say("Đã hủy phiếu gửi {number}", number=parcel.number)
    note(dossier, "post_cancelled", title, by=None, at=timezone.now(), for_people=parcel.ordered_by == dossier.user)
    prove("dossier.post_cancelled", dossier, None, parcel=parcel.number)


def _refused(dossier: Dossier, parcel: Parcel) -> None:
    title = say("Bưu chính không nhận lệnh gửi {number}", number=parcel.number)
    by_person = parcel.direction == Direction.TO_AGENCY
    note(dossier, "post_refused", title, by=None, at=timezone.now(), text=parcel.trouble, for_people=by_person)


def _fetched(dossier: Dossier, parcel: Parcel) -> None:
    names = "; ".join(str(line["name"]) for line in parcel.contents)
    text = (
        say("Mã bưu gửi {item_code}. {names}.", item_code=parcel.item_code, names=names)
        if parcel.item_code
        else f"{names}."
    )
    note(dossier, "papers_fetched", "Nhân viên bưu chính đã nhận giấy tờ để chuyển đến cơ quan", by=None,
         at=timezone.now(), text=text)  # fmt: skip


def _papers_lost(dossier: Dossier, parcel: Parcel) -> None:
    now, lost = timezone.now(), parcel.state == S.LOST
    news = (
        "Bưu chính báo thất lạc bưu gửi có giấy tờ của ông/bà. Cơ quan và bưu chính sẽ liên hệ."
        if lost
        else "Bưu chính đã trả giấy tờ về nơi gửi, chưa đến được cơ quan."
    )
    note(dossier, "papers_not_come", "Giấy tờ chưa đến được cơ quan", by=None, at=now, text=news)
    prove("dossier.post_returned", dossier, None, parcel=parcel.number, state=str(parcel.state))
    tell("dossier_post_returned", dossier, at=now, once=f"{parcel.number}-{parcel.state}", reason=news)


def _cash(dossier: Dossier, parcel: Parcel) -> None:
    """Book what the postman took for the agency: the fee, or a part of it, or more than that."""
    came, due = parcel.fee_collected or 0, parcel.fee_due
    if came != due:
        note(
            dossier, "post_cash", "Bưu chính thu khác số phải thu", by=None, at=timezone.now(),
            text=_of(parcel, say("Phải thu {due}, đã thu {came}.", due=in_figures(due), came=in_figures(came))),
            for_people=False,
        )  # fmt: skip
        prove("dossier.post_cash_differs", dossier, None, parcel=parcel.number, due=due, amount=came)
    if not came:
        return
    order = money.ask_part(dossier, came) or next(reversed(account_of(dossier).money.orders), None)
    if order is None:  # nothing was ever owed here, and the receipt needs an order: the desk settles it with the post
        return
    payments.collect(order, method=Method.POSTMAN, amount=came, by=None, reference=parcel.item_code)
    money.ask_rest(dossier)


FOLLOWS: dict[tuple[str, str], Callable[[Dossier, Parcel], None]] = {
    ("to_person", str(S.HANDED_TO_POST)): _handed_over,
    ("to_person", str(S.IN_TRANSIT)): _handed_over,
    ("to_person", str(S.OUT_FOR_DELIVERY)): _handed_over,
    ("to_person", str(S.DELIVERED)): _delivered,
    ("to_person", str(S.FAILED)): _failed,
    ("to_person", str(S.RETURNED)): _came_back,
    ("to_person", str(S.LOST)): _lost,
    ("to_person", str(S.CANCELLED)): _dropped,
    ("to_person", "refused"): _refused,
    ("to_person", "money"): _cash,
    ("to_agency", str(S.PICKED_UP)): _fetched,
    ("to_agency", str(S.RETURNED)): _papers_lost,
    ("to_agency", str(S.LOST)): _papers_lost,
    ("to_agency", str(S.CANCELLED)): _dropped,
    ("to_agency", "refused"): _refused,
}
