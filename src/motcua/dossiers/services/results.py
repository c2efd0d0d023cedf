"""Acts at the end: number and file of the result, and how it reaches the person."""

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from motcua.accounts.models import User
from motcua.accounts.queries import recipient_of
from motcua.core.errors import BusinessError
from motcua.core.identity import check_personal_number, normalise_number
from motcua.core.text import clean
from motcua.core.words import money, say
from motcua.core.worktime import local
from motcua.documents.models import Document
from motcua.documents.queries import open_blob
from motcua.documents.services import make_signed_pdf, store_generated
from motcua.dossiers.access import check_applicant
from motcua.dossiers.models import Decision, DeliveryState, Dossier, HandOver, Result, State
from motcua.dossiers.queries.drafts import bring_lines
from motcua.dossiers.queries.money import owed_now
from motcua.dossiers.queries.results import title_of
from motcua.dossiers.rules.delivery import ON_PAPER, Receive, received_by
from motcua.dossiers.rules.wording import of_the_day, own_labels
from motcua.dossiers.services.acting import begin, lock, move, note, prove, tell
from motcua.dossiers.services.money import take_with_result
from motcua.dossiers.services.numbers import result_number
from motcua.notifications.services import ENCLOSURE_LIMIT


@transaction.atomic
def issue(dossier: Dossier, *, by: User, seen: str = "") -> Result:
    """Number the result, make its file under the leader's signature and the agency's, end the clock (phát hành).

    The leader has let the portal sign by approving; the number belongs under the signature, so it waits for it.

    Raises:
        NoKey: the leader or the agency has no key on this portal; nothing is numbered.
        Http404, BusinessError, Conflict: as every act of an officer.
    """
    dossier, post = begin("issue", dossier, by, seen=seen)
    now = timezone.now()
    version = dossier.offering_version
    decision = dossier.decisions.filter(outcome=Decision.Outcome.APPROVED).order_by("-at", "-pk").first()
    if decision is None:  # the state says that somebody has signed
        raise BusinessError("Hồ sơ chưa có chữ ký duyệt nên chưa cấp số được.")
    number = result_number(dossier.agency, version.result_code, version.result_number_pattern, local(now).date())
    result = Result.objects.create(
        dossier=dossier, agency=dossier.agency, result_code=version.result_code, name=version.result_name,
        number=number, signed_by=decision.by, signed_at=decision.at, issued_by=by, issued_at=now,
        document=_result_file(dossier, decision, number),
    )  # fmt: skip
    ways = received_by(dossier.delivery)
    dossier.finished_at = now
    dossier.delivery_state = DeliveryState.TO_POST if Receive.POST in ways else DeliveryState.WAITING
    move(dossier, State.ISSUED, "finished_at", "delivery_state")
    note(
        dossier,
        "issue",
        say("Đã có {result_name} số {number}", result_name=version.result_name, number=number),
        by=by,
        post=post,
        at=now,
    )
    prove("dossier.issued", dossier, by, number=number, document=result.document.pk)
    tell(
        "dossier_result_ready", dossier, at=now, by=by, post=post, next_step=_how_to_take(dossier),
        papers=bring_lines(dossier),
    )  # fmt: skip
    if Receive.EMAIL in ways:
        _send_by_email(dossier, result)
    return result


def _send_by_email(dossier: Dossier, result: Result) -> None:
    """The signed file as an enclosure (kết quả qua thư điện tử); who wants no paper besides has it with that."""
    if not recipient_of(dossier.user).email or result.document.blob.size > ENCLOSURE_LIMIT:
        return  # the address was taken away since, or the file is too large: it waits in the account
    now = timezone.now()
    if not ON_PAPER & received_by(dossier.delivery):
        dossier.delivery_state = DeliveryState.EMAILED
        move(dossier, State.RETURNED, "delivery_state")
    note(dossier, "send_by_email", "Đã gửi kết quả qua thư điện tử", by=None, at=now)
    prove("dossier.result_emailed", dossier, None, document=result.document.pk)
    with open_blob(result.document.blob) as file:
        content = file.read()
    tell(
        "dossier_result_mailed", dossier, at=now, channels=["email"],
        enclosure=(result.document.name, content),
    )  # fmt: skip


