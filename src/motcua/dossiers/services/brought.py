"""Papers that a person brings to the desk to complete a dossier (nhận giấy tờ bổ sung tại quầy).

Whoever was asked for papers may send files from their account or bring the papers; both answer the same request.
"""

from collections.abc import Mapping

from django.db import transaction
from django.utils import timezone

from motcua.accounts.models import User
from motcua.core.errors import BusinessError
from motcua.core.words import say
from motcua.dossiers.models import Dossier, PaperTaken, SupplementFile, SupplementRequest
from motcua.dossiers.queries import supplements as reads
from motcua.dossiers.queries.outages import time_is_over
from motcua.dossiers.rules.counter import counted
from motcua.dossiers.rules.supplements import only_papers
from motcua.dossiers.services.acting import begin, lock, move, note, prove, tell
from motcua.dossiers.services.supplements import Ended, back_in, go_on

Counts = tuple[int, int, int]  # originals, certified copies, plain copies
NONE: Counts = (0, 0, 0)


@transaction.atomic
def take_brought(dossier: Dossier, papers: Mapping[str, Counts], *, by: User, seen: str = "") -> Dossier:
    """Take in all the papers that an open request asks for; the dossier goes back to who asked, the clock goes on.

    Files that the person had chosen at home and not sent are left out: the papers themselves are here.

    Args:
        papers: by key of the paper, how many were brought.

    Raises:
        Ended: it doesn't wait for a supplement any more.
        BusinessError: an answer was asked for, too, or not all of the papers are here.
        Http404, Conflict: as every act of an officer.
    """
    request = reads.open_request(lock(dossier))  # the stage decides which act it is; this holds the row
    if request is None:
        raise Ended
    at_reception = request.stage == SupplementRequest.Stage.RECEPTION
    act = "take_brought_first" if at_reception else "take_brought"
    dossier, post = begin(act, dossier, by, seen=seen)
    _check_all_here(request, papers)
    now = timezone.now()
    _keep(dossier, request, papers, by)
    late = time_is_over(request.answer_by, now)
    request.outcome = SupplementRequest.Outcome.LATE if late else SupplementRequest.Outcome.ANSWERED
    request.ended_at = now
    request.save(update_fields=["outcome", "ended_at"])
    move(dossier, back_in(request), *go_on(dossier, request, now))
    title = "Đã nhận giấy tờ bổ sung tại quầy, sau thời hạn" if late else "Đã nhận giấy tờ bổ sung tại quầy"
    note(dossier, "supplement", title, by=by, post=post, at=now)
    prove(
        "dossier.supplement_brought", dossier, by, request=request.pk, late=late,
        papers={key: list(counts) for key, counts in papers.items()},
    )  # fmt: skip
    tell("dossier_supplemented", dossier, at=now, due_at=dossier.due_at or dossier.answer_by, once=str(request.pk))
    return dossier


def _check_all_here(request: SupplementRequest, papers: Mapping[str, Counts]) -> None:
    items = [item for item in request.items.all() if item.reason]
    if not only_papers(items):
        raise BusinessError("Yêu cầu này có cả lời khai phải sửa. Người nộp sửa và gửi trong tài khoản của mình.")
    lacking = [item.label for item in items if not any(papers.get(item.key, NONE))]
    if lacking:
        labels = "; ".join(f"“{label}”" for label in lacking)
        raise BusinessError(say("Ghi số bản đã nhận của {labels}. Chưa mang đủ thì chưa nhận được.", labels=labels))


def _keep(dossier: Dossier, request: SupplementRequest, papers: Mapping[str, Counts], by: User) -> None:
    """What was counted, with the dossier and with the request that it answers; the working copy goes."""
    now = timezone.now()
    for item in request.items.exclude(reason=""):
        originals, certified, copies = papers[item.key]
        PaperTaken.objects.update_or_create(
            dossier=dossier, requirement_key=item.key,
            defaults={"originals": originals, "certified": certified, "copies": copies, "by": by, "at": now},
        )  # fmt: skip
        item.after = counted(originals, certified, copies)
        item.save(update_fields=["after"])
    SupplementFile.objects.filter(item__request=request, which=SupplementFile.Which.NEW).delete()
    dossier.verdicts.filter(requirement_key__in=papers).delete()
