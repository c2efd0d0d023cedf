"""Why a dossier ended or is late: for both sides' pages, and as the values of the slips (mẫu 03, 04, 05)."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from motcua.agencies.queries import working_calendar
from motcua.core.words import money, say
from motcua.core.worktime import Calendar
from motcua.dossiers.models import Apology, Dossier, Refusal, State, Verdict, Withdrawal
from motcua.dossiers.queries.money import Account, account_of
from motcua.dossiers.queries.receipts import letterhead, person_values
from motcua.dossiers.queries.results import title_of
from motcua.dossiers.rules import person
from motcua.dossiers.rules.clock import extension_until
from motcua.dossiers.rules.moves import MOVES
from motcua.dossiers.rules.states import ENDED

# What was declared can be handed in anew; a result that was given can't be asked for twice like that.
BEGUN_AGAIN = ENDED - {State.RETURNED}
REFUSED = frozenset({State.DECLINED, State.REFUSED, State.STOPPED})


@dataclass(frozen=True)
class Ending:
    """How a dossier ended without a result, and what was said about lateness on the way."""

    refusal: Refusal | None  # on the desk also one that lies before the leader
    withdrawal: Withdrawal | None
    apology: Apology | None
    may_withdraw: bool
    may_begin_again: bool
    complain_days: int


def ending_of(dossier: Dossier, *, on_desk: bool = False) -> Ending:
    """For the person's own page, or for the officers', who also see a refusal that is only proposed."""
    state = State(dossier.state)
    refusal = standing_refusal(dossier) if state in REFUSED else None
    if on_desk and state == State.REFUSING:
        refusal = proposed_refusal(dossier)
    return Ending(
        refusal=refusal,
        withdrawal=Withdrawal.objects.filter(dossier=dossier).first() if state == State.WITHDRAWN else None,
        apology=apology_of(dossier) if dossier.accepted_at else None,
        may_withdraw=state in MOVES["withdraw"].starts,
        may_begin_again=state in BEGUN_AGAIN,
        complain_days=dossier.offering_version.complain_days,
    )


def standing_refusal(dossier: Dossier) -> Refusal | None:
    """The refusal that was decided on, with its slip; None where none was."""
    found = dossier.refusals.filter(outcome=Refusal.Outcome.REFUSED)
    return found.select_related("slip", "decided_by", "proposed_by").first()


def proposed_refusal(dossier: Dossier) -> Refusal | None:
    """The refusal that lies before the leader."""
    return dossier.refusals.filter(outcome="").select_related("proposed_by").first()


def apology_of(dossier: Dossier) -> Apology | None:
    """The one apology of a dossier; no query where the dossier was read with it."""
    return getattr(dossier, "apology", None)


def fee_after(dossier: Dossier, account: Account | None = None) -> str:
    """What becomes of the fee when the dossier ends without a result, in a sentence; empty where there is none."""
    if not dossier.fee_total:
        return ""
    kept = (account or account_of(dossier)).kept_of_fee
    if not kept:
        return "Phí, lệ phí chưa nộp thì không phải nộp nữa."
    return say(
        "Phí, lệ phí đã nộp: {amount}. Khoản này chỉ được hoàn lại khi quy định về phí, lệ phí "
        "của thủ tục cho phép; {desk_name} trả lời ông/bà.",
        amount=money(kept),
        desk_name=dossier.agency.desk_name,
    )


# ---- For those who write them ----


def last_said(dossier: Dossier) -> tuple[str, str, str]:
    """What a new proposal to refuse begins with: the last one that was sent back, else what is wrong with the papers.

    Returns:
        reason, ground, competent agency.
    """
    last = dossier.refusals.filter(outcome=Refusal.Outcome.SENT_BACK).order_by("-proposed_at").first()
    if last:
        return last.reason, last.ground, last.right_agency
    bad = dossier.verdicts.filter(finding=Verdict.Finding.BAD)
    remarks = {verdict.requirement_key: verdict.remark for verdict in bad}
    papers = dossier.procedure_version.requirements.filter(key__in=remarks).order_by("position")
    return "\n".join(f"{paper.name}: {remarks[paper.key]}" for paper in papers), "", ""


@dataclass(frozen=True)
class Lateness:
    """What can be done about a promise: said on the desk's page before it is too late, and after."""

    due_at: datetime
    until: datetime  # the last moment at which an apology moves the promise: a midnight
    moves: bool  # whether it would now
    last_day: bool  # … and today is the last day for it
    late: bool

    @property
    def until_day(self) -> datetime:
        """The last day on which the promise can be put off."""
        return self.until - timedelta(minutes=1)


def lateness_of(dossier: Dossier, now: datetime, calendar: Calendar | None = None) -> Lateness | None:
    """None where no clock runs, or where the one apology was made."""
    if apology_of(dossier) or dossier.due_at is None or State(dossier.state) not in MOVES["apologise"].starts:
        return None
    until = extension_until(dossier.due_at, calendar or working_calendar(dossier.agency))
    moves = now < until
    last_day = moves and (until - now).total_seconds() <= 24 * 3600
    return Lateness(dossier.due_at, until, moves, last_day, late=now > dossier.due_at)


# ---- On paper ----


def refusal_values(refusal: Refusal) -> dict[str, Any]:
    """The values of the PDF template `slip-refusal` for a refusal that was decided on."""
    dossier, by, at = refusal.dossier, refusal.decided_by, refusal.decided_at
    assert by is not None
    assert at is not None
    same_person = dossier.owner.get("personal_number") == dossier.applicant.get("personal_number")
    return {
        **letterhead(dossier, at),
        "ref": dossier.ref,
        "stage": refusal.stage,
        "applicant": person_values(dossier.applicant),
        "owner": None if same_person else person_values(dossier.owner),
        "submitted_at": dossier.submitted_at,
        "accepted_at": dossier.accepted_at,
        "reason": refusal.reason,
        "ground": refusal.ground,
        "right_agency": refusal.right_agency,
        "fee_note": fee_after(dossier),
        "again": True,
        "complain_days": dossier.offering_version.complain_days,
        "decided_at": at,
        "signer": by.full_name,
        "signer_title": title_of(by, dossier.agency),
    }


def apology_values(apology: Apology) -> dict[str, Any]:
    """The values of the PDF template `slip-apology`."""
    dossier = apology.dossier
    return {
        **letterhead(dossier, apology.at),
        "to": person.whose(dossier.applicant),
        "accepted_at": dossier.accepted_at,
        "old_due_at": apology.old_due_at,
        "new_due_at": apology.new_due_at,
        "extends": apology.extends,
        "reason": apology.reason,
        "at": apology.at,
        "signer": apology.by.full_name,
        "signer_title": title_of(apology.by, dossier.agency),
    }
