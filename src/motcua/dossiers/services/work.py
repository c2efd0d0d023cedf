"""Acts between reception and result: take up, judge papers, draft, ask the applicant, propose, decide."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from procrastinate.contrib.django import app

from motcua.accounts.models import User
from motcua.agencies.models import Post
from motcua.agencies.queries import working_calendar
from motcua.core.errors import BusinessError, Conflict
from motcua.core.text import clean, clean_lines
from motcua.core.words import say
from motcua.documents.services import make_pdf, store_generated
from motcua.dossiers.models import Decision, Dossier, Pause, ResultDraft, State, Verdict
from motcua.dossiers.queries import results as reads
from motcua.dossiers.queries.outages import excused_until
from motcua.dossiers.rules.clock import confirm_until
from motcua.dossiers.rules.wording import own_labels
from motcua.dossiers.services.acting import begin, begin_as_applicant, lock, move, note, prove, tell
from motcua.dossiers.services.endings import send_refusal_back
from motcua.dossiers.services.pausing import start_clock, stop_clock

SILENCE = "dossiers.silence_agrees"
QUEUE = "dossiers"
LONGEST_VALUE = 100_000  # letters: a household of 300 members stands in one value, a line each
AGREED = frozenset({ResultDraft.Answer.CONFIRMED, ResultDraft.Answer.SILENT})


@transaction.atomic
def take_up(dossier: Dossier, *, by: User, seen: str = "") -> Dossier:
    """Begin to work on an accepted dossier (thụ lý).

    Raises:
        Http404, BusinessError, Conflict: as every act of an officer (`acting.begin`).
    """
    dossier, post = begin("take_up", dossier, by, seen=seen)
    now = timezone.now()
    dossier.held_by = by
    move(dossier, State.PROCESSING, "held_by")
    note(dossier, "take_up", "Đang thụ lý", by=by, post=post, at=now)
    prove("dossier.taken_up", dossier, by)
    tell("dossier_processing", dossier, at=now, by=by, post=post, due_at=dossier.due_at)
    return dossier


@transaction.atomic
def judge_paper(dossier: Dossier, key: str, finding: str, remark: str = "", *, by: User) -> Verdict:
    """Write down what was found of one paper (kết quả kiểm tra giấy tờ); a later finding replaces an earlier one.

    Raises:
        BusinessError: the dossier has no such paper, or a bad finding says nothing.
        Http404, Conflict: as every act of an officer.
    """
    dossier, _ = begin("judge_paper", dossier, by)
    if not dossier.procedure_version.requirements.filter(key=key).exists():
        raise BusinessError("Hồ sơ này không có giấy tờ đó.")
    if finding not in Verdict.Finding.values:
        raise BusinessError("Chọn Đạt, Chưa đạt hoặc Không cần.")
    remark = clean(remark)[:500]
    if finding == Verdict.Finding.BAD and not remark:
        raise BusinessError("Giấy tờ chưa đạt thì ghi rõ vì sao, để người nộp biết cần sửa gì.")
    verdict, _ = Verdict.objects.update_or_create(
        dossier=dossier, requirement_key=key,
        defaults={"finding": finding, "remark": remark, "by": by, "at": timezone.now()},
    )  # fmt: skip
    prove("dossier.paper_judged", dossier, by, paper=key, finding=finding)
    return verdict


class PaperTrouble(BusinessError):
    """What was found of one of several papers can't be written down; `key` says of which."""

    def __init__(self, key: str, text: str) -> None:
        super().__init__(text)
        self.key = key


@transaction.atomic
def judge_papers(dossier: Dossier, findings: Mapping[str, tuple[str, str]], *, by: User) -> None:
    """Write down what was found of several papers, all or none; key → (finding, remark).

    Raises:
        PaperTrouble: one of them can't be.
        Http404, BusinessError, Conflict: as every act of an officer.
    """
    begin("judge_paper", dossier, by)
    for key, (finding, remark) in findings.items():
        try:
            judge_paper(dossier, key, finding, remark, by=by)
        except Conflict:
            raise
        except BusinessError as trouble:
            raise PaperTrouble(key, str(trouble)) from None


