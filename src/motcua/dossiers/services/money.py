"""Acts about a dossier's fee: ask for it, take it, give it back; and what follows when money has moved.

The money itself lies in `payments`, which knows no dossier. Whoever holds an order's row holds the dossier's first
(`receivers.hold_dossier`), so a notice of the bank and an officer's act never wait for each other.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone

from motcua.accounts.models import User
from motcua.core.errors import BusinessError
from motcua.core.text import clean, clean_lines
from motcua.core.words import money, say
from motcua.core.worktime import local
from motcua.dossiers.models import Dossier, PaymentState, State
from motcua.dossiers.queries import drafts as reads
from motcua.dossiers.queries.money import Account, account_of, booking_of, owes
from motcua.dossiers.queries.posting import waits_for_papers
from motcua.dossiers.rules import fees, person
from motcua.dossiers.rules import money as rules
from motcua.dossiers.services.acting import begin, begin_as_applicant, lock, note, prove, tell
from motcua.dossiers.services.pausing import start_reception
from motcua.payments import services as payments
from motcua.payments.models import Booking, Order, Refund
from motcua.payments.rules.states import Method

# ---- Asking for it ----


def ask(dossier: Dossier, *, by: User | None) -> Order | None:
    """Open the order for what a locked dossier still owes, inside another act; None where nothing is owed.

    The same amount asked for again is the same order. A new amount takes the place of the one before.
    """
    account = account_of(dossier)
    if not account.owed:
        return None
    return payments.open_order(
        about=dossier.about, agency=dossier.agency, payer_name=person.whose(dossier.applicant),
        lines=_lines(dossier, account), amount=account.owed, by=by,
    )  # fmt: skip


def _lines(dossier: Dossier, account: Account) -> list[dict[str, Any]]:
    """What the order and its receipt name: the quote's lines, or what was added to them since they were paid."""
    rows = [row for row in dossier.fee_quote if row["amount"]]
    if not account.kept_of_fee:
        return [_line(row, row["amount"]) for row in rows]
    return [_line(rows[0], account.owed) | {"name": say("{name}, phần còn phải nộp", name=rows[0]["name"])}]


def ask_part(dossier: Dossier, came: int) -> Order | None:
    """The order that money fits which somebody has taken already, inside another act; None where nothing is owed.

    Where less came than is owed, it is an order of its own: what came is kept for the fee, `ask_rest` asks for more.

    Args:
        came: đồng, more than none.
    """
    order = ask(dossier, by=None) if owes(dossier) else None
    if order is None or came >= order.amount:
        return order
    payments.cancel_order(order, by=None, reason="Thu được một phần")
    return payments.open_order(
        about=dossier.about, agency=dossier.agency, payer_name=order.payer_name, lines=_part(order.lines, came),
        amount=came, by=None,
    )  # fmt: skip


def _part(lines: Iterable[Mapping[str, Any]], came: int) -> list[dict[str, Any]]:
    """The lines that an amount pays, in their order; the last one in part."""
    found: list[dict[str, Any]] = []
    for line in lines:
        amount = min(line["amount"], came - sum(row["amount"] for row in found))
        if amount:
            part = amount < line["amount"]
            found.append(
                {**line, "amount": amount} | ({"name": say("{name}, nộp một phần", name=line["name"])} if part else {})
            )
    return found


def ask_rest(dossier: Dossier) -> None:
    """Ask for what is still owed after a part came, inside the act that booked it."""
    dossier.refresh_from_db(fields=["payment_state"])
    if not account_of(dossier).owed or dossier.payment_state != PaymentState.PAID:
        return
    ask(dossier, by=None)
    dossier.payment_state = PaymentState.OWED
    dossier.save(update_fields=["payment_state"])


def _line(row: Mapping[str, Any], amount: int) -> dict[str, Any]:
    return {"key": row["key"], "kind": row["kind"], "name": row["name"], "amount": amount}


