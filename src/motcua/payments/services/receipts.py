"""Receipts (biên lai): numbered when the money comes, drawn and sealed by a job afterwards."""

from collections.abc import Mapping
from itertools import groupby
from typing import Any

from django.db import transaction
from procrastinate.contrib.django import app

from motcua.agencies.models import Agency
from motcua.audit.services import record
from motcua.core.words import amount_in_words
from motcua.core.worktime import local
from motcua.documents.models import Document
from motcua.documents.services import make_signed_pdf, store_generated
from motcua.payments.models import Booking, FeeReceipt, ReceiptCounter
from motcua.payments.queries import payee_of
from motcua.payments.rules.states import LineKind

MAKE = "payments.make_fee_receipt"
QUEUE = "payments"
ISSUED_BY_PORTAL = "Lập tự động khi nhận tiền"


def issue_receipts(booking: Booking) -> list[FeeReceipt]:
    """Number the receipts of a booking that pays its order, one for fees and one for charges; queue their files."""
    receipts = []
    order, payee = booking.order, payee_of(booking.order.agency)
    year = local(booking.at).year
    for kind, lines in _by_kind(order.lines):
        receipt = FeeReceipt.objects.create(
            booking=booking, kind=kind, agency=order.agency, year=year, number=_next_number(order.agency, year),
            form=payee.receipt_form if payee else "",
            series=payee.receipt_series.format(yy=f"{year % 100:02d}") if payee else "",
            payer_name=order.payer_name, lines=lines, amount=sum(int(line["amount"]) for line in lines),
            issued_at=booking.at, issued_by=booking.by.full_name if booking.by else ISSUED_BY_PORTAL,
        )  # fmt: skip
        record(
            "fee_receipt.issued", subject_kind="order", subject_ref=order.number, actor=booking.by,
            series=receipt.series, number=receipt.shown_number, amount=receipt.amount,
        )  # fmt: skip
        app.configure_task(MAKE, queue=QUEUE).defer(receipt_id=receipt.pk)
        receipts.append(receipt)
    return receipts


def _by_kind(lines: list[dict[str, Any]]) -> list[tuple[str, list[dict[str, Any]]]]:
    charged = sorted((line for line in lines if int(line["amount"])), key=_kind)
    return [(kind, list(group)) for kind, group in groupby(charged, key=_kind)]


def _kind(line: Mapping[str, Any]) -> str:
    return LineKind(line.get("kind") or LineKind.FEE)


def _next_number(agency: Agency, year: int) -> int:
    """No gap and no number twice: the row is held until the money is booked."""
    ReceiptCounter.objects.get_or_create(agency=agency, year=year)
    counter = ReceiptCounter.objects.select_for_update(no_key=True).get(agency=agency, year=year)
    counter.last += 1
    counter.save(update_fields=["last"])
    return counter.last


def make_fee_receipt(receipt_id: int) -> None:
    """Draw a receipt and keep its file; one that has its file is left alone."""
    receipt = FeeReceipt.objects.select_related("booking__order__agency__place", "agency__place").get(pk=receipt_id)
    if receipt.document_id is not None:
        return
    title = f"Biên lai {receipt.get_kind_display().lower()} số {receipt.shown_number}"
    content = make_signed_pdf("fee-receipt", receipt_values(receipt), title=title, agency_name=receipt.agency.name)
    document = store_generated(content, f"Bien-lai-{receipt.shown_number}.pdf")
    _attach(receipt, document)


@transaction.atomic
def _attach(receipt: FeeReceipt, document: Document) -> None:
    """The first worker's file counts; the same receipt drawn twice at once is the same file."""
    now = FeeReceipt.objects.select_for_update(no_key=True).get(pk=receipt.pk)
    if now.document_id is None:
        now.document = document
        now.save(update_fields=["document"])


def receipt_values(receipt: FeeReceipt) -> dict[str, Any]:
    """What stands on the receipt (NĐ 254/2026 Điều 23.2), as the PDF template `fee-receipt` takes it."""
    payee, order = payee_of(receipt.agency), receipt.booking.order
    return {
        "kind": receipt.kind,
        "agency": payee.name if payee else receipt.agency.name,
        "tax_code": payee.tax_code if payee else "",
        "address": receipt.agency.address,
        "place": receipt.agency.place.name,
        "form": receipt.form,
        "series": receipt.series,
        "number": receipt.shown_number,
        "payer": receipt.payer_name,
        "about": order.about_ref,
        "order": order.number,
        "lines": [{"name": line["name"], "amount": int(line["amount"])} for line in receipt.lines],
        "amount": receipt.amount,
        "words": amount_in_words(receipt.amount),
        "method": receipt.booking.get_method_display(),
        "reference": receipt.booking.reference,
        "issued_at": receipt.issued_at,
        "issued_by": receipt.issued_by,
    }