@transaction.atomic
def send_draft(dossier: Dossier, values: Mapping[str, str], *, by: User, seen: str = "") -> ResultDraft:
    """Show a draft of the result to the applicant (bản nháp điện tử); the clock waits for the answer.

    Args:
        values: what the result will say, by the keys of the offering's mapping; others are left out.

    Raises:
        BusinessError: this service shows no drafts.
        Http404, Conflict: as every act of an officer.
    """
    dossier, post = begin("send_draft", dossier, by, seen=seen)
    version = dossier.offering_version
    if not version.confirm_days:
        raise BusinessError("Thủ tục này không gửi bản nháp cho người nộp. Có thể trình lãnh đạo ngay.")
    now = timezone.now()
    until = confirm_until(now, version.confirm_days, working_calendar(dossier.agency))
    draft = _write_draft(dossier, values, by=by, at=now, shown_at=now, answer_by=until)
    stop_clock(dossier, Pause.Kind.CONFIRM_DRAFT, "Chờ người nộp xem bản nháp kết quả", now)
    dossier.held_by = by
    move(dossier, State.CONFIRMING, "due_at", "held_by")
    note(
        dossier,
        "send_draft",
        say("Gửi bản nháp {result_name} để ông/bà xem", result_name=version.result_name),
        by=by,
        post=post,
        at=now,
    )
    prove("dossier.draft_sent", dossier, by, draft=draft.pk, answer_by=until)
    tell("dossier_draft_ready", dossier, at=now, by=by, post=post, due_at=until, once=str(draft.pk))
    app.configure_task(SILENCE, queue=QUEUE, schedule_at=until).defer(draft_id=draft.pk)
    return draft


def _write_draft(
    dossier: Dossier,
    values: Mapping[str, str],
    *,
    by: User,
    at: datetime,
    shown_at: datetime | None = None,
    answer_by: datetime | None = None,
) -> ResultDraft:
    kept = kept_values(dossier, values)
    document = store_generated(draft_pdf(dossier, kept), f"ban-nhap-{dossier.code}.pdf", owner=dossier.user)
    return ResultDraft.objects.create(
        dossier=dossier, values=kept, document=document, by=by, created_at=at, shown_at=shown_at, answer_by=answer_by
    )


def kept_values(dossier: Dossier, values: Mapping[str, str]) -> dict[str, str]:
    """The values that the offering's mapping knows, cleaned; a list keeps its lines.

    Raises:
        BusinessError: one is longer than any result; nothing is cut in silence.
    """
    kept = {key: clean_lines(str(values.get(key, ""))) for key in dossier.offering_version.result_values}
    if any(len(value) > LONGEST_VALUE for value in kept.values()):
        raise BusinessError("Một nội dung của kết quả quá dài. Rút gọn rồi thử lại.")
    return kept


def draft_pdf(dossier: Dossier, values: Mapping[str, str]) -> bytes:
    """The draft as a PDF, marked as one.

    Raises:
        BusinessError: a value is missing without which the result can't be written.
    """
    version = dossier.offering_version
    try:
        return make_pdf(
            version.result_template,
            {**values, **own_labels(version.result_template, version.result_values), "draft": True},
            title=say("Bản nháp {result_name} {code}", result_name=version.result_name, code=dossier.code),
        )
    except ValueError as trouble:  # the template's schema says which value; it is the officer's to fill in
        raise BusinessError(
            "Chưa lập được bản nháp: còn thiếu nội dung bắt buộc. Điền đủ các ô rồi thử lại."
        ) from trouble


@transaction.atomic
def answer_draft(dossier: Dossier, *, by: User, agree: bool, remark: str = "") -> ResultDraft:
    """The applicant agrees with the draft, or asks for a correction and says which.

    Raises:
        Http404: it is somebody else's dossier.
        BusinessError: an objection says nothing.
        Conflict: it was answered already, or the time is over.
    """
    remark = clean_lines(remark)[:1000]
    dossier = begin_as_applicant("agree_draft" if agree else "object_draft", dossier, by, reason=remark)
    answer = ResultDraft.Answer.CONFIRMED if agree else ResultDraft.Answer.OBJECTED
    draft = _close_draft(dossier, answer, remark="" if agree else remark)
    name = dossier.offering_version.result_name
    if agree:
        note(dossier, "agree_draft", say("Đồng ý với bản nháp {name}", name=name), by=by, at=_answered(draft))
    else:
        note(
            dossier,
            "object_draft",
            say("Đề nghị sửa bản nháp {name}", name=name),
            by=by,
            at=_answered(draft),
            text=remark,
        )
    prove("dossier.draft_confirmed" if agree else "dossier.draft_objected", dossier, by, draft=draft.pk)
    return draft


def _close_draft(dossier: Dossier, answer: ResultDraft.Answer, *, remark: str = "") -> ResultDraft:
    draft = reads.open_draft(dossier)
    if draft is None:  # the state says that one is open: only a hand in the database could do this
        raise Conflict("Bản nháp này đã được trả lời.")
    now = timezone.now()
    draft.answer, draft.answered_at, draft.remark = answer, now, remark
    draft.save(update_fields=["answer", "answered_at", "remark"])
    start_clock(dossier, now)
    move(dossier, State.PROCESSING, "due_at")
    return draft


def _answered(draft: ResultDraft) -> datetime:
    assert draft.answered_at is not None
    return draft.answered_at