def stop_asking(dossier: Dossier, reason: str) -> None:
    """Ask for nothing any more, inside the act that ends a locked dossier: withdrawn, declined, refused, stopped.

    Money that comes all the same is booked as surplus, and the desk gives it back.
    """
    if dossier.payment_state not in rules.OWING:
        return
    account = account_of(dossier)
    if account.open_order is not None:
        payments.cancel_order(account.open_order, by=None, reason=reason)
    dossier.payment_state = rules.standing(
        PaymentState(dossier.payment_state), account.flow, total=dossier.fee_total, waits=False
    )
    dossier.save(update_fields=["payment_state"])


def requote(dossier: Dossier, *, by: User) -> int:
    """Work the fee out again inside an act that changed a locked dossier's answers; how much it grew, in đồng.

    What was in force on the day of submission counts. What is owed more is asked for; what was paid too much shows on
    the desk as to be given back.
    """
    assert dossier.submitted_at is not None
    before = dossier.fee_total
    quote = reads.quote(dossier, local(dossier.submitted_at).date())
    total = fees.fee_total(quote)
    if quote == dossier.fee_quote:
        return 0
    dossier.fee_quote, dossier.fee_total = quote, total
    dossier.delivery |= {"copies": reads.copies(dossier)}
    _ask_anew(dossier, by)
    dossier.save(update_fields=["fee_quote", "fee_total", "delivery", "payment_state", "answer_by"])
    if total != before:
        _tell_new_fee(dossier, before, by)
    return total - before


def _ask_anew(dossier: Dossier, by: User) -> None:
    """Bring the order in line with a new fee. After acceptance the clock runs on: more is owed, not asked for."""
    account, was = account_of(dossier), PaymentState(dossier.payment_state)
    order = account.open_order
    if account.owed:
        ask(dossier, by=by)
        waits = dossier.offering_version.clock_starts if dossier.accepted_at is None else ""
        dossier.payment_state = rules.first_state(account.owed, waits)
    else:
        if order is not None:
            payments.cancel_order(order, by=by, reason="Phí, lệ phí đã thay đổi")
        dossier.payment_state = rules.standing(was, account.flow, total=dossier.fee_total, waits=False)
    _time_reception(dossier, was)


def _tell_new_fee(dossier: Dossier, before: int, by: User) -> None:
    now, account = timezone.now(), account_of(dossier)
    text: str = say("Từ {before} thành {now}.", before=money(before), now=money(dossier.fee_total))
    if account.owed:
        text += say(" Còn phải nộp {amount}.", amount=money(account.owed))
    elif account.to_give_back:
        text += say(" Cơ quan sẽ hoàn lại {amount}.", amount=money(account.to_give_back))
    note(dossier, "requote", "Phí, lệ phí thay đổi", by=by, at=now, text=text)
    prove("dossier.fee_changed", dossier, by, before=before, amount=dossier.fee_total)
    tell("dossier_fee_changed", dossier, at=now, once=f"{now:%y%m%d%H%M%S}", next_step=text)


# ---- Taking it ----


def take_with_result(dossier: Dossier, amount: int, *, by: User) -> None:
    """Take at the counter what a locked dossier still owes, inside the act that gives its result out.

    Raises:
        BusinessError: it owes another amount.
    """
    order = ask(dossier, by=by)
    assert order is not None
    payments.collect(order, method=Method.CASH, amount=amount, by=by)
    dossier.payment_state = PaymentState.PAID  # `settle` has saved it already


@transaction.atomic
def order_to_pay(dossier: Dossier, *, by: User) -> Order:
    """The order that the person is about to pay.

    Raises:
        Http404: it is somebody else's dossier.
        BusinessError: nothing is owed, or not any more.
        Conflict: the dossier has ended meanwhile.
    """
    dossier = begin_as_applicant("pay", dossier, by)
    return _open_order(dossier, by)


def _open_order(dossier: Dossier, by: User) -> Order:
    order = ask(dossier, by=by) if owes(dossier) else None
    if order is None:
        raise BusinessError("Hồ sơ này không còn khoản phí, lệ phí nào phải nộp.")
    return order


