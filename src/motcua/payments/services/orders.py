"""Acts on orders: open one, cancel one; and the account that the money goes to."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction
from django.utils import timezone

from motcua.accounts.models import User
from motcua.agencies.models import Agency
from motcua.audit.services import record
from motcua.core.errors import Conflict
from motcua.core.ids import drawn
from motcua.payments.models import Order, Payee
from motcua.payments.providers import vnpay
from motcua.payments.rules import vietqr
from motcua.payments.rules.states import OrderState
from motcua.payments.signals import about_to_lock, money_changed

QUEUE = "payments"


def lock(order: Order) -> Order:
    """The order's row as it is now, held until the end of the transaction."""
    about_to_lock.send(sender=Order, about=order.about)
    rows = Order.objects.select_for_update(of=("self",), no_key=True).select_related("agency")
    return rows.get(pk=order.pk)


def online_ready() -> bool:
    """Whether money can be paid online: there is a contract with the provider."""
    return vnpay.ready()


@transaction.atomic
def open_order(
    *,
    about: tuple[str, str],
    agency: Agency,
    payer_name: str,
    lines: Sequence[Mapping[str, Any]],
    amount: int,
    by: User | None,
) -> Order:
    """Ask for an amount. One that is open already for the same thing stays if the amount is the same; else it is
    cancelled and a new one opened. What was paid before stays as it is.

    Args:
        about: what it is owed for, ("dossier", "NH-7K3F-92XA"); the caller holds that thing's own lock.
        lines: rows with "kind" ("phi", "le-phi"), "name" and "amount"; they make up `amount`, in đồng.

    Raises:
        ValueError: the lines don't make up the amount, or it is nothing.
    """
    if amount <= 0 or amount != sum(int(line["amount"]) for line in lines):
        raise ValueError("The lines must make up the amount.")
    about_to_lock.send(sender=Order, about=about)
    still_open = (
        Order.objects.select_for_update(no_key=True)
        .filter(about_kind=about[0], about_ref=about[1], state=OrderState.OPEN)
        .first()
    )
    if still_open is not None:
        if still_open.amount == amount:
            return still_open
        _close(still_open, by=by, reason="Số tiền phải nộp thay đổi.")
    order = Order.objects.create(
        number=_new_number(), about_kind=about[0], about_ref=about[1], agency=agency, payer_name=payer_name[:200],
        lines=[dict(line) for line in lines], amount=amount, opened_at=timezone.now(),
    )  # fmt: skip
    record("order.opened", subject_kind="order", subject_ref=order.number, actor=by, about=list(about), amount=amount)
    return order


@transaction.atomic
def cancel_order(order: Order, *, by: User | None, reason: str) -> Order:
    """Ask for the amount no longer. Money that comes all the same is booked as surplus. A second time changes nothing.

    Raises:
        Conflict: it was paid.
    """
    order = lock(order)
    if order.state == OrderState.PAID:
        raise Conflict("Khoản này đã được nộp nên không hủy được nữa.")
    if order.state == OrderState.OPEN:
        _close(order, by=by, reason=reason)
    return order


def _close(order: Order, *, by: User | None, reason: str) -> None:
    order.state, order.closed_at, order.cancel_reason = OrderState.CANCELLED, timezone.now(), reason[:300]
    order.save(update_fields=["state", "closed_at", "cancel_reason"])
    record("order.cancelled", subject_kind="order", subject_ref=order.number, actor=by, reason=order.cancel_reason)
    money_changed.send(sender=Order, order=order, what="cancelled")


def _new_number() -> str:
    """A payment code that tells nothing and fits a transfer's 25 letters: MC7K3F92XA."""
    return f"MC{drawn(8)}"


@transaction.atomic
def set_payee(agency: Agency, *, by: User | None, **facts: str) -> Payee:
    """Say where an agency's money goes and how its receipts are named.

    Args:
        facts: the fields of `Payee`.

    Raises:
        ValueError: no bank could read the account.
    """
    vietqr.payload(facts["bank_bin"], facts["account_number"])
    payee, _ = Payee.objects.update_or_create(agency=agency, defaults=facts)
    record("payee.set", subject_kind="agency", subject_ref=agency.code, actor=by, account=payee.account_number)
    return payee