@transaction.atomic
def treat_silence_as_consent(dossier: Dossier, *, now: datetime | None = None) -> bool:
    """Go on with a draft that nobody answered in time: silence agrees (NĐ 87/2020; steps of 1.001193).

    Safe to run at any time and as often as it likes: whatever was answered, or still may be, is left alone.

    Returns:
        whether this call did it.
    """
    dossier = lock(dossier)
    draft = reads.open_draft(dossier)
    if dossier.state != State.CONFIRMING or draft is None or draft.answer_by is None:
        return False
    if (now or timezone.now()) < excused_until(draft.answer_by):
        return False
    draft = _close_draft(dossier, ResultDraft.Answer.SILENT)
    note(
        dossier, "silence_agrees", "Hết hạn xem bản nháp, coi như ông/bà đồng ý", by=None, at=_answered(draft)
    )  # fmt: skip
    prove("dossier.draft_silent", dossier, None, draft=draft.pk, answer_by=draft.answer_by)
    return True


def silence_agrees(draft_id: int) -> bool:
    """The job of a draft's last moment; returns whether silence agreed. If the portal stood still, it comes again."""
    draft = ResultDraft.objects.select_related("dossier").get(pk=draft_id)
    if draft.answer or draft.answer_by is None:
        return False
    last = excused_until(draft.answer_by)
    if timezone.now() < last:
        app.configure_task(SILENCE, queue=QUEUE, schedule_at=last).defer(draft_id=draft_id)
        return False
    return treat_silence_as_consent(draft.dossier)


@transaction.atomic
def propose(dossier: Dossier, *, by: User, values: Mapping[str, str] | None = None, seen: str = "") -> Dossier:
    """Put the result before the leader (trình ký).

    Args:
        values: what the result says, where the service shows no draft to the applicant.

    Raises:
        BusinessError: the applicant hasn't agreed to the newest draft.
        Http404, Conflict: as every act of an officer.
    """
    dossier, post = begin("propose", dossier, by, seen=seen)
    now = timezone.now()
    draft = reads.last_draft(dossier)
    if dossier.offering_version.confirm_days:
        if draft is None:
            raise BusinessError("Gửi bản nháp cho người nộp xem trước, rồi mới trình lãnh đạo.")
        if draft.answer not in AGREED:
            raise BusinessError("Người nộp đề nghị sửa bản nháp. Sửa và gửi lại bản nháp, rồi mới trình lãnh đạo.")
    elif values is not None or draft is None:
        suggested = {value.key: value.text for value in reads.draft_values(dossier)}
        draft = _write_draft(dossier, values if values is not None else suggested, by=by, at=now)
    dossier.held_by = by
    move(dossier, State.SIGNING, "held_by")
    note(dossier, "propose", "Trình lãnh đạo ký", by=by, post=post, at=now)
    prove("dossier.proposed", dossier, by, draft=draft.pk)
    return dossier


@transaction.atomic
def approve(dossier: Dossier, *, by: User, seen: str = "") -> Decision:
    """The leader agrees and signs (ký duyệt).

    Raises:
        Http404, BusinessError, Conflict: as every act of an officer.
    """
    dossier, post = begin("approve", dossier, by, seen=seen)
    now = timezone.now()
    decision = _decide(dossier, Decision.Outcome.APPROVED, by=by, at=now)
    move(dossier, State.APPROVED)
    note(
        dossier,
        "approve",
        say("{title} đã ký {result_name}", title=_title(post), result_name=dossier.offering_version.result_name),
        by=by,
        post=post,
        at=now,
    )
    prove("dossier.approved", dossier, by, decision=decision.pk, draft=decision.draft_id)
    tell("dossier_approved", dossier, at=now, by=by, post=post, due_at=dossier.due_at)
    return decision


def _title(post: Post) -> str:
    return post.title or "Lãnh đạo"


@transaction.atomic
def send_back(dossier: Dossier, *, by: User, reason: str, seen: str = "") -> None:
    """The leader sends a proposal, or a proposed refusal, back to the registrar, with the reason (trả lại).

    Raises:
        Http404, BusinessError, Conflict: as every act of an officer.
    """
    reason = clean_lines(reason)[:1000]
    dossier, post = begin("send_back", dossier, by, reason=reason, seen=seen)
    now = timezone.now()
    if dossier.state == State.REFUSING:
        send_refusal_back(dossier, by=by, at=now, reason=reason)
    else:
        decision = _decide(dossier, Decision.Outcome.SENT_BACK, by=by, at=now, reason=reason)
        prove("dossier.sent_back", dossier, by, decision=decision.pk, reason=reason)
    move(dossier, State.PROCESSING)
    note(
        dossier, "send_back", "Lãnh đạo trả lại để xử lý tiếp", by=by, post=post, at=now, text=reason, for_people=False
    )


def _decide(dossier: Dossier, outcome: Decision.Outcome, *, by: User, at: datetime, reason: str = "") -> Decision:
    draft = reads.last_draft(dossier)
    if draft is None:  # `propose` never leaves a dossier without one
        raise BusinessError("Hồ sơ chưa có dự thảo kết quả nên chưa quyết định được.")
    return Decision.objects.create(dossier=dossier, draft=draft, outcome=outcome, reason=reason, by=by, at=at)