@transaction.atomic
def collect(dossier: Dossier, *, by: User, method: Method, amount: int, reference: str = "", seen: str = "") -> Booking:
    """Take the fee at the counter, or from the postman who took it (thu phí).

    Args:
        amount: what was given, in đồng; cash must fit what is owed.
        reference: the post's number of its hand-over.

    Raises:
        Http404: the officer is of another agency.
        BusinessError: the role is another one, nothing is owed any more, or the amount doesn't fit.
        Conflict: a colleague was first.
    """
    dossier, _ = begin("collect_fee", dossier, by, seen=seen)
    order = _open_order(dossier, by)
    return payments.collect(order, method=method, amount=amount, by=by, reference=clean(reference)[:60])


@transaction.atomic
def book_transfer(dossier: Dossier, *, by: User, amount: int, reference: str, seen: str = "") -> Booking:
    """Write down a transfer that stands on the bank's statement, whatever the dossier's state: the money is there.

    What isn't owed (another amount, a second time, after the end) is booked as surplus.

    Args:
        amount: as on the statement, in đồng.
        reference: the bank's number of the transfer; the same one is never booked twice.

    Raises:
        Http404: the officer is of another agency.
        BusinessError: the role is another one, number or amount are missing, or money was never asked for here.
        Conflict: a colleague was first.
    """
    dossier, _ = begin("book_transfer", dossier, by, seen=seen)
    order = ask(dossier, by=by) if owes(dossier) else None
    order = order or next(reversed(account_of(dossier).money.orders), None)
    if order is None:
        raise BusinessError("Hồ sơ này chưa từng có khoản nào phải nộp. Xin xem lại mã nộp tiền trên sao kê.")
    return payments.collect(order, method=Method.TRANSFER, amount=amount, by=by, reference=reference)


@transaction.atomic
def refund(
    dossier: Dossier, booking_id: int, *, by: User, amount: int, reason: str, account: str = "", seen: str = ""
) -> Refund:
    """Give money back (hoàn phí): all of a payment or a part of it.

    Args:
        account: where to; empty: the way it came.

    Raises:
        Http404: the officer is of another agency, or the payment is another dossier's.
        BusinessError: the role is another one, the reason is missing, less than this is left of the payment, or more
            of the fee is being asked for.
        Conflict: a colleague was first.
    """
    reason = clean_lines(reason)
    dossier, _ = begin("refund_fee", dossier, by, reason=reason, seen=seen)
    booking = booking_of(dossier, booking_id)
    if account_of(dossier).open_order is not None and not booking.surplus:
        # What goes back would be owed again, and the open order asks for less than that.
        raise BusinessError("Hồ sơ còn khoản phải nộp: chỉ hoàn được khoản nộp thừa.")
    return payments.refund(booking, amount=amount, reason=reason, account=clean(account)[:200], by=by)


# ---- What follows ----


def settle(ref: str, order: Order, what: str) -> None:
    """Bring a dossier in line with its money, in the transaction that moved it; tell the person, leave traces.

    Args:
        what: what happened, as `payments.signals.money_changed` says it.
    """
    found = Dossier.objects.filter(ref=ref).first()
    if found is None:
        return
    dossier, account = lock(found), account_of(found)
    was = PaymentState(dossier.payment_state)
    dossier.payment_state = rules.standing(
        was, account.flow, total=dossier.fee_total, waits=account.open_order is not None
    )
    _time_reception(dossier, was)
    dossier.save(update_fields=["payment_state", "answer_by"])
    if what in FOLLOWS:
        FOLLOWS[what](dossier, account, order)


def _time_reception(dossier: Dossier, was: PaymentState) -> None:
    """The desk's hours to answer begin when nobody waits for money any more, and don't run while somebody does."""
    if dossier.state != State.SUBMITTED:
        return
    if dossier.payment_state == PaymentState.ASKED:
        dossier.answer_by = None
    elif was == PaymentState.ASKED and not waits_for_papers(dossier):
        start_reception(dossier, timezone.now())