def _result_file(dossier: Dossier, decision: Decision, number: str) -> Document:
    version = dossier.offering_version
    today = timezone.localdate()
    values = of_the_day(version.result_values, decision.draft.values, today)
    title = title_of(decision.by, dossier.agency)
    content = make_signed_pdf(
        version.result_template,
        {
            **values,
            **own_labels(version.result_template, version.result_values),
            "draft": False,
            "number": number,
            "signer_name": decision.by.full_name,
            "signer_title": title,
            "signed_at": local(decision.at),
            "link": f"{settings.BASE_URL}/tra-cuu/?ma={dossier.code}",
        },
        title=say("{result_name} số {number}", result_name=version.result_name, number=number),
        agency_name=dossier.agency.name,
        signer=decision.by,
        post=title,
    )
    return store_generated(content, f"{version.result_name} {number.replace('/', '-')}.pdf", owner=dossier.user)


def _how_to_take(dossier: Dossier) -> str:
    chosen = received_by(dossier.delivery)
    ways = []
    if Receive.ONLINE in chosen:
        ways.append("tải bản điện tử trong mục Hồ sơ của tôi")
    if Receive.DESK in chosen:
        ways.append(
            say(
                "nhận bản giấy tại {desk_name}, {address}",
                desk_name=dossier.agency.desk_name,
                address=dossier.agency.address,
            )
        )
    if Receive.POST in chosen:
        ways.append("chờ bưu chính giao bản giấy đến địa chỉ ông/bà đã ghi")
    if Receive.EMAIL in chosen:
        ways.append("mở bản điện tử gửi kèm một thư riêng")
    fee = ""
    if owed := owed_now(dossier):
        fee = say(" Phí, lệ phí còn phải trả: {amount}.", amount=money(owed))
    return "; ".join(ways) + "." + fee if ways else ""


@transaction.atomic
def hand_over(
    dossier: Dossier, *, by: User, receiver_name: str, receiver_number: str, fee_collected: int = 0, seen: str = ""
) -> HandOver:
    """Give the result to a person at the desk (trả kết quả), and take the fee that is still owed.

    Args:
        fee_collected: in đồng; what is owed, or nothing where nothing is.

    Raises:
        BusinessError: the receiver isn't named, or the fee doesn't fit.
        Http404, Conflict: as every act of an officer.
    """
    dossier, post = begin("hand_over", dossier, by, seen=seen)
    if dossier.delivery_state == DeliveryState.AT_POST:
        raise BusinessError("Bản giấy đang ở bưu chính. Xem bưu gửi trong hồ sơ rồi trả khi bưu chính đã chuyển lại.")
    receiver_name, receiver_number = clean(receiver_name)[:200], normalise_number(receiver_number)
    if not receiver_name:
        raise BusinessError("Nhập họ tên người nhận.")
    trouble = check_personal_number(receiver_number)
    if trouble:
        raise BusinessError(trouble)
    owed = owed_now(dossier)
    if fee_collected != owed:
        raise BusinessError(
            say(
                "Phí, lệ phí phải thu là {amount}, không phải {taken}.",
                amount=money(owed),
                taken=money(fee_collected),
            )
        )
    now = timezone.now()
    given = HandOver.objects.create(
        dossier=dossier, receiver_name=receiver_name, receiver_number=receiver_number,
        fee_collected=fee_collected, by=by, at=now,
    )  # fmt: skip
    if owed:
        take_with_result(dossier, owed, by=by)
    dossier.delivery_state = DeliveryState.HANDED_OVER
    move(dossier, State.RETURNED, "payment_state", "delivery_state")
    note(dossier, "hand_over", "Đã trả kết quả tại quầy", by=by, post=post, at=now)
    prove("dossier.handed_over", dossier, by, fee=fee_collected)
    tell("dossier_returned", dossier, at=now, by=by, post=post)
    return given


@transaction.atomic
def take_online(dossier: Dossier, *, by: User) -> Document:
    """The applicant fetches the electronic result; the first time ends the dossier if nothing is wanted on paper.

    Later times change nothing.

    Raises:
        Http404: it is somebody else's dossier.
        BusinessError: there is no result yet.
    """
    dossier = lock(dossier)
    check_applicant(dossier, by)
    result = Result.objects.filter(dossier=dossier).select_related("document__blob").first()
    if result is None:
        raise BusinessError("Hồ sơ này chưa có kết quả.")
    if dossier.delivery_state != DeliveryState.WAITING:
        return result.document
    now = timezone.now()
    dossier.delivery_state = DeliveryState.TAKEN_ONLINE
    on_paper = ON_PAPER & received_by(dossier.delivery)
    move(dossier, State.ISSUED if on_paper else State.RETURNED, "delivery_state")
    note(dossier, "take_online", "Đã tải kết quả điện tử", by=by, at=now)
    prove("dossier.result_taken_online", dossier, by, document=result.document.pk)
    if not on_paper:
        tell("dossier_returned", dossier, at=now, by=None)
    return result.document
