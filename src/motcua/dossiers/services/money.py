"""Acts about a dossier's fee: ask for it, take it, give it back. What follows when money has moved: `money_moved`.

The money itself lies in `payments`, which knows no dossier. Whoever holds an order's row holds the dossier's first
(`receivers.hold_dossier`), so a notice of the bank and an officer's act never wait for each other.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime
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
from motcua.dossiers.services.acting import begin, begin_as_applicant, note, prove, tell
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
    time_reception(dossier, was)


def _tell_new_fee(dossier: Dossier, before: int, by: User) -> None:
    now, account = timezone.now(), account_of(dossier)
    text: str = say("Từ {before} thành {now}.", before=money(before), now=money(dossier.fee_total))
    if account.owed:
        text += say(" Còn phải nộp {amount}.", amount=money(account.owed))
    elif account.to_give_back:
        text += say(" Cơ quan sẽ hoàn lại {amount}.", amount=money(account.to_give_back))
    note(dossier, "requote", "Phí, lệ phí thay đổi", by=by, at=now, text=text)
    prove("dossier.fee_changed", dossier, by, before=before, amount=dossier.fee_total)
    tell_fee(dossier, account, text, at=now, once=f"{now:%y%m%d%H%M%S}")


def tell_fee(dossier: Dossier, account: Account, change: str, *, at: datetime, once: str) -> None:
    """Tell the person that another amount is to be paid: what has changed, and what that asks of them."""
    step: str = "không phải làm gì thêm."
    if account.owed:
        step = say("nộp {amount} phí, lệ phí.", amount=money(account.owed))
    elif account.to_give_back:
        step = say("chờ cơ quan hoàn lại {amount}.", amount=money(account.to_give_back))
    tell("dossier_fee_changed", dossier, at=at, once=once, reason=change, next_step=step)


def time_reception(dossier: Dossier, was: PaymentState) -> None:
    """The desk's hours to answer begin when nobody waits for money any more, and don't run while somebody does."""
    if dossier.state != State.SUBMITTED:
        return
    if dossier.payment_state == PaymentState.ASKED:
        dossier.answer_by = None
    elif was == PaymentState.ASKED and not waits_for_papers(dossier):
        start_reception(dossier, timezone.now())


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