def _paid(dossier: Dossier, account: Account, order: Order) -> None:
    booking = next(one for one in account.money.bookings if one.order_id == order.pk and not one.surplus)
    how = Method(booking.method).label
    # Whoever paid at the bank, it is the person's account; an officer's name stands where an officer took the money.
    note(
        dossier, "collect_fee" if booking.by else "pay",
        say("Đã nộp {amount} phí, lệ phí", amount=money(booking.amount)),
        by=booking.by or dossier.user, at=booking.at,
        text=say("{how}. Mã nộp tiền {number}.", how=how, number=order.number),
    )  # fmt: skip
    prove("dossier.fee_paid", dossier, booking.by, amount=booking.amount, method=booking.method, order=order.number)
    if booking.method == Method.CASH and (dossier.state == State.ISSUED or _just_received(dossier)):
        return  # paid over the counter for what is handed over there and then: the result, or the receipt
    tell(
        "dossier_paid", dossier, at=booking.at, by=booking.by, due_at=dossier.answer_by, once=order.number,
        amount=money(booking.amount), next_step=_after_payment(dossier),
    )  # fmt: skip


def _just_received(dossier: Dossier) -> bool:
    """Whether the fee is taken within the act that receives a dossier at the counter."""
    return bool(dossier.helped_by_id) and dossier.accepted_at is None


def _after_payment(dossier: Dossier) -> str:
    if dossier.state == State.SUBMITTED and dossier.answer_by:
        return "chờ Bộ phận Một cửa kiểm tra và tiếp nhận hồ sơ. Biên lai có trong mục Hồ sơ của tôi."
    return "không phải làm gì thêm. Biên lai có trong mục Hồ sơ của tôi."


def _surplus(dossier: Dossier, account: Account, order: Order) -> None:
    booking = [one for one in account.money.bookings if one.order_id == order.pk and one.surplus][-1]
    why = say("Khoản này nộp thừa hoặc nộp khi không còn phải nộp ({label}).", label=Method(booking.method).label)
    note(
        dossier, "surplus", say("Đã nhận {amount} không phải nộp", amount=money(booking.amount)),
        by=None, at=booking.at, text=say("{why} Cơ quan sẽ hoàn lại.", why=why),
    )  # fmt: skip
    prove("dossier.fee_surplus", dossier, booking.by, amount=booking.amount, order=order.number)
    tell(
        "dossier_surplus", dossier, at=booking.at, once=f"{order.number}-{booking.pk}", amount=money(booking.amount),
    )  # fmt: skip


def _refunded(dossier: Dossier, account: Account, order: Order) -> None:
    one = _last_refund(account, order)
    note(
        dossier, "refund_fee", say("Đã hoàn {amount}", amount=money(one.amount)),
        by=one.by, at=timezone.now(), text=one.reason,
    )  # fmt: skip
    prove("dossier.fee_refunded", dossier, one.by, amount=one.amount, reason=one.reason, order=order.number)
    tell(
        "dossier_refunded", dossier, at=timezone.now(), by=one.by, once=one.request_id, amount=money(one.amount),
        reason=one.reason,
    )  # fmt: skip


def _refund_asked(dossier: Dossier, account: Account, order: Order) -> None:
    one = _last_refund(account, order)
    title = say("Đang hoàn {amount} qua {label}", amount=money(one.amount), label=Method(one.way).label)
    note(dossier, "refund_fee", title, by=one.by, at=one.at, text=one.reason, for_people=False)
    prove("dossier.fee_refund_asked", dossier, one.by, amount=one.amount, reason=one.reason, order=order.number)


def _refund_failed(dossier: Dossier, account: Account, order: Order) -> None:
    one = _last_refund(account, order)
    title = say("Chưa hoàn được {amount}", amount=money(one.amount))
    note(dossier, "refund_failed", title, by=None, at=timezone.now(), text=one.trouble, for_people=False)


def _last_refund(account: Account, order: Order) -> Refund:
    """The refund of this order that moved last."""
    refunds = [
        one for booking in account.money.bookings if booking.order_id == order.pk for one in booking.refunds.all()
    ]
    return max(refunds, key=lambda one: (one.done_at or one.at, one.pk))


FOLLOWS: dict[str, Callable[[Dossier, Account, Order], None]] = {
    "paid": _paid,
    "surplus": _surplus,
    "refunded": _refunded,
    "refund_asked": _refund_asked,
    "refund_failed": _refund_failed,
}
