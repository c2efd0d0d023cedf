"""What stands on the receipt (mẫu 01, Giấy tiếp nhận hồ sơ và hẹn trả kết quả)."""

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.utils import timezone

from motcua.accounts.models import User
from motcua.core.identity import show_phone
from motcua.core.worktime import local
from motcua.dossiers.models import Dossier, HandOver, PaymentState
from motcua.dossiers.queries import counter, drafts
from motcua.dossiers.queries.money import owed_now
from motcua.dossiers.rules import delivery
from motcua.dossiers.rules import person as person_rules
from motcua.dossiers.rules.papers import CERTIFIED, ORIGINAL, ToBring
from motcua.procedures.models import LimitUnit, Requirement


def receipt_values(dossier: Dossier) -> dict[str, Any]:
    """The values of the PDF template `receipt` for an accepted dossier."""
    assert dossier.accepted_at is not None
    same_person = dossier.owner.get("personal_number") == dossier.applicant.get("personal_number")
    return {
        **letterhead(dossier, dossier.accepted_at),
        "ref": "" if dossier.helped_by_id else dossier.ref,
        "online": not dossier.helped_by_id,
        "applicant": person_values(dossier.applicant),
        "owner": None if same_person else person_values(dossier.owner),
        "papers": _papers(dossier),
        "sets": dossier.procedure_version.dossier_sets,
        "limit": limit_words(dossier),
        "received_at": dossier.accepted_at,
        "due_at": dossier.due_at or dossier.accepted_at,
        "receive": _received(dossier),
        "fees": dossier.fee_quote,
        "fee_note": _fee_note(dossier),
        "officer": accepted_by(dossier),
    }


def letterhead(dossier: Dossier, at: datetime) -> dict[str, Any]:
    """What every slip of the one-stop desk begins and ends with: whose it is, about what, where to look it up.

    Args:
        at: the moment of the act that it tells of; its day stands at the top.
    """
    agency, code = dossier.agency, dossier.code or dossier.ref
    return {
        "agency": agency.name,
        "desk": agency.desk_name,
        "place": agency.place.name,
        "date": local(at).date(),
        "code": dossier.code,
        "procedure": dossier.procedure_version.name,
        "phone": agency.phone,
        "link": f"{settings.BASE_URL}/tra-cuu/?ma={code}",
    }


def _received(dossier: Dossier) -> str:
    """How the result is received, and what is signed for it."""
    ways = delivery.in_words("receive", dossier.delivery.get("receive")) or "Tại Bộ phận Một cửa"
    sign = drafts.to_sign(dossier)
    return f"{ways}. Ký {sign.what}: {sign.how[0].lower()}{sign.how[1:]}" if sign else ways


def _fee_note(dossier: Dossier) -> str:
    """When and how the fee is paid; or that it was."""
    if dossier.payment_state == PaymentState.PAID:
        return "Đã nộp"
    return delivery.in_words("pay", dossier.delivery.get("pay"))


def limit_words(dossier: Dossier) -> str:
    """The time limit as the record says it to people, else by its number."""
    channel = delivery.channel(dossier.delivery)
    method = dossier.procedure_version.methods.filter(channel=channel).exclude(limit_text="").first()
    if method:
        return method.limit_text
    value = dossier.limit_value or dossier.offering_version.limit_value
    unit = LimitUnit(dossier.limit_unit or dossier.offering_version.limit_unit)
    return f"{number_words(value)} {unit.label}"


def number_words(value: Decimal) -> str:
    """7.50 as "7,5"; 3.00 as "3"."""
    return f"{value:f}".rstrip("0").rstrip(".").replace(".", ",") if "." in f"{value:f}" else str(value)


def accepted_by(dossier: Dossier) -> str:
    """Who took the dossier in."""
    event = dossier.events.filter(kind="accept").order_by("-id").first()
    return event.actor_name if event else ""


def person_values(person: Mapping[str, Any]) -> dict[str, Any]:
    """A person as the slips of the one-stop desk name them."""
    phone = str(person.get("phone") or "")
    return {
        "full_name": person.get("full_name") or "…",
        "whose": person_rules.whose(person),
        "address": person_rules.address(person),
        "phone": show_phone(phone) if phone.startswith("+") else phone,
        "email": person.get("email") or "",
        "number": person.get("personal_number") or "",
    }


def hand_over_values(dossier: Dossier, by: User) -> dict[str, Any]:
    """The values of the PDF template `hand-over`: what was given out, or is about to be, by this officer."""
    given = HandOver.objects.filter(dossier=dossier).select_related("by").first()
    now = timezone.now()
    head = letterhead(dossier, given.at if given else now)
    return {
        **head,
        "applicant": str(dossier.applicant.get("full_name") or ""),
        "result": str(dossier.result),
        "also_signs": dossier.offering_version.sign_on_receipt,
        "papers": [] if given else [f"{paper.name}: {paper.what}" for paper in drafts.still_to_bring(dossier)],
        "fee": given.fee_collected if given else owed_now(dossier),
        "receiver": given.receiver_name if given else "",
        "receiver_number": given.receiver_number if given else "",
        "given_at": given.at if given else "",
        "officer": (given.by if given else by).full_name,
    }


def _papers(dossier: Dossier) -> list[dict[str, Any]]:
    if dossier.helped_by_id:
        return _papers_taken(dossier)
    bring = {paper.key: paper for paper in drafts.still_to_bring(dossier)}
    rows: list[dict[str, Any]] = [
        {"name": requirement.name, "note": "điền trực tuyến"}
        for requirement in drafts.papers_not_needed(dossier)
        if requirement.form == Requirement.Form.EFORM
    ]
    for paper in drafts.papers(dossier):
        if paper.files or paper.key in bring:
            rows.append(_paper(paper, bring.get(paper.key)))
    return rows


def _papers_taken(dossier: Dossier) -> list[dict[str, Any]]:
    """What was counted and scanned at the counter."""
    return [
        {
            "name": paper.requirement.name,
            "note": "đã quét" if paper.files else "",
            "originals": paper.originals,
            "certified": paper.certified,
            "copies": paper.copies,
        }
        for paper in counter.papers(dossier)
        if paper.is_in
    ]


def _paper(paper: drafts.Paper, bring: ToBring | None) -> dict[str, Any]:
    notes = [f"đã nộp bản {'ký số' if paper.is_signed else 'chụp'} trực tuyến"] if paper.files else []
    if bring:
        notes.append(f"{bring.what}: {bring.how}".lower())
    return {
        "name": paper.requirement.name,
        "note": "; ".join(notes),
        "originals": 1 if bring and bring.what == ORIGINAL else 0,
        "certified": 1 if bring and bring.what == CERTIFIED else 0,
        "copies": 1 if paper.files else 0,
    }
